"""Write the pages that say what the code says already, and the picture: `make docs`.

`docs/rules.md` comes from the docstrings of the rules, `docs/configuration.md` from the
declarations of the settings, `docs/terminal.svg` from a run. Tests compare them with what this
would write.
"""

from __future__ import annotations

from pathlib import Path

from configuration_page import configuration_page
from rules_page import rules_page
from terminal_picture import terminal_picture

PAGES = {
    "rules.md": rules_page,
    "configuration.md": configuration_page,
    "terminal.svg": terminal_picture,
}


def main() -> None:
    """Write each page that is not as it should be."""
    folder = Path(__file__).resolve().parent
    for name, text in PAGES.items():
        (folder / name).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
