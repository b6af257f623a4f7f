"""``python -m workshop.piped MODULE …``: runs a module, which goes on with its work when nobody reads its output.

That is so behind ``| head``: what is said then is said to nobody, and no command ends half way with a traceback.
"""

import io
import os
import runpy
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Unheard(io.FileIO):
    """Standard output; what can reach nobody is thrown away."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())  # for the commands that are started from here as well
            os.close(nowhere)
            return super().write(data)


def go_on_unheard() -> None:
    """From here on, a standard output that nobody reads any more stops nothing."""
    shown = sys.stdout
    if shown is not sys.__stdout__ or not isinstance(shown, io.TextIOWrapper) or shown.isatty():
        return
    shown.flush()
    raw = _Unheard(shown.fileno(), "wb", closefd=False)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=shown.encoding, errors=shown.errors, line_buffering=shown.line_buffering
    )


if __name__ == "__main__":
    go_on_unheard()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
