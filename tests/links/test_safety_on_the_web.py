"""What a document or a server must not be able to do: reach inside, or use up time and memory."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import textwrap
import time

import pytest

from links.asking_the_web import COMMAND, answer, answers, book, environment, lines, run
from mlsd_lint.links.addresses import parse
from mlsd_lint.links.exchange import Failure, Request
from mlsd_lint.links.fetching.fetcher import Fetcher, FetchLimits
from mlsd_lint.links.fetching.safety import networks
from mlsd_lint.links.judging.judge import judge
from mlsd_lint.links.verdicts import Verdict
from web import Web
from web.behaviours import chain, file, page, redirect
from web.hostile import (
    bomb,
    endless_body,
    endless_head,
    endless_informational,
    gigantic_header,
    hang,
    trickled_body,
    trickled_head,
)

LARGEST = 200  # MB: some 50 for itself, and 4 for each of the pages that are read at once


def forms(ip: str, port: int) -> dict[str, str]:
    """The ways to write an IPv4 address that resolvers and browsers understand."""
    a, b, c, d = map(int, ip.split("."))
    number = int.from_bytes((a, b, c, d), "big")
    hosts = {
        "plain": ip,
        "one number": str(number),
        "hexadecimal": f"{number:#x}",
        "octal": f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        "octal number": f"0{number:o}",
        "mixed": f"{a:#x}.{b}.0{c:o}.{d}",
        "two parts": f"{a}.{number & 0xFFFFFF}",
        "three parts": f"{a}.{b}.{number & 0xFFFF}",
        "percent-encoded": "".join(f"%{ord(char):02X}" for char in ip),
        "full width": ip.translate({ord(str(n)): 0xFF10 + n for n in range(10)}),
        "ideographic dots": ip.replace(".", "。"),
        "final dot": ip + ".",
        "mapped": f"[::ffff:{ip}]",
        "mapped, in hexadecimal": f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]",
        "6to4": f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::]",
        "translated": f"[64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}]",
    }
    return {name: f"http://{host}:{port}/secret" for name, host in hosts.items()}


def test_no_form_of_a_loopback_address_is_asked(web):
    inside = web.host(page())
    urls = forms(inside.ip, inside.port)

    judged = answers(urls.values(), allow_addresses=())

    assert {one.verdict for one in judged.values()} == {Verdict.UNVERIFIED}
    assert (inside.connections, inside.log) == (0, [])


def test_no_redirect_leads_inside_in_any_form(web):
    # The host that redirects is allowed, the one it redirects to is not.
    inside = web.host(page())
    urls = forms(inside.ip, inside.port)
    hosts = {name: web.host(redirect(url.encode())) for name, url in urls.items()}
    hosts["second hop"] = web.host({"/": redirect("/on"), "/on": redirect(inside.url("/secret"))})
    hosts["without a scheme"] = web.host(redirect(f"//{inside.authority}/secret"))
    hosts["for good"] = web.host(redirect(inside.url("/secret"), 308))
    hosts["with a user"] = web.host(redirect(f"http://a:b@{inside.authority}/secret"))
    allowed = [f"{host.ip}/32" for host in hosts.values()]

    judged = answers([host.url() for host in hosts.values()], allow_addresses=tuple(allowed))

    got = {name: judged[host.url()] for name, host in hosts.items()}
    assert {name: one.verdict for name, one in got.items()} == dict.fromkeys(
        got, Verdict.UNVERIFIED
    ), got
    assert (inside.connections, inside.log) == (0, [])
    assert "is a loopback address" in got["plain"].reason


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://10.1.2.3/", "10.1.2.3 is a private address"),
        ("http://192.168.0.1/", "192.168.0.1 is a private address"),
        ("http://172.16.0.1/", "172.16.0.1 is a private address"),
        ("http://169.254.1.1/", "169.254.1.1 is a link-local address"),
        (
            "http://169.254.169.254/latest/meta-data/",
            "169.254.169.254 is the address at which clouds keep the secrets of a machine",
        ),
        ("http://0/", "0.0.0.0 is an address of no machine"),
        ("http://224.0.0.1/", "224.0.0.1 is a multicast address"),
        ("http://255.255.255.255/", "255.255.255.255 is the broadcast address"),
        ("http://[::1]/", "::1 is a loopback address"),
        ("http://[fe80::1]/", "fe80::1 is a link-local address"),
        ("http://[fd00::1]/", "fd00::1 is a private address"),
        ("http://[::ffff:10.0.0.1]/", "::ffff:a00:1 is a private address in the form of IPv6"),
    ],
)
def test_a_forbidden_address_is_not_asked_and_that_is_said(url, what):
    judged = answer(url, timeout="5s")

    assert judged.verdict is Verdict.UNVERIFIED
    assert judged.reason.startswith("not asked: ")
    assert what in judged.reason


def test_what_a_name_resolves_to_is_looked_at_and_only_that_is_connected_to(web):
    inside, allowed = web.host(file()), web.host(file())
    addresses = {
        "inside.zz": [inside.ip],
        "mapped.zz": [f"::ffff:{inside.ip}"],
        "both.zz": [inside.ip, allowed.ip],
        "changing.zz": [allowed.ip],
    }
    asked = []

    async def resolve(name):
        asked.append(name)
        # To whoever asks again, it says something else.
        return [inside.ip] if asked.count("changing.zz") > 1 else addresses[name]

    async def fetch():
        limits = FetchLimits("a test", networks([f"{allowed.ip}/32"]))
        async with Fetcher(limits, resolve) as fetcher:
            for name in [*addresses, "changing.zz"]:
                request = Request(
                    "HEAD", parse(f"http://{name}:{web.port}/p"), (), timeout=60, body_limit=0
                )
                yield name, await fetcher.fetch(request)

    async def collected():
        return [one async for one in fetch()]

    outcomes = asyncio.run(collected())

    kinds = [one.kind if isinstance(one, Failure) else one.status for _, one in outcomes]
    assert kinds == ["forbidden", "forbidden", 200, 200, 200]
    assert (inside.connections, len(allowed.log)) == (0, 3)
    assert asked.count("changing.zz") == 1


def test_a_link_to_this_machine_s_name_is_not_asked(web, tmp_path):
    inside = web.host(page(), ip="127.0.0.1")
    names = [f"http://{name}:{inside.port}/" for name in ("localhost", "a.localhost")]
    folder = book(tmp_path, names, "links.allow-addresses = []")

    result = run(folder)

    assert (result.returncode, inside.connections) == (0, 0)


# --- time and memory ---

HOSTILE = {
    "bomb": bomb(),
    "deflated bomb": bomb("deflate"),
    "endless body": endless_body(),
    "endless head": endless_head(),
    "gigantic header": gigantic_header(),
    "endless hints": endless_informational(),
    "slow head": trickled_head(0.3),
    "slow body": trickled_body(0.3),
    "silence": hang(),
    "long chain": chain(10**6, page()),
}
_PEAK = """
    import pathlib, re, runpy, sys
    sys.argv = ["mlsd-lint", *sys.argv[1:]]
    try:
        runpy.run_module("mlsd_lint", run_name="__main__")
    finally:
        # What getrusage says has been the parent's, too, where that was larger when it forked.
        status = pathlib.Path("/proc/self/status").read_text()
        peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1])
        sys.stderr.write(f"peak={peak // 1024}\\n")
