from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_lint.config.files import ConfigurationError, find, read
from mlsd_lint.config.links import HostSettings, LinkSettings, host_settings, link_settings
from mlsd_lint.config.prose import (
    LanguageToolSettings,
    ProseSettings,
    languagetool_settings,
    prose_settings,
)
from mlsd_lint.config.schema import configuration_schema
from mlsd_lint.config.settings import Configuration, plain, restore, settings
from mlsd_lint.config.toml_lines import line_of
from mlsd_lint.config.toml_text import toml_key, toml_value
from mlsd_lint.config.types import FieldDeclaration, TypeDeclaration, kebab
from mlsd_lint.config.validation import validate
from mlsd_lint.diagnostics import Severity

SCHEMA = Path(__file__).resolve().parents[1] / "schemas" / "configuration.schema.json"


def validated(tmp_path: Path, text: str, name: str = "mlsd-lint.toml") -> Configuration:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return validate(read(path), path)


def problems(tmp_path: Path, text: str, name: str = "mlsd-lint.toml") -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        validated(tmp_path, text, name)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return [one.replace(f"{tmp_path / name}", "FILE") for one in caught.value.problems]


# --- finding ---


def test_the_nearest_configuration_upward_applies(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "mlsd-lint.toml").touch()
    assert find(inner) == tmp_path / "mlsd-lint.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.mlsd-lint]\n")
    assert find(inner) == tmp_path / "a" / "pyproject.toml"
    assert find(tmp_path) == tmp_path / "mlsd-lint.toml"


def test_mlsd_lint_toml_wins_over_pyproject_toml_beside_it(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.mlsd-lint]\nselect = ['H']\n")
    (tmp_path / "mlsd-lint.toml").touch()
    assert find(tmp_path) == tmp_path / "mlsd-lint.toml"


@pytest.mark.parametrize(
    "content",
    ["", "[tool.ruff]\n", "# mlsd-lint\n[project]\nname = 'mlsd-lint'\n", "tool = 'mlsd-lint'\n"],
)
def test_a_pyproject_without_the_table_does_not_count(tmp_path, content):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "mlsd-lint.toml").touch()
    (inner / "pyproject.toml").write_text(content)
    assert find(inner) == tmp_path / "mlsd-lint.toml"


