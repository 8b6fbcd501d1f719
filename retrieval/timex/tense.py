"""Does the sentence around a date speak of what was or of what is to come? Read off verb forms, not parsed."""

from __future__ import annotations

import re
from enum import IntEnum

from retrieval.text import tables
from retrieval.text.tables import any_of
from retrieval.timex.vocabulary import SHORT_MONTHS


class Tense(IntEnum):
    """Which side of the article's day a date lies on, as far as the words say.

    OPEN is what would or might be: to come when it was said, though maybe past by the article's day."""

    PAST = -1
    UNKNOWN = 0
    OPEN = 1
    FUTURE = 2


_WORDS = {name: any_of(words) for name, words in tables.lists("date_words.txt").items()}
_ADVERBS = r"(?:\s+(?:not|also|be|been|have|now|then|soon|still|likely|probably|\w+ly))*"
_WILLING = (
    r"(?:will|shall|'ll|won't|must|going\s+to|to\s+be|"
    rf"{_WORDS['willing_stem']}(?:s|es|ed|ing|e|eed|eeing)?\s+to|{_WORDS['willing']}\s+to)"
)
_SCHEDULED = (
    rf"(?:{_WORDS['fixed']}|takes\s+place|kicks\s+off|goes\s+on\s+sale|ahead\s+of|heading\s+into|"
    r"takes?\s+on|plays?|meets?|visits?|travels?\s+to)"
)
_CUE = re.compile(
    rf"(?P<future>\b{_WILLING}\b{_ADVERBS}(?:\s+\w+)?|"
    r"\b(?:(?:is|are|was|were|been)\s+)?"
    rf"{_WORDS['announced']}\b(?!\s+to\b)|"
    rf"\b{_SCHEDULED}\b)|"
    rf"(?P<open>\b(?:would|should|could|may|might)\b{_ADVERBS}(?:\s+\w+)?)|"
    rf"(?P<past>\b(?:{_WORDS['past_verb']}|(?:had|has|have)\s+\w+|\w{{2,}}(?<!e)ed|agreed|freed|guaranteed)\b(?<!\bhundred))"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+|\n")
_CLAUSE_EDGE = re.compile(r"[;:—]|--|,\s+(?:and|but|while|whereas|as|which|who|where)\b|\"|''|``")
_SINCE = re.compile(r"\b(?:since|dated|last)\s+(?:the\s+)?$")
_BY = re.compile(r"\b(?:by|until|till|before|starting|beginning)\s+(?:the\s+)?$")
_WHEN_IT_COMES = re.compile(r"\bwould\b[^.;]*\b(?:when|once|if|as soon as|until)\b[^.;,]*$")
"""Money would come when the markets opened: to come when it was said."""
_LASTS = re.compile(r"\b(?:has|have) (?:been |continued )")
"""Closed until Friday: what has been and still is lasts to a day to come."""
_HAD = re.compile(r"^\W*(?:\w+\W+){0,4}(?:had|was|were)\b")
_QUOTED = re.compile(r"\"[^\"]*\"|(?:``|'').*?''")
_REACH = 220  # characters on each side in which the verb is looked for, longer than nearly every sentence of news
_NO_STOP = {word for kind, *words in tables.rows("abbreviations.txt") if kind != "number" for word in words} - {"etc"}
_ABBREVIATION = re.compile(rf"\b(?:{any_of(_NO_STOP)}|{any_of(SHORT_MONTHS)}|no|[a-z])\.$")


def tense_at(plain_text: str, start: int, end: int) -> Tense:
    """The tense of the verb a date at ``start:end`` hangs on: the nearest before it in its clause, else after it."""
    left, right = _QUOTED.sub(" ", _left_of(plain_text, start)), _right_of(plain_text, end)
    if _SINCE.search(left):
        return Tense.PAST
    near_left = left[_last_edge(left) :]
    near_right = right[: _first_edge(right)]
    before = _last_cue(near_left)
    if _WHEN_IT_COMES.search(left):
        return Tense.OPEN
    if _BY.search(left):
        return _tense_up_to(near_left, near_right, before)
    for cue in (before, _first_cue(near_right), _last_firm_cue(left), _first_cue(right)):
        if cue is not Tense.UNKNOWN:
            return cue
    return Tense.UNKNOWN


def _tense_up_to(near_left: str, near_right: str, before: Tense) -> Tense:
    """The tense of a date that something lasts to, or is done by."""
    if before is Tense.UNKNOWN and _HAD.search(near_right):
        return Tense.PAST
    is_over = before is Tense.PAST and not near_left.rstrip().endswith("by") and not _LASTS.search(near_left)
    return Tense.PAST if is_over else Tense.FUTURE


def _left_of(plain_text: str, start: int) -> str:
    left = plain_text[max(0, start - _REACH) : start]
    edge = 0
    for found in _SENTENCE_END.finditer(left):
        if not _ABBREVIATION.search(left[: found.start()]):
            edge = found.end()
    return left[edge:]


def _right_of(plain_text: str, end: int) -> str:
    right = plain_text[end : end + _REACH]
    for found in re.finditer(r"[.!?][\"')]*\s|\n", right):
        if not _ABBREVIATION.search(right[: found.start() + 1]):
            return right[: found.start()]
    return right


def _last_edge(left: str) -> int:
    return max((found.end() for found in _CLAUSE_EDGE.finditer(left)), default=0)


def _first_edge(right: str) -> int:
    found = _CLAUSE_EDGE.search(right)
    return found.start() if found else len(right)


def _last_cue(words: str) -> Tense:
    cues = list(_CUE.finditer(words))
    return _tense_of(cues[-1]) if cues else Tense.UNKNOWN


def _last_firm_cue(words: str) -> Tense:
    """The last cue that is more than a participle (projects related to), if there is one."""
    cues = list(_CUE.finditer(words))
    firm = [cue for cue in cues if not cue["past"] or not cue[0].endswith("ed")]
    return _tense_of((firm or cues)[-1]) if cues else Tense.UNKNOWN


def _first_cue(words: str) -> Tense:
    found = _CUE.search(words)
    return _tense_of(found) if found else Tense.UNKNOWN


def _tense_of(found: re.Match[str]) -> Tense:
    if found["past"]:
        return Tense.PAST
    return Tense.FUTURE if found["future"] else Tense.OPEN
