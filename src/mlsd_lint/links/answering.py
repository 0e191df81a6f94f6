"""Answers to questions: from the store, where they still hold, and else from the web."""

from __future__ import annotations

import os
import time
from functools import cached_property
from random import Random
from sys import intern
from typing import TYPE_CHECKING, NamedTuple, TextIO

from mlsd_lint.config.durations import seconds
from mlsd_lint.digests import digest
from mlsd_lint.links.github import access, plan
from mlsd_lint.links.hosts import HostRules
from mlsd_lint.links.judging.confirming import Confirmation, confirmed
from mlsd_lint.links.storing.keeping import covers, expires, lifetimes
from mlsd_lint.links.storing.store import Asked
from mlsd_lint.links.verdicts import Answer, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mlsd_lint.config.links import LinkSettings
    from mlsd_lint.links.collecting import LinkPlace, Question
    from mlsd_lint.links.session import Ended, Terms
    from mlsd_lint.links.storing.store import Store


_LOST = "name does not resolve, but no name did any more: the network may have gone"


class Wanted(NamedTuple):
    """What the user wants of a run.

    `user_agent` is what requests say of their sender. `max_time` is in seconds, None for no limit;
    `again` asks also about what is known. `progress` is where it shows how far it has come, if that
    is a terminal.
    """

    user_agent: str
    max_time: float | None
    again: bool
    progress: TextIO


