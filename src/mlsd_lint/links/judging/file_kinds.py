"""What kind of file an address promises by its extension, and whether an answer keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXTENSIONS = {
    "page": ("html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cfm"),
    "pdf": ("pdf",),
    "image": ("png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "tif", "tiff", "svg"),
    "sound": ("mp3", "ogg", "oga", "wav", "flac", "m4a", "aac", "opus"),
    "film": ("mp4", "webm", "mov", "avi", "mkv", "m4v", "ogv"),
    "archive": ("zip", "tar", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "whl", "jar", "dmg"),
    "program": ("exe", "msi", "deb", "rpm", "apk", "pkg"),
    "document": ("doc", "docx", "odt", "rtf", "ppt", "pptx", "odp", "xls", "xlsx", "ods", "epub"),
    "print": ("ps", "eps", "djvu", "dvi"),
    "data": ("csv", "tsv", "json", "jsonl", "xml", "rss", "atom", "yaml", "yml", "toml", "parquet"),
    "text": ("txt", "md", "rst", "tex", "bib", "log", "py", "r", "c", "h", "cpp", "java", "js"),
    "notebook": ("ipynb",),
}
_KINDS = {name: kind for kind, names in _EXTENSIONS.items() for name in names}
# What a server may call a file of a kind; the beginnings of media types.
_MEDIA_TYPES = {
    "page": ("text/html", "application/xhtml"),
    "pdf": ("application/pdf", "application/x-pdf"),
    "image": ("image/",),
    "sound": ("audio/", "application/ogg", "video/ogg"),
    "film": ("video/", "application/mp4"),
    "text": ("text/plain", "text/", "application/javascript", "application/x-"),
    "data": ("text/", "application/json", "application/xml", "application/"),
}
_HTML = ("text/html", "application/xhtml")
# What servers call whatever they do not know.
_UNSPECIFIC = ("application/octet-stream", "binary/octet-stream", "application/force-download")


def kind(url: str) -> str:
    """The kind of file that an address promises by its extension; "" if it promises none."""
    path = url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    name = unquote(path).rpartition("/")[2]
    return _KINDS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def alike(asked: str, final: str, headers: Mapping[str, str]) -> bool:
    """Whether what `final` answered with is the kind of file that `asked` promises.

    An address without an extension that is known promises nothing.
    """
    promised = kind(asked)
    if not promised:
        return True
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not media_type or media_type.startswith(_UNSPECIFIC):
        return promised in {kind(final), ""} or (promised != "page" and not kind(final))
    if promised != "page" and media_type.startswith(_HTML):
        return False  # the page about a file is not the file
    if promised in _MEDIA_TYPES:
        return media_type.startswith(_MEDIA_TYPES[promised])
    return not media_type.startswith(("image/", "audio/", "video/"))
