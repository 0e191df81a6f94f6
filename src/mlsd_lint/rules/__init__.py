"""The rules, one file per family. To add a family, write its file and name it in `FAMILIES`."""

from importlib import import_module

FAMILIES = (
    "accidental_lists",
    "acronyms",
    "catalogue",
    "colliding_anchors",
    "consistency",
    "contents",
    "emphasis",
    "external_links",
    "headings",
    "html",
    "images",
    "lists",
    "local_links",
    "lost_markers",
    "mermaid",
    "near_links",
    "numbering",
    "prose",
    "references",
    "relations",
    "repository_claims",
    "structure",
    "unchecked",
    "vocabulary",
)


def load() -> None:
    """Import every family, which registers its rules. Importing twice does nothing."""
    for family in FAMILIES:
        import_module(f"{__name__}.{family}")
