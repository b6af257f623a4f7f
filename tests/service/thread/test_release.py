"""A build becomes what readers see, in one step, and back again."""

import gzip
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from comments.actions.publish import Publisher
from comments.actions.release import Release, list_releases, publish_release, rollback
from comments.actions.web_root import current_manifest, current_release
from comments.errors import Misconfigured, NotFound, PublishProblem
from comments.thread.render import Renderer
from tests.contracts.tiny_site import THREADS, TinySite


def same(one: Path, other: Path) -> bool:
    return one.stat().st_ino == other.stat().st_ino


def page(release: Release, thread: str) -> Path:
    return release.public / "2026" / thread / "index.html"


def styles(release: Release) -> list[str]:
    return sorted(path.name for path in (release.public / "theme/css").iterdir())


def test_private_files_stay_out_of_the_web_root(site: TinySite) -> None:
    release = current_release(site.var)

    names = {path.name for path in release.folder.iterdir()}
    assert names == {
        "public",
        "threads.json",
        "shell.html",
        "search.db",
        "redirects.map",
        "release.json",
        "inherited.txt",
    }
    assert not {"threads.json", "shell.html", "search.db", "redirects.map"} & set(os.listdir(release.public))
    assert os.readlink(site.var / "current") == "releases/1"


def test_pages_without_comments_are_links_to_the_build(site: TinySite) -> None:
    assert same(page(current_release(site.var), "first"), site.output / "2026/first/index.html")


def test_where_there_are_no_hard_links_files_are_copied(tmp_path: Path, renderer: Renderer) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("only one file system here")
    site = TinySite(tmp_path, renderer)
    with tempfile.TemporaryDirectory(dir=memory) as elsewhere:
        site.output = Path(elsewhere)
        site.build()
        site.release()
    site.post("first", "Hello.")
    site.publisher.publish("first")
    site.check()
    site.close()


def test_comments_are_in_the_new_release_from_its_first_moment(site: TinySite) -> None:
    site.post("first", "Never published before.")
    site.text = "two"
    site.build()

    site.release()

    assert "Never published before." in site.page("first")
    assert site.store.list_due() == []
    site.check()


def test_an_unchanged_page_is_the_file_of_the_release_before(site: TinySite) -> None:
    site.post("first", "Hello.")
    site.publisher.publish("first")
    before = current_release(site.var)

    site.release()

    now = current_release(site.var)
    assert same(page(before, "first"), page(now, "first"))
    assert same(before.feed(THREADS["first"]), now.feed(THREADS["first"]))
    site.check()


@pytest.mark.parametrize(
    "change",
    [
        lambda site: setattr(site, "text", "two"),
        lambda site: site.post("first", "Newer."),
        lambda site: site.store.set_override("first", "closed"),
        lambda site: site.threads.update(first=replace(THREADS["first"], title="Other")),
        lambda site: site.threads.update(first=replace(THREADS["first"], policy="closed")),
    ],
    ids=["base", "comment", "desk", "title", "file"],
)
def test_a_page_that_changed_in_any_way_is_written_anew(site: TinySite, change: Callable[[TinySite], object]) -> None:
    site.post("first", "Hello.")
    site.publisher.publish("first")

    change(site)
    site.build()
    site.release()

    site.check()


def test_a_closing_moment_between_build_and_release_is_seen(site: TinySite) -> None:
    site.clock.now += timedelta(hours=2)

    site.release()

    assert "Comments are closed." in site.page("third")
    site.check()


class Interrupted(Renderer):
    """Approves another comment, and publishes it, while a release is being filled."""

    def __init__(self, site: TinySite) -> None:
        self.__dict__.update(site.renderer.__dict__)
        self.site = site
        self.done = False

    def regions(self, *arguments: object) -> dict[str, bytes]:  # type: ignore[override]  # passes all on
        rendered = super().regions(*arguments)  # type: ignore[arg-type]
        if not self.done:
            self.done = True
            self.site.post("first", "Just in time.")
            self.site.publisher.publish("first")
        return rendered


def test_what_is_approved_while_a_release_is_filled_is_in_it(site: TinySite) -> None:
    site.post("first", "Hello.")

    publish_release(site.output, Publisher(site.var, site.store, Interrupted(site), site.clock), by=base_of(site))

    assert "Just in time." in site.page("first")
    assert site.store.list_due() == []
    site.check()


def base_of(site: TinySite) -> str:
    return current_release(site.var).by


def test_readers_see_a_whole_site_at_every_moment(site: TinySite) -> None:
    site.post("first", "Always here.")
    site.publisher.publish("first")
    stop = threading.Event()
    seen: list[str] = []

    def read() -> None:
        while not stop.is_set():
            html = (site.var / "current/public/2026/first/index.html").read_text()
            if "Always here." not in html or not html.endswith("</html>\n"):
                seen.append(html)

    reader = threading.Thread(target=read)
    reader.start()
    for text in ("two", "three", "four", "five"):
        site.text = text
        site.build()
        site.release(keep=5)
    stop.set()
    reader.join()

    assert seen == []


