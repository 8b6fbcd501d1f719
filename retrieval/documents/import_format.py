"""The import format: a JSON object of known fields becomes an Article, or a sentence about what is wrong with it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

from retrieval.documents.article_fields import ARTICLE_FIELDS, checked_text, kind_of
from retrieval.errors import SourceError
from retrieval.models import Article, Record


class Refusal(Record):
    """A file or record that is not imported: where (``file:line``) and what is wrong with it."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"

    @classmethod
    def of(cls, error: SourceError) -> Refusal:
        return cls(place=error.place, problem=error.problem)


def article_of(fields: object, *, name: str, place: str) -> Article:
    """The article that ``fields`` (a JSON object in the import format) describe; ``name`` is its id if they give none.

    Fields that the format does not know are ignored. Raises SourceError for the first field that is wrong.
    """
    if not isinstance(fields, dict):
        raise SourceError(place, f'an article is an object with a "text", not {kind_of(fields)}')
    text = _words(fields, "text", place)
    given = {field: _words(fields, field.json_name, place) for field in ARTICLE_FIELDS}
    if text is None:
        raise SourceError(place, "the text is empty" if fields.get("text") is not None else 'there is no "text"')
    words = {field: name if field.name == "id" and value is None else value for field, value in given.items()}
    facts = {field.name: field.read(value, place) for field, value in words.items() if value}
    return Article.model_validate({**facts, "text": text})


def fields_of(article: Article) -> dict[str, str]:
    """The article in the import format, so that ``article_of`` makes the same one of it.

    A day that was inferred is left out: it is inferred again."""
    given = {field.json_name: field.written(article) for field in ARTICLE_FIELDS} | {"text": article.text}
    return {name: words for name, words in given.items() if words is not None}


def decoded(data: bytes, file: str, line: int = 1) -> str:
    """The text of UTF-8 ``data``, which begins on ``line`` of ``file``, without its byte order mark.

    Raises SourceError with the line of the first byte that is not UTF-8.
    """
    refuse_utf16(data, f"{file}:{line}")
    words = data.removeprefix(codecs.BOM_UTF8)
    try:
        return words.decode("utf-8")
    except UnicodeDecodeError as error:
        breaks = words.count(b"\n", 0, error.start)
        problem = f"the text is not UTF-8 (byte 0x{words[error.start]:02x}); save it as UTF-8"
        raise SourceError(f"{file}:{line + breaks}", problem) from None


def refuse_utf16(data: bytes, place: str) -> None:
    """Raises SourceError where ``data`` begins as UTF-16 does."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(place, "the text is UTF-16; save it as UTF-8")


def _words(fields: Mapping[str, object], field: str, place: str) -> str | None:
    """The text of a field; None where it is missing, null or blank."""
    value = fields.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise SourceError(place, f'"{field}" must be text, not {kind_of(value)}')
    return checked_text(value, field, place) if value.strip() else None
