import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from mlsd_lint.reporters import FORMATS, STATISTICS, render

GOLDEN = Path(__file__).parent / "golden"
EVERY_FORMAT = [*FORMATS, *STATISTICS]
IN_COLOR = ["full", "concise", "grouped", "statistics"]


def test_every_documented_format_is_there():
    documented = "full concise grouped json json-lines github gitlab junit sarif markdown"
    assert list(FORMATS) == documented.split()


# SARIF carries the version of the tool; its tests look at its parts.
@pytest.mark.parametrize("name", [name for name in EVERY_FORMAT if name != "sarif"])
def test_output_is_as_agreed(name, sample):
    assert "".join(render(name, sample)) == _golden(f"{name}.txt")


@pytest.mark.parametrize("name", IN_COLOR)
def test_output_in_color_is_as_agreed(name, sample):
    assert "".join(render(name, sample, color=True)) == _golden(f"{name}.color.txt")


@pytest.mark.parametrize("name", [name for name in EVERY_FORMAT if name not in IN_COLOR])
def test_formats_for_programs_have_no_color(name, sample):
    assert list(render(name, sample, color=True)) == list(render(name, sample))


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_a_large_report_comes_in_chunks(name, make, report_of):
    report = report_of(
        *(make(code=f"H{number:03}", path=f"{number:03}.md") for number in range(1000))
    )
    chunks = list(render(name, report))
    assert len(chunks) > 1
    assert all(chunks)
    assert chunks[-1].endswith("\n")


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_a_clean_run_is_said_or_empty(name, report_of):
    text = "".join(render(name, report_of()))
    if name in {"github", "json-lines"}:
        assert text == ""
    elif name in {"json", "gitlab", "statistics-json"}:
        assert text == "[]\n"
    elif name in {"junit", *IN_COLOR, "markdown"}:
        assert "26 files checked" in text


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_the_summary_can_be_left_out(name, sample):
    text = "".join(render(name, sample, summary=False))
    whole = "".join(render(name, sample))
    assert text == (whole.rpartition("Found ")[0] if name in IN_COLOR else whole)


def test_unknown_format_is_a_key_error(report_of):
    with pytest.raises(KeyError):
        list(render("ful", report_of()))


def test_every_module_says_what_it_is():
    for file in {**FORMATS, **STATISTICS}.values():
        assert import_module(f"mlsd_lint.reporters.{file}").__doc__


def test_a_format_is_imported_when_it_is_used():
    program = (
        "import sys, mlsd_lint.reporters as reporters;"
        "reporters.FORMATS;"
        "print([name for name in sys.modules if name.startswith('mlsd_lint.reporters.')])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"


def _golden(name):
    return (GOLDEN / name).read_bytes().decode()
