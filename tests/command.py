"""The command in this process: what `python -m mlsd_lint` does, but for importing it all anew.

    done = run(folder, "check", "--grammar", "none")
    assert (done.returncode, done.stderr) == (0, "")

What is about the process itself (signals, terminals, closed streams, what is imported) starts one.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mlsd_lint.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(
    folder: Path,
    *arguments: str,
    given: str = "",
    env: Mapping[str, str | None] | None = None,
    together: bool = False,
) -> subprocess.CompletedProcess[str]:
    """The command's result in a folder.

    `given` is its standard input; `env` comes besides our environment, without what is None in it;
    `together` puts what goes to standard error where it is written into standard output.
    """
    streams = {
        name: io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="\n")
        for name, content in {"stdin": given.encode(), "stdout": b"", "stderr": b""}.items()
    }
    if together:
        streams["stderr"] = streams["stdout"]
    imported = set(sys.modules)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "path", list(sys.path))
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        for name, value in (env or {}).items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        try:
            code = main(arguments)
        except SystemExit as left:  # as argparse does on wrong usage
            code = left.code
    _forget_models(folder, imported)
    output, errors = (_written(streams[name]) for name in ("stdout", "stderr"))
    return subprocess.CompletedProcess(arguments, code, output, "" if together else errors)


def _written(stream: io.TextIOWrapper) -> str:
    """What was written, with the line endings that a pipe read as text has."""
    stream.flush()
    return io.IncrementalNewlineDecoder(None, translate=True).decode(
        stream.buffer.getvalue().decode("utf-8"), final=True
    )


def _forget_models(folder: Path, imported: set[str]) -> None:
    """A module that lies in the folder is another one in the next test's."""
    for name in sys.modules.keys() - imported:
        file = getattr(sys.modules[name], "__file__", None)
        if file and Path(file).is_relative_to(folder):
            del sys.modules[name]
