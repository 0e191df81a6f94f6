"""The command `mlsd-lint`, also as `python -m mlsd_lint`."""

import sys

from mlsd_lint.cli import main


def run() -> None:
    """Run the command and leave with its exit code."""
    try:
        code = main()
    except Exception:  # noqa: BLE001  # Python would exit with 1, which says that there are findings
        code = _failed()
    sys.exit(code)


def _failed() -> int:
    from traceback import format_exc

    sys.stderr.write(f"{format_exc()}mlsd-lint: this is a fault of mlsd-lint: please report it\n")
    return 2


if __name__ == "__main__":
    run()
