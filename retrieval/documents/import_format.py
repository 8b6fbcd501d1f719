"""The fields of one imported record, checked: an Article, or a sentence about what is wrong with it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from datetime import date, datetime

from retrieval.errors import SourceError
from retrieval.models import Article, Knowledge, Published, Record

FIELDS = ("id", "title", "text", "source", "published", "url", "author", "language")
_BREAKS = re.compile(r"\s*[\t\v\f\r\n\x85\u2028\u2029]+\s*")
_UNTYPABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]|^\s|\s$")
_FIRST_YEAR, _LAST_YEAR = 1600, 2200  # no newspaper is older, and dates counted from a day must stay calendar dates
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a number"),
    (float, "a number"),
    (str, "text"),
    (list, "a list"),
    (dict, "an object"),
)


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
    words = {field: _words(fields, field, place) for field in FIELDS}
    text = words["text"]
    if text is None:
        raise SourceError(place, _no_text(fields))
    given = words["published"]
    return Article(
        id=_identity(words["id"] or name, place),
        text=text,
        title=_line(words["title"]),
        outlet=_line(words["source"]),
        published=Published(day=day_of(given, place), how="given with the article") if given else None,
        url=_line(words["url"]),
        author=_line(words["author"]),
        language=_line(words["language"]),
    )


def fields_of(article: Article) -> dict[str, str]:
    """The article in the import format, so that ``article_of`` makes the same one of it.

    A day that was inferred is left out: it is inferred again."""
    published = article.published
    stated = published is not None and published.known is Knowledge.STATED
    given = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "source": article.outlet,
        "published": published.day.isoformat() if published and stated else None,
        "url": article.url,
        "author": article.author,
        "language": article.language,
    }
    return {field: words for field, words in given.items() if words is not None}


def day_of(value: object, place: str, field: str = "published") -> date:
    """The day that an ISO 8601 date or datetime names, as its writer's calendar had it (no time zone is applied).

    Raises SourceError where it names none.
    """
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(value, str):
        day = _parsed_day(value.strip())
    if not isinstance(day, date):
        raise SourceError(place, f'"{field}" must be a date such as 2022-01-06, not {_shown(value)}')
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise SourceError(place, f'"{field}" must lie between {_FIRST_YEAR} and {_LAST_YEAR}, not in {day.year}')
    return day


def checked(words: str, field: str, place: str) -> str:
    """``words``, if every part of Dateline can keep and send them; raises SourceError otherwise."""
    if "\x00" in words:
        raise SourceError(place, f'"{field}" holds a NUL character, which is not text')
    try:
        words.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(words[error.start])
        raise SourceError(place, f'"{field}" holds half a character (the lone surrogate U+{code:04X})') from None
    return words


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


def kind_of(value: object) -> str:
    """What a JSON or TOML value is, for a person."""
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "nothing" if value is None else "a date")


def _words(fields: Mapping[str, object], field: str, place: str) -> str | None:
    """The text of a field; None where it is missing, null or blank."""
    value = fields.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise SourceError(place, f'"{field}" must be text, not {kind_of(value)}')
    return checked(value, field, place) if value.strip() else None


def _no_text(fields: Mapping[str, object]) -> str:
    return "the text is empty" if fields.get("text") is not None else 'there is no "text"'


def _line(words: str | None) -> str | None:
    """A header field on one line: it is shown beside the text, never quoted from."""
    return _BREAKS.sub(" ", words.strip()) if words else None


def _identity(words: str, place: str) -> str:
    checked(words, "id", place)
    if _UNTYPABLE.search(words):
        raise SourceError(place, f"the id {words!r} starts or ends with white space or holds a control character")
    return words


def _parsed_day(words: str) -> date | None:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            day = read(words)
        except ValueError:
            continue
        return day.date() if isinstance(day, datetime) else day
    return None


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str) else kind_of(value)
