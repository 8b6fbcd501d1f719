"""Telegram says what ``dateline ask`` says: the same questions, the same words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.chat.views.renderer import JOINER
from tests.journeys.conftest import HERE, ROOT
from tests.tglab import TelegramLab

QUESTIONS = ROOT / "tests" / "quality" / "questions.jsonl"
GIVEN = 52
FIRST_READER = 4001


def asked_at_the_command_line(filled: Path, questions: Path) -> dict[str, str]:
    """What ``ask --json --batch`` says to each question."""
    today = datetime.now(UTC).date().isoformat()
    words = ("ask", "--json", "--today", today, "--batch", str(questions))
    command = [sys.executable, "-m", "bot", "--data", str(filled), *words]
    done = subprocess.run(command, env=os.environ | HERE, check=True, capture_output=True, text=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["question"]: row["text"] for row in rows}


def asked_in_telegram(lab: TelegramLab, questions: list[str]) -> dict[str, str]:
    """What the bot says to each question, each asked by somebody else, so that none goes on with another."""
    readers = {lab.user(FIRST_READER + number)["id"]: question for number, question in enumerate(questions)}
    for reader, question in readers.items():
        lab.send_dm(question, reader)
    replies = {question: lab.wait_replies(reader, timeout=60) for reader, question in readers.items()}
    return {question: _words(said) for question, said in replies.items()}


def _words(messages: list[dict[str, Any]]) -> str:
    return "\n\n".join(message["text"] for message in messages).replace(JOINER, "")


def _without_quote_marks(text: str) -> str:
    """The plain text without the bars that stand for Telegram's quotes."""
    return "\n".join(line.removeprefix("| ") for line in text.splitlines())


def test_the_seed_questions_get_the_same_answers_in_telegram_as_at_the_command_line(
    lab: TelegramLab, filled: Path, tmp_path: Path
) -> None:
    rows = QUESTIONS.read_text(encoding="utf-8").splitlines()[:GIVEN]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(rows), encoding="utf-8")
    said = asked_at_the_command_line(filled, batch)
    assert len(said) == GIVEN
    told = asked_in_telegram(lab, list(said))
    assert told == {question: _without_quote_marks(text) for question, text in said.items()}
