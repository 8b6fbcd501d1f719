"""Places: what the gazetteer knows, what a word such as "Region" or "cities of" shows, and what a list shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from retrieval.entities.gazetteer import GazetteerEntry, ambiguous_names, small_cities
from retrieval.entities.matches import EntityMatch, Entries
from retrieval.models import MentionKind
from retrieval.text import tables
from retrieval.text.word_traits import TaggedSentence, TaggedWord, are_adjacent, spelling_of

_WORDS = {name: frozenset(words) for name, words in tables.lists("place_words.txt").items()}
_STANDING = _WORDS["locating"]
_APPROACHING = _STANDING | _WORDS["moving"] | _WORDS["approaching"]
_KINDS = tables.values("place_words.txt", "kind")
_LONGEST_TOWN = 3  # words: Rio de Janeiro, New York City


def find_places(line: TaggedSentence, entries: Entries) -> Iterator[EntityMatch]:
    """Places and nationalities in ``line``; ``entries`` are the gazetteer's matches by their first word."""
    named = [found for found in _gazetted(line, entries) if found is not None]
    yield from named
    if line.titled:
        return
    patterned = [*_with_place_noun(line), *_after_place_noun(line.words), *_towns(line, entries)]
    yield from patterned
    yield from _listed(line, [*named, *patterned])


def _gazetted(line: TaggedSentence, entries: Entries) -> Iterator[EntityMatch | None]:
    for start, (end, entry) in entries.items():
        if entry.kind is MentionKind.NATIONALITY:
            yield EntityMatch(start, end, entry.kind, entry.value)
        elif entry.kind is MentionKind.PLACE and _stands_for_the_place(line, start, end, entry):
            yield EntityMatch(start, end, entry.kind, entry.value, entry.detail)


def _stands_for_the_place(line: TaggedSentence, start: int, end: int, entry: GazetteerEntry) -> bool:
    """Whether the name is not part of a longer one; a country may qualify what follows ("Kazakhstan Summit")."""
    words = line.words
    if line.titled:
        return _stands_in_title(words, start, end)
    if _is_continued_before(words, start):
        return False
    if entry.detail == "country" and not words[start].has("given"):
        return True
    if _is_continued_after(words, end):
        return False
    return not words[start].has("given") or end - start > 1 or _is_located(words, start, _APPROACHING)


def _stands_in_title(words: Sequence[TaggedWord], start: int, end: int) -> bool:
    """Whether a name in a line of capitals is a place: not beside a given name or the noun of an organisation."""
    before = words[start - 1] if start else None
    after = words[end] if end < len(words) else None
    if (before is not None and before.has("given")) or (after is not None and after.has("org_noun")):
        return False
    return not words[start].has("given") or end - start > 1


def _is_continued_before(words: Sequence[TaggedWord], start: int) -> bool:
    if start == 0:
        return False
    before = words[start - 1]
    if before.text == "-" and start > 1:
        return words[start - 2].capital and are_adjacent(before, words[start]) and not _is_geographic(words[start - 2])
    if not before.capital or (start == 1 and before.has("stop")):
        return False
    return not (before.has("role") or before.has("calendar") or before.has("upper") or before.has("modifier"))


def _is_geographic(word: TaggedWord) -> bool:
    return word.folded in _WORDS["joined"] or word.has("upper")


def _is_continued_after(words: Sequence[TaggedWord], end: int) -> bool:
    if end >= len(words):
        return False
    after = words[end]
    if after.text == "-":
        return end + 1 < len(words) and words[end + 1].capital and are_adjacent(words[end - 1], after)
    if after.text == "&":
        return True
    return after.capital and not (
        after.has("role") or after.has("calendar") or after.has("upper") or after.has("title")
    )


def _is_located(words: Sequence[TaggedWord], start: int, prepositions: frozenset[str]) -> bool:
    before = words[start - 1].text if start else ""
    return before in prepositions or (before.lower() in prepositions and start == 1)


