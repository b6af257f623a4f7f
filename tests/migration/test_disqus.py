"""What Disqus exported, from the file to the store."""

import gzip
import json
from pathlib import Path

import pytest

from migrate import report
from migrate.command import run
from migrate.problems import Unusable
from tests.migration.conftest import NOW, ROOT, Desk
from tests.migration.old_talk import DISQUS_HEAD, bring, disqus, outcomes, post, stored, thread


@pytest.mark.parametrize("name", ["export.xml", "export.xml.gz", "comments.bin"])
def test_comments_keep_text_parent_moment_and_state_and_their_addresses_stay_in_the_vault(
    small_desk: Desk, tmp_path: Path, name: str
) -> None:
    path = disqus(
        tmp_path / name,
        thread(1),
        post(12, text="<p>One.<br>Two <b>bold</b></p><p>Three</p>"),
        post(13, parent=12),
        post(14, isApproved="false"),
    )
    told = bring(small_desk, path)
    one, two, three = stored(small_desk)
    assert (one.thread, one.name, one.html) == (
        "first",
        "Reader 12",
        "<p>One.<br>Two <strong>bold</strong></p>\n<p>Three</p>",
    )
    assert one.source == "One.  \nTwo **bold**\n\nThree"
    assert one.created.isoformat() == "2019-05-03T10:12:00+00:00"
    assert (two.parent, three.state) == (one.id, "pending")
    with small_desk.store() as ctx:
        sealed = ctx.store.find_address(one.person or 0)
        assert sealed is not None
        assert ctx.vault.open(f"person:{one.person}", sealed[0]) == "reader12@secret.example"
    var = b"".join(path.read_bytes() for path in (small_desk.folder / "var").rglob("*") if path.is_file())
    assert b"secret.example" not in var
    assert told.ledger.counts() == {"comment": {"imported": 3}, "thread": {"imported": 1}}


def test_every_record_is_accounted_for_once_and_no_address_is_in_the_report(small_desk: Desk, tmp_path: Path) -> None:
    parts = (
        thread(1),
        thread(2, "https://old.example/shop/"),
        thread(3, "", id=""),
        thread(4, isDeleted="true"),
        thread(1),
        post(10),
        post(10, text="Again."),
        post(11, isDeleted="true"),
        post(12, isSpam="true"),
        post(13, below=2, name="who@secret.example"),
        post(14, below=77),
        post(15, below=4),
        post(16, text=" "),
        post(17, text="<script>alert(1)</script>"),
        post(18, name="me@secret.example"),
        post(19, text="x" * 70_000),
    )
    told = bring(small_desk, disqus(tmp_path / "export.xml", *parts))
    page = report.write(small_desk.folder / "var", told.ledger, told.site, NOW, dry=False, dropped=0)
    written = json.loads((page.parent / "report.json").read_bytes())
    assert written["total"] == len(parts) == sum(sum(kind.values()) for kind in written["counts"].values())
    assert sum(written["counts"]["thread"].values()) == 5
    assert outcomes(told.ledger) == {
        "10": ("skipped", "the export holds this comment twice"),
        "11": ("skipped", "it was deleted there"),
        "12": ("skipped", "it is spam, Disqus says"),
        "13": ("skipped", "no article here stands or stood at its address"),
        "14": ("skipped", "its thread is not in the export"),
        "15": ("skipped", "its thread was deleted there"),
        "16": ("skipped", "it has no text"),
        "17": ("skipped", "nothing of it can be shown"),
        "18": ("changed", "it was signed with an e-mail address, of which only the name is shown"),
        "19": ("skipped", "its text has more than 65,535 signs, as no visitor writes"),
    }
    assert [one.name for one in stored(small_desk)] == ["Reader 10", "me"]
    assert "secret.example" not in page.read_text(encoding="utf-8") + json.dumps(written)
    assert "192.0.2" not in page.read_text(encoding="utf-8") + json.dumps(written)


def test_answers_to_what_was_deleted_hang_below_its_empty_place(small_desk: Desk, tmp_path: Path) -> None:
    told = bring(
        small_desk,
        disqus(
            tmp_path / "export.xml",
            thread(1),
            post(1, isDeleted="true", text="Secret."),
            post(2, parent=1, isSpam="true"),
            post(3, parent=2),
            post(4, isDeleted="true"),
        ),
    )
    first, second, third = stored(small_desk)
    assert [(one.state, one.source, one.html, one.has_address) for one in (first, second)] == [
        ("trash", "", "", False)
    ] * 2
    assert (second.parent, third.parent, third.state) == (first.id, second.id, "approved")
    assert outcomes(told.ledger)["1"][0] == outcomes(told.ledger)["2"][0] == "changed"
    assert outcomes(told.ledger)["4"][0] == "skipped"
    with small_desk.store() as ctx:
        assert [one.gone for one in ctx.store.list_public("first")] == [True, True, False]


