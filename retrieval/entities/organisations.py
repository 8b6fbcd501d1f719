"""Organisations: acronyms, capitals around a word such as "Ministry", and names that the article itself explains."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from retrieval.entities.matches import EntityMatch, Entries
from retrieval.models import MentionKind
from retrieval.text import tables
from retrieval.text.word_traits import TaggedSentence, TaggedWord, are_adjacent, folded_phrase, spelling_of

_WORDS = {name: frozenset(words) for name, words in tables.lists("organisation_words.txt").items()}
_LONGEST_ACRONYM = 5  # letters; longer words in capitals are mostly shouted
_CAPITALS_OF_A_TABLE = 6  # words in capitals in one line
_FIRST_RARE_LETTER = "\u0250"


def find_organisations(
    line: TaggedSentence, entries: Entries, learned: Collection[str], common: Collection[str]
) -> Iterator[EntityMatch]:
    """Organisations that the words of ``line`` show, and those ``learned`` from other lines of the article.

    ``common`` are words that the article has in lower case: in capitals they are no acronyms.
    """
    words = line.words
    tabular = _is_tabular(line)
    for place in line.capitals:
        word = words[place]
        if not line.titled:
            if word.has("org_noun") or word.has("org_suffix"):
                yield from _around(words, place)
            elif not tabular and place not in entries and word.folded not in common and _is_acronym(words, place):
                yield EntityMatch(place, place + 1, MentionKind.ORGANISATION, word.folded, "acronym")
        if place not in entries:
            yield from _learned(words, place, learned)


def _is_tabular(line: TaggedSentence) -> bool:
    """Whether many words are in capitals, as in a table of results."""
    upper = sum(line.words[place].has("upper") for place in line.capitals)
    return upper >= _CAPITALS_OF_A_TABLE and upper > len(line.words) / 6


def abbreviated_terms(line: TaggedSentence) -> Iterator[str]:
    """Acronyms in brackets after plain words: "acquired resistance (SAR)" is no organisation."""
    words = line.words
    for place in line.capitals:
        in_brackets = 2 <= place < len(words) - 1 and words[place - 1].text == "(" and words[place + 1].text == ")"
        if in_brackets and words[place].has("upper") and not words[place - 2].capital:
            yield words[place].folded


def explained_names(line: TaggedSentence, entries: Entries) -> Iterator[str]:
    """Names that ``line`` explains as a company's: "Betashares CEO", "carmaker Rivian", "Masimo, a device maker"."""
    if line.titled:
        return
    words = line.words
    for start, end in _plain_runs(line, entries):
        if _stands_for_a_firm(words, start, end):
            yield folded_phrase(words[start:end])


def _stands_for_a_firm(words: tuple[TaggedWord, ...], start: int, end: int) -> bool:
    if words[start].has("given") and end - start > 1:
        return False
    before = words[start - 1].folded if start else ""
    after = [word.folded for word in words[end : end + 8]]
    if before in _WORDS["firm"] or (after and after[0] in _WORDS["post"]):
        return True
    if after[:2] in (["chief", "executive"], ["'s", "ceo"], ["'s", "shares"]) or after[:3] == [
        "'s",
        "chief",
        "executive",
    ]:
        return True
    return after[:1] == [","] and after[1:2] in (["a"], ["an"], ["the"]) and _names_a_firm(after[2:])


def _names_a_firm(phrase_words: list[str]) -> bool:
    for word in phrase_words:
        if word in _WORDS["firm"]:
            return True
        if word in {",", ".", "who", "which", "that", "of"}:
            return False
    return False


def _plain_runs(line: TaggedSentence, entries: Entries) -> Iterator[tuple[int, int]]:
    """Up to three capitalised words in a row that are nothing else by themselves."""
    start = end = -1
    for place in line.capitals:
        if not _is_plain(line.words[place], first=place == 0) or place in entries:
            continue
        if place != end:
            if 0 < end - start <= 3:
                yield start, end
            start = place
        end = place + 1
    if 0 < end - start <= 3:
        yield start, end


def _is_plain(word: TaggedWord, *, first: bool) -> bool:
    nothing_else = not (word.has("role") or word.has("calendar") or word.has("title") or word.has("plain_capitals"))
    return word.capital and nothing_else and not word.has("stop") and not (first and word.has("given"))


def _learned(words: tuple[TaggedWord, ...], place: int, learned: Collection[str]) -> Iterator[EntityMatch]:
    if not learned:
        return
    for length in (3, 2, 1):
        name = folded_phrase(words[place : place + length])
        if name in learned and all(word.capital for word in words[place : place + length]):
            yield EntityMatch(place, min(place + length, len(words)), MentionKind.ORGANISATION, name)
            return


