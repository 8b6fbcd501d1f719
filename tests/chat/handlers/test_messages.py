"""Updates as they come from Telegram, handled once and in the right place."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Message, Update
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.chat.features import ChatServices
from bot.chat.handlers.messages import QuestionHandlers
from bot.chat.incoming import adapters
from bot.chat.operations.error_handler import QUIET, ErrorHandler
from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.sender import Sender
from bot.chat.transport.update_log import UpdateLog
from bot.chat.types import Place
from tests.chat.conftest import Shelved
from tests.factories import SENTENCE, make_article

US = {"id": 700000001, "is_bot": True, "first_name": "Lab bot", "username": "lab_bot"}
ALICE = {"id": 1001, "is_bot": False, "first_name": "Alice"}
DM = {"id": 1001, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Readers"}
CHANNEL = {"id": -200, "type": "channel", "title": "News"}
QUESTION = "When did the ferry reach Dover?"


def message(text: str | None = QUESTION, chat: dict[str, Any] = DM, number: int = 5, **more: Any) -> dict[str, Any]:
    body = {"message_id": number, "date": int(time.time()), "chat": chat, **more}
    if chat is not CHANNEL:
        body = {"from": ALICE} | body
    return body | ({"text": text} if text else {})


def parsed(**body: Any) -> Message:
    found = Message.de_json(message(**body), None)
    assert found is not None
    return found


class Talk:
    """A conversation over a Dateline in memory and a bot in memory."""

    def __init__(self, telegram: Any, state: Any, memory: Any) -> None:
        self.telegram, self.dateline = telegram, Shelved([make_article()])
        self.now = 1000.0
        self.pauses: dict[int, int] = {}
        self.numbers = iter(range(1, 100))
        delivery = Sender(telegram, state, asyncio.Event(), delays=())
        self.journal = UpdateLog(state)
        self.failures = ErrorHandler(delivery, self.journal, Metrics(), clock=lambda: self.now)
        self.worker = ThreadPoolExecutor(1)
        desk = ChatServices(
            settings=None,
            service=self.dateline,
            state=state,
            delivery=delivery,
            worker=self.worker,
            memory=memory,
            pause=self.pauses.get,
        )
        self.conversation = QuestionHandlers(desk)

    def hear(self, body: dict[str, Any], kind: str = "message", number: int | None = None) -> None:
        update = Update.de_json({"update_id": number or next(self.numbers), kind: body}, None)
        context = SimpleNamespace(bot=self.telegram, error=None)

        async def handle() -> None:
            try:
                await self.conversation.on_message(update, context)
            except Exception as error:
                context.error = error
                await self.failures.on_error(update, context)

        asyncio.run(handle())

    def texts(self) -> list[str]:
        return self.telegram.texts()


@pytest.fixture
def talk(telegram, state, memory):
    talk = Talk(telegram, state, memory)
    yield talk
    talk.worker.shutdown()


def test_a_question_is_answered_on_the_day_it_was_asked(talk):
    talk.hear(message(date=1641470400))
    ((asked, today, _),) = talk.dateline.asked
    assert (asked, today) == (QUESTION, date(2022, 1, 6))
    (text,) = talk.texts()
    assert SENTENCE in text


def test_an_old_question_is_answered_with_its_time_in_a_direct_chat_and_skipped_elsewhere(talk):
    asked = int(datetime(2022, 1, 6, 14, 5, tzinfo=UTC).timestamp())
    talk.hear(message(date=asked))
    (text,) = talk.texts()
    assert text.startswith("<i>You asked this on 6 January 2022 at 14:05 UTC, while I was away.</i>\n\n")
    assert SENTENCE in text
    talk.hear(message(f"/ask {QUESTION}", GROUP, date=asked))
    talk.hear(message(f"/ask {QUESTION}", CHANNEL, date=asked), "channel_post")
    assert len(talk.texts()) == 1


@pytest.mark.parametrize("kind", ["message", "channel_post"])
def test_an_edited_question_edits_its_answer(talk, kind):
    chat = CHANNEL if kind == "channel_post" else GROUP
    talk.hear(message(f"/ask {QUESTION}", chat), kind)
    talk.hear(message("/ask unknown words", chat, edit_date=int(time.time())), f"edited_{kind}")
    assert len(talk.texts()) == 1
    assert SENTENCE not in talk.texts()[0]


def test_an_edit_that_makes_a_fresh_message_a_question_is_answered(talk):
    talk.hear(message(QUESTION, GROUP))
    talk.hear(message(f"/ask {QUESTION}", GROUP, edit_date=int(time.time())), "edited_message")
    assert len(talk.texts()) == 1


def test_an_edit_of_an_old_message_that_was_never_answered_is_left_alone(talk):
    talk.hear(message(date=int(time.time()) - 90_000, edit_date=int(time.time())), "edited_message")
    assert talk.texts() == []


def test_a_question_repeated_in_a_group_is_pointed_to_its_answer(talk):
    for number, asked in ((5, QUESTION), (6, QUESTION.upper()), (7, "What about Dover?")):
        talk.hear(message(f"/ask {asked}", GROUP, number))
    first, second, third = talk.texts()
    assert SENTENCE in first and SENTENCE in third
    assert second.startswith("Answered a moment ago") and SENTENCE not in second
    talk.hear(message(f"/ask {QUESTION}", DM, 8))
    talk.hear(message(f"/ask {QUESTION}", DM, 9))
    assert sum(SENTENCE in text for text in talk.texts()) == 4


def test_an_edit_of_a_pointed_question_gets_its_answer(talk):
    talk.hear(message(f"/ask {QUESTION}", GROUP, 5))
    talk.hear(message(f"/ask {QUESTION}", GROUP, 6))
    talk.hear(message("/ask What about Dover?", GROUP, 6, edit_date=int(time.time())), "edited_message")
    assert [SENTENCE in text for text in talk.texts()] == [True, True]


def test_a_group_is_told_when_its_next_answers_have_to_wait(talk):
    talk.pauses.update({GROUP["id"]: 42, DM["id"]: 42})
    talk.hear(message(f"/ask {QUESTION}", GROUP))
    talk.hear(message(QUESTION, DM))
    told, direct = talk.texts()
    assert told.startswith("<i>Many questions at once") and "about 42 seconds" in told and SENTENCE in told
    assert "Many questions" not in direct


def test_an_album_gets_one_remark(talk):
    for number in range(3):
        photo = [{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}]
        talk.hear(message(None, number=number + 1, photo=photo, media_group_id="album"))
    assert len(talk.texts()) == 1


def test_service_messages_are_met_with_silence(talk):
    talk.hear(message(None, GROUP, new_chat_members=[US]))
    talk.hear(message(None, GROUP, migrate_from_chat_id=-5))
    talk.hear(message(None, DM, group_chat_created=True))
    assert talk.texts() == []


def test_a_failure_gets_one_apology_a_minute_and_never_a_trace(talk, caplog):
    def fail(text: str, today: date | None = None, **more: object) -> None:
        raise RuntimeError("secret detail")

    talk.dateline.answer = fail
    for number in (5, 6):
        talk.hear(message(number=number))
    assert len(talk.texts()) == 1
    assert "Sorry" in talk.texts()[0] and "secret" not in talk.texts()[0]
    talk.now += QUIET
    talk.hear(message(number=7))
    assert len(talk.texts()) == 2
    assert caplog.text.count("RuntimeError: secret detail") == 3


def test_a_question_that_failed_is_answered_in_place_of_the_apology_when_it_is_edited(talk):
    answer, talk.dateline.answer = talk.dateline.answer, None
    talk.hear(message())
    talk.dateline.answer = answer
    talk.hear(message(edit_date=int(time.time())), "edited_message")
    (text,) = talk.texts()
    assert SENTENCE in text


def test_what_telegram_refuses_is_not_apologised_for(talk, telegram):
    for number, error in enumerate((Forbidden("bot was blocked by the user"), BadRequest("no rights"))):
        telegram.failures = [error]
        talk.hear(message(number=number + 5))
    assert talk.texts() == []
    assert len(telegram.calls) == 2


@pytest.mark.parametrize("error", [NetworkError("the connection broke"), TimedOut(), RetryAfter(3600)])
def test_an_update_that_only_the_connection_failed_at_waits_for_another_try(talk, telegram, error):
    body = {"update_id": 7, "message": message()}
    talk.journal.accept([body])
    telegram.failures = [error]
    talk.hear(body["message"], number=7)
    talk.journal.finish(7)
    assert talk.texts() == []
    assert talk.journal.take_postponed() == (body,)


def test_trouble_with_the_line_is_told_once_a_minute(talk, caplog):
    for _ in range(5):
        talk.failures.on_polling_error(NetworkError("no connection"))
        talk.failures.on_polling_error(Conflict("terminated by other getUpdates request"))
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "Another process uses this bot's token" in caplog.text


# ---------------------------------------------------------------- facts of a message


@pytest.mark.parametrize(
    ("more", "thread"),
    [
        ({}, None),
        ({"message_thread_id": 7, "is_topic_message": True}, 7),
        ({"message_thread_id": 1, "is_topic_message": True}, None),
        ({"message_thread_id": 44}, None),
    ],
)
def test_the_place_names_a_topic_but_neither_the_general_one_nor_a_thread_of_replies(more, thread):
    assert adapters.place(parsed(chat=GROUP, **more)) == Place(chat_id=-100, question_id=5, thread_id=thread)


def test_a_reply_to_the_start_of_a_topic_is_no_reply_to_the_bot(telegram):
    topic = message(None, GROUP, 2) | {"from": US, "forum_topic_created": {"name": "x", "icon_color": 1}}
    ours = message("an answer", GROUP, 3) | {"from": US}
    others = message("a remark", GROUP, 4)
    nobodys = {key: value for key, value in others.items() if key != "from"}
    found = [adapters.said(parsed(chat=GROUP, reply_to_message=m), telegram) for m in (topic, ours, others, nobodys)]
    assert [said.replies_to_us for said in found] == [False, True, False, False]


def test_names_in_text_and_caption_are_found_by_their_utf16_offsets(telegram):
    entity = {"type": "text_mention", "offset": 3, "length": 7, "user": US}
    for field, entities in (("text", "entities"), ("caption", "caption_entities")):
        body = message(None) | {field: "😀 Lab bot when?", entities: [entity]}
        said = adapters.said(Message.de_json(body, None), telegram)
        (mark,) = said.marks
        assert (mark.text, mark.names_us) == ("Lab bot", True)
        assert said.text == "😀 Lab bot when?"


def test_who_writes_is_told_apart(telegram):
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    said = adapters.said(parsed(chat=GROUP, **{"from": anonymous, "sender_chat": GROUP}), telegram)
    assert (said.from_bot, said.for_chat, said.from_us) == (True, True, False)
    said = adapters.said(parsed(chat=GROUP, **{"from": US, "via_bot": US}), telegram)
    assert (said.from_us, said.via_us) == (True, True)
    said = adapters.said(parsed(chat=CHANNEL, sender_chat=CHANNEL, is_automatic_forward=True), telegram)
    assert (said.from_bot, said.automatic_forward) == (False, True)
