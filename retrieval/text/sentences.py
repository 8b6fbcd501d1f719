"""Where the sentences of a text begin and end: rules that know abbreviations, initials, quotes and numbers."""

from __future__ import annotations

import re
from functools import cache

from retrieval.models import Span
from retrieval.text import tables

_OPENERS = r"[\"'“‘«„(\[¿¡`–—-]"
_CLOSERS = r"(?:''|[\"'”’»)\]])"
_BREAK = re.compile(
    rf"\n[^\S\n]*\n"
    rf"|(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>{_CLOSERS}*+)(?:\s+(?:''(?=\s)\s*)?|(?=[\"”’]?[A-Z][a-z]+[ ,]))"
    rf"|(?P<wide>[。！？｡।॥]+[”’」』）]*)\s*"
    rf"|(?P<arabic>[؟۔]+)\s+"
)
_LAST_WORD = re.compile(r"(?:[^\W_]|[.&'’-](?=[^\W_]))+$")
_NEXT_WORD = re.compile(rf"(?:{_OPENERS}|\s)*(?P<word>[^\W_]+(?:['’.-][^\W_]+)*)")
_STARTS_LIKE_A_SENTENCE = re.compile(rf"{_OPENERS}*\s*(?:[^\W_]|[$€£¥#@•*])")
_SPEAKER_NEXT = re.compile(rf"(?:[A-Z][\w'’.-]*\s+){{1,4}}{tables.any_of(tables.lists('word_traits.txt')['speech'])}\b")
_ONLY_AN_ORDINAL = re.compile(rf"{_OPENERS}*(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})")
_LONGEST_WORD = 40  # characters looked back for an abbreviation; none is as long
_CALENDAR_KINDS = {"month": "month", "weekday": "either"}
_DOMAIN_ENDINGS = frozenset({"com", "net", "org", "io", "js", "co", "tv", "ai", "gov", "edu"})


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text``: spans without surrounding white space that together cover every other code point.

    A blank line always ends a sentence; a single line break counts as a space.
    """
    spans: list[Span] = []
    begin = 0
    for match in _BREAK.finditer(text):
        if _ends_sentence(text, begin, match):
            _keep(spans, text, begin, match.end())
            begin = match.end()
    _keep(spans, text, begin, len(text))
    return tuple(spans)


def _keep(spans: list[Span], text: str, begin: int, end: int) -> None:
    stretch = text[begin:end]
    inner = stretch.strip()
    if inner:
        start = begin + len(stretch) - len(stretch.lstrip())
        spans.append(Span(start=start, end=start + len(inner)))


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    if match["stop"] is None:
        return True
    follower = _next_word(text, match.end())
    if match[0][-1:].isspace():
        if not _STARTS_LIKE_A_SENTENCE.match(text, match.end()) or _goes_on(follower):
            return False
    elif not _lost_its_space(text, match, follower):
        return False
    if match["stop"] == ".":
        return _full_stop_ends(text, begin, match, follower)
    return not (match["close"] and _SPEAKER_NEXT.match(text, match.end()))


def _next_word(text: str, place: int) -> str:
    match = _NEXT_WORD.match(text, place, place + 2 * _LONGEST_WORD)
    return match["word"] if match else ""


def _goes_on(follower: str) -> bool:
    """Whether the next word is in lower case, but not a name like "iPhone"."""
    return follower[:1].islower() and not any(letter.isupper() for letter in follower)


def _lost_its_space(text: str, match: re.Match[str], follower: str) -> bool:
    """Whether the space after a sentence was lost ("today.The"), not a file name or an address."""
    return text[max(0, match.start() - 2) : match.start()].islower() and follower.lower() not in _DOMAIN_ENDINGS


def _full_stop_ends(text: str, begin: int, match: re.Match[str], follower: str) -> bool:
    before = text[max(begin, match.start() - _LONGEST_WORD) : match.start()]
    if match.start() - begin < _LONGEST_WORD and _ONLY_AN_ORDINAL.fullmatch(before.strip()):
        return False
    if match["close"] and match["close"][0] not in ")]":
        return True
    found = _LAST_WORD.search(before)
    if found is None:
        return True
    return _word_lets_end(found[0], follower, quoted=text[match.end() : match.end() + 1] in set('"“‘«„`'))


def _word_lets_end(word: str, follower: str, *, quoted: bool) -> bool:
    kind = _abbreviations().get(word.lower())
    starter = quoted or follower.lower() in tables.words("sentence_starters.txt")
    if kind in {"title", "inner"}:
        return False
    if kind == "number":
        return not follower[:1].isdigit() and (word.islower() or starter)
    if kind == "month":
        return not follower[:1].isdigit() and starter
    if kind == "either" or _is_initial(word) or _has_dots(word):
        return starter
    return True


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _has_dots(word: str) -> bool:
    return "." in word and all(len(part) <= 2 for part in word.split("."))


@cache
def _abbreviations() -> dict[str, str]:
    known = {word: kind for kind, *words in tables.rows("abbreviations.txt") for word in words}
    for kind, _, _, *short in tables.rows("calendar.txt"):
        if kind in _CALENDAR_KINDS:
            known |= dict.fromkeys(short, _CALENDAR_KINDS[kind])
    return known
