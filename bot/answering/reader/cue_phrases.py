"""Cue phrases: words that introduce a reason, a way, a definition or somebody's words.

The values of partial cues (0.4 to 0.6) were chosen by hand; how much each kind of cue counts is fitted (weights.toml).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.answering.lexicon.word_lists import word_list
from bot.answering.models import Question, QuestionKind
from retrieval.models import Hit, MentionKind, Token

_REASON_FOLLOWS = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result of|result(?:ed|ing)? (?:of|from)|caused by|in order to|"
    r"so that|"
    r"so as to|reasons?|since|in response to|in protest|prompted by|triggered by|sparked by|fuell?ed by|motivated)\b|"
    r"\b(?:protest\w*|demonstrat\w+|rall\w+|ang(?:ry|er)|outrage\w*|sanction\w*|fined|arrested|charged|criticised|"
    r"criticized|strike|march\w*|disputes?|rows?|quarrel|conflict|controversy|concerns?) "
    r"(?:\w+ ){0,2}(?:against|over|for|about|at)\b",
    re.IGNORECASE,
)
_EFFECT_FOLLOWS = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|led to|leads to|leading to|therefore|thus|hence|prompt(?:ed|ing)|trigger(?:ed|ing)|"
    r"spark(?:ed|ing)|result(?:ed|ing)? in)\b",
    re.IGNORECASE,
)
_WEAK_REASON = re.compile(r"\bafter\b|\bto (?:avoid|prevent|help|protect|ensure|stop|protest)\b", re.IGNORECASE)
_HOW = re.compile(
    r"\b(?:by (?:\w+ly )?\w+ing|through|via|using|with the help of|by means of|in an? \w+ (?:way|manner|"
    r"format)|method|process)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:is|are|was|were|means|refers to|known as|called|defined as|describes) (?:an?|the|one|any|also)?\b|"
    r", (?:an?|the) \w+",
    re.IGNORECASE,
)
SPEECH_VERB = re.compile(
    r"\b(?:said|says|say|stat(?:ed|es)|stress(?:ed|es)|emphasi[sz]ed|told|added|announced|declared|claimed|warned|"
    r"expressed|noted|urged|according to|"
    r"voic(?:ed|ing)|wished?|believe|argued|wrote|replied|responded|explained|insisted|called|asked|commented|"
    r"remarked|statement)\b",
    re.IGNORECASE,
)


_ASKS_TOPIC = re.compile(
    r"\b(?:discuss\w*|talk\w*|sp[eo]ak\w*|spoke|conversation|agenda|topics?|negotiat\w+|debat\w+)\b", re.IGNORECASE
)
_GIVES_TOPIC = re.compile(
    r"\b(?:discuss\w*|debat\w+|address\w*|focus\w*|touch\w* (?:up)?on|talk\w* about|exchang\w+ views|agenda|topics?|"
    r"regarding|"
    r"issues? (?:of|such as|like|including)|cover\w*)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _asks_topic(question: str) -> bool:
    return bool(_ASKS_TOPIC.search(question))


_CUED = frozenset(
    {QuestionKind.WHY, QuestionKind.HOW, QuestionKind.DEFINITION, QuestionKind.QUOTATION, QuestionKind.WHAT}
)


def cue_values(question: Question, hit: Hit, index: int) -> dict[str, float]:
    """The features of a sentence that depend on cue phrases, by name."""
    return {
        "pron": float(opens_with_pronoun(hit.tokens[index])),
        "future": future_match(question, hit, index),
        "order": order_match(question, hit, index),
        f"cue_{question.kind.value}" if question.kind in _CUED else "cue": cue_of(question, hit, index),
    }


def opens_with_pronoun(tokens: Sequence[Token]) -> bool:
    """Whether a sentence begins with a pronoun that refers to the sentence before."""
    return bool(tokens) and tokens[0].word in word_list("opening_pronouns")


def cue_of(question: Question, hit: Hit, index: int) -> float:
    """How clearly a sentence introduces what the question's kind asks for, 0 to 1; 0 for kinds without cue phrases."""
    text = hit.passage.sentence_texts[index]
    if question.kind is QuestionKind.WHY:
        return _reason(question, hit, index, text)
    if question.kind is QuestionKind.HOW:
        return float(bool(_HOW.search(text)))
    if question.kind is QuestionKind.DEFINITION:
        return max(_role_of(question, hit, index), 0.5 * bool(_DEFINES.search(text)))
    if question.kind is QuestionKind.QUOTATION:
        return _quotes(hit, index, text)
    if question.kind is QuestionKind.WHAT and _asks_topic(question.text):
        return float(bool(_GIVES_TOPIC.search(text)))
    return 0.0


