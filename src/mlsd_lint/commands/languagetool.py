"""`mlsd-lint languagetool`: installing LanguageTool, and the server that `check` asks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_lint.errors import UsageError
from mlsd_lint.prose.engine import EngineError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from mlsd_lint.config.prose import LanguageToolSettings

_START = "`mlsd-lint languagetool start`"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of `languagetool` and their flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    install = actions.add_parser(
        "install",
        help="download LanguageTool, or take it from a folder, and try it out",
        description="Download LanguageTool with language-tool-python (pip install "
        "'mlsd-lint[languagetool]'), or take it from a folder of Maven artifacts, see that it "
        "works, and put it where `check` looks for it. Java 17 or newer is needed.",
        allow_abbrev=False,
    )
    install.add_argument(
        "--from",
        dest="source",
        metavar="FOLDER",
        help="a folder with the jars that languagetool/pom.xml names",
    )
    start = actions.add_parser(
        "start",
        help="start a server, unless one runs",
        description="Start the server that `mlsd-lint check --grammar languagetool` asks, which "
        "that does itself where none runs. It stops when it has been idle for as long as "
        "prose.languagetool.idle says.",
        allow_abbrev=False,
    )
    start.add_argument("--config", metavar="FILE", help="the configuration file to use")
    actions.add_parser("stop", help="stop all servers that were started", allow_abbrev=False)
    actions.add_parser(
        "status",
        help="show the servers that run",
        description="Show the servers that run. Exit code 0 if there is one, 1 if none.",
        allow_abbrev=False,
    )
    parser.set_defaults(print_help=parser.print_help)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked: 1 if the status of no server can be shown, else 0.

    Raises:
        UsageError: it cannot be done; the text says why, and what to do about it.
    """
    actions = {"install": _install, "start": _start, "stop": _stop, "status": _status}
    action = actions.get(arguments.action)
    if action is None:
        print_help: Callable[[], None] = arguments.print_help
        print_help()
        return 0
    try:
        return action(arguments)
    except EngineError as error:
        raise UsageError(str(error)) from None


def _install(arguments: argparse.Namespace) -> int:
    from mlsd_lint.prose.languagetool.installation import VERSION
    from mlsd_lint.prose.languagetool.installing import install
    from mlsd_lint.prose.languagetool.telling import starting

    source = Path(arguments.source) if arguments.source else None
    if source is not None and not source.is_dir():
        raise UsageError(f"--from {source}: there is no such folder")
    with starting(VERSION) as tell:
        installed = install(source, tell)
    sys.stdout.write(f"LanguageTool {installed.version} is installed in {installed.folder}.\n")
    return 0


def _start(arguments: argparse.Namespace) -> int:
    from mlsd_lint.config.durations import seconds
    from mlsd_lint.prose.languagetool.client import address
    from mlsd_lint.prose.languagetool.installation import installation
    from mlsd_lint.prose.languagetool.server_folder import server_folder
    from mlsd_lint.prose.languagetool.serving import in_use, start
    from mlsd_lint.prose.languagetool.telling import starting

    settings = _settings(arguments)
    if settings.server is not None:
        sys.stdout.write(
            f"Nothing was started: prose.languagetool.server names {address(settings.server)}.\n"
        )
        return 0
    installed = installation(settings.folder)
    idle = seconds(settings.idle)
    with in_use(server_folder(installed), idle), starting(installed.version) as tell:
        server = start(installed, tell)
    sys.stdout.write(
        f"LanguageTool {server.version} runs at {server.address} (process {server.java.pid}); it "
        f"stops after {_duration(idle)} without a request.\n"
    )
    return 0


def _stop(_: argparse.Namespace) -> int:
    from mlsd_lint.prose.languagetool.serving import stop

    stopped = stop()
    for server in stopped:
        sys.stdout.write(f"Stopped LanguageTool {server.version} (process {server.java.pid}).\n")
    if not stopped:
        sys.stdout.write("No LanguageTool runs.\n")
    return 0


def _status(_: argparse.Namespace) -> int:
    from mlsd_lint.prose.languagetool.serving import statuses

    running = list(statuses())
    for one in running:
        sys.stdout.write(
            f"LanguageTool {one.server.version} runs at {one.server.address}\n"
            f"  process  {one.server.java.pid}\n"
            f"  memory   {one.memory / 1_000_000:.0f} MB\n"
            f"  idle     {_duration(one.idle)}; stops after {_duration(one.limit)}\n"
            f"  folder   {one.server.folder}\n"
            f"  log      {one.folder.log}\n"
        )
    if not running:
        sys.stdout.write(f"No LanguageTool runs. {_START} starts one, as `check` does.\n")
    return 0 if running else 1


def _settings(arguments: argparse.Namespace) -> LanguageToolSettings:
    from mlsd_lint.location import locate
    from mlsd_lint.project import load
    from mlsd_lint.prose.preparing import prose_settings

    configuration = Path(arguments.config) if arguments.config else None
    return prose_settings(load(locate([], {}, file=configuration), "")).languagetool


def _duration(seconds: float) -> str:
    for unit, length in (("h", 3600), ("m", 60)):
        if seconds >= length:
            return f"{seconds / length:.1f}".removesuffix(".0") + f" {unit}"
    return f"{seconds:.0f} s"
