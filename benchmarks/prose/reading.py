"""Have one engine read a third of the booklet, in a process of its own, and print how long it took.

    python benchmarks/prose/reading.py harper 2 [FOLDER]

prints the seconds of the first reading, in which the engine is loaded and started, and those of
the second. The number is that of the processor cores that it may use, and the folder that of
LanguageTool.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from planting import passages

from mlsd_lint.config.prose import LanguageToolSettings, ProseSettings
from mlsd_lint.prose.engines import Engines

if TYPE_CHECKING:
    from mlsd_lint.prose.engine import Passage


def to_read() -> list[Passage]:
    """Every third passage of the booklet: enough to tell, and LanguageTool takes a minute for all."""
    return list(dict.fromkeys(passages()))[::3]


def main() -> None:
    """Read twice."""
    name, cores, folder = sys.argv[1], int(sys.argv[2]), [*sys.argv[3:], None][0]
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    # What is started from here, as the server of LanguageTool, may use no others either.
    os.sched_setaffinity(0, allowed)
    read = to_read()
    settings = ProseSettings(languagetool=LanguageToolSettings(folder=folder))
    began = time.perf_counter()
    engines = Engines()
    made = engines.of(settings, "languagetool" if name == "languagetool" else "harper")
    (engine,) = (one for one in made if one.name == name)
    for _ in range(2):
        answers = sum(1 for _ in engine.check(read))
        if answers != len(read):
            raise SystemExit(f"{name} read {answers} of {len(read)} passages")
        print(time.perf_counter() - began)
        began = time.perf_counter()
    engines.close()


if __name__ == "__main__":
    main()