def test_orphans_and_circles_find_a_place_and_are_named(small_desk: Desk, tmp_path: Path) -> None:
    posts = (post(1, parent=99), post(2, parent=3), post(3, parent=2), post(4, parent=5), post(5), post(6, parent=6))
    told = bring(small_desk, disqus(tmp_path / "export.xml", thread(1), *posts))
    by_name = {one.name: one for one in stored(small_desk)}
    parents = {name: one.parent for name, one in by_name.items()}
    assert parents["Reader 1"] is parents["Reader 2"] is parents["Reader 6"] is None
    assert parents["Reader 3"] == by_name["Reader 2"].id
    assert parents["Reader 4"] == by_name["Reader 5"].id
    assert {key for key, (outcome, _) in outcomes(told.ledger).items() if outcome == "changed"} == {"1", "2", "6"}


def test_two_thousand_answers_in_a_row_come_over(small_desk: Desk, tmp_path: Path) -> None:
    posts = [post(number, parent=number - 1, createdAt="2019-05-03T10:00:00Z") for number in range(1, 2001)]
    bring(small_desk, disqus(tmp_path / "export.xml.gz", thread(1), *reversed(posts)))
    found = stored(small_desk)
    assert len(found) == 2000
    assert [one.parent for one in found[1:]] == [one.id for one in found[:-1]]


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        ("2999-01-01T00:00:00Z", "2026-11-20T12:00:00+00:00"),
        ("0001-01-01T00:00:00Z", "2019-05-02T10:00:00+00:00"),
        ("2011-x09-30T22:48:43Z", "2019-05-02T10:00:00+00:00"),
        ("2012-12-12T12:12:12", "2012-12-12T12:12:12+00:00"),
    ],
)
def test_absurd_dates_are_told(small_desk: Desk, tmp_path: Path, date: str, kept: str) -> None:
    told = bring(small_desk, disqus(tmp_path / "export.xml", thread(1), post(1, createdAt=date)))
    assert stored(small_desk)[0].created.isoformat() == kept
    assert outcomes(told.ledger)["1"][0] == ("imported" if date.startswith("2012") else "changed")


def test_several_threads_of_one_article_become_one(small_desk: Desk, tmp_path: Path) -> None:
    links = ("http://www.old.example/2019/05/first", "https://old.example/2019/05/first/?utm_source=x&fbclid=1")
    told = bring(
        small_desk,
        disqus(tmp_path / "export.xml", thread(1, links[0]), thread(2, links[1]), post(1), post(2, below=2), thread(3)),
    )
    assert [one.thread for one in stored(small_desk)] == ["first", "first"]
    assert {entry.link for entry in told.ledger.entries if entry.kind == "thread"} == {"/2019/05/first/"}


def test_a_second_run_changes_nothing_and_keeps_what_moderators_did(small_desk: Desk, tmp_path: Path) -> None:
    path = disqus(tmp_path / "export.xml", thread(1), *(post(number) for number in range(1, 5)))
    bring(small_desk, path)
    with small_desk.store() as ctx:
        ctx.store.delete_comment(2, NOW)
        ctx.store.set_text(3, "Mended.", "<p>Mended.</p>", 1, NOW)
    before, audit = stored(small_desk), None
    with small_desk.store() as ctx:
        audit = len(ctx.store.list_audit())

    told = bring(small_desk, path)

    assert stored(small_desk) == before
    with small_desk.store() as ctx:
        assert len(ctx.store.list_audit()) == audit
    assert {entry.outcome for entry in told.ledger.entries} == {"kept"}
    assert outcomes(told.ledger)["2"][1] == "it was erased here since it was brought over, and stays so"


def test_a_rehearsal_stores_nothing_and_tells_the_same(small_desk: Desk, tmp_path: Path) -> None:
    path = disqus(tmp_path / "export.xml", thread(1), post(1), thread(2, "/gone/"), post(2, below=2))
    told = bring(small_desk, path, dry=True).ledger.counts()
    assert not (small_desk.folder / "var/store.db").exists()
    assert bring(small_desk, path).ledger.counts() == told


def test_older_exports_name_threads_by_the_sites_own_number(small_desk: Desk, tmp_path: Path) -> None:
    text = post(1).replace('<thread dsq:id="1"/>', "<thread>article-7</thread>")
    bring(small_desk, disqus(tmp_path / "export.xml", text, thread(55, id="article-7")))
    assert [one.thread for one in stored(small_desk)] == ["first"]


