"""What a page says of itself: its anchors, its title, its text, and what a program makes of it."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from mlsd_lint.links.judging.html_tags import Run, attributes_of, pieces

if TYPE_CHECKING:
    from mlsd_lint.links.exchange import Reply
    from mlsd_lint.links.judging.html_tags import Tag

_HTML = ("text/html", "application/xhtml+xml")
_BEGINS_AS_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;\"']+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# Python knows codecs that are no charsets of pages, some of them slow on purpose-made input.
_CHARSETS = (
    *("utf-8", "utf-16", "utf-32", "cp", "iso8859", "koi8", "mac-", "tis-620"),
    *("gb", "big5", "hz", "shift_jis", "euc_", "iso2022", "johab"),
)
# Browsers take these to be windows-1252, of which they are parts (Encoding standard, 4.2).
_AS_WINDOWS = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
_NAMED_ANCHORS = frozenset({"a", "map", "embed", "object", "img", "form", "iframe", "frame"})
_UNSEEN = frozenset({"script", "style", "title", "noembed", "noframes", "iframe"})
_HEADINGS = frozenset({"h1", "h2"})
_SPACES = re.compile(r"\s+")
_MOUNTS = frozenset(
    {
        *("root", "app", "__next", "__nuxt", "___gatsby", "react-root", "main-app", "svelte"),
        *("swagger-ui", "redoc", "redoc-container", "ember-app", "app-root", "app-mount", "main"),
        *("application", "docsify", "elm", "vue-app", "react-app", "js-app", "q-app", "notion-app"),
    }
)
_MOUNT_TAGS = re.compile(
    r"(?:app|my|ng|docs|swagger|rapi|redoc|elements|notion|devsite)(?:-\w+)+|redoc"
)
_PROGRAMS = re.compile(
    r"docsify(?:@|\.min|/lib|\.js)|swagger-ui(?:-bundle|-dist|\.js)|/redoc(?:\.standalone|/)"
    r"|rapidoc|scalar/api-reference|reveal(?:\.min)?\.js|gitbook",
    re.IGNORECASE,
)
_NEEDS_PROGRAM = re.compile(
    r"(?:enable|activat|requires?|need|aktivier|activer|habilit|turn on)\w*\W+(?:\w+\W+){0,4}?"
    r"java\s?script|java\s?script\W+(?:\w+\W+){0,4}?(?:enabled?|required?|disabled|activ|aktiv)",
    re.IGNORECASE,
)
_SHORT_TEXT = 400
# In JSON, where `<h2 id="user-content-x">` has its quotes and angles escaped.
_PAYLOAD_ANCHOR = re.compile(r"\bid=\\[\"'](user-content-(?:[^\\\"'\s]|\\u[0-9a-fA-F]{4})+)")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


class Page(NamedTuple):
    """An HTML page as far as links need it.

    `names` are the ids of all elements and the names of links and the like, in order, each once.
    `text` is what a reader may see, white space folded to single spaces; `heading` the text of
    its first h1, or h2 where there is none. `meta` holds the content of meta elements by name or
    property, in lower case. `base` is the address that relative links start from, "" if not said.
    `scripted` says that a program most likely makes more anchors than there are,
    `cut` that the page holds more than was read of it.
    """

    names: tuple[str, ...]
    title: str
    heading: str
    text: str
    meta: dict[str, str]
    base: str
    scripted: bool
    cut: bool


def is_html(reply: Reply) -> bool:
    """Whether a reply's body is an HTML page, by its Content-Type or, for want of one, itself."""
    if not reply.body:
        return False
    media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type:
        return media_type in _HTML
    return _BEGINS_AS_HTML.match(reply.body) is not None


def read(reply: Reply) -> Page:
    """The page that a reply holds."""
    return parse(reply.body, reply.headers.get("content-type", ""))


