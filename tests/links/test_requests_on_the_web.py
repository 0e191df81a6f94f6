"""What goes out: targets byte for byte, headers, secrets for their hosts alone, ways through proxies."""

from __future__ import annotations

import base64
import json
import re
import subprocess

import pytest

from links.asking_the_web import answer, answers, book, environment, run, seen
from mlsd_lint import __version__
from mlsd_lint.cli import main
from mlsd_lint.config.links import HostSettings
from mlsd_lint.links.verdicts import Verdict
from mlsd_lint.reporters import FORMATS
from web import Web
from web.behaviours import basic_auth, bearer, file, page, redirect, routes, status

FILE = file()
TOKEN = "a-secret-token"  # noqa: S105  # a secret of this test
PASSWORD = "s3cr3t"  # noqa: S105  # likewise
LOGIN = "Basic " + base64.b64encode(f"user:{PASSWORD}".encode()).decode()


def authorization(host) -> list[str]:
    return [one.headers.get("authorization", "") for one in host.log]


def with_userinfo(url: str) -> str:
    return url.replace("://", f"://user:{PASSWORD}@")


# --- addresses ---

TARGETS = {
    "/a%2Fb%26c": "/a%2Fb%26c",
    "/a%c3%bc?q=%e2%82%ac": "/a%c3%bc?q=%e2%82%ac",
    "/a|b^`": "/a|b^`",
    "/it's(a)*,;=+!$@:~": "/it's(a)*,;=+!$@:~",
    "/list[0]?filter[a]=[1]": "/list[0]?filter[a]=[1]",
    "/%zz%": "/%zz%",
    "//twice//": "//twice//",
    "/a/../b/./c": "/a/../b/./c",
    "/?": "/?",
    "": "/",
    "?a=1": "/?a=1",
    "/ü/日本?ß": "/%C3%BC/%E6%97%A5%E6%9C%AC?%C3%9F",
    "/a b": "/a%20b",
    "/p#fragment?and/more": "/p",
    "/?a=1&b=2&amp;c": "/?a=1&b=2&amp;c",
}


def test_targets_go_out_as_written_and_what_no_request_can_hold_is_encoded(web):
    host = web.host(FILE)

    judged = answers([host.url("").rstrip("/") + target for target in TARGETS])

    verdicts = {url.partition("#")[2]: one.verdict for url, one in judged.items()}
    assert verdicts == {"": Verdict.OK, "fragment?and/more": Verdict.UNVERIFIED}  # a file has none
    assert {one.target for one in host.log} == set(TARGETS.values())


def test_a_document_s_links_go_out_as_markdown_means_them(web, tmp_path):
    host = web.host(FILE)
    written = {
        "[a]({}/x?a=1&amp;b=2)": "/x?a=1&b=2",
        "<{}/auto?a=1&b=%2f>": "/auto?a=1&b=%2f",
        "[b]({}/it\\'s\\_)": "/it's_",
        "[c](<{}/a b>)": "/a%20b",
        '[d]({}/tit%C3%BC "Title")': "/tit%C3%BC",
        "[e]({}/Ünï)": "/%C3%9Cn%C3%AF",
        '<a href="{}/html?a&amp;b">f</a>': "/html?a&b",
        "![g]({}/image.png)": "/image.png",
        "[h][ref]\n\n[ref]: {}/reference|x": "/reference|x",
        "{}/bare?x=[1]": "/bare?x=[1]",
    }
    folder = book(tmp_path, [])
    text = "\n\n".join(line.format(host.origin) for line in written)
    (folder / "a.md").write_text(f"# Links\n\n{text}\n", encoding="utf-8")

    result = run(folder, "--select", "L2")

    assert result.returncode == 0, result.stdout
    assert {one.target for one in host.log if one.path != "/robots.txt"} == set(written.values())


def test_an_international_name_goes_out_as_punycode(web, monkeypatch):
    proxy = web.proxy()
    host = web.host(FILE, name="xn--bcher-kva.zz")
    monkeypatch.setenv("HTTP_PROXY", proxy.url())
    monkeypatch.delenv("NO_PROXY", raising=False)

    assert answer(f"http://BÜCHER.zz:{host.port}/p").verdict is Verdict.OK
    assert host.log[0].headers["host"] == f"xn--bcher-kva.zz:{host.port}"


