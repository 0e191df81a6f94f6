"""YAML as values with spans; importing this imports PyYAML.

It builds from PyYAML's events and not from its nodes: nodes do not say where an alias stands,
and a depth or a number of repetitions can be refused before it is there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml import SafeLoader
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.nodes import ScalarNode
from yaml.reader import ReaderError

from mlsd_lint.source import Span
from mlsd_lint.typed.front_matter import DEEPEST, LONGEST_NUMBER, TOO_DEEP, FrontMatterError
from mlsd_lint.typed.values import Items, Record, Scalar
from mlsd_lint.typed.yaml_errors import explained

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.typed.values import Value

_MOST_REPEATED = 10_000
_TAG = "tag:yaml.org,2002:"
_NOT_TEXT = frozenset(_TAG + name for name in ("bool", "float", "int", "null"))
_PROPERTIES = re.compile(r"(?:(?:![^\s]*|&[A-Za-z0-9_-]+)(?:\s|(?<=\s)#[^\r\n]*)*){1,2}")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_REST_OF_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KINDS: dict[type[Value], str] = {Items: "a list", Scalar: "a single value"}


class _Built(NamedTuple):
    """A value, the offset behind what is written of it, how many values it is, how many levels."""

    value: Value
    end: int
    size: int = 1
    height: int = 1


class _Key(NamedTuple):
    name: str
    start: int
    merges: bool


def yaml_values(text: str, offset: int) -> Record:
    """The mapping in `text`, which stands at `offset` in the source; see `front_matter_values`.

    Raises:
        FrontMatterError: as `front_matter_values`.
    """
    try:
        builder = _Builder(text, offset)
    except ReaderError as error:
        code = ord(error.character) if isinstance(error.character, str) else error.character
        message = f"YAML does not allow the character U+{code:04X}"
        raise FrontMatterError(message, offset + error.position) from None
    try:
        return builder.document()
    except MarkedYAMLError as error:
        message, index = explained(error, text)
        raise FrontMatterError(message, offset + index) from None
    except (OverflowError, ValueError):  # PyYAML asks Python for the character, and there is none
        message = "this escape names no character"
        raise FrontMatterError(message, offset + builder.loader.index) from None


class _Builder:
    """Reads the events of one YAML text in order; spans are in the source."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = offset
        self.loader: Any = SafeLoader(text)  # its stubs leave half of its methods untyped
        self.anchors: dict[str, _Built | None] = {}  # None: it is not read to its end
        self.repeated = 0

    def document(self) -> Record:
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            return Record(Span(self.offset, self.offset + len(self.text)), {})
        root = self._value(1).value
        if not isinstance(root, Record):
            raise FrontMatterError(
                f"front matter is 'key: value' lines, and this is {_KINDS[type(root)]}",
                root.span.start,
            )
        self._next()
        following = self._next()
        if not isinstance(following, StreamEndEvent):
            raise FrontMatterError(
                "a second YAML document starts here; front matter is one", self._start(following)
            )
        return root

    def _next(self) -> Any:
        return self.loader.get_event()

    def _start(self, event: Any) -> int:
        """The offset at which an event's value starts, behind its anchor and its tag."""
        start, end = event.start_mark.index, event.end_mark.index
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            properties = _PROPERTIES.match(self.text, start, end)
            start = properties.end() if properties else start
        return self.offset + int(start)

    def _value(self, depth: int) -> _Built:
        return self._built(self._next(), depth)

    def _built(self, event: Any, depth: int) -> _Built:
        if isinstance(event, AliasEvent):
            return self._alias(event, depth)
        start, anchor = self._start(event), event.anchor
        if depth > DEEPEST:
            raise FrontMatterError(TOO_DEEP, start)
        if anchor:
            self.anchors[anchor] = None
        if isinstance(event, ScalarEvent):
            built = self._scalar(event, start)
        elif isinstance(event, SequenceStartEvent):
            built = self._items(start, depth)
        else:
            built = self._record(start, depth)
        if anchor and self.anchors[anchor] is None:
            self.anchors[anchor] = built
        return built

    def _alias(self, event: Any, depth: int) -> _Built:
        span = Span(self._start(event), self.offset + event.end_mark.index)
        name = event.anchor
        if name not in self.anchors:
            raise FrontMatterError(
                f"'*{name}' repeats a value, and no '&{name}' stands before it; "
                "a text that starts with '*' needs quotes",
                span.start,
            )
        built = self.anchors[name]
        if built is None:
            raise FrontMatterError(f"'*{name}' stands inside the value it repeats", span.start)
        self.repeated += built.size
        if self.repeated > _MOST_REPEATED:
            raise FrontMatterError(
                f"aliases such as '*{name}' repeat more than {_MOST_REPEATED} values", span.start
            )
        if depth + built.height - 1 > DEEPEST:
            raise FrontMatterError(TOO_DEEP, span.start)
        return built._replace(value=replace(built.value, span=span), end=span.end)

    def _items(self, start: int, depth: int) -> _Built:
        children: list[_Built] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            children.append(self._built(event, depth + 1))
        end = self._end(event, children, start)
        value = Items(Span(start, end), tuple(child.value for child in children))
        return _joined(value, end, children)

    def _record(self, start: int, depth: int) -> _Built:
        fields: dict[str, Value] = {}
        merged: Mapping[str, Value] = {}
        keys: set[str] = set()
        children: list[_Built] = []
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event, depth + 1)
            if key.name in keys:
                raise FrontMatterError(
                    f"the key '{_short(key.name)}' is given a second time", key.start
                )
            keys.add(key.name)
            children.append(self._value(depth + 1))
            if key.merges:
                merged = _merged(children[-1].value)
            else:
                fields[key.name] = children[-1].value
        end = self._end(event, children, start)
        return _joined(Record(Span(start, end), {**merged, **fields}), end, children)

    def _end(self, event: Any, children: list[_Built], start: int) -> int:
        """Behind the closing bracket, or behind the last value where no bracket closes."""
        if event.end_mark.index > event.start_mark.index:
            return self.offset + int(event.end_mark.index)
        end = children[-1].end if children else start
        while end > start and self.text[end - self.offset - 1].isspace():
            end -= 1
        return end

    def _key(self, event: Any, depth: int) -> _Key:
        value = self._built(event, depth).value
        merges = (
            isinstance(event, ScalarEvent)
            and self.loader.resolve(ScalarNode, event.value, event.implicit) == _TAG + "merge"
        )
        if isinstance(value, Scalar) and isinstance(value.value, str):
            return _Key(value.value, value.span.start, merges)
        written = self.text[value.span.start - self.offset : value.span.end - self.offset]
        return _Key(written, value.span.start, merges)

    def _scalar(self, event: Any, start: int) -> _Built:
        end = self.offset + event.end_mark.index
        tag = event.tag
        if tag is None or tag == "!":
            tag = self.loader.resolve(ScalarNode, event.value, event.implicit)
        span = self._written(event.style, Span(start, end))
        return _Built(Scalar(span, self._resolved(tag, _paired(event.value))), end)

    def _resolved(self, tag: str, written: str) -> Any:
        if tag not in _NOT_TEXT or len(written) > LONGEST_NUMBER:
            return written
        try:
            return self.loader.construct_object(ScalarNode(tag, written))
        except (LookupError, OverflowError, ValueError):  # `!!int ten`: for the model to judge
            return written

    def _written(self, style: str | None, span: Span) -> Span:
        if style in ("'", '"'):
            return Span(span.start + 1, span.end - 1)
        if style not in ("|", ">"):
            return span
        start, end = span.start - self.offset, span.end - self.offset
        header = _BLOCK_HEADER.match(self.text, start, end)
        header_end = header.end() if header else start
        line = _REST_OF_LINE.match(self.text, header_end, end)
        body = self.text[line.end() if line else header_end : end]
        if not body.strip():
            return Span(self.offset + header_end, self.offset + header_end)
        first = end - len(body.lstrip())
        return Span(self.offset + first, self.offset + first + len(body.strip()))


def _joined(value: Value, end: int, children: list[_Built]) -> _Built:
    return _Built(
        value,
        end,
        1 + sum(child.size for child in children),
        1 + max((child.height for child in children), default=0),
    )


def _paired(text: str) -> str:
    """The text with each pair of surrogates one character, as escapes taken from JSON have them.

    Half a pair becomes U+FFFD: nothing could be printed with it.
    """
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _merged(value: Value) -> Mapping[str, Value]:
    """What a `<<` key brings: of a mapping its fields, of a list those of each, the first first.

    https://yaml.org/type/merge.html
    """
    if isinstance(value, Record):
        return value.fields
    fields: dict[str, Value] = {}
    if isinstance(value, Items):
        for one in value.items:
            if not isinstance(one, Record):
                raise FrontMatterError("'<<' takes mappings, and this is none", one.span.start)
            for name, inner in one.fields.items():
                fields.setdefault(name, inner)
        return fields
    raise FrontMatterError("'<<' takes a mapping, and this is none", value.span.start)


def _short(name: str) -> str:
    words = " ".join(name.split())
    return words if len(words) <= 40 else words[:39] + "…"
