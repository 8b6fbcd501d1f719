"""The command line over a Dateline in memory: formats, exit codes, and one clear line for every mistake."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.settings import Settings, variable
from tests.factories import SENTENCE, FakeDateline, make_article

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def dateline() -> FakeDateline:
    return FakeDateline([make_article(url="https://example.org/ferry")])


@pytest.fixture
def run(dateline: FakeDateline) -> Run:
    return lambda *argv: main([str(part) for part in argv], build=lambda settings, empty: dateline)


def write(path: Path, rows: Sequence[Any]) -> Path:
    path.write_text("".join(row if isinstance(row, str) else f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


class TestAsk:
    def test_says_the_reply(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("ask", "When did the ferry reach Dover?") == 0
        assert SENTENCE in capsys.readouterr().out

    def test_words_need_no_quotation_marks(self, run: Run, dateline: FakeDateline) -> None:
        assert run("ask", "When", "did", "the", "ferry", "sail?") == 0
        assert dateline.asked[0][0] == "When did the ferry sail?"

    def test_json_of_an_answer(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
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

    def test_json_of_silence(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("ask", "--json", "Who stole cheese?") == 0
        row = json.loads(capsys.readouterr().out)
        assert row["status"] == "not_found"
        assert row["short_answer"] is None
        assert row["citations"] == []
        assert row["reason"] == "nothing_found"

    def test_batch_keeps_order_and_ids(
        self, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], dateline: FakeDateline
    ) -> None:
        file = write(tmp_path / "q.jsonl", [{"id": "a", "question": "the ferry?"}, {"id": 7, "question": "cheese?"}])
        assert run("ask", "--json", "--batch", file, "--always", "--today", "2022-01-06") == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(row["id"], row["status"]) for row in rows] == [("a", "answered"), (7, "not_found")]
        assert [(str(today), always) for _, today, always in dateline.asked] == [("2022-01-06", True)] * 2

    def test_a_bad_line_of_a_batch_costs_no_other(
        self, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = [{"id": 1, "question": "the ferry?"}, "{broken\n", {"id": 3, "question": "the ferry?"}]
        file = write(tmp_path / "q.jsonl", rows)
        assert run("ask", "--json", "--batch", file) == 1
        out, err = capsys.readouterr()
        assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 3]
        assert err == f"{file}:2: it is not a JSON object\n"

    def test_explain_shows_every_step(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("ask", "--explain", "When did the ferry reach Dover?") == 0
        out = capsys.readouterr().out
        for part in ("kind: when", "ferry#0", "+1.500 overlap (0.500 x 3.000)", "Dover", "+0.800 coverage", "answered"):
            assert part in out

    def test_explain_goes_into_json(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("ask", "--json", "--explain", "When did the ferry reach Dover?") == 0
        assert "  kind: when" in json.loads(capsys.readouterr().out)["explanation"]

    def test_bytes_that_are_no_text_are_asked_as_such(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("ask", "--json", "the ferry \udcff") == 0
        assert json.loads(capsys.readouterr().out)["question"] == "the ferry \ufffd"


class TestSearch:
    def test_json(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("search", "--json", "--top", "3", "ferry") == 0
        hit = {"rank": 1, "score": 2.5, "article_id": "ferry", "start": 0, "end": len(SENTENCE), "text": SENTENCE}
        assert json.loads(capsys.readouterr().out) == {"id": None, "query": "ferry", "hits": [hit]}

    def test_nothing_found_is_fine(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("search", "--json", "cheese") == 0
        assert json.loads(capsys.readouterr().out)["hits"] == []

    def test_batch_reads_queries_and_questions(
        self, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = write(tmp_path / "q.jsonl", [{"id": "a", "query": "ferry"}, {"id": "b", "question": "cheese"}])
        assert run("search", "--json", "--batch", file) == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(row["id"], row["query"], len(row["hits"])) for row in rows] == [("a", "ferry", 1), ("b", "cheese", 0)]

    def test_for_a_person(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("search", "ferry") == 0
        assert (
            f"1. 2.50  ferry  2021-05-06  Channel News  Ferry reaches Dover\n   {SENTENCE}" in capsys.readouterr().out
        )


class TestArticles:
    def test_add_counts_what_went_in(self, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "news.txt").write_text("A ship sailed.")
        assert run("add", tmp_path / "news.txt") == 0
        assert capsys.readouterr().out == "1 added, 0 replaced, 0 unchanged, 0 refused\n"

    def test_list_json(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
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

    def test_show_json_has_the_text(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("show", "ferry", "--json") == 0
        assert json.loads(capsys.readouterr().out)["text"] == SENTENCE

    @pytest.mark.parametrize("command", ["show", "remove"])
    def test_an_unknown_id_is_one_line(self, run: Run, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(command, "tunnel") == 1
        assert capsys.readouterr().err == "dateline: no article has the id 'tunnel'\n"

    def test_remove(self, run: Run, dateline: FakeDateline) -> None:
        assert run("remove", "ferry") == 0
        assert dateline.articles == {}

    def test_an_empty_list_says_so(self, run: Run, dateline: FakeDateline, capsys: pytest.CaptureFixture[str]) -> None:
        dateline.articles.clear()
        assert run("list") == 0
        assert "no articles yet" in capsys.readouterr().err


class TestMisuse:
    @pytest.mark.parametrize(
        ("argv", "problem"),
        [
            ([], "COMMAND"),
            (["sing"], "invalid choice: 'sing'"),
            (["ask"], "there is nothing to look for"),
            (["ask", "Who?", "--batch", "q.jsonl"], "either words or --batch"),
            (["ask", "--json", "--batch", "absent.jsonl"], "absent.jsonl: no such file"),
            (["ask", "Who?", "--today", "yesterday"], "'yesterday' is not a day such as 2022-01-06"),
            (["search", "--top", "0", "ferry"], "'0' is not a whole number from 1 up"),
            (["add"], "PATH"),
            (["evaluate", "absent.jsonl"], "absent.jsonl: no such file"),
        ],
    )
    def test_is_one_line_and_code_2(
        self, run: Run, argv: list[str], problem: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        try:
            code = run(*argv)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        assert code == 2
        err = capsys.readouterr().err
        assert problem in err
        assert err.count("\n") == 1

    def test_a_bad_setting(self, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("DATELINE_RANKER", "tfidf")
        assert run("list") == 2
        assert capsys.readouterr().err == "dateline: DATELINE_RANKER: it should be 'plus' or 'okapi'\n"

    def test_a_data_folder_that_is_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "data").write_text("not a folder")
        assert main(["--data", str(tmp_path / "data"), "list"]) == 2
        err = capsys.readouterr().err
        assert str(tmp_path / "data") in err
        assert err.count("\n") == 1


class TestEndings:
    def test_what_was_opened_is_closed(self, run: Run, dateline: FakeDateline) -> None:
        run("ask", "the ferry?")
        assert dateline.closed

    def test_interruption_is_quiet(
        self, run: Run, dateline: FakeDateline, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(dateline, "answer", interrupt)
        assert run("ask", "the ferry?") == 130
        assert capsys.readouterr() == ("", "")
        assert dateline.closed


def test_data_and_empty_stand_before_the_command(tmp_path: Path) -> None:
    opened: list[tuple[Path, bool]] = []

    def build(settings: Settings, empty: bool) -> FakeDateline:
        opened.append((settings.data_dir, empty))
        return FakeDateline()

    assert main(["--data", str(tmp_path / "x"), "--empty", "list"], build=build) == 0
    assert opened == [(tmp_path / "x", True)]


class TestFit:
    def test_weights_need_a_corpus(self, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("fit") == 2
        assert "--corpus ARTICLES QUESTIONS" in capsys.readouterr().err
