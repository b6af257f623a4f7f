"""From the store to the page, or a sentence why not."""

import os
import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from comments.actions.publish import Publisher
from comments.actions.web_root import current_release, list_releases
from comments.errors import PublishProblem
from comments.thread.render import Renderer
from tests.contracts.tiny_site import TinySite


def test_an_approved_comment_is_in_its_page_and_feeds(site: TinySite) -> None:
    site.post("first", "Hello.")

    site.publisher.publish("first")

    assert "Hello." in site.page("first")
    public = current_release(site.var).public
    assert "Hello." in (public / "2026/first/comments.atom").read_text()
    assert "Hello." in (public / "feeds/comments.atom").read_text()
    assert site.store.list_due() == []
    site.check()


def test_what_is_not_approved_changes_no_byte(site: TinySite) -> None:
    page = current_release(site.var).public / "2026/first/index.html"
    before = page.stat()

    site.post("first", "Hello.", state="pending")
    site.publisher.publish("first")

    assert page.stat() == before


def test_the_last_comment_that_goes_takes_the_feed_with_it(site: TinySite) -> None:
    comment = site.post("first", "Hello.")
    site.publisher.publish("first")

    site.set_state(comment, "trash")
    site.publisher.publish("first")

    assert not (current_release(site.var).public / "2026/first/comments.atom").exists()
    site.check()


def test_a_page_is_replaced_never_written_into(site: TinySite) -> None:
    page = current_release(site.var).public / "2026/first/index.html"
    with page.open() as open_page:
        site.post("first", "Hello.")
        site.publisher.publish("first")

        assert "Hello." not in open_page.read()
    assert "Hello." not in (site.output / "2026/first/index.html").read_text()


def test_the_page_keeps_its_mode(site: TinySite) -> None:
    page = current_release(site.var).public / "2026/first/index.html"
    page.chmod(0o640)

    site.post("first", "Hello.")
    site.publisher.publish("first")

    assert stat.S_IMODE(page.stat().st_mode) == 0o640


def test_the_sweep_publishes_what_a_crash_left_behind(site: TinySite) -> None:
    site.post("first", "Hello.")
    site.post("second", "Bonjour.")
    assert site.publisher.why_late("first") == "The page is being written."

    assert site.publisher.publish_due() == 2

    assert site.publisher.why_late("first") is None
    assert site.publisher.publish_due() == 0
    site.check()


def test_a_thread_that_the_site_no_longer_has_is_due_no_more(site: TinySite) -> None:
    site.post("gone", "Hello?")

    assert site.publisher.publish_due() == 1

    assert site.store.list_due() == []
    site.check()


def test_leftovers_of_a_crash_are_swept_at_the_start(site: TinySite) -> None:
    (current_release(site.var).folder / ".page").write_text("half a pa")
    (site.var / "releases" / ".filling-7" / "public").mkdir(parents=True)
    (site.var / "releases" / ".deleting-1").mkdir()
    os.symlink("releases/7", site.var / ".current")

    site.publisher.publish_due()

    site.check()


def test_a_file_in_the_place_of_an_older_release_stops_nothing(site: TinySite) -> None:
    (site.var / "releases" / "7").write_text("no folder")
    site.post("first", "Hello.")

    assert site.publisher.publish_due() == 1
    (site.var / "releases" / "7").unlink()
    site.check()


def test_without_a_release_the_reason_is_said(tmp_path: Path, renderer: Renderer) -> None:
    site = TinySite(tmp_path, renderer)
    site.post("first", "Hello.")

    assert site.publisher.publish_due() == 0
    with pytest.raises(PublishProblem, match="No release is published yet"):
        site.publisher.publish("first")
    assert "No release is published yet" in (site.publisher.why_late("first") or "")
    site.close()


def test_a_missing_page_is_named_and_the_approval_stays_due(site: TinySite) -> None:
    page = current_release(site.var).public / "2026/first/index.html"
    html = page.read_bytes()
    page.unlink()
    site.post("first", "Hello.")

    with pytest.raises(PublishProblem, match=r"A file is missing: .*2026/first/index.html"):
        site.publisher.publish("first")

    page.write_bytes(html)
    site.publisher.publish_due()
    site.check()


def test_a_page_without_its_markers_is_left_alone(site: TinySite) -> None:
    page = current_release(site.var).public / "2026/first/index.html"
    page.unlink()
    page.write_bytes(b"not ours")
    site.post("first", "Hello.")

    with pytest.raises(PublishProblem, match="exactly once"):
        site.publisher.publish("first")

    assert page.read_bytes() == b"not ours"
    assert "exactly once" in (site.publisher.why_late("first") or "")


def test_a_service_with_another_theme_marks_and_waits(site: TinySite, tmp_path: Path) -> None:
    other = Renderer(tmp_path / "no-theme")
    outdated = Publisher(site.var, site.store, other, site.clock)
    site.post("first", "Hello.")

    assert outdated.publish_due() == 0
    with pytest.raises(PublishProblem, match="Restart the comment service"):
        outdated.publish("first")

    assert len(site.store.list_due()) == 1
    assert site.publisher.publish_due() == 1


def test_a_thread_closes_on_its_page_when_its_moment_comes(site: TinySite) -> None:
    site.publisher.publish_due()
    assert "Leave a Reply" in site.page("third")

    site.clock.now += timedelta(hours=2)
    assert site.publisher.publish_due() == 1

    assert "Comments are closed." in site.page("third")
    assert site.publisher.publish_due() == 0
    site.check()


def test_the_desks_word_wins_over_the_file(site: TinySite) -> None:
    site.store.set_override("first", "closed")
    site.publisher.publish("first")
    assert "Comments are closed." in site.page("first")

    site.store.set_override("first", None)
    site.publisher.publish("first")

    assert "Leave a Reply" in site.page("first")
    site.check()


def test_what_is_erased_is_gone_from_every_kept_release(site: TinySite) -> None:
    comment = site.post("first", "Forget me.")
    site.publisher.publish("first")
    site.release()
    site.release()

    site.store.erase_comment(comment, text=True, at=site.clock())
    site.publisher.publish_everywhere("first")

    assert len(list_releases(site.var)) == 3
    files = [path for path in (site.var / "releases").rglob("*") if path.is_file()]
    assert [path for path in files if b"Forget me." in path.read_bytes()] == []
    site.check()


def test_an_erasure_that_a_crash_interrupted_is_finished_at_the_next_start(site: TinySite) -> None:
    comment = site.post("first", "Forget me.")
    site.publisher.publish("first")
    site.release()

    site.store.erase_comment(comment, text=True, at=site.clock())
    Publisher(site.var, site.store, site.renderer, site.clock).publish_due()

    files = [path for path in (site.var / "releases").rglob("*") if path.is_file()]
    assert [path for path in files if b"Forget me." in path.read_bytes()] == []


def test_many_publish_at_once_and_the_last_word_is_on_the_page(site: TinySite) -> None:
    def write(number: int) -> None:
        own = Publisher(site.var, site.store, site.renderer, site.clock)
        for step in range(5):
            site.post("first", f"Writer {number}, step {step}.")
            own.publish("first")

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert site.store.list_due() == []
    assert site.page("first").count('<article class="comment"') == 30
    site.check()
