from __future__ import annotations

import shutil
import tomllib

import pytest

from mlsd_lint.config.files import read
from mlsd_lint.config.validation import validate

PAGE = "# A page\n\nText.\n"


def settings_of(folder, name="mlsd-lint.toml"):
    path = folder.path / name
    raw = read(path)
    validate(raw, path)
    return raw


def assert_check_runs(folder, expected: int = 0) -> None:
    done = folder.run("check", "--grammar", "none", "--output-format", "json")
    assert done.returncode == expected, done.stdout + done.stderr


def test_a_plain_folder(folder):
    folder.write({"README.md": PAGE, "docs/a.md": PAGE, "docs/b.md": PAGE})
    done = folder.run("init")
    assert done.returncode == 0
    assert done.stdout == (
        f"Wrote {folder.path / 'mlsd-lint.toml'}: 3 Markdown files.\n"
        "Findings today, all rules on but those about prose: none.\n"
        "Next: read the settings, then run `mlsd-lint check`.\n"
    )
    assert settings_of(folder) == {
        "include": ["**/*.md", "**/*.markdown"],
        "dialect": "github",
        "fail-on": "error",
    }
    assert_check_runs(folder)


def test_a_folder_beside_this_one(folder):
    folder.write({"here/x.txt": "", "there/a.md": PAGE + "\n[a](#a-page)\n"})
    done = folder.run("init", "here/../there")
    assert (
        "1 Markdown file.\nFindings today, all rules on but those about prose: none.\n"
        in done.stdout
    )
    assert folder.names() == {"here/x.txt", "there/a.md", "there/mlsd-lint.toml"}


def test_every_setting_stands_under_its_reason(folder):
    folder.write({"mkdocs.yml": "site_name: x\n", "docs/index.md": PAGE, "site/copy.md": PAGE})
    folder.run("init")
    lines = (folder.path / "mlsd-lint.toml").read_text(encoding="utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if line and not line.startswith("#")]
    assert len(keys) >= 4
    assert all(lines[number - 1].startswith("# ") for number in keys)
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"mkdocs.yml": "site_name: x\n", "docs/index.md": PAGE, "README.md": PAGE},
            {"include": ["docs/**/*.md", "/*.md"], "dialect": "mkdocs"},
        ),
        (
            {
                "mkdocs.yaml": "docs_dir: 'the pages' # here\nx: !!python/name:y\n",
                "the pages/a.md": PAGE,
            },
            {"include": ["the pages/**/*.md"], "dialect": "mkdocs"},
        ),
        (
            {"mkdocs.yml": "docs_dir: .\n", "a.md": PAGE},
            {"include": ["**/*.md", "**/*.markdown"], "dialect": "mkdocs"},
        ),
        (
            {"mkdocs.yml": "docs_dir: ../else\n", "docs/a.md": PAGE},
            {"include": ["docs/**/*.md"], "dialect": "mkdocs"},
        ),
        (
            {"book.toml": '[book]\nsrc = "text"\n', "text/SUMMARY.md": PAGE},
            {"include": ["text/**/*.md"], "dialect": "pandoc", "root": "text"},
        ),
        (
            {"book.toml": "[broken", "src/SUMMARY.md": PAGE},
            {"include": ["src/**/*.md"], "dialect": "pandoc", "root": "src"},
        ),
        (
            {"_quarto.yml": "", "index.qmd": PAGE, "a.md": PAGE},
            {"include": ["**/*.md", "**/*.markdown", "**/*.qmd"], "dialect": "pandoc"},
        ),
        (
            {"_bookdown.yml": "", "01-intro.Rmd": PAGE},
            {"include": ["**/*.md", "**/*.markdown", "**/*.Rmd"], "dialect": "pandoc"},
        ),
        (
            {
                "hugo.toml": "",
                "content/_index.md": PAGE,
                "content/posts/a.md": "# A\n\n![A picture](/logo.png)\n",
                "static/logo.png": "",
            },
            {
                "include": ["content/**/*.md"],
                "dialect": "pandoc",
                "asset-roots": ["static"],
                "root": "content",
                "index-files": ["_index.md", "README.md", "index.md"],
            },
        ),
        (
            {
                "docusaurus.config.ts": "",
                "docs/a.md": "# A\n\n![A picture](/img/a.png)\n",
                "static/img/a.png": "",
            },
            {
                "include": ["**/*.md", "**/*.markdown"],
                "dialect": "pandoc",
                "asset-roots": ["static"],
            },
        ),
        (
            {"a.md": "# A {#the-a}\n\nSee [A](#the-a).\n"},
            {"include": ["**/*.md", "**/*.markdown"], "dialect": "pandoc"},
        ),
        (
            {"mkdocs.yml": "", "docs/a.md": PAGE, "site/a.md": PAGE},
            {"include": ["docs/**/*.md"], "dialect": "mkdocs", "exclude": ["/site/"]},
        ),
    ],
)
def test_a_folder_of_each_kind(folder, files, expected):
    folder.write(files)
    done = folder.run("init")
    assert done.returncode == 0, done.stderr
    assert settings_of(folder) == {**expected, "fail-on": "error"}
    assert_check_runs(folder)