def test_a_broken_pyproject_that_mentions_us_is_taken_and_reading_it_says_why(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.mlsd-lint]\nselect = [\n")
    assert find(tmp_path) == tmp_path / "pyproject.toml"
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml: not valid TOML: .*end"):
        read(tmp_path / "pyproject.toml")


# --- reading ---


def test_a_syntax_error_names_file_line_and_column(tmp_path):
    assert problems(tmp_path, "select = []\nignore = [H001]\n") == [
        "FILE:2:11: not valid TOML: invalid value"
    ]


def test_a_configuration_that_is_not_utf8(tmp_path):
    path = tmp_path / "mlsd-lint.toml"
    path.write_bytes(b'root = "\xff"\n')
    with pytest.raises(ConfigurationError, match="not UTF-8: byte 0xff at offset 8"):
        read(path)


def test_a_configuration_that_cannot_be_read(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot read the configuration"):
        read(tmp_path)


def test_a_byte_order_mark_is_no_error(tmp_path):
    path = tmp_path / "mlsd-lint.toml"
    path.write_bytes(b'\xef\xbb\xbfroot = "x"\n')
    assert read(path) == {"root": "x"}


def test_the_table_of_a_pyproject(tmp_path):
    text = '[project]\nname = "x"\n[tool.mlsd-lint]\nfail-on = "info"\n'
    assert validated(tmp_path, text, "pyproject.toml").fail_on is Severity.INFO
    assert "must be a table" in problems(tmp_path, "[tool]\nmlsd-lint = 1\n", "pyproject.toml")[0]


# --- validating ---


def test_everything_has_a_default():
    assert validate({}) == Configuration()
    assert Configuration().include == ("**/*.md", "**/*.markdown")


def test_every_setting_can_be_set(tmp_path):
    text = "\n".join(one.metadata["example"] for one in settings().values())
    configuration = validated(tmp_path, text)
    defaults = Configuration()
    for one in settings().values():
        assert getattr(configuration, one.name) != getattr(defaults, one.name), one.name
    assert configuration.severity == {"H003": Severity.INFO, "L1": Severity.ERROR}
    assert configuration.per_file_ignores == {"drafts/**": ("ALL",), "README.md": ("H001",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selct = []", "FILE:1: unknown key 'selct'; did you mean 'select'?"),
        ("fail_on = 'info'", "FILE:1: unknown key 'fail_on'; did you mean 'fail-on'?"),
        ("zzz = 1", "FILE:1: unknown key 'zzz'"),
        (
            "\nselect = 'H'",
            'FILE:2: select: expected a list of strings, found the string "H"; write ["H"]',
        ),
        ("ignore = ['H001',\n 3]", "FILE:1: ignore, item 2: expected a string, found the number 3"),
        ("respect-gitignore = 1", "FILE:1: respect-gitignore: expected true or false, found the number 1"),
        ("max-file-size = '1'", 'FILE:1: max-file-size: expected a whole number, found the string "1"'),
        ("max-file-size = true", "FILE:1: max-file-size: expected a whole number, found true"),
        ("max-file-size = 0", "FILE:1: max-file-size: expected 1 or more, found 0"),
        ("root = []", "FILE:1: root: expected a string, found a list"),
        (
            "fail-on = 'warn'",
            ('FILE:1: fail-on: expected error, warning or info, found the string "warn"; '
            "did you mean 'warning'?"),
        ),
        (
            "dialect = 'mkdoc'",
            ('FILE:1: dialect: expected github, mkdocs or pandoc, found the string "mkdoc"; '
            "did you mean 'mkdocs'?"),
        ),
        (
            "[severity]\nH001 = 'eror'",
            ('FILE:2: severity.H001: expected error, warning or info, found the string "eror"; '
            "did you mean 'error'?"),
        ),
        (
            '[per-file-ignores]\n"a/*.md" = "H001"',
            ('FILE:2: per-file-ignores."a/*.md": expected a list of strings, found the string '
            '"H001"; write ["H001"]'),
        ),
        ("[a.b]\nc = 1", "FILE:1: unknown key 'a'"),
        ("cache-dir = './'", "FILE:1: cache-dir: expected a folder of its own for the cache"),
        (
            "include = ['*.md',\n'[a.md']",
            "FILE:2: include, item 2: the glob '[a.md' matches nothing; see gitignore(5)",
        ),
        (
            "[per-file-ignores]\n'#x' = ['H']",
            "FILE:2: per-file-ignores.\"#x\": the glob '#x' matches nothing; see gitignore(5)",
        ),
        ("per-file-ignores = []", "FILE:1: per-file-ignores: expected a table, found a list"),
        ("include = []", "FILE:1: include: the list is empty, so that nothing would be checked"),
    ],
)  # fmt: skip
def test_a_wrong_setting(tmp_path, text, expected):
    assert problems(tmp_path, text) == [expected]


GOOD_TYPES = [
    """\
[types.recipe]
files = ["recipes/{name}.md", "/more/"]
other-sections = "allow"
required = true
[types.recipe.fields]
title = { title = "Recipe {number}: {name}", required = false }
[types.recipe.fields.ingredients]
section = "Ingredients"
entries = ["{amount} {unit} {name}", "{name}"]
minimum = 1
maximum = 1.5
fields = { amount = { type = "number" }, name = { choices = ["a"], refers-to = "recipe" } }
[types.recipe.fields.steps.fields.step.fields.part]
rows = { part = "The part" }
""",
    "types.a = { files = 'a.md', model = 'my_book:Recipe', description = 'One.' }",
    "types.a = { files = 'a.md', fields.t = { paragraph = true, separated = [',', ' and '] } }",
]

BAD_TYPES = [
    ("types = []", "FILE:1: types: expected a table, found a list"),
    ("types.a = 'a.md'", 'FILE:1: types.a: expected a table, found the string "a.md"'),
    (
        "[types.a]\nmodel = 'm:A'",
        "FILE:1: types.a: the key 'files' is missing: which files are of this type",
    ),
    (
        "[types.a]\nfiles = 3",
        "FILE:2: types.a.files: expected a string or a list of strings, found the number 3",
    ),
    (
        "[types.a]\nfiles = [\n'a.md',\n4]",
        "FILE:2: types.a.files, item 2: expected a string, found the number 4",
    ),
    (
        "[types.a]\nfiles = 'a'\nother_sections = 'allow'",
        "FILE:3: types.a: unknown key 'other_sections'; did you mean 'other-sections'?",
    ),
    (
        "[types.a]\nfiles = 'a'\ntitle = { title = true }",
        "FILE:3: types.a: unknown key 'title'; a field is declared as types.a.fields.title",
    ),
    (
        "[types.a]\nfiles = 'a'\nother-sections = 'alow'",
        ("FILE:3: types.a.other-sections: expected forbid or allow, "
        "found the string \"alow\"; did you mean 'allow'?"),
    ),
    (
        "[types.a]\nfiles = 'a'\n[types.a.fields.t]\n\ntitel = true",
        "FILE:5: types.a.fields.t: unknown key 'titel'; did you mean 'title'?",
    ),
    (
        "[types.a]\nfiles = 'a'\n[types.a.fields.t.fields.u]\ntype = 'strin'",
        ("FILE:4: types.a.fields.t.fields.u.type: expected string, integer, number, boolean, "
        "date, link or image, found the string \"strin\"; did you mean 'string'?"),
    ),
    (
        "[types.a]\nfiles = 'a'\nfields.t = { title = 1 }",
        "FILE:3: types.a.fields.t.title: expected true, false or a string, found the number 1",
    ),
    (
        "[types.a]\nfiles = 'a'\nfields.t = { rows = { part = 1 } }",
        "FILE:3: types.a.fields.t.rows.part: expected a string, found the number 1",
    ),
    (
        "[types.a]\nfiles = 'a'\nfields.t.entries = ['{x}', true]",
        "FILE:3: types.a.fields.t.entries, item 2: expected a string, found true",
    ),
    (
        "[types.a]\nfiles = 'a'\nfields.t.minimum = 'one'",
        'FILE:3: types.a.fields.t.minimum: expected a number, found the string "one"',
    ),
    (
        "[types.a]\nfiles = 'a'\nfields.'t u' = 3",
        'FILE:3: types.a.fields."t u": expected a table, found the number 3',
    ),
    ("require-type = 'a'", 'FILE:1: require-type: expected a list of strings, found the string "a"; write ["a"]'),
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD_TYPES)
def test_a_document_type(tmp_path, text):
    types = validated(tmp_path, text).types
    assert types
    assert restore(json.loads(json.dumps(plain(Configuration(types=types))))).types == types


@pytest.mark.parametrize(("text", "expected"), BAD_TYPES)
def test_a_wrong_document_type(tmp_path, text, expected):
    assert problems(tmp_path, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "require-type = ['a/',\n'[b']",
            "FILE:2: require-type, item 2: the glob '[b' matches nothing; see gitignore(5)",
        ),
        (
            "[types.a]\nfiles = []",
            "FILE:2: types.a.files: the list is empty, so that no file would be of this type",
        ),
        (
            "types.a.files = ''",
            "FILE:1: types.a.files: the glob '' matches nothing; see gitignore(5)",
        ),
        (
            "types.a.files = [\n'a{n}.md',\n'[b.md']",
            "FILE:3: types.a.files, item 2: the glob '[b.md' matches nothing; see gitignore(5)",
        ),
        (
            "types.a.files = '{1}.md'",
            "FILE:1: types.a.files: {1} in '{1}.md' is no name: use letters, digits and _",
        ),
        (
            "[types.a]\nfiles = 'a'\n[types.a.fields.t.fields.u]\nmaximum = inf",
            "FILE:4: types.a.fields.t.fields.u.maximum: expected a finite number, found inf",
        ),
        (
            "[types.a]\nfiles = 'a'\n[types.a.fields.t]\nlocale = 'swedish'",
            (
                "FILE:4: types.a.fields.t.locale: no alphabet is known of 'swedish'; known are "
                "bg, ca, cs, da, de, el, en, es, et, fi, fr, hr, hu, is, it, lt, lv, nb, nl, nn, no, "
                "pl, pt, ro, ru, sk, sl, sv, tr, uk"
            ),
        ),
        ("root = 2026-01-31", "FILE:1: root: expected a string, found the time 2026-01-31"),
        (
            "types.a.files = 10:00:00",
            "FILE:1: types.a.files: expected a string or a list of strings, found the time 10:00:00",
        ),
    ],
)
def test_what_no_schema_says_of_document_types(tmp_path, text, expected):
    assert problems(tmp_path, text) == [expected]


