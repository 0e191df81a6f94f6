"""What tests share: the material beside the checkout, and how to ask for it."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from web.fixture import web

__all__ = ["web"]

# How long an example takes says something of the machine, not of the code. Who works on the code is
# shown other examples each time; a verdict on a change is of the change alone.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "repeatable", settings.get_profile("untimed"), derandomize=True, database=None, print_blob=True
)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "repeatable" if os.environ.get("CI") else "untimed")
)

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
