"""What the bot says to what it heard: answers with their buttons, and its own pages. Knows nothing of Telegram."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.answering import wording
from bot.chat import pages
from bot.chat.addressing import Act, Heard
from bot.chat.answers import Answered
from bot.chat.catalogue import DEFAULT, Blocks
from bot.chat.rendering import Part, render
from bot.chat.service import Service
from bot.chat.showing import under_answer
from retrieval.errors import UnknownArticle
from retrieval.models import Record


class Listener(Record):
    """To whom the bot speaks: on which day, in a direct chat or not, and in which language of the catalogue."""

    today: date
    private: bool = True
    language: str = DEFAULT


class Spoken(Record):
    """The messages to send, and what is to be remembered where they are an answer."""

    parts: tuple[Part, ...]
    answered: Answered | None = None


class Speaker:
    """Says something to everything that is heard; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._pages: dict[Act, Callable[[Heard, Listener], Blocks]] = {
            Act.USAGE: lambda heard, to: pages.usage(service.profile(), to.language),
            Act.START: lambda heard, to: pages.start(service.profile(), private=to.private, language=to.language),
            Act.HELP: lambda heard, to: pages.help_page(to.language),
            Act.ABOUT: lambda heard, to: pages.about(service.profile(), to.language),
            Act.SOURCES: lambda heard, to: pages.sources(service.headers(), heard.text, to.language),
            Act.ARTICLE: lambda heard, to: self._article(heard.text, to.language),
            Act.UNKNOWN_COMMAND: lambda heard, to: pages.unknown_command(heard.text, to.language),
            Act.ONLY_TEXT: lambda heard, to: pages.only_text(to.language),
        }

    def speak(self, heard: Heard, to: Listener) -> Spoken:
        """What is said to somebody who said this."""
        if heard.act is Act.ANSWER:
            return self.answer(heard.text, to)
        return Spoken(parts=render(self._pages[heard.act](heard, to)))

    def answer(self, question: str, to: Listener) -> Spoken:
        """The answer to a question, with its buttons."""
        trace = self._service.answer(question, to.today)
        blocks = wording.html_blocks(trace.reply)
        answered = Answered.of(trace, to.today, blocks)
        return Spoken(parts=render(blocks, under_answer(answered, to.language)), answered=answered)

    def _article(self, article_id: str, language: str) -> Blocks:
        if not article_id:
            return pages.article_usage(language)
        try:
            return pages.article(self._service.article(article_id), language)
        except UnknownArticle:
            return pages.unknown_article(article_id, language)