GOOD_LINKS = [
    """\
[links]
exclude = ["https://example.org/*", "*.example.org/*", "//example.org/a"]
concurrency = 1
host-concurrency = 1
host-interval = "0s"
timeout = "1.5s"
retries = 0
max-time = "36h"
max-wait = "0s"
max-redirects = 0
max-body = 1024
user-agent = "book/1.0 (+https://example.org)"
crawl-delay = false
soft-404 = false
allow-addresses = ["127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"]
confirm-failures = 1
confirm-interval = "0s"
repository = "https://github.com/owner/name"
archive = "http://127.0.0.1:8080/web"
[links.keep]
ok = "14d"
soft-404 = "1h"
[links.hosts."docs.example.org"]
concurrency = 2
interval = "1s"
timeout = "200ms"
headers = { Accept = "text/html", X-API-Key = "${KEY}", Authorization = "Token ${T}" }
token = "${A}${B}"
[links.hosts."example.org/api/*"]
basic-auth = "${USER}:${PASSWORD}"
[links.hosts."*.example.org:8443"]
[links.hosts."[::1]:80/x"]
""",
    "links = { timeout = '20s', hosts = { a-b_c = { basic-auth = '${BOTH}' } } }",
]

# What the JSON Schema says too.
BAD_LINKS = [
    ("links = []", "FILE:1: links: expected a table, found a list"),
    ("[links]\n\ntimout = '1s'", "FILE:3: links: unknown key 'timout'; did you mean 'timeout'?"),
    ("[links]\nmax_time = '1s'", "FILE:2: links: unknown key 'max_time'; did you mean 'max-time'?"),
    ("retries = 1", "FILE:1: unknown key 'retries'; did you mean 'links.retries'?"),
    ("[links]\ntimeout = 20", "FILE:2: links.timeout: expected a string, found the number 20"),
    (
        "[links]\ntimeout = '20'",
        'FILE:2: links.timeout: expected a time with its unit, such as 20s, found "20"',
    ),
    ("[links]\nretries = -1", "FILE:2: links.retries: expected 0 or more, found -1"),
    ("[links]\nconcurrency = 0", "FILE:2: links.concurrency: expected 1 or more, found 0"),
    (
        "[links]\nhost-concurrency = 0",
        "FILE:2: links.host-concurrency: expected 1 or more, found 0",
    ),
    ("links.max-redirects = -1", "FILE:1: links.max-redirects: expected 0 or more, found -1"),
    ("links.max-body = 1023", "FILE:1: links.max-body: expected 1024 or more, found 1023"),
    ("links.confirm-failures = 0", "FILE:1: links.confirm-failures: expected 1 or more, found 0"),
    (
        "links.soft-404 = 'yes'",
        'FILE:1: links.soft-404: expected true or false, found the string "yes"',
    ),
    (
        "links.exclude = 'https://x.org'",
        (
            "FILE:1: links.exclude: expected a list of strings, found the string "
            '"https://x.org"; write ["https://x.org"]'
        ),
    ),
    (
        "[links.hosts.'x.org']\n\ntimout = '1s'",
        "FILE:3: links.hosts.\"x.org\": unknown key 'timout'; did you mean 'timeout'?",
    ),
    (
        "[links.hosts]\n'x.org' = { interval = '1 s' }",
        (
            'FILE:2: links.hosts."x.org".interval: expected a time with its unit, such as 20s, '
            'found "1 s"'
        ),
    ),
    (
        "[links.hosts.x]\nconcurrency = 0",
        "FILE:2: links.hosts.x.concurrency: expected 1 or more, found 0",
    ),
    ("links.hosts.x = 1", "FILE:1: links.hosts.x: expected a table, found the number 1"),
    (
        "[links.hosts.x]\ntoken = 12345",
        "FILE:2: links.hosts.x.token: expected a string, found something else",
    ),
    (
        "[links.hosts.x.headers]\nX-Key = 12345",
        "FILE:2: links.hosts.x.headers.X-Key: expected a string, found something else",
    ),
    (
        "[links.keep]\nmovd = '1d'",
        "FILE:2: links.keep.movd: there is no such verdict; did you mean 'moved'?",
    ),
    (
        "links.keep = { ok = '1w' }",
        'FILE:1: links.keep.ok: expected a time with its unit, such as 20s, found "1w"',
    ),
]


