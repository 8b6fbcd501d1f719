"""Counts how many modules a question goes through on its way, and how often it changes from one to another.

    python -m benchmarks.module_changes [QUESTION ...] [--checkout FOLDER] [--json] [--pairs N]

The questions are one conversation about the seed articles; by default one that needs nothing before it, and a
follow-up. The calls of
``Dateline.answer`` are followed by ``sys.setprofile``. A module change is a call whose nearest caller inside ``bot``
and ``retrieval`` is in another module; a generator that goes on is a call, too. A pipeline run is a call of the
function that takes a question from parsing to the reply once. What is loaded or remembered on the first question of a
process is not counted: another question is put before.

``--checkout`` measures the packages of another checkout, in a process of its own, so that two states of the code can
be compared.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

PACKAGES = ("bot", "retrieval")
TODAY = date(2022, 1, 7)
WARMING = "Who is the president of Kazakhstan?"
QUESTIONS = ("When did the unrest reach Almaty?", "And in Aktobe?")
PIPELINES = (
    ("bot.answering.pipeline", ("_run", "_answer", "run_once", "answer_once", "run", "_answer_once")),
    ("bot.answering.answerer", ("_answer",)),
)
"""Where the function that runs the pipeline once is or was: modules, and names from the most particular on."""
TERMINALS = ("bot.terminal.session", "bot.terminal")
PARSERS = frozenset({"parse_question", "read"})
"""What parses a question; it is counted instead, where the pipeline's function has yet another name."""


class Calls:
    """The calls inside the packages while it is entered."""

    def __init__(self) -> None:
        self.calls = 0
        self.changes: Counter[tuple[str, str]] = Counter()
        self.modules: set[str] = set()
        self.by_code: dict[CodeType, int] = {}

    def __enter__(self) -> Calls:
        sys.setprofile(self._follow)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _follow(self, frame: FrameType, event: str, _argument: object) -> None:
        module = _module(frame)
        if event != "call" or not _is_ours(module):
            return
        self.calls += 1
        self.modules.add(module)
        self.by_code[frame.f_code] = self.by_code.get(frame.f_code, 0) + 1
        caller = _caller(frame)
        if caller is not None and caller != module:
            self.changes[caller, module] += 1

    def figures(self, runs: frozenset[CodeType]) -> dict[str, int]:
        """The counts by name; ``runs`` are the codes of the functions whose calls are pipeline runs."""
        return {
            "modules entered": len(self.modules),
            "module changes": self.changes.total(),
            "functions": len(self.by_code),
            "calls": self.calls,
            "pipeline runs": sum(count for code, count in self.by_code.items() if code in runs),
        }


class MeasuredService:
    """A Dateline whose answers are followed; everything else is passed on."""

    def __init__(self, dateline: Any) -> None:
        self._dateline = dateline
        self.calls = Calls()

    def answer(self, *positional: Any, **named: Any) -> Any:
        with Calls() as self.calls:
            return self._dateline.answer(*positional, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dateline, name)


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES


def _caller(frame: FrameType) -> str | None:
    """The module of the nearest caller inside the packages."""
    above = frame.f_back
    while above is not None and not _is_ours(_module(above)):
        above = above.f_back
    return None if above is None else _module(above)


def pipeline() -> frozenset[CodeType]:
    """The code of the function that runs the pipeline once; of the question parser where no known name is there."""
    for place, names in PIPELINES:
        try:
            module = importlib.import_module(place)
        except ModuleNotFoundError:
            continue
        functions = _functions(module)
        for name in names:
            if name in functions:
                return frozenset({functions[name]})
        return frozenset(
            value.__code__ for name, value in vars(module).items() if name in PARSERS and hasattr(value, "__code__")
        )
    return frozenset()


def _functions(module: Any) -> Mapping[str, CodeType]:
    """The functions that a module defines, and the methods of its classes, by their bare names."""
    classes = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
    members: list[tuple[str, Callable[..., object]]] = [
        (name, value) for owner in (module, *classes) for name, value in vars(owner).items()
    ]
    return {
        name: value.__code__
        for name, value in members
        if hasattr(value, "__code__") and getattr(value, "__module__", None) == module.__name__
    }


def terminal_reply() -> Callable[..., Any]:
    """The terminal's reply to a line, which hands the conversation on as any chat does: ``(text, state)``."""
    for place in TERMINALS:
        try:
            return importlib.import_module(place).reply  # type: ignore[no-any-return]
        except ModuleNotFoundError:
            continue
    raise SystemExit("This checkout has no terminal that replies to a line.")


def measured(questions: Sequence[str], pairs: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """The figures of each question over a new data folder with the seed articles; ``pairs`` counts the changes."""
    from bot import bootstrap
    from bot.settings import Settings

    reply = terminal_reply()
    with TemporaryDirectory() as folder:
        dateline = bootstrap.build(Settings(data_dir=Path(folder)))
        dateline.answer(WARMING, TODAY)
        service, runs, state, found = MeasuredService(dateline), pipeline(), None, {}
        for question in questions:
            state = reply(service, question, TODAY, state)[1]
            found[question] = service.calls.figures(runs)
            pairs.update(service.calls.changes)
        dateline.close()
    return found


def of_checkout(folder: Path, arguments: Sequence[str]) -> str:
    """What this program prints over another checkout's packages, in a process that has its folder on the path."""
    command = [sys.executable, "-P", str(Path(__file__).resolve()), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(folder.resolve())}
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def table(figures: Mapping[str, Mapping[str, int]]) -> Sequence[str]:
    """The figures as Markdown, a row for each question."""
    names = list(next(iter(figures.values())))
    lines = [[question, *(f"{row[name]:,}" for name in names)] for question, row in figures.items()]
    cells = [["question", *names], ["---", *("---:" for _ in names)], *lines]
    return [f"| {' | '.join(line)} |" for line in cells]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", default=QUESTIONS, metavar="QUESTION", help="a conversation")
    parser.add_argument("--checkout", type=Path, metavar="FOLDER", help="measure the packages of this checkout")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.add_argument("--pairs", type=int, default=0, metavar="N", help="print the N most frequent module changes")
    options = parser.parse_args()
    if options.checkout:
        print(of_checkout(options.checkout, [*_repeated(options), *options.questions]), end="")
        return
    pairs: Counter[tuple[str, str]] = Counter()
    figures = measured(options.questions, pairs)
    print(json.dumps(figures) if options.json else "\n".join(table(figures)))
    for (caller, called), count in pairs.most_common(options.pairs):
        print(f"{count:6} {caller} -> {called}")


def _repeated(options: argparse.Namespace) -> Sequence[str]:
    """The options that the process over another checkout gets as well."""
    return [*(["--json"] if options.json else []), "--pairs", str(options.pairs)]


if __name__ == "__main__":
    main()
