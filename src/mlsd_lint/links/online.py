"""External links of one run: what is known of them, and asking for the rest."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from mlsd_lint import __version__
from mlsd_lint.config.durations import seconds
from mlsd_lint.digests import digest
from mlsd_lint.errors import UsageError
from mlsd_lint.links.collecting import collect
from mlsd_lint.links.confirming import Confirmation, confirmed
from mlsd_lint.links.fragments import judgement
from mlsd_lint.links.github import access, plan
from mlsd_lint.links.hosts import HostRules
from mlsd_lint.links.keeping import covers, expires, lifetimes
from mlsd_lint.links.store import NO_STORE, Asked, open_store
from mlsd_lint.links.verdicts import Answer, Judgement, Verdict
from mlsd_lint.urls import without_user

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mlsd_lint.config.links import LinkSettings
    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.collecting import LinkPlace, Question
    from mlsd_lint.links.github import Access
    from mlsd_lint.links.session import Ended
    from mlsd_lint.links.store import Store
    from mlsd_lint.project import Project

_NO_NETWORK = "no name resolves here; is there a network?"


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
    return Online(
        settings=settings,
        store=open_store(directory) if directory else NO_STORE,
        user_agent=settings.user_agent or _user_agent(project.hosting.repository.addresses),
        max_time=limit,
        again=arguments.recheck,
        shows_progress=not arguments.quiet,
    )


def _user_agent(addresses: Sequence[str]) -> str:
    """What requests say of their sender, with the page of the book for whoever has a complaint."""
    contact = f" (+https://{addresses[0]})" if addresses else ""
    return f"mlsd-lint/{__version__}{contact}"


@dataclass
class Online:
    """Finds out what became of external links; one for a run, however often it checks.

    `max_time` is in seconds, None for no limit; `again` asks also about what is known. After a
    call, `failure` says why nothing could be found out ("" if something could), `interrupted`
    that the user stopped it, `remarks` what else there is to say, and `expires` until when all of
    it holds (seconds since the epoch).
    """

    settings: LinkSettings
    store: Store
    user_agent: str
    max_time: float | None = None
    again: bool = False
    shows_progress: bool = False
    failure: str = ""
    interrupted: bool = False
    remarks: list[str] = field(default_factory=list)
    expires: float = float("inf")
    _judged: dict[str, Judgement] = field(default_factory=dict)
    _ends: dict[str, Answer] = field(default_factory=dict)
    _known: int = 0
    _asked: int = 0
    _sent: int = 0

    def __call__(self, places: Sequence[LinkPlace]) -> Mapping[str, Judgement]:
        """What became of each of these links, by its destination's value."""
        values = dict.fromkeys(place.value for place in places)
        unknown = [value for value in values if value not in self._judged]
        if unknown and not self.interrupted:
            self._judge(unknown)
        return {value: self._judged[value] for value in values if value in self._judged}

    def details(self) -> list[str]:
        """What a user who wants to know all is told."""
        asked = f"{self._asked} asked with {self._sent} requests"
        return [f"external links: {self._known} known from earlier runs, {asked}"]

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def _judge(self, values: Sequence[str]) -> None:
        collected = collect(values, self.settings)
        answers = self._answers(collected.questions)
        for value, address in collected.addresses.items():
            self._judged[value] = _judgement(address, value, answers)

    def _answers(self, questions: Mapping[str, Question]) -> dict[str, Answer]:
        """The answer to each question: what is known and still holds, or what the web says now."""
        names = {key: self._name(question) for key, question in questions.items()}
        answers: dict[str, Answer] = {}
        if not self.again:
            wanted = {key: (names[key], one.fragments) for key, one in questions.items()}
            answers = self.store.lookup_all(wanted, time.time())
        for key, end in self._ends.items():
            if key in questions and covers(end, questions[key].fragments):
                answers[key] = end
        self._known += len(answers)
        if len(answers) < len(questions):
            answers |= self._ask(questions, names, answers)
        self._ends |= dict(map(_end, (one for one in answers.values() if _is_moved(one))))
        self.expires = min(self.expires, self.store.earliest_expiry(names.values()))
        if self.store.remark:
            self.remarks.append(self.store.remark)
        return answers

    @cached_property
    def _hosts(self) -> HostRules:
        return HostRules(self.settings, os.environ)

    def _name(self, question: Question) -> Asked:
        """The question under which its answer is kept."""
        asking = self._hosts(question.address)
        by_api = self._github is not None and plan(question.address, self._github) is not None
        context = (self.user_agent, asking.headers, self.settings.soft_404, by_api)
        return Asked(question.address.key, digest(repr(context)))

    @cached_property
    def _github(self) -> Access | None:
        return access(os.environ)

    def _ask(
        self,
        questions: Mapping[str, Question],
        names: Mapping[str, Asked],
        known: Mapping[str, Answer],
    ) -> dict[str, Answer]:
        """Ask the web what is not known; what it said is kept at once, and told."""
        from mlsd_lint.links.fetching import FetchLimits
        from mlsd_lint.links.safety import networks
        from mlsd_lint.links.session import Due, Terms, ask

        due = {
            key: Due(one, self.store.earlier(names[key]))
            for key, one in questions.items()
            if key not in known
        }
        limits = FetchLimits(self.user_agent, networks(self.settings.allow_addresses))
        terms = Terms(self.settings, self._hosts, limits, self._github, self.max_time)
        answers: dict[str, Answer] = {}
        unsure: dict[str, Answer] = {}  # until it is known that names resolve here at all

        def answered(key: str, answer: Answer) -> None:
            confirmation = Confirmation(
                self.settings.confirm_failures, seconds(self.settings.confirm_interval)
            )
            answers[key] = confirmed(answer, due[key].earlier, confirmation, time.time())
            if answer.verdict is Verdict.DEAD and not answer.status:
                unsure[key] = answers[key]
            else:
                self._keep(names[key], answers[key])

        ended = ask(due, terms, self.store, answered)
        self._note(ended, len(due))
        if ended.no_network:
            return _unverified(due, _NO_NETWORK)
        for key, answer in unsure.items():
            self._keep(names[key], answer)
        return answers | _unverified(due.keys() - answers.keys(), self._why_not_reached(ended))

    def _keep(self, name: Asked, answer: Answer) -> None:
        self.store.keep(name, answer, expires(answer, self._lifetimes, self._random))

    @cached_property
    def _lifetimes(self) -> Mapping[Verdict, float]:
        return lifetimes(self.settings.keep)

    @cached_property
    def _random(self) -> Random:
        return Random()  # noqa: S311  # it spreads times, and guards nothing

    def _note(self, ended: Ended, asked: int) -> None:
        self._asked += asked
        self._sent += ended.sent
        self.interrupted |= ended.interrupted
        if ended.no_network:
            self.failure = _NO_NETWORK
        self.remarks += ended.remarks

    def _why_not_reached(self, ended: Ended) -> str:
        if ended.interrupted:
            return "not reached before the interruption"
        return f"not reached within {_in_words(self.max_time)}"


