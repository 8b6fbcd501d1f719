"""Each chat's own settings: shown to all, changed by its administrators, kept when the chat gets another id."""

from __future__ import annotations

import time

from tests.journeys.conftest import Start, ended_well
from tests.journeys.test_buttons import Message, ask, press, words
from tests.tglab import ALICE, BOB, TelegramLab

QUESTION = "When did the unrest reach Almaty?"


def settings(lab: TelegramLab, chat: int, person: int) -> Message:
    if chat == person:
        lab.send_dm("/settings", person)
    else:
        lab.send_group("/settings", chat, person)
    (message,) = lab.wait_replies(chat)
    return message


def choose(lab: TelegramLab, message: Message, button: str, person: int) -> Message:
    assert press(lab, message, button, person) == ""
    return lab.wait_edit(message)


def test_in_a_group_its_administrators_say_when_it_is_answered(lab: TelegramLab, person: int, group: int) -> None:
    seen = settings(lab, group, BOB)
    assert words(seen) == [] and "Only administrators" in seen["text"]
    message = settings(lab, group, person)
    assert "commands, mentions and replies" in message["text"]
    assert press(lab, message, "Answer commands only", BOB).startswith("Only administrators")
    message = choose(lab, message, "Answer commands only", person)
    assert "I answer: commands only" in message["text"]
    assert "Answer mentions and replies too" in words(message)
    lab.send_group(f"@lab_bot {QUESTION}", group, person)
    lab.send_group(QUESTION, group, person, reply_to=message)
    lab.send_group(f"/ask {QUESTION}", group, person)
    assert len(lab.wait_replies(group)) == 1
    assert lab.replies(group)[0]["text"].startswith("4 January 2022")


def test_an_anonymous_admin_may_change_settings(lab: TelegramLab, person: int, group: int) -> None:
    chat = lab.world.chats[group].data
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    said = {"message_id": 900, "date": int(time.time()), "chat": chat, "text": "/settings"}
    lab.push_raw("message", said | {"from": anonymous, "sender_chat": chat})
    assert "Brief answers" in words(lab.wait_replies(group)[0])


def test_answers_can_be_brief_and_in_another_language(lab: TelegramLab, person: int) -> None:
    full = ask(lab, person, "What happened on January 6?")
    message = choose(lab, settings(lab, person, person), "Brief answers", person)
    message = choose(lab, message, "Türkçe", person)
    assert "kısa" in message["text"] and "Türkçe" in message["text"]
    brief = ask(lab, person, "What happened on January 6?")
    assert len(brief["text"]) < len(full["text"])
    assert "Kanıtla" in words(brief)
    assert "Soru sormak" in ask(lab, person, "/help")["text"]
    choose(lab, message, "uygulamadaki gibi", person)
    assert "Asking" in ask(lab, person, "/help")["text"]


def test_a_group_that_becomes_a_supergroup_keeps_its_settings(start: Start) -> None:
    with TelegramLab(privacy=False) as lab:
        process = start(lab)
        old = lab.group(-77, "Readers", kind="group")
        choose(lab, settings(lab, old, ALICE), "Answer commands only", ALICE)
        new = lab.group(-1000000000077, "Readers")
        said = {"message_id": 901, "date": int(time.time()), "from": lab.user(ALICE)}
        lab.push_raw("message", said | {"chat": lab.world.chats[old].data, "migrate_to_chat_id": new})
        lab.push_raw("message", said | {"chat": lab.world.chats[new].data, "migrate_from_chat_id": old})
        lab.send_group(f"@lab_bot {QUESTION}", new)
        assert "I answer: commands only" in settings(lab, new, ALICE)["text"]
        assert len(lab.replies(new)) == 1
        ended_well(process)
        process = start(lab)
        assert "I answer: commands only" in settings(lab, new, ALICE)["text"]
        ended_well(process)
        assert lab.refused() == []
