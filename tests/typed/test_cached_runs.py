"""What a second run costs, and that it notices whatever a typed document depends on."""

import subprocess
import sys

from mlsd_lint.cli import main
from projects import write_files

MODEL = """
from typing import Annotated

from mlsd_lint.typed import Section, Title, TypedDocument


class Recipe(TypedDocument):
    title: Annotated[str, Title()]
    steps: Annotated[str, Section("Steps")]
"""
FILES = {
    "mlsd-lint.toml": '[types.recipe]\nfiles = "*.md"\nmodel = "{package}.models:Recipe"\n',
    "soup.md": "# Soup\n\n## Steps\n\nCook it.\n",
}
RUN = """
import sys
from mlsd_lint.cli import main
code = main(["check", "-v"])
print(code, "pydantic" in sys.modules, "mlsd_lint.typed" in sys.modules)
"""


def make_book(folder, package):
    files = {**FILES, f"{package}/__init__.py": "", f"{package}/models.py": MODEL}
    files["mlsd-lint.toml"] = FILES["mlsd-lint.toml"].replace("{package}", package)
    write_files(folder, files)


def run(folder):
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


def test_pydantic_is_not_imported_when_every_document_is_cached(tmp_path):
    make_book(tmp_path, "cached_book")
    assert run(tmp_path) == "0 True True"
    assert run(tmp_path) == "0 False False"


def test_a_changed_model_is_noticed(tmp_path, monkeypatch):
    make_book(tmp_path, "changing_book")
    assert check(tmp_path) == 0
    changed = MODEL.replace('Section("Steps")', 'Section("Method")')
    write_files(tmp_path, {"changing_book/models.py": changed})
    assert check(tmp_path) == 1


def check(folder):
    return subprocess.run(
        [sys.executable, "-m", "mlsd_lint", "check"], cwd=folder, check=False, capture_output=True
    ).returncode


def test_a_changed_declaration_is_noticed(tmp_path, monkeypatch, capsys):
    declaration = '[types.recipe]\nfiles = "*.md"\nfields = { a = { section = "Steps" } }\n'
    write_files(tmp_path, {**FILES, "mlsd-lint.toml": declaration})
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    write_files(tmp_path, {"mlsd-lint.toml": declaration.replace("Steps", "Method")})
    assert main(["check"]) == 1
    assert '"Method" is missing' in capsys.readouterr().out


def test_a_change_in_another_document_is_noticed(tmp_path, monkeypatch):
    files = {
        "mlsd-lint.toml": (
            '[types.list]\nfiles = "list.md"\nfields = { names = { entries = "{name}" } }\n'
            '[types.page]\nfiles = "pages/{name}.md"\n'
            'fields = { name = { refers-to = "list.names" } }\n'
        ),
        "list.md": "# List\n\n- soup\n",
        "pages/soup.md": "# Soup\n",
    }
    write_files(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    write_files(tmp_path, {"list.md": "# List\n\n- bread\n"})
    assert main(["check"]) == 1
