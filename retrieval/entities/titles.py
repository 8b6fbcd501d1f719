"""The role beside a person: "Turkey's Parliament Speaker", "CEO of Northrop Grumman"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from retrieval.text import tables
from retrieval.text.word_traits import TaggedWord, are_adjacent

_WORDS = {name: frozenset(words) for name, words in tables.lists("grammar_words.txt").items()}
_COMPLEMENT, _POSSESSIVES, _ARTICLES = _WORDS["complement"], _WORDS["possessive"], _WORDS["article"]
_WITHIN_COMPLEMENT = _COMPLEMENT | {"the", "and", "&", "'s", "’s", "-"}
_NO_FORENAMES = ("modifier", "upper", "org_noun", "office", "role", "place_noun", "function")
_ENDS_A_ROLE = _WORDS["phrase_end"] | set(",;:.?!()–—")
_LONGEST_COMPLEMENT = 9  # words: "of Foreign Affairs of the Republic of Kazakhstan"
_LONGEST_ABBREVIATION = 5  # letters of a rank before a full stop
_DEGREES = frozenset(("dr", "prof"))

Stretch = tuple[int, int]


def role_before(words: Sequence[TaggedWord], name: int, name_end: int, known: Collection[int]) -> Stretch | None:
    """The words of the role right before the name from word ``name`` to ``name_end``.

    ``known`` are the places where the gazetteer's names start. An office goes before a degree: "the minister, Dr Y"."""
    title = _title_start(words, name)
    if title > 1 and words[title - 1].text == ",":
        office = _apposed_role(words, title, name_end, known)
        if office is not None or title == name:
            return office
    if name > 1 and words[name - 1].text == "." and title == name - 2 and words[title].has("role"):
        return _modifiers_start(words, title), name
    head = _head_before(words, name)
    if head is None or not (head == name - 1 or _completes_a_role(words, name - 1, known)):
        return None
    return _modifiers_start(words, head), name


def _title_start(words: Sequence[TaggedWord], name: int) -> int:
    """Where "Mr", "Dr" or "Sen." before a name starts; the name's own place where there is none."""
    place = name - 1
    if place > 0 and words[place].text == "." and are_adjacent(words[place - 1], words[place]):
        place -= 1
    if place < 0 or not words[place].capital:
        return name
    short = words[place].has("role") and len(words[place].text) <= _LONGEST_ABBREVIATION
    is_title = words[place].has("title") or (short and (place < name - 1 or words[place].folded in _DEGREES))
    return place if is_title else name


def _apposed_role(words: Sequence[TaggedWord], name: int, name_end: int, known: Collection[int]) -> Stretch | None:
    """The role before the comma before a name that a mark ends: "the mayor of Coimbra, Duarte Pimentel,"."""
    if not (name_end >= len(words) or words[name_end].text in _ENDS_A_ROLE | {"and", "'s", "’s"}):
        return None
    end = name - 1
    head = _head_before(words, end, described=True)
    if head is None:
        return None
    is_listed = name_end + 1 < len(words) and words[name_end].text == "," and words[name_end + 1].text == "and"
    start = _modifiers_start(words, head)
    is_whole = head == end - 1 or not is_listed or _completes_a_role(words, end - 1, known)
    return (start, end) if is_whole and _may_be_apposed(words, start) else None


def with_owner_behind(words: Sequence[TaggedWord], role: Stretch, end: int, known: Collection[int]) -> Stretch:
    """The role before a name that ends before word ``end``, up to the owner that "of" names after the name.

    "President Ola Berg of Norland" is whole; a role that names its owner stays as it is."""
    if role[1] >= end or any(words[place].text in {"of", "'s", "’s"} or place in known for place in range(*role)):
        return role
    owner_end = _owner_end(words, end) if is_human(words, role) else end
    return (role[0], owner_end) if owner_end > end else role


def _owner_end(words: Sequence[TaggedWord], of: int) -> int:
    """Where the capitalised words after one or two "of" end; ``of`` itself where there are none."""
    end = of
    while end < len(words) and words[end].text == "of":
        start = end + 1 + (end + 1 < len(words) and words[end + 1].text == "the")
        place = start
        while place < len(words) and words[place].capital and not words[place].has("calendar"):
            place += 1
        if place == start:
            break
        end = place
    return end


