"""The rules, one file per subject. A new file is named in `FILES`, or its rules are not known."""

from importlib import import_module

FILES = (
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
    "mermaid_nodes",
    "near_links",
    "numbering",
    "prose",
    "references",
    "relations",
    "repository_claims",
    "typed_documents",
    "typed_sections",
    "typed_values",
    "unchecked",
    "vocabulary",
)


def load() -> None:
    """Import every file, which registers its rules. Importing twice does nothing."""
    for file in FILES:
        import_module(f"{__name__}.{file}")