GOOD_PROSE = [
    'prose.grammar = "languagetool"',
    '[prose]\nenglish = "british"\nvocabulary = "words.txt"',
    '[prose]\nspellings = { Github = "GitHub" }\nterms = [["train set", "training set"]]',
    '[prose]\ndisable = ["harper:MassNouns"]\nenable = ["languagetool:EN_QUOTES"]',
    '[prose.languagetool]\nserver = "http://127.0.0.1:8081/v2"\nidle = "1h"\npicky = true',
]
BAD_PROSE = [
    (
        "prose.english = 'scottish'",
        (
            "FILE:1: prose.english: expected american, british, australian or canadian, found the "
            'string "scottish"'
        ),
    ),
    ("prose.grammer = 'none'", "FILE:1: prose: unknown key 'grammer'; did you mean 'grammar'?"),
    ("prose.vocabulary = ' '", "FILE:1: prose.vocabulary: expected the path of a file"),
    ("grammar = 'none'", "FILE:1: unknown key 'grammar'; did you mean 'prose.grammar'?"),
    (
        "[prose]\nterms = [['x', 'x']]",
        "FILE:2: prose.terms, item 1: expected two or more spellings of one term",
    ),
    (
        "prose.terms = ['x']",
        (
            'FILE:1: prose.terms, item 1: expected a list of strings, found the string "x"; '
            'write ["x"]'
        ),
    ),
    (
        "prose.spellings = { a = 'b', b = 'c' }",
        'FILE:1: prose.spellings.a: "b" is said to be wrong, too',
    ),
    (
        "prose.spellings = { a = 'a' }",
        "FILE:1: prose.spellings.a: the wrong spelling and the right one are the same",
    ),
    (
        "prose.disable = ['MassNouns']",
        (
            "FILE:1: prose.disable, item 1: expected an engine (harper, typos, languagetool), a colon "
            'and the name of one of its rules, such as harper:MassNouns, found "MassNouns"'
        ),
    ),
    (
        "prose.languagetool.server = 'localhost'",
        (
            "FILE:1: prose.languagetool.server: expected a web address without a user, such as "
            "http://127.0.0.1:8081"
        ),
    ),
    (
        "prose.languagetool.idle = '0s'",
        "FILE:1: prose.languagetool.idle: 0s would leave no time to check",
    ),
]


