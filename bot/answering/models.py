"""What answering passes from step to step; an uncited answer, a misnumbered or a false quote cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import ConfigDict, Field, NonNegativeInt, PositiveInt, SkipValidation, model_validator

from bot.answering.features import NO_FEATURES, ScoreFeature, ScoreFeatures
from bot.answering.readings import SentenceReading
from retrieval.models import (
    Alternative,
    Analysis,
    CorpusProfile,
    DateRange,
    Finding,
    Header,
    Hit,
    MentionKind,
    Passage,
    Query,
    Record,
    Respelling,
    Scope,
    Span,
    Token,
)

GATHERED = 40
"""How many passages are read where everything of a sort is asked for; chosen by hand."""
DETAIL_OF = {
    "city": "city",
    "town": "city",
    "country": "country",
    "nation": "country",
    "region": "region",
    "province": "region",
    "continent": "continent",
}
"""The narrower kind of place that a noun asks for."""


class QuestionKind(StrEnum):
    """What a question asks for."""

    WHO = "who"
    WHOSE = "whose"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    HOW_OLD = "how_old"
    WHAT = "what"
    WHICH = "which"
    DEFINITION = "definition"
    QUOTATION = "quotation"
    LIST = "list"
    YES_NO = "yes_no"
    ON_DATE = "on_date"
    SOURCES = "sources"
    COUNT = "count"
    LATEST = "latest"
    COMPARE = "compare"
    PLANNED = "planned"
    KEYWORDS = "keywords"
    SMALL_TALK = "small_talk"


class TimeWindow(Record):
    """The days asked about; ``words`` are the question's where they had to be worked out, ``how`` says from what."""

    window: DateRange
    words: str | None = None
    how: str | None = None


class Office(Record):
    """An office that a question asks the holder of: its terms (``foreign``, ``minist``), and whose it is.

    ``loose`` says that a text may name the holder without the title next to the name.
    """

    office: tuple[str, ...]
    owners: frozenset[str] = frozenset()
    words: str = ""
    loose: bool = False


class AskedSpeaker(Record):
    """Who is to speak in ``what did X say``: the name in the question and the term of its last part."""

    name: str
    term: str


class Question(Record):
    """A question as understood: its kind, what it names, which evidence it allows.

    ``wanted`` are the kinds of mention that could answer it, best first; ``head`` is the noun of ``which city`` or
    ``what region``, folded; ``days`` are the days it names; ``outlets`` the corpus's outlets it names and
    ``unknown_outlets`` those it names that the corpus does not have; ``carried`` is what was taken over from the
    conversation. ``scope`` is where the answer is searched; ``asked_days`` are the days to report. ``office`` is set
    where the holder of an office is asked for, ``speaker`` where somebody's words are, ``date_part`` where a part of a
    date is (``year``, ``month``, ``weekday``).
    """

    text: str = Field(min_length=1)
    kind: QuestionKind
    analysis: Analysis
    terms: tuple[Token, ...] = ()
    expected_types: tuple[MentionKind, ...] = ()
    head: str | None = None
    names: tuple[Span, ...] = ()
    days: tuple[date, ...] = ()
    scope: Scope = Scope.NEAREST
    asked_days: TimeWindow | None = None
    outlets: tuple[str, ...] = ()
    unknown_outlets: tuple[str, ...] = ()
    only_outlets: bool = False
    office: Office | None = None
    speaker: AskedSpeaker | None = None
    date_part: str | None = None
    carried: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = Field(default=(), repr=False)

    def query(self, limit: int) -> Query:
        """What to search for: the content terms in question order, and the outlets named."""
        return Query(
            terms=tuple(token.term for token in self.terms),
            words=tuple(self.text[token.start : token.end] for token in self.terms),
            alternatives=self.alternatives,
            outlets=self.outlets,
            only_outlets=self.only_outlets,
            scope=self.scope,
            every_term=self.kind is QuestionKind.COUNT,
            named_days=self.asked_days and self.asked_days.window,
            named=self.expected_types[0] if self.expected_types and self.scope is Scope.NAMES else None,
            detail=self.detail,
            limit=limit if self.scope is Scope.NEAREST else GATHERED,
        )

    @property
    def detail(self) -> str | None:
        """What narrows the kind of name that a list asks for: city, country ..."""
        return DETAIL_OF.get(self.head or "") if self.scope is Scope.NAMES else None


