"""What the chat needs of the rest of Dateline."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.answering.conversation import Turn
from bot.answering.models import Trace
from retrieval.models import Article, CorpusProfile, Header, Hit, Mention, Passage


class Service(Protocol):
    """Questions answered and articles read; called from a worker thread, one call at a time."""

    def answer(self, text: str, today: date | None, *, previous: Turn | None = None) -> Trace:
        """What the articles say to a question asked on a day, after the talk before it."""

    def turn_about(self, words: str, mentions: tuple[Mention, ...] = ()) -> Turn:
        """The talk that words which somebody points at would leave; ``mentions`` are those known of the words."""

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question or to words, best first, ``limit`` at most."""

    def profile(self) -> CorpusProfile:
        """What the corpus covers."""

    def headers(self) -> tuple[Header, ...]:
        """Every article's header, newest first."""

    def article(self, article_id: str) -> Article:
        """The article of an id. Raises UnknownArticle."""

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of an article, in order. Raises UnknownArticle."""

    def remove(self, article_id: str) -> None:
        """Take an article out of every answer. Raises UnknownArticle."""

    def refresh(self) -> bool:
        """Take up what another process changed in the articles; whether there was anything."""