def text_of(body: bytes, content_type: str) -> str:
    """A page's characters, by its mark, the header, its meta element, or else as UTF-8.

    What is not UTF-8 although nothing says so is read as windows-1252, as browsers do.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for name in _declared(body, content_type):
        try:
            codec = codecs.lookup("cp1252" if name in _AS_WINDOWS else name).name
            if codec.startswith(_CHARSETS):
                return body.decode(codec, "replace")
        except (LookupError, ValueError):
            continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start >= len(body) - 4  # in the middle of a character, where reading ended
        return body.decode("utf-8" if cut else "cp1252", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    header = _CHARSET.search(content_type)
    meta = _META_CHARSET.search(body[:4096])
    names = [header[1].lower()] if header else []
    if meta:
        name = meta[1].decode("ascii", "replace").lower()
        names.append("utf-8" if name.startswith("utf-16") else name)
    return names


@lru_cache(maxsize=2)  # several questions are asked of one body in a row
def parse(body: bytes, content_type: str) -> Page:
    """The page in a body, which may be cut anywhere or be no HTML at all; never raises."""
    page = text_of(body, content_type)
    reading = _Reading()
    place = 0
    for piece in pieces(page):
        if isinstance(piece, Run):
            reading.words(piece)
        else:
            reading.tag(piece)
        place = piece.end
    return reading.page(cut=place < len(page))


class _Reading:
    """What was found so far, from the first tag to the last."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.title = ""
        self.titled = False
        self.headings: dict[str, list[str]] = {}
        self.heading = ""  # the one that is open
        self.seen: list[str] = []
        self.meta: dict[str, str] = {}
        self.base = ""
        self.scripts = 0
        self.script_length = 0
        self.mounts = 0
        self.program = False
        self.payload = False
        self.unscripted = ""  # the text of noscript elements
        self.in_noscript = False

    def words(self, run: Run) -> None:
        if self.in_noscript:
            if len(self.unscripted) < 2 * _SHORT_TEXT:
                self.unscripted += run.written[: 2 * _SHORT_TEXT]
            return
        text = run.text()
        self.seen.append(text)
        if self.heading:
            self.headings[self.heading].append(text)

    def tag(self, tag: Tag) -> None:
        if tag.name in _HEADINGS:
            self._open_or_close_heading(tag)
        elif tag.name == "noscript":
            self.in_noscript = not tag.closes
        if not tag.is_inline:
            self.seen.append(" ")
            if self.heading:
                self.headings[self.heading].append(" ")
        if tag.closes:
            return
        attributes = attributes_of(tag) if tag.attributes else {}
        if attributes:
            self._anchor(tag.name, attributes)
        if not tag.is_inline:
            self._content(tag, attributes)

    def _open_or_close_heading(self, tag: Tag) -> None:
        if tag.closes:
            self.heading = ""
        elif tag.name not in self.headings:
            self.heading = tag.name
            self.headings[tag.name] = []

    def _anchor(self, name: str, attributes: dict[str, str]) -> None:
        if attributes.get("id"):
            self.names.setdefault(attributes["id"])
            if attributes["id"].lower() in _MOUNTS:
                self.mounts += 1
        if name in _NAMED_ANCHORS and attributes.get("name"):
            self.names.setdefault(attributes["name"])

    def _content(self, tag: Tag, attributes: dict[str, str]) -> None:
        if tag.name == "title":
            if not self.titled:  # the first; those of drawings in the page come later
                self.title, self.titled = _folded(unescape(tag.text)), True
        elif tag.name == "script":
            self._script(tag, attributes)
        elif tag.name == "meta":
            key = (attributes.get("name") or attributes.get("property") or "").lower()
            if key:
                self.meta.setdefault(key, attributes.get("content", ""))
        elif tag.name == "base":
            self.base = self.base or attributes.get("href", "")
        elif "-" in tag.name or tag.name == "redoc":
            self.mounts += _MOUNT_TAGS.fullmatch(tag.name) is not None
        if tag.text and tag.name not in _UNSEEN:
            self.seen.append(unescape(tag.text))

    def _script(self, tag: Tag, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "").lower()
        if "json" in kind and "embeddedData" in attributes.get("data-target", ""):
            self._github_payload(tag.text)
            return
        if kind and "javascript" not in kind and kind not in {"module", "text/babel"}:
            return
        source = attributes.get("src", "")
        self.scripts += 1
        self.script_length += len(tag.text)
        if source and _PROGRAMS.search(source[:500]):
            self.program = True

    def _github_payload(self, written: str) -> None:
        """Anchors of a file that GitHub sends as data, for a program in the page to show."""
        self.payload = True
        for name in _PAYLOAD_ANCHOR.findall(written):
            self.names.setdefault(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), name))

    def page(self, *, cut: bool) -> Page:
        text = _folded("".join(self.seen))
        headings = self.headings.get("h1") or self.headings.get("h2") or []
        return Page(
            names=tuple(self.names),
            title=self.title,
            heading=_folded("".join(headings)),
            text=text,
            meta=self.meta,
            base=self.base,
            scripted=self._scripted(len(text)),
            cut=cut,
        )

    def _scripted(self, length: int) -> bool:
        """Whether a program makes what a reader sees, so that more anchors may come to be."""
        if self.program:
            return True
        if self.payload:
            return not any(name.startswith("user-content-") for name in self.names)
        if not self.scripts:
            return False
        if length < _SHORT_TEXT:
            return True
        if length < 4 * _SHORT_TEXT and _NEEDS_PROGRAM.search(self.unscripted):
            return True
        # A program that takes over a page that is there already leaves its anchors alone.
        return self.mounts > 0 and len(self.names) <= 4


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
