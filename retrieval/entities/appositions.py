"""The role that stands behind a name: "Y, the president of X", "Y became mayor", "Y, who was elected speaker"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from retrieval.entities.titles import (
    COMPLEMENT,
    DETERMINERS,
    ENDS_A_ROLE,
    POSSESSIVES,
    Stretch,
    is_plain,
    is_role,
    modifies,
)
from retrieval.text.word_traits import TaggedWord, adjoin

_COPULAS = frozenset(
    ("is", "was", "became", "become", "becomes", "been", "remains", "remained", "serves", "served", "works", "worked")
)
_AUXILIARIES = frozenset(("has", "had", "will", "would"))
_ADVERBS = frozenset("also now then currently still formerly once again previously later already being".split())
_INSTALLED = frozenset("elected re reelected appointed reappointed named chosen sworn made installed".split())
_INSTALLING = _INSTALLED | frozenset("elect elects appoint appoints name names chose choose chooses".split())
_FOLLOWED = frozenset(("succeeded", "succeeds", "replaced", "replaces"))
_LONGEST_PREDECESSOR = 6
_ENDS_A_COMPLEMENT = ENDS_A_ROLE | frozenset(
    "since until after before during because as is was are were has had have will would can could may might did does "
    "last this next yesterday today tomorrow earlier later by but if despite amid".split()
)
_TIMES = frozenset(("last", "this", "next", "early", "late", "mid", "recent", "years", "months", "decades", "a"))
_OPENS_A_DESCRIPTION = frozenset((",", "(", "–", "—"))
_LONGEST_ROLE = 16
_MODIFIERS_BEFORE_NOUN = 10
_MOST_PLAIN_WORDS = 3
_AGE_WORDS = ("-", "year", "-", "old")
_WITHIN_MODIFIERS = POSSESSIVES | {"'s", "’s", "-", "&", "and"}


def role_after(words: Sequence[TaggedWord], end: int) -> Stretch | None:
    """The words of the role that follows a name ending before word ``end``.

    It stands after a comma or bracket, after "is", "became" or "was elected", or after "who" with one of these."""
    if end + 1 >= len(words):
        return None
    if words[end].text in _OPENS_A_DESCRIPTION:
        start = _past_age(words, end + 1)
        start += start < len(words) and words[start].text == "who"
        described = _past_copula(words, start)
        if described is None and words[start - 1].text != "who":
            described = _past_installing(words, start)
    else:
        described = _past_predecessor(words, end) or _past_copula(words, end)
    return None if described is None else _role_at(words, described)


def role_given(words: Sequence[TaggedWord], start: int, end: int) -> Stretch | None:
    """The role that somebody gives to the name from ``start`` to ``end``: "elected Y president of X"."""
    if start == 0 or words[start - 1].text not in _INSTALLING or end >= len(words):
        return None
    return _role_at(words, end + (words[end].text == "as"))


def _past_predecessor(words: Sequence[TaggedWord], place: int) -> int | None:
    """Past "succeeded Torvald Eide as"."""
    if words[place].text not in _FOLLOWED:
        return None
    for end in range(place + 1, min(place + _LONGEST_PREDECESSOR, len(words))):
        if words[end].text == "as":
            return end + 1
    return None


def ends_a_phrase(words: Sequence[TaggedWord], role: Stretch) -> bool:
    """Whether the role is no part of a longer phrase: not the "marine" of "a marine park"."""
    if role[1] >= len(words):
        return True
    after = words[role[1]]
    goes_on = is_plain(after) and not after.folded.endswith(("ed", "ing", "s"))
    return not goes_on and after.text not in {"'s", "’s", "-", "'", "’"}


def _past_age(words: Sequence[TaggedWord], place: int) -> int:
    """Past "45," after a name."""
    place += place < len(words) and words[place].text in {"aged", "age"}
    if place + 1 < len(words) and words[place].has("number") and words[place + 1].text == ",":
        return place + 2
    return place


def _past_copula(words: Sequence[TaggedWord], place: int) -> int | None:
    """Past "is", "has become" or "was later elected as"; None where there is no such verb."""
    place += place < len(words) and words[place].text in _AUXILIARIES
    if place >= len(words) or words[place].text not in _COPULAS:
        return None
    start = _past(words, place + 1, _ADVERBS | {"been"})
    return _past_installing(words, start + (start < len(words) and words[start].text == "as"))


def _past_installing(words: Sequence[TaggedWord], place: int) -> int:
    """Past "elected", "sworn in as"."""
    if place >= len(words) or words[place].text not in _INSTALLED:
        return place
    end = _past(words, place + 1, _INSTALLED | {"in", "-"})
    return end + (end < len(words) and words[end].text == "as")


def _past(words: Sequence[TaggedWord], place: int, passed: Collection[str]) -> int:
    while place < len(words) and words[place].text in passed:
        place += 1
    return place


def _role_at(words: Sequence[TaggedWord], place: int) -> Stretch | None:
    """The role that starts at word ``place``, without its article, up to the end of its phrase."""
    described = place < len(words) and words[place].text in DETERMINERS
    place += described
    head = _head_after(words, place, described=described)
    if head is None or (described and _names_another(words, place, head)):
        return None
    end = _phrase_end(words, head + 1)
    return (place, end) if end - place <= _LONGEST_ROLE else (place, head + 1)


def _names_another(words: Sequence[TaggedWord], start: int, head: int) -> bool:
    """Whether the role is that of a name behind it: "Dark Sky, the film director Anna Lund made"."""
    follows = head + 1 < len(words) and words[head + 1].capital
    return follows and not words[head].capital and any(is_plain(word) for word in words[start:head])


def _head_after(words: Sequence[TaggedWord], place: int, *, described: bool = False) -> int | None:
    """The noun of the role that starts at ``place``; ``described``: after an article, other nouns may precede it."""
    head = None
    plain = 0
    for index in range(place, min(place + _MODIFIERS_BEFORE_NOUN, len(words))):
        word = words[index]
        if is_role(words, index) and not _is_bound(words, index):
            head = index
        elif head is not None and not word.has("modifier"):
            return head
        elif not (modifies(words, index, first=False) or word.text in _WITHIN_MODIFIERS or _is_of_age(words, index)):
            plain += 1
            if not described or plain > _MOST_PLAIN_WORDS or not (is_plain(word) or _is_compound(words, index)):
                return None
    return head


def _is_bound(words: Sequence[TaggedWord], place: int) -> bool:
    """Whether an owner or part of a compound, not somebody's role: "the director's cut", "a star-making show"."""
    if place + 1 >= len(words):
        return False
    after = words[place + 1]
    return after.text in {"'s", "’s"} or (after.text == "-" and adjoin(words[place], after))


