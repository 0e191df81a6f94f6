"""`mlsd-lint version`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mlsd_lint import __version__

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001  # every verb is called alike
    """Print the version."""
    sys.stdout.write(f"mlsd-lint {__version__}\n")
    return 0