class Evidence(Record):
    """A sentence that may prove an answer, with its score, the parts of it, and what a reader says of it."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    hit: SkipValidation[Hit]
    index: NonNegativeInt
    score: float
    features: SkipValidation[ScoreFeatures] = NO_FEATURES
    reading: SkipValidation[SentenceReading | None] = None

    @model_validator(mode="after")
    def _stands_in_its_passage(self) -> Self:
        if self.index >= len(self.hit.passage.sentences):
            raise ValueError(f"passage {self.hit.passage.id} has no sentence {self.index}")
        return self

    @property
    def span(self) -> Span:
        return self.hit.passage.sentences[self.index].span

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.hit.tokens[self.index]

    @property
    def text(self) -> str:
        return self.hit.passage.sentence_texts[self.index]


class Candidate(Record):
    """A span that may be the short answer: verbatim in its evidence, or derived by the rule it names."""

    text: str = Field(min_length=1)
    span: Span
    kind: MentionKind | None = None
    evidence: SkipValidation[Evidence]
    score: float = 0.0
    rule: str | None = None

    @model_validator(mode="after")
    def _is_verbatim_or_names_its_rule(self) -> Self:
        if self.rule is None and self.evidence.hit.passage.words_of(self.span) != self.text:
            raise ValueError(f"{self.text!r} is not in its passage and names no rule that derived it")
        return self

    @property
    def words(self) -> str:
        """The article's own words at the span."""
        return self.evidence.hit.passage.words_of(self.span)


class Citation(Record):
    """A numbered proof: the article, and a quote that is in it at ``span``.

    ``passage`` is what the quote is checked against; it is not shown.
    """

    number: PositiveInt
    header: Header
    quote: str = Field(min_length=1)
    span: Span
    passage: SkipValidation[Passage] = Field(exclude=True, repr=False)

    @model_validator(mode="after")
    def _quotes_its_article(self) -> Self:
        if self.passage.article_id != self.header.id:
            raise ValueError(f"passage {self.passage.id} is not of article {self.header.id}")
        if self.passage.words_of(self.span) != self.quote:
            raise ValueError(f"the quote is not what article {self.header.id} says at {self.span}")
        return self

    @property
    def article_id(self) -> str:
        return self.header.id


class StatementKind(StrEnum):
    """How a statement is shown: the short answer, a verbatim quote, an item of a list, or words of ours.

    A HEADING is above the answer and says how the question was understood; it and a REMARK claim nothing of the
    articles, so they alone may be without a citation.
    """

    HEADING = "heading"
    SHORT = "short"
    QUOTE = "quote"
    ITEM = "item"
    REMARK = "remark"


class Statement(Record):
    """One thing an answer says, and the numbers of the citations that prove it.

    A QUOTE's text is its citation's quote. ``note`` is how a derived value came about, or, for a quote, whose words
    or of which day they are.
    """

    kind: StatementKind
    text: str = Field(min_length=1)
    note: str | None = None
    numbers: tuple[PositiveInt, ...] = ()

    @model_validator(mode="after")
    def _is_cited(self) -> Self:
        if not self.numbers and self.kind not in {StatementKind.HEADING, StatementKind.REMARK}:
            raise ValueError(f"a {self.kind.value} needs the number of a citation")
        return self