def _is_compound(words: Sequence[TaggedWord], place: int) -> bool:
    """Whether a lower-case word is joined to the next or the last by a hyphen: "long-serving"."""
    near = [index for index in (place - 1, place + 1) if index < len(words)]
    return words[place].text.isalpha() and words[place].text.islower() and any(words[i].text == "-" for i in near)


def _is_of_age(words: Sequence[TaggedWord], place: int) -> bool:
    """Whether the word belongs to "23-year-old"."""
    for first in range(max(0, place - len(_AGE_WORDS)), place + 1):
        if words[first].has("number") and tuple(word.text for word in words[first + 1 : first + 5]) == _AGE_WORDS:
            return place <= first + len(_AGE_WORDS)
    return False


def _phrase_end(words: Sequence[TaggedWord], place: int) -> int:
    """Where the complement after the role's noun ends: at a mark, a relative pronoun, or a word that is no name."""
    if place >= len(words):
        return place
    head = _head_after(words, place + 1) if words[place].text == "and" else None
    if head is not None:
        return _phrase_end(words, head + 1)
    if words[place].text not in COMPLEMENT:
        return place
    end = place
    while end < len(words) and not _ends_complement(words, end):
        end += 1
    return end


def _ends_complement(words: Sequence[TaggedWord], place: int) -> bool:
    word = words[place]
    if word.text in _ENDS_A_COMPLEMENT or word.has("speech"):
        return True
    after = words[place + 1] if place + 1 < len(words) else None
    if after is None:
        return word.text in COMPLEMENT
    if word.text in {"in", "on", "for", "at"}:
        is_day = after.has("calendar") or after.text == "May"
        return is_day or after.has("number") or after.has("count") or after.text in _TIMES
    return word.text == "and" and (
        after.text in {"he", "she", "they"} or (is_plain(after) and after.text.endswith("ed"))
    )
