"""Two real lists as types: what is found in them, counted, and judged line by line."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest

from command import run

APPLIED_ML = """\
[types.applied-ml]
files = "README.md"
other-sections = "allow"

[types.applied-ml.fields]
title = { title = true }
introduction = { text = true }

[types.applied-ml.fields.contents]
section = "Table of Contents"
entries = true
type = "link"
numbered = true

[types.applied-ml.fields.topics]
section = "{name}"
repeated = true
minimum = 31
fields.name = {}

[types.applied-ml.fields.topics.fields.accounts]
entries = ["{link} `{companies}` `{year}`", "{link} {more}[ ]`{companies}` `{year}`"]
numbered = true

[types.applied-ml.fields.topics.fields.accounts.fields]
link = { type = "link" }
more = { required = false }
companies = { separated = "`, `" }
year = { type = "integer", minimum = 1990, maximum = 2030 }
"""
AWESOME = """\
[types.awesome]
files = "README.md"
other-sections = "allow"

[types.awesome.fields.main]
section = "Main Content"

[types.awesome.fields.main.fields.kinds]
section = "{name}"
repeated = true
minimum = 24
fields.name = {}

[types.awesome.fields.main.fields.kinds.fields.tools]
entries = ["{link} {stars} - {about}", "{link} - {about}"]
sorted = "link.title"
unique = "link.url"

[types.awesome.fields.main.fields.kinds.fields.tools.fields]
link = { type = "link" }
stars = { type = "image", required = false }
about = {}
"""
# Every finding that is no order of entries, by line and code, with what is wrong there.
IN_APPLIED_ML = {
    (58, "S014"): "true: the second 6. of the list",
    (79, "S010"): "true: a company and no year",
    (80, "S010"): "true: a company and no year",
    (162, "S014"): "true: the second 11.",
    (174, "S014"): "true: the second 7.",
    (185, "S014"): "true: the second 17.",
    (190, "S014"): "true: the second 21.",
    (227, "S014"): "true: the second 57.",
    (238, "S014"): "true: the second 67.",
    (330, "S012"): "true: no space between two links",
    (389, "S010"): "true: a company and no year",
    (443, "S010"): "true: the title stands outside the link",
    (549, "S012"): "true: no space between two links, and `]` where `)` belongs",
    (549, "S014"): "true: the second 38.",
    (560, "S010"): "true: a company and no year",
    (603, "S014"): "true: the second 15.",
    (643, "S014"): "true: the second 1.",
    (646, "S010"): "true: a company and no year",
    (658, "S012"): "true: neither company nor year, and words before the link",
}
IN_AWESOME = {
    (149, "S012"): 'true: no " - " behind the badge',
    (152, "S012"): 'true: no " - " behind the badge',
    (153, "S012"): 'true: no " - " behind the badge',
    (161, "S012"): 'true: no " - " behind the badge',
    (202, "S012"): "true: an en dash for the hyphen",
    (238, "S012"): 'true: no " - " behind the badge',
    (239, "S012"): 'true: no " - " behind the badge',
    (240, "S012"): 'true: no " - " behind the badge',
    (241, "S012"): 'true: no " - " behind the badge',
    (242, "S012"): 'true: no " - " behind the badge',
    (243, "S012"): 'true: no " - " behind the badge',
    (244, "S012"): 'true: no " - " behind the badge',
    (245, "S012"): 'true: no " - " behind the badge',
    (250, "S012"): 'true: no " - " behind the badge',
    (295, "S012"): "true: no space between link and badge",
    (345, "S012"): "true: no space between link and badge",
    (348, "S012"): "true: no space between link and badge",
    (366, "S016"): "true: the address of the entry above it, for another tool",
    (580, "S012"): 'true: no " - " behind the badge',
    (644, "S012"): "true: a parenthesis too many behind the badge",
}
# Entries out of order, a sample. Entries that cannot be read are not compared.
ORDER_IN_AWESOME = {
    119: "true: Dask behind DLRover",
    120: "true: DeepSpeed behind DLRover",
    134: "true: NVIDIA TensorRT before Nevergrad",
    156: "true: bitsandbytes behind Z",
    157: "true: einops behind bitsandbytes, both behind the letter Z",
    190: "true: Dagster behind DataTrove",
    220: "true: .NET Interactive at the end, behind Voilà",
}


@cache
def findings(readme, type_):
    """(line, code) and message of everything found in a copy of a list."""
    with TemporaryDirectory() as folder:
        copy(readme, folder)
        Path(folder, "mlsd-lint.toml").write_text(type_, encoding="utf-8")
        flags = ("--select", "S", "--no-cache", "--output-format", "json-lines")
        done = run(Path(folder), "check", *flags)
    assert done.stderr == ""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [((one["location"]["row"], one["code"]), one["message"]) for one in found]


@pytest.fixture
def applied_ml(shared):
    return findings(shared / "corpora" / "applied-ml" / "README.md", APPLIED_ML)


@pytest.fixture
def awesome(shared):
    readme = shared / "corpora" / "awesome-production-machine-learning" / "README.md"
    return findings(readme, AWESOME)


def test_every_finding_in_applied_ml_is_judged(applied_ml):
    assert sorted(place for place, _ in applied_ml) == sorted(IN_APPLIED_ML)
    assert not [place for place, verdict in IN_APPLIED_ML.items() if verdict[:4] != "true"]


def test_findings_in_applied_ml_are_counted(applied_ml):
    counts = Counter(code for (_, code), _ in applied_ml)
    assert counts == {"S014": 10, "S010": 6, "S012": 3}


def test_years_that_are_missing_in_applied_ml_are_said(applied_ml):
    said = {line: message for (line, code), message in applied_ml if code == "S010"}
    assert {line for line, message in said.items() if message == "this entry has no year"} == {
        *(79, 80, 389, 560, 646)
    }


def test_every_finding_in_awesome_that_is_no_order_is_judged(awesome):
    places = [place for place, _ in awesome if place[1] != "S015"]
    assert sorted(places) == sorted(IN_AWESOME)


def test_findings_in_awesome_are_counted(awesome):
    counts = Counter(code for (_, code), _ in awesome)
    assert counts == {"S012": 19, "S016": 1, "S015": 28}


def test_order_breaks_in_awesome_are_found(awesome):
    """Line 88 is none: a hyphen makes no difference to a reader who looks for auto-sklearn."""
    places = {line for (line, code), _ in awesome if code == "S015"}
    assert places >= ORDER_IN_AWESOME.keys()
    assert 88 not in places


def test_a_dash_of_another_kind_is_shown(awesome):
    said = dict(awesome)
    assert said[202, "S012"].startswith('expected "- " here, found "– Open-source')