@pytest.mark.parametrize(
    ("identifier", "article"), [("17 https://x.example/2019/05/first/", "first"), ("first", "first"), ("The first", "")]
)
def test_what_a_site_called_its_thread_counts_where_it_is_an_address(
    small_desk: Desk, tmp_path: Path, identifier: str, article: str
) -> None:
    bring(small_desk, disqus(tmp_path / "export.xml", thread(1, "/moved/", id=identifier), post(1)))
    assert [one.thread for one in stored(small_desk)] == [article] * bool(article)


def test_a_run_that_was_stopped_goes_on_where_it_was(small_desk: Desk, tmp_path: Path) -> None:
    small_desk.put("second", "/second/")
    path = disqus(tmp_path / "export.xml", thread(1), thread(2, "/second/"), post(1), post(2, below=2))

    def stop(what: str, done: int, _total: int) -> None:
        if (what, done) == ("Comments", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(small_desk, path, progress=stop)
    assert [one.name for one in stored(small_desk)] == ["Reader 1"]
    told = bring(small_desk, path)
    assert [one.name for one in stored(small_desk)] == ["Reader 1", "Reader 2"]
    assert told.ledger.counts()["comment"] == {"imported": 1, "kept": 1}


def test_the_command_takes_such_files_and_says_what_became_of_them(
    small_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PN_VAR", str(small_desk.folder / "var"))
    monkeypatch.setenv("PN_THEME", str(ROOT / "theme"))
    path = disqus(tmp_path / "export.bin", thread(1), post(1), thread(2, "/gone/"), post(2, below=2))
    more = ["--content", str(small_desk.content), "--conf", str(ROOT / "pelicanconf.py")]
    monkeypatch.setattr("sys.argv", ["migrate", str(path), *more])
    assert run() == 0
    said = capsys.readouterr().out
    assert "Comments: 1 brought over, 1 left out" in said
    assert "1 old page with comments matches no article here" in said

    monkeypatch.setattr("sys.argv", ["migrate", str(path), "--urls", str(tmp_path / "none.csv"), *more])
    assert run() == 1
    assert "There is no file" in capsys.readouterr().err


def test_nothing_that_can_harm_is_shown_and_pictures_become_links(small_desk: Desk, tmp_path: Path) -> None:
    text = '<p>a<img src="https://x.example/p.png" onerror="alert(1)"><a href="javascript:x">b</a><iframe></iframe></p>'
    told = bring(small_desk, disqus(tmp_path / "export.xml", thread(1), post(1, text=text)))
    html = stored(small_desk)[0].html
    assert 'href="https://x.example/p.png"' in html
    assert not any(word in html for word in ("<img", "onerror", "javascript", "iframe"))
    assert outcomes(told.ledger)["1"] == ("changed", "its picture became a link")


def damaged(text: str, name: str) -> bytes:
    """A sound export, damaged in one of several ways."""
    data = text.encode()
    return {
        "half": data[: len(data) // 2],
        "doctype": text.replace("<disqus", '<!DOCTYPE disqus [<!ENTITY a "b">]><disqus', 1).encode(),
        "external": text.replace("<disqus", '<!DOCTYPE disqus SYSTEM "file:///etc/passwd"><disqus', 1).encode(),
        "entity": text.replace("</p>]]>", "]]>&nbsp;<![CDATA[", 1).encode(),
        "encoding": text.replace("A reply.", "Café").encode("latin-1"),
        "deep": text.replace("</p>]]>", "]]>" + "<a>" * 60, 1).encode(),
        "empty": (DISQUS_HEAD + "</disqus>").encode(),
        "packed half": gzip.compress(data)[:-20],
        "packed damaged": gzip.compress(data)[:-8] + b"12345678",
    }[name]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("half", "breaks off"),
        ("doctype", "document type"),
        ("external", "document type"),
        ("entity", "entity"),
        ("encoding", "do not fit the encoding"),
        ("deep", "deep"),
        ("empty", "holds no thread"),
        ("packed half", "breaks off"),
        ("packed damaged", "damaged"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence_and_leaves_no_trace(
    small_desk: Desk, tmp_path: Path, damage: str, words: str
) -> None:
    path = disqus(tmp_path / "export.xml", thread(1), post(1))
    path.write_bytes(damaged(path.read_text(encoding="utf-8"), damage))
    with pytest.raises(Unusable, match=words) as told:
        bring(small_desk, path)
    assert "export.xml" in str(told.value)
    assert not (small_desk.folder / "var/store.db").exists()


def test_what_swells_beyond_measure_is_stopped_while_it_is_read(
    small_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrate.sources.unpacked._FREE", 1_000_000)
    path = tmp_path / "bomb.xml.gz"
    with gzip.open(path, "wb") as file:
        file.write(DISQUS_HEAD.encode())
        for _ in range(64):
            file.write(b" " * 1_000_000)
    with pytest.raises(Unusable, match="times its size"):
        bring(small_desk, path)
