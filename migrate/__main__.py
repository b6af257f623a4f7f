"""``python -m migrate``: can be stopped from the first moment on, also while the command itself is being loaded."""

import sys

from migrate.stopping import STOPPED, ignore, listen


def main() -> int:
    """Run the command; returns its exit code."""
    try:
        listen()
        from migrate.command import run  # takes a while

        return run()
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return 130
    finally:
        ignore()


if __name__ == "__main__":
    sys.exit(main())
