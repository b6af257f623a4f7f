"""The one place where SQLite's errors become ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from comments.errors import CommentsError, NotFound, StoreProblem
from comments.words import _


@contextmanager
def translated() -> Iterator[None]:
    """Raise StoreProblem (or NotFound) instead of whatever SQLite or the file system raises inside."""
    try:
        yield
    except (sqlite3.Error, OverflowError) as error:
        raise in_our_words(error) from error
    except TimeoutError as error:
        raise StoreProblem(_busy()) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreProblem(
            _("The store's folder cannot be used (%s). Check the disk and who owns the folder.") % reason
        ) from error


def in_our_words(error: sqlite3.Error | OverflowError) -> CommentsError:
    """What to raise instead of this."""
    if isinstance(error, OverflowError):
        # A number from an address line that no row can have.
        return NotFound(_("There is nothing with this number."))
    # Errors of the sqlite3 module itself (a closed connection, a value that cannot be bound) carry no code.
    code = getattr(error, "sqlite_errorcode", None)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return NotFound(_("What this belongs to is not there any more."))
    # The low byte is the kind of error; the rest is detail.
    kind = -1 if code is None else code & 0xFF
    sentences = {
        sqlite3.SQLITE_BUSY: _busy(),
        sqlite3.SQLITE_LOCKED: _busy(),
        sqlite3.SQLITE_FULL: _("The disk is full. Nothing was changed. Free some space, then try again."),
        sqlite3.SQLITE_READONLY: _owner(),
        sqlite3.SQLITE_PERM: _owner(),
        sqlite3.SQLITE_CANTOPEN: _owner(),
        sqlite3.SQLITE_CORRUPT: _damaged(),
        sqlite3.SQLITE_NOTADB: _damaged(),
        sqlite3.SQLITE_IOERR: _("The disk did not take or give what was asked. Check the disk and its free space."),
    }
    return StoreProblem(sentences.get(kind) or _("The store could not do this (%s).") % name)


def _busy() -> str:
    return _("The store is busy. Try again in a moment.")


def _owner() -> str:
    return _("The store cannot be written. Its file and folder must belong to the user who runs the service.")


def _damaged() -> str:
    return _("The store is damaged. Stop the service and restore the last backup.")
