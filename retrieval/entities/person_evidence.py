"""Evidence that capitalised words name a person: a title or a role beside them, a given name, an age, a verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from retrieval.entities.matches import ArticleLines
from retrieval.entities.titles import Stretch, is_human, role_before
from retrieval.text.word_traits import TaggedWord, are_adjacent

_SURELY_NO_NAME = ("org_noun", "org_suffix", "place_noun", "site_noun")
_QUOTE_ENDS = frozenset(("”", '"', "'", "’", "“"))
_ENDS_AN_AGE = frozenset((",", ".", ";", ")", "?", "!"))
_SHIP_PREFIXES = frozenset(("USS", "HMS", "RMS", "SS", "MV", "MS", "HMAS", "HMCS", "INS", "USNS"))
_YOUNGEST = 4  # years: below and above them numbers between commas are no ages
_OLDEST = 115  # years


class NameSegment(NamedTuple):
    """Capitalised words of a line that may be a name."""

    line: int
    start: int
    end: int


def is_person(reading: ArticleLines, segment: NameSegment, alone: Mapping[str, int]) -> bool:
    """Whether the words beside a segment, its given name or its surname elsewhere show that it names a person.

    ``alone`` counts the one-word segments of the article."""
    if not _may_be_named(reading, segment):
        return False
    words, entries = reading.lines[segment.line].words, reading.entries[segment.line]
    start, end = segment.start, segment.end
    names = [word for word in words[start:end] if word.capital]
    if _is_addressed(words, segment, role_before(words, start, end, entries), len(names)):
        return True
    is_given = words[start].has("given")
    if len(names) < 2 or _follows_article(words, start) or (words[start].has("org_noun") and not is_given):
        return False
    last = next((word for word in reversed(names) if not word.has("suffix")), names[-1])
    if is_given and start not in entries and last.folded not in reading.common:
        return True
    shown = _is_shown_behind(words, end) or _is_asked_for(words, start)
    said = _is_said(words, start, end)
    has_alone = alone.get(last.folded, 0) > 0
    if is_given:
        return shown or said or has_alone
    middle_initial = len(names) > 2 and any(word.has("initial") for word in names[1:-1])
    return shown or middle_initial or (has_alone and said) or _has_leading_initial(words, start)


def _is_addressed(words: Sequence[TaggedWord], segment: NameSegment, role: Stretch | None, names: int) -> bool:
    """Whether a title or a role is before the name, or a verb of speech before it and an age behind it."""
    start, end = segment.start, segment.end
    if _is_called(words, start) or (role is not None and _shows_a_person(words, role, start, names)):
        return True
    return _is_said(words, start, end) and age_after(words, end) is not None


def may_be_person(reading: ArticleLines, segment: NameSegment) -> bool:
    """Whether nothing beside a segment, or in it, says that it names something else."""
    words = reading.lines[segment.line].words
    return _may_be_named(reading, segment) and not _follows_article(words, segment.start)


def age_after(words: Sequence[TaggedWord], end: int) -> int | None:
    """The place of an age in years between commas behind a name that ends before word ``end``.

    Before a full stop it ends a sentence with other words, so that a list ("27. Lund, 31. Berg") has none."""
    place = end + 1
    if place + 1 >= len(words) or words[end].text != "," or words[place + 1].text not in _ENDS_AN_AGE:
        return None
    ends = place + 2 == len(words)
    if words[place + 1].text == "." and not (ends and any(word.has("function") for word in words[:end])):
        return None
    figure = words[place].text
    return place if figure.isascii() and figure.isdigit() and _YOUNGEST <= int(figure) <= _OLDEST else None


def _may_be_named(reading: ArticleLines, segment: NameSegment) -> bool:
    line = reading.lines[segment.line]
    return not (line.titled or is_vetoed(line.words, segment.start, segment.end) or _names_a_thing(line.words, segment))


def _names_a_thing(words: Sequence[TaggedWord], segment: NameSegment) -> bool:
    """Whether a ship, a storm or a song bears the name: "the ferry Anna Lund"."""
    before = words[segment.start - 1] if segment.start else None
    return before is not None and (before.has("vessel") or before.text in _SHIP_PREFIXES)


def _is_shown_behind(words: Sequence[TaggedWord], end: int) -> bool:
    """Whether what follows is said of people only: an age, a birth, an arrest, his wife."""
    place = age_after(words, end)
    if place is not None:
        return words[place + 1].text == "," and not (words[place + 2].capital if place + 2 < len(words) else False)
    return _lives(words, end) or _has_kin(words, end)


def _lives(words: Sequence[TaggedWord], end: int) -> bool:
    """Whether the verb behind is one for people: "was born", ", who died", ", born in"."""
    place = end
    while place < len(words) and place < end + 2 and words[place].text in {",", "(", "who"}:
        place += 1
    has_aux = place < len(words) and words[place].text in {"was", "were", "is", "been", "has"}
    place += has_aux
    if place >= len(words):
        return False
    return words[place].has("borne") if has_aux or place > end else words[place].has("lived")


def _has_kin(words: Sequence[TaggedWord], end: int) -> bool:
    """Whether "and his wife" follows."""
    behind = words[end : end + 3]
    if len(behind) < 3 or behind[0].text not in {"and", ","} or behind[1].text not in {"his", "her"}:
        return False
    return behind[2].has("kin")


def _is_asked_for(words: Sequence[TaggedWord], start: int) -> bool:
    """Whether a question asks who it is: "Who is Duarte Pimentel?"."""
    return start >= 2 and words[start - 2].folded == "who" and words[start - 1].text in {"is", "was", "are", "were"}


def _has_leading_initial(words: Sequence[TaggedWord], start: int) -> bool:
    """Whether the name starts like "J. K. Rowling" or "C.J. Stroud"; "I" without a full stop is the pronoun."""
    return words[start].has("initial") and ("." in words[start].text or words[start + 1].text == ".")


def _shows_a_person(words: Sequence[TaggedWord], role: Stretch, start: int, names: int) -> bool:
    """Whether a role before shows that one word, or several, is a name; one word needs the role right before it."""
    if not is_human(words, role):
        return False
    return names > 1 or (words[start - 1].has("role") and not words[start - 1].has("plural"))


def is_vetoed(words: Sequence[TaggedWord], start: int, end: int) -> bool:
    """Whether the name ends as that of a body, a place or an award."""
    last = words[end - 1]
    if last.has("thing_noun"):
        return True
    return any(last.has(trait) for trait in _SURELY_NO_NAME) and not words[start].has("given")


def _is_called(words: Sequence[TaggedWord], start: int) -> bool:
    """Whether a title is right before the name, with or without a full stop."""
    if start == 0:
        return False
    before = words[start - 1]
    if before.text == "." and start > 1 and are_adjacent(words[start - 2], before):
        return words[start - 2].has("title") or words[start - 2].has("role")
    return before.has("title") and before.capital


def _follows_article(words: Sequence[TaggedWord], start: int) -> bool:
    return start > 0 and words[start - 1].folded in {"the", "a", "an"}


def _is_said(words: Sequence[TaggedWord], start: int, end: int) -> bool:
    """Whether a verb of speech is right after the name, or right before it after a quotation."""
    if end < len(words) and words[end].has("speech"):
        return True
    return start > 1 and words[start - 1].has("speech") and words[start - 2].text in _QUOTE_ENDS
