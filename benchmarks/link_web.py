"""The simulated web of the link benchmark: what it holds, and a process that serves it.

    python benchmarks/link_web.py PLAN.json

reads a plan, starts its hosts and prints their origins as a JSON list. For each line on standard
input, the name of a file, it writes there what the hosts have seen since the line before, and
prints it back. It ends with its input.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from link_plan import Plan

_TESTS = Path(__file__).resolve().parents[1] / "tests"
_SILENCE = 3600.0  # seconds, longer than anybody waits
_UNKNOWN = "/"  # stands for every path of a host that no link has
_BODY = b"<!doctype html><title>A page</title><h1>A page</h1>" + b"<p>Words of a page.</p>" * 60


class Seen(NamedTuple):
    """A request as the web saw it; `at` in seconds on a clock of the whole machine."""

    host: int
    method: str
    path: str
    at: float


class Log(NamedTuple):
    """What the web saw of one run: the requests, and by host the most under way at once."""

    requests: tuple[Seen, ...]
    most_running: tuple[int, ...]


def serve(plan_file: Path) -> None:
    """Serve the plan in a file until the input ends."""
    sys.path.insert(0, str(_TESTS))
    from web import Response, Web

    plan = json.loads(plan_file.read_text("utf-8"))
    page = Response(200, _BODY, {"Content-Type": "text/html; charset=utf-8"})
    with Web() as web:
        for latencies in plan:
            host = web.host(dict.fromkeys(latencies, page))  # and 404 for the rest
            host.latency = _waits(latencies)
        _say(json.dumps([host.origin for host in web.hosts]))
        numbers = {host.ip: number for number, host in enumerate(web.hosts)}
        for line in sys.stdin:
            seen = [(numbers[one.ip], one.method, one.target, one.at) for one in web.log]
            most = [host.max_running for host in web.hosts]
            Path(line.strip()).write_text(json.dumps([seen, most]), "utf-8")
            web.log.clear()
            for host in web.hosts:
                host.log.clear()
                host.max_running = 0
            _say(line.strip())


def _waits(latencies: Mapping[str, float | None]) -> Any:
    def wait(seen: Any) -> float:
        seconds = latencies.get(seen.path, latencies[_UNKNOWN])
        return _SILENCE if seconds is None else seconds

    return wait


def _say(line: str) -> None:
    print(line, flush=True)


class Served:
    """A plan served by a process of its own; a context manager. `urls` are in the plan's order."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._folder = folder
        latencies = [
            {**{link.path: link.latency for link in links}, _UNKNOWN: other}
            for links, other in zip(plan.hosts, plan.others, strict=True)
        ]
        file = folder / "plan.json"
        file.write_text(json.dumps(latencies), "utf-8")
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        origins = json.loads(self._line())
        self.urls = [origins[host] + plan.hosts[host][number].path for host, number in plan.order]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process; what its hosts raised comes out on its standard error."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(timeout=60)

    def log(self) -> Log:
        """What was seen since the last call."""
        file = self._folder / "log.json"
        if self._process.stdin is None:
            raise RuntimeError("the web has no input")
        print(file, file=self._process.stdin, flush=True)
        self._line()
        seen, most = json.loads(file.read_text("utf-8"))
        return Log(tuple(Seen(*one) for one in seen), tuple(most))

    def _line(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("the web did not start")
        return line


def write_documents(urls: Sequence[str], folder: Path, each: int = 500) -> int:
    """Write lists of links into a folder, `each` to a document; the number of documents."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, len(urls), each)
    for number, start in enumerate(starts):
        some = urls[start : start + each]
        lines = [f"- [Page {start + place + 1} of many]({url})" for place, url in enumerate(some)]
        text = f"# List {number + 1}\n\n" + "\n".join(lines) + "\n"
        (folder / f"list-{number + 1:03}.md").write_text(text, "utf-8")
    return len(starts)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
