"""Question analysis: the kind, terms, names, days and outlets of a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.answering.lexicon.synonyms import lexicon
from bot.answering.lexicon.word_lists import word_list
from bot.answering.models import Question, QuestionKind
from bot.answering.question.aggregation_intent import asks_for_every_name, intent_of
from bot.answering.question.offices import asked_office
from bot.answering.question.outlets import NamedOutlets, named_outlets
from bot.answering.question.rules import KNOWN_ALREADY, KindReading, read_kind
from bot.answering.question.speakers import asked_speaker
from bot.answering.question.time_window import DateFinder, asked_days, upcoming_days
from retrieval.models import (
    NAME_KINDS,
    TIME_KINDS,
    Alternative,
    Analysis,
    CorpusProfile,
    Mention,
    MentionKind,
    Scope,
    Span,
    Token,
    inside_any,
)
from retrieval.text.tokens import index_terms

_PLURALS = {"person": ("people", "men", "women")}


_WEEKDAY_ASKED = re.compile(r"\b(?:day of the week|weekday)\b", re.IGNORECASE)
_DATE_PARTS = frozenset({"year", "month", "weekday"})


def parse_question(
    analysis: Analysis, profile: CorpusProfile, *, today: date | None = None, find_dates: DateFinder | None = None
) -> Question:
    """Reads an analysed text as a question; ``today`` and ``find_dates`` place words such as "last week"."""
    dates = [mention for mention in analysis.mentions if mention.kind is MentionKind.DATE]
    days = asked_days(analysis, profile, today, find_dates)
    intent = intent_of(analysis.text, dated=days is not None)
    reading = intent.reading if intent else read_kind(analysis.text)
    outlets = named_outlets(analysis.text, profile.outlets)
    scope = intent.scope if intent else Scope.NEAREST
    terms = _terms(analysis, reading, outlets)
    if asks_for_every_name(reading, [token.word for token in terms]):
        scope, terms = Scope.NAMES, ()
    terms = terms or _noun_of_list(analysis, reading, scope)
    if scope is Scope.DATED:
        days = days or upcoming_days(profile, today)
    question = Question(
        text=analysis.text,
        kind=reading.kind,
        analysis=analysis,
        terms=terms,
        alternatives=_alternatives(analysis, terms),
        expected_types=reading.expected_types,
        head=reading.head,
        names=tuple(_names(analysis, outlets)),
        days=tuple(_days(dates, profile, today)),
        outlets=_outlets_meant(outlets, reading),
        unknown_outlets=outlets.unknown,
        only_outlets=outlets.narrowing and len(outlets.spans) == 1,
        scope=scope,
        asked_days=days if scope is Scope.DATED else None,
    )
    asked = {"office": asked_office(question), "speaker": asked_speaker(question), "date_part": _date_part(question)}
    return question.model_copy(update=asked)


def _date_part(question: Question) -> str | None:
    """The part of a date that a question asks for: ``year``, ``month``, ``weekday``; None for the whole."""
    if _WEEKDAY_ASKED.search(question.text):
        return "weekday"
    return question.head if question.head in _DATE_PARTS else None


def _outlets_meant(outlets: NamedOutlets, reading: KindReading) -> tuple[str, ...]:
    return () if reading.kind is QuestionKind.SOURCES else outlets.known


def _terms(analysis: Analysis, reading: KindReading, outlets: NamedOutlets) -> tuple[Token, ...]:
    """The content tokens that say what the question is about; all content tokens where that leaves none."""
    asking = word_list("asking") | word_list(f"asking_{reading.kind.value}")
    if reading.kind is QuestionKind.WHEN and reading.head:
        asking |= {reading.head, f"{reading.head}s"}
    if outlets.filters or outlets.unknown or "articles" in analysis.text:
        asking |= word_list("about_articles")
    if reading.kind is QuestionKind.LIST and reading.expected_types and reading.head:
        asking |= {
            reading.head,
            *_PLURALS.get(reading.head, ()),
            f"{reading.head}s",
            f"{reading.head.removesuffix('y')}ies",
        }
    if reading.kind is QuestionKind.COMPARE and reading.head:
        asking |= {reading.head}
    left_out = (*outlets.filters, *_known_already(analysis.text))
    if reading.kind in _OF_DAYS:
        left_out += tuple(m.span for m in analysis.mentions if m.kind in TIME_KINDS)
    content = tuple(token for token in analysis.tokens if token.content and not inside_any(token, left_out))
    about = tuple(token for token in content if token.word not in asking)
    return (
        about
        if about or reading.kind in _OF_ALL or (reading.kind is QuestionKind.LIST and reading.expected_types)
        else content
    )


def _noun_of_list(analysis: Analysis, reading: KindReading, scope: Scope) -> tuple[Token, ...]:
    """The noun that is listed, where a list has no other words: ``list all ministers``."""
    if reading.kind is not QuestionKind.LIST or scope is Scope.NAMES:
        return ()
    nouns = {reading.head, *_PLURALS.get(reading.head or "", ()), f"{reading.head}s"}
    return tuple(token for token in analysis.tokens if token.content and token.word in nouns)


_OF_DAYS = frozenset({QuestionKind.ON_DATE, QuestionKind.PLANNED})
_OF_ALL = frozenset({*_OF_DAYS, QuestionKind.LATEST, QuestionKind.COUNT})
"""Kinds that need no words to search for: everything of a day, the newest articles."""


def _alternatives(analysis: Analysis, terms: Iterable[Token]) -> tuple[Alternative, ...]:
    """What to search for where a term is in no article: a nationality's country, or synonyms by their words."""
    countries = {
        token.term: frozenset({index_terms(mention.value)})
        for mention in analysis.mentions
        if mention.kind is MentionKind.NATIONALITY and mention.value
        for token in analysis.tokens
        if inside_any(token, (mention.span,))
    }
    found = (
        (term, countries.get(term) or lexicon().synonyms.get((term,), frozenset()))
        for term in dict.fromkeys(token.term for token in terms)
    )
    return tuple(
        Alternative(term=term, instead=tuple(sorted({word for phrase in phrases for word in phrase})))
        for term, phrases in found
        if phrases
    )