def test_every_form_of_one_address_is_one_question(web):
    host = web.host(FILE)
    forms = [host.url("/p"), host.url("/p#a"), host.url("/p").replace("http", "HTTP")]
    number = int.from_bytes(map(int, host.ip.split(".")), "big")
    forms += [f"http://{number}:{host.port}/p", f"http://{number:#x}:{host.port}/p"]

    judged = answers(forms)

    assert {one.verdict for one in judged.values()} <= {Verdict.OK, Verdict.UNVERIFIED}
    assert seen(host) == "GET /p"


# --- headers ---


def test_a_request_has_the_headers_that_it_needs_and_no_others(web):
    host = web.host(status(405))

    answer(host.url("/p"), user_agent="who asks (+https://a.zz)")

    for one in host.log:
        assert dict(one.headers) == {
            "host": host.authority,
            "user-agent": "who asks (+https://a.zz)",
            "accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "accept-encoding": "gzip, deflate",
        }
        assert one.body == b""


def test_no_cookie_and_no_referer_is_sent(web):
    host = web.host({"/p": redirect("/q"), "/q": FILE})
    host.behaviour = routes(
        {"/p": status(302, {"Location": "/q", "Set-Cookie": "a=b; Path=/"}), "/q": FILE}
    )

    assert answer(host.url("/p")).verdict is Verdict.OK
    assert not {"cookie", "referer"} & {name for one in host.log for name in one.headers}


@pytest.mark.parametrize(
    ("remote", "settings", "expected"),
    [
        ("", "", f"mlsd-lint/{__version__}"),
        (
            "git@github.com:team/book.git",
            "",
            f"mlsd-lint/{__version__} (+https://github.com/team/book)",
        ),
        (
            f"https://user:{PASSWORD}@gitlab.com/team/book.git",
            "",
            f"mlsd-lint/{__version__} (+https://gitlab.com/team/book)",
        ),
        (
            "git@github.com:team/book.git",
            'links.user-agent = "our book (us@a.zz)"',
            "our book (us@a.zz)",
        ),
    ],
    ids=["no remote", "ssh", "https with a password", "configured"],
)
def test_requests_say_who_sends_them_and_where_to_complain(
    web, tmp_path, remote, settings, expected
):
    host = web.host(FILE)
    folder = book(tmp_path, [host.url("/p")], settings)
    subprocess.run(["git", "init", "-q", folder], check=True)
    if remote:
        subprocess.run(["git", "-C", folder, "remote", "add", "origin", remote], check=True)

    assert run(folder).returncode == 0
    assert host.log[0].headers["user-agent"] == expected


