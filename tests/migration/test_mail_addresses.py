"""Addresses that somebody signed with: on no page, in no file of the content, in no report."""

from pathlib import Path

from migrate.mail_addresses import name_of
from tests.migration.command import Place
from tests.migration.conftest import Export, comment, post


def test_a_name_that_is_an_address_is_shown_without_its_host() -> None:
    assert name_of(" Ada  Example ") == ("Ada Example", "")
    assert name_of("ada@secret.example")[0] == "ada"


def test_who_signed_with_an_address_is_not_shown_with_it(tmp_path: Path, export: Export) -> None:
    place = Place.make(tmp_path / "here")
    more = comment(1, author="reader@secret.example")
    told = "<wp:author><wp:author_login>b@secret.example</wp:author_login></wp:author>"
    unnamed = post(1, dc__creator="writer@secret.example", more=more)
    done = place.run(export(told, unnamed, post(2, dc__creator="b@secret.example")))
    assert done.returncode == 0, done.stderr
    assert place.report()["counts"]["comment"] == {"changed": 1}
    assert sorted(path.name for path in (place.content / "authors").iterdir()) == [
        "ada-example.yml",
        "b.yml",
        "writer.yml",
    ]
    assert "secret.example" not in done.stdout + done.stderr
    assert [name for name, data in place.files().items() if b"secret.example" in data] == []


def test_the_report_shows_no_address_wherever_an_old_site_has_one(tmp_path: Path, export: Export) -> None:
    place, it = Place.make(tmp_path / "here"), "writer@secret.example"
    words = f'<a href="/gone/?to={it}">Write to {it}</a> <img src="/wp-content/uploads/{it}.png" alt="It">[shop]'
    replies = comment(1) + comment(2, "Words.", type=it)
    done = place.run(export(post(1, words, title=f"Of {it}", more=replies), post(2, kind=it), post(3, slug=it)))
    assert done.returncode == 0, done.stderr
    assert place.report()["total"] == 5
    told = [place.var / "migration" / name for name in ("report.html", "report.json")]
    assert [path.name for path in told if "secret.example" in path.read_text(encoding="utf-8")] == []
    assert "secret.example" not in done.stdout + done.stderr
    (entry,) = [one for one in place.report()["items"] if one["source"] == "1" and one["kind"] == "post"]
    assert any("“Write to (address)”" in finding["what"] for finding in entry["findings"])
