"""Asks a server of LanguageTool, wherever it is. httpx is imported when one is asked."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from mlsd_lint.links.politeness import retry_after
from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool.server_folder import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

ANSWER_SECONDS = 90.0
MOST_BYTES = 20_000_000  # of an answer: one to a batch full of mistakes has some hundred thousand
PUBLIC_HOST: Final = "api.languagetool.org"
PUBLIC_SECONDS: Final = 3.1  # between two requests: it allows 20 a minute
DEFAULT_LIMIT: Final = 20_000  # characters in one request, if a server does not say
_MOST_SHOWN = 200
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class ServerGoneError(Exception):
    """There is no connection to the server, or it ended before the answer did."""


class _Reply(NamedTuple):
    """What a server says, all of it."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """As UTF-8, which is what LanguageTool writes."""
        return self.content.decode("utf-8", "replace")


class Client:
    """Asks one server; threads may share it.

    `local` is what to do about a server of ours that does not do its work; None for another's.
    """

    def __init__(self, address: str, local: str | None = None) -> None:
        import httpx

        self._address = address
        self._local = local
        host = urlsplit(address).hostname
        self._public = host == PUBLIC_HOST
        self._turn = threading.Lock()
        self._next = 0.0
        try:
            # What stands in the environment about proxies is not meant for this very machine.
            self._client = httpx.Client(
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=10.0),
                trust_env=host not in _THIS_MACHINE,
                # A compressed answer may be of any length, and nobody could tell before it is read.
                headers={"Accept-Encoding": "identity"},
                verify=local is None,  # to read certificates takes time, and here is no https
            )
        except (ImportError, ValueError, OSError) as error:
            raise EngineError(
                f"what the environment says of proxies cannot be used: {error}"
            ) from None

    @property
    def threads(self) -> int:
        """How many requests at once are polite."""
        return 1 if self._public else 2

    def limit(self) -> int:
        """How many characters the server takes in one request.

        Raises:
            EngineError: it is no server of LanguageTool.
            ServerGoneError: it cannot be reached.
        """
        if self._local is not None:
            return MOST_CHARACTERS
        answer = self._asked("GET", "/v2/maxtextlength", None)
        if answer.status == 404:
            return DEFAULT_LIMIT
        self._check_status(answer)
        try:
            return max(1_000, int(answer.text))
        except ValueError:
            raise self._junk(answer.text) from None

    def check(self, parameters: Mapping[str, str]) -> list[Mapping[str, Any]]:
        """The matches in a text, as the server gives them.

        Raises:
            EngineError: it does not do its work.
            ServerGoneError: it is gone.
        """
        answer = self._asked("POST", "/v2/check", parameters)
        self._check_status(answer)
        try:
            values = _decoded(answer.text)
        except (ValueError, RecursionError):
            raise self._junk(answer.text) from None
        values = values if isinstance(values, dict) else {}
        matches, warnings = values.get("matches"), values.get("warnings")
        if not isinstance(matches, list) or not all(isinstance(one, dict) for one in matches):
            raise self._junk(answer.text)
        if isinstance(warnings, dict) and warnings.get("incompleteResults"):
            raise EngineError(
                f"the LanguageTool server at {self._address} stopped in the middle of a text: "
                f"{self._remedy}"
            )
        return matches

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _asked(self, method: str, path: str, parameters: Mapping[str, str] | None) -> _Reply:
        import httpx

        self._wait_for_turn()
        url = self._address + path
        try:
            with self._client.stream(method, url, data=parameters) as answer:
                return _Reply(answer.status_code, answer.headers, self._content(answer))
        except httpx.ReadTimeout:
            raise self._slow() from None
        except httpx.TransportError as error:
            raise ServerGoneError(str(error) or type(error).__name__) from None
        except (httpx.InvalidURL, UnicodeError):  # the latter of a name with two dots in a row
            raise _no_address(self._address) from None

    def _content(self, answer: httpx.Response) -> bytes:
        """What comes until the end, as long as that is near."""
        deadline = time.monotonic() + ANSWER_SECONDS
        content = bytearray()
        for part in answer.iter_raw():
            content += part
            if len(content) > MOST_BYTES:
                raise self._junk(f"more than {MOST_BYTES / 1_000_000:g} MB")
            if time.monotonic() > deadline:
                raise self._slow()
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise self._junk("compressed, which was not asked for")
        return bytes(content)

    def _slow(self) -> EngineError:
        return EngineError(
            f"the LanguageTool server at {self._address} gave no answer within "
            f"{ANSWER_SECONDS:g} seconds: {self._remedy}"
        )

    def _wait_for_turn(self) -> None:
        if self._public:
            with self._turn:
                time.sleep(max(0.0, self._next - time.monotonic()))
                self._next = time.monotonic() + PUBLIC_SECONDS

    def _check_status(self, answer: _Reply) -> None:
        if answer.status == 200:
            return
        asked = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
        if answer.status == 429 or (answer.status == 503 and asked is not None):
            pause = "a minute" if asked is None else f"{max(1, asked):,.0f} seconds"
            raise EngineError(
                f"the LanguageTool server at {self._address} asks for a pause ({answer.status}): "
                f"run again in {pause}, what it has answered is kept"
            )
        said = _shown(answer.text)
        where = _shown(answer.headers.get("location", ""))
        moved = f" and names {where}" if where else f" ({said})" if said else ""
        raise EngineError(
            f"the LanguageTool server at {self._address} answers {answer.status}{moved}: "
            f"{self._remedy}"
        )

    def _junk(self, text: str) -> EngineError:
        return EngineError(
            f"what {self._address} answers is not what LanguageTool answers ({_shown(text)}): "
            f"{self._remedy}"
        )

    @property
    def _remedy(self) -> str:
        return self._local or "see to that server, or correct prose.languagetool.server"


def address(given: str) -> str:
    """The address of a server as it is asked: without a path to its interface.

    Raises:
        EngineError: it is no address of the web.
    """
    try:
        parts = urlsplit(given.strip())
        _ = parts.port  # to read it is to check it
    except ValueError:
        raise _no_address(given) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not given.isprintable():
        raise _no_address(given)
    path = parts.path.rstrip("/").removesuffix("/check").removesuffix("/v2")
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"


def _no_address(given: str) -> EngineError:
    return EngineError(
        f"prose.languagetool.server is “{_shown(given)}”, which is no address: give one such as "
        "https://languagetool.example.org"
    )


def _shown(text: str) -> str:
    """The beginning of what somebody else wrote, without what a terminal would obey."""
    line = " ".join(text[: 2 * _MOST_SHOWN].split())[:_MOST_SHOWN]
    return "".join(one if one.isprintable() else "\ufffd" for one in line)


def _decoded(text: str) -> Any:
    """The values of a text in JSON, in which there may be halves of characters."""
    values = json.loads(text)
    if "\\ud" not in text and "\\uD" not in text:
        return values
    whole = json.dumps(values, ensure_ascii=False).encode("utf-16", "surrogatepass")
    return json.loads(whole.decode("utf-16", "replace"))
