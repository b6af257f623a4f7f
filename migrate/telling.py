"""What became of every text and file, said once all is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from migrate.catalogue import TEXTS, Catalogue, Place
from migrate.media import Media, is_picture
from migrate.outcomes import Entry, Ledger, lose, skip
from migrate.redirects import OldAddresses
from migrate.staging import Staging
from migrate.text.changes import PICTURES
from migrate.text.findings import Finding
from publication.problems import Problem

_BY_HAND = "Mend it on the old site, export it again and run this once more; or write it anew here."


@dataclass(frozen=True)
class Telling:
    """Writes into the ledger. ``places`` are by number in it."""

    ledger: Ledger
    catalogue: Catalogue
    media: Media
    staging: Staging
    old: OldAddresses
    places: Mapping[int, Place]

    def tell_texts(
        self, numbers: Mapping[str, int], links: Mapping[str, str], problems: Mapping[str, Sequence[Problem]]
    ) -> None:
        """Texts: by their files, ``numbers`` of their entries, where they stand, and why they are drafts."""
        for entry in self.ledger.revising(*TEXTS):
            if numbers.get(entry.file) != entry.number:
                continue
            if entry.file in self.staging.hopeless:
                lose(entry, f"it cannot be a text here: {self.staging.hopeless[entry.file]}", _BY_HAND)
                continue
            _tell_problems(entry, problems.get(entry.file, ()))
            for key in self.staging.dropped.get(entry.file, ()):
                entry.change(f"its {key} could not stay as it was, and was left out")
            for name in self.staging.poorer.get(entry.file, ()):
                what = "picture" if is_picture(name) else "file"
                entry.findings.append(
                    Finding("missing-file", f"the {what} {name} cannot be published: {self.staging.unfit[name]}")
                )
                entry.change(PICTURES if is_picture(name) else "files it led to are missing")
            self._tell_what_stayed(entry)
            if self.places[entry.number].id in self.catalogue.moved:
                entry.change("it has another address on the old site now; here it keeps the one it had")
            entry.link = links.get(entry.file, "")
            self.old.tell(entry, self.places[entry.number])

    def tell_media(self) -> None:
        """Attachments: brought over when a text shows them, or else why not."""
        for entry in self.ledger.revising("attachment"):
            if entry.outcome == "imported":
                self._tell_file(entry, self.places[entry.number])
            if entry.number in self.places:
                self.old.tell(entry, self.places[entry.number])

    def _tell_file(self, entry: Entry, place: Place) -> None:
        file = self.media.find(place.file) if place.file else None
        if file is None:
            skip(entry, self._why_no_file(place.file))
        elif file in self.staging.unfit:
            skip(entry, f"its file cannot be published: {self.staging.unfit[file]}")
        else:
            entry.file = file
            entry.outcome = "imported" if file in self.staging.fresh else "kept"

    def _why_no_file(self, address: str) -> str:
        if self.media.folder or (self.media.fetching and self.media.fetching.online):
            return f"its file {self.media.why(address)}"
        return "no media folder was given (--media), and nothing fetched (--fetch)"

    def _tell_what_stayed(self, entry: Entry) -> None:
        if entry.file in self.staging.edited:
            entry.outcome, entry.why = "kept", ["it was edited here since it was brought over, and is left as it is"]
            entry.findings.clear()  # they are of words that are not here
            if entry.file in self.staging.outdated:
                entry.change("the old site has other words now than were brought over; they stay there")
        elif entry.file in self.staging.deleted:
            entry.outcome, entry.why = "kept", ["it was deleted here since it was brought over, and stays so"]
            entry.findings.clear()
        elif entry.file in self.staging.unchanged:
            entry.outcome = "kept"


def _tell_problems(entry: Entry, problems: Sequence[Problem]) -> None:
    for problem in problems:
        entry.findings.append(Finding("draft", f"it is a draft until this is mended: {problem.what}. {problem.cure}"))
    if problems:
        entry.change("it cannot be published as it is, so it is a draft here")