@pytest.mark.parametrize("text", GOOD_PROSE)
def test_settings_of_prose(tmp_path, text):
    configuration = validated(tmp_path, text)
    assert configuration.prose != ProseSettings()
    assert restore(json.loads(json.dumps(plain(configuration)))) == configuration


@pytest.mark.parametrize(("text", "expected"), BAD_PROSE)
def test_a_wrong_setting_of_prose(tmp_path, text, expected):
    assert problems(tmp_path, text) == [expected]


def test_every_setting_of_prose_can_be_set_as_in_its_example(tmp_path):
    for kind, known in ((ProseSettings, prose_settings()),):
        for one in known.values():
            prose = validated(tmp_path, one.metadata["example"]).prose
            assert getattr(prose, one.name) != getattr(kind(), one.name), one.name
    for one in languagetool_settings().values():
        tool = validated(tmp_path, one.metadata["example"]).prose.languagetool
        assert getattr(tool, one.name) != getattr(LanguageToolSettings(), one.name), one.name


@pytest.mark.parametrize("text", GOOD_LINKS)
def test_settings_of_links(tmp_path, text):
    configuration = validated(tmp_path, text)
    assert configuration.links != LinkSettings()
    assert restore(json.loads(json.dumps(plain(configuration)))) == configuration
    written = tomllib.loads(text)["links"]
    made = plain(configuration)["links"]
    assert {key: made[key] for key in written if key != "hosts"} == {
        key: value for key, value in written.items() if key != "hosts"
    }
    assert list(made["hosts"]) == list(written["hosts"])


@pytest.mark.parametrize(("text", "expected"), BAD_LINKS)
def test_a_wrong_setting_of_links(tmp_path, text, expected):
    assert problems(tmp_path, text) == [expected]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("timeout", "0s", 'expected more than no time at all, found "0s"'),
        ("max-time", "0ms", 'expected more than no time at all, found "0ms"'),
        ("hosts.x.timeout", "0m", 'expected more than no time at all, found "0m"'),
        (
            "exclude",
            ["example.org/*"],
            (
                'item 1: "example.org/*" matches no web address; write "https://example.org/*" or '
                '"*example.org/*"'
            ),
        ),
        ("exclude", [""], 'item 1: expected a web address with * for anything, found ""'),
        (
            "exclude",
            ["*", "a b"],
            'item 2: expected a web address with * for anything, found "a b"',
        ),
        (
            "allow-addresses",
            ["127.0.0.1", "localhost"],
            (
                'item 2: expected a network, such as 10.0.0.0/8, found "localhost"; '
                'write "127.0.0.0/8" and "::1"'
            ),
        ),
        (
            "allow-addresses",
            ["intranet"],
            (
                'item 1: expected a network, such as 10.0.0.0/8, found "intranet"; '
                "write the addresses that the name has"
            ),
        ),
        (
            "allow-addresses",
            ["10.0.0"],
            'item 1: expected a network, such as 10.0.0.0/8, found "10.0.0"',
        ),
        (
            "allow-addresses",
            ["10.1.2.3/8"],
            'item 1: "10.1.2.3/8" is one address with the size of a network; write "10.0.0.0/8"',
        ),
        ("user-agent", "", "expected one line of ASCII that is not blank"),
        ("user-agent", "a\nb", "expected one line of ASCII that is not blank"),
        ("user-agent", "böt", "expected one line of ASCII that is not blank"),
        (
            "repository",
            "owner/name",
            "expected a web address, such as https://github.com/owner/name",
        ),
        (
            "archive",
            "ftp://web.archive.org",
            "expected a web address, such as https://web.archive.org",
        ),
        (
            "repository",
            "https://me:sesame@github.com/o/n",
            "a secret does not belong in a file; write the address without what stands before @",
        ),
    ],
)
def test_what_no_schema_says_of_links(tmp_path, key, value, expected):
    text = f"[links]\n{key} = {toml_value(value)}"
    behind = ", " if expected.startswith("item") else ": "
    assert problems(tmp_path, text) == [f"FILE:2: links.{key}{behind}{expected}"]


