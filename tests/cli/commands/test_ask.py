"""``dateline ask``: answers for people and programs, files of questions, explanations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.question_lines import write_lines
from tests.factories import SENTENCE, FakeDateline


def test_says_the_reply(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "When did the ferry reach Dover?") == 0
    assert SENTENCE in capsys.readouterr().out


def test_words_need_no_quotation_marks(run: Run, dateline: FakeDateline) -> None:
    assert run("ask", "When", "did", "the", "ferry", "sail?") == 0
    assert dateline.asked[0][0] == "When did the ferry sail?"


def test_json_of_an_answer(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "When did the ferry reach Dover?") == 0
    row = json.loads(capsys.readouterr().out)
    assert row["text"].strip()
    assert {name: value for name, value in row.items() if name != "text"} == {
        "id": None,
        "question": "When did the ferry reach Dover?",
        "status": "answered",
        "kind": "when",
        "short_answer": "4 May",
        "confidence": 0.9,
        "citations": [
            {
                "number": 1,
                "article_id": "ferry",
                "title": "Ferry reaches Dover",
                "source": "Channel News",
                "published": "2021-05-06",
                "url": "https://example.org/ferry",
                "quote": SENTENCE,
                "start": 0,
                "end": len(SENTENCE),
            }
        ],
    }


def test_json_of_silence(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "Who stole cheese?") == 0
    row = json.loads(capsys.readouterr().out)
    assert row["status"] == "not_found"
    assert row["short_answer"] is None
    assert row["citations"] == []
    assert row["reason"] == "nothing_found"


def test_batch_keeps_order_and_ids(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], dateline: FakeDateline
) -> None:
    file = write_lines(tmp_path / "q.jsonl", [{"id": "a", "question": "the ferry?"}, {"id": 7, "question": "cheese?"}])
    assert run("ask", "--json", "--batch", file, "--always", "--today", "2022-01-06") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["id"], row["status"]) for row in rows] == [("a", "answered"), (7, "not_found")]
    assert [(str(today), always) for _, today, always in dateline.asked] == [("2022-01-06", True)] * 2


def test_a_bad_line_of_a_batch_costs_no_other(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": 1, "question": "the ferry?"}, "{broken\n", {"id": 3, "question": "the ferry?"}]
    file = write_lines(tmp_path / "q.jsonl", rows)
    assert run("ask", "--json", "--batch", file) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 3]
    assert err == f"{file}:2: it is not a JSON object\n"


def test_explain_shows_every_step(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--explain", "When did the ferry reach Dover?") == 0
    out = capsys.readouterr().out
    for part in ("kind: when", "ferry#0", "+1.500 overlap (0.500 x 3.000)", "Dover", "+0.800 coverage", "answered"):
        assert part in out


def test_explain_goes_into_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "--explain", "When did the ferry reach Dover?") == 0
    assert "  kind: when" in json.loads(capsys.readouterr().out)["explanation"]


def test_bytes_that_are_no_text_are_asked_as_such(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "the ferry \udcff") == 0
    assert json.loads(capsys.readouterr().out)["question"] == "the ferry \ufffd"
