"""The conversation in a terminal or through a pipe, one question or command a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple, Protocol, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.answering.dates import day_in_words
from bot.answering.dialogue.state import DialogueState, state_after
from bot.answering.models import Trace
from bot.answering.response.text import label, to_plain
from retrieval.errors import UnknownArticle
from retrieval.models import Article, CorpusProfile, Header

PROMPT = "> "
QUIT, NEW, ASK = "/quit", "/new", "/ask"


class TerminalService(Protocol):
    """What the terminal needs of Dateline."""

    def answer(self, text: str, today: date | None = None, *, previous: DialogueState | None = None) -> Trace: ...

    def profile(self) -> CorpusProfile: ...

    def headers(self) -> tuple[Header, ...]: ...

    def article(self, article_id: str) -> Article: ...


class TerminalReply(NamedTuple):
    """The text of a reply, and the dialogue state after it; None where there is no conversation to go on from."""

    text: str
    state: DialogueState | None


def converse(service: TerminalService, lines: TextIO, out: TextIO, clock: Callable[[], date] = date.today) -> None:
    """Answer each line until the lines end or one is /quit; welcome and prompt appear only where a person types."""
    interactive = lines.isatty() and out.isatty()
    if interactive:
        _write(out, _render("welcome", profile=service.profile()))
    state: DialogueState | None = None
    for line in _typed_lines() if interactive else lines:
        text = line.strip()
        if text.casefold() == QUIT:
            return
        if text:
            answer = reply(service, text, clock(), state)
            state = answer.state
            _write(out, answer.text)


def reply(service: TerminalService, text: str, today: date, state: DialogueState | None = None) -> TerminalReply:
    """The reply to one line: a command where it begins with a slash, else a question in the conversation ``state``."""
    command, _, rest = text.partition(" ")
    command, rest = command.casefold(), rest.strip()
    if command == ASK and rest:
        return _answer(service, rest, today, state)
    if text.startswith("/"):
        return TerminalReply(text=_run_command(service, command, rest), state=None if command == NEW else state)
    return _answer(service, text, today, state)


def _answer(service: TerminalService, question: str, today: date, state: DialogueState | None) -> TerminalReply:
    trace = service.answer(question, today, previous=state)
    return TerminalReply(text=to_plain(trace.reply), state=state_after(trace, state))


def _run_command(service: TerminalService, command: str, rest: str) -> str:
    commands: dict[str, Callable[[], str]] = {
        "/start": lambda: _render("welcome", profile=service.profile()),
        "/help": lambda: _render("help"),
        "/about": lambda: _render("about", profile=service.profile()),
        "/sources": lambda: _render("sources", headers=service.headers()),
        "/article": lambda: _article(service, rest),
        NEW: lambda: _render("new"),
        ASK: lambda: _render("help"),
    }
    run = commands.get(command)
    return run() if run else _render("unknown", command=command)


def _article(service: TerminalService, article_id: str) -> str:
    if not article_id:
        return _render("which_article")
    try:
        return _render("article", article=service.article(article_id))
    except UnknownArticle:
        return _render("no_article", id=article_id)


def _typed_lines() -> Iterator[str]:
    """The lines that a person types, with a prompt before each, until the end of input."""
    while True:
        try:
            yield input(PROMPT)
        except EOFError:
            print()
            return


def _write(out: TextIO, text: str) -> None:
    out.write(f"{text}\n\n")
    out.flush()


def _render(name: str, **values: object) -> str:
    macro: Callable[..., str] = getattr(_templates(), name)
    return str(macro(**values))


@cache
def _templates() -> object:
    environment = Environment(loader=PackageLoader("bot.terminal"), undefined=StrictUndefined, autoescape=False)
    environment.filters.update(label=label, day=day_in_words)
    return environment.get_template("terminal.txt").module
