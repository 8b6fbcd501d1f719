"""The facts of an article besides its text, in one table: how each is read, stored and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from retrieval.errors import SourceError
from retrieval.models import Article, Header, Knowledge, Published

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


@dataclass(frozen=True)
class ArticleField:
    """A fact that is one line of text: an attribute of Article and Header, and a column of the same name.

    ``json_name`` is its name in import records and in the JSON of ``list`` and ``show``.
    """

    name: str
    json_name: str
    in_manifest: bool = True

    def read(self, words: str, place: str) -> object:
        """The fact that an import record at ``place`` gives; raises SourceError where it gives none."""
        return _BREAKS.sub(" ", words.strip())

    def read_manifest(self, value: object, place: str) -> object:
        """The fact that a manifest at ``place`` gives; raises SourceError where it gives none."""
        if not isinstance(value, str) or not value.strip():
            raise SourceError(place, f'"{self.name}" must be text, not {kind_of(value) if value else "empty"}')
        return checked_text(value, self.name, place)

    def written(self, article: Article) -> str | None:
        """What an import record says of it, so that reading it gives the same fact."""
        fact: str | None = getattr(article, self.name)
        return fact

    def shown(self, header: Header) -> dict[str, object]:
        """What the JSON of ``list`` and ``show`` says of it."""
        return {self.json_name: getattr(header, self.name)}

    def columns(self, article: Article) -> dict[str, str | None]:
        """What is stored of it, by column."""
        return {self.name: getattr(article, self.name)}

    def stored(self, row: Mapping[str, Any]) -> object:
        """The fact that columns hold."""
        return row[self.name]


class _IdField(ArticleField):
    """The id, which people type: it may hold no character that cannot be typed."""

    def read(self, words: str, place: str) -> str:
        checked_text(words, self.json_name, place)
        if _UNTYPABLE.search(words):
            raise SourceError(place, f"the id {words!r} starts or ends with white space or holds a control character")
        return words


class _PublishedField(ArticleField):
    """The day of publication, stored with how it is known."""

    def read(self, words: str, place: str) -> Published:
        return Published(day=day_of(words, place), how="given with the article")

    def read_manifest(self, value: object, place: str) -> date:
        return day_of(value, place)

    def written(self, article: Article) -> str | None:
        """The day if it is stated; one that was inferred is inferred again."""
        published = article.published
        return published.day.isoformat() if published and published.known is Knowledge.STATED else None

    def shown(self, header: Header) -> dict[str, object]:
        published = header.published
        inferred = published is not None and published.known is Knowledge.INFERRED
        return {self.json_name: published and published.day.isoformat(), "date_inferred": inferred}

    def columns(self, article: Article) -> dict[str, str | None]:
        names = ("published", "published_known", "published_how")
        if article.published is None:
            return dict.fromkeys(names)
        day, known, how = article.published.day, article.published.known, article.published.how
        return dict(zip(names, (day.isoformat(), known.value, how), strict=True))

    def stored(self, row: Mapping[str, Any]) -> Published | None:
        if row["published"] is None:
            return None
        day = date.fromisoformat(row["published"])
        return Published(day=day, known=row["published_known"], how=row["published_how"])


ARTICLE_FIELDS: tuple[ArticleField, ...] = (
    _IdField("id", "id", in_manifest=False),
    ArticleField("title", "title"),
    ArticleField("outlet", "source"),
    _PublishedField("published", "published"),
    ArticleField("url", "url"),
    ArticleField("author", "author"),
    ArticleField("language", "language"),
)


def json_of(header: Header) -> dict[str, object]:
    """What the JSON of ``list`` and ``show`` says of an article.

    >>> json_of(Header(id="a", outlet="TASS"))["source"]
    'TASS'
    """
    return {name: value for field in ARTICLE_FIELDS for name, value in field.shown(header).items()}


def columns_of(article: Article) -> dict[str, str | None]:
    """What is stored of an article besides its text, by column."""
    return {name: value for field in ARTICLE_FIELDS for name, value in field.columns(article).items()}


def facts_in(row: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that a stored row holds, by the names of their attributes."""
    return {field.name: field.stored(row) for field in ARTICLE_FIELDS}


def day_of(value: object, place: str, field: str = "published") -> date:
    """The day that an ISO 8601 date or datetime names, as its writer's calendar had it (no time zone is applied).

    Raises SourceError where it names none.
    """
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(value, str):
        day = _parsed_day(value.strip())
    if not isinstance(day, date):
        shown = repr(value) if isinstance(value, str) else kind_of(value)
        raise SourceError(place, f'"{field}" must be a date such as 2022-01-06, not {shown}')
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise SourceError(place, f'"{field}" must lie between {_FIRST_YEAR} and {_LAST_YEAR}, not in {day.year}')
    return day


def checked_text(words: str, field: str, place: str) -> str:
    """``words``, if every part of Dateline can keep and send them; raises SourceError otherwise."""
    if "\x00" in words:
        raise SourceError(place, f'"{field}" holds a NUL character, which is not text')
    try:
        words.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(words[error.start])
        raise SourceError(place, f'"{field}" holds half a character (the lone surrogate U+{code:04X})') from None
    return words


def kind_of(value: object) -> str:
    """What a JSON or TOML value is, for a person."""
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "nothing" if value is None else "a date")


def _parsed_day(words: str) -> date | None:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            day = read(words)
        except ValueError:
            continue
        return day.date() if isinstance(day, datetime) else day
    return None
