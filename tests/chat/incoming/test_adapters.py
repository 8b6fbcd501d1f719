"""Telegram's objects as the facts that decide whether and where the bot answers."""

from __future__ import annotations

import pytest
from telegram import Message

from bot.chat.incoming import adapters
from bot.chat.types import Place
from tests.chat.telegram_bodies import CHANNEL, GROUP, US, message, parsed


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
    found = [
        adapters.incoming_message(parsed(chat=GROUP, reply_to_message=m), telegram)
        for m in (topic, ours, others, nobodys)
    ]
    assert [each.replies_to_us for each in found] == [False, True, False, False]


def test_names_in_text_and_caption_are_found_by_their_utf16_offsets(telegram):
    entity = {"type": "text_mention", "offset": 3, "length": 7, "user": US}
    for field, entities in (("text", "entities"), ("caption", "caption_entities")):
        body = message(None) | {field: "😀 Lab bot when?", entities: [entity]}
        found = adapters.incoming_message(Message.de_json(body, None), telegram)
        (mark,) = found.marks
        assert (mark.text, mark.names_us) == ("Lab bot", True)
        assert found.text == "😀 Lab bot when?"


def test_people_bots_and_chats_are_distinguished_as_senders(telegram):
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    found = adapters.incoming_message(parsed(chat=GROUP, **{"from": anonymous, "sender_chat": GROUP}), telegram)
    assert (found.from_bot, found.for_chat, found.from_us) == (True, True, False)
    found = adapters.incoming_message(parsed(chat=GROUP, **{"from": US, "via_bot": US}), telegram)
    assert (found.from_us, found.via_us) == (True, True)
    found = adapters.incoming_message(parsed(chat=CHANNEL, sender_chat=CHANNEL, is_automatic_forward=True), telegram)
    assert (found.from_bot, found.automatic_forward) == (False, True)
