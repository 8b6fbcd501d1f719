"""An answer is in the chat once, whatever the connection does."""

from __future__ import annotations

import asyncio

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.chat.persistence.delivery_database import SentMessage
from bot.chat.transport.http_client import RequestNotSent
from bot.chat.transport.sender import Sender
from bot.chat.types import Place
from bot.chat.views.buttons import NO_BUTTONS, Button
from bot.chat.views.renderer import JOINER, MessagePart, render

DM = Place(chat_id=1001, question_id=50)
TOPIC = Place(chat_id=-100, question_id=50, thread_id=7)
CHANNEL = Place(chat_id=-200, question_id=50, channel=True)


def parts(*texts: str) -> tuple[MessagePart, ...]:
    return tuple(MessagePart(html=f"<b>{text}</b>", plain=text) for text in texts)


def cut_off() -> NetworkError:
    return NetworkError("the connection broke")


@pytest.fixture
def stopping():
    return asyncio.Event()


@pytest.fixture
def deliver(telegram, state, stopping):
    def run(place: Place, *texts: str) -> None:
        asyncio.run(Sender(telegram, state, stopping, delays=(0.0, 0.0)).deliver(place, parts(*texts)))

    return run


def test_a_message_quotes_its_question_without_a_link_preview(deliver, telegram, state):
    deliver(TOPIC, "yes")
    (message,) = telegram.messages.values()
    assert (message["chat_id"], message["text"], message["parse_mode"]) == (-100, "<b>yes</b>", "HTML")
    assert message["message_thread_id"] == 7
    assert message["reply_parameters"].message_id == 50
    assert message["reply_parameters"].allow_sending_without_reply
    assert message["link_preview_options"].is_disabled
    assert [sent.message_id for sent in state.answer_to(-100, 50)] == [100]


def test_an_answer_of_several_parts_is_sent_in_order(deliver, telegram):
    deliver(DM, "one", "two", "three")
    assert telegram.texts() == ["<b>one</b>", "<b>two</b>", "<b>three</b>"]


def test_a_second_answer_to_a_question_edits_the_first(deliver, telegram):
    deliver(DM, "one", "two")
    deliver(DM, "uno", "two", "tres")
    assert telegram.messages.keys() == {100, 101, 102}
    assert telegram.texts() == ["<b>uno</b>", "<b>two</b>", "<b>tres</b>"]
    assert [name for name, _ in telegram.calls] == ["send", "send", "edit", "send"]


def test_a_shorter_answer_takes_the_surplus_back(deliver, telegram, state):
    deliver(DM, "one", "two", "three")
    deliver(DM, "one")
    assert telegram.texts() == ["<b>one</b>"]
    assert [sent.message_id for sent in state.answer_to(1001, 50)] == [100]


def test_the_same_answer_is_not_sent_again(deliver, telegram):
    deliver(DM, "one")
    deliver(DM, "one")
    assert telegram.calls == [("send", 100)]


def test_an_answer_that_somebody_deleted_is_sent_anew(deliver, telegram, state):
    deliver(DM, "one")
    telegram.messages.clear()
    deliver(DM, "two")
    assert telegram.texts() == ["<b>two</b>"]
    assert [sent.message_id for sent in state.answer_to(1001, 50)] == [101]


def test_an_edit_that_was_made_already_is_fine(deliver, telegram):
    deliver(DM, "one")
    telegram.messages[100]["text"] = "<b>two</b>"
    deliver(DM, "two")
    assert telegram.texts() == ["<b>two</b>"]


@pytest.mark.parametrize("refusal", ["Can't parse entities: unsupported start tag", "ENTITIES_TOO_LONG"])
def test_html_that_is_refused_is_sent_as_plain_text(deliver, telegram, refusal):
    telegram.failures = [BadRequest(refusal)]
    deliver(DM, "one")
    (message,) = telegram.messages.values()
    assert (message["text"], message["parse_mode"]) == ("one", None)
    telegram.failures = [BadRequest(refusal)]
    deliver(DM, "two")
    assert telegram.texts() == ["two"]


def test_any_other_refusal_is_not_tried_again(deliver, telegram, state):
    telegram.failures = [BadRequest("Not enough rights to send text messages to the chat")]
    with pytest.raises(BadRequest, match="rights"):
        deliver(DM, "one")
    telegram.failures = [Forbidden("bot was blocked by the user")]
    with pytest.raises(Forbidden):
        deliver(DM, "one")
    telegram.failures = [RetryAfter(5)]
    with pytest.raises(RetryAfter):
        deliver(DM, "one")
    assert len(telegram.calls) == 3
    assert state.answer_to(1001, 50) == ()


def test_a_group_that_moved_is_followed(deliver, telegram, state):
    telegram.failures = [ChatMigrated(-1009)]
    deliver(Place(chat_id=-9, question_id=50), "one")
    assert [message["chat_id"] for message in telegram.messages.values()] == [-1009]
    assert state.uncertain_delivery(-9, 50) is None
    assert state.uncertain_delivery(-1009, 50) is None


@pytest.mark.parametrize("failure", [cut_off(), TimedOut(), NetworkError("Bad Gateway (502)")])
def test_a_message_is_tried_again_when_the_connection_fails(deliver, telegram, failure):
    telegram.failures = [failure, failure]
    deliver(DM, "one")
    assert telegram.texts() == ["<b>one</b>"]


def test_after_the_last_attempt_the_failure_is_raised(deliver, telegram):
    telegram.failures = [cut_off()] * 3
    with pytest.raises(NetworkError):
        deliver(DM, "one")
    assert len(telegram.calls) == 3


