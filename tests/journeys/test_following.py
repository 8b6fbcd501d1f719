"""Follow-up questions: by reply, as the next message, by a quoted line; dropped by a button or /new."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from tests.journeys.conftest import Start, ended_well, say
from tests.journeys.test_buttons import Message, ask, press, shown, words
from tests.tglab import ALICE, BOB, TelegramLab

MEETING = "When is the NATO-Russia Council meeting?"
VIENNA = "and in Vienna?"
ABOUT = "About: NATO-Russia Council"
DROP = "Not about NATO-Russia Council"


def reply(lab: TelegramLab, to: Message, text: str, person: int) -> Message:
    chat = to["chat"]["id"]
    if chat == person:
        lab.send_dm(text, person, reply_to=to)
    else:
        lab.send_group(text, chat, person, reply_to=to)
    return dict(lab.wait_replies(chat)[0])


def test_the_next_question_of_a_direct_chat_is_a_follow_up_and_can_be_freed(lab: TelegramLab, person: int) -> None:
    ask(lab, person, MEETING)
    answer = ask(lab, person, VIENNA)
    assert answer["text"].startswith(ABOUT) and "13 January 2022" in answer["text"]
    assert press(lab, answer, DROP, person) == ""
    freed = lab.wait_edit(answer)
    assert "About:" not in freed["text"] and DROP not in words(freed)
    assert len(lab.events(person, "message", "bot")) == 2


def test_new_forgets(lab: TelegramLab, person: int) -> None:
    ask(lab, person, MEETING)
    assert "starts a new conversation" in ask(lab, person, "/new")["text"]
    assert "About:" not in ask(lab, person, VIENNA)["text"]


def test_a_reply_continues_its_answer_in_direct_chats_and_groups(lab: TelegramLab, person: int, group: int) -> None:
    meeting = ask(lab, person, MEETING)
    ask(lab, person, "Who is Mustafa Şentop?")
    assert reply(lab, meeting, VIENNA, person)["text"].startswith(ABOUT)
    meeting = ask(lab, group, MEETING, person)
    answer = reply(lab, meeting, VIENNA, BOB)
    assert answer["text"].startswith(ABOUT)
    assert "person who asked" in press(lab, answer, DROP, person)
    assert press(lab, answer, DROP, BOB) == ""
    assert "About:" not in lab.wait_edit(answer)["text"]


def test_a_passage_that_is_replied_to_is_of_its_answer(lab: TelegramLab, person: int) -> None:
    meeting = ask(lab, person, MEETING)
    press(lab, meeting, "Whole passage", person)
    (passage,) = lab.wait_replies(person)
    assert reply(lab, passage, VIENNA, person)["text"].startswith(ABOUT)


def test_a_quoted_line_is_what_is_asked_about(lab: TelegramLab, person: int) -> None:
    answer = ask(lab, person, "Who is Mustafa Şentop?")
    lab.send_dm("hello", person)
    lab.wait_replies(person)
    line: dict[str, Any] = {"text": "the NATO-Russia Council meeting", "position": 0, "is_manual": True}
    say(lab, person, {"text": VIENNA, "reply_to_message": answer, "quote": line}, lab.user(person))
    replies = lab.wait_replies(person, 2)
    about = replies[-1]["text"].splitlines()[0]
    assert about.startswith("About: ") and "NATO" in about and "Şentop" not in about


def test_an_edited_follow_up_is_still_one(lab: TelegramLab, person: int) -> None:
    ask(lab, person, MEETING)
    question = lab.send_dm("and in Wien?", person)
    (answer,) = lab.wait_replies(person)
    lab.edit(question, VIENNA)
    assert lab.wait_edit(answer)["text"].startswith(ABOUT)


def test_a_conversation_survives_a_restart_and_says_when_it_is_over(start: Start, tmp_path: Path) -> None:
    with TelegramLab() as lab:
        process = start(lab)
        ask(lab, ALICE, MEETING)
        ended_well(process)
        process = start(lab)
        assert ask(lab, ALICE, VIENNA)["text"].startswith(ABOUT)
        ended_well(process)
        with sqlite3.connect(tmp_path / "data" / "memory.sqlite3") as database:
            database.execute("UPDATE turns SET at = at - 1801")
        process = start(lab)
        told = ask(lab, ALICE, VIENNA)["text"]
        assert "About:" not in told and "ended more than half an hour ago" in told
        ended_well(process)
        assert lab.refused() == []


def test_what_next_offers_questions_with_an_answer_and_asks_them(lab: TelegramLab, person: int, group: int) -> None:
    answer = ask(lab, group, "Where did the protests begin?", person)
    assert "person who asked" in press(lab, answer, "What next?", BOB)
    offered = shown(lab, answer, "What next?", person)
    questions = words(offered)
    assert 1 <= len(questions) <= 3 and all(question in offered["text"] for question in questions)
    assert offered["reply_to_message"]["message_id"] == answer["message_id"]
    for question in questions:
        told = shown(lab, offered, question, person)
        assert told["text"].startswith(f"{question}\n\n") and "] TASS" in told["text"]
        assert told["reply_to_message"]["message_id"] == offered["message_id"]
    assert {"Prove it", "What next?"} <= set(words(told))
    assert "contains the quote in bold word for word" in shown(lab, told, "Prove it", person)["text"]


def test_a_question_about_somebody_elses_message_is_asked_about_that_message(
    lab: TelegramLab, person: int, group: int
) -> None:
    news = lab.send_group("Breaking: the NATO-Russia Council will meet soon", group, person)
    lab.send_group("/ask When is the meeting?", group, person, reply_to=news)
    (answer,) = lab.wait_replies(group)
    assert "10 January 2022" in answer["text"]


def test_ask_alone_as_a_reply_asks_what_somebody_else_wrote(lab: TelegramLab, person: int, group: int) -> None:
    wondering = lab.send_group("When did the unrest reach Almaty?", group, person)
    lab.send_group("/ask", group, BOB, reply_to=wondering)
    (answer,) = lab.wait_replies(group)
    assert answer["text"].startswith("4 January 2022")
    lab.send_group("/ask", group, BOB, reply_to=answer)
    assert "Write your question after /ask" in lab.wait_replies(group)[0]["text"]


def test_the_first_page_offers_questions_that_have_an_answer(lab: TelegramLab, person: int) -> None:
    welcome = ask(lab, person, "/start")
    assert 1 <= len(words(welcome)) <= 3
    for question in words(welcome):
        told = shown(lab, welcome, question, person)
        assert told["text"].startswith(question) and "[1]" in told["text"]


def test_the_source_of_a_quoted_line_is_shown_and_checked(lab: TelegramLab, person: int) -> None:
    answer = ask(lab, person, "When did the unrest reach Almaty?")
    line: dict[str, Any] = {"text": "the police used flashbangs", "position": 0, "is_manual": True}
    say(lab, person, {"text": "source?", "reply_to_message": answer, "quote": line}, lab.user(person))
    told = lab.wait_replies(person, 2)[-1]
    assert "the stored article contains the quote in bold word for word" in told["text"] and "TASS" in told["text"]
    assert "Whole passage" in words(told)
