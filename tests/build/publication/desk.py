"""An editor at work: short ways to write content files and to read what we say about them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from publication import check
from publication.load import Publication, load
from publication.settings import Notice, Settings

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SETTINGS = Settings(
    name="Practice Notes",
    url="https://notes.example.org",
    zone="America/Toronto",
    notices={key: Notice(key, key, "…") for key in ("views-personal", "help-lines")},
    default_notices=("views-personal",),
    public_files=("media/drawing.svg",),
)


@dataclass
class Desk:
    """An editor at work in ``content``."""

    content: Path
    settings: Settings = SETTINGS
    now: datetime = NOW

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def text(self, name: str, front: dict[str, str | None], body: str = "Words.\n") -> Path:
        """A Markdown file; keys with None are left out."""
        lines = [f"{key}: {value}" for key, value in front.items() if value is not None]
        return self.write(name, "\n".join(["---", *lines, "---", body]))

    def article(self, key: str = "first-note", body: str = "Words.\n", **changes: str | None) -> Path:
        front: dict[str, str | None] = {
            "id": key,
            "title": f'"The note {key}"',
            "summary": '"What it says."',
            "authors": "[mara-example]",
            "topics": "[consent]",
            "date": "2026-03-14 09:30",
            "status": "published",
        }
        return self.text(f"articles/2026/{key}.md", front | changes, body)

    def page(self, key: str = "about", body: str = "Words.\n", **changes: str | None) -> Path:
        front: dict[str, str | None] = {
            "id": key,
            "title": f'"The page {key}"',
            "summary": '"What it says."',
            "status": "published",
        }
        return self.text(f"pages/{key}.md", front | changes, body)

    def resource(self, key: str = "suler-2004", body: str = "Words.\n", **changes: str | None) -> Path:
        front: dict[str, str | None] = {
            "id": key,
            "title": '"The online disinhibition effect"',
            "kind": "article",
            "why": '"Why it matters."',
            "topics": "[consent]",
            "audience": "[practitioners]",
            "access": "paid",
            "link": "https://doi.org/10.1089/1094931041291295",
            "status": "published",
        }
        return self.text(f"resources/{key}.md", front | changes, body)

    def load(self, *, record: bool = True) -> Publication:
        """The publication; the address book is brought up to date first, unless that is the test's own business."""
        return check.run(self.content, self.settings, self.now, write=record)

    def complaints(self) -> list[str]:
        """Every problem but an address book that is behind."""
        publication = load(self.content, self.settings, self.now)
        return [str(problem) for problem in publication.problems if problem != publication.behind]

    def complaint(self) -> str:
        """The only problem there is."""
        found = self.complaints()
        assert len(found) == 1, found
        return found[0]
