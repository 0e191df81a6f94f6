"""LanguageTool and Java: found, or missing, too old, damaged."""

import pytest

from languagetool_fakes import LIBRARIES, write_jar, write_java, write_libraries, write_server
from mlsd_lint.prose.engine import EngineError
from mlsd_lint.prose.languagetool import installing
from mlsd_lint.prose.languagetool.installation import installation, java, what_is_missing
from mlsd_lint.prose.languagetool.installing import install, verify


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where LanguageTool is to be installed."""
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "installed"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "installed" / "LanguageTool-6.8"


@pytest.fixture
def with_java(tmp_path, monkeypatch):
    def write(**options):
        for name, value in write_java(tmp_path / "java", **options).items():
            monkeypatch.setenv(name, value)
        return tmp_path / "java"

    return write


def test_the_default_place_and_a_folder_that_is_named(place, tmp_path):
    for folder, named in ((place, None), (tmp_path / "other", str(tmp_path / "other"))):
        folder.mkdir(parents=True)
        write_server(folder / "languagetool-server.jar")
        assert installation(named) == (folder, "6.8")


def test_none_is_installed(place):
    with pytest.raises(
        EngineError, match=r"not installed .*: run `mlsd-lint languagetool install`"
    ):
        installation(None)


def test_a_folder_without_one(tmp_path):
    with pytest.raises(EngineError, match=r"no languagetool-server\.jar in .*folder names"):
        installation(str(tmp_path))


def test_a_jar_that_is_missing(tmp_path):
    write_libraries(tmp_path / "libs")
    write_server(tmp_path / "languagetool-server.jar")
    installed = installation(str(tmp_path))
    assert what_is_missing(installed) == ""
    jar = tmp_path / "libs" / "language-en.jar"
    jar.unlink()
    said = f"there is no {jar}: run `mlsd-lint languagetool install`"
    assert what_is_missing(installed) == said


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more"])
def test_a_damaged_one(tmp_path, content):
    (tmp_path / "languagetool-server.jar").write_bytes(content)
    with pytest.raises(EngineError, match="is no server of LanguageTool, or is damaged"):
        installation(str(tmp_path))


def test_no_java(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="not on PATH: install Java 17"):
        java()


@pytest.mark.parametrize(
    ("version", "major"), [("1.8.0_392", 8), ("11.0.2", 11), ("16", 16), ("9.0.4", 9)]
)
def test_a_java_that_is_too_old(with_java, version, major):
    with_java(version=version)
    with pytest.raises(EngineError, match=f"is Java {major}, but LanguageTool 6.8 needs 17"):
        java()


@pytest.mark.parametrize("version", ["17.0.15", "17", "21.0.1", "26-ea"])
def test_a_java_that_is_new_enough(with_java, version):
    folder = with_java(version=version)
    assert java() == str(folder / "java")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 'No Java runtime present' >&2; exit 1", r"\(No Java runtime present\)"),
        ("echo hello", r"\(hello\)"),
        ("exit 7", r"\(exit code 7\)"),
        (
            "echo 'Picked up JAVA_TOOL_OPTIONS: -x' >&2; echo 'Bad option -x' >&2; exit 1",
            r"\(Bad option -x\)",
        ),
    ],
)
def test_a_java_that_does_not_work(with_java, script, said):
    (with_java() / "java").write_text(f"#!/bin/sh\n{script}\n")
    with pytest.raises(EngineError, match=f"does not say its version {said}"):
        java()


def test_a_java_that_is_no_program(with_java):
    (with_java() / "java").write_bytes(b"\0\1\2")
    with pytest.raises(EngineError, match="does not run"):
        java()


@pytest.mark.parametrize("suffix", ["", "-6.8", "-2.13.1-jre"])
def test_from_maven_artifacts(place, with_java, tmp_path, suffix):
    with_java()
    source = tmp_path / "artifacts"
    write_libraries(source, suffix)
    write_server(source / f"languagetool-server{suffix}.jar")
    write_jar(source / "language-de-DE-x-simple-language-6.8.jar")
    assert install(source, lambda _: None) == (place, "6.8")
    assert verify(place) == (place, "6.8")
    assert sorted(path.name for path in (place / "libs").iterdir()) == sorted(
        f"{name}.jar" for name in LIBRARIES
    )
    assert _beside(place) == []


def test_what_was_there_is_replaced(place, with_java, tmp_path):
    with_java()
    (place / "libs").mkdir(parents=True)
    (place / "old").touch()
    write_libraries(tmp_path / "artifacts")
    write_server(tmp_path / "artifacts" / "languagetool-server.jar")
    install(tmp_path / "artifacts", lambda _: None)
    assert not (place / "old").exists()
    assert _beside(place) == []


def _without(name):
    return lambda folder: (folder / name).unlink()


FAULTS = {
    "there is no languagetool-server.jar": _without("languagetool-server.jar"),
    "1 jars are missing in .*language-de.jar": _without("language-de.jar"),
    "language-en.jar has no English": lambda folder: write_jar(folder / "language-en.jar"),
    "language-en.jar is damaged": lambda folder: (folder / "language-en.jar").write_bytes(b"PK"),
    "this is LanguageTool 5.0, but 6.8": lambda folder: write_server(
        folder / "languagetool-server.jar", "5.0"
    ),
    "languagetool-server.jar is no server": lambda folder: (
        folder / "languagetool-server.jar"
    ).write_bytes(b"PK"),
}


@pytest.mark.parametrize("said", FAULTS)
def test_what_is_wrong_is_not_installed(place, with_java, tmp_path, said):
    with_java()
    source = tmp_path / "artifacts"
    write_libraries(source)
    write_server(source / "languagetool-server.jar")
    FAULTS[said](source)
    (place / "libs").mkdir(parents=True)
    (place / "old").touch()
    with pytest.raises(EngineError, match=said):
        install(source, lambda _: None)
    assert (place / "old").exists()
    assert _beside(place) == []


def test_what_does_not_start_is_not_installed(place, with_java, tmp_path):
    with_java(behaviour="ends")
    write_libraries(tmp_path / "artifacts")
    write_server(tmp_path / "artifacts" / "languagetool-server.jar")
    with pytest.raises(EngineError, match="could not be started"):
        install(tmp_path / "artifacts", lambda _: None)
    assert not place.exists()
    assert _beside(place) == []


def test_an_interrupted_installation_leaves_what_was_there(place, with_java, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with_java()
    write_libraries(tmp_path / "artifacts")
    write_server(tmp_path / "artifacts" / "languagetool-server.jar")
    (place / "libs").mkdir(parents=True)
    (place.parent / ".mlsd-lint-new-killed").mkdir()
    monkeypatch.setattr(installing, "_try_out", interrupted)
    with pytest.raises(KeyboardInterrupt):
        install(tmp_path / "artifacts", lambda _: None)
    assert place.exists()
    assert _beside(place) == []


def _beside(place):
    """What is left beside an installation, but for the lock."""
    return [
        path.name
        for path in place.parent.iterdir()
        if path != place and path.name != ".mlsd-lint-install.lock"
    ]