def test_the_last_ones_are_kept(site: TinySite) -> None:
    for _ in range(4):
        site.release(keep=2)

    assert [(release.number, release.current) for release in list_releases(site.var)] == [(5, True), (4, False)]
    site.check()


def test_assets_of_the_release_before_stay_for_pages_that_are_open(site: TinySite) -> None:
    first = styles(current_release(site.var))
    site.style = "body { color: blue }"
    site.build()
    site.release()

    second = styles(current_release(site.var))
    assert set(first) < set(second)

    site.clock.now += timedelta(minutes=59)
    site.release()
    assert set(first) < set(styles(current_release(site.var)))  # a visit may last through several releases

    site.clock.now += timedelta(minutes=1)
    site.style = "body { color: green }"
    site.build()
    site.release()

    third = styles(current_release(site.var))
    assert not set(first) & set(third)
    assert set(second) - set(first) < set(third)


def test_only_assets_with_a_fingerprint_are_compressed_and_only_once(site: TinySite) -> None:
    before = current_release(site.var)
    site.release()
    now = current_release(site.var)

    (compressed,) = now.public.rglob("*.gz")
    assert gzip.decompress(compressed.read_bytes()) == compressed.with_suffix("").read_bytes()
    assert same(compressed, before.public / compressed.relative_to(now.public))


def test_rollback_shows_the_release_before_with_the_comments_of_today(site: TinySite) -> None:
    site.text = "two"
    site.build()
    site.release()
    site.post("first", "Written later.")
    site.publisher.publish("first")

    assert rollback(site.publisher) == 1

    assert "one" in site.page("first")
    assert "Written later." in site.page("first")
    site.check()
    assert site.release() == 3


def test_rollback_names_what_is_not_there(site: TinySite) -> None:
    with pytest.raises(NotFound, match="Release 9 is not kept"):
        rollback(site.publisher, 9)
    with pytest.raises(NotFound, match="no release before"):
        rollback(site.publisher)


def test_after_a_rollback_over_a_change_of_theme_the_service_can_publish(site: TinySite) -> None:
    changed = Interrupted(site)
    changed.done, changed.version = True, "another"
    publisher = Publisher(site.var, site.store, changed, site.clock)
    site.release()

    rollback(publisher, 1)
    site.post("first", "Hello.")
    publisher.publish("first")

    assert "Hello." in site.page("first")
    with pytest.raises(PublishProblem, match="Restart"):
        site.publisher.publish("first")


@pytest.fixture
def untouched(site: TinySite) -> Iterator[TinySite]:
    """Whatever goes wrong with a release, readers see what they saw."""
    site.post("first", "Hello.")
    site.publisher.publish("first")
    yield site
    assert current_release(site.var).number == 1
    site.publisher.tidy()
    site.check()


def test_a_folder_without_a_build_is_refused(untouched: TinySite, tmp_path: Path) -> None:
    with pytest.raises(PublishProblem, match="Build the site"):
        publish_release(tmp_path / "nothing", untouched.publisher)


def test_a_page_without_a_place_for_its_thread_is_refused(untouched: TinySite) -> None:
    (untouched.output / "2026/second/index.html").unlink()
    (untouched.output / "2026/second/index.html").write_text("no markers")

    with pytest.raises(PublishProblem, match=r"second.* exactly once"):
        publish_release(untouched.output, untouched.publisher)


def test_a_missing_page_is_refused(untouched: TinySite) -> None:
    shutil.rmtree(untouched.output / "2026/second")

    with pytest.raises(PublishProblem, match="A file is missing"):
        publish_release(untouched.output, untouched.publisher)


def test_a_build_of_another_theme_is_refused(untouched: TinySite, tmp_path: Path) -> None:
    outdated = Publisher(untouched.var, untouched.store, Renderer(tmp_path / "no-theme"), untouched.clock)

    with pytest.raises(PublishProblem, match="Build it again"):
        publish_release(untouched.output, outdated)


def test_a_path_that_leads_out_of_the_web_root_is_refused(untouched: TinySite) -> None:
    untouched.threads["first"] = replace(THREADS["first"], path="/../escaped/")
    untouched.build()

    with pytest.raises(PublishProblem, match="no path of this site"):
        publish_release(untouched.output, untouched.publisher)


def test_the_manifest_is_that_of_the_current_release(site: TinySite) -> None:
    assert set(current_manifest(site.var).threads) == set(THREADS)

    del site.threads["second"]
    site.build()
    assert "second" in current_manifest(site.var).threads
    site.release()

    assert "second" not in current_manifest(site.var).threads


def test_without_a_release_there_is_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="No release is published yet"):
        current_manifest(tmp_path)
