"""The same conversation as in Telegram, in a terminal or through a pipe."""

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
    """What the conversation needs of Dateline."""

    def answer(self, text: str, today: date | None = None, *, previous: DialogueState | None = None) -> Trace: ...

    def profile(self) -> CorpusProfile: ...

    def headers(self) -> tuple[Header, ...]: ...

    def article(self, article_id: str) -> Article: ...


class TerminalReply(NamedTuple):
    """What was said to a line, and what the conversation is about from then on."""

    words: str
    talk: DialogueState | None


def converse(service: TerminalService, lines: TextIO, out: TextIO, clock: Callable[[], date] = date.today) -> None:
    """Answer each line until the lines end or one says /quit; prompts are shown only where a person types."""
    typed = lines.isatty() and out.isatty()
    if typed:
        _say(out, _word("welcome", profile=service.profile()))
    talk: DialogueState | None = None
    for line in _prompted() if typed else lines:
        text = line.strip()
        if text.casefold() == QUIT:
            return
        if text:
            said = reply(service, text, clock(), talk)
            talk = said.talk
            _say(out, said.words)


def reply(service: TerminalService, text: str, today: date, talk: DialogueState | None = None) -> TerminalReply:
    """What is said to one line: to a command by its name, to anything else as a question in its ``talk``."""
    command, _, rest = text.partition(" ")
    command, rest = command.casefold(), rest.strip()
    if command == ASK and rest:
        return _answer(service, rest, today, talk)
    if text.startswith("/"):
        return TerminalReply(words=_obey(service, command, rest), talk=None if command == NEW else talk)
    return _answer(service, text, today, talk)


def _answer(service: TerminalService, question: str, today: date, talk: DialogueState | None) -> TerminalReply:
    trace = service.answer(question, today, previous=talk)
    return TerminalReply(words=to_plain(trace.reply), talk=state_after(trace, talk))


def _obey(service: TerminalService, command: str, rest: str) -> str:
    commands: dict[str, Callable[[], str]] = {
        "/start": lambda: _word("welcome", profile=service.profile()),
        "/help": lambda: _word("help"),
        "/about": lambda: _word("about", profile=service.profile()),
        "/sources": lambda: _word("sources", headers=service.headers()),
        "/article": lambda: _article(service, rest),
        NEW: lambda: _word("new"),
        ASK: lambda: _word("help"),
    }
    obey = commands.get(command)
    return obey() if obey else _word("unknown", command=command)


def _article(service: TerminalService, article_id: str) -> str:
    if not article_id:
        return _word("which_article")
    try:
        return _word("article", article=service.article(article_id))
    except UnknownArticle:
        return _word("no_article", id=article_id)


def _prompted() -> Iterator[str]:
    """The lines a person types, until the end of input."""
    while True:
        try:
            yield input(PROMPT)
        except EOFError:
            print()
            return


def _say(out: TextIO, text: str) -> None:
    out.write(f"{text}\n\n")
    out.flush()


def _word(name: str, **values: object) -> str:
    macro: Callable[..., str] = getattr(_templates(), name)
    return str(macro(**values))


@cache
def _templates() -> object:
    environment = Environment(loader=PackageLoader("bot.terminal"), undefined=StrictUndefined, autoescape=False)
    environment.filters.update(label=label, day=day_in_words)
    return environment.get_template("terminal.txt").module
