"""People: capitalised names that a title, a role, a given name or the rest of the article shows to be a person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval.entities.matches import ArticleLines, EntityMatch, Entries, Match
from retrieval.entities.person_evidence import NameSegment, age_after, is_person, is_vetoed, may_be_person
from retrieval.entities.titles import Stretch, is_plural, role_before, with_owner_behind
from retrieval.models import MentionKind
from retrieval.text.word_traits import TaggedSentence, TaggedWord, are_adjacent, spelling_of

_LONGEST_NAME = 6  # words
_SHORTEST_SURNAME = 3  # letters that may show a full name elsewhere
_ENUMERATING = frozenset((",", "and", "&", "or", "with"))


class _Known(NamedTuple):
    """The people an article is known to name: full names, and for each surname the full names that have it."""

    full: frozenset[str]
    by_surname: Mapping[str, tuple[str, ...]]


def find_people(reading: ArticleLines) -> list[list[EntityMatch]]:
    """The people named in each line of one article."""
    segments = [
        NameSegment(number, start, end)
        for number, line in enumerate(reading.lines)
        for start, end in _segments(line, reading.entries[number], reading.taken[number])
    ]
    lines = reading.lines
    alone = Counter(_name(lines, segment) for segment in segments if segment.end - segment.start == 1)
    accepted = [segment for segment in segments if is_person(reading, segment, alone)]
    accepted.extend(_coordinated(reading, segments, accepted))
    accepted.extend(_called_elsewhere(reading, segments, accepted))
    return _mentions(reading, segments, set(accepted), _known(lines, accepted))


def _segments(line: TaggedSentence, entries: Entries, taken: Collection[int]) -> Iterator[Stretch]:
    """Runs of words that may be one name: capitalised, initials, particles between them, hyphens within."""
    words = line.words
    done = 0
    for place in line.capitals:
        start = place - 2 if place > 1 and _is_arabic_article(words, place - 2) else place
        if start < done or start in taken or not _starts_name(words, place, entries):
            continue
        done = _run_end(words, start, entries, taken)
        if done > start:
            yield start, done


def _starts_name(words: Sequence[TaggedWord], place: int, entries: Entries) -> bool:
    word = words[place]
    if not _is_name_word(word) or (word.has("stop") and not word.has("initial")):
        return False
    is_pronoun = word.text == "I" and not (place + 1 < len(words) and words[place + 1].text == ".")
    if is_pronoun or (word.has("office") and not word.has("given")):
        return False
    known = entries.get(place)
    return known is None or not _is_other(words, place, known)


def _is_other(words: Sequence[TaggedWord], place: int, known: Match) -> bool:
    """Whether the gazetteer's meaning is no part of a name: a people, a body, or a place not used as a name."""
    end, entry = known
    if words[place].has("upper"):
        return True
    if entry.kind is not MentionKind.PLACE or end - place > 1:
        return True
    follows = _names_ahead(words, end)
    return follows == 0 or (follows >= 2 and not words[place].has("given"))


def _names_ahead(words: Sequence[TaggedWord], place: int) -> int:
    """How many words of a name are at ``place``, at most two."""
    ahead = words[place : place + 2]
    if not ahead or not _is_name_word(ahead[0]) or ahead[0].has("org_noun"):
        return 0
    return len(ahead) if _is_name_word(ahead[-1]) or ahead[-1].text == "." else 1


def _is_name_word(word: TaggedWord) -> bool:
    if not word.capital:
        return False
    if word.has("calendar"):
        return word.has("given")
    if word.has("suffix"):
        return True
    return not (word.has("role") or word.has("title") or word.has("plain_capitals")) or word.has("initial")


def _is_arabic_article(words: Sequence[TaggedWord], place: int) -> bool:
    """Whether the word is the "al" of "al-Assad"."""
    article, hyphen, name = words[place : place + 3]
    return article.has("particle") and not article.capital and hyphen.text == "-" and are_adjacent(hyphen, name)