HOST = "a host stands here without its scheme; write example.org"
NO_HOST = "expected a host, such as docs.example.org, or one with a path, example.org/api/*"
IN_A_FILE = "a secret does not belong in a file; "


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("https://example.org", HOST),
        ("//example.org", HOST),
        ("", NO_HOST),
        ("a b.org", NO_HOST),
        ("/path", NO_HOST),
        ("example.org?x", NO_HOST),
        ("example.org:port", NO_HOST),
        ("me:sesame@example.org", f"{IN_A_FILE}write the host alone, and basic-auth under it"),
        ("https://me:sesame@x.org/", f"{IN_A_FILE}write the host alone, and basic-auth under it"),
    ],
)
def test_a_pattern_that_is_no_host(tmp_path, pattern, expected):
    (problem,) = problems(tmp_path, f"[links.hosts.{toml_value(pattern)}]\ninterval = '1s'")
    assert problem == f"FILE:1: links.hosts.{toml_value(pattern)}: {expected}"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("token", "sesame", "write ${TOKEN} and nothing else, and set TOKEN in the environment"),
        ("token", "Bearer ${T}", "write ${TOKEN} and nothing else, and set TOKEN in the environment"),
        ("token", "", "write ${TOKEN} and nothing else, and set TOKEN in the environment"),
        ("token", "${1}", "write ${TOKEN} and nothing else, and set TOKEN in the environment"),
        ("basic-auth", "me:${P}", "write ${USER}:${PASSWORD}, and set USER and PASSWORD in the environment"),
        ("basic-auth", "${U}:sesame", "write ${USER}:${PASSWORD}, and set USER and PASSWORD in the environment"),
        ("headers.Authorization", "Basic sesame", "write ${NAME}, and set NAME in the environment"),
        ("headers.cookie", "id=sesame", "write ${NAME}, and set NAME in the environment"),
        ("headers.X-Auth-Token", "sesame", "write ${NAME}, and set NAME in the environment"),
        ("headers.Api-Key", "sesame", "write ${NAME}, and set NAME in the environment"),
    ],
)  # fmt: skip
def test_a_secret_does_not_belong_in_a_file_and_is_not_repeated(tmp_path, key, value, expected):
    (problem,) = problems(tmp_path, f"[links.hosts.x]\n{key} = {toml_value(value)}")
    assert problem == f"FILE:2: links.hosts.x.{key}: {IN_A_FILE}{expected}"
    assert "sesame" not in problem


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("X Y", "a", "this is no name of a header; it has letters, digits and hyphens"),
        ("", "a", "this is no name of a header; it has letters, digits and hyphens"),
        ("Accept", "a\r\nX: b", "expected one line of ASCII"),
        ("Accept", "é", "expected one line of ASCII"),
        ("Accept", "${a-b}", "${ starts no name of a variable here; write ${NAME}"),
        ("Authorization", "${A} ${", "${ starts no name of a variable here; write ${NAME}"),
    ],
)
def test_a_wrong_header(tmp_path, name, value, expected):
    text = f"[links.hosts.x]\nheaders.{toml_value(name)} = {toml_value(value)}"
    (problem,) = problems(tmp_path, text)
    assert problem.endswith(f": {expected}")


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        ("docs.example.org", True),
        ("*.example.org/a*", True),
        ("*.internal:8443/*", True),
        ("[::1]:80", True),
        ("x.org:*", True),
        ("*", False),
        ("*example.org", False),
        ("api.*", False),
        ("*.*.org/x", False),
        ("a*.example.org:1", False),
    ],
)
@pytest.mark.parametrize(
    "secret", ["token = '${T}'", "basic-auth = '${U}:${P}'", "headers = { Cookie = '${C}' }"]
)
def test_a_secret_goes_to_hosts_that_are_named(tmp_path, pattern, named, secret):
    text = f"[links.hosts.{toml_value(pattern)}]\n{secret}\n"
    if named:
        assert validated(tmp_path, text)
    else:
        assert problems(tmp_path, text) == [
            (
                f"FILE:1: links.hosts.{toml_value(pattern)}: secrets go to no host that is not named; "
                "write it, as docs.example.org or *.example.org"
            )
        ]
    assert validated(tmp_path, f"[links.hosts.{toml_value(pattern)}]\ninterval = '1s'\n")


