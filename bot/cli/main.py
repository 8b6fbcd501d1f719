"""The front door: what can be typed after ``dateline``."""

from __future__ import annotations

import io
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bot import bootstrap, settings
from bot.cli.arguments import MISUSED, Build, CommandContext, UsageError, complain
from bot.cli.commands import articles, ask, backup, evaluate, feedback, fit, search, serve
from bot.cli.question_files import BatchError
from retrieval.errors import RetrievalError

INTERRUPTED, PIPE_CLOSED = 130, 141


class Parser(ArgumentParser):
    """A parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        complain(f"{self.prog}: {message}; see {self.prog} --help")
        sys.exit(MISUSED)


def parser() -> Parser:
    """Everything that can be typed after ``dateline``."""
    front = Parser(prog="dateline", description="Answers questions from news articles, with quotes and citations.")
    front.add_argument("--data", type=Path, metavar="DIR", help="where the articles live (DATELINE_DATA_DIR, ./data)")
    front.add_argument("--empty", action="store_true", help="leave a new data folder empty, without the seed articles")
    commands = front.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    for room in (serve, ask, search, articles, evaluate, fit, feedback, backup):
        room.register(commands.add_parser)
    return front


def main(argv: Sequence[str] | None = None, build: Build = bootstrap.build) -> int:
    """Run one command and return its exit code: 0 fine, 1 some records refused, 2 wrong use."""
    _speak_utf8()
    options = parser().parse_args(argv)
    try:
        code: int = options.command(CommandContext(options, settings.load(options.data), build))
        sys.stdout.flush()
    except (UsageError, BatchError, settings.SettingsError, RetrievalError) as error:
        complain(f"dateline: {error}")
        return MISUSED
    except BrokenPipeError:
        _forget_stdout()
        return PIPE_CLOSED
    except OSError as error:
        complain(f"dateline: {error.filename or 'files'}: {(error.strerror or 'cannot be used').lower()}")
        return MISUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the locale, and take bytes that are none as the replacement character."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _forget_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush finds no closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
