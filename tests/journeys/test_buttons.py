"""Buttons under answers: answered at once, only for who asked, and still working after a restart."""

from __future__ import annotations

from typing import Any

from tests.journeys.conftest import Start, ended_well
from tests.tglab import ALICE, BOB, TelegramLab

QUESTION = "When did the unrest reach Almaty?"
PROOF = "Two days later, the protests engulfed Almaty"
SEVERAL_SOURCES = (
    "What happened on January 6?",
    "Who reported on the NATO-Russia Council meeting?",
    "Who is Lavrov?",
    "What happened in Kazakhstan?",
)
"""The replies to some of these name both articles."""
PASSAGE, PROVE, SOURCES, NEXT = "Whole passage", "Prove it", "Other sources", "Next"

Message = dict[str, Any]


def ask(lab: TelegramLab, chat: int, text: str, person: int | None = None) -> Message:
    if person is None:
        lab.send_dm(text, chat)
    else:
        lab.send_group(f"/ask {text}", chat, person)
    (message,) = lab.wait_replies(chat, timeout=30)
    return message


def words(message: Message) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def press(lab: TelegramLab, message: Message, button: str, person: int) -> str:
    """Press a button and wait until the press is answered; what the person is told."""
    query = lab.press_button(message, button, person)
    return str(lab.wait_callback_answer(query)["text"])


def shown(lab: TelegramLab, message: Message, button: str, person: int) -> Message:
    """The message that a press brings, or turns into something else."""
    chat = message["chat"]["id"]
    assert press(lab, message, button, person) == ""
    lab.wait(lambda: lab.replies(chat) or lab.events(chat, "edit", "bot", lab._cursor[chat]))
    event = [
        *lab.events(chat, "message", "bot", lab._cursor[chat]),
        *lab.events(chat, "edit", "bot", lab._cursor[chat]),
    ]
    return dict(event[-1].data)


def test_a_passage_and_its_proof_stand_in_one_message_below_the_answer(lab: TelegramLab, person: int) -> None:
    answer = ask(lab, person, QUESTION)
    assert words(answer)[:2] == [PASSAGE, PROVE]
    passage = shown(lab, answer, PASSAGE, person)
    assert passage["reply_to_message"]["message_id"] == answer["message_id"]
    assert PROOF in passage["text"] and "The quote is in bold." in passage["text"]
    bold = [e for e in passage["entities"] if e["type"] == "bold"]
    assert any(passage["text"][e["offset"] : e["offset"] + e["length"]].startswith(PROOF) for e in bold)
    proof = shown(lab, answer, PROVE, person)
    assert proof["message_id"] == passage["message_id"]
    assert "the stored article contains the quote in bold word for word" in proof["text"] and PROOF in proof["text"]
    again = shown(lab, proof, PASSAGE, person)
    assert (again["message_id"], again["text"]) == (passage["message_id"], passage["text"])


def test_a_press_that_changes_nothing_is_answered_too(lab: TelegramLab, person: int) -> None:
    answer = ask(lab, person, QUESTION)
    shown(lab, answer, PASSAGE, person)
    before = len(lab.events(person, by="bot"))
    assert press(lab, answer, PASSAGE, person) == ""
    ask(lab, person, QUESTION)  # handled after the press
    assert len([e for e in lab.events(person, by="bot")[before:] if e.kind != "callback_answer"]) == 1


def test_several_sources_are_listed(lab: TelegramLab, person: int) -> None:
    replies = (ask(lab, person, question) for question in SEVERAL_SOURCES)
    answer = next(reply for reply in replies if SOURCES in words(reply))
    sources = shown(lab, answer, SOURCES, person)
    assert "[1]" in sources["text"] and "[2]" in sources["text"] and sources["text"].count("/article ") == 2
    passage = shown(lab, answer, PASSAGE, person)
    other = shown(lab, passage, NEXT, person)
    assert sources["message_id"] == passage["message_id"] == other["message_id"]
    assert other["text"].startswith("[2]")