class Answer(Record):
    """An answer: what it says and its numbered proofs, 1 to n, all used and none missing."""

    question: Question = Field(repr=False)
    statements: tuple[Statement, ...] = Field(min_length=1)
    citations: tuple[Citation, ...] = Field(min_length=1)
    confidence: float = Field(ge=0.0, le=1.0)
    respellings: tuple[Respelling, ...] = ()

    @model_validator(mode="after")
    def _numbers_its_citations(self) -> Self:
        numbers = [citation.number for citation in self.citations]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"citations are numbered 1 to n, not {numbers}")
        used = {number for statement in self.statements for number in statement.numbers}
        if used != set(numbers):
            raise ValueError(f"statements cite {sorted(used)}, the citations are {numbers}")
        quotes = {citation.number: citation.quote for citation in self.citations}
        for statement in self.statements:
            if statement.kind is StatementKind.QUOTE and statement.text != quotes[statement.numbers[0]]:
                raise ValueError(f"a quote statement says what citation {statement.numbers[0]} does not")
        return self

    @property
    def carried(self) -> tuple[str, ...]:
        """What the question took over from the conversation."""
        return self.question.carried

    @property
    def short(self) -> Statement | None:
        """The short answer, where the question's kind has one."""
        return next((s for s in self.statements if s.kind is StatementKind.SHORT), None)

    @property
    def short_text(self) -> str | None:
        """The short answer in words: its text, or the items of a list; None where the quotes speak alone."""
        items = ", ".join(s.text for s in self.statements if s.kind is StatementKind.ITEM)
        return self.short.text if self.short else items or None

    def citation(self, number: int) -> Citation:
        return self.citations[number - 1]


class Reason(StrEnum):
    """Why nothing is claimed; CLOSEST: the nearest quotes may answer, but not surely enough."""

    NOTHING_FOUND = "nothing_found"
    NOTHING_ELSE = "nothing_else"
    NOTHING_DATED = "nothing_dated"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_OUTLET = "unknown_outlet"
    RELATION_NOT_STATED = "relation_not_stated"
    VALUE_NOT_GIVEN = "value_not_given"
    NO_WORDS = "no_words"
    SAID_OTHERWISE = "said_otherwise"
    NOT_SURE = "not_sure"
    CLOSEST = "closest"
    EMPTY_CORPUS = "empty_corpus"
    EMPTY_QUESTION = "empty_question"
    GREETING = "greeting"
    THANKS = "thanks"


class Missing(Record):
    """What the articles lack: a name, a word, a kind of value; in how many articles it occurs at all."""

    words: str
    articles: NonNegativeInt = 0
    value: MentionKind | None = None


class NoAnswer(Record):
    """Nothing is claimed: why, what is missing, and the nearest quotes, numbered 1 to n, best first."""

    text: str
    kind: QuestionKind
    reason: Reason
    missing: tuple[Missing, ...] = ()
    nearest: tuple[Citation, ...] = ()
    confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    respellings: tuple[Respelling, ...] = ()
    carried: tuple[str, ...] = ()
    offered: str | None = None
    profile: CorpusProfile = CorpusProfile()

    @model_validator(mode="after")
    def _numbers_its_citations(self) -> Self:
        numbers = [citation.number for citation in self.nearest]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"citations are numbered 1 to n, not {numbers}")
        if self.reason is Reason.CLOSEST and not self.nearest:
            raise ValueError("a reply that shows the closest quotes needs one")
        return self

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The quotes that are shown: the nearest ones, where they may answer."""
        return self.nearest if self.reason is Reason.CLOSEST else ()


Reply = Answer | NoAnswer


class Trace(Record):
    """Everything one question went through; ``ask --explain`` prints it and evaluation measures it.

    ``expired`` are the names of a conversation that is over, with which the question would have been answered."""

    text: str
    question: Question | None = None
    finding: SkipValidation[Finding | None] = None
    evidence: SkipValidation[tuple[Evidence, ...]] = ()
    candidates: SkipValidation[tuple[Candidate, ...]] = ()
    confidence: SkipValidation[Sequence[ScoreFeature]] = ()
    reply: SkipValidation[Reply]
    expired: tuple[str, ...] = ()


Finder = Callable[[Query], Finding]
Analyse = Callable[[str], Analysis]
Profile = Callable[[], CorpusProfile]
