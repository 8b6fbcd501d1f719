"""The records that pass between the rooms: frozen, checked when made, and importing nothing of ours.

Every offset counts code points in ``Article.text``; every span is half-open, ``text[start:end]``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, SkipValidation, model_validator


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A stretch of an article's text, in code points, end excluded."""

    start: NonNegativeInt
    end: PositiveInt

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"a span must hold something, not {self.start}:{self.end}")
        return self

    def of(self, text: str) -> str:
        """The words of this span in ``text``."""
        return text[self.start : self.end]

    def contains(self, other: Span | Token) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span | Token) -> bool:
        """Whether ``other`` and this span share a code point."""
        return self.start < other.end and other.start < self.end

    def union(self, other: Span) -> Span:
        """The shortest span that contains both."""
        return Span(start=min(self.start, other.start), end=max(self.end, other.end))


def inside_any(piece: Span | Token, spans: Iterable[Span]) -> bool:
    """Whether ``piece`` lies inside one of the spans."""
    return any(span.contains(piece) for span in spans)


class TextPart(StrEnum):
    """What a stretch of an article is; only the body may be quoted as a sentence of the article."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    SUBHEAD = "subhead"
    BODY = "body"


class Knowledge(StrEnum):
    """How a fact about an article is known."""

    STATED = "stated"
    INFERRED = "inferred"


class Published(Record):
    """The day an article appeared and how that is known; ``how`` is a clause for a person."""

    day: date
    known: Knowledge = Knowledge.STATED
    how: str = ""


class Header(Record):
    """What a reply shows of an article: everything but its text."""

    id: str = Field(min_length=1)
    title: str | None = None
    outlet: str | None = None
    published: Published | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(**article.model_dump(exclude={"text"}))


class Article(Header):
    """One news article; ``text`` is kept as it came."""

    text: str = Field(min_length=1)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of every field but an inferred date: what was imported, so that a second import changes nothing."""
        fields = self.model_dump(mode="json")
        if self.published is not None and self.published.known is Knowledge.INFERRED:
            fields["published"] = None
        return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


class Token(NamedTuple):
    """A word of a text: offsets, its index term (folded and stemmed), its folded form, whether it carries content."""

    start: int
    end: int
    term: str
    word: str
    content: bool


class MentionKind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    NATIONALITY = "nationality"
    ORGANISATION = "organisation"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    QUOTE = "quote"


NAME_KINDS = frozenset({MentionKind.PERSON, MentionKind.PLACE, MentionKind.ORGANISATION, MentionKind.NATIONALITY})
"""Kinds of mention that name somebody or something."""
TIME_KINDS = frozenset({MentionKind.DATE, MentionKind.TIME, MentionKind.DURATION, MentionKind.SET})
"""Kinds of mention that say when, how long or how often."""
AMOUNT_KINDS = frozenset({MentionKind.NUMBER, MentionKind.MONEY, MentionKind.PERCENT})
"""Kinds of mention that give an amount."""


class Mention(Record):
    """Something a text names.

    ``value`` is the mention in a form that can be compared: a TIMEX3 value (``2022-01-04``, ``P2W``) for date kinds,
    the number with its unit (``2 week``) for numbers, the canonical name, folded, for names (the fullest form the
    article has), the speaker's name as written for a quotation. ``detail`` narrows the kind: ``country``, ``city``,
    ``region``, ``continent`` for a place, ``acronym`` for an organisation, ``late``, ``start`` for a date.
    ``how`` says by which rule a derived value was found, as a clause for a person. ``role`` is the title or
    description beside a person ("Turkey's Parliament Speaker").
    """

    span: Span
    kind: MentionKind
    value: str | None = None
    detail: str | None = None
    how: str | None = None
    role: Span | None = None


class Sentence(Record):
    """A sentence of an article and the part it belongs to."""

    span: Span
    part: TextPart = TextPart.BODY
    paragraph: NonNegativeInt = 0


class Passage(Record):
    """A paragraph-shaped window of an article: what is ranked, quoted from and cited."""

    id: str = Field(min_length=1)
    article_id: str = Field(min_length=1)
    span: Span
    text: str
    heading: str | None = None
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @model_validator(mode="after")
    def _is_true_to_its_article(self) -> Self:
        if len(self.text) != self.span.end - self.span.start:
            raise ValueError(f"passage {self.id}: the text is not as long as its span")
        spans = (*(sentence.span for sentence in self.sentences), *(mention.span for mention in self.mentions))
        for span in spans:
            if not self.span.contains(span):
                raise ValueError(f"passage {self.id}: {span} lies outside {self.span}")
        return self

    @cached_property
    def mentions_by_sentence(self) -> tuple[tuple[Mention, ...], ...]:
        """The mentions that lie in each sentence."""
        return tuple(
            tuple(mention for mention in self.mentions if sentence.span.contains(mention.span))
            for sentence in self.sentences
        )

    @cached_property
    def sentence_texts(self) -> tuple[str, ...]:
        """The article's words of each sentence."""
        return tuple(self.words_of(sentence.span) for sentence in self.sentences)

    def words_of(self, span: Span) -> str:
        """The article's words at ``span``, which lies inside this passage.

        Raises ValueError where it does not."""
        if not self.span.contains(span):
            raise ValueError(f"passage {self.id}: {span} lies outside {self.span}")
        return self.text[span.start - self.span.start : span.end - self.span.start]


