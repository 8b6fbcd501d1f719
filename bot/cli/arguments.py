"""What every command receives (``CommandContext``), and the arguments and exit codes that commands share."""

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
from bot.cli.question_files import BadLine, QuestionLine, read_lines
from bot.settings import Settings

Build = Callable[..., Dateline]
Register = Callable[..., ArgumentParser]

EXIT_OK, EXIT_REFUSED, EXIT_USAGE = 0, 1, 2


class UsageError(Exception):
    """A command was called with arguments that do not fit together; the message says what to do."""


@dataclass(frozen=True)
class CommandContext:
    """One call of the command line: its options, the settings, and the function that builds Dateline."""

    options: Namespace
    settings: Settings
    build: Build

    @contextmanager
    def open_dateline(self, other_folder: Path | None = None) -> Iterator[Dateline]:
        """Dateline over the data folder, or over ``other_folder``, which begins empty; it is closed at the end."""
        settings = self.settings.model_copy(update={"data_dir": other_folder}) if other_folder else self.settings
        dateline = self.build(settings, empty=self.options.empty or other_folder is not None)
        try:
            yield dateline
        finally:
            dateline.close()


def print_error(message: object) -> None:
    """Print a message on stderr as one line."""
    print(" ".join(str(message).split()), file=sys.stderr)


def add_text_arguments(command: ArgumentParser, name: str) -> None:
    """Add the arguments of a command that takes text or a file of texts: ``--json``, ``--batch`` and ``--today``."""
    command.add_argument("words", nargs="*", metavar=name)
    command.add_argument("--json", action="store_true", help="write JSON")
    command.add_argument(
        "--batch", type=Path, metavar="FILE", help="read JSON lines and write one line for each (- is stdin)"
    )
    command.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="the date that counts as today")


def text_argument(options: Namespace) -> str | None:
    """The text that was typed, or None where ``--batch`` names a file. Raises UsageError for both or neither."""
    if options.batch and options.words:
        raise UsageError("give either words or --batch FILE, not both")
    if not options.batch and not options.words:
        raise UsageError("there is nothing to look for; give words or --batch FILE")
    return None if options.batch else decode_argument(" ".join(options.words))


def today(options: Namespace) -> date:
    """The date of ``--today``, else the current date."""
    return options.today or date.today()


def batch_lines(path: Path, names: tuple[str, ...], refused: list[BadLine]) -> Iterator[QuestionLine]:
    """The valid lines of a file, with a progress bar; the others are reported and collected in ``refused``."""
    for line in progress.with_progress(list(read_lines(path, names)), path.name):
        if isinstance(line, BadLine):
            print_error(line)
            refused.append(line)
        else:
            yield line


def decode_argument(argument: str) -> str:
    """An argument of the command line, with bytes that are not UTF-8 replaced by the replacement character."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def day(text: str) -> date:
    """An argument as a date. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2022-01-06") from None


def positive_integer(text: str) -> int:
    """An argument as a whole number from 1 up. Raises ArgumentTypeError."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 up")
    return int(text)
