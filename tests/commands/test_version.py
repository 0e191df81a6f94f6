from __future__ import annotations

import subprocess
import sys

from mlsd_lint import __version__


def test_it_prints_the_version(folder):
    done = folder.run("version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"mlsd-lint {__version__}\n", "")
    assert folder.run("--version").stdout == done.stdout


def test_it_does_not_look_at_the_configuration(folder):
    folder.write({"mlsd-lint.toml": "not [ toml"})
    assert folder.run("version").returncode == 0


def test_it_imports_nothing_slow():
    code = (
        "import sys; from mlsd_lint.cli import main; main(['version']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    slow = {"pydantic", "mistune", "yaml", "tomllib", "sqlite3", "inspect", "hashlib"}
    assert slow.isdisjoint(done.stderr.split())
