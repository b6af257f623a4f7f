"""The new content, put together and tried out beside the publication before anything in it changes."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from comments.runtime import Presence
from migrate.apart import apart
from migrate.memory import Memory, digest
from migrate.problems import Unusable
from publication import addressbook, left_behind
from publication.addressbook import Entry
from publication.pictures.cache import Cache
from publication.pictures.reading import read
from publication.problems import Problem, Wrong
from publication.settings import Settings
from publication.trial import Ground, Trial, try_out

_STATUS = re.compile(r"^status: \w+$", re.MULTILINE)
_NEEDED = ("id", "title", "status")  # keys of every draft
_ROUNDS = 9
_MANY = 2_000  # new files
Book = Callable[[Ground], Mapping[str, Entry]]


@contextmanager
def own_folder(folder: Path) -> Iterator[Path]:
    """``folder``, empty and for nobody else; gone with the block, and so is the one around it if it was made for it.

    :raise Unusable: another run is at work there.
    """
    is_first = not folder.parent.exists()
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    try:
        own = Presence(folder, alone=True)
    except BlockingIOError:
        raise Unusable("Another migration into this publication goes on. Try again when it has ended.") from None
    try:
        for left in folder.iterdir():  # by a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        own.end()
        if is_first:
            with suppress(OSError):  # something else is in there now
                folder.parent.rmdir()


@dataclass
class Staging:
    """A copy of ``content`` (links, no bytes) in ``folder``, an ``own_folder``, to which new files are added.

    ``edited`` are files an earlier run wrote and somebody changed since, ``deleted`` those somebody took away.
    """

    content: Path
    folder: Path
    memory: Memory
    fresh: dict[str, str] = field(default_factory=dict)  # name → hash of new and changed files
    before: dict[str, str] = field(default_factory=dict)  # name → hash of what a fresh file replaces
    edited: set[str] = field(default_factory=set)
    outdated: set[str] = field(default_factory=set)  # those of the edited that would be something else by now
    deleted: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    unfit: dict[str, str] = field(default_factory=dict)  # files that cannot be published, and why
    dropped: dict[str, list[str]] = field(default_factory=dict)  # keys of the front matter that texts had to lose
    poorer: dict[str, list[str]] = field(default_factory=dict)  # texts without files that cannot be published
    hopeless: dict[str, str] = field(default_factory=dict)  # texts that cannot even be drafts, and why

    def prepare(self) -> None:
        """Make the copy; before anything else."""
        if self.content.exists():
            shutil.copytree(self.content, self.root, copy_function=_link, symlinks=True)
        self.root.mkdir(parents=True, exist_ok=True)

    @property
    def root(self) -> Path:
        """The trial content: problems name its files as those of the real one."""
        return self.folder / self.content.name

    def put(self, name: str, data: bytes) -> None:
        """Add a file, unless an editor has changed or deleted what an earlier run wrote there.

        What nobody touched since is written anew where it would become something else now: a picture may have been
        found meanwhile.
        """
        target, known, now = self.root / name, self.memory.files.get(name), digest(data)
        there = digest(target.read_bytes()) if target.exists() else None
        made, self.memory.made[name] = self.memory.made.get(name, now), now
        if name in self.memory.pending and self.memory.pending[name] == (there or ""):
            self._replace(target, data, there)  # a run was stopped before it came to this file
        elif known and there is None:
            self.deleted.add(name)
        elif known and there != known:
            self.edited.add(name)
            if made != now:
                self.outdated.add(name)
        elif there is not None and not known and there != now:
            raise Unusable(f"content/{name} is there already, and not from a migration. Rename one of the two.")
        elif there is not None and made == now:
            self.unchanged.add(name)
            self.memory.files.setdefault(name, now)
        else:
            self._replace(target, data, there)

    def put_file(self, name: str, source: Path) -> None:
        """Add a picture or other file of the old site."""
        if (self.root / name).exists():
            self.unchanged.add(name)
            return
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        self.fresh[name] = ""

    def put_picture(self, name: str, data: bytes) -> None:
        """Add a picture that stood in a text."""
        if not (self.root / name).exists():
            self._write(self.root / name, data)
            self.fresh[name] = ""

    def append(self, name: str, text: str) -> None:
        """Add lines at the end of a file of the publication."""
        if text:
            target = self.root / name
            before = target.read_text(encoding="utf-8") if target.exists() else ""
            self._write(target, (before + "\n" * (bool(before) and not before.endswith("\n")) + text).encode())
            self.fresh[name] = ""

    def settle(self, settings: Settings, now: datetime, book: Book) -> dict[str, list[Problem]]:
        """Make the whole publishable: a new text with a problem becomes a draft, and the address book is completed.

        ``book`` says what that is to hold. Returns the problems of each text that is a draft now, by its file.
        :raise Unusable: something else is wrong, which was so before.
        """
        settings = replace(settings, picture_cache=self.folder / ".pictures")  # of files that are gone afterwards
        told: dict[str, list[Problem]] = {}
        plain: set[str] = set()
        self._sift(settings)
        for _ in range(_ROUNDS):
            found = self._tried(settings, now)
            problems = [one for one in found.problems if one is not found.behind]
            ours: dict[str, list[Problem]] = {}
            for problem in problems:
                ours.setdefault(problem.file.partition("/")[2], []).append(problem)
            ours = {name: those for name, those in ours.items() if name in self.fresh}
            media = [name for name in ours if name.startswith("media/")]
            if media:
                for name in media:
                    self._leave_out(name, ours[name][0].what)
                continue
            ours = {name: those for name, those in ours.items() if name.endswith(".md")}
            if not problems:
                self._write_addresses(book(found.ground))
                return told
            if not ours:
                lines = "\n".join(map(str, problems[:10]))
                raise Unusable(
                    f"The publication has problems of its own. Mend them first (python3 tasks.py check):\n{lines}"
                )
            for name, those in ours.items():
                if name not in told:
                    self._make_draft(name)
                    told[name] = those
                elif self._drop_keys(name, those):  # drafts are checked as well
                    continue
                elif name not in plain:
                    plain.add(name)
                    self._make_plain(name)
                else:
                    self._give_up(name, those[0].what)
        raise Unusable("The texts contradict one another in a way that cannot be solved by itself.")

    def _tried(self, settings: Settings, now: datetime) -> Trial:
        # Of many texts the trial takes more memory than all the rest, and little of it is asked for afterwards.
        if len(self.fresh) > _MANY:
            return apart(try_out, self.root, settings, now)
        return try_out(self.root, settings, now)

    def _make_draft(self, name: str) -> None:
        path = self.root / name
        data = _STATUS.sub("status: draft", path.read_text(encoding="utf-8"), count=1).encode()
        self._write(path, data)
        self.fresh[name] = digest(data)

    def _drop_keys(self, name: str, problems: Sequence[Problem]) -> bool:
        """Take the keys away that are wrong and that a draft can do without; whether there were any."""
        path = self.root / name
        lines = path.read_text(encoding="utf-8").split("\n")
        end = lines.index("---", 1)
        wrong = sorted({one.line - 1 for one in problems if 0 < one.line - 1 < end})
        keys = {at: lines[at].partition(":")[0] for at in wrong}
        gone = {at: key for at, key in keys.items() if key not in _NEEDED}
        if gone:
            data = "\n".join(line for at, line in enumerate(lines) if at not in gone).encode()
            self._write(path, data)
            self.fresh[name] = digest(data)
            self.dropped.setdefault(name, []).extend(gone.values())
        return bool(gone)

    def _give_up(self, name: str, what: str) -> None:
        """Take a text away that nothing makes sound: the others shall not suffer for it."""
        self.hopeless[name] = what
        del self.fresh[name]
        (self.root / name).unlink()

    def _sift(self, settings: Settings) -> None:
        """Leave out pictures that cannot be shown, before texts are blamed for them."""
        cache = Cache(settings.picture_cache)
        for name in [one for one in self.fresh if one.startswith("media/")]:
            try:
                read(self.root / name, cache)
            except Wrong as wrong:
                self._leave_out(name, f"it {wrong.what}")

    def _leave_out(self, name: str, what: str) -> None:
        """Take a file away that cannot be published, and say so wherever a text shows it or links to it."""
        self.unfit[name] = what
        del self.fresh[name]
        (self.root / name).unlink()
        shown = re.compile(rf"!\[([^\]]*)\]\({re.escape(name)}(?: \"([^\"]*)\")?\)(?:\{{\.decorative\}})?")
        linked = re.compile(rf"\[([^\]]*)\]\({re.escape(name)}\)")
        short = name.rpartition("/")[2]
        front = re.compile(rf"^image: \{{src: {re.escape(name)}, .*\n", re.MULTILINE)
        for text in [one for one in self.fresh if one.endswith(".md")]:
            path = self.root / text
            before = path.read_text(encoding="utf-8")
            after = shown.sub(lambda found: left_behind.instead_of(found[1] or short, found[2] or ""), before)
            after = front.sub("", linked.sub(r"\1", after))
            if after != before:
                self._write(path, after.encode())
                self.fresh[text] = digest(after.encode())
                self.poorer.setdefault(text, []).append(name)

    def _make_plain(self, name: str) -> None:
        """Keep only the words of a text, each paragraph as code: nothing in them can be wrong then."""
        path = self.root / name
        front, body = path.read_text(encoding="utf-8").split("---\n", 2)[1:]
        data = f"---\n{front}---\n\n~~~~~\n{body.strip().replace('~~~~~', '')}\n~~~~~\n".encode()
        self._write(path, data)
        self.fresh[name] = digest(data)

    def _write_addresses(self, whole: Mapping[str, Entry]) -> None:
        before = (self.root / addressbook.NAME).read_bytes() if (self.root / addressbook.NAME).exists() else b""
        if whole:
            addressbook.write(self.root, whole.values())
        if whole and (self.root / addressbook.NAME).read_bytes() != before:
            self.fresh[addressbook.NAME] = ""

    def place(self) -> None:
        """Move the new files into the publication, one rename each; what is there already is the same."""
        for name in sorted(self.fresh, key=lambda name: (name == addressbook.NAME, name)):
            source, target = self.root / name, self.content / name
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{target.name}.new")
            try:
                shutil.copyfile(source, fresh)
                os.replace(fresh, target)
            finally:
                fresh.unlink(missing_ok=True)

    def _replace(self, target: Path, data: bytes, there: str | None) -> None:
        name = target.relative_to(self.root).as_posix()
        self._write(target, data)
        self.fresh[name] = digest(data)
        if there:
            self.before[name] = there

    def _write(self, target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # it may be a link to the publication's own file
        target.write_bytes(data)


def _link(source: str, target: str) -> str:
    """A hard link where the file system has them: the trial costs no space."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
