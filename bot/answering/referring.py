"""What the words of a question refer to in the talk before it: pronouns, ``there``, ``that year``, ``the film``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.answering.conversation import Name, Turn, bare_title, same
from bot.answering.question_features import classes_of
from retrieval.models import Analysis, MentionKind, Record, Span, Token
from retrieval.terms import index_terms

_PERSON = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_SEVERAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_THING = frozenset({"it", "its", "itself"})
_POINTING = frozenset({"this", "that", "these", "those"})
_THERE = frozenset({"there", "here"})
_AT_A_TIME = frozenset({"time", "day", "week", "month", "year", "season", "decade", "period"})
_MORE = frozenset({"else", "other", "others", "another"})
_ANYTHING = frozenset(
    {"anything", "article", "aspect", "aspects", "information", "interesting", "important", "fact", "facts"}
)
_DEFINITE = frozenset({"the", *_POINTING})
_CLAUSE_OPENERS = frozenset({"true", "possible", "likely", "clear", "known", "certain", "correct", "that", "raining"})
_VERBS = frozenset({"", "is", "was", "are", "were", "happen", "happened", "mean", "end", "start", "begin"})
_EXISTING = frozenset({"is", "are", "was", "were", "be", "been", "will"})
_ONLY_ONES = frozenset(
    {"world", "internet", "weather", "sun", "moon", "earth", "universe", "future", "past", "news", "first", "most"}
)
"""What ``the`` goes with although nothing was said before."""
_NAMES_ADDED = 3
_SHORT_HEADING = 3
_MEANT: tuple[tuple[str, tuple[MentionKind | None, ...]], ...] = (
    ("person", (MentionKind.PERSON,)),
    ("group", (MentionKind.ORGANISATION,)),
    ("city", (MentionKind.PLACE,)),
    ("country", (MentionKind.PLACE,)),
    ("work", (None,)),
    ("event", (None,)),
    ("product", (None,)),
    ("vehicle", (None,)),
)
_THINGS = (MentionKind.ORGANISATION, None)


class Reference(Record):
    """A name that a question leans on; it is written over ``place``, or in brackets where there is no place.

    ``besides`` marks what was said already where the question asks for more; ``full`` a name that the question has
    itself, in part.
    """

    name: Name
    place: Span | None = None
    besides: bool = False
    full: bool = False


def references(asked: Analysis, previous: Turn, own: Sequence[Name]) -> Iterator[Reference]:
    """What the pronouns and other pointing words of a question stand for, the first of each sort.

    A pronoun after a name of the question's own is that name's: ``did Russia publish its draft``."""
    first = min((asked.text.find(name.text) for name in own), default=len(asked.text))
    tokens = tuple(token for token in asked.tokens if token.start < first)
    for words, candidates in (
        (_PERSON, _people(previous)),
        (_SEVERAL, _several(previous)),
        (_THING, _things(previous)),
    ):
        yield from _written_over(_first_of(words, tokens), candidates)
    yield from _written_over(_alone(tokens), _things(previous))
    yield from _written_over(_there(asked.tokens), _of_kinds(previous.named, MentionKind.PLACE))
    if _names_a_time(asked):
        yield from (Reference(name=Name(text=day, kind=MentionKind.DATE)) for day in previous.days[:1])
    if not own:
        yield from _behind_nouns(asked, previous)


def _first_of(words: frozenset[str], tokens: Sequence[Token]) -> Token | None:
    """The first of ``words`` that stands for something; ``is it true that`` says nothing."""
    for token, following in _with_following(tokens):
        empty = token.word == "it" and following and following[0].word in _CLAUSE_OPENERS
        if token.word in words and not empty:
            return token
    return None


def means_a_person(asked: Analysis) -> bool:
    return any(token.word in _PERSON for token in asked.tokens)


def definite_nouns(asked: Analysis) -> tuple[Token, ...]:
    """The nouns after ``the`` and ``this`` that something said before may be meant by."""
    found: list[Token] = []
    for token, following in _with_following(asked.tokens):
        if token.word in _DEFINITE and following and following[0].word not in _ONLY_ONES:
            found.extend(noun for noun in following[:2] if noun.content)
    return tuple(found)


def pointed_at(asked: Analysis, previous: Turn) -> Iterator[Reference]:
    """What the last question and answer named, where ``this`` and ``those`` point at it."""
    if any(
        token.word in _POINTING and not _is_the_article(following) for token, following in _with_following(asked.tokens)
    ):
        names = _besides(previous.topic, _of_kinds((*previous.said, *previous.asked), *_THINGS))
        yield from (Reference(name=name) for name in names[:_NAMES_ADDED])
        if previous.short:
            yield Reference(name=Name(text=previous.short))


def already_said(asked: Analysis, previous: Turn) -> Iterator[Reference]:
    """What was answered already, where the question asks for others."""
    words = {token.word for token in asked.tokens}
    if words & _MORE and words & _ANYTHING:
        heading = bare_title(previous.heading or "")
        if 0 < len(index_terms(heading)) <= _SHORT_HEADING:
            yield Reference(name=Name(text=heading))
    elif words & _MORE:
        yield from (Reference(name=name, besides=True) for name in _besides(previous.topic, previous.said))


def _is_the_article(following: Sequence[Token]) -> bool:
    return bool(following) and following[0].term == "articl"


def _written_over(token: Token | None, candidates: Iterable[Name]) -> Iterator[Reference]:
    name = next(iter(candidates), None)
    if token is not None and name is not None:
        yield Reference(name=name, place=Span(start=token.start, end=token.end))


def _people(previous: Turn) -> Iterator[Name]:
    """Who was the answer; a person the last question turned to; the topic; anybody."""
    topic = previous.topic
    yield from _of_kinds(previous.answered, MentionKind.PERSON)
    if topic is not None and not any(same(topic, name) for name in previous.asked):
        yield from _of_kinds(previous.asked, MentionKind.PERSON)
    if topic is not None and topic.kind in {None, MentionKind.PERSON}:
        yield topic
    yield from _of_kinds((*previous.asked, *previous.said, *previous.earlier), MentionKind.PERSON)


def _several(previous: Turn) -> Iterator[Name]:
    """Those the last question turned to; the two people it named; the topic; any body."""
    topic = previous.topic
    if topic is not None and not any(same(topic, name) for name in previous.asked):
        yield from _of_kinds(previous.asked, *_THINGS)
    people = _of_kinds(previous.asked, MentionKind.PERSON, None)
    if len(people) > 1 and not previous.titled:
        yield Name(text=f"{people[0].text} and {people[1].text}", kind=MentionKind.PERSON)
    if topic is not None:
        yield topic
    yield from _of_kinds(previous.named, *_THINGS)


def _things(previous: Turn) -> Iterator[Name]:
    yield from _besides(previous.topic, _of_kinds((*previous.answered, *previous.asked, *previous.said), *_THINGS))
    if previous.topic is not None:
        yield previous.topic


def _of_kinds(names: Iterable[Name], *kinds: MentionKind | None) -> tuple[Name, ...]:
    return tuple(name for name in names if name.kind in kinds)


def _besides(topic: Name | None, names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(name for name in names if topic is None or not same(topic, name))


def _alone(tokens: Sequence[Token]) -> Token | None:
    """``this`` or ``that`` without a noun: at the end, or before a verb but not after one, ``said that was``."""
    words = [token.word for token in tokens]
    for place, token in enumerate(tokens):
        follows = words[place + 1] if place + 1 < len(words) else ""
        leads = place == 0 or words[place - 1] in _VERBS or not tokens[place - 1].content
        if token.word in _POINTING and follows in _VERBS and (not follows or leads):
            return token
    return None


def _there(tokens: Sequence[Token]) -> Token | None:
    """``there`` as a place, not ``there is``."""
    words = [token.word for token in tokens]
    for place, token in enumerate(tokens):
        beside = {*words[max(place - 1, 0) : place], *words[place + 1 : place + 2]}
        if token.word in _THERE and not beside & _EXISTING:
            return token
    return None


def _names_a_time(asked: Analysis) -> bool:
    for token, following in _with_following(asked.tokens):
        if token.word in {*_POINTING, "same"} and following and following[0].word in _AT_A_TIME:
            return True
    return any(token.word == "then" and place for place, token in enumerate(asked.tokens))


def _behind_nouns(asked: Analysis, previous: Turn) -> Iterator[Reference]:
    """The name behind ``the film``: one that holds the noun or stood beside it; then the heading it stands in."""
    names = _besides(previous.topic, (*previous.answered, *previous.said, *previous.asked))
    for noun in definite_nouns(asked):
        name = next((name for name in names if noun.term in name.beside), None)
        if name is not None:
            yield Reference(name=name)
            return
    for noun in definite_nouns(asked):
        kinds = _kinds_meant(noun)
        name = next(iter(_of_kinds(names, *kinds)), None) if kinds else None
        if name is not None and (name.kind or " " in name.text):
            yield Reference(name=name)
            return
    heading = bare_title(previous.heading or "")
    named = re.search(r"\w .*[A-Z]", heading) is not None and not re.search(r"\band\b|[:;]", heading)
    if named and any(noun.term in index_terms(heading) for noun in definite_nouns(asked)):
        yield Reference(name=Name(text=heading))


def _kinds_meant(noun: Token) -> tuple[MentionKind | None, ...]:
    """The kinds of name that a noun may mean: a person's, a body's, a place's, the title of a work."""
    classes = classes_of(noun.word)
    return next((kinds for name, kinds in _MEANT if name in classes), ())


def _with_following(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    return ((token, tokens[place + 1 : place + 4]) for place, token in enumerate(tokens))
