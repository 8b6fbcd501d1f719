"""Updates as they come from Telegram, handled once and in the right place."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.chat.features import ChatServices
from bot.chat.handlers.messages import QuestionHandler
from bot.chat.operations.error_handler import QUIET, ErrorHandler
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.sender import Sender
from bot.chat.transport.update_log import UpdateLog
from tests.chat.conftest import Shelved
from tests.chat.telegram_bodies import CHANNEL, DM, GROUP, QUESTION, US, message
from tests.factories import SENTENCE, make_article


class Conversation:
    """A conversation over a Dateline in memory and a bot in memory."""

    def __init__(self, telegram: Any, state: Any, memory: Any) -> None:
        self.telegram, self.dateline = telegram, Shelved([make_article()])
        self.now = 1000.0
        self.waits: dict[int, int] = {}
        self.numbers = iter(range(1, 100))
        sender = Sender(telegram, state, asyncio.Event(), delays=())
        self.journal = UpdateLog(state)
        self.failures = ErrorHandler(sender, self.journal, Metrics(), clock=lambda: self.now)
        self.worker = ThreadPoolExecutor(1)
        services = ChatServices(
            settings=None,
            service=self.dateline,
            deliveries=state,
            sender=sender,
            worker=self.worker,
            database=memory,
            expected_wait=self.waits.get,
        )
        self.handler = QuestionHandler(services)

    def receive(self, body: dict[str, Any], kind: str = "message", number: int | None = None) -> None:
        update = Update.de_json({"update_id": number or next(self.numbers), kind: body}, None)
        context = SimpleNamespace(bot=self.telegram, error=None)

        async def handle() -> None:
            try:
                await self.handler.on_message(update, context)
            except Exception as error:
                context.error = error
                await self.failures.on_error(update, context)

        asyncio.run(handle())

    def texts(self) -> list[str]:
        return self.telegram.texts()


@pytest.fixture
def conversation(telegram, state, memory):
    conversation = Conversation(telegram, state, memory)
    yield conversation
    conversation.worker.shutdown()


def test_a_question_is_answered_on_the_day_it_was_asked(conversation):
    conversation.receive(message(date=1641470400))
    ((asked, today, _),) = conversation.dateline.asked
    assert (asked, today) == (QUESTION, date(2022, 1, 6))
    (text,) = conversation.texts()
    assert SENTENCE in text


def test_an_old_question_is_answered_with_its_time_in_a_direct_chat_and_skipped_elsewhere(conversation):
    asked = int(datetime(2022, 1, 6, 14, 5, tzinfo=UTC).timestamp())
    conversation.receive(message(date=asked))
    (text,) = conversation.texts()
    assert text.startswith("<i>You asked this on 6 January 2022 at 14:05 UTC, while I was offline.</i>\n\n")
    assert SENTENCE in text
    conversation.receive(message(f"/ask {QUESTION}", GROUP, date=asked))
    conversation.receive(message(f"/ask {QUESTION}", CHANNEL, date=asked), "channel_post")
    assert len(conversation.texts()) == 1


@pytest.mark.parametrize("kind", ["message", "channel_post"])
def test_an_edited_question_edits_its_answer(conversation, kind):
    chat = CHANNEL if kind == "channel_post" else GROUP
    conversation.receive(message(f"/ask {QUESTION}", chat), kind)
    conversation.receive(message("/ask unknown words", chat, edit_date=int(time.time())), f"edited_{kind}")
    assert len(conversation.texts()) == 1
    assert SENTENCE not in conversation.texts()[0]


def test_an_edit_that_makes_a_fresh_message_a_question_is_answered(conversation):
    conversation.receive(message(QUESTION, GROUP))
    conversation.receive(message(f"/ask {QUESTION}", GROUP, edit_date=int(time.time())), "edited_message")
    assert len(conversation.texts()) == 1


def test_an_edit_of_an_old_message_that_was_never_answered_is_left_alone(conversation):
    conversation.receive(message(date=int(time.time()) - 90_000, edit_date=int(time.time())), "edited_message")
    assert conversation.texts() == []


def test_a_question_repeated_in_a_group_is_pointed_to_its_answer(conversation):
    for number, asked in ((5, QUESTION), (6, QUESTION.upper()), (7, "What about Dover?")):
        conversation.receive(message(f"/ask {asked}", GROUP, number))
    first, second, third = conversation.texts()
    assert SENTENCE in first and SENTENCE in third
    assert second.startswith("Answered a moment ago") and SENTENCE not in second
    conversation.receive(message(f"/ask {QUESTION}", DM, 8))
    conversation.receive(message(f"/ask {QUESTION}", DM, 9))
    assert sum(SENTENCE in text for text in conversation.texts()) == 4


def test_an_edit_of_a_pointed_question_gets_its_answer(conversation):
    conversation.receive(message(f"/ask {QUESTION}", GROUP, 5))
    conversation.receive(message(f"/ask {QUESTION}", GROUP, 6))
    conversation.receive(message("/ask What about Dover?", GROUP, 6, edit_date=int(time.time())), "edited_message")
    assert [SENTENCE in text for text in conversation.texts()] == [True, True]


def test_a_group_is_notified_when_its_next_answers_have_to_wait(conversation):
    conversation.waits.update({GROUP["id"]: 42, DM["id"]: 42})
    conversation.receive(message(f"/ask {QUESTION}", GROUP))
    conversation.receive(message(QUESTION, DM))
    told, direct = conversation.texts()
    assert told.startswith("<i>Many questions at once") and "about 42 seconds" in told and SENTENCE in told
    assert "Many questions" not in direct


def test_an_album_gets_one_remark(conversation):
    for number in range(3):
        photo = [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]
        conversation.receive(message(None, number=number + 1, photo=photo, media_group_id="album"))
    assert len(conversation.texts()) == 1


def test_service_messages_are_ignored(conversation):
    conversation.receive(message(None, GROUP, new_chat_members=[US]))
    conversation.receive(message(None, GROUP, migrate_from_chat_id=-5))
    conversation.receive(message(None, DM, group_chat_created=True))
    assert conversation.texts() == []


def test_a_failure_gets_one_apology_a_minute_and_never_a_trace(conversation, caplog):
    def fail(text: str, today: date | None = None, **more: object) -> None:
        raise RuntimeError("secret detail")

    conversation.dateline.answer = fail
    for number in (5, 6):
        conversation.receive(message(number=number))
    assert len(conversation.texts()) == 1
    assert "Sorry" in conversation.texts()[0] and "secret" not in conversation.texts()[0]
    conversation.now += QUIET
    conversation.receive(message(number=7))
    assert len(conversation.texts()) == 2
    assert caplog.text.count("RuntimeError: secret detail") == 3


def test_a_question_that_failed_is_answered_in_place_of_the_apology_when_it_is_edited(conversation):
    answer, conversation.dateline.answer = conversation.dateline.answer, None
    conversation.receive(message())
    conversation.dateline.answer = answer
    conversation.receive(message(edit_date=int(time.time())), "edited_message")
    (text,) = conversation.texts()
    assert SENTENCE in text


def test_what_telegram_refuses_is_not_apologised_for(conversation, telegram):
    for number, error in enumerate((Forbidden("bot was blocked by the user"), BadRequest("no rights"))):
        telegram.failures = [error]
        conversation.receive(message(number=number + 5))
    assert conversation.texts() == []
    assert len(telegram.calls) == 2


@pytest.mark.parametrize("error", [NetworkError("the connection broke"), TimedOut(), RetryAfter(3600)])
def test_an_update_that_only_the_connection_failed_at_waits_for_another_try(conversation, telegram, error):
    body = {"update_id": 7, "message": message()}
    conversation.journal.accept([body])
    telegram.failures = [error]
    conversation.receive(body["message"], number=7)
    conversation.journal.finish(7)
    assert conversation.texts() == []
    assert conversation.journal.take_postponed() == (body,)


def test_connection_errors_are_logged_once_a_minute(conversation, caplog):
    for _ in range(5):
        conversation.failures.on_polling_error(NetworkError("no connection"))
        conversation.failures.on_polling_error(Conflict("terminated by other getUpdates request"))
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "Another process uses this bot's token" in caplog.text