def test_one_kind_of_login_for_a_host(tmp_path):
    text = "[links.hosts.'x.org']\nbasic-auth = '${U}:${P}'\ntoken = '${T}'\n"
    assert problems(tmp_path, text) == [
        (
            'FILE:1: links.hosts."x.org": of basic-auth and token only one can be sent; '
            "write the one to keep"
        )
    ]


@given(
    st.recursive(
        st.one_of(st.text('1s.*/:@$ {"\n', max_size=4), st.booleans(), st.integers(), st.floats()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=2),
            st.dictionaries(
                st.sampled_from([*link_settings(), *host_settings(), "ok", "x.org", "a\nb", ""]),
                inner,
                max_size=3,
            ),
        ),
        max_leaves=12,
    )
)
def test_whatever_stands_for_links_is_valid_or_said_in_one_line_a_problem(links):
    said = ("configuration: links",)
    try:
        configuration = validate({"links": links})
    except ConfigurationError as error:
        said = error.problems
    else:
        assert restore(json.loads(json.dumps(plain(configuration)))) == configuration
    assert said
    assert all(one.startswith("configuration: links") and "\n" not in one for one in said)


@given(
    st.recursive(
        st.one_of(st.text("ab{[.", max_size=3), st.booleans(), st.integers(), st.floats()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=2),
            st.dictionaries(
                st.sampled_from(["files", "fields", "rows", "entries", "same", "maximum", "x"]),
                inner,
                max_size=3,
            ),
        ),
        max_leaves=12,
    )
)
def test_whatever_stands_there_is_valid_or_said_in_one_line_a_problem(types):
    said = ("configuration: types",)
    try:
        validate({"types": types})
    except ConfigurationError as error:
        said = error.problems
    assert said
    assert all(one.startswith("configuration: types") and "\n" not in one for one in said)


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ("select = [\n  'H001',\n  'missing-titel',\n]", 3, "select, item 2"),
        ("extend-select = ['missing-titel']", 1, "extend-select, item 1"),
        ("ignore = ['H', 'missing-titel']", 1, "ignore, item 2"),
        ("[severity]\n\nmissing-titel = 'info'", 3, "severity.missing-titel"),
        (
            "[per-file-ignores]\n'x.md' = ['H']\n'y.md' = [\n'missing-titel']",
            4,
            'per-file-ignores."y.md", item 1',
        ),
    ],
)
def test_an_unknown_rule(tmp_path, text, line, place):
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(f"FILE:{line}: {place}: there is no rule 'missing-titel'")
    assert problem.endswith("did you mean 'missing-title'?")


def test_all_problems_are_said_at_once_by_line(tmp_path):
    text = "selct = []\nignore = ['missing-titel']\nroot = 1\nmax-file-size = -1\n"
    assert [one.partition(": ")[0] for one in problems(tmp_path, text)] == [
        "FILE:1",
        "FILE:2",
        "FILE:3",
        "FILE:4",
    ]


def test_in_a_pyproject_the_line_is_that_of_our_table(tmp_path):
    text = '[tool.other]\nselect = "x"\n\n[tool.mlsd-lint]\nselect = "x"\n'
    assert problems(tmp_path, text, "pyproject.toml")[0].startswith("FILE:5: select: ")


def test_the_command_line_wins_and_is_blamed_for_its_own_mistakes(tmp_path):
    path = tmp_path / "mlsd-lint.toml"
    path.write_text("ignore = ['H001']\n")
    assert validate(read(path), path, {"ignore": ["H002"]}).ignore == ("H002",)
    with pytest.raises(
        ConfigurationError, match=r"^command line: ignore, item 1: there is no rule"
    ):
        validate(read(path), path, {"ignore": ["H999"]})


def test_a_configuration_made_again_from_plain_values_is_the_same(tmp_path):
    text = "\n".join(one.metadata["example"] for one in settings().values())
    configuration = validated(tmp_path, text)
    assert restore(json.loads(json.dumps(plain(configuration)))) == configuration
    assert restore(plain(Configuration())) == Configuration()