def test_in_a_group_the_buttons_are_for_who_asked(lab: TelegramLab, person: int, group: int) -> None:
    answer = ask(lab, group, QUESTION, person)
    lab.user(BOB)
    assert "person who asked" in press(lab, answer, PASSAGE, BOB)
    assert lab.replies(group) == []
    passage = shown(lab, answer, PASSAGE, person)
    assert PROOF in passage["text"]
    assert "person who asked" in press(lab, passage, PROVE, BOB)


def test_in_a_topic_and_in_a_channel_it_is_shown_in_its_place(
    lab: TelegramLab, person: int, forum: int, channel: int
) -> None:
    topic = lab.topic(forum, "Questions", person)
    lab.send_group(f"/ask {QUESTION}", forum, person, topic=topic)
    (answer,) = lab.wait_replies(forum)
    assert shown(lab, answer, PASSAGE, person)["message_thread_id"] == topic
    lab.channel_post(f"/ask {QUESTION}", channel)
    (answer,) = lab.wait_replies(channel)
    assert PROOF in shown(lab, answer, PROVE, person)["text"]


def test_small_talk_has_no_buttons(lab: TelegramLab, person: int) -> None:
    assert words(ask(lab, person, "Hello!")) == []


def test_the_words_on_the_buttons_are_in_the_language_of_the_app(lab: TelegramLab) -> None:
    lab.user(3001, "Ayşe", language_code="tr")
    answer = ask(lab, 3001, QUESTION)
    assert words(answer)[:2] == ["Bütün paragraf", "Kanıtla"]
    assert "Alıntı kalın yazılmıştır." in shown(lab, answer, "Bütün paragraf", 3001)["text"]


def test_a_button_of_another_version_is_answered(lab: TelegramLab, person: int) -> None:
    answer = ask(lab, person, QUESTION)
    for data in ("q.old.1", "w.notremembered.0", "nonsense"):
        room = lab.world.chats[person].messages[answer["message_id"]]
        room["reply_markup"] = {"inline_keyboard": [[{"text": "Old", "callback_data": data}]]}
        assert "no longer remember" in press(lab, answer, "Old", person)


def test_buttons_work_after_a_restart(start: Start) -> None:
    with TelegramLab() as lab:
        first = start(lab)
        answer = ask(lab, ALICE, QUESTION)
        passage = shown(lab, answer, PASSAGE, ALICE)
        ended_well(first)
        query = lab.press_button(answer, PROVE, ALICE)
        second = start(lab)
        assert lab.wait_callback_answer(query)["text"] == ""
        lab.wait(lambda: lab.events(ALICE, "edit", "bot"))
        assert PROOF in shown(lab, passage, PASSAGE, ALICE)["text"]
        ended_well(second)
        assert lab.refused() == []


def test_a_link_opens_the_same_answer_and_the_passage(lab: TelegramLab, person: int, group: int) -> None:
    answer = ask(lab, group, QUESTION, person)
    link = copied(answer, "Copy link")
    assert link.startswith("https://t.me/lab_bot?start=a_")
    opened = ask(lab, person, f"/start {link.rpartition('=')[2]}")
    assert (opened["text"], opened["entities"]) == (answer["text"], answer["entities"])
    assert copied(opened, "Copy link") == link
    citation = copied(shown(lab, answer, PASSAGE, person), "Copy citation")
    assert PROOF in citation and "(TASS, 6 January 2022)" in citation
    assert PROOF in ask(lab, person, f"/start {citation.rpartition('=')[2]}")["text"]
    assert "no longer remember" in ask(lab, person, "/start a_aaaaaaaaaaaaaaaa")["text"]


def copied(message: Message, text: str) -> str:
    rows = message["reply_markup"]["inline_keyboard"]
    (button,) = [button for row in rows for button in row if button["text"] == text]
    return str(button["copy_text"]["text"])
