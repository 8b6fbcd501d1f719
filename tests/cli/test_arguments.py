"""What commands share: text or a file of texts, dates and numbers, and a Dateline that is always closed."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

import pytest

from bot.cli import arguments
from bot.cli.arguments import CommandContext, UsageError
from bot.cli.question_files import BadLine
from bot.settings import Settings
from tests.cli.question_lines import write_lines
from tests.factories import FakeDateline


def parsed(*typed: str) -> Namespace:
    parser = ArgumentParser()
    arguments.add_text_arguments(parser, "QUESTION")
    return parser.parse_args(typed)


def test_words_are_joined_to_one_text() -> None:
    assert arguments.text_argument(parsed("Who", "was", "it?")) == "Who was it?"
    assert arguments.text_argument(parsed("--batch", "q.jsonl")) is None


@pytest.mark.parametrize("typed", [(), ("Who?", "--batch", "q.jsonl")])
def test_text_and_a_file_exclude_each_other(typed: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="--batch FILE"):
        arguments.text_argument(parsed(*typed))


def test_today_is_the_given_date_or_the_current_one() -> None:
    assert arguments.today(parsed("Who?", "--today", "2022-01-06")) == date(2022, 1, 6)
    assert abs((arguments.today(parsed("Who?")) - date.today()).days) <= 1


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", ""])
def test_a_positive_integer(text: str) -> None:
    assert arguments.positive_integer("12") == 12
    with pytest.raises(ArgumentTypeError, match="from 1 up"):
        arguments.positive_integer(text)


def test_bytes_that_are_not_utf8_are_replaced() -> None:
    assert arguments.decode_argument("Nur-Sultan \udcff") == "Nur-Sultan \ufffd"


def test_an_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    arguments.print_error("first\n  second")
    assert capsys.readouterr() == ("", "first second\n")


def test_lines_that_are_no_questions_are_reported_and_collected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_lines(tmp_path / "q.jsonl", [{"id": 1, "question": "Who?"}, {"id": 2}])
    refused: list[BadLine] = []
    assert [line.text for line in arguments.batch_lines(file, ("question",), refused)] == ["Who?"]
    assert [each.place for each in refused] == [f"{file}:2"]
    assert capsys.readouterr().err == f"{file}:2: it has no field 'question'\n"


class TestCommandContext:
    def context(self, built: list[tuple[Path, bool]], dateline: FakeDateline) -> CommandContext:
        def build(settings: Settings, empty: bool) -> FakeDateline:
            built.append((settings.data_dir, empty))
            return dateline

        return CommandContext(Namespace(empty=False), Settings(data_dir=Path("data")), build)

    def test_opens_the_data_folder_or_another_one_that_begins_empty(self) -> None:
        built: list[tuple[Path, bool]] = []
        context = self.context(built, FakeDateline())
        with context.open_dateline(), context.open_dateline(Path("other")):
            pass
        assert built == [(Path("data"), False), (Path("other"), True)]

    def test_closes_dateline_after_an_error(self) -> None:
        dateline = FakeDateline()
        with pytest.raises(UsageError), self.context([], dateline).open_dateline():
            raise UsageError
        assert dateline.closed
