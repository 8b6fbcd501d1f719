"""Ellipsis: ``Why?``, ``And in Vienna?`` are completed by the question before."""

from __future__ import annotations

import re

from bot.answering.dialogue.state import DialogueState
from bot.answering.question.rules import KNOWN_ALREADY
from retrieval.models import Analysis, MentionKind, Record

_OPENING = r"(?:(?:and|but|so|or|ok|okay|then|also) )*"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_BARE = re.compile(
    rf"{_OPENING}((?:since |until |by |from )?when|where(?: to| from)?|(?:where|who|when) else|why(?: not)?|"
    r"how(?: come| long| many| much| old)?|for how long|who|whom|with whom|"
    r"in (?:what|which) (?:year|month|city|country|town)|(?:what|which) (?:year|day|city|country))"
    r"(?: exactly| then| so| (?:is|was) (?:that|this|it)| did (?:that|this|it) happen)?",
    re.IGNORECASE,
)
_MORE_OF_IT = re.compile(
    rf"{_OPENING}(?:(?:is|was) there |do you (?:have|know) )?(?:anything|something|what) (?:else|more)|"
    r"(?:please )?(?:tell|show|give) me (?:some |any )?more|(?:any |some )?more(?: please)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"(?:{_OPENING}(?:what|how) about|and|but|or|also) "
    r"((?:in|on|at|for|from|to|with|by|of|during|after|before) )?(.+)",
    re.IGNORECASE,
)
_QUESTION_WORDS = re.compile(
    r"(?:(?:since|until|by|from|for|in|on|at|to|with|of) )?(?:how (?:many|much|long|old)(?: [\w-]+)?|"
    rf"(?:what|which) [\w-]+(?= {_AUXILIARY}\b)|who|whom|what|which|when|where|why|how) (?=\S)",
    re.IGNORECASE,
)
_VERB = re.compile(rf"\b{_AUXILIARY}\b(?! \d)", re.IGNORECASE)
_LEADING = re.compile(rf"^(?:{_AUXILIARY} )+", re.IGNORECASE)
_FEW = 5
"""``What about ...`` with more words is a whole question; chosen by hand."""
_OPEN_END = re.compile(r"(?: (?:in|on|at|for|from|to|with|by|of|during|after|before|the))+$")


class CompletedQuestion(Record):
    """A part of a question completed by the question before it, and the words taken from that."""

    text: str
    carried: tuple[str, ...]


def complete_question(asked: Analysis, previous: DialogueState) -> CompletedQuestion | None:
    """The question of which ``asked`` is a part; None where it is complete, or where nothing was asked before."""
    if not previous.question:
        return None
    text = " ".join(asked.text.replace("’", "'").split()).strip(" ?!.")
    before = KNOWN_ALREADY.sub("", previous.question).strip(" ?!.")
    if found := _BARE.fullmatch(text):
        return _with_question_words(found[1], before, previous)
    if _MORE_OF_IT.fullmatch(text):
        return CompletedQuestion(text=f"{before}?", carried=_carried(previous, before))
    found = _ABOUT.fullmatch(text)
    if found and len(found[2].split()) <= _FEW and not _VERB.search(found[2]):
        return _with_replacement(asked, found[2], found[1] or "", before, previous)
    return None


def _with_question_words(asking: str, before: str, previous: DialogueState) -> CompletedQuestion:
    """The question before with other question words; ``who`` is replaced by the answer."""
    rest = _QUESTION_WORDS.sub("", before, count=1)
    who = before.casefold().startswith("who ") and not _VERB.match(rest) and previous.answered
    kept = f"{previous.answered[0].text} {rest}" if who else rest
    return CompletedQuestion(text=f"{asking.capitalize()} {kept}?", carried=_carried(previous, kept))


def _with_replacement(
    asked: Analysis, words: str, preposition: str, before: str, previous: DialogueState
) -> CompletedQuestion:
    """The question before with one of its names or days replaced by ``words``, else with these at its end."""
    kinds = {mention.kind for mention in asked.mentions}
    old = next((name.text for name in previous.asked if name.kind in kinds and name.text in before), None)
    if old is None and MentionKind.DATE in kinds:
        old = next((day for day in previous.days if day in before), None)
    text = before.replace(old, words) if old else f"{before} {preposition}{words}"
    kept = before.replace(old, "") if old else before
    return CompletedQuestion(text=f"{text}?", carried=_carried(previous, kept))


def _carried(previous: DialogueState, kept: str) -> tuple[str, ...]:
    """The names that were taken over; without names, all words but the question words."""
    names = tuple(name.text for name in (*previous.asked, *previous.answered) if name.text in kept)
    words = _LEADING.sub("", _QUESTION_WORDS.sub("", " ".join(kept.split()), count=1))
    return tuple(dict.fromkeys(names)) or (_OPEN_END.sub("", words) or kept,)