def _towns(line: TaggedSentence, entries: Entries) -> Iterator[EntityMatch]:
    """Small or ambiguous cities, where a preposition or the region after a comma shows that a place is meant."""
    words = line.words
    for start in line.capitals:
        if start in entries or words[start].has("calendar"):
            continue
        located = _is_located(words, start, _STANDING)
        for end in range(min(start + _LONGEST_TOWN, len(words)), start, -1):
            if not located and words[min(end, len(words) - 1)].text != ",":
                continue
            entry = _town(words[start:end])
            if entry is not None and _is_meant_as_town(words, start, end, entries):
                yield EntityMatch(start, end, MentionKind.PLACE, entry.value, "city")
                break


def _town(words: Sequence[TaggedWord]) -> GazetteerEntry | None:
    if not all(word.capital or word.text == "-" for word in words):
        return None
    return small_cities().get(spelling_of(words))


def _is_meant_as_town(words: tuple[TaggedWord, ...], start: int, end: int, entries: Entries) -> bool:
    if _is_continued_before(words, start) or _is_continued_after(words, end):
        return False
    region = entries.get(end + 1) if end + 1 < len(words) and words[end].text == "," else None
    in_region = region is not None and region[1].detail in {"country", "region"} and start > 0
    return in_region or (_is_located(words, start, _STANDING) and not words[start].has("stop"))


def _with_place_noun(line: TaggedSentence) -> Iterator[EntityMatch]:
    """Finds "Mangystau Region", "Caspian Sea", "Heathrow Airport"."""
    words = line.words
    for place in line.capitals:
        word = words[place]
        if place == 0 or word.has("upper") or not (word.has("place_noun") or word.has("site_noun")):
            continue
        start = place
        while start > 0 and _names_a_place(words[start - 1], first=start == 1):
            start -= 1
            if start > 1 and words[start - 1].text == "-" and are_adjacent(words[start - 1], words[start]):
                start -= 2
        if start < place and not _is_followed_by_capital(words, place + 1) and _is_no_surname(words, start, place):
            detail = None if word.has("site_noun") else _KINDS.get(word.folded, "region")
            yield EntityMatch(start, place + 1, MentionKind.PLACE, spelling_of(words[start : place + 1]), detail)


def _is_no_surname(words: Sequence[TaggedWord], start: int, noun: int) -> bool:
    """Whether "Hall" or "Park" ends a place, not a person's name: an article or a preposition goes before."""
    return words[noun].folded not in _WORDS["surname"] or (
        start > 0 and words[start - 1].folded in _APPROACHING | {"the"}
    )


def _names_a_place(word: TaggedWord, *, first: bool) -> bool:
    if not word.capital or word.has("calendar") or word.has("title") or word.has("role"):
        return False
    return not (first and word.has("stop")) and word.folded not in {"the", "a"}


def _is_followed_by_capital(words: Sequence[TaggedWord], place: int) -> bool:
    return place < len(words) and words[place].capital and not words[place].has("calendar")


def _after_place_noun(words: tuple[TaggedWord, ...]) -> Iterator[EntityMatch]:
    """Finds "city of Almaty", "Lake Baikal", "Gulf of Mexico", "Kazakhstan's capital Nur-Sultan"."""
    for place, word in enumerate(words[:-1]):
        folded = word.folded
        if folded not in _KINDS and folded not in _WORDS["head"]:
            continue
        if word.capital and folded in _WORDS["head"]:
            joined = words[place + 1].text == "of"
            start = place + 1 + joined
            end = _name_end(words, start)
            if start < end and (joined or folded in _WORDS["head_alone"]):
                yield EntityMatch(place, end, MentionKind.PLACE, spelling_of(words[place:end]), "region")
        elif not word.capital and folded in _KINDS and not word.has("plural"):
            start = place + 1 + (words[place + 1].text == "of")
            start += start < len(words) and words[start].text == ","
            end = _name_end(words, start)
            if start < end and (words[place + 1].text == "of" or folded == "capital"):
                yield EntityMatch(
                    start, end, MentionKind.PLACE, _value(words, start, end), _kind_after(folded, words, start, end)
                )


def _kind_after(noun: str, words: tuple[TaggedWord, ...], start: int, end: int) -> str:
    known = small_cities().get(spelling_of(words[start:end]))
    return known.detail if known is not None and known.detail and noun == "state" else _KINDS[noun]


