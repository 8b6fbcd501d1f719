"""Binds offices to people: who holds an office that is asked for, what a person is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.answering.lexicon.synonyms import lexicon
from bot.answering.lexicon.word_lists import term_list
from bot.answering.models import Evidence, Office, Question
from retrieval.models import Hit, Mention, MentionKind, Span
from retrieval.text.tokens import index_terms, tokenize


def people_with_role(role: Office, hit: Hit, index: int) -> list[Mention]:
    """The people of a sentence who hold the office, for every owner that the question names."""
    people = [mention for mention in hit.mentions_in(index) if mention.kind is MentionKind.PERSON and mention.role]
    return [mention for mention in people if mention.role and _fits(role, mention.role, hit)]


def _fits(role: Office, span: Span, hit: Hit) -> bool:
    given = frozenset(_terms_of(hit.passage.words_of(span)))
    held = all(word in given for word in role.office) or any(
        all(word in given for word in phrase) for phrase in lexicon().synonyms.get(role.office, frozenset())
    )
    return held and role.owners <= _owners_in(span, hit) and not (given & term_list("ranks")) - frozenset(role.office)


def _owners_in(span: Span, hit: Hit) -> frozenset[str]:
    inside = [mention for mention in hit.passage.mentions if span.contains(mention.span)]
    return frozenset(mention.value for mention in inside if mention.value)


@cache
def _terms_of(words: str) -> tuple[str, ...]:
    return tuple(token.term for token in tokenize(words))


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
