"""An article's passages: paragraph-shaped windows with exact offsets; long paragraphs cut, short ones joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from statistics import median
from typing import NamedTuple

from retrieval.documents.layout import TextBlock, text_blocks
from retrieval.models import Article, Header, Passage, Sentence, Span, TextPart
from retrieval.text.sentences import split_sentences

_SHORT = 80  # paragraphs of the short kind, as news has them, are joined up to _JOINED words
_STRAY = 20  # among long paragraphs only one this short is joined to its neighbour
_JOINED = 220  # words of joined paragraphs; the best of those tried on open data: docs/quality.md, "What bought what"
_LONG = 640  # a paragraph beyond this is cut: what one Telegram message can show
_LONGEST_SENTENCE = 200  # words; text without full stops is cut there
_LONGEST_WORD = 2000  # characters; so is text without spaces


class _Unit(NamedTuple):
    """Sentences that are never parted: a headline, a dateline, a subhead, a paragraph or a cut of a long one."""

    part: TextPart
    sentences: tuple[Sentence, ...]
    words: int
    whole: bool


class _Window(NamedTuple):
    """A passage in the making."""

    units: tuple[_Unit, ...]
    heading: Span | None
    short: int

    @property
    def body(self) -> int:
        return sum(unit.words for unit in self.units if unit.part is TextPart.BODY)

    def takes(self, unit: _Unit) -> bool:
        """Whether ``unit`` joins this window: heads wait for their body, short paragraphs join up to a limit."""
        if self.body == 0:
            return True
        if unit.part is not TextPart.BODY:
            return unit.part is not TextPart.SUBHEAD
        return unit.whole and min(self.body, unit.words) < self.short and self.body + unit.words <= _JOINED

    def with_unit(self, unit: _Unit) -> _Window:
        return _Window((*self.units, unit), _heading(unit) or self.heading, self.short)


def split_passages(article: Article) -> tuple[Passage, ...]:
    """The passages of ``article``, without mentions: consecutive, and together covering all but white space."""
    windows = _windows(tuple(_units(article.text)))
    return tuple(_passage(article, ordinal, window) for ordinal, window in enumerate(windows))


def index_text(passage: Passage, header: Header) -> str:
    """What ranking indexes of a passage: its article's title, its heading and its words, none of them twice."""
    above = (header.title, passage.heading)
    return "\n".join([*(words for words in above if words and words not in passage.text), passage.text])


def _passage(article: Article, ordinal: int, window: _Window) -> Passage:
    sentences = tuple(sentence for unit in window.units for sentence in unit.sentences)
    span = Span(start=sentences[0].span.start, end=sentences[-1].span.end)
    return Passage(
        id=f"{article.id}#{ordinal}",
        article_id=article.id,
        span=span,
        text=span.of(article.text),
        heading=window.heading.of(article.text) if window.heading else None,
        sentences=sentences,
    )


def _windows(units: Sequence[_Unit]) -> list[_Window]:
    windows: list[_Window] = []
    short = _short_paragraph(units)
    for unit in units:
        if windows and windows[-1].takes(unit):
            windows[-1] = windows[-1].with_unit(unit)
        else:
            inherited = windows[-1].heading if windows else None
            windows.append(_Window((unit,), _heading(unit) or inherited, short))
    return windows


def _short_paragraph(units: Iterable[_Unit]) -> int:
    """Below how many words a paragraph is joined: all of them in an article of short paragraphs, else only strays."""
    sizes = [unit.words for unit in units if unit.part is TextPart.BODY]
    return _JOINED if sizes and median(sizes) < _SHORT else _STRAY


def _heading(unit: _Unit) -> Span | None:
    if unit.part is not TextPart.SUBHEAD:
        return None
    return Span(start=unit.sentences[0].span.start, end=unit.sentences[-1].span.end)


def _units(text: str) -> Iterator[_Unit]:
    for block in text_blocks(text):
        sentences = list(_sentences(text, block))
        sizes = [_words(sentence.span.of(text)) for sentence in sentences]
        pieces = 1 if sum(sizes) <= _LONG else -(-sum(sizes) // _LONG)
        yield from _cuts(block.part, sentences, sizes, pieces)


def _cuts(part: TextPart, sentences: Sequence[Sentence], sizes: Sequence[int], pieces: int) -> Iterator[_Unit]:
    """Groups sentences into ``pieces`` of like length: each goes where its middle word lies."""
    total = sum(sizes)
    before = accumulate(sizes, initial=0)
    placed = [int((start + size / 2) * pieces / total) for start, size in zip(before, sizes, strict=False)]
    for _, group in groupby(range(len(sentences)), key=placed.__getitem__):
        chosen = list(group)
        words = sum(sizes[index] for index in chosen)
        yield _Unit(part, tuple(sentences[index] for index in chosen), words, pieces == 1)


def _sentences(text: str, block: TextBlock) -> Iterator[Sentence]:
    for found in split_sentences(block.span.of(text)):
        span = Span(start=block.span.start + found.start, end=block.span.start + found.end)
        for piece in _pieces(text, span):
            yield Sentence(span=piece, part=block.part, paragraph=block.paragraph)


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence as it is, or, where it is beyond all measure, cut at white space."""
    if sentence.end - sentence.start < 2 * _LONGEST_SENTENCE:
        yield sentence
        return
    start, end, words = sentence.start, sentence.start, 0
    for match in re.finditer(rf"\S{{1,{_LONGEST_WORD}}}", sentence.of(text)):
        if words == _LONGEST_SENTENCE:
            yield Span(start=start, end=end)
            start, words = sentence.start + match.start(), 0
        end = sentence.start + match.end()
        words += 1
    yield Span(start=start, end=end)


def _words(text: str) -> int:
    return len(text.split())
