"""TOML as values with spans: `tomllib` reads them, `toml_places` finds where they stand."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from mlsd_lint.source import Span
from mlsd_lint.typed.front_matter import LONGEST_NUMBER, TOO_DEEP, FrontMatterError
from mlsd_lint.typed.toml_errors import explained
from mlsd_lint.typed.toml_places import TooDeepError, Walk
from mlsd_lint.typed.values import Items, Record, Scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_lint.typed.values import Location, Value


def toml_values(text: str, offset: int) -> Record:
    """The document in `text`, which stands at `offset` in the source; see `front_matter_values`.

    Dates and times are text in ISO 8601. A table under a header spans from its first key to its
    last value, an array of such tables from its first header.

    Raises:
        FrontMatterError: as `front_matter_values`.
    """
    try:
        data = _data(text, offset)
        places = Walk(text).places()
    except TooDeepError as error:
        raise FrontMatterError(TOO_DEEP, offset + error.index) from None
    places.setdefault((), Span(0, len(text)))
    return _Values(text, offset, places).record(data, (), places[()])


def _data(text: str, offset: int) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        Walk(text).places()  # says where
        raise FrontMatterError(TOO_DEEP, offset) from None
    except ValueError as error:
        message, index = explained(error, text)
        raise FrontMatterError(message, offset + index) from None


class _Values:
    """Puts data and places together; what has no place has that of what it stands in."""

    def __init__(self, text: str, offset: int, places: Mapping[Location, Span]) -> None:
        self.text = text
        self.offset = offset
        self.places = places

    def record(self, data: Mapping[str, Any], path: Location, span: Span) -> Record:
        fields = {name: self._value(inner, (*path, name), span) for name, inner in data.items()}
        return Record(self._in_source(span), fields)

    def _value(self, data: Any, path: Location, around: Span) -> Value:
        span = self.places.get(path, around)
        if isinstance(data, dict):
            return self.record(data, path, span)
        if isinstance(data, list):
            items = [self._value(one, (*path, index), span) for index, one in enumerate(data)]
            return Items(self._in_source(span), tuple(items))
        return Scalar(self._in_source(span), self._scalar(data, span))

    def _scalar(self, data: Any, span: Span) -> Any:
        if isinstance(data, date | datetime | time):
            return data.isoformat()
        if isinstance(data, int | float) and span.end - span.start > LONGEST_NUMBER:
            return self.text[span.start : span.end]
        return data

    def _in_source(self, span: Span) -> Span:
        return Span(self.offset + span.start, self.offset + span.end)
