"""``dateline search``: hits for people and programs, and files of queries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.question_lines import write_lines
from tests.factories import SENTENCE


def test_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "--json", "--top", "3", "ferry") == 0
    hit = {"rank": 1, "score": 2.5, "article_id": "ferry", "start": 0, "end": len(SENTENCE), "text": SENTENCE}
    assert json.loads(capsys.readouterr().out) == {"id": None, "query": "ferry", "hits": [hit]}


def test_nothing_found_is_fine(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "--json", "cheese") == 0
    assert json.loads(capsys.readouterr().out)["hits"] == []


def test_batch_reads_queries_and_questions(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_lines(tmp_path / "q.jsonl", [{"id": "a", "query": "ferry"}, {"id": "b", "question": "cheese"}])
    assert run("search", "--json", "--batch", file) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["query"], len(row["hits"])) for row in rows] == [("a", "ferry", 1), ("b", "cheese", 0)]


def test_for_a_person(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("search", "ferry") == 0
    assert f"1. 2.50  ferry  2021-05-06  Channel News  Ferry reaches Dover\n   {SENTENCE}" in capsys.readouterr().out