def _run_end(words: Sequence[TaggedWord], place: int, entries: Entries, taken: Collection[int]) -> int:
    end = place
    names = 0
    while end < len(words) and end not in taken and names <= _LONGEST_NAME:
        word = words[end]
        if _continues_name(words, end, place, entries):
            names += 1
        elif not (end > place and _links(words, end)):
            break
        end += 1
        if (
            (word.has("initial") or word.has("suffix"))
            and end < len(words)
            and words[end].text == "."
            and are_adjacent(word, words[end])
        ):
            end += 1
    return _without_tail(words, place, end)


def _links(words: Sequence[TaggedWord], place: int) -> bool:
    """Whether a hyphen or a particle joins what is before to a name after it."""
    if words[place].text == "-":
        return are_adjacent(words[place - 1], words[place]) and _hyphenates(words, place)
    return words[place].has("particle") and _particle_leads_on(words, place)


def _continues_name(words: Sequence[TaggedWord], place: int, start: int, entries: Entries) -> bool:
    word = words[place]
    if place == start:
        return word.capital or word.has("particle")
    if place in entries and entries[place][1].kind is not MentionKind.PLACE:
        return False
    if word.has("upper") and not word.has("suffix") and not words[place - 1].has("given"):
        return False
    if word.has("surname") and words[place - 1].has("given"):
        return word.capital
    return _is_name_word(word) and (word.has("initial") or not word.has("function"))


def _hyphenates(words: Sequence[TaggedWord], hyphen: int) -> bool:
    after = words[hyphen + 1] if hyphen + 1 < len(words) else None
    return after is not None and after.capital and are_adjacent(words[hyphen], after) and not after.has("upper")


def _particle_leads_on(words: Sequence[TaggedWord], place: int) -> bool:
    after = place + 1
    if after < len(words) and words[after].text == "-":
        after += 1
    if after < len(words) and words[after].has("particle") and not words[after].capital:
        after += 1
    return after < len(words) and words[after].capital and not words[place].capital and words[after - 1].text != ","


def _without_tail(words: Sequence[TaggedWord], start: int, end: int) -> int:
    while end > start and (
        words[end - 1].text == "-" or (words[end - 1].has("particle") and not words[end - 1].capital)
    ):
        end -= 1
    return end


def _coordinated(
    reading: ArticleLines, segments: Sequence[NameSegment], accepted: Sequence[NameSegment]
) -> Iterator[NameSegment]:
    """Names of two or more words that "and" or a comma joins to a person's name."""
    sure = set(accepted)
    for left, right in pairwise(segments):
        if left.line != right.line or (left in sure) == (right in sure):
            continue
        words = reading.lines[left.line].words
        between = [word.text for word in words[left.end : right.start]]
        other = right if left in sure else left
        is_long = other.end - other.start >= 2 and other.start not in reading.entries[other.line]
        if between in (["and"], ["&"]) and is_long and not is_vetoed(words, other.start, other.end):
            yield other


def _called_elsewhere(
    reading: ArticleLines, segments: Sequence[NameSegment], accepted: Sequence[NameSegment]
) -> Iterator[NameSegment]:
    """Full names whose surname alone a title or a role shows elsewhere in the article: "Mr Pimentel"."""
    sure = set(accepted)
    alone = {_name(reading.lines, segment) for segment in accepted if segment.end - segment.start == 1}
    surnames = {name for name in alone if len(name) >= _SHORTEST_SURNAME and name not in reading.common}
    for segment in segments:
        if segment in sure or segment.end - segment.start < 2 or _surname(reading.lines, segment) not in surnames:
            continue
        first = reading.lines[segment.line].words[segment.start]
        is_other = first.has("org_noun") or segment.start in reading.entries[segment.line]
        if not is_other and may_be_person(reading, segment):
            yield segment