def test_links_of_one_host_share_its_connections(web):
    plain, modern = web.host(FILE), web.host(FILE, tls="valid", http2=True)
    urls = [host.url(f"/{number}") for number in range(12) for host in (plain, modern)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", web.ca_file)
        judged = answers(urls, host_concurrency=3)

    assert {one.verdict for one in judged.values()} == {Verdict.OK}
    assert plain.connections <= 3
    assert modern.connections <= 3


def test_http_2_is_spoken_where_it_is_offered_and_else_not(web, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", web.ca_file)
    offered, not_offered = (
        web.host(page("a"), tls="valid", http2=True),
        web.host(page("a"), tls="valid"),
    )

    judged = answers([offered.url("/p#a"), not_offered.url("/p#a")])

    assert {one.verdict for one in judged.values()} == {Verdict.OK}
    assert {one.http2 for one in offered.log} == {True}
    assert {one.http2 for one in not_offered.log} == {False}


# --- secrets ---


@pytest.mark.parametrize(
    ("settings", "header", "value"),
    [
        (HostSettings(token="${DOCS_TOKEN}"), "authorization", f"Bearer {TOKEN}"),  # noqa: S106
        (HostSettings(basic_auth="user:${DOCS_PASSWORD}"), "authorization", LOGIN),
        (HostSettings(headers={"X-Key": "k=${DOCS_TOKEN}"}), "x-key", f"k={TOKEN}"),
    ],
    ids=["token", "basic auth", "header"],
)
def test_a_secret_goes_to_its_host_and_never_along_a_redirect(
    web, monkeypatch, settings, header, value
):
    monkeypatch.setenv("DOCS_TOKEN", TOKEN)
    monkeypatch.setenv("DOCS_PASSWORD", PASSWORD)
    other = web.host(page())
    host = web.host({"/p": redirect("/q"), "/q": redirect(other.url("/r")), "/ok": FILE})

    judged = answers(
        [host.url("/p"), host.url("/ok"), other.url("/s")],
        hosts={host.ip: settings},
        crawl_delay=True,
    )

    assert {one.verdict for one in judged.values()} == {Verdict.OK}
    assert {one.headers.get(header) for one in host.log} == {value}
    assert not [one for one in other.log if header in one.headers]
    assert not [one for one in other.log if TOKEN in str(one) or PASSWORD in str(one)]


def test_a_secret_of_a_port_or_a_path_goes_nowhere_else(web, monkeypatch):
    monkeypatch.setenv("DOCS_TOKEN", TOKEN)
    token = HostSettings(token="${DOCS_TOKEN}")  # noqa: S106
    host = web.host({"/api/a": bearer(TOKEN, FILE), "/p": FILE})
    with Web() as beside:
        other = beside.host(FILE, ip=host.ip)
        judged = answers(
            [host.url("/api/a"), host.url("/p"), other.url("/api/a")],
            hosts={f"{host.ip}:{host.port}/api/*": token},
        )
        assert authorization(other) == [""]

    assert {one.verdict for one in judged.values()} == {Verdict.OK}
    assert {one.path: one.headers.get("authorization") for one in host.log} == {
        "/api/a": f"Bearer {TOKEN}",
        "/p": None,
    }


def test_a_redirect_gets_the_secret_of_where_it_leads(web, monkeypatch):
    monkeypatch.setenv("DOCS_TOKEN", TOKEN)
    other = web.host(bearer(TOKEN, FILE))
    host = web.host(redirect(other.url("/p")))

    token = HostSettings(token="${DOCS_TOKEN}")  # noqa: S106
    assert answer(host.url("/p"), hosts={other.ip: token}).verdict is Verdict.OK
    assert (authorization(host), authorization(other)) == ([""], [f"Bearer {TOKEN}"])


def test_a_secret_that_the_environment_does_not_have_is_not_sent_and_that_is_said(web, tmp_path):
    host = web.host(status(401))
    folder = book(tmp_path, [host.url("/p")], f'links.hosts."{host.ip}".token = "${{DOCS_TOKEN}}"')

    result = run(folder, "--output-format", "concise")

    assert authorization(host) == ["", ""]
    assert "DOCS_TOKEN is not set in the environment" in result.stderr
    assert "asks for a login: 401" in result.stdout


def test_user_and_password_of_an_address_are_for_its_origin_alone(web):
    other = web.host(page())
    host = web.host(
        {
            "/p": redirect("/q"),
            "/q": basic_auth("user", PASSWORD, redirect(other.url("/r"))),
            "/open": FILE,
        }
    )

    judged = answers([with_userinfo(host.url("/p")), host.url("/open")])

    assert {one.verdict for one in judged.values()} == {Verdict.OK}
    assert {one.path: one.headers.get("authorization", "") for one in host.log} == {
        "/p": LOGIN,
        "/q": LOGIN,
        "/open": "",
    }
    assert set(authorization(other)) == {""}
    assert PASSWORD not in str(judged.values())


def test_an_answer_to_one_user_is_none_for_another(web):
    host = web.host(basic_auth("user", PASSWORD, FILE))
    known, stranger = with_userinfo(host.url("/p")), host.url("/p").replace("://", "://me:too@")

    judged = answers([known, stranger, host.url("/p")])

    assert [one.verdict for one in judged.values()] == [
        Verdict.OK,
        Verdict.BLOCKED,
        Verdict.BLOCKED,
    ]


def test_a_password_is_shown_in_no_format_and_kept_in_no_file(web, tmp_path, capfd, monkeypatch):
    there = web.host(page("a"))
    host = web.host(
        {
            "/moved": redirect("/there", 301),
            "/there": page("a"),
            "/back": redirect(with_userinfo(there.url("/x")), 301),
            "/failing": status(500),
            "/looping": redirect("/looping"),
        }
    )
    targets = ("/gone", "/moved", "/back", "/failing", "/looping", "/there#b", "/there#a")
    links = [with_userinfo(host.url(target)) for target in targets]
    links += [f"http://user:{PASSWORD}@no-such-name.zz/", f"http://user:{PASSWORD}@[::1/"]
    kept = 'links.keep = { dead = "1h", suspect = "1h", unverified = "1h" }'
    folder = book(tmp_path, links, kept)
    monkeypatch.chdir(folder)

    for flags in (*(["--output-format", one] for one in FORMATS), ["--statistics"]):
        assert main(["check", "--online", "-v", "--select", "L2", *flags]) == 1
        shown = capfd.readouterr()
        assert shown.out, flags
        assert PASSWORD not in shown.out + shown.err, flags
    stored = [path for path in (folder / ".mlsd_lint_cache").iterdir() if "links" in path.name]
    assert stored
    assert not [path for path in stored if PASSWORD.encode() in path.read_bytes()]


# --- proxies and certificates ---


@pytest.fixture
def proxied(web, monkeypatch):
    """A web, and a proxy to it that the environment names."""
    proxy = web.proxy()
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy.url())
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", web.ca_file)
    return proxy


def test_requests_go_through_the_proxy_that_the_environment_names(web, proxied):
    plain, secure = web.host(FILE), web.host(FILE, tls="valid", http2=True)
    named = web.host(FILE, name="only-the-proxy-knows.zz")

    judged = answers([plain.url("/p%2f"), secure.url("/p"), named.url("/p")])

    assert {one.verdict for one in judged.values()} == {Verdict.OK}
    assert sorted(f"{one.method} {one.target}" for one in proxied.log) == sorted(
        [f"HEAD {plain.url('/p%2f')}", f"CONNECT {secure.authority}", f"HEAD {named.url('/p')}"]
    )
    assert (seen(plain), seen(secure), seen(named)) == ("HEAD /p%2f", "HEAD /p", "HEAD /p")


def test_hosts_that_need_no_proxy_are_asked_directly(web, proxied, monkeypatch):
    direct, other = web.host(FILE), web.host(FILE)
    monkeypatch.setenv("NO_PROXY", direct.ip)

    judged = answers([direct.url("/p"), other.url("/p")])

    assert {one.verdict for one in judged.values()} == {Verdict.OK}
    assert [one.target for one in proxied.log] == [other.url("/p")]


def test_what_a_proxy_refuses_says_nothing_of_the_link(web, proxied):
    judged = answer("https://no-host-of-this-web.zz/p", retries=0)

    assert judged.verdict is Verdict.UNVERIFIED
    assert judged.reason == "the proxy does not let it through: 502"


def test_no_proxy_is_asked_for_a_forbidden_address(web, proxied):
    judged = answers(["http://10.0.0.1/", "https://169.254.169.254/", "http://[::1]/"])

    assert {one.verdict for one in judged.values()} == {Verdict.UNVERIFIED}
    assert not proxied.log


def test_a_secret_of_a_host_is_no_proxy_s(web, proxied):
    secure = web.host(bearer(TOKEN, FILE), tls="valid")

    judged = answer(secure.url("/p"), hosts={secure.ip: HostSettings(headers={"X": TOKEN})})

    assert judged.verdict is Verdict.BLOCKED
    assert {one.headers.get("x") for one in secure.log} == {TOKEN}
    assert "x" not in proxied.log[0].headers


def test_certificates_are_those_that_the_environment_names(web, tmp_path):
    host = web.host(FILE, tls="valid")
    folder = book(tmp_path, [host.url("/p")])
    unknown = {**environment(), "SSL_CERT_FILE": ""}

    trusting = run(folder, "--no-cache", env=environment(web))
    wary = run(folder, "--no-cache", "--output-format", "json", env=unknown)

    assert "No findings" in trusting.stdout or trusting.stdout.count("L20") == 0
    (finding,) = json.loads(wary.stdout)
    assert finding["verdict"] == "suspect"
    assert re.search("unknown issuer", finding["message"])
    assert seen(host) == "HEAD /p"
