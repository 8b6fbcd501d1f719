"""What the chat needs of the rest of Dateline, and the records that its packages share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, Protocol

from pydantic import SecretStr

from bot.answering.dialogue.state import DialogueState
from bot.answering.models import Trace
from retrieval.models import Article, CorpusProfile, Header, Hit, Mention, Passage, Record


class Service(Protocol):
    """Answers questions and reads articles; called from a worker thread, one call at a time."""

    def answer(
        self,
        text: str,
        today: date | None,
        *,
        previous: DialogueState | None = None,
        expired: DialogueState | None = None,
    ) -> Trace:
        """The reply to a question asked on a day (None: today), after the conversation ``previous``, with its steps.

        ``expired`` is a conversation that ended: the question is answered without it, and the trace names it.
        """

    def state_about(self, words: str, mentions: tuple[Mention, ...] = ()) -> DialogueState:
        """The state of a conversation about words that are quoted; ``mentions`` are those known of the words."""

    def hits(self, text: str, limit: int, today: date | None = None) -> tuple[Hit, ...]:
        """The passages nearest to a question or to words, best first, ``limit`` at most."""

    def profile(self) -> CorpusProfile:
        """What the corpus covers."""

    def reader_digest(self) -> str | None:
        """What names the weights of the extractive reader; None where answers are found by rules alone."""

    def headers(self) -> tuple[Header, ...]:
        """Every article's header, newest first."""

    def article(self, article_id: str) -> Article:
        """The article of an id. Raises UnknownArticle."""

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of an article, in order. Raises UnknownArticle."""

    def remove(self, article_id: str) -> None:
        """Take an article out of every answer. Raises UnknownArticle."""

    def refresh(self) -> bool:
        """Load what another process changed in the articles; returns whether there was anything."""


# the languages of buttons, pages and lines, and the one of a person whose app has another
LANGUAGES: Final = ("en", "tr", "ru")
DEFAULT: Final = "en"


class Recipient(Record):
    """Who is answered: on which day, in a direct chat or not, in which language, and whether briefly.

    ``us`` is the bot's username; ``editors`` says whether there is somebody to send an unanswered question to.
    """

    today: date
    private: bool = True
    language: str = DEFAULT
    brief: bool = False
    us: str = ""
    editors: bool = False


class ChatSettings(Protocol):
    """The settings that the chat reads."""

    @property
    def telegram_bot_token(self) -> SecretStr | None: ...

    @property
    def telegram_api(self) -> str | None: ...

    @property
    def data_dir(self) -> Path: ...

    @property
    def admins(self) -> frozenset[int]: ...

    @property
    def allowed_chats(self) -> frozenset[int]: ...

    @property
    def retention_days(self) -> int: ...

    @property
    def webhook_url(self) -> str | None: ...

    @property
    def webhook_listen(self) -> str: ...

    @property
    def webhook_port(self) -> int: ...

    @property
    def webhook_path(self) -> str | None: ...

    @property
    def webhook_secret(self) -> SecretStr | None: ...

    @property
    def health_port(self) -> int | None: ...

    @property
    def health_listen(self) -> str: ...

    @property
    def log_format(self) -> str: ...

    @property
    def log_level(self) -> str: ...


class Place(Record):
    """Where an answer goes: the chat, the message that it replies to, and the forum topic; ``preface`` comes first."""

    chat_id: int
    question_id: int
    thread_id: int | None = None
    channel: bool = False
    preface: str = ""
