"""GitHub's API: which pages it answers for, what its answers mean, and when it is left alone.

The API is a real server on a loopback address that answers as the documentation says.
"""

from __future__ import annotations

import asyncio
import http.client
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from mlsd_lint.links.addresses import parse
from mlsd_lint.links.exchange import Failure, Reply
from mlsd_lint.links.github import Access, GitHub, Hold, access, hold_until, plan
from mlsd_lint.links.verdicts import Hop, Repository, Verdict

PUBLIC = Access("token")
ENGINE = {
    "full_name": "ada/engine",
    "stargazers_count": 12345,
    "archived": False,
    "has_issues": True,
    "description": "x" * 1000,
}
OLD = {**ENGINE, "full_name": "ada/punched-cards", "archived": True, "has_issues": False}


def planned(url):
    question = plan(parse(url), PUBLIC)
    return question and (question.subject.removeprefix(PUBLIC.api), question.detail)


@pytest.mark.parametrize(
    ("below", "detail"),
    [
        ("", ""),
        ("/", ""),
        ("?tab=readme-ov-file", ""),
        ("/issues", ""),
        ("/issues?q=is%3Aopen", ""),
        ("/releases", ""),
        ("/stargazers", ""),
        ("/issues/12", "/issues/12"),
        ("/pull/12", "/pulls/12"),
        ("/pull/12/files", "/pulls/12"),
        ("/releases/tag/v1.0", "/releases/tags/v1.0"),
        ("/releases/tag/pkg/v1", "/releases/tags/pkg/v1"),
        ("/commit/0123abc", "/commits/0123abc"),
        ("/tree/main", "/contents?ref=main"),
        ("/tree/main/a%20b", "/contents/a%20b?ref=main"),
        ("/blob/v1%2B2/x.md?plain=1", "/contents/x.md?ref=v1%2B2"),
        ("/blob/main/a/b.py", "/contents/a/b.py?ref=main"),
    ],
)
def test_pages_of_a_repository(below, detail):
    assert planned(f"https://github.com/ada/engine{below}") == ("/repos/ada/engine", detail)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com",
        "https://github.com/",
        "https://github.com/topics/machine-learning",
        "https://github.com/features",
        "https://github.com/sponsors/ada",
        "https://github.com/ada/engine.git",
        "https://github.com/ada/engine/wiki",
        "https://github.com/ada/engine/releases/latest",
        "https://github.com/ada/engine/discussions/3",
        "https://github.com/ada/engine/raw/main/x.png",
        "https://github.com/ada/engine/issues/new",
        "https://github.com/ada/engine/issues/0",
        "https://github.com/ada/engine/compare/a...b",
        "https://github.com/ada/engine/actions/workflows/ci.yml/badge.svg",
        "https://github.com/ada//engine",
        "https://github.com/ada/eng%20ine",
        "https://gist.github.com/ada/0123abc",
        "https://raw.githubusercontent.com/ada/engine/main/x.md",
        "https://api.github.com/repos/ada/engine",
        "https://github.com:8443/ada/engine",
        "https://user:pass@github.com/ada/engine",
        "https://example.org/ada/engine",
    ],
)
def test_what_only_the_page_can_tell(url):
    assert planned(url) is None


def test_a_user():
    assert planned("https://github.com/ada") == ("/users/ada", "")
    assert planned("https://github.com/ada?tab=repositories") == ("/users/ada", "")


@pytest.mark.parametrize("url", ["http://github.com/ada/engine", "//www.github.com/ada/engine"])
def test_addresses_that_the_server_forwards(url):
    assert planned(url) == ("/repos/ada/engine", "")


def test_access():
    assert access({}) is None
    assert access({"GITHUB_TOKEN": ""}) is None
    assert access({"GH_TOKEN": "b"}) == Access("b")
    assert access({"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}) == Access("a")
    enterprise = {
        "GITHUB_TOKEN": "a",
        "GITHUB_API_URL": "https://git.example.org/api/v3/",
        "GITHUB_SERVER_URL": "https://git.example.org",
    }
    assert access(enterprise) == Access(
        "a", "https://git.example.org/api/v3", "https://git.example.org"
    )
    assert access({"GITHUB_TOKEN": "a", "GITHUB_API_URL": "https://no port:x"}) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/ada/engine",
        "https://api.github.com.example.org/x",
        "http://api.github.com/x",
        "https://example.org/https://api.github.com/x",
    ],
)
def test_the_token_goes_to_the_api_only(url):
    assert PUBLIC.headers(parse(url)) == ()
    sent = dict(PUBLIC.headers(parse("https://api.github.com/repos/a/b")))
    assert sent["authorization"] == "Bearer token"


