"""Words by which a sentence announces that it gives a reason, a way, a definition or somebody's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.matching import mentions_in
from bot.answering.models import Question, QuestionKind
from retrieval.models import Hit, MentionKind, Token

_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "this", "these", "those", "that", "his", "her", "its", "their", "such"}
)
_WHY = re.compile(
    r"\b(?:because|due to|owing to|thanks to|as a result|result(?:ed|ing)? (?:of|from|in)|caus(?:e|es|ed|ing)|led to|leads to|therefore|"
    r"thus|hence|in order to|so that|so as to|reasons?|since|in response to|in protest|prompted|triggered|sparked|fuell?ed by|motivated)\b",
    re.IGNORECASE,
)
_WEAK_WHY = re.compile(
    r"\b(?:protesting|protested|protests?|demonstrat\w+|angry|anger|outrage|sanction\w*|fined|arrested|charged|accused|criticized|criticised) (?:\w+ )?(?:against|over|for|about|at|with)\b|\bafter\b|\bto (?:avoid|prevent|help|protect|ensure|stop|protest)\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\b(?:by (?:\w+ly )?\w+ing|through|via|using|with the help of|by means of|in an? \w+ (?:environment|way|manner|format)|method|process)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:is|are|was|were|means|refers to|known as|called|defined as|describes) (?:an?|the|one|any|also)?\b|, (?:an?|the) \w+",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:said|says|say|stat(?:ed|es)|stress(?:ed|es)|emphasi[sz]ed|told|added|announced|declared|claimed|warned|expressed|noted|urged|according to|"
    r"voic(?:ed|ing)|wished?|believe|argued|wrote|replied|responded|explained|insisted|called|asked|commented|remarked|statement)\b",
    re.IGNORECASE,
)


def opens_with_pronoun(tokens: Sequence[Token]) -> bool:
    """Whether a sentence starts by pointing back to the one before."""
    return bool(tokens) and tokens[0].word in _PRONOUNS


def cue_of(question: Question, hit: Hit, index: int) -> float:
    """How clearly a sentence announces what the question's kind asks for, 0 to 1; 0 for kinds without cue words."""
    text = hit.passage.words_of(hit.passage.sentences[index].span)
    if question.kind is QuestionKind.WHY:
        return 1.0 if _WHY.search(text) else 0.6 if _WEAK_WHY.search(text) else 0.0
    if question.kind is QuestionKind.HOW:
        return float(bool(_HOW.search(text)))
    if question.kind is QuestionKind.DEFINITION:
        return max(_role_of(question, hit, index), 0.5 * bool(_DEFINES.search(text)))
    if question.kind is QuestionKind.QUOTATION:
        return _quotes(hit, index, text)
    return 0.0


def _quotes(hit: Hit, index: int, text: str) -> float:
    quoted = any(
        mention.kind is MentionKind.QUOTE
        for mention in hit.passage.mentions
        if _touches(hit, index, mention.span.start, mention.span.end)
    )
    return 0.6 * bool(_SPEAKS.search(text)) + 0.4 * quoted


def _touches(hit: Hit, index: int, start: int, end: int) -> bool:
    span = hit.passage.sentences[index].span
    return start < span.end and span.start < end


def _role_of(question: Question, hit: Hit, index: int) -> float:
    """1 where a person whom the question names stands with a role."""
    asked = {token.term for token in question.terms}
    for mention in mentions_in(hit, index):
        if mention.kind is MentionKind.PERSON and mention.role is not None:
            names = {t.term for t in hit.tokens[index] if mention.span.start <= t.start and t.end <= mention.span.end}
            if names & asked:
                return 1.0
    return 0.0
