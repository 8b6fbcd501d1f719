"""Binds offices to people: whose foreign minister, who is meant by an office, what a person is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.answering.lexicon.synonyms import lexicon
from bot.answering.models import Evidence, Question, QuestionKind
from retrieval.models import Hit, Mention, MentionKind, Span, Token
from retrieval.text.tokens import index_terms, tokenize

_OFFICES = """
    president minister premier chancellor king queen prince emperor pope speaker secretary ambassador governor mayor
    senator chairman chairwoman chief head leader director ceo commander general spokesman spokeswoman spokesperson
    envoy counterpart deputy chair judge attorney coach captain founder editor owner manager fm pm diplomat
    representative
"""


_LOOSE = """
    head leader chief director commander captain founder owner manager speaker representative deputy editor coach
"""


@cache
def _loose_offices() -> frozenset[str]:
    """Offices that a text may name its holder of by any words: the Norse leader Rollo, Rollo led the Norse."""
    return frozenset(index_terms(_LOOSE))


@cache
def _ranks() -> frozenset[str]:
    """Words that make another office of one: an assistant secretary is no secretary."""
    return frozenset(
        index_terms("assistant deputy vice former acting under ex designate elect interim honorary shadow")
    )


_OF_PEOPLE = frozenset({QuestionKind.WHO, QuestionKind.DEFINITION, QuestionKind.WHICH})
_ASKS_WHO = re.compile(
    r"(?:who(?:'s|’s| is| was| are)|name|what is the name of) (?:the |currently the |now the )?(.+)$", re.IGNORECASE
)


@cache
def _ordinals() -> frozenset[str]:
    """Words that say which holder of an office is meant, not which office."""
    return frozenset(index_terms("first second third last final current currently present new next late"))


@cache
def _offices() -> frozenset[str]:
    return frozenset(index_terms(_OFFICES))


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a question asks the holder of: its terms (``foreign``, ``minist``), and whose it is."""

    office: tuple[str, ...]
    owners: frozenset[str]
    words: str = ""

    @property
    def loose(self) -> bool:
        """Whether the holder may be told without the title standing by the name."""
        return not _loose_offices().isdisjoint(self.office)


def role_asked(question: Question) -> Office | None:
    """The office of ``who is the foreign minister of Kazakhstan``; None where the question asks for something else."""
    if question.kind not in _OF_PEOPLE or not (match := _ASKS_WHO.match(question.text.strip(" ?!."))):
        return None
    start = match.start(1)
    terms = [token for token in question.terms if token.start >= start]
    office = tuple(token.term for token in terms if not _owns(token, question) and token.term not in _ordinals())
    if not office or not (set(office) | _offices_meant(office)) & _offices() or len(office) > 4:
        return None
    return Office(office=office, owners=frozenset(_countries(question)), words=match[1])


def _offices_meant(office: tuple[str, ...]) -> set[str]:
    return {word for phrase in lexicon().synonyms.get(office, frozenset()) for word in phrase}


def _owns(token: Token, question: Question) -> bool:
    return any(span.start <= token.start and token.end <= span.end for span in _owner_spans(question))


def _owner_spans(question: Question) -> list[Span]:
    kinds = {MentionKind.PLACE, MentionKind.NATIONALITY, MentionKind.ORGANISATION}
    return [mention.span for mention in question.analysis.mentions if mention.kind in kinds]


def _countries(question: Question) -> Iterator[str]:
    """The owners named: a country by its name whether the question says Turkish or Turkey; others by their terms."""
    for mention in question.analysis.mentions:
        if mention.kind in {MentionKind.PLACE, MentionKind.NATIONALITY} and mention.value:
            yield mention.value
        elif mention.kind is MentionKind.ORGANISATION:
            yield mention.value or question.text[mention.span.start : mention.span.end].casefold()


def people_with_role(role: Office, hit: Hit, index: int) -> list[Mention]:
    """The people of a sentence who hold the office, for every owner that the question names."""
    people = [mention for mention in hit.mentions_in(index) if mention.kind is MentionKind.PERSON and mention.role]
    return [mention for mention in people if mention.role and _fits(role, mention.role, hit)]


def _fits(role: Office, span: Span, hit: Hit) -> bool:
    terms = frozenset(_terms_of(hit.passage.words_of(span)))
    held = all(word in terms for word in role.office) or any(
        all(word in terms for word in phrase) for phrase in lexicon().synonyms.get(role.office, frozenset())
    )
    return held and role.owners <= _owners_in(span, hit) and not (terms & _ranks()) - frozenset(role.office)


def _owners_in(span: Span, hit: Hit) -> frozenset[str]:
    inside = [mention for mention in hit.passage.mentions if span.contains(mention.span)]
    return frozenset(mention.value for mention in inside if mention.value)


@cache
def _terms_of(words: str) -> tuple[str, ...]:
    return tuple(token.term for token in tokenize(words))


def is_office(words: str) -> bool:
    """Whether words name an office: a founder, the chair of something."""
    return not _offices().isdisjoint(_terms_of(words))


def roles_of(question: Question, piece: Evidence) -> Iterator[Span]:
    """What a sentence says that the person of ``who is X`` is."""
    asked = {token.term for token in question.terms}
    for mention in piece.hit.mentions_in(piece.index):
        if mention.kind is MentionKind.PERSON and mention.role is not None:
            name = set(index_terms(piece.hit.passage.words_of(mention.span)))
            others = (m for m in piece.hit.passage.mentions if m.kind is MentionKind.PERSON and m is not mention)
            if any(mention.role.contains(other.span) for other in others):
                continue
            if name & asked and asked <= name | set(index_terms(mention.value or "")):
                yield mention.role
