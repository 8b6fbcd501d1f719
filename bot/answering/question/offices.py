"""The office that a question asks the holder of: ``who is the foreign minister of Kazakhstan``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answering.lexicon.synonyms import lexicon
from bot.answering.lexicon.word_lists import term_list
from bot.answering.models import Office, Question, QuestionKind
from retrieval.models import MentionKind, Span, inside_any

_OF_PEOPLE = frozenset({QuestionKind.WHO, QuestionKind.DEFINITION, QuestionKind.WHICH})
_LONGEST_OFFICE = 4
"""In terms: more of them describe somebody rather than name an office; chosen by hand."""
_ASKS_WHO = re.compile(
    r"(?:who(?:'s|’s| is| was| are)|name|what is the name of) (?:the |currently the |now the )?(.+)$", re.IGNORECASE
)


def asked_office(question: Question) -> Office | None:
    """The office of ``who is the foreign minister of Kazakhstan``; None for other questions."""
    if question.kind not in _OF_PEOPLE or not (match := _ASKS_WHO.match(question.text.strip(" ?!."))):
        return None
    start = match.start(1)
    named = [token for token in question.terms if token.start >= start]
    office = tuple(
        token.term
        for token in named
        if not inside_any(token, _owner_spans(question)) and token.term not in term_list("ordinals")
    )
    if not office or not (set(office) | _offices_meant(office)) & term_list("offices") or len(office) > _LONGEST_OFFICE:
        return None
    loose = not term_list("loose_offices").isdisjoint(office)
    return Office(office=office, owners=frozenset(_countries(question)), words=match[1], loose=loose)


def _offices_meant(office: tuple[str, ...]) -> set[str]:
    return {word for phrase in lexicon().synonyms.get(office, frozenset()) for word in phrase}


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
