"""What the stretches of an article are: headline, dateline, subhead or paragraph; and what a text says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from pydantic import NonNegativeInt

from retrieval.documents.datelines import read_dateline
from retrieval.models import Record, Span, TextPart


class TextBlock(Record):
    """A stretch of an article and what it is; the dateline before a sentence shares that sentence's paragraph."""

    part: TextPart
    span: Span
    paragraph: NonNegativeInt = 0


class StatedHeader(Record):
    """What a text says of itself; the day only where it is complete."""

    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    place: str | None = None


_LONGEST_HEADLINE_WORDS = 25
_LONGEST_SUBHEAD_WORDS = 14
_LONGEST_SUBHEAD = 100  # characters
_WRAPPED_WIDTH = 100  # characters; lines broken by an editor are at most as wide
_DATELINES_IN_FIRST = 4  # paragraphs: headline, byline, date and place each may be one
_SENTENCE_END = re.compile(r"[.!?…:;,。！？।؟][\"'”’»)\]]*$")
_CLAUSE_END = re.compile(r"[.!…:;,。！।][\"'”’»)\]]*$|[\"”»]$")
_LIST_ITEM = re.compile(r"[-–—•*·▪◦]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s")
_HEADING_MARK = re.compile(r"#{1,6}\s|=+\s.*\s=+$")
_STARTS_LOWER = re.compile(r"[\"'“‘(]?[^\W\d_]")


def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """The blocks of ``text`` in order; together they cover everything but white space."""
    paragraphs = _paragraphs(text)
    found: list[TextBlock] = []
    for number, span in enumerate(paragraphs):
        if number < _DATELINES_IN_FIRST:
            found.extend(_with_dateline(text, paragraphs, number))
        else:
            found.append(TextBlock(part=_part(text, paragraphs, number), span=span, paragraph=number))
    return tuple(found)


def stated_header(text: str) -> StatedHeader:
    """What ``text`` says of itself: its headline, and what its datelines and lines of metadata give."""
    paragraphs = _paragraphs(text)
    found = [read_dateline(span.of(text)) for span in paragraphs[:_DATELINES_IN_FIRST]]
    known = [dateline for dateline in found if dateline is not None]
    title = next((dateline.title for dateline in known if dateline.title), None)
    if title is None and paragraphs and _part(text, paragraphs, 0) is TextPart.HEADLINE and found[0] is None:
        title = re.sub(r"^[#=\s]+|[=\s]+$", "", paragraphs[0].of(text))
    return StatedHeader(
        title=title,
        outlet=next((dateline.outlet for dateline in known if dateline.outlet), None),
        published=next((dateline.day for dateline in known if dateline.day), None),
        place=next((dateline.place for dateline in known if dateline.place), None),
    )


def _with_dateline(text: str, paragraphs: Sequence[Span], number: int) -> Iterator[TextBlock]:
    span = paragraphs[number]
    dateline = read_dateline(span.of(text))
    if dateline is None:
        yield TextBlock(part=_part(text, paragraphs, number), span=span, paragraph=number)
        return
    end = span.start + dateline.length
    yield TextBlock(part=TextPart.DATELINE, span=_trimmed(text, span.start, end), paragraph=number)
    if end < span.end:
        yield TextBlock(part=TextPart.BODY, span=_trimmed(text, end, span.end), paragraph=number)


def _part(text: str, paragraphs: Sequence[Span], number: int) -> TextPart:
    words = paragraphs[number].of(text)
    if number == 0:
        return TextPart.HEADLINE if _is_headline(words, text, paragraphs) else TextPart.BODY
    if _HEADING_MARK.match(words) and "\n" not in words:
        return TextPart.SUBHEAD
    if number + 1 < len(paragraphs) and _is_subhead(words, text, paragraphs, number):
        return TextPart.SUBHEAD
    return TextPart.BODY


def _is_headline(words: str, text: str, paragraphs: Sequence[Span]) -> bool:
    if len(paragraphs) < 2 or "\n" in words or _LIST_ITEM.match(words):
        return False
    if _HEADING_MARK.match(words):
        return True
    rest = [span.of(text) for span in paragraphs[1:4]]
    reads_like_one = not _CLAUSE_END.search(words) and not _goes_on_in_lower_case(words)
    return (
        reads_like_one
        and len(words.split()) <= _LONGEST_HEADLINE_WORDS
        and any(len(other) > len(words) and _SENTENCE_END.search(other) for other in rest)
    )


def _is_subhead(words: str, text: str, paragraphs: Sequence[Span], number: int) -> bool:
    if not _looks_like_subhead(words):
        return False
    after = paragraphs[number + 1].of(text)
    before = paragraphs[number - 1].of(text)
    alone = not _looks_like_subhead(before) or number == 1
    return alone and len(after) > len(words) and not _looks_like_subhead(after)


def _looks_like_subhead(words: str) -> bool:
    return (
        len(words) <= _LONGEST_SUBHEAD
        and len(words.split()) <= _LONGEST_SUBHEAD_WORDS
        and "\n" not in words
        and not _CLAUSE_END.search(words)
        and not _LIST_ITEM.match(words)
        and not _goes_on_in_lower_case(words)
        and any(letter.isalpha() for letter in words)
    )


def _goes_on_in_lower_case(words: str) -> bool:
    match = _STARTS_LOWER.match(words)
    return match is not None and match[0][-1].islower()


def _paragraphs(text: str) -> list[Span]:
    """Blank lines end a paragraph; so does every line break, unless the lines of ``text`` are hard-wrapped."""
    chunks = _chunks(text)
    if _is_hard_wrapped([[line.of(text) for line in chunk] for chunk in chunks]):
        return [Span(start=chunk[0].start, end=chunk[-1].end) for chunk in chunks]
    return [line for chunk in chunks for line in chunk]


def _chunks(text: str) -> list[list[Span]]:
    """The lines of ``text`` that hold something, grouped where blank lines part them."""
    chunks: list[list[Span]] = [[]]
    start = 0
    for line in text.split("\n"):
        if line.strip():
            chunks[-1].append(_trimmed(text, start, start + len(line)))
        elif chunks[-1]:
            chunks.append([])
        start += len(line) + 1
    return [chunk for chunk in chunks if chunk]


def _is_hard_wrapped(chunks: Sequence[Sequence[str]]) -> bool:
    """Whether line breaks are mere layout: lines of like width, broken within sentences."""
    pairs = [(line, after) for lines in chunks for line, after in pairwise(lines)]
    if not pairs or median(len(line) for line, _ in pairs) > _WRAPPED_WIDTH:
        return False
    within = sum(not _SENTENCE_END.search(line.rstrip()) for line, _ in pairs)
    lower = sum(_goes_on_in_lower_case(after.lstrip()) for _, after in pairs)
    return within >= len(pairs) / 2 and lower >= len(pairs) / 4


def _trimmed(text: str, start: int, end: int) -> Span:
    stretch = text[start:end]
    return Span(start=start + len(stretch) - len(stretch.lstrip()), end=start + len(stretch.rstrip()))
