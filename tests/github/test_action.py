"""action.yml: what another repository passes in is only ever a value, and what it gets back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from action_steps import ACTION, outputs, run_step
from conftest import ROOT
from projects import write_files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="bash may be that of another system there")

HOSTILE = [
    "a b",
    "it's",
    'say "x"',
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned",
    "&& touch pwned #",
    "${HOME}",
    "*",
    "?.md",
    "~",
    "back\\slash",
    "tab\tin",
    "--exit-zero",
    "-o",
    "-",
    "--",
    "%0A::error::",
    "é😀",
    "$IFS",
    "!!",
    "[[ x",
    "{a,b}",
]
TOKEN = "inputs.online == 'true' && github.token || ''"  # noqa: S105  # an expression, and no secret
BASE = "github.event.merge_group.base_sha"
EXECUTABLE = "steps.install.outputs.executable"

RECORDER = """#!/bin/bash
printf '%s\\0' "$@" > "$RECORDED"
printf '%s' "$REMARKS" >&2
printf '%s' "$PWD" > "$RECORDED.folder"
printf '%s' "$GITHUB_TOKEN" > "$RECORDED.token"
for argument in "$@"; do
  case $argument in
    markdown=*) printf '## mlsd-lint\\n' > "${argument#markdown=}" ;;
    sarif=*) printf '{}\\n' > "${argument#sarif=}" ;;
  esac
