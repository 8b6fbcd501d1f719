"""Questions that are only a part of one: ``Why?``, ``And in Vienna?``; the rest is in the question before."""

from __future__ import annotations

import re

from bot.answering.conversation import Turn
from retrieval.models import Analysis, MentionKind, Record

_OPENING = r"(?:(?:and|but|so|or|ok|okay|then|also) )*"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
_BARE = re.compile(
    rf"{_OPENING}((?:since |until |by |from )?when|where(?: to| from)?|why(?: not)?|"
    r"how(?: come| long| many| much| old)?|for how long|who|whom|with whom|in (?:what|which) (?:year|"
    r"month|city|country|town)|"
    rf"(?:what|which) (?:year|day|city|country))(?: exactly| then| so| (?:is|was) (?:that|this|it)|"
    rf" did (?:that|this|it) happen)?",
)
_ABOUT = re.compile(
    rf"(?:{_OPENING}(?:what|how) about|and|but|or|also) ((?:in|on|at|for|from|to|with|by|of|during|after|before) )?(.+)"
)
_ASKING = re.compile(
    r"(?:(?:since|until|by|from|for|in|on|at|to|with|of) )?(?:how (?:many|much|long|old)(?: [\w-]+)?|"
    rf"(?:what|which) [\w-]+(?= {_AUXILIARY}\b)|who|whom|what|which|when|where|why|how) (?=\S)",
    re.IGNORECASE,
)


class Completed(Record):
    """A part of a question completed by the question before, and the words taken from it."""

    text: str
    carried: tuple[str, ...]


def completed(asked: Analysis, previous: Turn) -> Completed | None:
    """The whole question that ``asked`` is a part of; None where it is whole, or where nothing was asked before."""
    if not previous.question:
        return None
    text = " ".join(asked.text.replace("’", "'").split()).strip(" ?!.")
    if found := _BARE.fullmatch(text.casefold()):
        return _asked_again(text[found.start(1) : found.end(1)], previous)
    found = _ABOUT.fullmatch(text.casefold())
    if found and not re.search(rf"\b{_AUXILIARY}\b", found[2]) and len(found[2].split()) <= 5:
        return _with_other(asked, text[found.start(2) :], found[1] or "", previous)
    return None


def _asked_again(asking: str, previous: Turn) -> Completed:
    """The question before with other asking words; who was the answer stands for who."""
    rest = _ASKING.sub("", previous.question, count=1).strip(" ?!.")
    named = (
        ""
        if re.match(rf"{_AUXILIARY}\b", rest, re.IGNORECASE) or not previous.answered
        else f"{previous.answered[0].text} "
    )
    return Completed(text=f"{asking.capitalize()} {named}{rest}?", carried=_names(previous, named + rest))


def _with_other(asked: Analysis, words: str, preposition: str, previous: Turn) -> Completed:
    """The question before with one of its names or days replaced by ``words``, else with them at its end."""
    whole = previous.question.strip(" ?!.")
    kinds = {mention.kind for mention in asked.mentions}
    old = next((name.text for name in previous.asked if name.kind in kinds and name.text in whole), None)
    if old is None and MentionKind.DATE in kinds:
        old = next((day for day in previous.days if day in whole), None)
    text = whole.replace(old, words) if old else f"{whole} {preposition}{words}"
    return Completed(text=f"{text}?", carried=_names(previous, text))


def _names(previous: Turn, text: str) -> tuple[str, ...]:
    """The names that were taken over, or all words where there are none."""
    names = tuple(name.text for name in (*previous.asked, *previous.answered) if name.text in text)
    return tuple(dict.fromkeys(names)) or (text.strip(),)
