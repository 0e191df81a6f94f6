"""A quality gate for Markdown books and curated lists."""

__version__ = "0.1.0"
