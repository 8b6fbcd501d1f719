"""Files of questions, one JSON object a line; a line that is no question is reported with its place."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from retrieval.models import Record

JSON_TYPES = {dict: "an object", list: "a list", str: "text", int: "a number", float: "a number", bool: "true or false"}


class BatchError(Exception):
    """A file of questions cannot be opened."""


class BadLine(Record):
    """A line that is no question: its place (``file:line``) and the problem."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class QuestionLine(Record):
    """A line with a question; ``fields`` are all fields of its JSON object."""

    place: str
    id: str | int
    text: str
    fields: dict[str, object] = Field(repr=False)


def read_lines(path: Path, names: Sequence[str]) -> Iterator[QuestionLine | BadLine]:
    """Each line of a file that is not blank; its text is the first of the fields ``names`` that it has.

    The path ``-`` is standard input. Raises BatchError where the file cannot be read.
    """
    for number, raw in enumerate(_lines(path), start=1):
        if raw.strip():
            yield _line(f"{path}:{number}", raw, names)


def _lines(path: Path) -> list[bytes]:
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise BatchError(f"{path}: {(error.strerror or 'it cannot be read').lower()}") from None
    return content.removeprefix(b"\xef\xbb\xbf").split(b"\n")


def _line(place: str, raw: bytes, names: Sequence[str]) -> QuestionLine | BadLine:
    try:
        fields = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return BadLine(place=place, problem="it is not UTF-8 text")
    except (ValueError, RecursionError):
        return BadLine(place=place, problem="it is not a JSON object")
    if not isinstance(fields, dict):
        return BadLine(place=place, problem=f"it is {JSON_TYPES.get(type(fields), 'null')}, not a JSON object")
    return _question_line(place, fields, names)


def _question_line(place: str, fields: dict[str, object], names: Sequence[str]) -> QuestionLine | BadLine:
    name = next((name for name in names if name in fields), None)
    if name is None:
        return BadLine(place=place, problem=f"it has no field {names[0]!r}")
    text, identity = fields[name], fields.get("id")
    if not isinstance(text, str) or not _is_encodable(text):
        return BadLine(place=place, problem=f"the field {name!r} is not text")
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        return BadLine(place=place, problem="it has no field 'id' that is text or a number")
    return QuestionLine(place=place, id=identity, text=text, fields=fields)


def _is_encodable(text: str) -> bool:
    """Whether UTF-8 can encode the text: JSON escapes can hold half of a surrogate pair, UTF-8 cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