def _names(analysis: Analysis, outlets: NamedOutlets) -> list[Span]:
    """Spans of proper names: the mentions of names, and capitalised words inside the question."""
    named = [mention.span for mention in analysis.mentions if mention.kind in NAME_KINDS]
    timed = [mention.span for mention in analysis.mentions if mention.kind in TIME_KINDS]
    shouted = analysis.text.isupper()
    for token in analysis.tokens:
        capital = analysis.text[token.start].isupper() and token.start > 0 and not shouted
        if (
            capital
            and token.content
            and token.word.isalpha()
            and not inside_any(token, (*named, *timed, *outlets.filters))
        ):
            named.append(Span(start=token.start, end=token.end))
    left_out = (*outlets.filters, *_known_already(analysis.text))
    return sorted((span for span in named if not inside_any(span, left_out)), key=lambda span: span.start)


def _known_already(text: str) -> tuple[Span, ...]:
    """What a question excludes at its end, ``who else spoke besides ...``; it is not searched for."""
    return tuple(Span(start=found.start(), end=found.end()) for found in KNOWN_ALREADY.finditer(text))


def _days(dates: Iterable[Mention], profile: CorpusProfile, today: date | None) -> list[date]:
    """The days that a question names; a day without a year may be of any year that the corpus covers."""
    found: dict[date, None] = {}
    for mention in dates:
        value = mention.value or ""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            found[date.fromisoformat(value)] = None
        elif match := re.fullmatch(r"XXXX-(\d\d)-(\d\d)", value):
            for year in _years(profile, today):
                if day := _day(year, int(match[1]), int(match[2])):
                    found[day] = None
    return list(found)


def _years(profile: CorpusProfile, today: date | None) -> range:
    """The years that a day without a year may be in: those of the articles, one before and one after, or this year."""
    if profile.first and profile.last:
        return range(profile.first.year - 1, profile.last.year + 2)
    return range(today.year, today.year + 1) if today else range(0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
