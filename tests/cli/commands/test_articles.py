"""``dateline add``, ``list``, ``show`` and ``remove``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.cli.conftest import Run
from tests.cli.question_lines import write_lines
from tests.factories import SENTENCE, FakeDateline


def test_add_counts_what_went_in(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "news.txt").write_text("A ship sailed.")
    assert run("add", tmp_path / "news.txt") == 0
    assert capsys.readouterr().out == "1 added, 0 replaced, 0 unchanged, 0 refused\n"


def test_list_json(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {
        "id": "ferry",
        "title": "Ferry reaches Dover",
        "source": "Channel News",
        "published": "2021-05-06",
        "date_inferred": False,
        "url": "https://example.org/ferry",
        "author": None,
        "language": None,
    }


def test_show_json_has_the_text(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "ferry", "--json") == 0
    assert json.loads(capsys.readouterr().out)["text"] == SENTENCE


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unknown_id_is_one_line(run: Run, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "tunnel") == 1
    assert capsys.readouterr().err == "dateline: no article has the id 'tunnel'\n"


def test_remove(run: Run, dateline: FakeDateline) -> None:
    assert run("remove", "ferry") == 0
    assert dateline.articles == {}


def test_an_empty_list_says_so(run: Run, dateline: FakeDateline, capsys: pytest.CaptureFixture[str]) -> None:
    dateline.articles.clear()
    assert run("list") == 0
    assert "no articles yet" in capsys.readouterr().err


def test_list_and_show_for_people(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    assert run("show", "ferry") == 0
    caption = "ferry  2021-05-06  Channel News  Ferry reaches Dover"
    assert capsys.readouterr().out == f"{caption}\n{caption}\n\n{SENTENCE}\n"


def test_what_is_refused_is_reported_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": "a", "text": "A ferry sank off Dover on 4 May 2021."}, {"id": "b", "text": ""}]
    file = write_lines(tmp_path / "news.jsonl", rows)
    assert main(["--data", str(tmp_path / "data"), "--empty", "add", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == "1 added, 0 replaced, 0 unchanged, 1 refused\n"
    assert err.startswith(f"{file}:2: ")
    assert err.count("\n") == 1
