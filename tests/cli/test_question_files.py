"""Files of questions: what a line must be, and that one bad line costs no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cli.question_files import BadLine, BatchError, QuestionLine, read_lines


def rows(tmp_path: Path, content: bytes, names: tuple[str, ...] = ("question",)) -> list[QuestionLine | BadLine]:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(content)
    return list(read_lines(file, names))


def test_reads_lines_in_order_and_ignores_other_fields(tmp_path: Path) -> None:
    found = rows(tmp_path, b'{"id": "a", "question": "Who?", "kind": "who"}\n\n{"id": 2, "question": "Why?"}\n')
    assert [(line.id, line.text) for line in found if isinstance(line, QuestionLine)] == [("a", "Who?"), (2, "Why?")]


def test_takes_the_first_name_that_a_line_has(tmp_path: Path) -> None:
    (line,) = rows(tmp_path, b'{"id": "a", "question": "Who?", "query": "ferry"}', ("query", "question"))
    assert isinstance(line, QuestionLine)
    assert line.text == "ferry"


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (b"not json", "it is not a JSON object"),
        (b"[1, 2]", "it is a list, not a JSON object"),
        (b"null", "it is null, not a JSON object"),
        (b'{"id": "x"}', "it has no field 'question'"),
        (b'{"id": "x", "question": 5}', "the field 'question' is not text"),
        (b'{"id": "x", "question": "\\ud800"}', "the field 'question' is not text"),
        (b'{"question": "Who?"}', "it has no field 'id' that is text or a number"),
        (b'{"id": true, "question": "Who?"}', "it has no field 'id' that is text or a number"),
        (b'{"id": "x", "question": "\xff"}', "it is not UTF-8 text"),
        (b"[" * 100_000, "it is not a JSON object"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path: Path, bad: bytes, problem: str) -> None:
    good, refused, last = rows(tmp_path, b'{"id": 1, "question": "Who?"}\n' + bad + b'\n{"id": 3, "question": "Why?"}')
    assert isinstance(good, QuestionLine)
    assert isinstance(last, QuestionLine)
    assert str(refused) == f"{tmp_path / 'questions.jsonl'}:2: {problem}"


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    found = rows(tmp_path, b'\xef\xbb\xbf{"id": 1, "question": "Who?"}\r\n{"id": 2, "question": "Why?"}\r\n')
    assert [type(line) for line in found] == [QuestionLine, QuestionLine]


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match=r"absent\.jsonl: no such file or directory"):
        list(read_lines(tmp_path / "absent.jsonl", ("question",)))


@given(content=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_read_line_by_line(tmp_path: Path, content: bytes) -> None:
    found = rows(tmp_path, content)
    assert len(found) == sum(bool(line.strip()) for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
