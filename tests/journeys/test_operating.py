"""What operators and the people they serve rely on: allowed chats, forgetting, /status, backups and a new machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.conftest import HERE, Start, bot, ended_well
from tests.journeys.test_buttons import PASSAGE, PROOF, ask, shown
from tests.tglab import ALICE, BOB, TelegramLab

QUESTION = "When did the unrest reach Almaty?"
ANSWER = "4 January 2022"
# each asked by one person only: an answer that others were given, too, is not forgotten with them
MEETING, SPEAKER = "So when is the NATO-Russia Council meeting?", "Who exactly is Mustafa Şentop?"
STRANGER, OURS, THEIRS = 3001, -1001000000501, -1001000000502


def test_a_bot_for_some_chats_serves_these_refuses_other_people_and_leaves_other_groups(start: Start) -> None:
    with TelegramLab() as lab:
        lab.user(STRANGER, "Stranger")
        process = start(lab, admins=ALICE, allowed_chats=f"{OURS}, {BOB}")
        ours, theirs = lab.group(OURS, members=(BOB, STRANGER)), lab.group(THEIRS, members=(STRANGER,))
        assert ask(lab, BOB, QUESTION)["text"].startswith(ANSWER)
        assert ask(lab, ours, QUESTION, STRANGER)["text"].startswith(ANSWER)
        assert "my operator chose" in ask(lab, STRANGER, QUESTION)["text"]
        assert lab.wait_inline(lab.inline_query(QUESTION, STRANGER))["results"] == []
        lab.send_group(f"/ask {QUESTION}", theirs, STRANGER)
        lab.wait(lambda: lab.calls("leaveChat"), what="the group to be left")
        assert lab.replies(theirs) == []
        status = ask(lab, ALICE, "/status")["text"]
        assert "All is well" in status and "Articles: 2" in status and "Privacy mode is on" in status
        assert "operator chose" in ask(lab, STRANGER, "/status")["text"]
        ended_well(process)
        assert lab.refused() == []


def test_a_person_sees_what_is_stored_and_can_have_it_deleted(lab: TelegramLab, person: int, group: int) -> None:
    answer, in_group = ask(lab, person, MEETING), ask(lab, group, MEETING, person)
    assert "for 90 days" in ask(lab, person, "/privacy")["text"]
    assert ask(lab, person, "/forget")["text"].startswith("Deleted: your questions")
    for message in (answer, in_group):
        query = lab.press_button(message, PASSAGE, person)
        assert "no longer remember" in lab.wait_callback_answer(query)["text"]
    assert ask(lab, person, QUESTION)["text"].startswith(ANSWER)


def test_who_blocks_the_bot_and_comes_back_is_a_stranger(lab: TelegramLab, person: int) -> None:
    answer = ask(lab, person, SPEAKER)
    lab.block(person)
    lab.block(person, blocked=False)
    lab.send_dm("Hello!", person)
    lab.wait_replies(person)
    query = lab.press_button(answer, PASSAGE, person)
    assert "no longer remember" in lab.wait_callback_answer(query)["text"]


def copied_while_in_use(data: Path, folder: Path) -> Path:
    """A backup as the guide makes it."""
    command = [sys.executable, "-m", "bot", "--data", str(data), "backup", str(folder)]
    subprocess.run(command, cwd=data.parent, env=os.environ | HERE, check=True, capture_output=True)
    return folder


def test_a_backup_of_a_running_bot_works_on_another_machine(start: Start, tmp_path: Path) -> None:
    with TelegramLab() as lab:
        first = start(lab)
        answer = ask(lab, ALICE, QUESTION)
        saved = copied_while_in_use(tmp_path / "data", tmp_path / "backup")
        ended_well(first)
        lab.send_dm(MEETING)
        second = bot(lab, tmp_path / "elsewhere", saved)
        second.start()
        (meanwhile,) = lab.wait_replies(ALICE)
        assert "10 January 2022" in meanwhile["text"]
        lab.redeliver(2)
        assert PROOF in shown(lab, answer, PASSAGE, ALICE)["text"]
        said = [message.get("text", "") for message in lab.world.chats[ALICE].messages.values()]
        assert [sum(words in text for text in said) for words in (ANSWER, "10 January 2022")] == [1, 1]
        ended_well(second)
        assert lab.refused() == []
