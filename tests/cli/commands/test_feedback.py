"""``dateline feedback`` and ``dateline unanswered`` over a chat database with votes and unanswered questions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.answering.models import Reply
from bot.chat.persistence.answers import StoredAnswer
from bot.chat.persistence.chat_database import FILE, ChatDatabase
from bot.chat.persistence.votes import UnansweredQuestions, Verdict, Vote, VoteStore
from tests.cli.conftest import Run
from tests.factories import make_answer, make_silence, make_trace


def stored(question: str, reply: Reply) -> StoredAnswer:
    trace = make_trace(reply).model_copy(update={"text": question})
    return StoredAnswer.of(trace, date(2022, 1, 7), (question,))


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    """A data folder: an answer with two votes, and two questions without an answer, one of them asked twice."""
    folder = tmp_path / "chats"
    folder.mkdir()
    with ChatDatabase(folder / FILE, clock=lambda: 1_641_470_400.0) as database:
        answer = stored("When did the ferry sail?", make_answer(short="4 May"))
        for voter in (1001, 1002):
            VoteStore(database).cast(answer, voter, Vote(verdict=Verdict.GOOD))
        for text in ("Who owns it?", "Where is the tunnel?", "Who owns it?"):
            UnansweredQuestions(database).note(stored(text, make_silence(text)))
    return folder


def test_each_answer_with_votes_is_a_question_that_evaluate_reads(
    run: Run, chats: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--data", chats, "feedback") == 0
    out = capsys.readouterr().out
    (row,) = map(json.loads, out.splitlines())
    assert (row["question"], row["answers"], row["votes"]) == ("When did the ferry sail?", ["4 May"], {"good": 2})
    (tmp_path / "votes.jsonl").write_text(out, encoding="utf-8")
    assert run("evaluate", tmp_path / "votes.jsonl") == 0


def test_no_votes_are_a_line_on_stderr(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data", tmp_path / "nothing", "feedback") == 0
    assert capsys.readouterr() == ("", "Nobody has voted on an answer yet.\n")
    assert not (tmp_path / "nothing").exists()


def test_unanswered_questions_are_listed_the_most_asked_first(
    run: Run, chats: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--data", chats, "unanswered") == 0
    assert capsys.readouterr().out.splitlines() == [
        "2 Who owns it? (nothing found, last on 2022-01-06)",
        "1 Where is the tunnel? (nothing found, last on 2022-01-06)",
    ]


def test_unanswered_questions_as_json_and_limited(run: Run, chats: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data", chats, "unanswered", "--json", "-n", "1") == 0
    assert json.loads(capsys.readouterr().out) == [
        {"question": "Who owns it?", "asked": 2, "reason": "nothing_found", "last": 1_641_470_400}
    ]


def test_no_unanswered_questions_are_a_line_on_stderr(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--data", tmp_path / "nothing", "unanswered") == 0
    assert capsys.readouterr() == ("", "Every question had an answer, or nobody has asked yet.\n")
