"""Aggregation intent: questions for all there is, who reported, how many, the newest, what happened on a day."""

from __future__ import annotations

import re

from bot.answering.lexicon.word_lists import word_list
from bot.answering.models import QuestionKind as Kind
from bot.answering.question.rules import KindReading, read_kind
from retrieval.models import MentionKind, Record, Scope

_PRESS = r"(?:news )?(?:outlets?|sources?|newspapers?|media|agenc(?:y|ies)|sites?|publications?|papers?)"
_ARTICLE = r"(?:articles?|stor(?:y|ies)|reports?|news items?)"
_TELL = (
    r"(?:report|cover|mention|wr[io]t|carr(?:y|ied)|publish|talk|discuss|describ|sa(?:y|id)|refer|quot|cit|nam|contain|"
    r"deal|tell|told)\w*"
)
_BE = r"(?:is|are|was|were|'s)"
_HAPPEN = r"(?:happen(?:ed|s|ing)?|took place|takes? place|taking place|occur(?:red|s)?|went on|going on)"
_PLAN = r"(?:planned|scheduled|expected|upcoming|ahead|coming up|due|announced|to come|next)"
_EVENT = r"(?:events?|meetings?|talks|summits?|conferences?|visits?|things?)"
_COUNT = re.compile(
    rf"(?:in )?how many (?:of the )?(?!sources? of\b)(?:{_PRESS}|{_ARTICLE})\b.*"
    rf"(?:\b{_TELL}|\babout\b|\bon\b|\bare there\b|\bdo you have\b)"
    rf"|how (?:often|many times) {_BE} .+ (?:mentioned|named|reported|cited|quoted)\b"
)
_SOURCES = re.compile(
    rf"(?:which|what|who are the) (?:of the )?(?:{_PRESS}|articles?|stor(?:y|ies))\b.*\b{_TELL}"
    rf"|who (?:else )?(?:has |have )?(?:reported|published|wrote about|writes about|reports)\b"
    r"|who (?:else )?(?:has |have )?covered (?!the (?:costs?|bills?|loss))"
    rf"|(?:list|show|name)(?: me)?(?: all| the| all the)? (?:{_PRESS}|articles?|reports?)\b"
    rf"|where {_BE} .* reported\b"
)
_LATEST = re.compile(
    r"(?:what(?:'s| is| are)? |any |show(?: me)? |give me |tell me )?(?:the )?(?:very )?"
    r"(?:latest|newest|most recent|recent)(?:$| (?:on|about|from|with)\b"
    r"| (?:[\w-]+ )?(?:news|articles?|reports?|developments?|updates?|stor(?:y|ies)|headlines?)\b)"
    r"|what(?:'s| is) new\b|(?:any )?(?:news|updates?)(?: (?:on|about|from)\b|$)"
)
_COMPARE = re.compile(
    r"compare\b|(?:how|where) do .+ (?:differ|disagree)\b|what(?:'s| is| are) the differences? between\b"
)
_HAPPENED = re.compile(
    rf"what (?:else |all )?(?:(?:has|have|had|did|does|is|was|were|are|'s) )?(?:{_HAPPEN}|the events?)\b"
    rf"|(?:what|which) events? (?:{_HAPPEN}|{_BE}|were there)\b|events? (?:of|on|in|between)\b"
)
_PLANNED = re.compile(
    rf"(?:what|which)(?: (?:else|other))?(?: {_EVENT})? ?(?:{_BE}|will be|has been|have been)? ?(?:the )?{_PLAN}\b"
    rf"(?! (?:by|of|from|to (?!take place|happen|be held|come))\b)|what will (?:happen|take place|be held)\b"
    rf"|(?:list|show)(?: me)?(?: all)?(?: the)? {_PLAN} {_EVENT}\b"
    rf"|(?:upcoming|planned|scheduled|future) {_EVENT}\b"
)
_EVENT_ON = re.compile(
    rf"(?:what|which) (?:[\w-]+ )?{_EVENT} "
    rf"(?:{_HAPPEN}|{_BE} (?:being )?held|will (?:be held|take place|happen)|meets?)\b"
)
_TO_SOMEBODY = re.compile(r"\b(?:happen\w*|occur\w*) (?:to|with)\b|\b(?:when|while|if|because)\b")


class AggregationIntent(Record):
    """What is to be collected for a question of a kind."""

    kind: Kind
    scope: Scope = Scope.NEAREST
    expected_types: tuple[MentionKind, ...] = ()
    head: str | None = None

    @property
    def reading(self) -> KindReading:
        return KindReading(kind=self.kind, expected_types=self.expected_types, head=self.head)


def intent_of(text: str, *, dated: bool) -> AggregationIntent | None:
    """The aggregation that ``text`` asks for; None where it asks for a fact. ``dated`` says whether it names days."""
    asked = " ".join(text.casefold().replace("’", "'").split()).strip(" ¿?!.\"'")
    asked = re.sub(r"^(?:please |can you |could you |according to [^,]+, )+", "", asked)
    if _COUNT.match(asked):
        return AggregationIntent(kind=Kind.COUNT, scope=Scope.ARTICLES)
    if _SOURCES.match(asked):
        return AggregationIntent(kind=Kind.SOURCES, scope=Scope.ARTICLES)
    if _COMPARE.match(asked):
        return _comparison(asked)
    return _time_intent(asked, dated=dated)


def _comparison(asked: str) -> AggregationIntent:
    """A comparison, with the kind of value it asks for: ``compare the number of deaths ...``."""
    for noun in re.findall(r"[\w-]+", asked):
        reading = read_kind(f"which {noun} is it")
        if reading.expected_types and reading.expected_types[0] in _VALUES:
            return AggregationIntent(kind=Kind.COMPARE, expected_types=reading.expected_types, head=noun)
    return AggregationIntent(kind=Kind.COMPARE)


_VALUES = frozenset({MentionKind.DATE, MentionKind.TIME, MentionKind.NUMBER, MentionKind.PERCENT, MentionKind.MONEY})


def _time_intent(asked: str, *, dated: bool) -> AggregationIntent | None:
    if _LATEST.match(asked) and not dated:
        return AggregationIntent(kind=Kind.LATEST, scope=Scope.NEWEST)
    if _TO_SOMEBODY.search(asked):
        return None
    if dated and (_HAPPENED.match(asked) or _EVENT_ON.match(asked)):
        return AggregationIntent(kind=Kind.ON_DATE, scope=Scope.DATED)
    return AggregationIntent(kind=Kind.PLANNED, scope=Scope.DATED) if _PLANNED.match(asked) else None


def asks_for_every_name(reading: KindReading, words: list[str]) -> bool:
    """Whether a list asks for every name of a kind: ``words`` are its content words, folded, without its noun.

    Every minister is not every person, and every bank not every organisation: only nouns that mean the whole kind do.
    """
    return (
        reading.kind is Kind.LIST and reading.head in word_list("whole_kinds") and {*words} <= word_list("no_subject")
    )
