"""What tests share: the material beside the checkout, and how to ask for it."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from web.fixture import web

__all__ = ["web"]

# How long an example takes says something of the machine, not of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# They drive terminals, signals and file locks as POSIX has them.
if os.name != "posix":
    collect_ignore = [
        "links/storing/test_store.py",
        "links/test_online_command.py",
        "links/test_progress.py",
        "test_cli.py",
    ]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real Markdown and specification examples; it is not part of a clone."""
    if not (SHARED / "corpora").is_dir():
        pytest.skip("needs ../shared (specification examples and real Markdown), which is not here")
    return SHARED
