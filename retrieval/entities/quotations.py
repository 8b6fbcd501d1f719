"""Quotations and who is quoted, as written: "a source in the Ministry of Foreign Affairs of Turkey"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from retrieval.models import Mention, MentionKind, Span
from retrieval.text import tables
from retrieval.text.tables import any_of

_PAIRS = re.compile(
    r"“[^“”]{2,3000}?(?:”|(?=\n\s*“)|$)"
    r"|``(?:[^`']|'(?!')|`(?!`)){2,3000}''"
    r"|«[^«»]{2,3000}»"
    r"|„[^„“”]{2,3000}[“”]"
    r"|(?<![\w\"])\"[^\"\n]{2,3000}\"(?![\w\"])"
    r"|(?<!\w)‘[^‘\n]{12,1500}?[,.!?…]’(?!\w)"
)
_FEWEST_WORDS = 4  # of a quotation that nobody is shown to say; shorter ones are titles and nicknames
_MOST_SPEAKER_WORDS = 16  # of a speaker with a description
_MOST_PLAIN_WORDS = 10  # of a subject; a longer one holds more than the speaker, so its last name is taken
_MOST_WORDS_FROM_VERB = 8  # between the verb and the quotation: "said in an interview with the paper on Friday"
_FURTHEST = 240  # characters from a quotation in which its speaker is looked for
_WORDS = {name: any_of(words) for name, words in tables.lists("quotation_words.txt").items()}
_PRONOUNS = any_of(tables.lists("grammar_words.txt")["speaker_pronoun"])
_ARTICLES = any_of(tables.lists("grammar_words.txt")["article"])
_SETTING = re.compile(
    rf"\s+(?:in\s+(?:{_ARTICLES}|his|her|its|their)\s+(?:\w+\s+)?{_WORDS['setting']}"
    rf"|on\s+(?:[A-Z]\w+|social|the)|to\s+(?:the\s+)?{_WORDS['listener']}"
    rf"|at\s+{_ARTICLES}\s+{_WORDS['event']}|{_WORDS['adjunct']})\b"
)
_OPENING_PHRASE = re.compile(rf"(?i:{_WORDS['opening']}|\w+ing|\w+ly)\b")
_APPOSED = re.compile(rf"\s*(?:{_ARTICLES}|his|her|its|who|[a-z]+|CEO|CFO|COO)\s")
_FULL_NAME = re.compile(r"\s[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)+\s*")
_NO_TITLE = "".join(rf"(?<!\b{title.capitalize()})" for title in tables.lists("abbreviations.txt")["title"])
_FULL_STOP = re.compile(rf"(?<!\b[A-Z]){_NO_TITLE}\.(?:\s|$)")
_SENTENCE_BREAK = re.compile(r"(?<=[a-z0-9”\"'’)][.!?])\s+(?=[A-Z“\"])|(?<=[.!?][”\"])\s+")
_CLAUSE_BREAK = re.compile(rf"(?:[;:–—(]|\b({_WORDS['clause']})\b)\s*")
_TRAILING = re.compile(rf"[\s,]+{_WORDS['between']}\s*$")
_ACCORDING = re.compile(r"(?i)\s*(?:according to|in the words of)\s+(?P<speaker>[^,\n]+),")
_NO_SPEAKER = re.compile(rf"(?i)^{_WORDS['alone']}$|^{_WORDS['question']}\b|^[(\[]|\b{_WORDS['cut_off']}$|['’]s$")
_PRONOUN_LAST = re.compile(rf"^.*,\s({_PRONOUNS}|I)$")
_LABEL = re.compile(r"\s*(?P<speaker>[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,4}):\s*$")


class _Quote(NamedTuple):
    start: int
    end: int
    words: int


def find_quotations(text: str, names: Sequence[Mention] = ()) -> tuple[Mention, ...]:
    """The quotations of ``text`` with their marks, in order; ``value`` is the speaker as written, where one is shown.

    ``names`` are the people and bodies that ``text`` names. Words in quotation marks that are few and that nobody is
    shown to say (titles, nicknames) are left out.
    """
    found: list[Mention] = []
    quotes = [_quote(match) for match in _PAIRS.finditer(text)]
    for index, quote in enumerate(quotes):
        before = quotes[index - 1] if index else None
        after = quotes[index + 1] if index + 1 < len(quotes) else None
        speaker = _speaker_after(text, quote, after) or _speaker_before(text, quote, before, names)
        if speaker is None and found and before is not None and found[-1].span.start == before.start:
            speaker = found[-1].value if _goes_on(text, before, quote) else None
        if speaker is not None or quote.words >= _FEWEST_WORDS:
            span = Span(start=quote.start, end=quote.end)
            found.append(Mention(span=span, kind=MentionKind.QUOTE, value=speaker))
    return tuple(found)


def _quote(match: re.Match[str]) -> _Quote:
    words = match[0].rstrip()
    return _Quote(match.start(), match.start() + len(words), len(words.split()))


def _goes_on(text: str, before: _Quote, quote: _Quote) -> bool:
    """Whether a quotation continues the one before: in the same paragraph, with at most a clause between."""
    between = text[before.end : quote.start]
    return "\n" not in between and len(between) <= _FURTHEST and between.count(".") <= 1


@cache
def _verbs() -> str:
    return any_of(tables.lists("word_traits.txt")["speech"])


@cache
def _inverted() -> re.Pattern[str]:
    return re.compile(rf"[,\s]*{_verbs()}\s+(?P<speaker>(?!{_WORDS['said_clause']}\b)[^\n;:“\"]+)")


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(
        rf"[,\s]*(?P<speaker>[^\n;:!?“\"”]{{1,120}}?),?\s+"
        rf"(?:(?:has|had|also|then|later|further|once)\s+)*{_verbs()}\b"
    )


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\b{_verbs()}\b(?!\s+by\b)")


def _speaker_after(text: str, quote: _Quote, following: _Quote | None) -> str | None:
    """The speaker in the words after: ``," it said.``, ``said Dana Perino, the White House Press Secretary``."""
    limit = min(quote.end + _FURTHEST, following.start if following else len(text))
    tail = text[quote.end : limit].partition("\n")[0]
    closing = text[max(quote.start, quote.end - 3) : quote.end].rstrip("”\"'’»")[-1:]
    if closing == "." and not tail.lstrip(" ")[:1].islower():
        return None
    tail = _FULL_STOP.split(tail)[0]
    inverted = _inverted().match(tail)
    if inverted is not None:
        return _speaker(_first_phrase(inverted["speaker"]))
    plain = _plain().match(tail)
    return _speaker(plain["speaker"]) if plain is not None else None


