"""Is this bare number a year? 1500 people and 2000 workers are not; in 1500, the 1991 agreement and WWDC 2005 are."""

from __future__ import annotations

import re

from retrieval.text import tables

_BEFORE = re.compile(
    r"(?:\b(?:in|since|from|until|till|during|before|after|through|between|throughout|circa|ca\.|c\.|year|years|"
    r"early|late|mid|by|around|to|for|of|on|the|a|an|this|and|or|its|their|his|her|our|ad|fiscal|season)|'s|[a-z]-|\()"
    r"[ \n]?$"
)
_DATING = re.compile(
    r"(?:\b(?:in|since|from|until|till|during|before|after|through|between|throughout|circa|ca\.|c\.|year|years|ad)"
    r"|\()[ \n]?$"
)
_PAIRED = re.compile(
    r"(?:\b(?:from|between|in|of)[ \n](?:the )?1?\d{3},?(?: bc| ad)?|\d{4}|\b\d{3})(?: (?:and|or|to)|,)[ \n]$"
)
_DETERMINED = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|our|this)|'s)[ \n]$")
_LABEL = re.compile(
    r"(?:\b(?:no\.?|number|flight|page|room|route|highway|level|type|model|windows|top|over|than|nearly|almost|least|"
    r"most|some|about|approximately|roughly|only|just|exactly|up to|rs\.?|usd|us|ft|area|section|article|line|#)|"
    r"[$€£¥#])[ \n]?$"
)
_NOT_COUNTED = frozenset(tables.lists("date_words.txt")["not_counted"])
_COUNTED = frozenset(tables.lists("date_words.txt")["counted"])
_NEXT_WORD = re.compile(r"[ \n](?:(?:[a-z]+-)*)([a-z]+)(?!\w)('s)?")
_CONNECTING = re.compile(
    r"[ \n](?:and|or|to|when|while|as|after|at|by|with|under|for|the|he|she|it|they|was|is|has|saw|a|an)\b"
)


def is_year(plain_text: str, start: int, end: int) -> bool:
    """Whether the three or four digits at ``start:end`` of a plain text are meant as a year."""
    before = plain_text[max(0, start - 30) : start]
    number = int(plain_text[start:end])
    if _counts_things(plain_text, end, number, before):
        return False
    if number >= 1900:
        return _BEFORE.search(before) is not None or not _LABEL.search(before)
    if end - start == 4:
        return _is_old_year(before, plain_text, end)
    return re.search(r"\bin[ \n]$", before) is not None and _closes(plain_text, end)


def _counts_things(plain_text: str, end: int, number: int, before: str) -> bool:
    found = _NEXT_WORD.match(plain_text, end)
    if found is None or found[2]:
        return False
    word = found[1]
    if word in _COUNTED:
        return True
    if not word.endswith("s") or word.endswith("ss") or word in _NOT_COUNTED:
        return False
    is_round = number % 100 == 0 and number != 2000
    return not (_DATING.search(before) or (_DETERMINED.search(before) and number % 100)) or (is_round and number < 1900)


def _is_old_year(before: str, plain_text: str, end: int) -> bool:
    if _DATING.search(before) or _PAIRED.search(before):
        return True
    if re.search(r"\b(?:by|of|around|about|the|an?|to|early|late|his|its)[ \n]$", before):
        return _closes(plain_text, end) or _DETERMINED.search(before) is not None
    return False


def _closes(plain_text: str, end: int) -> bool:
    """Whether the number ends its phrase, so that it counts nothing."""
    after = plain_text[end : end + 1]
    return after in ("", ".", ",", ";", ")", ":", "-", '"') or _CONNECTING.match(plain_text, end) is not None
