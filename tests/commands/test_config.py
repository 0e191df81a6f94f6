from __future__ import annotations

import json
import tomllib

import pytest

from mlsd_lint.config.links import link_settings
from mlsd_lint.config.prose import languagetool_settings, prose_settings
from mlsd_lint.config.settings import Configuration, plain, settings

CONFIGURATION = """\
# what we check
select = ["H", "L1"]

[severity]
H001 = "info"
"""


def test_all_settings_are_toml_with_their_origins(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION})
    done = folder.run("config")
    assert done.returncode == 0
    shown = tomllib.loads(done.stdout)
    expected = plain(Configuration()) | {"select": ["H", "L1"], "severity": {"H001": "info"}}
    assert shown == expected
    origins = {
        line.partition(" = ")[0]: line.rpartition("# ")[2] for line in done.stdout.splitlines()
    }
    assert origins.pop("select") == "mlsd-lint.toml:2"
    assert origins.pop("severity") == "mlsd-lint.toml:4"
    assert set(origins.values()) == {"default"}


def test_the_origin_in_a_pyproject_above(folder):
    folder.write({"pyproject.toml": '[tool.mlsd-lint]\ndialect = "mkdocs"\n', "docs/a.md": ""})
    done = folder.run("config", "--config", "pyproject.toml", "dialect")
    assert done.stdout.startswith('dialect = "mkdocs"  # pyproject.toml:2\n')


def test_isolated_from_every_configuration(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION})
    assert tomllib.loads(folder.run("config", "--isolated").stdout) == plain(Configuration())


@pytest.mark.parametrize("key", ["fail-on", "fail_on", "FAIL-ON"])
def test_one_setting_is_explained(folder, key):
    done = folder.run("config", key)
    assert done.returncode == 0
    assert done.stdout.startswith('fail-on = "error"  # default\n')
    assert "\nType:    error, warning or info\n" in done.stdout
    assert '\nExample: fail-on = "warning"\n' in done.stdout


def test_json(folder):
    folder.write({"mlsd-lint.toml": CONFIGURATION})
    shown = json.loads(folder.run("config", "--output-format", "json").stdout)
    inner = [f"links.{key}" for key in link_settings()]
    inner += [f"prose.{key}" for key in prose_settings()]
    inner += [f"prose.languagetool.{key}" for key in languagetool_settings()]
    assert [key for key in shown if key not in inner] == list(settings())
    assert [key for key in shown if key in inner] == inner
    assert shown["select"]["value"] == ["H", "L1"]
    assert shown["select"]["origin"] == "mlsd-lint.toml:2"
    assert shown["select"]["default"] == ["ALL"]
    one = json.loads(folder.run("config", "select", "--output-format", "json").stdout)
    assert one == shown["select"]
    assert shown["max-file-size"]["type"] == "a whole number"
    assert shown["per-file-ignores"]["type"] == "a table, each value a list of strings"
    assert shown["severity"]["type"] == "a table, each value error, warning or info"


def test_an_unknown_setting(folder):
    done = folder.run("config", "selct")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "mlsd-lint: there is no setting 'selct'; did you mean 'select'?\n"


def test_a_wrong_configuration(folder):
    folder.write({"mlsd-lint.toml": "selct = []\n"})
    done = folder.run("config")
    assert done.returncode == 2
    assert "mlsd-lint.toml:1: unknown key 'selct'; did you mean 'select'?" in done.stderr


def test_document_types_are_shown_as_written(folder):
    written = """\
[types.recipe]
files = "recipes/*.md"
[types.recipe.fields]
ingredients = { section = "Ingredients", entries = "{name}", minimum = 2 }
"""
    folder.write({"mlsd-lint.toml": written})
    done = folder.run("config")
    assert done.returncode == 0
    assert tomllib.loads(done.stdout)["types"] == tomllib.loads(written)["types"]
    one = json.loads(folder.run("config", "types", "--output-format", "json").stdout)
    assert one["value"] == tomllib.loads(written)["types"]
    assert one["type"].startswith("a table, each value a table with the keys files, model, fields")
    assert one["origin"] == "mlsd-lint.toml:1"


def test_a_wrong_document_type(folder):
    folder.write({"mlsd-lint.toml": "[types.a]\nfiles = 'a'\nfields.t = { titel = true }\n"})
    done = folder.run("config")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    expected = "mlsd-lint.toml:3: types.a.fields.t: unknown key 'titel'; did you mean 'title'?\n"
    assert done.stderr.endswith(expected)


LINKS = """\
fail-on = "info"
[links]
timeout = "30s"
[links.hosts."docs.example.org"]
token = "${TOKEN}"
"""


def test_the_settings_of_links_are_lines_of_their_own(folder):
    folder.write({"mlsd-lint.toml": LINKS})
    done = folder.run("config")
    lines = {line.partition(" = ")[0]: line for line in done.stdout.splitlines()}
    assert lines["links.timeout"].split("  ")[0] == 'links.timeout = "30s"'
    assert lines["links.timeout"].endswith("  # mlsd-lint.toml:3")
    assert lines["links.retries"].endswith("  # default")
    assert lines["links.hosts"].endswith("  # mlsd-lint.toml:4")
    assert any(line.startswith("# links.max-time is not set") for line in lines)
    assert tomllib.loads(done.stdout)["links"]["timeout"] == "30s"


def test_the_table_of_links_is_explained(folder):
    folder.write({"mlsd-lint.toml": LINKS})
    done = folder.run("config", "links")
    assert done.returncode == 0
    assert 'links.timeout = "30s"' in done.stdout
    assert "fail-on" not in done.stdout
    assert "\nType:    a table with the keys exclude, concurrency, " in done.stdout
    assert '\nExample: links.timeout = "30s"\n' in done.stdout


@pytest.mark.parametrize("key", [f"links.{key}" for key in link_settings()])
def test_every_setting_of_links_is_explained(folder, key):
    done = folder.run("config", key)
    assert done.returncode == 0
    about = link_settings()[key.partition(".")[2]].metadata
    assert f"\nExample: {about['example']}\n" in done.stdout
    assert about["description"].split()[0] in done.stdout


def test_one_setting_of_links_with_its_origin(folder):
    folder.write({"pyproject.toml": '[tool.mlsd-lint.links]\nmax-time = "10m"\n'})
    done = folder.run("config", "links.max_time")
    assert done.stdout.startswith('links.max-time = "10m"  # pyproject.toml:2\n')
    assert "\nDefault: none\n" in done.stdout


def test_an_unknown_setting_of_links(folder):
    done = folder.run("config", "links.timout")
    assert done.returncode == 2
    expected = "mlsd-lint: there is no setting 'links.timout'; did you mean 'links.timeout'?\n"
    assert done.stderr == expected
