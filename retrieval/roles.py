"""The role that stands with a person: "Turkey's Parliament Speaker", "CEO of Northrop Grumman"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from retrieval.words import Word, adjoin

_COMPLEMENT = frozenset(("of", "for", "at", "to", "in", "on", "with"))
_WITHIN_COMPLEMENT = _COMPLEMENT | {"the", "and", "&", "'s", "’s", "-", ","}
_POSSESSIVES = frozenset(("his", "her", "their", "its", "our", "my"))
_WITHIN_MODIFIERS = _POSSESSIVES | {"'s", "’s", "-", "&", "and"}
_NO_FORENAMES = ("modifier", "upper", "org_noun", "office", "role", "place_noun", "function")
_DETERMINERS = frozenset(("a", "an", "the"))
_COPULAS = frozenset(("is", "was", "became", "remains", "serves", "served"))
_ENDS_A_ROLE = frozenset(
    (",", ";", ":", ".", "(", ")", "–", "—", "who", "whose", "which", "that", "when", "where", "while")
)
_LONGEST_COMPLEMENT = 9
_LONGEST_ROLE = 16
_MODIFIERS_BEFORE_NOUN = 8

Stretch = tuple[int, int]


def role_before(words: Sequence[Word], name: int, name_end: int, known: Collection[int]) -> Stretch | None:
    """The words of the role right before the name from word ``name`` to ``name_end``.

    ``known`` are the places where names of the gazetteer start.
    """
    end = name
    apposed = end > 1 and words[end - 1].text == ","
    if apposed and not (name_end >= len(words) or words[name_end].text in _ENDS_A_ROLE | {"and", "'s", "’s"}):
        return None
    if apposed:
        end -= 1
    head = _head_before(words, end)
    if head is None or not (head == end - 1 or _completes_a_role(words, end - 1, known)):
        return None
    start = _modifiers_start(words, head)
    if apposed and not _may_be_apposed(words, start):
        return None
    return start, end


def role_after(words: Sequence[Word], end: int) -> Stretch | None:
    """The words of the role that follows a name ending before word ``end``: after a comma, or after "is" or "was"."""
    if end + 1 >= len(words):
        return None
    if words[end].text == "," or words[end].text in {"(", "–", "—"}:
        return _role_at(words, _past_age(words, end + 1))
    if words[end].text in _COPULAS:
        start = end + 1 + (words[end + 1].text in {"also", "as"})
        return _role_at(words, start)
    return None


def is_plural(words: Sequence[Word], role: Stretch) -> bool:
    """Whether the role is that of several people: "foreign ministers of ...", "Minister ... of Russia and Turkey"."""
    start, end = role
    return any(word.has("plural") for word in words[start:end]) or any(word.text == "and" for word in words[start:end])


def is_human(words: Sequence[Word], role: Stretch) -> bool:
    """Whether only a person can have the role; a firm, too, can be a leader or an owner."""
    return any(word.has("role") for word in words[role[0] : role[1]])


def _head_before(words: Sequence[Word], end: int) -> int | None:
    """The noun of the role that ends before word ``end``, past a complement such as "of Foreign Affairs of Russia"."""
    place = end - 1
    lowest = max(0, end - _LONGEST_COMPLEMENT - 1)
    while place >= lowest:
        word = words[place]
        if _is_role(words, place) and (place == end - 1 or words[place + 1].text in _COMPLEMENT):
            return place
        if not _is_in_complement(word):
            return None
        place -= 1
    return None


def _completes_a_role(words: Sequence[Word], last: int, known: Collection[int]) -> bool:
    """Whether "of ..." after a role ends in an office, a body or a place, not in the name of a book or film."""
    word = words[last]
    return word.has("office") or word.has("org_noun") or word.has("upper") or last in known or last - 1 in known


def _is_role(words: Sequence[Word], place: int) -> bool:
    """Whether the word is a role, and not a surname after a capitalised word ("Aaron Judge", "Brandin Cooks")."""
    word = words[place]
    if not (word.has("role") or word.has("weak_role")):
        return False
    before = words[place - 1] if place else None
    named = before is not None and before.capital and not any(before.has(trait) for trait in _NO_FORENAMES)
    return not (named and word.capital and word.has("surname"))


def _is_in_complement(word: Word) -> bool:
    return word.capital or word.text in _WITHIN_COMPLEMENT - {","} or word.has("office") or word.has("org_noun")


def _modifiers_start(words: Sequence[Word], head: int) -> int:
    """Where the role begins: before adjectives, names of bodies and owners ("Turkey's", "his Azerbaijani")."""
    start = head
    while start > 0:
        before = words[start - 1]
        if before.text in {"'s", "’s"} and start > 1 and _owns(words[start - 2]):
            start -= 2
        elif _modifies(words, start - 1, first=start == 1) or (before.text == "and" and _is_pair(words, start)):
            start -= 1
        elif before.text in {"-", "/", "&"} and start > 1 and adjoin(words[start - 2], before):
            start -= 2
        else:
            break
    if start > 0 and words[start - 1].text in _POSSESSIVES:
        start -= 1
    return start


def _is_pair(words: Sequence[Word], start: int) -> bool:
    """Whether "and" joins two roles of one person: not "pitchers and catcher"."""
    return start > 1 and _is_role(words, start - 2) and words[start - 2].has("plural") == words[start].has("plural")


def _modifies(words: Sequence[Word], place: int, *, first: bool) -> bool:
    word = words[place]
    if word.has("calendar") or word.has("mark") or word.has("number"):
        return False
    if word.has("modifier") or _is_role(words, place):
        return True
    return word.capital and not word.has("title") and not (word.has("stop") and (first or not word.has("org_noun")))


def _owns(word: Word) -> bool:
    return not word.has("mark") and (
        word.capital or word.folded in {"company", "country", "firm", "group", "city", "state"}
    )


def _may_be_apposed(words: Sequence[Word], start: int) -> bool:
    """Whether words before a comma can describe the name after it: they begin a phrase ("his counterpart,")."""
    if words[start].text in _POSSESSIVES or start == 0:
        return True
    return words[start - 1].text.lower() in _DETERMINERS | {",", "’s", "'s", "with", "and", "by"}


def _past_age(words: Sequence[Word], place: int) -> int:
    """Past "45," after a name."""
    if place + 1 < len(words) and words[place].has("number") and words[place + 1].text == ",":
        return place + 2
    return place


def _role_at(words: Sequence[Word], place: int) -> Stretch | None:
    """The role that starts at word ``place``, without its article, up to the end of its phrase."""
    if place < len(words) and words[place].text in _DETERMINERS:
        place += 1
    head = _head_after(words, place)
    if head is None:
        return None
    end = _phrase_end(words, head + 1)
    return (place, end) if end - place <= _LONGEST_ROLE else (place, head + 1)


def _head_after(words: Sequence[Word], place: int) -> int | None:
    head = None
    for index in range(place, min(place + _MODIFIERS_BEFORE_NOUN, len(words))):
        word = words[index]
        if _is_role(words, index):
            head = index
        elif head is not None and not word.has("modifier"):
            return head
        elif not (_modifies(words, index, first=False) or word.text in _WITHIN_MODIFIERS):
            return None
    return head


def _phrase_end(words: Sequence[Word], place: int) -> int:
    """Where the complement after the role's noun ends: at a mark, a relative pronoun, or a word that is no name."""
    if place >= len(words):
        return place
    head = _head_after(words, place + 1) if words[place].text == "and" else None
    if head is not None:
        return _phrase_end(words, head + 1)
    if words[place].text not in _COMPLEMENT:
        return place
    end = place
    while end < len(words) and words[end].text not in _ENDS_A_ROLE and not words[end].has("speech"):
        end += 1
    return end