def _is_moved(answer: Answer) -> bool:
    return answer.verdict is Verdict.MOVED


def _end(answer: Answer) -> tuple[str, Answer]:
    """What a page that moved says of the address it moved to, so that a fix asks nothing new."""
    end = answer._replace(
        verdict=Verdict.OK, reason=f"{answer.status} at the end of redirects", chain=()
    )
    return answer.final, end


def _in_words(limit: float | None) -> str:
    """A time in seconds as a person says it."""
    if limit is None:
        return "the time there was"
    return f"{limit / 60:g} minutes" if limit > 60 else f"{limit:g} seconds"


def _unverified(keys: Iterable[str], reason: str) -> dict[str, Answer]:
    answer = Answer(Verdict.UNVERIFIED, reason, asked=time.time())
    return dict.fromkeys(keys, answer)


def _judgement(address: Address | str, value: str, answers: Mapping[str, Answer]) -> Judgement:
    """What is said of a link whose value is this, and its address or why it has none."""
    if isinstance(address, str):
        reason = f"cannot be asked: {address}"
        return Judgement(
            without_user(value.strip()),
            Verdict.UNVERIFIED,
            reason,
            Answer(Verdict.UNVERIFIED, reason),
        )
    return judgement(without_user(value.strip()), address.fragment, answers[address.key])
