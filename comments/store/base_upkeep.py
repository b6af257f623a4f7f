"""The store's promises about its own upkeep: copies, what was erased, ids, sealed values, the search index."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["comment", "person"]
# Told how many steps of how many are done.
Progress = Callable[[int, int], None]


class Marked(NamedTuple):
    """A row and the random names it has in the list of the erased."""

    kind: Kind
    id: int
    marks: tuple[str, ...]


class Sealed(NamedTuple):
    """A value that the vault sealed. ``kind`` and ``id`` make the owner it was sealed for: ``person:12``."""

    kind: str
    id: int
    sealed: bytes
    lookup: bytes | None

    @property
    def owner(self) -> str:
        return f"{self.kind}:{self.id}"


class UpkeepStore(ABC):
    @abstractmethod
    def copy_to(self, path: Path, progress: Progress) -> None:
        """Copy the store as it is at one moment to a new file; nobody who writes meanwhile waits.

        :raise StoreProblem: it cannot be read, or the copy not written.
        """

    @abstractmethod
    def check_search(self) -> list[str]:
        """Sentences about a full-text index that does not say what the comments say; empty when it does."""

    @abstractmethod
    def rebuild_search(self) -> None:
        """Make the full-text index anew from the comments."""

    @abstractmethod
    def list_marks(self, kind: Kind, ids: Sequence[int]) -> list[str]:
        """The random names of these comments or people; one that was joined with others has theirs too."""

    @abstractmethod
    def iterate_marks(self) -> Iterator[Marked]:
        """All comments and all people, in one consistent reading."""

    @abstractmethod
    def get_last_ids(self) -> dict[str, int]:
        """The highest id ever given, by kind of row."""

    @abstractmethod
    def skip_ids(self, last: Mapping[str, int]) -> None:
        """Give no id up to these any more. Never goes back."""

    @abstractmethod
    def iterate_sealed(self) -> Iterator[Sealed]:
        """Every value that the vault sealed, in one consistent reading."""

    @abstractmethod
    def set_sealed(self, value: Sealed) -> None:
        """Put another sealed value, and look-up where it has one, in place of this owner's."""

    @abstractmethod
    def drop_sealed(self) -> int:
        """Forget every sealed value with its look-up; what they belong to stays. Returns how many."""

    @abstractmethod
    def set_key_checks(self, checks: Mapping[str, bytes]) -> None:
        """These check values and no others."""
