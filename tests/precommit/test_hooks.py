"""The other hooks, what a repository may set for itself, and `pre-commit try-repo`."""

from __future__ import annotations

import sys

import yaml

from precommit.conftest import BOOK, INSTALLING

UNFIXED = "# More\n\nSee [the guide](guide.md#instal).\n"
FIXED = "# More\n\nSee [the guide](guide.md#install).\n"


def fixing(empty, hooks):
    empty.write(BOOK)
    empty.use(hooks, "mlsd-lint-fix")
    passed, said = empty.commit_all()
    assert passed, said
    return empty


def test_try_repo(empty, hooks):
    """As somebody does who wants to see what the hooks find, without a configuration."""
    empty.write(BOOK)
    empty.git("add", "--all")
    try_it = ("try-repo", str(hooks.root), "mlsd-lint", "--all-files")
    done = empty.pre_commit(*try_it, timeout=INSTALLING)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    empty.write({"docs/more.md": UNFIXED})
    empty.git("add", "--all")
    done = empty.pre_commit(*try_it, timeout=INSTALLING)
    assert done.returncode == 1
    assert "docs/more.md:3:5" in done.stdout


def test_a_fix_refuses_the_commit_once(empty, hooks):
    book = fixing(empty, hooks)
    book.write({"docs/more.md": UNFIXED})
    passed, said = book.commit_all()
    assert not passed
    assert "files were modified by this hook" in said
    assert book.read("docs/more.md") == FIXED
    assert book.git("show", ":docs/more.md") == UNFIXED
    passed, said = book.commit_all()
    assert passed, said


def test_what_no_fix_mends_is_said(empty, hooks):
    book = fixing(empty, hooks)
    book.write({"docs/more.md": UNFIXED + "\nAnd [nothing](nothing.md).\n"})
    for _ in range(2):
        passed, said = book.commit_all()
        assert not passed
        assert "docs/more.md:5:5" in said
    assert book.read("docs/more.md") == FIXED + "\nAnd [nothing](nothing.md).\n"


def test_a_fix_leaves_alone_what_is_not_staged(empty, hooks):
    book = fixing(empty, hooks)
    book.write({"docs/more.md": UNFIXED + "\nText.\n" * 20})
    book.git("add", "--all")
    book.write({"docs/more.md": UNFIXED + "\nText.\n" * 20 + "\nNot yet [so](nothing.md).\n"})
    assert not book.commit()[0]
    assert book.read("docs/more.md") == FIXED + "\nText.\n" * 20 + "\nNot yet [so](nothing.md).\n"


def test_old_findings_do_not_count_if_only_the_files_of_a_commit_do(empty, hooks):
    """What a repository may choose, and what it loses by it."""
    empty.write({**BOOK, "docs/old.md": "# Old\n\nSee [nothing](nothing.md).\n"})
    assert empty.commit_all()[0]
    empty.use(hooks, pass_filenames=True, always_run=False)
    passed, said = empty.commit_all()
    assert passed, said
    assert "(no files to check)Skipped" in said
    empty.write({"docs/more.md": "# More\n\nSee [the guide](gide.md).\n"})
    passed, said = empty.commit_all()
    assert not passed
    assert "docs/more.md:3:5" in said
    assert "docs/old.md" not in said
    empty.write({"docs/more.md": FIXED})
    passed, said = empty.commit_all()
    assert passed, said
    empty.git("rm", "--quiet", "images/it runs.png")
    assert empty.commit()[0]


def test_file_names_split_over_calls_are_checked_against_the_whole_book(empty, hooks):
    """Each page links to an anchor of the next; the last one of a call, to one of another call."""
    empty.write(BOOK)
    empty.use(hooks, pass_filenames=True, always_run=False)
    assert empty.commit_all()[0]
    folder = "a-folder-with-a-name-so-long-that-all-the-paths-do-not-fit-into-one-command-line, á"
    count = 2000
    for number in range(count):
        text = f"# Page {number}\n\nSee [it](../{(number + 1) % count}/page.md#page).\n\n## Page\n"
        empty.write({f"{folder}/{number}/page.md": text})
    passed, said = empty.commit_all()
    assert passed, said
    empty.write({f"{folder}/7/page.md": "# Page 7\n"})
    done = empty.pre_commit("run", "--all-files")
    assert done.returncode == 1
    assert done.stdout.count("missing-anchor") == 1
    assert f"{folder}/6/page.md:3:5" in done.stdout
    assert done.stdout.count("All checks passed") >= 1  # there was more than one call


def test_languagetool_that_is_not_installed_is_no_pass(empty, hooks):
    empty.write(BOOK)
    empty.use(hooks, "mlsd-lint-prose")
    nowhere = {"LTP_PATH": str(empty.root / "nowhere")}
    assert empty.commit_all()[0], "it is not asked at a commit"
    manual = ("run", "--all-files", "--hook-stage", "manual")
    done = empty.pre_commit(*manual, **nowhere)
    assert done.returncode == 1
    assert "exit code: 2" in done.stdout
    remedy = "prose.languagetool.server" if sys.platform == "win32" else "languagetool install"
    assert remedy in done.stdout


