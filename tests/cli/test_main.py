"""The command line as a whole: exit codes, and one clear line for every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main
from bot.settings import Settings
from tests.cli.conftest import Run
from tests.factories import FakeDateline


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


def test_data_and_empty_are_given_before_the_command(tmp_path: Path) -> None:
    opened: list[tuple[Path, bool]] = []

    def build(settings: Settings, empty: bool) -> FakeDateline:
        opened.append((settings.data_dir, empty))
        return FakeDateline()

    assert main(["--data", str(tmp_path / "x"), "--empty", "list"], build=build) == 0
    assert opened == [(tmp_path / "x", True)]
