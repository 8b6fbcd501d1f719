"""A Telegram bot that lives in memory."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.answering.dialogue.state import DialogueState, NamedEntity
from bot.answering.models import Trace
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.delivery_database import DeliveryDatabase
from retrieval.documents.passages import split_passages
from retrieval.models import Analysis, CorpusProfile, Mention, Passage
from tests.factories import FakeDateline, make_answer, make_closest, make_question, make_silence


class Shelved(FakeDateline):
    """Dateline in memory over articles that are split into passages; the answer is a whole article."""

    changed = False

    def answer(
        self,
        text: str,
        today: date | None = None,
        *,
        previous: DialogueState | None = None,
        expired: DialogueState | None = None,
        always: bool = False,
    ) -> Trace:
        """A question that finds nothing is asked again about what was asked before, if anything was."""
        self.asked.append((text, today, always))
        if expired is not None and not self.hits(text, 1):
            alone = self.answer(text, today)
            return alone.model_copy(update={"expired": self.answer(text, today, previous=expired).reply.carried})
        carried = (previous.question,) if previous and not self.hits(text, 1) else ()
        resumed = " ".join((text, *carried)) or " "
        question = make_question(resumed).model_copy(update={"carried": carried, "analysis": Analysis(text=resumed)})
        if not (hits := self.hits(resumed, 1)):
            silence = make_silence(text or " ").model_copy(update={"carried": carried})
            return Trace(text=text, question=question, reply=silence)
        return Trace(text=text, question=question, reply=make_answer(question, self.articles[hits[0].header.id]))

    def state_about(self, words: str, mentions: tuple[Mention, ...] = ()) -> DialogueState:
        return DialogueState(question=words, said=(NamedEntity(text=words),))

    def refresh(self) -> bool:
        return self.changed

    def passages_of(self, article_id: str) -> tuple[Passage, ...]:
        return split_passages(self.article(article_id))

    def profile(self) -> CorpusProfile:
        newest = self.headers()
        last = max((header.published.day for header in newest if header.published), default=None)
        return CorpusProfile(articles=len(newest), newest=newest[:5], first=last, last=last)


class Unsure(Shelved):
    """Dateline in memory that claims nothing: it shows every article as the closest."""

    def answer(self, text: str, today: date | None = None, **options: Any) -> Trace:
        return Trace(text=text, reply=make_closest(*self.articles.values(), text=text))


class FakeBot:
    """Keeps what it is told to send; each call first raises what is next in ``failures``.

    A failure marked as late is raised after the call was carried out, as when a confirmation is lost.
    """

    id, username = 700000001, "lab_bot"

    def __init__(self) -> None:
        self.messages: dict[int, dict[str, Any]] = {}
        self.calls: list[tuple[str, int]] = []
        self.failures: list[Exception | None] = []
        self.late: list[Exception | None] = []
        self.next_id = 100
        self.files: dict[str, bytes] = {}

    async def send_message(self, chat_id: int, text: str, **options: Any) -> SimpleNamespace:
        options.pop("rate_limit_args").before()
        self._begin("send", self.next_id)
        number, self.next_id = self.next_id, self.next_id + 1
        self.messages[number] = {"chat_id": chat_id, "text": text, **options}
        self._end()
        return SimpleNamespace(message_id=number)

    async def edit_message_text(self, text: str, chat_id: int, message_id: int, **options: Any) -> None:
        self._begin("edit", message_id)
        if message_id not in self.messages:
            raise BadRequest("Message to edit not found")
        if self.messages[message_id]["text"] == text:
            raise BadRequest("Message is not modified: specified new message content is exactly the same")
        self.messages[message_id] |= {"text": text, **options}
        self._end()

    async def delete_message(self, chat_id: int, message_id: int) -> None:
        self._begin("delete", message_id)
        if message_id not in self.messages:
            raise BadRequest("Message to delete not found")
        del self.messages[message_id]

    async def get_file(self, file_id: str, **options: Any) -> SimpleNamespace:
        async def download() -> bytearray:
            return bytearray(self.files[file_id])

        return SimpleNamespace(download_as_bytearray=download)

    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages.values()]

    def _begin(self, name: str, number: int) -> None:
        self.calls.append((name, number))
        _raise_next(self.failures)

    def _end(self) -> None:
        _raise_next(self.late)


def _raise_next(failures: list[Exception | None]) -> None:
    if failures and (failure := failures.pop(0)):
        raise failure


@pytest.fixture
def telegram() -> FakeBot:
    return FakeBot()


@pytest.fixture
def state(tmp_path):
    with DeliveryDatabase(tmp_path / "chat.sqlite3") as memory:
        yield memory


@pytest.fixture
def memory(tmp_path):
    with ChatDatabase(tmp_path / "memory.sqlite3") as kept:
        yield kept
