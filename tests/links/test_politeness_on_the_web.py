"""What hosts are asked at once, how often and after which pauses, as they saw it themselves."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from links.asking_the_web import PAUSE, SLACK, answer, answers, online, seen
from mlsd_lint.config.links import HostSettings
from mlsd_lint.links import requesting
from mlsd_lint.links.collecting import LinkPlace
from mlsd_lint.links.storing.store import open_store
from mlsd_lint.links.verdicts import Verdict
from web import End, Web
from web.behaviours import (
    crawl_delay,
    date_in,
    file,
    in_turn_of_host,
    redirect,
    routes,
    status,
    throttled,
)
from web.hostile import hang, reset

if TYPE_CHECKING:
    from web import Behaviour, Host

FILE = file()


def urls(host: Host, count: int, path: str = "") -> list[str]:
    return [host.url(f"{path}/{number}") for number in range(count)]


def verdicts(judged) -> set[Verdict]:
    return {one.verdict for one in judged.values()}


def least_gap(host: Host, after: int = 0) -> float:
    return min(host.gaps[after:])


def robots(answered: Behaviour) -> Behaviour:
    return routes({"/robots.txt": answered}, otherwise=FILE)


# --- how many at once, and how often ---


@pytest.mark.parametrize("most", [1, 3])
def test_a_host_is_asked_no_more_at_once_than_is_set_and_no_less_if_there_is_more(web, most):
    host = web.host(FILE, latency=0.1)

    answers(urls(host, 12), host_concurrency=most)

    assert host.max_running == most


def test_a_host_has_a_concurrency_of_its_own(web):
    one, other = web.host(FILE, latency=0.03), web.host(FILE, latency=0.1)

    answers(
        [*urls(one, 12), *urls(other, 12)],
        host_concurrency=4,
        hosts={one.ip: HostSettings(concurrency=2)},
    )

    assert (one.max_running, other.max_running) == (2, 4)


def test_no_more_is_under_way_in_all_than_is_set(web):
    hosts = [web.host(FILE, latency=0.2) for _ in range(6)]
    running: list[int] = []
    for host in hosts:
        host.behaviour = lambda _: running.append(sum(one.running for one in hosts)) or FILE

    answers([url for host in hosts for url in urls(host, 4)], concurrency=5)

    assert max(running) == 5


def test_two_requests_to_a_host_begin_no_sooner_after_another_than_is_set(web):
    host = web.host(FILE)

    answers(urls(host, 5), host_interval=f"{PAUSE}s")

    assert least_gap(host) >= PAUSE - SLACK
    assert host.log[-1].at - host.log[0].at >= 4 * PAUSE - SLACK


def test_the_interval_holds_for_redirects_probes_and_retries_too(web):
    host = web.host({"/p": redirect("/q"), "/q": status(500)})

    answer(host.url("/p"), host_interval=f"{PAUSE}s")

    assert seen(host) == "HEAD /p, HEAD /q, GET /q, GET /q, GET /p"
    assert least_gap(host) >= PAUSE - SLACK


def test_a_host_has_an_interval_of_its_own(web):
    slow, fast = web.host(FILE), web.host(FILE)

    answers([*urls(slow, 2), *urls(fast, 4)], hosts={f"{slow.ip}:*": HostSettings(interval="2s")})

    assert least_gap(slow) >= 2 - SLACK
    assert fast.log[-1].at < slow.log[1].at


def test_the_limits_of_a_host_hold_for_those_who_are_redirected_to_it(web):
    there = web.host(FILE, latency=0.05)
    hosts = [web.host(redirect(there.url(f"/{number}"))) for number in range(10)]

    judged = answers([*(host.url("/p") for host in hosts), *urls(there, 4)], host_concurrency=2)

    assert verdicts(judged) == {Verdict.OK}
    assert (there.max_running, len(there.log)) == (2, 14)


def test_a_path_has_limits_of_its_own_and_holds_nothing_else_of_its_host_back(web):
    host = web.host(FILE, latency=0.02)
    settings = {f"{host.ip}/api/*": HostSettings(interval="2s", concurrency=1)}

    answers([*urls(host, 2, "/api"), *urls(host, 8)], hosts=settings)

    api = [one.at for one in host.log if one.path.startswith("/api/")]
    others = [one.at for one in host.log if not one.path.startswith("/api/")]
    assert api[1] - api[0] >= 2 - SLACK
    assert max(others) < api[1]


def test_a_host_has_a_timeout_of_its_own(web):
    host, other = web.host(hang()), web.host(hang())

    judged = answers(
        [host.url("/p"), other.url("/p")],
        timeout="2s",
        retries=0,
        hosts={host.ip: HostSettings(timeout="1s")},
    )

    assert judged[host.url("/p")].reason == "no answer within 1 s, 2 times"
    assert judged[other.url("/p")].reason == "no answer within 2 s, 2 times"


# --- robots.txt ---


def test_the_crawl_delay_of_a_host_is_kept_from_its_first_page_on(web):
    host = web.host(robots(crawl_delay(f"{PAUSE}")), latency=0.01)

    assert verdicts(answers(urls(host, 4), crawl_delay=True)) == {Verdict.OK}

    assert seen(host).startswith("GET /robots.txt, HEAD ")
    assert len(host.log) == 5
    assert least_gap(host) >= PAUSE - SLACK
    assert host.max_running == 1


def test_what_robots_are_disallowed_is_asked_all_the_same(web):
    host = web.host(robots(crawl_delay("0", disallow="/")))

    assert verdicts(answers(urls(host, 3), crawl_delay=True)) == {Verdict.OK}


def test_no_crawl_delay_is_kept_if_that_is_set(web):
    host = web.host(robots(crawl_delay("30")))

    answers(urls(host, 4), crawl_delay=False)

    assert "/robots.txt" not in seen(host)
    assert len(host.log) == 4


def test_robots_txt_is_not_asked_for_on_behalf_of_a_single_page(web):
    host = web.host(robots(crawl_delay("30")))

    answer(host.url("/p"), crawl_delay=True)

    assert seen(host) == "HEAD /p"


def test_a_crawl_delay_shorter_than_the_interval_shortens_nothing(web):
    host = web.host(robots(crawl_delay("0.01")))

    answers(urls(host, 3), crawl_delay=True, host_interval=f"{PAUSE}s")

    assert least_gap(host) >= PAUSE - SLACK


def test_no_crawl_delay_is_kept_for_longer_than_a_host_is_waited_for(web):
    host = web.host(robots(crawl_delay("9" * 300)))

    judged = answers(urls(host, 3), crawl_delay=True, max_wait=f"{PAUSE}s")

    assert verdicts(judged) == {Verdict.OK}
    assert least_gap(host, after=1) >= PAUSE - SLACK


def test_a_crawl_delay_for_others_is_not_kept(web):
    text = crawl_delay("30", "googlebot").body + crawl_delay(f"{PAUSE}", "mlsd-lint").body
    host = web.host(robots(file(text, "text/plain")))

    answers(urls(host, 3), crawl_delay=True)

    assert PAUSE - SLACK <= least_gap(host) < 25


@pytest.mark.parametrize(
    ("answered", "timeout"),
    [
        (status(404), "60s"),
        (status(500), "60s"),
        (reset(), "60s"),
        (hang(), "3s"),
        (redirect("/robots.txt"), "60s"),
        (file(b"\x00\xff" * 999), "60s"),
    ],
    ids=["missing", "failing", "reset", "silent", "in a circle", "no text"],
)
def test_whatever_comes_of_robots_txt_the_pages_are_asked(web, answered, timeout):
    host = web.host(robots(answered))

    judged = answers(urls(host, 4), crawl_delay=True, timeout=timeout, retries=0)

    assert verdicts(judged) == {Verdict.OK}


def test_the_robots_txt_that_a_redirect_leads_to_counts(web):
    there = web.host({"/robots.txt": crawl_delay(f"{PAUSE}")})
    host = web.host(robots(redirect(there.url("/robots.txt"), 301)))

    answers(urls(host, 3), crawl_delay=True)

    assert least_gap(host, after=1) >= PAUSE - SLACK


def test_a_crawl_delay_holds_for_paths_with_limits_of_their_own_too(web):
    host = web.host(robots(crawl_delay(f"{PAUSE}")), latency=0.01)
    settings = {f"{host.ip}/api/*": HostSettings(concurrency=3)}

    answers([*urls(host, 3, "/api"), *urls(host, 3)], crawl_delay=True, hosts=settings)

    for paths in ("/api/", "/"):
        times = [one.at for one in host.log if one.path.rpartition("/")[0] + "/" == paths]
        times = [one for one in times if one != host.log[0].at]
        gaps = [after - before for before, after in pairwise(times)]
        assert min(gaps) >= PAUSE - SLACK


def test_of_two_ports_of_a_host_the_longer_crawl_delay_holds(web):
    host = web.host(robots(crawl_delay(f"{PAUSE}")), latency=0.01)
    with Web() as beside:
        other = beside.host(robots(status(404)), ip=host.ip)
        links = [*urls(host, 3), *urls(other, 3)]
        answers(links, crawl_delay=True)
        pages = [one.at for one in (*host.log, *other.log) if one.path != "/robots.txt"]

    pages.sort()
    gaps = [after - before for before, after in pairwise(pages)]
    assert min(gaps) >= PAUSE - SLACK


def test_a_crawl_delay_is_remembered_and_kept_without_asking_again(web, tmp_path):
    host = web.host(robots(crawl_delay(f"{PAUSE}")))
    for _ in range(2):
        store = open_store(tmp_path)
        answers(urls(host, 3), crawl_delay=True, store=store, keep={"ok": "0s"})
        store.close()

    assert seen(host).count("/robots.txt") == 1
    assert len(host.log) == 7
    assert min(host.gaps[4:]) >= PAUSE - SLACK


# --- come back later ---


def test_a_host_that_asks_for_patience_has_it_from_all_links(web):
    waits = [
        ("1", 1.0),
        (date_in(1), 1.0),
        (date_in(1, "rfc850"), 1.0),
        (date_in(1, "asctime"), 1.0),
        ("junk", 2.0),
    ]
    hosts = [web.host(in_turn_of_host(throttled(value), FILE)) for value, _ in waits]

    judged = answers([url for host in hosts for url in urls(host, 4)], host_concurrency=1)

    assert verdicts(judged) == {Verdict.OK}
    for host, (_, least) in zip(hosts, waits, strict=True):
        assert len(host.log) == 5
        assert host.gaps[0] >= least - SLACK  # more than `max_wait` would have been too long


def test_a_host_that_asks_for_too_much_patience_is_left_alone(web):
    host, other = web.host(throttled("100")), web.host(FILE)

    judged = answers([*urls(host, 30), *urls(other, 30)], host_concurrency=1)

    assert len(host.log) == 1
    assert {judged[url].verdict for url in urls(host, 30)} == {Verdict.THROTTLED}
    assert {judged[url].reason for url in urls(host, 30)} == {
        f"429 from {host.ip}: it wants fewer requests"
    }
    assert {judged[url].verdict for url in urls(other, 30)} == {Verdict.OK}


def test_a_host_that_goes_on_asking_for_patience_is_left_alone(web):
    host = web.host(throttled(f"{PAUSE}"))

    judged = answers(urls(host, 30), host_concurrency=1, retries=2)

    assert verdicts(judged) == {Verdict.THROTTLED}
    assert seen(host) == "HEAD /0, HEAD /0, HEAD /0"
    assert least_gap(host) >= PAUSE - SLACK


def test_what_is_under_way_when_a_host_asks_for_patience_makes_it_wait_no_longer(web):
    host = web.host(lambda seen: (throttled("1") if seen.host_number <= 4 else FILE)(seen))
    host.latency = 0.5

    judged = answers(urls(host, 12), host_concurrency=4)

    assert verdicts(judged) == {Verdict.OK}
    assert host.log[4].at - host.log[3].at >= 1.5 - SLACK
    assert len(host.log) == 4 + 12


def test_a_path_that_asks_for_patience_has_it_alone_if_it_has_limits_of_its_own(web):
    host = web.host(routes({"/api/0": throttled("100")}, otherwise=FILE))
    settings = {f"{host.ip}/api/*": HostSettings(concurrency=1)}

    judged = answers([*urls(host, 4, "/api"), *urls(host, 4)], hosts=settings)

    assert {judged[url].verdict for url in urls(host, 4, "/api")} == {Verdict.THROTTLED}
    assert {judged[url].verdict for url in urls(host, 4)} == {Verdict.OK}


# --- hosts beside each other ---


def test_a_host_with_few_links_is_done_in_its_own_time_beside_one_with_many(web):
    many, few = web.host(FILE, latency=0.03), web.host(FILE, latency=0.1)

    judged = answers([*urls(many, 300), *urls(few, 20)])

    assert verdicts(judged) == {Verdict.OK}
    done = few.log[-1].at
    # Both are asked at about the same pace, four at once; one after the other it would be all 300.
    assert len([one for one in many.log if one.at < done]) <= 100


def test_hosts_that_do_not_answer_hold_up_no_other(web):
    silent = [web.host(hang()) for _ in range(8)]
    full = [web.host(throttled("2")) for _ in range(8)]
    good = web.host(FILE, latency=0.01)
    links = [url for host in (*silent, *full) for url in urls(host, 4)]
    patience = {host.ip: HostSettings(timeout="2s") for host in silent}

    judged = answers([*links, *urls(good, 20)], hosts=patience, retries=0)

    assert {judged[url].verdict for url in urls(good, 20)} == {Verdict.OK}
    assert good.log[-1].at < min(host.log[4].at for host in silent)


def test_the_pause_before_a_retry_holds_back_one_link_and_no_other(web, monkeypatch):
    monkeypatch.setattr(requesting, "backoff", lambda *_: 3.0)
    host = web.host(routes({"/bad": status(500)}, otherwise=FILE))

    answers([host.url("/bad"), *urls(host, 10)], host_concurrency=1)

    others = [f"/{number}" for number in range(10)]
    assert [one.path for one in host.log] == ["/bad", "/bad", *others, "/bad"]


def test_a_host_that_ends_every_connection_is_given_up_after_some_links(web):
    host = web.host()
    host.on_connect = [End.RESET]

    judged = answers(urls(host, 30), host_concurrency=1, retries=0)

    assert verdicts(judged) == {Verdict.SUSPECT}
    # It depends on the moment: the connection is not made, or made and then lost, to HEAD and GET.
    reasons = {one.reason.partition(" ")[2].split(",")[0] for one in judged.values()}
    assert reasons <= {"reset while it was being made", "reset before an answer"}
    assert host.connections <= 10


@pytest.mark.parametrize("tls", ["expired", "hangs"])
def test_of_a_host_without_a_secure_connection_one_link_is_asked(web, tls):
    host = web.host(tls=tls)

    patience = {host.ip: HostSettings(timeout="1s")} if tls == "hangs" else {}
    asked = online(hosts=patience, host_concurrency=1)
    judged = asked([LinkPlace(url, "a.md", 0) for url in urls(host, 20)])

    assert verdicts(judged) == {Verdict.SUSPECT}
    assert asked.details()[0].endswith("20 asked with 1 requests")
    assert host.connections <= 2  # one more shows why the certificate is no good


@pytest.mark.parametrize(("authority", "requests"), [("127.200.0.1:1", 2), ("no-such-name.zz", 1)])
def test_of_a_host_that_nobody_reaches_one_link_is_asked(web, authority, requests):
    links = [f"http://{authority}/{number}" for number in range(50)]
    links.append(web.host(FILE).url("/p"))
    asked = online(host_concurrency=1)

    judged = asked([LinkPlace(url, "a.md", 0) for url in links])

    assert len({judged[url].reason for url in links[:50]}) <= 2
    assert {judged[url].verdict for url in links[:50]} < {Verdict.SUSPECT, Verdict.DEAD}
    assert asked.details()[0].endswith(f"51 asked with {requests + 1} requests")


def test_a_host_that_does_not_answer_is_given_up_after_some_links(web):
    host = web.host(hang())

    judged = answers(urls(host, 30), timeout="500ms", retries=0)

    assert verdicts(judged) == {Verdict.SUSPECT}
    assert len({one.path for one in host.log}) <= 8  # five, and those under way beside the fifth
    last = judged[urls(host, 30)[-1]].reason
    assert last == "no answer within 0.5 s, like 5 other links to this host"


def test_a_host_that_answers_now_and_then_is_not_given_up(web):
    host = web.host(lambda seen: (hang() if int(seen.path[1:]) % 4 else FILE)(seen))

    judged = answers(urls(host, 12), timeout="100ms", retries=0, host_concurrency=1)

    assert {judged[url].verdict for url in urls(host, 12)[::4]} == {Verdict.OK}
    assert len({one.path for one in host.log}) == 12


# --- time for all ---


def test_what_is_not_reached_in_the_time_there_is_is_unverified_and_the_rest_is_known(web):
    good, silent, slow = web.host(FILE), web.host(hang()), web.host(FILE, latency=1.0)
    links = [*urls(good, 3), *urls(silent, 3), *urls(slow, 40)]

    judged = answers(links, max_time=4)

    assert {judged[url].verdict for url in urls(good, 3)} == {Verdict.OK}
    assert {judged[url].verdict for url in urls(silent, 3)} == {Verdict.UNVERIFIED}
    reached = [url for url in urls(slow, 40) if judged[url].verdict is Verdict.OK]
    assert 0 < len(reached) < 20
    left = [judged[url] for url in links if judged[url].verdict is not Verdict.OK]
    assert {one.verdict for one in left} == {Verdict.UNVERIFIED}
    assert {one.reason for one in left} == {"not reached within 4 seconds"}


def test_nobody_waits_for_a_host_beyond_the_time_there_is(web):
    host = web.host(throttled("90"))
    began = time.monotonic()

    judged = answers(urls(host, 3), max_time=60, max_wait="100s")

    assert verdicts(judged) == {Verdict.THROTTLED}
    assert time.monotonic() - began < 60
