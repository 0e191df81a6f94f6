"""`docs/terminal.svg`: what a terminal shows of a run on a small book."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

COMMAND = "mlsd-lint check"
# A link to an anchor that is not there, a word twice, and a value that is none: one of links, one of
# prose and one of types fit on a screen.
BOOK = {
    "mlsd-lint.toml": """\
include = ["*.md", "recipes/"]

[types.recipe]
files = "recipes/*.md"

[types.recipe.fields.ingredients]
section = "Ingredients"
entries = "{amount} {unit} {name}"

[types.recipe.fields.ingredients.fields]
amount = { type = "number" }
unit = { choices = ["g", "ml"] }
name = {}
""",
    "README.md": """\
# Cookbook

Cook [the pancakes](recipes/pancakes.md#ingredient) on a
Sunday, when there is is time.
""",
    "recipes/pancakes.md": """\
# Pancakes

## Ingredients

- 250 g flour
- some ml milk
""",
}
_WEB_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def terminal_picture() -> str:
    """The picture as SVG, which loads nothing from elsewhere."""
    shown = printed()
    width = max(len(line) for line in Text.from_ansi(shown).plain.split("\n")) + 1
    console = Console(
        record=True, width=width, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text.from_ansi(f"\x1b[1m$ {COMMAND}\x1b[0m\n{shown}"), soft_wrap=True)
    picture = console.export_svg(title="mlsd-lint", unique_id="terminal")
    return _WEB_FONT.sub("", picture)


def printed() -> str:
    """What the command prints in the book, in color."""
    with TemporaryDirectory() as folder:
        for name, content in BOOK.items():
            file = Path(folder, name)
            file.parent.mkdir(exist_ok=True)
            file.write_text(content, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "mlsd_lint", *COMMAND.split()[1:], "--color", "always"],
            cwd=folder,
            env=os.environ | {"PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        ).stdout