def test_a_first_copy_that_did_arrive_is_taken_back(deliver, telegram, state):
    telegram.next_id = 51
    telegram.late = [cut_off()]
    deliver(DM, "one")
    assert list(telegram.messages) == [52]
    assert [sent.message_id for sent in state.answer_to(1001, 50)] == [52]


def test_a_second_part_that_came_twice_leaves_the_first_part_alone(deliver, telegram):
    telegram.next_id = 51
    telegram.late = [None, cut_off()]
    deliver(DM, "one", "two")
    assert telegram.texts() == ["<b>one</b>", "<b>two</b>"]
    assert list(telegram.messages) == [51, 53]


def test_nothing_is_taken_back_that_could_be_somebody_elses(deliver, telegram, state):
    other = Place(chat_id=1001, question_id=40)
    telegram.next_id = 51
    deliver(other, "earlier answer")
    telegram.late = [cut_off()]
    deliver(DM, "one")
    assert telegram.texts() == ["<b>earlier answer</b>", "<b>one</b>"]
    telegram.next_id, telegram.late = 70, [cut_off()]
    deliver(CHANNEL, "one")
    assert telegram.texts().count("<b>one</b>") == 3


def test_an_answer_that_the_last_process_sent_without_a_confirmation_is_found_and_kept(deliver, telegram, state):
    state.begin_sending(1001, 50)
    telegram.messages[53] = {"chat_id": 1001, "text": "<b>one</b>"}
    state.remember_answer(1002, 51, [SentMessage(message_id=52, fingerprint="another's")])
    state.record_id(1002, 54)
    deliver(DM, "one", "two")
    assert telegram.texts() == [f"<b>one</b>{JOINER}", "<b>two</b>"]
    assert [sent.message_id for sent in state.answer_to(1001, 50)] == [53, 100]
    assert 52 not in [number for _, number in telegram.calls]


def test_an_answer_that_the_last_process_did_not_send_is_sent(deliver, telegram, state):
    state.begin_sending(1001, 50)
    telegram.next_id = 51
    deliver(DM, "one")
    assert telegram.texts() == ["<b>one</b>"]
    assert [name for name, _ in telegram.calls] == ["send"]
    assert state.uncertain_delivery(1001, 50) is None


def test_an_answer_that_the_last_process_sent_and_nothing_followed_is_taken_back(deliver, telegram, state):
    state.begin_sending(1001, 50)
    telegram.messages[51] = {"chat_id": 1001, "text": "<b>one</b>"}
    telegram.next_id = 52
    deliver(DM, "one")
    assert list(telegram.messages) == [52]
    assert [sent.message_id for sent in state.answer_to(1001, 50)] == [52]


def test_a_delivery_stays_uncertain_where_the_connection_failed_and_something_may_have_been_sent(
    deliver, telegram, state
):
    telegram.failures = [cut_off()] * 3
    with pytest.raises(NetworkError):
        deliver(DM, "one")
    assert state.uncertain_delivery(1001, 50).above == 50
    telegram.failures = [RequestNotSent("no connection")] * 3
    with pytest.raises(NetworkError):
        deliver(TOPIC, "one")
    assert state.uncertain_delivery(-100, 50) is None
    telegram.failures = [Forbidden("bot was blocked by the user")]
    with pytest.raises(Forbidden):
        deliver(TOPIC, "one")
    assert state.uncertain_delivery(-100, 50) is None


def test_where_nothing_was_sent_nothing_is_looked_for(deliver, telegram):
    telegram.next_id = 60
    telegram.failures = [RequestNotSent("no connection")]
    deliver(DM, "one")
    assert [name for name, _ in telegram.calls] == ["send", "send"]


def test_an_edit_is_tried_again_when_the_connection_fails(deliver, telegram):
    deliver(DM, "one")
    telegram.failures = [cut_off()]
    deliver(DM, "two")
    assert telegram.texts() == ["<b>two</b>"]


def test_a_bot_that_stops_tries_once_more_and_does_not_wait(telegram, state, stopping):
    stopping.set()
    telegram.failures = [cut_off()]
    asyncio.run(Sender(telegram, state, stopping, delays=(3600.0,)).deliver(DM, parts("one")))
    assert telegram.texts() == ["<b>one</b>"]
    telegram.failures = [cut_off()] * 2
    with pytest.raises(NetworkError):
        asyncio.run(Sender(telegram, state, stopping, delays=(3600.0,)).deliver(TOPIC, parts("one")))


def test_buttons_are_under_the_last_message_and_follow_an_edit(telegram, state, stopping):
    delivery = Sender(telegram, state, stopping, delays=())

    def bring(*words: str) -> list[int]:
        keyboard = (tuple(Button(text=word, data=word) for word in words),)
        answer = render(["a " * 3000], keyboard if words else NO_BUTTONS)
        return [sent.message_id for sent in asyncio.run(delivery.deliver(DM, answer))]

    def words() -> list[list[str]]:
        found = (message["reply_markup"] for message in telegram.messages.values())
        return [[button.text for row in markup.inline_keyboard for button in row] if markup else [] for markup in found]

    assert bring("Proof", "Sources") == bring("Proof", "Sources") == [100, 101]
    assert words() == [[], ["Proof", "Sources"]]
    assert len(telegram.calls) == 2
    telegram.failures = [BadRequest("Message is not modified")]  # the words are the same in this double
    bring()
    assert telegram.calls[-1] == ("edit", 101)