"""


def test_hostile_hosts_have_their_verdict_in_time_and_the_memory_stays_flat(tmp_path):
    # 20 bombs of 4 GB each, and everything else that does not want to end, twice.
    behaviours = [*HOSTILE.values(), *HOSTILE.values(), *[bomb()] * 16]
    with Web() as web:
        hosts = [web.host(behaviour) for behaviour in behaviours]
        silent = hosts[: 2 * len(HOSTILE)]
        patience = "".join(f'links.hosts."{host.ip}".timeout = "3s"\n' for host in silent)
        folder = book(tmp_path, [host.url("/p#late") for host in hosts], patience)
        result = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(_PEAK), *COMMAND[3:], "--output-format", "json"],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=300,  # seconds; two minutes of patience for each would be longer
            check=False,
        )

    assert result.returncode == 0, result.stderr
    found = {one["url"]: one for one in json.loads(result.stdout)}
    assert len(found) == len(hosts)
    assert {one["verdict"] for one in found.values()} == {"suspect", "unverified"}
    bombs = {found[host.url("/p#late")]["message"].partition(": ")[2] for host in hosts[-16:]}
    assert bombs == {"no anchors could be read there, so #late was not looked for"}
    assert int(result.stderr.rpartition("peak=")[2]) < LARGEST


def test_a_bomb_is_read_no_further_than_the_limit(web):
    host = web.host(bomb(gigabytes=1))

    judged = answer(host.url("/p#late"), max_body=1024)

    assert (judged.verdict, judged.answer.cut) == (Verdict.UNVERIFIED, True)
    assert judged.reason == "no anchors could be read there, so #late was not looked for"


def test_what_servers_say_reaches_the_terminal_without_its_control_characters(web, tmp_path):
    # U+009B begins an escape sequence, and U+202E turns the rest of the line around.
    evil = "/a\x1b]0;x\x07b\u202ec\x9b31m".encode()
    host = web.host({"/p": redirect(evil, 301)})
    folder = book(tmp_path, [host.url("/p")])

    result = run(folder, "--output-format", "concise")

    assert len(lines(result)) == 1
    assert not set(result.stdout) & set("\x1b\x07\u202e\x9b")


def test_no_more_long_pages_are_held_than_are_asked_for_at_once(web, monkeypatch):
    long_page = page("a", *(f"n{number}" for number in range(6_000)))
    hosts = [web.host(long_page) for _ in range(24)]
    judged, held = [], []

    def slowly(*given, **more):
        held.append(len(web.log) - len(judged))
        time.sleep(0.03)
        judged.append(judge(*given, **more))
        return judged[-1]

    monkeypatch.setattr("mlsd_lint.links.asking.judge", slowly)

    links = answers([host.url("/p#a") for host in hosts], concurrency=3)

    assert {one.verdict for one in links.values()} == {Verdict.OK}
    assert len(long_page.body) > 256 * 1024
    assert max(held) <= 3


def test_few_files_may_be_open_and_each_host_leads_to_another(web, tmp_path):
    ends = [web.host({"/there": file()}) for _ in range(150)]
    starts = [web.host({"/p": redirect(end.url("/there"))}) for end in ends]
    folder = book(tmp_path, [host.url("/p") for host in starts])
    limited = (
        "import resource as r, sys; r.setrlimit(r.RLIMIT_NOFILE, (100, 100));"
        "from mlsd_lint.cli import main; sys.exit(main())"
    )

    done = subprocess.run(
        [sys.executable, "-c", limited, *COMMAND[3:], "--output-format", "concise"],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.endswith("150 external links: 150 ok.\n")
