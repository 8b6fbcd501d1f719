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
_COPULAS = frozenset(
    ("is", "was", "became", "become", "becomes", "been", "remains", "remained", "serves", "served", "works", "worked")
)
_AUXILIARIES = frozenset(("has", "had", "will", "would"))
_ADVERBS = frozenset(
    (
        "also",
        "now",
        "then",
        "currently",
        "still",
        "formerly",
        "once",
        "again",
        "previously",
        "later",
        "already",
        "being",
    )
)
_INSTALLED = frozenset(
    (
        "elected",
        "re",
        "-",
        "reelected",
        "appointed",
        "reappointed",
        "named",
        "chosen",
        "sworn",
        "in",
        "made",
        "installed",
    )
)
_ENDS_A_ROLE = frozenset(
    (",", ";", ":", ".", "?", "!", "(", ")", "–", "—", "who", "whose", "which", "that", "when", "where", "while")
)
_ENDS_A_COMPLEMENT = _ENDS_A_ROLE | frozenset(
    "since until after before during because as is was are were has had have will would can could may might did does "
    "last this next yesterday today tomorrow earlier later by but if despite amid".split()
)
_TIMES = frozenset(("last", "this", "next", "early", "late", "mid", "recent", "years", "months", "decades", "a"))
_OPENS_A_DESCRIPTION = frozenset((",", "(", "–", "—"))
_LONGEST_COMPLEMENT = 9
_LONGEST_ROLE = 16
_MODIFIERS_BEFORE_NOUN = 10
_MOST_PLAIN_WORDS = 3
_AGE_WORDS = ("-", "year", "-", "old")

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
    if head is None:
        return None
    is_listed = name_end + 1 < len(words) and words[name_end].text == "," and words[name_end + 1].text == "and"
    is_whole = head == end - 1 or (apposed and words[end - 1].capital and not is_listed)
    if not (is_whole or _completes_a_role(words, end - 1, known)):
        return None
    start = _modifiers_start(words, head)
    if apposed and not _may_be_apposed(words, start):
        return None
    return start, end


def role_after(words: Sequence[Word], end: int) -> Stretch | None:
    """The words of the role that follows a name ending before word ``end``.

    It stands after a comma or bracket, after "is", "became" or "was elected", or after "who" with one of these."""
    if end + 1 >= len(words):
        return None
    if words[end].text in _OPENS_A_DESCRIPTION:
        start = _past_age(words, end + 1)
        relative = start < len(words) and words[start].text == "who"
        described = _past_copula(words, start + 1) if relative else _past_installing(words, start)
    else:
        described = _past_copula(words, end)
    return None if described is None else _role_at(words, described)


def with_owner_behind(words: Sequence[Word], role: Stretch, end: int, known: Collection[int]) -> Stretch:
    """The role before a name that ends before word ``end``, up to the owner that "of" names after the name.

    "President Ola Berg of Norland" is whole; a role that names its owner stays as it is."""
    if role[1] >= end or any(words[place].text in {"of", "'s", "’s"} or place in known for place in range(*role)):
        return role
    owner_end = _owner_end(words, end) if is_human(words, role) else end
    return (role[0], owner_end) if owner_end > end else role


def _owner_end(words: Sequence[Word], of: int) -> int:
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


def is_plural(words: Sequence[Word], role: Stretch) -> bool:
    """Whether the role is that of several people: "foreign ministers of ...", "Minister ... of Russia and Turkey"."""
    start, end = role
    return any(word.has("plural") for word in words[start:end]) or any(word.text == "and" for word in words[start:end])


def is_human(words: Sequence[Word], role: Stretch) -> bool:
    """Whether only a person can have the role; a firm, too, can be a leader or an owner."""
    return any(word.has("role") or (word.has("trade") and not word.capital) for word in words[role[0] : role[1]])


def ends_a_phrase(words: Sequence[Word], role: Stretch) -> bool:
    """Whether the role is no part of a longer phrase: not the "marine" of "a marine park"."""
    if role[1] >= len(words):
        return True
    after = words[role[1]]
    is_plain = _is_plain(after) and not after.folded.endswith(("ed", "ing", "s"))
    return not is_plain and after.text not in {"'s", "’s", "-", "'", "’"}


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
    if not (word.has("role") or word.has("weak_role") or (word.has("trade") and not word.capital)):
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
    return not word.has("mark") and (word.capital or _is_plain(word) or word.has("org_noun"))


def _may_be_apposed(words: Sequence[Word], start: int) -> bool:
    """Whether words before a comma can describe the name after it: they begin a phrase ("his counterpart,")."""
    if words[start].text in _POSSESSIVES or start == 0:
        return True
    is_owner = start + 1 < len(words) and words[start + 1].text in {"'s", "’s"}
    before = words[start - 1]
    return (
        is_owner or before.has("speech") or before.text.lower() in _DETERMINERS | {",", "’s", "'s", "with", "and", "by"}
    )