def test_reading_a_configuration_imports_nothing_slow(tmp_path):
    (tmp_path / "mlsd-lint.toml").write_text("select = ['H']\n")
    code = (
        "import sys; from pathlib import Path;"
        "from mlsd_lint.config import files, settings;"
        f"path = files.find(Path({str(tmp_path)!r})); files.read(path);"
        "settings.restore(settings.plain(settings.Configuration()));"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    slow = {"pydantic", "mistune", "yaml", "httpx", "jinja2", "pathspec", "mlsd_lint.rules"}
    assert slow.isdisjoint(done.stdout.split())


# --- where keys stand, and how values are written ---

LINES = """\
# select = []
select = ["H",
  "L1",
]
severity = { H001 = "info", "L1" = "error" }

[per-file-ignores]
"a b.md" = ["H"]
'c.md' = ["H"]
[ "other" . table ]
x.y = 1
"""


@pytest.mark.parametrize(
    ("keys", "value", "expected"),
    [
        (["select"], None, 2),
        (["select"], "L1", 3),
        (["select"], "H", 2),
        (["select"], "elsewhere", 2),
        (["severity", "L1"], None, 5),
        (["per-file-ignores"], None, 7),
        (["per-file-ignores", "a b.md"], None, 8),
        (["per-file-ignores", "c.md"], "H", 9),
        (["per-file-ignores", "d.md"], None, 7),
        (["other", "table", "x", "y"], None, 11),
        (["nowhere"], None, None),
    ],
)
def test_the_line_of_a_key(keys, value, expected):
    assert line_of(LINES, keys, value) == expected


text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.one_of(text, st.integers(-(2**63), 2**63 - 1), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(text, inner, max_size=3)),
    max_leaves=8,
)


@given(text, values)
def test_written_toml_reads_as_what_was_written(key, value):
    assert tomllib.loads(f"{toml_key(key)} = {toml_value(value)}\n") == {key: value}


# --- the schema ---


def test_the_schema_says_what_the_settings_are():
    schema = configuration_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "urn:mlsd-lint:configuration"
    assert list(schema["properties"]) == list(settings())
    assert all(one["description"] for one in schema["properties"].values())


def test_every_key_of_a_document_type_is_described_at_any_depth():
    schema = configuration_schema()
    types = schema["properties"]["types"]["additionalProperties"]["$ref"]
    declared = schema["$defs"][types.rpartition("/")[2]]
    assert declared["required"] == ["files"]
    fields = declared["properties"]["fields"]["additionalProperties"]["$ref"]
    field = schema["$defs"][fields.rpartition("/")[2]]
    assert field["properties"]["fields"]["additionalProperties"]["$ref"] == fields
    for kind, described in ((TypeDeclaration, declared), (FieldDeclaration, field)):
        about = {kebab(one.name): one.metadata["description"] for one in dataclasses.fields(kind)}
        said = {key: one["description"] for key, one in described["properties"].items()}
        assert said == about
    assert "null" not in json.dumps(schema)  # TOML has none


def test_every_key_of_links_and_hosts_is_described_with_its_least_value():
    schema = configuration_schema()
    assert schema["properties"]["links"]["$ref"] == "#/$defs/LinkSettings"
    for kind, known in ((LinkSettings, link_settings()), (HostSettings, host_settings())):
        described = schema["$defs"][kind.__name__]["properties"]
        assert list(described) == list(known)
        for key, one in known.items():
            assert described[key]["description"] == one.metadata["description"]
            assert described[key].get("minimum") == one.metadata["minimum"]
            assert ("pattern" in described[key]) == bool(one.metadata["time"])


def test_every_setting_of_links_can_be_set_as_in_its_example(tmp_path):
    text = "\n".join(one.metadata["example"] for one in link_settings().values())
    links = validated(tmp_path, text).links
    for one in link_settings().values():
        assert getattr(links, one.name) != getattr(LinkSettings(), one.name), one.name


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        *[(one.metadata["example"], True) for one in settings().values()],
        ("selct = []", False),
        ("select = 'H'", False),
        ("max-file-size = 0", False),
        ("fail-on = 'eror'", False),
        ("severity = { H001 = 'eror' }", False),
        *[(text, True) for text in GOOD_TYPES],
        *[(text, False) for text, _ in BAD_TYPES],
        *[(text, True) for text in GOOD_LINKS],
        *[(text, False) for text, _ in BAD_LINKS],
        *[(text, True) for text in GOOD_PROSE],
    ],
)
def test_the_schema_and_the_check_agree(tmp_path, text, valid):
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert validator.is_valid(tomllib.loads(text)) is valid
    if valid:
        validated(tmp_path, text)
    else:
        assert problems(tmp_path, text)
