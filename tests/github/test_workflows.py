"""Workflows, action, forms and dependabot.yml: valid, pinned, and allowed no more than they need."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sysconfig
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from mlsd_lint.commands.check import add_arguments

GITHUB = ROOT / ".github"
ACTION = ROOT / "action.yml"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = [one for one in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) if one.stem != "config"]
PROGRAMS = Path(sysconfig.get_path("scripts"))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="they are the same on every system")

# Whatever may be written. All else is read, or nothing.
WRITES = {
    "gate": {"code-scanning": {"security-events"}},
    "release": {"publish": {"id-token"}, "release": {"contents"}},
}


def read(file):
    """A YAML file as GitHub reads it: `on` is a word there, and PyYAML takes it for a truth."""
    content = yaml.safe_load(file.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in content.items()}


def jobs():
    return [
        pytest.param(file.stem, name, job, id=f"{file.stem}-{name}")
        for file in WORKFLOWS
        for name, job in read(file)["jobs"].items()
    ]


def steps():
    """Every step of every job, and of the action, with what may be set for all of them."""
    found = [
        (f"{file.stem}-{name}", step)
        for file in WORKFLOWS
        for name, job in read(file)["jobs"].items()
        for step in job.get("steps", ())
    ]
    return [*found, *(("action", step) for step in read(ACTION)["runs"]["steps"])]


def scripts():
    return [pytest.param(step["run"], id=place) for place, step in steps() if "run" in step]


def run(*command, **options):
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, **options
    )


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-actions", [ACTION]),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_files_are_what_github_takes(schema, files):
    assert files
    result = run(PROGRAMS / "check-jsonschema", "--builtin-schema", schema, *files)
    assert result.returncode == 0, result.stdout


def test_zizmor_finds_nothing():
    arguments = ["--offline", "--no-progress", "--persona=auditor"]
    result = run(PROGRAMS / "zizmor", *arguments, ACTION, GITHUB)
    assert result.returncode == 0, result.stdout
    assert all(f"{file.name}\n" in result.stderr for file in [ACTION, *WORKFLOWS])


def test_what_zizmor_does_not_say_has_a_reason():
    lines = (GITHUB / "zizmor.yml").read_text("utf-8").splitlines()
    for before, line in pairwise(lines):
        if line.strip().startswith("-"):
            assert before.strip().startswith("#"), line


@pytest.mark.skipif(not shutil.which("actionlint"), reason="needs actionlint, which is not here")
def test_actionlint_finds_nothing():
    result = run("actionlint", *WORKFLOWS)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("script", scripts())
def test_shellcheck_finds_nothing(script):
    arguments = ["--shell=bash", "--enable=quote-safe-variables,require-double-brackets", "-"]
    result = run(PROGRAMS / "shellcheck", *arguments, input=script)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("script", scripts())
def test_no_expression_stands_in_a_script(script):
    assert "${{" not in script


@pytest.mark.parametrize("file", [*WORKFLOWS, ACTION], ids=lambda file: file.stem)
def test_every_action_is_pinned_by_commit(file):
    for line in file.read_text("utf-8").splitlines():
        used = re.fullmatch(r"[\s-]*uses: (.+)", line)
        if used and not used[1].startswith("./"):
            assert re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used[1])


def test_an_action_is_pinned_to_one_commit_everywhere():
    text = "\n".join(file.read_text("utf-8") for file in [*WORKFLOWS, ACTION])
    pins = set(re.findall(r"uses: ([\w.-]+/[\w.-]+)\S*@(.+)", text))
    assert len(pins) == len({name for name, _ in pins})


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_is_allowed_nothing_by_itself(file):
    workflow = read(file)
    assert workflow["permissions"] == {}
    assert (
        set(workflow["on"])
        <= {
            "merge_group",
            "pull_request",  # and never pull_request_target, which runs with the rights of the repository
            "push",
            "schedule",
            "workflow_call",
            "workflow_dispatch",
        }
    )


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_runs_do_not_pile_up(file):
    assert read(file)["concurrency"]["group"].startswith(file.stem)


@pytest.mark.parametrize(("workflow", "name", "job"), jobs())
def test_a_job_is_allowed_what_it_needs(workflow, name, job):
    writes = {key for key, value in job["permissions"].items() if value == "write"}
    assert writes == WRITES.get(workflow, {}).get(name, set())
    assert set(job["permissions"].values()) <= {"read", "write"}


@pytest.mark.parametrize(("workflow", "name", "job"), jobs())
def test_a_job_that_may_write_runs_nothing_of_the_repository(workflow, name, job):
    if "write" not in job["permissions"].values():
        return
    for step in job["steps"]:
        assert not step.get("uses", "").startswith("./")
        assert not re.search(r"\b(make|python3?|pip|pytest)\b", step.get("run", ""))


@pytest.mark.parametrize(("workflow", "name", "job"), jobs())
def test_a_job_ends(workflow, name, job):
    # What a called workflow may take, its own jobs say.
    assert "uses" in job or 1 <= job["timeout-minutes"] <= 60


def test_credentials_are_not_left_in_a_checkout():
    checkouts = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout")]
    assert len(checkouts) >= len(WORKFLOWS)
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_no_secret_is_used():
    for file in [*WORKFLOWS, ACTION]:
        assert "secrets." not in file.read_text("utf-8")


def test_the_gate_sees_all_history():
    (checkout, *_) = read(GITHUB / "workflows" / "gate.yml")["jobs"]["check"]["steps"]
    assert checkout["with"]["fetch-depth"] == 0


def test_the_versions_of_python_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: "
    names = [one.removeprefix(prefix) for one in project["classifiers"] if one.startswith(prefix)]
    versions = [name for name in names if "." in name]
    matrix = read(GITHUB / "workflows" / "ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python-version"] == versions
    assert project["requires-python"] == f">={versions[0]}"


def test_every_job_of_ci_has_to_pass():
    every = read(GITHUB / "workflows" / "ci.yml")["jobs"]
    assert {*every["passed"]["needs"], "passed"} == set(every)


@pytest.mark.parametrize("program", ["sha256sum", "shasum"])
def test_what_was_built_is_known_on_every_system(tmp_path, program):
    """macOS has the one program, Windows the other."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"needs {program}")
    steps_of_a_test = read(GITHUB / "workflows" / "ci.yml")["jobs"]["test"]["steps"]
    (check,) = [one["run"] for one in steps_of_a_test if "SHA256SUMS" in one.get("run", "")]
    wheel = tmp_path / "dist" / "a.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"a wheel")
    digest = hashlib.sha256(b"a wheel").hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{digest}  dist/a.whl\n", "utf-8")
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / program).symlink_to(found)

    def passes():
        done = subprocess.run(
            [shutil.which("bash"), "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", check],
            cwd=tmp_path,
            env={"PATH": str(tmp_path / "programs")},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return done.returncode == 0

    assert passes()
    wheel.write_bytes(b"another wheel")
    assert not passes()


@pytest.mark.skipif(not shutil.which("jq"), reason="needs jq, which is not here")
@pytest.mark.parametrize(
    ("results", "code"),
    [
        (["success", "success"], 0),
        (["success", "failure"], 1),
        (["success", "cancelled"], 1),
        (["skipped", "success"], 1),
    ],
)
def test_a_job_that_did_not_succeed_is_no_pass(results, code):
    (step,) = read(GITHUB / "workflows" / "ci.yml")["jobs"]["passed"]["steps"]
    needs = ", ".join(f'"job{n}": {{"result": "{one}"}}' for n, one in enumerate(results))
    environment = {**os.environ, "NEEDS": f"{{{needs}}}"}
    assert run("bash", "-c", step["run"], env=environment).returncode == code


def test_owners_are_named_for_what_exists():
    for line in (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        pattern, *owners = line.split()
        assert pattern == "*" or (ROOT / pattern.strip("/")).exists()
        assert all(re.fullmatch(r"@[\w-]+/[\w-]+", owner) for owner in owners)


def test_every_flag_that_is_given_to_mlsd_lint_exists():
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    (links,) = (one for place, one in steps() if "mlsd-lint check" in one.get("run", ""))
    flags = set(re.findall(r" (--[a-z-]+)", links["run"]))
    action = "".join(
        one["run"] for place, one in steps() if one.get("id") == "check" and "run" in one
    )
    flags |= set(re.findall(r"[ (\"](--[a-z-]+)", action))
    assert {"--online", "--since", "--also", "--max-time"} <= flags
    assert flags <= set(parser._option_string_actions)