done
exit "${STATUS:-0}"
"""


class Recorded:
    """The step that checks, with a program in place of mlsd-lint that notes how it was called."""

    def __init__(self, folder):
        self.temporary = folder / "runner temp's"
        self.workspace = folder / "work space"
        self.workspace.mkdir()
        self.program = folder / "mlsd lint"
        self.program.write_text(RECORDER, "utf-8")
        self.program.chmod(0o755)
        self.record = folder / "recorded"

    def run(self, values=None, environment=None):
        known = {EXECUTABLE: str(self.program), BASE: "", TOKEN: "", **(values or {})}
        self.record.unlink(missing_ok=True)
        result = run_step(
            "check",
            known,
            self.workspace,
            self.temporary,
            RECORDED=str(self.record),
            **(environment or {}),
        )
        assert not list(self.workspace.rglob("pwned"))
        return result

    @property
    def arguments(self):
        """How mlsd-lint was called, but for what is the same in every call."""
        everything = self.record.read_bytes().decode().split("\0")[:-1]
        (reports,) = {Path(one.partition("=")[2]).parent for one in everything if "=/" in one}
        assert everything[:9] == [
            *("check", "--output-format", "github"),
            *("--cache-dir", str(self.temporary / "mlsd-lint-cache")),
            *("--also", f"markdown={reports / 'summary.md'}"),
            *("--also", f"sarif={reports / 'mlsd-lint.sarif'}"),
        ]
        return everything[9:]


@pytest.fixture
def recorded(tmp_path):
    return Recorded(tmp_path)


def test_it_works_without_any_input(recorded):
    result = recorded.run()
    assert (result.returncode, result.stderr, recorded.arguments) == (0, "", [])
    assert (recorded.temporary / "GITHUB_STEP_SUMMARY").read_text("utf-8") == "## mlsd-lint\n"
    sarif = outputs(recorded.temporary)["sarif"]
    assert Path(sarif).read_text("utf-8") == "{}\n"


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["since", "grammar", "fail-on", "config"])
def test_a_value_stays_one_argument(recorded, name, value):
    assert recorded.run({name: value}).returncode == 0
    assert recorded.arguments == [f"--{name}={value}"]


def test_a_value_of_several_lines_stays_one_argument(recorded):
    recorded.run({"config": "a\nb\n::error::c"})
    assert recorded.arguments == ["--config=a\nb\n::error::c"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_path_stays_one_path(recorded, value):
    recorded.run({"paths": value})
    assert recorded.arguments == [f"./{value}" if value.startswith("-") else value]


def test_paths_stand_one_a_line(recorded):
    recorded.run({"paths": "docs\r\n\n  my book/\n-x.md\nlast"})
    assert recorded.arguments == ["docs", "  my book/", "./-x.md", "last"]


@pytest.mark.parametrize("name", ["sub folder", "-x", "$(touch pwned)", "*", "a\nb"])
def test_it_runs_in_the_folder_that_is_named(recorded, name):
    (recorded.workspace / name).mkdir()
    result = recorded.run({"working-directory": name})
    assert result.returncode == 0
    folder = recorded.record.with_name("recorded.folder").read_text("utf-8")
    assert folder == str(recorded.workspace / name)


@pytest.mark.parametrize(
    ("name", "named"), [("nope", "nope"), ("100%\n::error::x", "100%25%0A::error::x")]
)
def test_a_folder_that_is_not_there_could_not_be_checked(recorded, name, named):
    result = recorded.run({"working-directory": name})
    assert result.returncode == 2
    assert result.stdout == (
        "::error title=mlsd-lint::"
        f'The input "working-directory" names no folder of the workspace: {named}\n'
    )
    assert not recorded.record.exists()


@pytest.mark.parametrize("branch", ["main", "$(touch${IFS}pwned)", "a'b", "-x"])
def test_a_pull_request_is_compared_with_its_target(recorded, branch):
    recorded.run(environment={"GITHUB_BASE_REF": branch})
    assert recorded.arguments == [f"--since=origin/{branch}"]


def test_a_merge_queue_is_compared_with_its_base(recorded):
    recorded.run({BASE: "0" * 40}, {"GITHUB_BASE_REF": ""})
    assert recorded.arguments == [f"--since={'0' * 40}"]


def test_everything_counts_if_that_is_asked_for(recorded):
    recorded.run({"since": ""}, {"GITHUB_BASE_REF": "main"})
    assert recorded.arguments == []


def test_the_web_is_asked_only_if_that_is_asked_for(recorded):
    recorded.run({"online": "true", TOKEN: "t0ken"})
    assert recorded.arguments == ["--online"]
    assert recorded.record.with_name("recorded.token").read_text("utf-8") == "t0ken"


@pytest.mark.parametrize("value", ["yes", "", "True", "true false", "$(touch pwned)"])
def test_a_switch_that_is_neither_on_nor_off_is_an_error(recorded, value):
    result = recorded.run({"online": value})
    assert result.returncode == 2
    assert '::error title=mlsd-lint::The input "online" takes true or false.' in result.stdout
    assert not recorded.record.exists()


def logged(output):
    """What stands in the log where the runner takes no commands, and what stands behind it."""
    stopped = re.fullmatch(
        r"::stop-commands::(?P<word>\S+)\n(?P<said>.*)\n::(?P=word)::\n(?P<rest>.*)",
        output,
        re.DOTALL,
    )
    return (stopped["said"], stopped["rest"]) if stopped else ("", output)


@pytest.mark.parametrize(
    ("status", "remarks", "annotation"),
    [
        (1, "one\n", ""),
        (2, "", "Not everything could be checked."),
        (2, "100%\r\n::error::two\n", "100%25%0D%0A::error::two"),
        (2, "é" * 1500, "é" * 1000),
        (130, "$(touch pwned) \\n", "$(touch pwned) \\n"),
    ],
)
def test_the_exit_code_is_passed_on_with_the_reason(recorded, status, remarks, annotation):
    result = recorded.run(environment={"STATUS": str(status), "REMARKS": remarks})
    assert result.returncode == status
    (said, annotated) = logged(result.stdout)
    assert said == remarks.replace("\r\n", "\n").removesuffix("\n")
    assert annotated == (f"::error title=mlsd-lint::{annotation}\n" if annotation else "")
    assert (recorded.temporary / "GITHUB_STEP_SUMMARY").read_text("utf-8") == "## mlsd-lint\n"
    assert outputs(recorded.temporary)


def test_remarks_are_no_commands_to_the_runner(recorded):
    """Whoever writes them cannot know the word at which it takes commands again."""
    words = set()
    for _ in range(2):
        hostile = "::stop-commands::x\n::x::\n::add-mask::e"
        output = recorded.run(environment={"REMARKS": hostile}).stdout
        assert logged(output) == (hostile, "")
        words.add(output.splitlines()[-1])
    assert len(words) == 2


def test_a_run_that_writes_nothing_has_no_outputs(recorded):
    recorded.program.write_text("#!/bin/bash\nexit 2\n", "utf-8")
    assert recorded.run().returncode == 2
    assert outputs(recorded.temporary) == {}
    assert (recorded.temporary / "GITHUB_STEP_SUMMARY").read_text("utf-8") == ""


def test_a_summary_is_added_to_those_of_other_steps(recorded):
    recorded.run()
    recorded.run()
    summary = (recorded.temporary / "GITHUB_STEP_SUMMARY").read_text("utf-8")
    assert summary == "## mlsd-lint\n" * 2


def check_for_real(workspace, temporary, program_folder, **inputs):
    program = program_folder / "mlsd-lint"
    program.write_text(f'#!/bin/bash\nexec "{sys.executable}" -m mlsd_lint "$@"\n', "utf-8")
    program.chmod(0o755)
    known = {EXECUTABLE: str(program), BASE: "", TOKEN: "", **inputs}
    return run_step("check", known, workspace, temporary)


def test_what_it_finds_becomes_annotations_summary_and_sarif(tmp_path):
    workspace, temporary = tmp_path / "book", tmp_path / "temp"
    write_files(workspace, {"my docs/a.md": "# A\n\n[x](nope.md)\n", "b.md": "# B\n\n[y](no.md)\n"})
    result = check_for_real(
        workspace, temporary, tmp_path, paths="my docs\n", grammar="none", since=""
    )
    assert result.returncode == 1
    assert result.stdout.startswith("::error title=L101 missing-target,file=my docs/a.md,line=3,")
    assert len(result.stdout.splitlines()) == 1
    summary = (temporary / "GITHUB_STEP_SUMMARY").read_text("utf-8")
    assert "| `my docs/a.md:3:1` | L101 | error |" in summary
    log = json.loads(Path(outputs(temporary)["sarif"]).read_text("utf-8"))
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["L101"]


def test_nothing_is_left_in_the_workspace(tmp_path):
    workspace = tmp_path / "book"
    write_files(workspace, {"a.md": "# A\n"})
    assert check_for_real(workspace, tmp_path / "temp", tmp_path, grammar="none").returncode == 0
    assert [path.name for path in workspace.iterdir()] == ["a.md"]


PYTHON = """#!/bin/bash
# Takes what follows for the arguments of a Python that makes environments, and notes them.
printf '%s\\0' "$@" >> "$RECORDED"
if [[ $2 == -m && $3 == venv ]]; then
  mkdir -p "$4/bin"
  cp "$0" "$4/bin/python"
  cp "$0" "$4/bin/mlsd-lint"