def _known(lines: Sequence[TaggedSentence], accepted: Sequence[NameSegment]) -> _Known:
    by_surname: dict[str, list[str]] = {}
    full: set[str] = set()
    for segment in accepted:
        name = _name(lines, segment)
        if segment.end - segment.start >= 2:
            full.add(name)
            names = by_surname.setdefault(_surname(lines, segment), [])
            if name not in names:
                names.append(name)
    for segment in accepted:
        if segment.end - segment.start == 1:
            by_surname.setdefault(_name(lines, segment), [])
    return _Known(frozenset(full), {surname: tuple(names) for surname, names in by_surname.items()})


def _name(lines: Sequence[TaggedSentence], segment: NameSegment) -> str:
    return spelling_of(lines[segment.line].words[segment.start : segment.end])


def _surname(lines: Sequence[TaggedSentence], segment: NameSegment) -> str:
    """The last part of the name, with its hyphen or Arabic article, without "Jr."."""
    words = lines[segment.line].words
    end = segment.end
    while end - 1 > segment.start and (words[end - 1].has("suffix") or words[end - 1].text == "."):
        end -= 1
    start = end - 1
    while start > segment.start + 1 and words[start - 1].text == "-":
        start -= 2
    return spelling_of(words[start:end])


def _mentions(
    reading: ArticleLines, segments: Sequence[NameSegment], accepted: Collection[NameSegment], known: _Known
) -> list[list[EntityMatch]]:
    lines = reading.lines
    found: list[list[EntityMatch]] = [[] for _ in lines]
    latest: dict[str, str] = {}
    previous: tuple[NameSegment, Stretch | None] | None = None
    for segment in segments:
        name = _name(lines, segment)
        if not (segment in accepted or name in known.full or _is_known_surname(reading, segment, name, known)):
            continue
        if name in known.full:
            latest[_surname(lines, segment)] = name
        names = known.by_surname.get(name, ())
        value = latest.get(name) or (names[0] if names else name)
        words = lines[segment.line].words
        entries = reading.entries[segment.line]
        role = role_before(words, segment.start, segment.end, entries) or _shared_role(lines, segment, previous)
        previous = (segment, role)
        role = _whole_role(words, segment, role, entries)
        value = name if name in known.full else value
        found[segment.line].append(EntityMatch(segment.start, segment.end, MentionKind.PERSON, value, role=role))
        found[segment.line].extend(_age(words, segment.end))
    return found


def _whole_role(
    words: Sequence[TaggedWord], segment: NameSegment, role: Stretch | None, entries: Entries
) -> Stretch | None:
    """The role before a name with the owner behind it."""
    if role is None or role[1] != segment.start:
        return role
    return with_owner_behind(words, role, segment.end, entries)


def _age(words: Sequence[TaggedWord], end: int) -> Iterator[EntityMatch]:
    """The age between commas behind a person's name, as a number."""
    if (place := age_after(words, end)) is not None:
        yield EntityMatch(place, place + 1, MentionKind.NUMBER, words[place].text, "age")


def _is_known_surname(reading: ArticleLines, segment: NameSegment, name: str, known: _Known) -> bool:
    """Whether a lone name is the surname of somebody known here, not a body's or, after "in", a place's name."""
    if name not in known.by_surname or name in reading.bodies:
        return False
    place = reading.entries[segment.line].get(segment.start)
    before = reading.lines[segment.line].words[segment.start - 1].folded if segment.start else ""
    return place is None or (bool(known.by_surname[name]) and before not in {"in", "from", "near"})


def _shared_role(
    lines: Sequence[TaggedSentence], segment: NameSegment, previous: tuple[NameSegment, Stretch | None] | None
) -> Stretch | None:
    """The role of the name before, where it is that of several people and only "and" or a comma is between."""
    if previous is None or previous[1] is None or previous[0].line != segment.line:
        return None
    words = lines[segment.line].words
    between = words[previous[0].end : segment.start]
    if len(between) > 2 or not all(word.text in _ENUMERATING for word in between):
        return None
    return previous[1] if is_plural(words, previous[1]) else None