def _is_acronym(words: tuple[TaggedWord, ...], place: int) -> bool:
    word = words[place]
    letters = word.text.replace(".", "")
    if not word.has("upper") or word.has("plain_capitals") or word.has("roman") or len(letters) > _LONGEST_ACRONYM:
        return False
    if not letters.isalpha() or max(letters) >= _FIRST_RARE_LETTER or _is_shouted(words, place):
        return False
    after = words[place + 1] if place + 1 < len(words) else None
    starts_a_name = len(letters) == 2 and after is not None and after.capital
    before = words[place - 1] if place else None
    within_a_code = before is not None and (before.has("number") or before.has("upper")) and are_adjacent(before, word)
    return not starts_a_name and not within_a_code


def _is_shouted(words: tuple[TaggedWord, ...], place: int) -> bool:
    """Whether the next or the last word is in capitals too, and no acronym by any table."""
    near = [words[index] for index in (place - 1, place + 1) if 0 <= index < len(words)]
    return any(word.has("upper") and len(word.text) > 1 and not word.has("plain_capitals") for word in near)


def _around(words: tuple[TaggedWord, ...], noun: int) -> Iterator[EntityMatch]:
    """The name around the noun of an organisation: "Turkish Foreign Ministry", "Bank of England", "Apple Inc"."""
    start = _left_end(words, noun)
    end = _right_end(words, noun + 1)
    if words[noun].has("org_suffix") and start == noun:
        return
    if end - start >= 2 and not _is_part_of_a_post(words, noun, end) and not _goes_on(words, end):
        yield EntityMatch(start, end, MentionKind.ORGANISATION, spelling_of(words[start:end]))


def _goes_on(words: tuple[TaggedWord, ...], end: int) -> bool:
    """Whether another capitalised word follows, so that the name is a longer one: "World University Rankings"."""
    if end >= len(words) or not words[end].capital:
        return False
    return not any(words[end].has(trait) for trait in ("role", "calendar", "title", "given", "modifier", "upper"))


def _is_part_of_a_post(words: tuple[TaggedWord, ...], noun: int, end: int) -> bool:
    """Whether the noun belongs to a post ("White House Press Secretary")."""
    return end == noun + 1 and end < len(words) and words[end].capital and words[end].has("role")


def _left_end(words: tuple[TaggedWord, ...], noun: int) -> int:
    start = noun
    while start > 0:
        before = words[start - 1]
        if _belongs(before, first=start == 1):
            start -= 1
        elif start > 1 and (_joins(words, start - 1) or _joins_subjects(words, start - 1)):
            start -= 2
        elif (
            words[noun].has("org_suffix")
            and before.text == ","
            and start == noun
            and start > 1
            and words[start - 2].capital
        ):
            start -= 1
        else:
            break
    return start


def _joins(words: tuple[TaggedWord, ...], place: int) -> bool:
    """Whether a hyphen or an ampersand is between two capitalised words."""
    left, mark, right = words[place - 1], words[place], words[place + 1]
    if not (left.capital and right.capital) or left.has("calendar"):
        return False
    return mark.text == "&" or (mark.text in {"-", "/"} and are_adjacent(left, mark) and are_adjacent(mark, right))


def _joins_subjects(words: tuple[TaggedWord, ...], place: int) -> bool:
    """Whether "and" joins two subjects of one body after its article: "the Securities and Exchange Commission"."""
    if words[place].text != "and" or place < 2 or not _belongs(words[place - 1], first=False):
        return False
    before = words[place - 2]
    return before.text.lower() == "the" or before.folded in {"us", "u.s.", "uk"}


def _belongs(word: TaggedWord, *, first: bool) -> bool:
    if not word.capital or word.has("calendar") or word.has("title"):
        return False
    if word.has("stop"):
        return not first and not word.has("function")
    return not word.has("role") or word.has("org_noun")


def _right_end(words: tuple[TaggedWord, ...], place: int) -> int:
    """Where the name ends: after more such nouns and after "of" or "for" with capitalised words."""
    while place < len(words):
        if words[place].capital and (words[place].has("org_noun") or words[place].has("org_suffix")):
            place += 1
            continue
        end = _chain_end(words, place)
        if end == place:
            break
        place = end
    return place


def _chain_end(words: tuple[TaggedWord, ...], place: int) -> int:
    start = place
    if words[place].folded not in _WORDS["joining"] and not _goes_on_with_and(words, place):
        return start
    place += 1
    if place < len(words) and words[place].text == "the":
        place += 1
    begin = place
    while place < len(words) and _belongs(words[place], first=False):
        place += 1
    return place if place > begin else start


def _goes_on_with_and(words: tuple[TaggedWord, ...], place: int) -> bool:
    """Whether "and" or a comma joins two subjects of one office: "Culture and Tourism"."""
    if words[place].text not in {"and", "&"} or place + 1 >= len(words):
        return False
    return _is_subject(words[place - 1]) and _is_subject(words[place + 1])


def _is_subject(word: TaggedWord) -> bool:
    return word.capital and (word.has("office") or word.has("modifier")) and not word.has("upper")
