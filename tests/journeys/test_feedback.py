"""Votes on answers: by button with a reason, by reaction, seen by the voter only, and exported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.conftest import HERE, Start, ended_well
from tests.journeys.test_buttons import Message, ask, press, words
from tests.tglab import ALICE, BOB, TelegramLab

QUESTION = "When did the unrest reach Almaty?"
UNANSWERED = "What did Blinken say?"
GOOD, BAD = "Good answer", "Bad answer"


def now(lab: TelegramLab, message: Message) -> list[str]:
    """The words on the buttons of a message as it stands in the chat."""
    return words(lab.world.chats[message["chat"]["id"]].messages[message["message_id"]])


def test_in_a_direct_chat_the_buttons_ask_for_the_reason_and_show_the_vote(lab: TelegramLab, person: int) -> None:
    answer = ask(lab, person, QUESTION)
    assert press(lab, answer, BAD, person) == "What is wrong with it?"
    lab.wait(lambda: "wrong date" in now(lab, answer))
    assert {"wrong", "wrong source", "wrong date", "should not have answered", "Take back"} < set(now(lab, answer))
    assert press(lab, answer, "wrong date", person) == "Noted: wrong date. Only you see this."
    lab.wait(lambda: "Noted: wrong date. Take back" in now(lab, answer))
    assert press(lab, answer, "Noted: wrong date. Take back", person) == "Taken back."
    lab.wait(lambda: {GOOD, BAD} < set(now(lab, answer)))
    assert answer["text"] == lab.world.chats[person].messages[answer["message_id"]]["text"]


def test_in_a_group_only_the_voter_sees_it_and_the_reason_is_asked_for_alone(
    lab: TelegramLab, person: int, group: int
) -> None:
    answer = ask(lab, group, QUESTION, person)
    assert press(lab, answer, GOOD, person) == "Noted: good. Only you see this."
    query = lab.press_button(answer, BAD, BOB)
    url = lab.wait_callback_answer(query)["url"]
    lab.send_dm(f"/start {url.rpartition('=')[2]}", BOB)
    (asked,) = lab.wait_replies(BOB)
    assert QUESTION in asked["text"]
    assert press(lab, asked, "wrong source", BOB).startswith("Noted: wrong source")
    lab.wait(lambda: now(lab, asked) == ["Noted: wrong source. Take back"])
    assert now(lab, answer) == words(answer)
    assert lab.events(group, "edit", "bot") == []


def test_what_was_voted_and_what_had_no_answer_is_exported(start: Start, tmp_path: Path) -> None:
    with TelegramLab() as lab:
        process = start(lab)
        group = lab.group(bot_status="administrator")
        answer = ask(lab, group, QUESTION, ALICE)
        press(lab, answer, GOOD, ALICE)
        lab.react(answer, "👎", BOB)
        silence = ask(lab, ALICE, UNANSWERED)
        assert press(lab, silence, "Should have answered", ALICE).startswith("Noted: should have answered")
        ask(lab, BOB, UNANSWERED.upper())
        lab.react(answer, "👍", BOB)
        lab.react(answer, "👎", ALICE)
        lab.react(answer, None, ALICE)
        lab.react(answer, "👍", ALICE)
        ask(lab, group, "What is this?", ALICE)  # handled after the reactions
        ended_well(process)
        assert lab.refused() == []
    rows = [json.loads(line) for line in dateline(tmp_path, "feedback").splitlines()]
    assert [(row["question"], row["verdict"], row["votes"]) for row in rows] == [
        (UNANSWERED, "bad", {"bad": 1}),
        (QUESTION, "good", {"good": 2}),
    ]
    assert "2 What did Blinken say?" in dateline(tmp_path, "unanswered")
    (tmp_path / "votes.jsonl").write_text("\n".join(map(json.dumps, rows)))
    figures = dateline(tmp_path, "evaluate", str(tmp_path / "votes.jsonl"), "--today", rows[1]["today"])
    assert "2" in figures


def dateline(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "bot", "--data", str(folder / "data"), *words]
    done = subprocess.run(command, cwd=folder, env=os.environ | HERE, check=True, capture_output=True, text=True)
    return done.stdout