class Answering:
    """Answers the questions of one run.

    `failure` says why nothing could be found out ("" if something could), `interrupted` that the
    user stopped it, `remarks` what else there is to say, `expires` until when all of it holds
    (seconds since the epoch). `known` and `asked` count questions by where their answers came
    from, `sent` the requests.
    """

    def __init__(self, settings: LinkSettings, store: Store, wanted: Wanted) -> None:
        self.settings = settings
        self.store = store
        self.failure = ""
        self.interrupted = False
        self.remarks: list[str] = []
        self.expires = float("inf")
        self.known = self.asked = self.sent = 0
        self._wanted = wanted
        self._hosts = HostRules(settings, os.environ)
        self._github = access(os.environ)
        self._confirmation = Confirmation(
            settings.confirm_failures, seconds(settings.confirm_interval)
        )
        self._lifetimes = lifetimes(settings.keep)
        self._random = Random()  # noqa: S311  # it spreads times, and guards nothing
        self._ends: dict[str, Answer] = {}
        self._contexts: dict[tuple[tuple[tuple[str, str], ...], bool], str] = {}

    def answers(self, questions: Mapping[str, Question]) -> dict[str, Answer]:
        """The answer to each question: what is known and still holds, or what the web says now.

        Those are left out of which nothing is known because nobody could be asked.
        """
        names = {key: self._name(key, question) for key, question in questions.items()}
        answers = self._known(questions, names)
        self.known += len(answers)
        if len(answers) < len(questions):
            answers |= self._ask(questions, names, answers)
        self._ends |= {one.final: _end(one) for one in answers.values() if _has_moved(one)}
        if self.store.remark:
            self.remarks.append(self.store.remark)
        return answers

    def with_copies(
        self, answers: Mapping[str, Answer], places: Mapping[str, LinkPlace], root: Path
    ) -> dict[str, Answer]:
        """The answers to the questions of `places`, with an archived copy where there is one.

        `places` says where each page is linked, relative to `root`.
        """
        if not places:
            return {}
        from mlsd_lint.links.copies import Lost, find_copies, written

        dates = written(root, places.values())
        lost = {key: Lost(key.partition(" ")[0], dates[place]) for key, place in places.items()}
        found = find_copies(lost, self._terms)
        self.interrupted |= found.interrupted
        if not found.finished:
            self.expires = 0.0
            if not found.interrupted:
                self.remarks.append(f"{self.settings.archive} was not asked for all copies in time")
        return {key: answers[key]._replace(archive=copy) for key, copy in found.copies.items()}

    def _known(
        self, questions: Mapping[str, Question], names: Mapping[str, Asked]
    ) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        if not self._wanted.again:
            wanted = {key: (names[key], one.fragments) for key, one in questions.items()}
            answers = self.store.lookup_all(wanted, time.time())
            expiry = self.store.earliest_expiry(names[key] for key in answers)
            self.expires = min(self.expires, expiry)
        for key, end in self._ends.items():
            if key in questions and covers(end, questions[key].fragments):
                answers[key] = end
        return answers

    def _name(self, key: str, question: Question) -> Asked:
        """The question under which its answer is kept."""
        asking = self._hosts(question.address)
        by_api = self._github is not None and plan(question.address, self._github) is not None
        return Asked(key, self._context(asking.headers, by_api))

    def _context(self, headers: tuple[tuple[str, str], ...], by_api: bool) -> str:  # noqa: FBT001  # part of a key
        """The digest of all that changes an answer besides the address."""
        known = self._contexts.get((headers, by_api))
        if known is None:
            context = (self.settings.user_agent, headers, self.settings.soft_404, by_api)
            known = self._contexts[headers, by_api] = digest(repr(context))
        return known

    @cached_property
    def _terms(self) -> Terms:
        from mlsd_lint.links.fetching.fetcher import FetchLimits
        from mlsd_lint.links.fetching.open_files import most_at_once
        from mlsd_lint.links.fetching.safety import networks
        from mlsd_lint.links.session import Terms

        limits = FetchLimits(
            self._wanted.user_agent,
            networks(self.settings.allow_addresses),
            most_at_once(self.settings.concurrency),
        )
        max_time = self._wanted.max_time
        return Terms(self.settings, self._hosts, limits, self._github, max_time)

    def _ask(
        self,
        questions: Mapping[str, Question],
        names: Mapping[str, Asked],
        known: Mapping[str, Answer],
    ) -> dict[str, Answer]:
        """Ask the web what is not known; what it said is kept at once."""
        from mlsd_lint.links.progress import showing
        from mlsd_lint.links.session import Hearing, ask

        due = {key: one for key, one in questions.items() if key not in known}
        answers: dict[str, Answer] = {}
        unsure: list[str] = []  # until it is known that names resolve here at all

        def earlier(key: str) -> Answer | None:
            return self.store.earlier(names[key])

        def answered(key: str, answer: Answer) -> None:
            # Read only now: another run may have kept an answer in the meantime.
            settled = confirmed(answer, earlier(key), self._confirmation, time.time())
            answers[key] = _shared(settled, key)
            if answer.verdict is Verdict.DEAD and not answer.status:
                unsure.append(key)
            else:
                self._keep(names[key], answers[key])

        with showing(self._wanted.progress, len(due)) as progress:
            ended = ask(due, self._terms, self.store, Hearing(earlier, answered, progress))
        self._note(ended, len(due))
        if ended.failure:
            return {
                key: one
                for key, one in answers.items()
                if one.verdict is Verdict.UNVERIFIED and ended.failure not in one.reason
            }
        if ended.lost:
            self.expires = 0.0
            return answers | _unverified([*unsure, *(due.keys() - answers.keys())], _LOST)
        for key in unsure:
            self._keep(names[key], answers[key])
        left = due.keys() - answers.keys()
        if left:
            self.expires = 0.0
        return answers | _unverified(left, self._why_not_reached(ended))

    def _keep(self, name: Asked, answer: Answer) -> None:
        expiry = expires(answer, self._lifetimes, self._random)
        self.expires = min(self.expires, expiry)
        self.store.keep(name, answer, expiry)

    def _note(self, ended: Ended, asked: int) -> None:
        self.asked += asked
        self.sent += ended.sent
        self.interrupted |= ended.interrupted
        if ended.failure:
            self.failure, self.expires = ended.failure, 0.0
        self.remarks += ended.remarks

    def _why_not_reached(self, ended: Ended) -> str:
        if ended.interrupted:
            return "not reached before the interruption"
        limit = self._wanted.max_time or 0.0
        return (
            f"not reached within {limit / 60:g} minutes"
            if limit > 60
            else f"not reached within {limit:g} seconds"
        )


def _shared(answer: Answer, key: str) -> Answer:
    """The answer with texts that others have too: there may be a hundred thousand of them."""
    final = key if answer.final == key else answer.final
    return answer._replace(final=final, reason=intern(answer.reason))


def _has_moved(answer: Answer) -> bool:
    return answer.verdict is Verdict.MOVED


def _end(answer: Answer) -> Answer:
    """What a page that moved says of the address it moved to, so that a fix asks nothing new."""
    reason = f"{answer.status} at the end of redirects"
    return answer._replace(verdict=Verdict.OK, reason=reason, chain=())


def _unverified(keys: Iterable[str], reason: str) -> dict[str, Answer]:
    answer = Answer(Verdict.UNVERIFIED, reason, asked=time.time())
    return dict.fromkeys(keys, answer)
