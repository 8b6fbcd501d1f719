"""What every command is handed, and what their arguments have in common."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.bootstrap import Dateline
from bot.cli import progress
from bot.cli.question_files import BadLine, QuestionLine, read
from bot.settings import Settings

Build = Callable[..., Dateline]
Register = Callable[..., ArgumentParser]

FINE, REFUSED, MISUSED = 0, 1, 2


class UsageError(Exception):
    """A command was called in a way that cannot be meant; the message says what to do."""


@dataclass(frozen=True)
class CommandContext:
    """One call of the command line."""

    options: Namespace
    settings: Settings
    build: Build

    @contextmanager
    def opened(self, elsewhere: Path | None = None) -> Iterator[Dateline]:
        """Dateline over the data folder, or over an empty one ``elsewhere``; closed at the end."""
        settings = self.settings.model_copy(update={"data_dir": elsewhere}) if elsewhere else self.settings
        dateline = self.build(settings, empty=self.options.empty or elsewhere is not None)
        try:
            yield dateline
        finally:
            dateline.close()


def complain(message: object) -> None:
    """Say one line on stderr."""
    print(" ".join(str(message).split()), file=sys.stderr)


def add_words(command: ArgumentParser, name: str) -> None:
    """Let a command take words, or a file of them, with the day that counts as today."""
    command.add_argument("words", nargs="*", metavar=name)
    command.add_argument("--json", action="store_true", help="write JSON")
    command.add_argument(
        "--batch", type=Path, metavar="FILE", help="read JSON lines and write one for each (- is stdin)"
    )
    command.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="the day that 'last week' is counted from")


def words(options: Namespace) -> str | None:
    """The words that were typed, or None where a file of them is named. Raises UsageError for both or neither."""
    if options.batch and options.words:
        raise UsageError("give either words or --batch FILE, not both")
    if not options.batch and not options.words:
        raise UsageError("there is nothing to look for; give words or --batch FILE")
    return None if options.batch else as_text(" ".join(options.words))


def today(options: Namespace) -> date:
    return options.today or date.today()


def lines(path: Path, names: tuple[str, ...], refused: list[BadLine]) -> Iterator[QuestionLine]:
    """The good lines of a file, watched; the bad ones are told and collected in ``refused``."""
    for line in progress.watched(list(read(path, names)), path.name):
        if isinstance(line, BadLine):
            complain(line)
            refused.append(line)
        else:
            yield line


def as_text(typed: str) -> str:
    """Typed words, bytes that are not UTF-8 shown as the replacement character."""
    return typed.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2022-01-06") from None


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)
