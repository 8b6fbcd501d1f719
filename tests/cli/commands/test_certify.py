"""``dateline certify``: a line for each file and one for all, JSON, and questions that cannot be judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.question_lines import write_lines
from tests.factories import FakeDateline

RIGHT = {"id": "a", "question": "When did the ferry reach Dover?", "answers": ["4 May"]}
WRONG = {"id": "b", "question": "Where is the ferry?", "answers": ["Calais"]}
CLAIMED_WITHOUT_ANSWER = {"id": "c", "question": "Who stole the ferry?", "answerable": False}
ABSTAINED = {"id": "d", "question": "Who stole cheese?", "answerable": False}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "questions.jsonl", [RIGHT, WRONG, CLAIMED_WITHOUT_ANSWER, ABSTAINED])


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "second.jsonl", [RIGHT])


def test_one_file_is_one_line(run: Run, questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("certify", questions) == 0
    assert capsys.readouterr().out == (
        f"{questions}: 3 of 4 claimed, 2 wrong (66.7 %); with 95 % confidence at most 98.4 % of claims are wrong.\n"
    )


def test_several_files_have_a_pooled_line(
    run: Run, questions: Path, second: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("certify", questions, second) == 0
    *sets, together = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in sets] == [str(questions), str(second)]
    assert together.startswith("mean of 2 sets, 33.3 % wrong; ")


def test_json_has_the_figures_of_each_set(
    run: Run, questions: Path, second: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("certify", questions, second, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    first, other = report["sets"]
    assert (first["set"], first["questions"], first["claimed"], first["wrong"]) == (str(questions), 4, 3, 2)
    assert (other["rate"], other["upper_bound"]) == (0.0, pytest.approx(0.95))
    assert report["pooled"]["sets"] == 2
    assert report["confidence"] == 0.95


def test_json_of_one_file_is_not_pooled(run: Run, second: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("certify", second, "--json")
    assert json.loads(capsys.readouterr().out)["pooled"] is None


def test_questions_are_asked_on_the_day_and_may_be_abstained_from(
    run: Run, second: Path, dateline: FakeDateline
) -> None:
    run("certify", second, "--today", "2022-01-06")
    assert [(text, str(today), always) for text, today, always in dateline.asked] == [
        (RIGHT["question"], "2022-01-06", False)
    ]


def test_a_question_that_cannot_be_judged_is_reported_and_left_out(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path / "q.jsonl", [RIGHT, {"id": "x", "question": "Where is the ferry?"}, "{broken\n"])
    assert run("certify", file) == 1
    out, err = capsys.readouterr()
    assert "1 of 1 claimed, 0 wrong" in out
    assert f"{file}: the question 'x' has no accepted answer" in err.splitlines()
    assert len(err.splitlines()) == 2


def test_a_file_without_questions_is_refused(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("certify", write_lines(tmp_path / "q.jsonl", [])) == 2
    assert "there is no question in it" in capsys.readouterr().err


def test_other_articles_are_used(
    run: Run, tmp_path: Path, second: Path, dateline: FakeDateline, capsys: pytest.CaptureFixture[str]
) -> None:
    dateline.articles.clear()
    (tmp_path / "news.txt").write_text("The ferry reached Dover on 4 May.")
    assert run("certify", second, "--articles", tmp_path / "news.txt") == 0
    assert "1 of 1 claimed, 0 wrong" in capsys.readouterr().out