def refusal(status, headers=(), body=b""):
    return Reply(status, dict(headers), body, complete=True, seconds=0.1)


@pytest.mark.parametrize(
    ("reply", "until"),
    [
        (refusal(200, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2000"}), None),
        (refusal(403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2000"}), 2000.0),
        (refusal(429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2000"}), 2000.0),
        (refusal(429, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "500"}), 1000.0),
        (refusal(403, {"retry-after": "7", "x-ratelimit-remaining": "9"}), 1007.0),
        (refusal(403, {"retry-after": "soon"}, b'{"message": "Secondary rate limit"}'), 1060.0),
        (refusal(429), 1060.0),
        (refusal(403, {"x-ratelimit-remaining": "9"}), None),
        (refusal(403, {}, b"Resource protected by organization SAML enforcement"), None),
        (refusal(401), None),
    ],
)
def test_when_it_may_be_asked_again(reply, until):
    assert hold_until(reply, 1000.0) == until


class Api:
    """An API that answers from a table of path to (status, headers, facts), and keeps a log.

    As in GitHub's, the letter case of a path does not matter.
    """

    def __init__(self):
        self.answers = {}
        self.log = []
        log, answers = self.log, self.answers

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                log.append((self.command, self.path, self.headers["authorization"]))
                status, headers, facts = answers.get(self.path.lower(), (404, {}, {}))
                body = json.dumps(facts).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815  # the name that http.server looks for

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def asked(self):
        return [(method, path) for method, path, _ in self.log]


@pytest.fixture
def api():
    api = Api()
    thread = Thread(target=api.server.serve_forever, args=(0.01,))
    thread.start()
    api.answers["/repos/ada/engine"] = (200, {}, ENGINE)
    api.answers["/users/ada"] = (200, {}, {"login": "ada"})
    yield api
    api.server.shutdown()
    thread.join()
    api.server.server_close()


def send(method, address, headers):
    connection = http.client.HTTPConnection(address.host, address.port, timeout=60)
    try:
        connection.request(method, address.target, headers=dict(headers))
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, names, response.read(), complete=True, seconds=0.0)
    except OSError as error:
        return Failure("connect", str(error))
    finally:
        connection.close()


async def ask(method, address, headers):
    return await asyncio.to_thread(send, method, address, headers)


def github(api, **options):
    return GitHub(Access("secret", api.url, "https://github.com"), ask, **options)


def answers(github, *urls):
    async def all_of_them():
        questions = [plan(parse(url), github.access) for url in urls]
        return await asyncio.gather(*(github.answer(one) for one in questions))

    return asyncio.run(all_of_them())


def test_a_repository_that_is_there(api):
    (answer,) = answers(github(api, clock=lambda: 50.0), "https://github.com/Ada/Engine")
    assert (answer.verdict, answer.status, answer.asked) == (Verdict.OK, 200, 50.0)
    assert answer.final == "https://github.com/Ada/Engine"
    assert answer.chain == ()
    assert answer.repository == Repository("https://github.com/ada/engine", 12345, archived=False)
    assert answer.reason == f"200 from {parse(api.url).netloc}"
    assert api.log == [("GET", "/repos/Ada/Engine", "Bearer secret")]


def test_one_question_answers_for_all_links_to_a_repository(api):
    api.answers["/repos/ada/engine/contents/x.md?ref=main"] = (200, {}, {})
    found = answers(
        github(api),
        "https://github.com/ada/engine",
        "https://github.com/ada/engine/issues",
        "https://github.com/ADA/engine/releases",
        "https://github.com/ada/engine/blob/main/x.md",
    )
    assert {one.verdict for one in found} == {Verdict.OK}
    assert {one.repository.stars for one in found} == {12345}
    assert api.asked == [
        ("GET", "/repos/ada/engine"),
        ("HEAD", "/repos/ada/engine/contents/x.md?ref=main"),
    ]


def test_the_repository_of_a_page_that_is_asked_itself(api):
    api.answers["/repos/ada/cards"] = (200, {}, OLD)
    asker = github(api)

    async def repositories(*urls):
        return [await asker.repository(plan(parse(url), asker.access)) for url in urls]

    urls = ("https://github.com/ada/cards/issues", "https://github.com/ada/cards#use")
    known = Repository("https://github.com/ada/punched-cards", 12345, archived=True)
    assert asyncio.run(repositories(*urls)) == [known, known]
    assert asyncio.run(repositories("https://github.com/ada", "https://github.com/ada/no")) == [
        None,
        None,
    ]
    assert len(api.log) == 3


def test_a_renamed_repository(api):
    api.answers["/repos/ada/cards"] = (301, {"Location": f"{api.url}/repositories/1"}, {})
    api.answers["/repositories/1"] = (200, {}, OLD)
    api.answers["/repos/ada/punched-cards/contents/a.md?ref=main"] = (200, {}, {})
    top, file = answers(
        github(api),
        "https://github.com/ada/cards",
        "https://github.com/ada/cards/blob/main/a.md?plain=1",
    )
    assert top.verdict is file.verdict is Verdict.MOVED
    assert file.final == "https://github.com/ada/punched-cards/blob/main/a.md?plain=1"
    assert file.reason == f"301 to {file.final}"
    assert file.chain == (Hop("https://github.com/ada/cards/blob/main/a.md?plain=1", 301),)
    assert file.permanent
    assert file.same_kind
    assert top.repository == Repository(
        "https://github.com/ada/punched-cards", 12345, archived=True
    )


def test_an_address_that_the_server_forwards_has_moved(api):
    insecure, www = answers(
        github(api), "http://github.com/Ada/engine/", "https://www.github.com/ada"
    )
    assert (insecure.verdict, insecure.final) == (Verdict.MOVED, "https://github.com/Ada/engine/")
    assert (www.verdict, www.final) == (Verdict.MOVED, "https://github.com/ada")


def test_what_the_api_does_not_find_is_left_to_the_page(api):
    api.answers["/repos/ada/cards"] = (200, {}, OLD)
    found = answers(
        github(api),
        "https://github.com/ada/private",
        "https://github.com/nobody",
        "https://github.com/ada/engine/issues/404",
        "https://github.com/ada/engine/tree/feature/x",
        "https://github.com/ada/cards/issues",  # it has none
    )
    assert found == [None] * 5


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, {}),
        (451, {}, {}),
        (200, {}, []),
        (200, {}, {"full_name": "ada/engine"}),
        (200, {}, {**ENGINE, "stargazers_count": None}),
        (301, {}, {}),
        (301, {"Location": "/repos/ada/engine"}, {}),
        (301, {"Location": "http://127.0.0.1:1/repositories/1"}, {}),
    ],
)
def test_an_answer_that_says_nothing(api, answer):
    api.answers["/repos/ada/engine"] = answer
    assert answers(github(api), "https://github.com/ada/engine") == [None]
    assert all(sender == "Bearer secret" for *_, sender in api.log)


def test_an_api_that_does_not_answer(api):
    asker = GitHub(Access("secret", "http://127.0.0.1:1"), ask)
    assert answers(asker, "https://github.com/ada/engine") == [None]
    assert asker.refused == ""


def test_a_token_that_is_not_accepted_is_not_sent_again(api):
    api.answers["/repos/ada/engine"] = (401, {}, {})
    asker = github(api)
    assert answers(
        asker, "https://github.com/ada/engine", "https://github.com/ada/engine/tags"
    ) == [
        None,
        None,
    ]
    assert answers(asker, "https://github.com/ada") == [None]
    assert len(api.log) == 1
    assert "does not accept the token" in asker.refused
    assert "secret" not in asker.refused


def test_a_used_up_limit_holds_all_questions_until_it_is_renewed(api):
    limit = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2000"}
    api.answers["/repos/ada/engine"] = (403, limit, {})
    now = [1000.0]
    asker = github(api, clock=lambda: now[0])
    first = answers(asker, "https://github.com/ada/engine", "https://github.com/ada/engine/tags")
    assert first == [Hold(2000.0), Hold(2000.0)]
    assert answers(asker, "https://github.com/ada") == [Hold(2000.0)]
    assert len(api.log) == 1
    now[0] = 2000.0
    api.answers["/repos/ada/engine"] = (200, {}, ENGINE)
    (answer,) = answers(asker, "https://github.com/ada/engine")
    assert answer.verdict is Verdict.OK