def test_languagetool_reads_besides(empty, hooks, installed):
    """The real one, on a push to a repository beside this one."""
    empty.write(BOOK)
    empty.use(hooks, "mlsd-lint-prose")
    assert empty.pre_commit("install", "--hook-type", "pre-push").returncode == 0
    assert empty.commit_all()[0]
    empty.git("init", "--quiet", "--bare", "../shared.git")
    push = ("git", "push", "../shared.git", "main")
    done = empty.run(*push, **installed)
    assert done.returncode == 0, done.stdout + done.stderr
    empty.write({"docs/more.md": "# More\n\nShe have told us too much about it.\n"})
    assert empty.commit_all()[0], "it is not asked at a commit"
    done = empty.run(*push, **installed)
    assert done.returncode == 1
    assert "docs/more.md:3:" in done.stdout + done.stderr
    assert "languagetool:" in done.stdout + done.stderr


def test_external_links_are_asked_by_hand_only(empty, hooks):
    """An address that no request goes to shows that it was its turn."""
    empty.write({**BOOK, "docs/more.md": "# More\n\nSee <http://127.0.0.1:9/page>.\n"})
    empty.use(hooks, "mlsd-lint-links", verbose=True)
    passed, said = empty.commit_all()
    assert passed, said
    assert "127.0.0.1" not in said
    done = empty.pre_commit("run", "--all-files", "--hook-stage", "manual")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "unverified-link" in done.stdout


def test_books_in_folders_each_have_their_hook(empty, hooks):
    """Two configurations in one repository; what is in neither book is not looked at."""
    empty.write({f"one/{path}": text for path, text in BOOK.items()})
    empty.write({f"two/{path}": text for path, text in BOOK.items()})
    empty.write({"README.md": "# All\n\nSee [nothing](nothing.md).\n"})
    empty.use(hooks, "mlsd-lint", args=["--config", "one/mlsd-lint.toml"])
    configuration = yaml.safe_load(empty.read(".pre-commit-config.yaml"))
    listed = configuration["repos"][0]["hooks"]
    listed.append({**listed[0], "args": ["--config", "two/mlsd-lint.toml"]})
    empty.write({".pre-commit-config.yaml": yaml.safe_dump(configuration)})
    passed, said = empty.commit_all()
    assert passed, said
    empty.git("rm", "--quiet", "two/images/it runs.png")
    passed, said = empty.commit()
    assert not passed
    assert "two/docs/guide.md:5:9" in said
    assert said.count("Passed") == 1


def test_a_model_may_import_what_is_named(empty, hooks):
    model = (
        "import iniconfig\n"
        "from typing import Annotated\n"
        "from mlsd_lint.typed import Section, TypedDocument\n"
        "class Recipe(TypedDocument):\n"
        "    steps: Annotated[str, Section('Steps')]\n"
    )
    types = '[types.recipe]\nfiles = "recipes/*.md"\nmodel = "my_book:Recipe"\n'
    empty.write({**BOOK, "mlsd-lint.toml": BOOK["mlsd-lint.toml"] + types, "my_book.py": model})
    empty.write({"recipes/soup.md": "# Soup\n\n## Steps\n\nBoil it.\n"})
    empty.use(hooks)
    passed, said = empty.commit_all()
    assert not passed
    assert "exit code: 2" in said
    assert "iniconfig" in said
    empty.use(hooks, additional_dependencies=["iniconfig"])
    passed, said = empty.commit_all()
    assert passed, said
    empty.write({"recipes/bread.md": "# Bread\n\nBake it.\n"})
    passed, said = empty.commit_all()
    assert not passed
    assert "missing-section" in said


def test_a_baseline_accepts_what_is_old(empty, hooks):
    """In a commit as in a run over all files."""
    baseline = 'baseline = "accepted.txt"\n'
    empty.write({**BOOK, "mlsd-lint.toml": baseline + BOOK["mlsd-lint.toml"]})
    empty.write({"docs/old.md": "# Old\n\nSee [nothing](nothing.md).\n"})
    written = empty.run(sys.executable, "-m", "mlsd_lint", "check", "--write-baseline")
    assert written.returncode == 0, written.stdout + written.stderr
    empty.use(hooks)
    passed, said = empty.commit_all()
    assert passed, said
    assert empty.pre_commit("run", "--all-files").returncode == 0
    empty.git("rm", "--quiet", "images/it runs.png")
    passed, said = empty.commit()
    assert not passed
    assert "docs/guide.md:5:9" in said
    assert "docs/old.md" not in said
