"""``dateline evaluate``: figures for people and programs, other articles, baselines, lines that are no questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.settings import Settings
from tests.cli.conftest import Run
from tests.cli.question_lines import write_lines
from tests.factories import FakeDateline

RIGHT = {"id": "a", "question": "When did the ferry reach Dover?", "answers": ["4 May"], "kind": "when"}
WRONG = {"id": "b", "question": "Where is the ferry?", "answers": ["Calais"], "kind": "where"}
UNANSWERABLE = {"id": "c", "question": "Who stole cheese?", "answerable": False}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "questions.jsonl", [RIGHT, WRONG, UNANSWERABLE])


def test_prints_a_line_for_each_kind_and_the_figures_over_all(
    run: Run, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", questions) == 0
    table, overall, _ = capsys.readouterr().out.split("\n\n")
    assert [line.split()[0] for line in table.splitlines()] == ["kind", "when", "where", "who"]
    assert "sentence 0.500" in overall.splitlines()
    assert "abstained 1.000" in overall.splitlines()


def test_json_has_a_row_for_each_question(run: Run, questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", questions, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert {row["id"]: row["right"] for row in report["rows"]} == {"a": True, "b": False, "c": True}
    assert {"answered", "short", "text", "confidence", "quotes", "wall_ms", "cpu_ms"} <= report["rows"][0].keys()
    assert report["all"]["answerable"] == 2


def test_the_first_question_is_asked_once_more_before_time_is_taken(
    run: Run, questions: Path, dateline: FakeDateline
) -> None:
    run("evaluate", questions, "--today", "2022-01-06", "--always")
    texts = [each["question"] for each in (RIGHT, WRONG, UNANSWERABLE)]
    assert [text for text, _, _ in dateline.asked] == [texts[0], *texts]
    assert {(str(today), always) for _, today, always in dateline.asked} == {("2022-01-06", True)}


def test_a_baseline_shows_what_was_won_and_lost(
    run: Run, questions: Path, tmp_path: Path, dateline: FakeDateline, capsys: pytest.CaptureFixture[str]
) -> None:
    run("evaluate", questions, "--json")
    (tmp_path / "before.json").write_text(capsys.readouterr().out, encoding="utf-8")
    dateline.articles.clear()
    assert run("evaluate", questions, "--baseline", tmp_path / "before.json") == 0
    err = capsys.readouterr().err.splitlines()
    assert err[-1] == f"lost a: {RIGHT['question']}"
    assert "sentence 0.500 -> 0.000" in err


@pytest.mark.parametrize("content", ["", "[]", '{"all": {}}'])
def test_a_baseline_that_is_no_report_is_refused(
    run: Run, questions: Path, tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "before.json").write_text(content)
    assert run("evaluate", questions, "--baseline", tmp_path / "before.json") == 2
    assert "it is not a report that evaluate --json wrote" in capsys.readouterr().err


def test_lines_that_are_no_questions_are_reported_and_left_out(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path / "q.jsonl", [RIGHT, "{broken\n", RIGHT, {**WRONG, "answers": 3}])
    assert run("evaluate", file, "--json") == 1
    out, err = capsys.readouterr()
    assert [row["id"] for row in json.loads(out)["rows"]] == ["a"]
    assert [line.split(": ", 1)[1][:22] for line in err.splitlines()] == [
        "it is not a JSON objec",
        "the id 'a' is used twi",
        "the field 'answers' is",
    ]


def test_a_file_without_questions_is_refused(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", write_lines(tmp_path / "q.jsonl", [])) == 2
    assert "there is no question in it" in capsys.readouterr().err


def test_other_articles_are_read_into_a_folder_that_is_removed(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders: list[tuple[Path, bool]] = []

    def build(settings: Settings, empty: bool) -> FakeDateline:
        folders.append((settings.data_dir, empty))
        return FakeDateline()

    (tmp_path / "news.txt").write_text("The ferry reached Dover on 4 May.")
    assert main(["evaluate", str(questions), "--articles", str(tmp_path / "news.txt"), "--json"], build=build) == 0
    assert json.loads(capsys.readouterr().out)["all"]["sentence"] == 0.5
    ((folder, empty),) = folders
    assert empty
    assert not folder.exists()