def _past_age(words: Sequence[Word], place: int) -> int:
    """Past "45," after a name."""
    place += place < len(words) and words[place].text in {"aged", "age"}
    if place + 1 < len(words) and words[place].has("number") and words[place + 1].text == ",":
        return place + 2
    return place


def _past_copula(words: Sequence[Word], place: int) -> int | None:
    """Past "is", "has become" or "was later elected as"; None where there is no such verb."""
    place += place < len(words) and words[place].text in _AUXILIARIES
    if place >= len(words) or words[place].text not in _COPULAS:
        return None
    start = _past(words, place + 1, _ADVERBS | {"been"})
    return _past_installing(words, start + (start < len(words) and words[start].text == "as"))


def _past_installing(words: Sequence[Word], place: int) -> int:
    """Past "elected", "sworn in as"."""
    if place >= len(words) or words[place].text not in _INSTALLED:
        return place
    end = _past(words, place + 1, _INSTALLED | {"in", "-"})
    return end + (end < len(words) and words[end].text == "as")


def _past(words: Sequence[Word], place: int, passed: Collection[str]) -> int:
    while place < len(words) and words[place].text in passed:
        place += 1
    return place


def _role_at(words: Sequence[Word], place: int) -> Stretch | None:
    """The role that starts at word ``place``, without its article, up to the end of its phrase."""
    described = place < len(words) and words[place].text in _DETERMINERS
    place += described
    head = _head_after(words, place, described=described)
    if head is None or (described and _names_another(words, place, head)):
        return None
    end = _phrase_end(words, head + 1)
    return (place, end) if end - place <= _LONGEST_ROLE else (place, head + 1)


def _names_another(words: Sequence[Word], start: int, head: int) -> bool:
    """Whether the role is that of a name behind it: "Dark Sky, the film director Anna Lund made"."""
    follows = head + 1 < len(words) and words[head + 1].capital
    return follows and not words[head].capital and any(_is_plain(word) for word in words[start:head])


def _head_after(words: Sequence[Word], place: int, *, described: bool = False) -> int | None:
    """The noun of the role that starts at ``place``; ``described``: after an article, other nouns may precede it."""
    head = None
    plain = 0
    for index in range(place, min(place + _MODIFIERS_BEFORE_NOUN, len(words))):
        word = words[index]
        if _is_role(words, index) and not _is_bound(words, index):
            head = index
        elif head is not None and not word.has("modifier"):
            return head
        elif not (_modifies(words, index, first=False) or word.text in _WITHIN_MODIFIERS or _is_of_age(words, index)):
            plain += 1
            if not described or plain > _MOST_PLAIN_WORDS or not (_is_plain(word) or _is_compound(words, index)):
                return None
    return head


def _is_bound(words: Sequence[Word], place: int) -> bool:
    """Whether an owner or part of a compound, not somebody's role: "the director's cut", "a star-making show"."""
    if place + 1 >= len(words):
        return False
    after = words[place + 1]
    return after.text in {"'s", "’s"} or (after.text == "-" and adjoin(words[place], after))


def _is_plain(word: Word) -> bool:
    """Whether the word may be a noun or adjective of which no table says anything."""
    unlike = ("stop", "function", "speech", "number", "mark", "calendar", "count")
    return word.text[0].islower() and not any(word.has(trait) for trait in unlike)


def _is_compound(words: Sequence[Word], place: int) -> bool:
    """Whether a lower-case word is joined to the next or the last by a hyphen: "long-serving"."""
    near = [index for index in (place - 1, place + 1) if index < len(words)]
    return words[place].text.isalpha() and words[place].text.islower() and any(words[i].text == "-" for i in near)


def _is_of_age(words: Sequence[Word], place: int) -> bool:
    """Whether the word belongs to "23-year-old"."""
    for first in range(max(0, place - len(_AGE_WORDS)), place + 1):
        if words[first].has("number") and tuple(word.text for word in words[first + 1 : first + 5]) == _AGE_WORDS:
            return place <= first + len(_AGE_WORDS)
    return False


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
    while end < len(words) and not _ends_complement(words, end):
        end += 1
    return end


def _ends_complement(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if word.text in _ENDS_A_COMPLEMENT or word.has("speech"):
        return True
    after = words[place + 1] if place + 1 < len(words) else None
    if after is None:
        return word.text in _COMPLEMENT
    if word.text in {"in", "on", "for", "at"}:
        is_day = after.has("calendar") or after.text == "May"
        return is_day or after.has("number") or after.has("count") or after.text in _TIMES
    return word.text == "and" and (
        after.text in {"he", "she", "they"} or (_is_plain(after) and after.text.endswith("ed"))
    )