def test_what_git_ignores_is_not_looked_at(folder):
    folder.write({".gitignore": "drafts/\n", "drafts/a.md": PAGE})
    done = folder.run("init")
    assert done.returncode == 2
    assert done.stderr == "mlsd-lint: no Markdown files in .; nothing was written\n"
    assert folder.names() == {".gitignore", "drafts/a.md"}


def test_a_rule_that_would_bury_the_others_is_off_and_said(folder):
    folder.write({"a.md": "# A\n" + "".join(f"\n![](x{number}.png)\n" for number in range(60))})
    folder.write({f"x{number}.png": "" for number in range(60)})
    folder.run("init")
    text = (folder.path / "mlsd-lint.toml").read_text(encoding="utf-8")
    assert settings_of(folder)["ignore"] == ["L110"]
    assert "L110 missing-alt-text (60 findings)" in text.replace("\n# ", " ")
    assert_check_runs(folder)


def test_an_error_is_never_switched_off(folder):
    folder.write({"a.md": "# A\n" + "".join(f"\n[the page {n}](x{n}.md)\n" for n in range(60))})
    done = folder.run("init")
    assert "60 errors" in done.stdout
    assert "ignore" not in settings_of(folder)
    assert_check_runs(folder, expected=1)


def test_another_folder(folder):
    folder.write({"docs/a.md": PAGE})
    done = folder.run("init", "docs")
    assert "run `mlsd-lint check docs`" in done.stdout
    assert settings_of(folder, "docs/mlsd-lint.toml")["dialect"] == "github"
    assert folder.run("check", "--grammar", "none", "docs").returncode == 0
    assert folder.run("init", "nowhere").stderr == "mlsd-lint: nowhere is not a folder\n"


@pytest.mark.parametrize("existing", ["mlsd-lint.toml", "pyproject.toml"])
def test_a_configuration_is_not_replaced_without_force(folder, existing):
    text = "[tool.mlsd-lint]\n" if existing == "pyproject.toml" else "# mine\n"
    folder.write({"a.md": PAGE, existing: text})
    done = folder.run("init")
    assert done.returncode == 2
    assert "configures this folder already; --force" in done.stderr
    assert (folder.path / existing).read_text(encoding="utf-8") == text
    assert folder.names() == {"a.md", existing}
    assert folder.run("init", "--force").returncode == 0
    assert settings_of(folder)["fail-on"] == "error"


def test_a_configuration_further_up_is_no_obstacle(folder):
    folder.write({"mlsd-lint.toml": "", "docs/a.md": PAGE})
    assert folder.run("init", "docs").returncode == 0


PYPROJECT = '[project]\nname = "x"\n\n[tool.other]\nlist = [\n  "[tool.fake]",\n]\n'


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_in_a_pyproject(folder, newline):
    before = PYPROJECT.replace("\n", newline)
    folder.write({"a.md": PAGE, "pyproject.toml": before})
    assert folder.run("init", "--pyproject").returncode == 0
    after = (folder.path / "pyproject.toml").read_bytes().decode()
    assert after.startswith(before)
    assert after.count("\n") == after.count(newline)
    assert settings_of(folder, "pyproject.toml")["fail-on"] == "error"
    assert_check_runs(folder)


def test_in_a_pyproject_that_has_a_table_already(folder):
    table = '[tool.mlsd-lint]\nselect = ["H"]\n\n[tool.mlsd-lint.severity]\nH001 = "info"\n\n'
    folder.write({"a.md": PAGE, "pyproject.toml": f"{table}{PYPROJECT}"})
    assert folder.run("init", "--pyproject").returncode == 2
    assert folder.run("init", "--pyproject", "--force").returncode == 0
    after = tomllib.loads((folder.path / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(after["tool"].pop("mlsd-lint")) == {"include", "dialect", "fail-on"}
    assert after == tomllib.loads(PYPROJECT)


def test_a_pyproject_that_cannot_be_changed_safely_is_left_alone(folder):
    text = "[tool]\nmlsd-lint.select = ['H']\n"
    folder.write({"a.md": PAGE, "pyproject.toml": text})
    done = folder.run("init", "--pyproject", "--force")
    assert done.returncode == 2
    assert "by hand" in done.stderr
    assert (folder.path / "pyproject.toml").read_text(encoding="utf-8") == text


def test_there_is_no_pyproject(folder):
    folder.write({"a.md": PAGE})
    done = folder.run("init", "--pyproject")
    assert done.returncode == 2
    assert folder.names() == {"a.md"}


def test_real_books(folder, shared):
    shutil.copytree(shared / "corpora", folder.path, dirs_exist_ok=True)
    assert folder.run("init").returncode == 0
    settings_of(folder)
    assert folder.run("check", "--grammar", "none").returncode in (0, 1)
