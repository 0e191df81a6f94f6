"""The command `mlsd-lint`, also as `python -m mlsd_lint`."""

import sys

from mlsd_lint.cli import main


def run() -> None:
    """Run the command and leave with its exit code."""
    sys.exit(main())


if __name__ == "__main__":
    run()