fi
"""


def install(tmp_path, version, **inputs):
    python = tmp_path / "tool cache" / "python"
    python.parent.mkdir()
    python.write_text(PYTHON, "utf-8")
    python.chmod(0o755)
    workspace, record = tmp_path / "work space", tmp_path / "recorded"
    workspace.mkdir()
    result = run_step(
        "install",
        {"version": version, "steps.python.outputs.python-path": str(python), **inputs},
        workspace,
        tmp_path / "runner temp",
        GITHUB_ACTION_PATH=str(tmp_path / "the action's own"),
        RECORDED=str(record),
    )
    assert not list(workspace.iterdir())
    return result, record.read_text("utf-8").split("\0") if record.exists() else []


def test_it_installs_what_belongs_to_the_action(tmp_path):
    result, called = install(tmp_path, "")
    assert result.returncode == 0, result.stderr
    # With -I, Python imports nothing from the folder that is checked.
    assert called[:3] == ["-I", "-m", "venv"]
    action = str(tmp_path / "the action's own")
    pip = called.index("pip")
    assert called[pip - 2 : called.index("version")] == [
        *("-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--constraint", f"{action}/constraints.txt", action),
    ]
    assert Path(outputs(tmp_path / "runner temp")["executable"]).name == "mlsd-lint"


def test_each_book_has_a_cache(tmp_path):
    """The jobs of a matrix share their name and their run, and a key can be saved only once."""
    some = [
        {},
        {"working-directory": "a,b"},
        {"working-directory": "a", "config": "b"},
        {"working-directory": "ab"},
        {"config": "x\ny=1"},
    ]
    books = []
    for number, inputs in enumerate(some):
        folder = tmp_path / str(number)
        folder.mkdir()
        install(folder, "", **inputs)
        said = outputs(folder / "runner temp")
        assert set(said) == {"executable", "book"}
        assert re.fullmatch(r"\d+", said["book"])
        books.append(said["book"])
    assert len(set(books)) == len(some)
    keys = [one["with"]["key"] for one in ACTION["runs"]["steps"] if "cache" in one.get("uses", "")]
    assert len(keys) == 2
    assert all("-${{ steps.install.outputs.book }}-" in key for key in keys)


def test_it_installs_a_version_from_the_index(tmp_path):
    _, called = install(tmp_path, "1.2.3rc1")
    assert "mlsd-lint==1.2.3rc1" in called
    assert "--constraint" not in called


@pytest.mark.parametrize(
    "version",
    [
        "1.0 --index-url http://example.org",
        "@ http://example.org/x.whl",
        "--help",
        "$(touch pwned)",
        "1.0\nevil",
        "v1.0",
        " 1.0",
        "1.0; python_version > '3'",
    ],
)
def test_it_installs_nothing_that_is_no_version(tmp_path, version):
    result, called = install(tmp_path, version)
    assert result.returncode == 2
    assert 'The input "version" takes a version such as 1.2.3.' in result.stdout
    assert called == []


def test_every_input_is_used():
    text = (ROOT / "action.yml").read_text("utf-8")
    assert all(f"inputs.{name} " in text for name in ACTION["inputs"])


def test_the_default_of_every_input_is_a_text():
    assert all(isinstance(one["default"], str) for one in ACTION["inputs"].values())


def test_a_change_fails_only_for_what_it_adds(tmp_path):
    workspace = tmp_path / "book"

    def git(*arguments):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=workspace, check=True, timeout=60)

    write_files(workspace, {"old.md": "# Old\n\n[x](gone.md)\n"})
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "Begin")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    git("switch", "-qc", "topic")
    write_files(workspace, {"new.md": "# New\n\n[y](missing.md)\n"})
    git("add", ".")
    git("commit", "-qm", "Add")
    result = check_for_real(
        workspace, tmp_path / "temp", tmp_path, since="origin/main", grammar="none"
    )
    assert result.returncode == 1, result.stderr
    assert "file=new.md" in result.stdout
    assert "file=old.md" not in result.stdout
