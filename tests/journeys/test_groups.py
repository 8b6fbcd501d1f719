"""When the bot speaks in groups and channels: the whole truth table, comments under a channel's posts, privacy mode."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.chat.incoming.routing import IGNORED, ChatKind, Request
from tests.chat.incoming.test_routing import EVERYWHERE, TABLE
from tests.journeys.conftest import Start, ended_well, say
from tests.journeys.test_buttons import Message, ask, press
from tests.journeys.test_settings import choose, settings
from tests.tglab import ALICE, BOB, TelegramLab

QUESTION = "When did the unrest reach Almaty?"
ANSWER = "4 January 2022"
OTHER_BOT = {"id": 800_000_001, "is_bot": True, "first_name": "Other", "username": "other_bot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
KIND = {ChatKind.GROUP: "group", ChatKind.SUPERGROUP: "supergroup"}
ROWS = [
    (where, text, facts, heard)
    for text, facts, row in TABLE
    for where, heard in zip(EVERYWHERE, row, strict=True)
    if where is not ChatKind.PRIVATE
    and not (where is ChatKind.CHANNEL and "from_bot" in facts and "for_chat" not in facts)
]
"""Posts in channels are always written for the channel."""


class Placed(NamedTuple):
    """A message in a chat of its own, and what is to be heard in it."""

    chat: int
    message: Message
    heard: Request


def content_of(lab: TelegramLab, chat: int, text: str | None, facts: dict[str, Any]) -> dict[str, Any]:
    """The fields of a message of which these are the facts."""
    content: dict[str, Any] = {} if text is None else {"text": text}
    if facts.get("attached"):
        content = {} if text is None else {"caption": text}
        content["document"] = {"file_id": "BQACx", "file_unique_id": "x", "file_name": "a.txt"}
    if facts.get("replies_to_us"):
        content["reply_to_message"] = lab._do(
            lab.world.add_message, lab.world.chats[chat], {"text": "Something"}, dict(lab.world.bot)
        )
    if facts.get("via_bot"):
        content["via_bot"] = lab.world.bot if facts.get("via_us") else OTHER_BOT
    for mark in (mark for mark in facts.get("marks", ()) if mark.names_us and text):
        entity = {"type": "text_mention", "offset": 0, "length": len(mark.text), "user": lab.world.bot}
        content["entities"] = [entity]
    if facts.get("for_chat"):
        content["sender_chat"] = lab.world.chats[chat].data
    if facts.get("automatic_forward"):
        content["is_automatic_forward"] = True
    return content


def sender_of(lab: TelegramLab, person: int, where: ChatKind, facts: dict[str, Any]) -> dict[str, Any] | None:
    if facts.get("from_us"):
        return dict(lab.world.bot)
    if facts.get("from_bot"):
        return ANONYMOUS if facts.get("for_chat") else OTHER_BOT
    return None if where is ChatKind.CHANNEL else lab.user(person)


def answer_commands_only(lab: TelegramLab, chat: int, person: int) -> None:
    if lab.world.chats[chat].type == "channel":
        lab.channel_post("/settings@lab_bot", chat)
        choose(lab, lab.wait_replies(chat)[0], "Answer commands only", ALICE)
    else:
        choose(lab, settings(lab, chat, person), "Answer commands only", person)


def placed(lab: TelegramLab, person: int) -> Iterator[Placed]:
    """Every row of the table for groups and channels, each in a chat of its own."""
    for number, (where, text, facts, heard) in enumerate(ROWS):
        if where is ChatKind.CHANNEL:
            chat = lab.channel(-1005000000000 - number, "Channel", username=None)
        else:
            basic = where is ChatKind.GROUP
            chat_id = -5_000_000 - number if basic else -1005000000000 - number
            chat = lab.group(chat_id, "Readers", kind=KIND[where], members=(person,))
        if facts.get("commands_only"):
            answer_commands_only(lab, chat, person)
        content = content_of(lab, chat, text, facts)
        yield Placed(chat, say(lab, chat, content, sender_of(lab, person, where, facts)), heard)


def answered(lab: TelegramLab, each: Placed) -> bool:
    """Whether the bot said something below a message."""
    room, number = lab.world.chats[each.chat], each.message["message_id"]
    ours = [room.messages[number] for number in room.bot_messages & room.messages.keys()]
    return any(message.get("reply_to_message", {}).get("message_id") == number for message in ours)


def test_the_truth_table_holds_in_telegram(lab: TelegramLab, person: int) -> None:
    everything = list(placed(lab, person))
    spoken_to = [each for each in everything if each.heard != IGNORED]
    lab.wait(lambda: all(answered(lab, each) for each in spoken_to), 60, "every answer")
    ask(lab, person, QUESTION)  # whatever was said before has been handled now
    assert [each for each in everything if each.heard == IGNORED and answered(lab, each)] == []
    assert len(spoken_to) > 80 and len(everything) - len(spoken_to) > 60


def test_comments_below_a_channels_posts_are_answered_and_the_posts_themselves_only_in_the_channel(
    lab: TelegramLab, person: int, channel: int, group: int
) -> None:
    post = lab.channel_post(f"/ask {QUESTION}", channel)
    (answer,) = lab.wait_replies(channel)
    assert ANSWER in answer["text"] and answer["reply_to_message"]["message_id"] == post["message_id"]
    forwarded = {"sender_chat": lab.world.chats[channel].data, "is_automatic_forward": True}
    above = [say(lab, group, {"text": each["text"]} | forwarded, TELEGRAM) for each in (post, answer)]
    thread = {"message_thread_id": above[0]["message_id"], "reply_to_message": above[0]}
    chatter = say(lab, group, {"text": "So it was then"} | thread, lab.user(person))
    comment = say(lab, group, {"text": "@lab_bot Who is Mustafa Şentop?"} | thread, lab.user(person))
    of_channel = say(lab, group, {"text": "/ask Who met whom?", "sender_chat": forwarded["sender_chat"]}, CHANNEL_BOT)
    lab.wait(lambda: all(answered(lab, Placed(group, each, IGNORED)) for each in (comment, of_channel)))
    assert not any(answered(lab, Placed(group, each, IGNORED)) for each in (*above, chatter))
    assert len(lab.replies(channel)) == 1
    (told,) = [call for call in lab.calls("sendMessage") if "Parliament Speaker" in call.params["text"]][-1:]
    assert "message_thread_id" not in told.params


def test_with_privacy_mode_on_commands_and_replies_are_enough(start: Start) -> None:
    with TelegramLab(privacy=True) as lab:
        process = start(lab, admins=ALICE)
        group = lab.group()
        lab.send_group(QUESTION, group, BOB)  # Telegram hands none of this over
        lab.send_group("What happened?", group, BOB)
        answer = ask(lab, group, QUESTION, BOB)
        assert ANSWER in answer["text"]
        lab.send_group("Who is Mustafa Şentop?", group, BOB, reply_to=answer)
        assert "Parliament Speaker" in lab.wait_replies(group)[0]["text"]
        assert press(lab, answer, "Prove it", BOB) == ""
        assert "Privacy mode is on" in ask(lab, ALICE, "/status")["text"]
        ended_well(process)
        assert lab.refused() == []


def test_who_asked_or_an_administrator_takes_an_answer_away(lab: TelegramLab, person: int, group: int) -> None:
    lab.user(BOB)
    answer = ask(lab, group, QUESTION, BOB)
    lab.user(5001, "Carol")
    lab.send_group("/delete", group, 5001, reply_to=answer)
    assert "Only the person who asked" in lab.wait_replies(group)[0]["text"]
    lab.send_group("/delete", group, BOB, reply_to=answer)
    lab.wait(lambda: answer["message_id"] not in lab.world.chats[group].messages)
    answer = ask(lab, group, "Who is Mustafa Şentop?", BOB)
    lab.send_group("/delete", group, person, reply_to=answer)  # made the group
    lab.wait(lambda: answer["message_id"] not in lab.world.chats[group].messages)
    assert lab.replies(group) == []
    lab.send_group("/delete", group, BOB)
    assert "To delete one of my answers" in lab.wait_replies(group)[0]["text"]