class DateRange(Record):
    """Days from ``first`` to ``last``, both included; an open side is None."""

    first: date | None = None
    last: date | None = None

    def contains(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Alternative(Record):
    """Terms to search for instead of one that no passage holds."""

    term: str
    instead: tuple[str, ...]


class Scope(StrEnum):
    """What a query is after: the passages nearest to its terms, or all there is of a sort.

    ``ARTICLES``: the nearest passage of each article; ``NEWEST``: the same, newest article first. Without terms both
    are of all articles, newest first;
    ``DATED``: passages that name a day in ``named_days``; ``NAMES``: a passage for each name of the kind ``named``.
    """

    NEAREST = "nearest"
    ARTICLES = "articles"
    NEWEST = "newest"
    DATED = "dated"
    NAMES = "names"


class Query(Record):
    """What to look for. No terms means that nothing is found, never everything, but for what ``scope`` collects.

    ``words`` are the surface forms of ``terms``; passages of ``outlets`` come first, or alone where ``only_outlets``;
    ``alternatives`` serve for terms that no passage holds. With ``every_term`` an article must hold all terms in one
    passage. ``detail`` narrows ``named`` as it does a mention.
    """

    terms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    outlets: tuple[str, ...] = ()
    only_outlets: bool = False
    published: DateRange | None = None
    scope: Scope = Scope.NEAREST
    every_term: bool = False
    named_days: DateRange | None = None
    named: MentionKind | None = None
    detail: str | None = None
    limit: PositiveInt = 10

    @model_validator(mode="after")
    def _pairs_terms_with_words(self) -> Self:
        if self.words and len(self.words) != len(self.terms):
            raise ValueError("words, where given, are the surface forms of terms, one each")
        return self


class Hit(Record):
    """A passage that was found, with its article's header, score and 1-based rank.

    Passage and tokens are taken as they are: to check them with every question would cost more than to find them.
    """

    passage: SkipValidation[Passage]
    header: Header
    score: float
    rank: PositiveInt
    tokens: SkipValidation[tuple[tuple[Token, ...], ...]] = Field(default=(), repr=False)

    @model_validator(mode="after")
    def _has_tokens_for_each_sentence(self) -> Self:
        if len(self.tokens) != len(self.passage.sentences):
            raise ValueError(f"passage {self.passage.id}: tokens are kept per sentence, one tuple each")
        return self

    def mentions_in(self, index: int) -> tuple[Mention, ...]:
        """The mentions that lie in the passage's sentence ``index``."""
        return self.passage.mentions_by_sentence[index]


class TermCount(Record):
    """How often a term of the query occurs: passages, articles, and its inverse document frequency."""

    term: str
    word: str
    passages: NonNegativeInt
    articles: NonNegativeInt
    idf: float


class Respelling(Record):
    """A word of the query that no article holds, and the corpus's own word that was searched for instead."""

    asked: str
    used: str
    used_term: str
    similarity: float


class NameCount(Record):
    """A name of the corpus, in the form that mentions are compared by, and how many articles name it."""

    value: str
    articles: PositiveInt


class Finding(Record):
    """What a search brought: the hits, and what is known of each term of the query.

    Where the query collects all of a sort, ``total`` is how many articles (names, for names) there are, of which the
    hits show the first; ``names`` are those that it collected, in most articles first.
    """

    query: Query
    total: NonNegativeInt | None = None
    names: tuple[NameCount, ...] = ()
    hits: tuple[Hit, ...] = ()
    counts: tuple[TermCount, ...] = ()
    respellings: tuple[Respelling, ...] = ()


class Analysis(Record):
    """A question as language sees it: its tokens and mentions, offsets into ``text``."""

    text: str
    tokens: tuple[Token, ...] = ()
    mentions: tuple[Mention, ...] = ()


class CorpusProfile(Record):
    """What the corpus covers: counts, outlets and days."""

    articles: NonNegativeInt = 0
    passages: NonNegativeInt = 0
    outlets: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    newest: tuple[Header, ...] = ()
