"""The ``dateline`` command: its parser, and what happens when a command fails."""

from __future__ import annotations

import io
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from bot import bootstrap, settings
from bot.cli.arguments import EXIT_USAGE, Build, CommandContext, UsageError, print_error
from bot.cli.commands import articles, ask, backup, certify, evaluate, feedback, fit, search, serve
from bot.cli.question_files import BatchError
from retrieval.errors import RetrievalError

INTERRUPTED, PIPE_CLOSED = 130, 141


class Parser(ArgumentParser):
    """A parser that reports an error in one line."""

    def error(self, message: str) -> NoReturn:
        print_error(f"{self.prog}: {message}; see {self.prog} --help")
        sys.exit(EXIT_USAGE)


def parser() -> Parser:
    """The parser of ``dateline`` with all its commands."""
    top = Parser(prog="dateline", description="Answers questions from news articles, with quotes and citations.")
    top.add_argument("--data", type=Path, metavar="DIR", help="the data folder (DATELINE_DATA_DIR, else ./data)")
    top.add_argument("--empty", action="store_true", help="begin a new data folder without the seed articles")
    commands = top.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    for module in (serve, ask, search, articles, evaluate, certify, fit, feedback, backup):
        module.register(commands.add_parser)
    return top


def main(argv: Sequence[str] | None = None, build: Build = bootstrap.build) -> int:
    """Run one command and return its exit code: 0 success, 1 some records refused, 2 wrong use."""
    _use_utf8()
    options = parser().parse_args(argv)
    try:
        code: int = options.command(CommandContext(options, settings.load(options.data), build))
        sys.stdout.flush()
    except (UsageError, BatchError, settings.SettingsError, RetrievalError) as error:
        print_error(f"dateline: {error}")
        return EXIT_USAGE
    except BrokenPipeError:
        _discard_stdout()
        return PIPE_CLOSED
    except OSError as error:
        print_error(f"dateline: {error.filename or 'files'}: {(error.strerror or 'cannot be used').lower()}")
        return EXIT_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _use_utf8() -> None:
    """Read and write UTF-8 whatever the locale is; bytes that are not UTF-8 become the replacement character."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _discard_stdout() -> None:
    """Redirect stdout to the null device, so that the flush at exit does not meet the closed pipe again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