def _first_phrase(words: str) -> str:
    """The name and one description beside it: "Dana Perino, the White House Press Secretary", "the mayor, Ann Lund"."""
    first, *others = words.split(",")
    if not others:
        return first
    is_named = first.split()[-1:] and first.split()[-1].islower() and _FULL_NAME.fullmatch(others[0]) is not None
    return f"{first},{others[0]}" if is_named or _APPOSED.match(others[0]) else first


def _speaker(words: str) -> str | None:
    words = _SETTING.split(words.strip(" ,"))[0].strip(" ,")
    words = _PRONOUN_LAST.sub(r"\1", words)
    is_said = len(words.split()) <= _MOST_SPEAKER_WORDS and re.search(r"[^\W\d_]", words) is not None
    return words if is_said and _NO_SPEAKER.search(words) is None else None


def _speaker_before(text: str, quote: _Quote, before: _Quote | None, names: Sequence[Mention]) -> str | None:
    """The speaker in the words before: ``Northrop Grumman CEO Ron Sugar said in an interview "...``."""
    start = max(quote.start - _FURTHEST, before.end if before else 0, text.rfind("\n", 0, quote.start) + 1)
    breaks = list(_SENTENCE_BREAK.finditer(text, start, quote.start))
    start = breaks[-1].end() if breaks else start
    sentence = text[start : quote.start]
    stated = _ACCORDING.match(sentence) or _LABEL.match(sentence)
    if stated is not None:
        return stated["speaker"].strip()
    verbs = list(_verb().finditer(sentence))
    if not verbs or len(sentence[verbs[-1].end() :].split()) > _MOST_WORDS_FROM_VERB:
        return None
    return _subject(text, start, start + verbs[-1].start(), names)


def _subject(text: str, start: int, end: int, names: Sequence[Mention]) -> str | None:
    """Who does what the verb at ``end`` says: the phrase before it, or, before "which" or "that", the last name."""
    clause = text[start:end].rstrip(" ,")
    relative = re.search(r"\b(?:which|who|that)$", clause) is not None
    while (trimmed := _TRAILING.sub("", clause)) != clause:
        clause = trimmed
    breaks = list(_CLAUSE_BREAK.finditer(clause))
    if relative or (
        breaks and breaks[-1][1] in {"which", "who", "that"} and not _starts_a_subject(clause[breaks[-1].end() :])
    ):
        return _last_name(text, start, start + len(clause), names)
    begin = next((match.end() for match in reversed(breaks) if _starts_a_subject(clause[match.end() :])), 0)
    subject = _past_opening(clause[begin:])
    if len(subject.split()) <= _MOST_PLAIN_WORDS:
        return _speaker(subject)
    return _last_name(text, start + len(clause) - len(subject), start + len(clause), names)


def _starts_a_subject(words: str) -> bool:
    """Whether a clause starts here: a name, a pronoun or an article, not the second half of "A and B"."""
    return re.match(rf"(?:[A-Z]|(?:{_PRONOUNS}|{_ARTICLES}|his|her|its|their|one)\b)", words) is not None


def _past_opening(clause: str) -> str:
    """ "In Ankara, the minister" is the minister; "Ron Sugar, CEO of the firm" stays whole."""
    while "," in clause and _OPENING_PHRASE.match(clause.strip()):
        clause = clause.partition(",")[2]
    return clause


def _last_name(text: str, start: int, end: int, names: Sequence[Mention]) -> str | None:
    wanted = {MentionKind.PERSON, MentionKind.ORGANISATION}
    inside = [name for name in names if name.kind in wanted and start <= name.span.start and name.span.end <= end]
    return inside[-1].span.of(text) if inside else None
