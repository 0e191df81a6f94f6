"""Asks a server of LanguageTool, wherever it is. httpx is imported when one is asked."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool.server_folder import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

ANSWER_SECONDS = 90.0
PUBLIC_HOST: Final = "api.languagetool.org"
PUBLIC_SECONDS: Final = 3.1  # between two requests: it allows 20 a minute
DEFAULT_LIMIT: Final = 20_000  # characters in one request, if a server does not say
_MOST_SHOWN = 200


class ServerGoneError(Exception):
    """There is no connection to the server, or it ended before the answer did."""


class Client:
    """Asks one server; threads may share it.

    `local` is what to do about a server of ours that does not do its work; None for another's.
    """

    def __init__(self, address: str, local: str | None = None) -> None:
        import httpx

        self._address = address
        self._local = local
        self._public = urlsplit(address).hostname == PUBLIC_HOST
        self._turn = threading.Lock()
        self._next = 0.0
        try:
            # What stands in the environment about proxies is not meant for this very machine.
            self._client = httpx.Client(
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=10.0),
                trust_env=local is None,
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
        if answer.status_code == 404:
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
            values = answer.json()
        except ValueError:
            raise self._junk(answer.text) from None
        matches = values.get("matches") if isinstance(values, dict) else None
        if not isinstance(matches, list) or not all(isinstance(one, dict) for one in matches):
            raise self._junk(answer.text)
        if (values.get("warnings") or {}).get("incompleteResults"):
            raise EngineError(
                f"the LanguageTool server at {self._address} stopped in the middle of a text: "
                f"{self._remedy}"
            )
        return matches

    def close(self) -> None:
        """End the connections."""
        self._client.close()

    def _asked(
        self, method: str, path: str, parameters: Mapping[str, str] | None
    ) -> httpx.Response:
        import httpx

        self._wait_for_turn()
        try:
            return self._client.request(method, self._address + path, data=parameters)
        except httpx.ReadTimeout:
            raise EngineError(
                f"the LanguageTool server at {self._address} gave no answer within "
                f"{ANSWER_SECONDS:g} seconds: {self._remedy}"
            ) from None
        except httpx.TransportError as error:
            raise ServerGoneError(str(error) or type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._junk(str(error)) from None

    def _wait_for_turn(self) -> None:
        if self._public:
            with self._turn:
                time.sleep(max(0.0, self._next - time.monotonic()))
                self._next = time.monotonic() + PUBLIC_SECONDS

    def _check_status(self, answer: httpx.Response) -> None:
        if answer.status_code == 200:
            return
        if answer.status_code == 429:
            raise EngineError(
                f"the LanguageTool server at {self._address} asks for a pause (429): run again in a "
                "minute, what it has answered is kept; or let mlsd-lint start one here"
            )
        said = " ".join(answer.text.split())[:_MOST_SHOWN]
        where = answer.headers.get("location", "")
        moved = f" and names {where}" if where else f" ({said})" if said else ""
        raise EngineError(
            f"the LanguageTool server at {self._address} answers {answer.status_code}{moved}: "
            f"{self._remedy}"
        )

    def _junk(self, text: str) -> EngineError:
        shown = " ".join(text.split())[:_MOST_SHOWN]
        return EngineError(
            f"what {self._address} answers is not what LanguageTool answers ({shown}): {self._remedy}"
        )

    @property
    def _remedy(self) -> str:
        return self._local or "see to that server, or correct prose.languagetool.server"


def address(given: str) -> str:
    """The address of a server as it is asked: without a path to its interface.

    Raises:
        EngineError: it is no address of the web.
    """
    parts = urlsplit(given.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EngineError(
            f"prose.languagetool.server is “{given}”, which is no address: give one such as "
            "https://languagetool.example.org"
        )
    path = parts.path.rstrip("/").removesuffix("/check").removesuffix("/v2")
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"
