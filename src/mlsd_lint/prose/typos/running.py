"""Asking the program `typos` about lines of text, and reading its answers."""

from __future__ import annotations

import json
import signal
import subprocess
from typing import TYPE_CHECKING, Final, NamedTuple

from mlsd_lint.prose.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# Where it is fast a megabyte takes it 0.2 s.
_SECONDS: Final = 60
_NOTHING_FOUND: Final = 0
_FOUND: Final = 2
# They would shift the lines; of other characters that break lines it knows nothing.
_AS_SPACES: Final = str.maketrans(dict.fromkeys("\n\r", " "))


class Misspelling(NamedTuple):
    """A word of a line that the list has; `line` is from 0, `start` in code points from 0."""

    line: int
    start: int
    word: str
    corrections: tuple[str, ...]


def misspellings(program: Path, lines: Sequence[str], locale: str) -> list[Misspelling]:
    """What is misspelled in these lines, by line and place; a break in a line is a space.

    In the locale "en" what is right in one English is right, in "en-gb" only what is so in Britain.

    Raises:
        EngineError: the program cannot be run, fails, hangs, or gives an answer that is none.
    """
    sent = [line.translate(_AS_SPACES).encode("utf-8", "replace") for line in lines]
    answer = _answer(program, b"\n".join(sent) + b"\n", locale)
    try:
        return list(_read(answer, sent))
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise _failure(program, "gave an answer that cannot be read") from error


def _read(answer: bytes, sent: Sequence[bytes]) -> Iterator[Misspelling]:
    """Its answer, a line for each finding, in order.

    Raises:
        ValueError, TypeError, LookupError, AttributeError: it is not about what was sent.
    """
    before = line = start = 0
    for values in map(json.loads, answer.splitlines()):
        offset, word = values["byte_offset"], values["typo"]
        if values["line_num"] - 1 != line:
            before, line, start = 0, values["line_num"] - 1, 0
        if (
            values["type"] != "typo"
            or not values["corrections"]
            or offset < before
            or line < 0
            or not sent[line].startswith(word.encode(), offset)
        ):
            raise ValueError(values)
        start += len(sent[line][before:offset].decode())
        before = offset
        yield Misspelling(line, start, word, tuple(values["corrections"]))


def _answer(program: Path, text: bytes, locale: str) -> bytes:
    # --isolated: a configuration of the user's is for the program run by hand.
    command = [str(program), "--isolated", "--locale", locale, "--format", "json", "-"]
    try:
        # Whatever interrupts this, `run` ends the program.
        done = subprocess.run(  # noqa: S603  # no shell, and no argument is from outside
            command, input=text, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _failure(program, f"gave no answer in {_SECONDS} s") from error
    except OSError as error:
        raise _failure(program, f"cannot be run ({error.strerror or error})") from error
    if done.returncode != (_FOUND if done.stdout else _NOTHING_FOUND):
        raise _failure(program, _end(done.returncode, done.stderr))
    return done.stdout


def _end(exit_code: int, errors: bytes) -> str:
    if exit_code < 0:
        return f"was killed by {_signal_name(-exit_code)}"
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return f"failed with exit code {exit_code}" + (f" ({lines[0].strip()})" if lines else "")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _failure(program: Path, what: str) -> EngineError:
    return EngineError(
        f"the program {program}, which knows the misspellings, {what}; install it again with "
        "`pip install --force-reinstall typos`, or check no prose with `--grammar none`"
    )
