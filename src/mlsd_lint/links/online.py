"""External links of one run: from their places to what is said of each."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlsd_lint import __version__
from mlsd_lint.config.durations import seconds
from mlsd_lint.errors import UsageError
from mlsd_lint.links.answering import Answering, Wanted
from mlsd_lint.links.collecting import collect
from mlsd_lint.links.judging.fragments import judgement
from mlsd_lint.links.storing.store import NO_STORE, open_store
from mlsd_lint.links.verdicts import Answer, Judgement, Verdict
from mlsd_lint.urls import without_user

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.collecting import LinkPlace
    from mlsd_lint.project import Project


def online(project: Project, arguments: argparse.Namespace, directory: Path | None) -> Online:
    """What finds out about external links, as the command line asks for it.

    `directory` is that of the cache, None to keep nothing.

    Raises:
        UsageError: --max-time is no time.
    """
    settings = project.configuration.links
    try:
        max_time = arguments.max_time or settings.max_time
        limit = seconds(max_time) if max_time else None
    except ValueError as error:
        raise UsageError(f"--max-time: {error}") from None
    if limit == 0.0:
        raise UsageError("--max-time: 0s leaves no time to ask")
    wanted = Wanted(
        settings.user_agent or _user_agent(project.hosting.repository.addresses),
        max_time=limit,
        again=arguments.recheck,
        progress=io.StringIO() if arguments.quiet else sys.stderr,
    )
    store = open_store(directory) if directory else NO_STORE
    root = project.root if arguments.suggest_archives else None
    return Online(Answering(settings, store, wanted), root)


def _user_agent(addresses: Sequence[str]) -> str:
    """What requests say of their sender, with the page of the book for whoever has a complaint."""
    contact = f" (+https://{addresses[0]})" if addresses else ""
    return f"mlsd-lint/{__version__}{contact}"


@dataclass
class Online:
    """Finds out what became of external links; one for a run, however often it checks.

    With `root`, that of the repository, copies of dead pages are looked for.
    """

    answering: Answering
    root: Path | None = None
    _judged: dict[str, Judgement] = field(default_factory=dict)

    def __call__(self, places: Sequence[LinkPlace]) -> Mapping[str, Judgement]:
        """What became of each of these links, by its destination's value."""
        first: dict[str, LinkPlace] = {}
        for place in places:
            first.setdefault(place.value, place)
        unknown = {value: place for value, place in first.items() if value not in self._judged}
        if unknown and not self.interrupted:
            self._judge(unknown)
        return {value: self._judged[value] for value in first if value in self._judged}

    @property
    def failure(self) -> str:
        """Why nothing could be found out; "" if something could."""
        return self.answering.failure

    @property
    def interrupted(self) -> bool:
        """Whether the user stopped it."""
        return self.answering.interrupted

    @property
    def remarks(self) -> Sequence[str]:
        """What else there is to say."""
        return [*dict.fromkeys(self.answering.remarks)]

    @property
    def expires(self) -> float:
        """Until when all that was said holds, in seconds since the epoch."""
        return self.answering.expires

    def details(self) -> list[str]:
        """What a user who wants to know all is told."""
        known, asked, sent = self.answering.known, self.answering.asked, self.answering.sent
        asked_for = f"{asked} asked with {sent} requests"
        return [f"external links: {known} known from earlier runs, {asked_for}"]

    def close(self) -> None:
        """Close the store."""
        self.answering.store.close()

    def _judge(self, first: Mapping[str, LinkPlace]) -> None:
        collected = collect(first, self.answering.settings)
        answers = self.answering.answers(collected.questions)
        if self.root is not None and not self.interrupted:
            places = {
                address.key: first[value]
                for value, address in reversed(collected.addresses.items())
                if not isinstance(address, str) and _is_dead(answers.get(address.key))
            }
            answers |= self.answering.with_copies(answers, places, self.root)
        for value, address in collected.addresses.items():
            if isinstance(address, str) or address.key in answers:
                self._judged[value] = _judgement(address, without_user(value.strip()), answers)


def _is_dead(answer: Answer | None) -> bool:
    return answer is not None and answer.verdict is Verdict.DEAD


def _judgement(address: Address | str, url: str, answers: Mapping[str, Answer]) -> Judgement:
    """What is said of a link with this address, or of one that has none and why; `url` is shown."""
    if not isinstance(address, str):
        return judgement(url, address.fragment, answers[address.key])
    reason = f"cannot be asked: {address}"
    return Judgement(url, Verdict.UNVERIFIED, reason, Answer(Verdict.UNVERIFIED, reason))