def _value(words: Sequence[TaggedWord], start: int, end: int) -> str:
    name = spelling_of(words[start:end])
    known = small_cities().get(name)
    return known.value if known else name


def _name_end(words: Sequence[TaggedWord], start: int) -> int:
    """The end of up to three capitalised words, hyphens included."""
    end = start
    while end < len(words) and end - start < 5:
        if _names_a_place(words[end], first=False):
            end += 1
        elif words[end].text == "-" and end > start and end + 1 < len(words) and words[end + 1].capital:
            end += 2
        else:
            break
    return end


def _listed(line: TaggedSentence, known: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
    """Items of a list of places that are no places by themselves take the kind of the others."""
    words = line.words
    by_start = {found.start: found for found in known if found.kind is MentionKind.PLACE}
    for items, introduced in _lists(line):
        kinds = [by_start[start].detail for start, _ in items if start in by_start]
        kind = introduced or _common(kinds, len(items)) or _all_cities(words, items, by_start)
        if kind is None or (introduced and set(kinds) - {introduced}):
            continue
        for start, end in items:
            if start not in by_start and (introduced or _may_be_place(words[start:end])):
                yield EntityMatch(start, end, MentionKind.PLACE, _value(words, start, end), kind)


def _all_cities(
    words: Sequence[TaggedWord], items: Sequence[tuple[int, int]], known: Mapping[int, EntityMatch]
) -> str | None:
    """City, where each item is one or is the name of one and of little else."""
    named = [start in known or _is_plain_town(words[start:end]) for start, end in items]
    return "city" if all(named) and {known[start].detail for start, _ in items if start in known} <= {"city"} else None


def _is_plain_town(words: Sequence[TaggedWord]) -> bool:
    name = spelling_of(words)
    return _town(words) is not None and len(name) > 4 and name not in ambiguous_names() and not words[0].has("given")


def _may_be_place(words: Sequence[TaggedWord]) -> bool:
    return _town(words) is not None or (len(words) == 1 and not words[0].has("given") and not words[0].has("upper"))


def _common(kinds: Sequence[str | None], items: int) -> str | None:
    """The kind that more than half of the items, and two of them, have."""
    if len(kinds) < 2 or 2 * len(kinds) <= items or len(set(kinds)) != 1:
        return None
    return kinds[0] if kinds[0] in {"city", "country"} else None


def _lists(line: TaggedSentence) -> Iterator[tuple[list[tuple[int, int]], str | None]]:
    """Two or more capitalised names parted by commas or "and", with the kind that the noun before them gives."""
    words = line.words
    done = 0
    for place in line.capitals:
        if place < done:
            continue
        items: list[tuple[int, int]] = []
        start = place
        while (end := _name_end(words, start)) > start:
            items.append((start, end))
            if len(items) >= 2 and words[start - 1].text in {"and", "or"}:
                break
            start = _next_item(words, end)
        if len(items) >= 2:
            yield items, _introduced_kind(words, place)
        done = items[-1][1] if items else place + 1


def _next_item(words: Sequence[TaggedWord], end: int) -> int:
    """Where the next item starts, past a remark in brackets, a comma and "and"; ``end`` itself where the list ends."""
    place = end
    if place < len(words) and words[place].text == "(":
        while place < len(words) and words[place].text != ")":
            place += 1
        place += 1
    begin = place
    if place < len(words) and words[place].text == ",":
        place += 1
    if place < len(words) and words[place].text in {"and", "or"}:
        place += 1
    return place if place > begin and place < len(words) else len(words)


def _introduced_kind(words: Sequence[TaggedWord], start: int) -> str | None:
    """The kind that "cities of" or "other cities, including" gives to the list after it."""
    before = [word.folded for word in words[max(0, start - 4) : start] if word.text != ","]
    if before[-1:] == ["the"]:
        return None
    if before[-2:] == ["such", "as"]:
        return _plural_kind(before[-3:-2])
    if before[-1:] and before[-1] in _WORDS["introducing"]:
        return _plural_kind(before[-2:-1])
    return None


def _plural_kind(noun: Sequence[str]) -> str | None:
    if not noun or not noun[0].endswith("s"):
        return None
    return _KINDS.get(noun[0])
