"""The command as its users run it: in a process, on real files, in a pipe and at a terminal."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import command
from mlsd_lint.cli import main
from mlsd_lint.fixes import passes
from projects import write_files

COMMAND = [sys.executable, "-m", "mlsd_lint"]
BROKEN = {
    "guide.md": "# Guide\n\n### Deep\n\nSee [setup](Setup.md#instal) and [x](missing.md).\n",
    "setup.md": "# Setup\n\n## Install\n",
}


def without_prose(arguments):
    """For engines take a second to start."""
    return [*arguments, "--grammar", "none"] if "check" in arguments else arguments


def run(folder, *arguments, given=""):
    """Run the command in this process."""
    return command.run(folder, *without_prose(arguments), given=given)


def run_alone(folder, *arguments, **options):
    """Run the command in a process of its own."""
    result = subprocess.run(
        [*COMMAND, *without_prose(arguments)],
        cwd=folder,
        capture_output=True,
        timeout=300,
        check=False,
        **{"text": True, **options},
    )
    assert "Traceback" not in str(result.stderr)
    return result


@pytest.fixture
def broken(tmp_path):
    write_files(tmp_path, BROKEN)
    return tmp_path


def codes(result):
    return [one["code"] for one in json.loads(result.stdout)]


def test_findings_go_to_standard_output_and_fail_the_run(broken):
    result = run_alone(broken, "check")
    assert result.returncode == 1
    assert result.stderr == ""
    assert "L101 missing-target error: " in result.stdout
    assert " --> guide.md:5:34\n" in result.stdout
    assert "\x1b" not in result.stdout


def test_nothing_found_is_said(tmp_path):
    write_files(tmp_path, {"a.md": "# A\n"})
    result = run(tmp_path, "check")
    assert (result.returncode, result.stdout) == (0, "All checks passed: 1 file checked.\n")
    assert run(tmp_path, "check", "-q").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "error"], 1),
        (["--select", "H003"], 0),
        (["--select", "H003", "--fail-on", "warning"], 1),
        (["--exit-zero"], 0),
        (["--ignore", "ALL"], 0),
        (["--per-file-ignores", "guide.md:L1"], 0),
    ],
)
def test_exit_codes(broken, arguments, code):
    assert run(broken, "check", *arguments).returncode == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--fix", "--diff"], "--fix and --diff cannot be used together"),
        (["check", "--unsafe-fixes"], "--unsafe-fixes needs --fix or --diff"),
        (["check", "--select", "H0003"], "did you mean 'H003'?"),
        (["check", "--config", "none.toml"], "there is no configuration file none.toml"),
        (["check", "--output-format", "xml"], "invalid choice"),
        (["check", "-", "guide.md"], "standard input"),
        (["check", "--stdin-filename", "x.md"], "--stdin-filename needs -"),
        (["check", "--per-file-ignores", "x"], "GLOB:RULE"),
        (["check", "-o", "no/such/folder/file"], "cannot write no/such/folder/file"),
        (["chekc"], "invalid choice: 'chekc'"),
        ([], "required"),
    ],
)
def test_wrong_usage_is_said_and_exits_with_2(broken, arguments, said):
    result = run(broken, *arguments)
    assert result.returncode == 2
    assert said in result.stderr


def test_the_exit_code_of_the_process_is_that_of_the_command(broken):
    for arguments, code in ((["check", "--exit-zero"], 0), (["check"], 1), (["chekc"], 2)):
        assert run_alone(broken, *arguments).returncode == code


def test_a_wrong_configuration_is_said_with_its_place(broken):
    write_files(broken, {"mlsd-lint.toml": 'selct = ["H"]\nfail-on = "eror"\n'})
    result = run(broken, "check")
    assert result.returncode == 2
    assert "mlsd-lint.toml:1" in result.stderr
    assert "select" in result.stderr
    assert "mlsd-lint.toml:2" in result.stderr
    assert "'error'" in result.stderr


def test_something_that_could_not_be_checked_is_never_a_pass(tmp_path):
    (tmp_path / "bad.md").write_bytes(b"\xff")
    assert run(tmp_path, "check", "--select", "H001", "--exit-zero").returncode == 2


def test_extend_select_on_the_command_line_wins_over_ignore_in_the_file(broken):
    write_files(broken, {"mlsd-lint.toml": 'ignore = ["H003"]\n'})
    assert "H003" not in run(broken, "check").stdout
    assert "H003" in run(broken, "check", "--extend-select", "H003").stdout


def test_a_file_named_is_checked_against_the_whole_book_and_reported_alone(broken):
    write_files(broken, {"mlsd-lint.toml": "", "other.md": "[x](gone.md)\n"})
    result = run(broken, "check", "setup.md", "--output-format", "json")
    assert codes(result) == []
    result = run(broken, "check", "other.md", "--output-format", "json", "--select", "L1")
    assert codes(result) == ["L101"]


def test_paths_are_relative_to_the_working_directory(broken):
    subprocess.run(["git", "init", "-q", broken], check=True)
    write_files(broken, {"sub/x.md": "# X\n\n### Deep\n"})
    assert run(broken / "sub", "check", "-q", "--output-format", "concise").stdout.startswith(
        "x.md:3"
    )
    outside = run(broken / "sub", "check", "-q", "--output-format", "concise", "../guide.md")
    assert outside.stdout.startswith("../guide.md:3")


def test_a_configuration_beside_the_way_does_not_count(tmp_path):
    write_files(
        tmp_path,
        {"here/mlsd-lint.toml": 'ignore = ["L101"]\n', "there/a.md": "# A\n\n[x](gone.md)\n"},
    )
    result = run(tmp_path / "here", "check", "../there/a.md", "--output-format", "concise")
    assert result.stdout.startswith("../there/a.md:3:1: L101")
    assert not (tmp_path / "here/.mlsd_lint_cache").exists()


@pytest.mark.parametrize("arguments", [["a.md"], ["."], ["../there"], ["a.md", "b.md"]])
def test_a_configuration_kept_elsewhere(tmp_path, arguments):
    files = {"a.md": "# A\n\n[b](b.md) [x](gone.md)\n", "b.md": "### B\n"}
    write_files(tmp_path, {f"there/{name}": text for name, text in files.items()})
    write_files(tmp_path, {"settings/own.toml": 'ignore = ["H001"]\n', "settings/c.md": "C\n"})
    here = tmp_path / "there"
    result = run(here, "check", "--config", "../settings/own.toml", "-q", *arguments)
    assert result.stdout.count("error: ") == 1
    assert 'L101 missing-target error: link to "gone.md"' in result.stdout


def test_fix_mends_what_has_one_right_answer_and_reports_the_rest(broken):
    result = run(broken, "check", "--fix", "--select", "L1", "--output-format", "json")
    assert "[setup](setup.md#install)" in (broken / "guide.md").read_text()
    assert codes(result) == ["L101"]
    assert result.stderr == "Fixed 2 findings in 1 file.\n"
    assert result.returncode == 1


def test_diff_shows_and_changes_nothing(broken):
    result = run(broken, "check", "--diff", "--select", "L102")
    assert (result.returncode, result.stderr) == (1, "Would fix 1 finding in 1 file.\n")
    assert "--- a/guide.md\n+++ b/guide.md\n" in result.stdout
    assert "+See [setup](setup.md#instal)" in result.stdout
    assert (broken / "guide.md").read_text() == BROKEN["guide.md"]
    patch = subprocess.run(
        ["git", "apply", "-"], input=result.stdout, cwd=broken, text=True, check=False
    )
    assert patch.returncode == 0
    assert "(setup.md#instal)" in (broken / "guide.md").read_text()


def test_fix_keeps_line_endings_and_byte_order_mark(tmp_path):
    text = "\ufeff# A\r\n\r\n[x](B.md)\r\nlast 🙂 line"
    write_files(tmp_path, {"a.md": text, "b.md": "# B\n"})
    (tmp_path / "a.md").chmod(0o640)
    run(tmp_path, "check", "--fix")
    assert (tmp_path / "a.md").read_bytes().decode() == text.replace("B.md", "b.md")
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def test_standard_input_is_checked_under_the_name_it_is_given(broken):
    text = "# T\n\n[s](setup.md#instal)\n"
    result = run(broken, "check", "-", "--stdin-filename", "new.md", "-q", given=text)
    assert "--> new.md:3:1" in result.stdout
    assert "#install" in result.stdout
    assert result.returncode == 1


def test_standard_input_is_fixed_to_standard_output(broken):
    text = "# T\n\n[s](Setup.md#instal) [x](gone.md)\n"
    arguments = ["check", "-", "--stdin-filename", "new.md", "--fix", "--output-format", "concise"]
    result = run(broken, *arguments, given=text)
    assert result.stdout == "# T\n\n[s](setup.md#install) [x](gone.md)\n"
    assert "new.md:3:23: L101" in result.stderr
    clean = run(broken, *arguments, given="# T\n")
    assert (clean.returncode, clean.stdout) == (0, "# T\n")


def test_the_diff_is_a_patch_that_does_what_fix_does(broken):
    names = ["a b.md", "#x.md", "sub/c.md"] + ([] if os.name == "nt" else ['q"\t\n.md'])
    text = "# T\n\n[s](/Setup.md#instal)\r\n[x](gone.md)"
    write_files(broken, dict.fromkeys(names, text))
    subprocess.run(["git", "init", "-q", broken], check=True)
    patch = run_alone(broken, "check", "--diff", "--select", "L1", text=False).stdout
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], input=patch, cwd=broken, check=True
    )
    patched = {name: (broken / name).read_bytes() for name in names}
    write_files(broken, dict.fromkeys(names, text))
    run(broken, "check", "--fix", "--select", "L1")
    assert patched == {name: (broken / name).read_bytes() for name in names}
    assert patched["a b.md"] == b"# T\n\n[s](/setup.md#install)\r\n[x](gone.md)"


def test_what_could_not_be_written_is_not_called_fixed(broken, monkeypatch, capsys):
    (broken / "other.md").write_bytes((broken / "guide.md").read_bytes())
    real = passes.replace_file

    def refusing(path, old, new):
        if path.name == "guide.md":
            raise PermissionError(13, "Permission denied")
        real(path, old, new)

    monkeypatch.setattr(passes, "replace_file", refusing)
    monkeypatch.chdir(broken)
    code = main(["check", "--fix", "--select", "L102", "--output-format", "concise"])
    output = capsys.readouterr()
    assert code == 2
    assert output.out.startswith("guide.md:5:5: L102")
    assert "other.md" not in output.out
    assert output.err == (
        "guide.md was left alone: Permission denied\nFixed 1 finding in 1 file.\n"
    )


def test_a_file_with_two_names_is_fixed_once(broken):
    (broken / "again.md").symlink_to("guide.md")
    result = run(broken, "check", "--fix", "--select", "L102,L103")
    assert (result.returncode, result.stdout) == (0, "All checks passed: 3 files checked.\n")
    assert "left alone" not in result.stderr
    assert (broken / "again.md").is_symlink()
    assert "(setup.md#install)" in (broken / "guide.md").read_text()


def test_add_ignore_silences_everything_and_changes_nothing_else(tmp_path):
    text = (
        "# T\n\n### Deep\n\nText [x](gone.md)\nsecond [y](gone.md)\n\n- a\n- [z](gone.md)\n- c\n\n"
        "| a |\n|---|\n| [q](gone.md) |\n\nEnd.\n"
    )
    write_files(tmp_path, {"a.md": text, "crlf.md": text.replace("\n", "\r\n"), "none.md": "x\n"})
    before = codes(run(tmp_path, "check", "--output-format", "json"))
    result = run(tmp_path, "check", "--add-ignore")
    assert result.stderr == f"Silenced {len(before)} findings in 3 files.\n"
    assert result.returncode == 0
    again = run(tmp_path, "check", "--fail-on", "info")
    assert (again.returncode, again.stdout) == (0, "All checks passed: 3 files checked.\n")
    lines = (tmp_path / "a.md").read_text().splitlines(keepends=True)
    assert "".join(line for line in lines if "mlsd-lint" not in line) == text
    assert b"\n" not in (tmp_path / "crlf.md").read_bytes().replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\npara\n[x](gone.md)\n- item [y](gone.md)\n- item\n  [z](gone.md)\n# B [w](gone.md)\n",
        "# A\n\n<!-- mlsd-lint-disable-next-line H003 -->\n### B [x](gone.md)\n",
        "# A\n\npara\n[x](gone.md) <!-- mlsd-lint-disable-next-line H003 -->\n### B\n",
        "---\ntitle: T\n---\n\n```\nopen\n",
        "\ufeff# A\r\r### B [x](gone.md)\rpara\r[y](gone.md)",
        "",
    ],
)
def test_add_ignore_where_blocks_and_comments_touch(tmp_path, text):
    (tmp_path / "a.md").write_bytes(text.encode())
    run(tmp_path, "check", "--add-ignore")
    again = run(tmp_path, "check", "--output-format", "concise")
    assert again.stdout == "All checks passed: 1 file checked.\n"
    after = (tmp_path / "a.md").read_bytes().decode()
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert "\r" not in text or "\n" not in after


def test_add_ignore_leaves_alone_what_could_not_be_checked(tmp_path):
    write_files(tmp_path, {"a.md": "# A\n\n[x](gone.md)\n"})
    (tmp_path / "bad.md").write_bytes(b"\xff [x](gone.md)\n")
    result = run(tmp_path, "check", "--add-ignore", "--output-format", "json")
    assert (result.returncode, codes(result)) == (2, ["E002"])
    assert result.stderr == "Silenced 1 finding in 1 file.\n"
    assert (tmp_path / "bad.md").read_bytes() == b"\xff [x](gone.md)\n"


def test_statistics_count_by_rule(broken):
    result = run(broken, "check", "--statistics")
    assert "L101" in result.stdout
    assert "missing-target" in result.stdout
    counted = json.loads(run(broken, "check", "--statistics", "--output-format", "json").stdout)
    assert {one["code"] for one in counted} >= {"L101", "L102", "H003"}


def test_an_output_file_gets_the_findings(broken):
    result = run(broken, "check", "-o", "report.json", "--output-format", "json")
    assert result.stdout == ""
    assert {one["code"] for one in json.loads((broken / "report.json").read_text())} >= {"L101"}
    (broken / "report.json").unlink()
    run(broken, "check", "-o", "report.json", "--output-format", "json")
    assert (broken / "report.json").exists(), "a replayed run writes its file too"


@pytest.mark.parametrize("arguments", [["check"], ["check", "--output-format", "sarif"], ["rule"]])
def test_output_that_cannot_be_written_is_said(broken, arguments):
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    with full.open("w") as output:
        result = subprocess.run(
            [*COMMAND, *arguments],
            cwd=broken,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=300,
        )
    assert result.returncode == 2
    assert result.stderr.startswith("mlsd-lint: ")
    assert result.stderr.endswith(": No space left on device\n")
    assert "None" not in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("closed", "code"), [(">&-", 1), ("2>&-", 1), (">&- 2>&-", 1), ("<&-", 1), ("- <&-", 2)]
)
def test_a_closed_stream_is_no_crash(broken, closed, code):
    line = f"'{sys.executable}' -m mlsd_lint check --grammar none {closed}"
    result = subprocess.run(
        ["sh", "-c", line], cwd=broken, capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == code
    assert "Traceback" not in result.stderr
    assert ("standard input is closed" in result.stderr) == (code == 2)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_standard_input_that_is_not_fixed_comes_out_byte_for_byte(broken, ending):
    for text in (b"caf\xe9 [s](Setup.md)" + ending, b"# caf\xc3\xa9" + ending):
        result = run_alone(
            broken,
            *("check", "-", "--fix", "--stdin-filename", "new.md"),
            input=text,
            text=False,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )
        assert result.stdout == text


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    write_files(tmp_path, {"a.md": "# A\n\n" + "[x](gone.md)\n\n" * 5000})
    with subprocess.Popen(
        [*COMMAND, "check", "--grammar", "none"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_console_that_knows_no_unicode_is_no_error(tmp_path):
    write_files(tmp_path, {"ä 🙂.md": "# Ä\n\n### 🙂\n"})
    result = run_alone(
        tmp_path, "check", env={**os.environ, "PYTHONIOENCODING": "ascii"}, text=False
    )
    assert result.returncode == 0
    assert b"H003" in result.stdout


def at_terminal(folder, *arguments, environment):
    main, side = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, stdout=side, stderr=side, env=environment
    )
    os.close(side)
    output = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
    os.close(main)
    process.wait(120)
    return output


def test_a_terminal_gets_color_and_no_color_is_honoured(broken):
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment["TERM"] = "xterm"
    arguments = ("check", "--grammar", "none")
    assert b"\x1b[" in at_terminal(broken, *arguments, environment=environment)
    plain = at_terminal(broken, *arguments, environment={**environment, "NO_COLOR": "1"})
    assert b"Found" in plain
    assert b"\x1b[" not in plain
    forced = run(broken, "check", "--color", "always")
    assert "\x1b[" in forced.stdout


def test_watch_checks_again_after_a_change_and_ends_on_interrupt(broken):
    process = subprocess.Popen(
        [*COMMAND, "check", "--watch", "--grammar", "none", "--output-format", "concise"],
        cwd=broken,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(process.stdout, "Found")
        write_files(broken, {"guide.md": "# Guide\n"})
        assert until(process.stdout, "checked") == "All checks passed: 2 files checked.\n"
    finally:
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in errors


def until(stream, word):
    for line in stream:
        if word in line:
            return line
    raise AssertionError(f"never said {word!r}")


def test_an_interrupted_run_ends_quietly_and_leaves_a_good_cache(tmp_path):
    write_files(tmp_path, {f"{number}.md": "# A\n\n" + "word *x* " * 30_000 for number in range(8)})
    process = subprocess.Popen(
        [*COMMAND, "check"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    # Before that it may be starting Python, which is not ours to make quiet.
    while not (tmp_path / ".mlsd_lint_cache" / "cache.sqlite").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=300)
    assert "Traceback" not in errors
    assert process.returncode in {0, 130}
    assert run(tmp_path, "check").returncode == 0
    assert run(tmp_path, "check").returncode == 0


def test_two_runs_at_once_agree(broken):
    alone = run(broken, "check", "--no-cache").stdout
    processes = [
        subprocess.Popen(
            [*COMMAND, "check", "--grammar", "none"],
            cwd=broken,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    assert {process.communicate(timeout=300)[0] for process in processes} == {alone}


def test_a_repository_without_commits_and_files_outside_it(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path / "repo"], check=True)
    write_files(tmp_path, {"outside.md": "# O\n", "repo/a.md": "# A\n\n[x](../outside.md)\n"})
    result = run(tmp_path / "repo", "check", "--output-format", "json")
    assert codes(result) == ["L113"]


def test_the_booklet_is_clean():
    from conftest import ROOT

    result = run(ROOT, "check", "--no-cache")
    assert result.returncode == 0, result.stdout