def is_plural(words: Sequence[TaggedWord], role: Stretch) -> bool:
    """Whether the role is that of several people: "foreign ministers of ...", "Minister ... of Russia and Turkey"."""
    start, end = role
    return any(word.has("plural") for word in words[start:end]) or any(word.text == "and" for word in words[start:end])


def is_human(words: Sequence[TaggedWord], role: Stretch) -> bool:
    """Whether only a person can have the role; a firm, too, can be a leader or an owner."""
    return any(word.has("role") or (word.has("trade") and not word.capital) for word in words[role[0] : role[1]])


def _head_before(words: Sequence[TaggedWord], end: int, *, described: bool = False) -> int | None:
    """The noun of the role that ends before word ``end``, past a complement such as "of Foreign Affairs of Russia".

    ``described``: a comma ends it, so that other nouns may be in the complement: "the head of the rescue service,"."""
    place = end - 1
    lowest = max(0, end - _LONGEST_COMPLEMENT - 1)
    while place >= lowest:
        word = words[place]
        if _is_role(words, place) and (place == end - 1 or words[place + 1].text in _COMPLEMENT):
            return place
        if not (_is_in_complement(word) or (described and _is_plain(word))):
            return None
        place -= 1
    return None


def _completes_a_role(words: Sequence[TaggedWord], last: int, known: Collection[int]) -> bool:
    """Whether "of ..." after a role ends in an office, a body or a place, not in the name of a book or film."""
    word = words[last]
    return word.has("office") or word.has("org_noun") or word.has("upper") or last in known or last - 1 in known


def _is_role(words: Sequence[TaggedWord], place: int) -> bool:
    """Whether the word is a role, and not a surname after a capitalised word ("Aaron Judge", "Brandin Cooks")."""
    word = words[place]
    if not (word.has("role") or word.has("weak_role") or (word.has("trade") and not word.capital)):
        return False
    before = words[place - 1] if place else None
    named = before is not None and before.capital and not any(before.has(trait) for trait in _NO_FORENAMES)
    return not (named and word.capital and word.has("surname"))


def _is_in_complement(word: TaggedWord) -> bool:
    return word.capital or word.text in _WITHIN_COMPLEMENT or word.has("office") or word.has("org_noun")


def _modifiers_start(words: Sequence[TaggedWord], head: int) -> int:
    """Where the role begins: before adjectives, names of bodies and owners ("Turkey's", "his Azerbaijani")."""
    start = head
    while start > 0:
        before = words[start - 1]
        if before.text in {"'s", "’s"} and start > 1 and _owns(words[start - 2]):
            start -= 2
        elif _modifies(words, start - 1, first=start == 1) or (before.text == "and" and _is_pair(words, start)):
            start -= 1
        elif before.text in {"-", "/", "&"} and start > 1 and are_adjacent(words[start - 2], before):
            start -= 2
        else:
            break
    if start > 0 and words[start - 1].text in _POSSESSIVES:
        start -= 1
    return start


def _is_pair(words: Sequence[TaggedWord], start: int) -> bool:
    """Whether "and" joins two roles of one person: not "pitchers and catcher"."""
    return start > 1 and _is_role(words, start - 2) and words[start - 2].has("plural") == words[start].has("plural")


def _modifies(words: Sequence[TaggedWord], place: int, *, first: bool) -> bool:
    word = words[place]
    if word.has("calendar") or word.has("mark") or word.has("number"):
        return False
    if word.has("modifier") or _is_role(words, place):
        return True
    return word.capital and not word.has("title") and not (word.has("stop") and (first or not word.has("org_noun")))


def _owns(word: TaggedWord) -> bool:
    return not word.has("mark") and (word.capital or _is_plain(word) or word.has("org_noun"))


def _may_be_apposed(words: Sequence[TaggedWord], start: int) -> bool:
    """Whether words before a comma can describe the name after it: they begin a phrase ("his counterpart,")."""
    if words[start].text in _POSSESSIVES or start == 0:
        return True
    is_owner = start + 1 < len(words) and words[start + 1].text in {"'s", "’s"}
    before = words[start - 1]
    return is_owner or before.has("speech") or before.text.lower() in _ARTICLES | {",", "’s", "'s", "with", "and", "by"}


def _is_plain(word: TaggedWord) -> bool:
    """Whether the word may be a noun or adjective of which no table says anything."""
    unlike = ("stop", "function", "speech", "number", "mark", "calendar", "count")
    return word.text[0].islower() and not any(word.has(trait) for trait in unlike)
