from __future__ import annotations

PAGE = {"README.md": "# A page\n\nText.\n"}


def test_it_removes_what_a_check_left(folder):
    folder.write(PAGE)
    before = folder.names()
    assert folder.run("check").returncode == 0
    assert folder.names() > before
    done = folder.run("clean")
    assert done.returncode == 0
    assert done.stdout == f"Removed {folder.path / '.mlsd_lint_cache'}.\n"
    assert folder.names() == before


def test_there_is_nothing_to_remove(folder):
    done = folder.run("clean")
    assert done.returncode == 0
    assert done.stdout == f"There is no cache at {folder.path / '.mlsd_lint_cache'}.\n"


def test_the_configuration_says_where_the_cache_is(folder):
    folder.write({**PAGE, "mlsd-lint.toml": 'cache-dir = "results"\n'})
    folder.run("check")
    assert (folder.path / "results").is_dir()
    assert folder.run("clean").stdout == f"Removed {folder.path / 'results'}.\n"
    assert not (folder.path / "results").exists()


def test_a_folder_that_is_not_a_cache_is_left_alone(folder):
    folder.write({"precious/work.md": "", "other/CACHEDIR.TAG": "Signature: of another tool"})
    for name in ("precious", "other"):
        done = folder.run("clean", "--cache-dir", name)
        assert done.returncode == 2
        assert "was left alone: it has no CACHEDIR.TAG" in done.stderr
    assert folder.names() == {"precious/work.md", "other/CACHEDIR.TAG"}


def test_files_that_are_not_of_the_cache_stay(folder):
    folder.write(PAGE)
    folder.run("check")
    folder.write({".mlsd_lint_cache/mine.txt": "x"})
    done = folder.run("clean")
    assert done.returncode == 0
    assert "left what is not part of it: mine.txt" in done.stdout
    assert folder.names() == {"README.md", ".mlsd_lint_cache/mine.txt"}


def test_a_file_in_the_place_of_the_cache_is_left_alone(folder):
    folder.write({".mlsd_lint_cache": "x"})
    assert folder.run("clean").returncode == 2
    assert folder.names() == {".mlsd_lint_cache"}