def _reason(question: Question, hit: Hit, index: int, text: str) -> float:
    """The value of a reason before its effect ("X led to Y", where Y is asked about) or after it."""
    if _REASON_FOLLOWS.search(text):
        return 1.0
    asked = {token.term for token in question.terms}
    start = hit.passage.sentences[index].span.start
    for cue in _EFFECT_FOLLOWS.finditer(text):
        behind = [token for token in hit.tokens[index] if token.start >= start + cue.end() and token.term in asked]
        if behind:
            return 1.0
    return 0.4 if _WEAK_REASON.search(text) else 0.0


def _quotes(hit: Hit, index: int, text: str) -> float:
    quoted = any(
        mention.kind is MentionKind.QUOTE
        for mention in hit.passage.mentions
        if _touches(hit, index, mention.span.start, mention.span.end)
    )
    return 0.6 * bool(SPEECH_VERB.search(text)) + 0.4 * quoted


def _touches(hit: Hit, index: int, start: int, end: int) -> bool:
    span = hit.passage.sentences[index].span
    return start < span.end and span.start < end


def _role_of(question: Question, hit: Hit, index: int) -> float:
    """1 where a person whom the question names has a role in the sentence."""
    asked = {token.term for token in question.terms}
    for mention in hit.mentions_in(index):
        if mention.kind is MentionKind.PERSON and mention.role is not None:
            names = {t.term for t in hit.tokens[index] if mention.span.start <= t.start and t.end <= mention.span.end}
            if names & asked:
                return 1.0
    return 0.0


# Future and order: without both, one of the 52 seed questions, one right refusal of 73 on MultiHop-RAG and one answer
# of 94 on Wikinews are lost; either alone gains nothing.
_FUTURE_QUESTION = re.compile(r"\b(?:will|going to|plan\w*|expect\w*|next|upcoming|schedul\w*)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:to|going to|planned|expected|due|scheduled|set)|plans? to)\b", re.IGNORECASE
)
_ORDER = {
    "before": frozenset({"earlier", "before", "previously", "prior", "ahead", "already"}),
    "earlier": frozenset({"earlier", "before", "previously", "prior"}),
    "after": frozenset({"after", "later", "following", "then", "subsequently", "afterwards", "next"}),
    "later": frozenset({"after", "later", "then", "subsequently", "afterwards"}),
    "first": frozenset({"first", "initially", "originally", "start", "began", "begin", "started"}),
    "last": frozenset({"last", "final", "finally", "latest"}),
    "now": frozenset({"now", "currently", "continue", "today", "will", "still"}),
}


@lru_cache(maxsize=64)
def _asks_of_future(question: str) -> bool:
    return bool(_FUTURE_QUESTION.search(question))


def future_match(question: Question, hit: Hit, index: int) -> float:
    """1 where the question and the sentence are about the future; 0 for other questions."""
    if not _asks_of_future(question.text):
        return 0.0
    return float(bool(_FUTURE.search(hit.passage.sentence_texts[index])))


def order_match(question: Question, hit: Hit, index: int) -> float:
    """1 where the question has a word of order (before, after, first ...) and the sentence a similar one."""
    asked = {token.word for token in question.analysis.tokens} & _ORDER.keys()
    if not asked:
        return 0.0
    words = {token.word for token in hit.tokens[index]}
    return float(any(words & _ORDER[word] for word in asked))
