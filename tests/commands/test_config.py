from __future__ import annotations

import json
import tomllib

import pytest

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
    assert list(shown) == list(settings())
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
