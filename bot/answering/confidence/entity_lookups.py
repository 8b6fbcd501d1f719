"""Questions that only name somebody or something: "who is Lund", "Lund"; a name that is known is enough to answer."""

from __future__ import annotations

from bot.answering.models import Evidence, Question, QuestionKind
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.offices import is_office, roles_of
from retrieval.models import Mention, MentionKind, Passage, Span

_NAMES = frozenset({MentionKind.PERSON, MentionKind.PLACE, MentionKind.ORGANISATION})
_OWNERS = frozenset({MentionKind.PLACE, MentionKind.ORGANISATION, MentionKind.NATIONALITY})


def told_what_first(question: Question, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """For "who is X": the sentences first that give X an office or say whose X is, each group in its order."""
    if question.kind is not QuestionKind.DEFINITION:
        return evidence
    return tuple(sorted(evidence, key=lambda piece: not _gives_standing(question, piece)))


def _gives_standing(question: Question, piece: Evidence) -> bool:
    """Whether a sentence says what X is by an office, a country or a house: a coach, a Norwegian, FTX's founder."""
    return any(
        is_office(piece.hit.passage.words_of(role)) or any(role.contains(m.span) for m in _owners(piece))
        for role in roles_of(question, piece)
    )


def _owners(piece: Evidence) -> list[Mention]:
    return [mention for mention in piece.hit.mentions_in(piece.index) if mention.kind in _OWNERS]


def people_in_role(role: Span, passage: Passage) -> list[str]:
    """The people of whom a passage says a role: one, or those who share it ("the ministers A and B")."""
    return [passage.words_of(m.span) for m in passage.mentions if m.kind is MentionKind.PERSON and m.role == role]


def is_plainly_told(case: AnswerContext) -> bool:
    """Whether the best sentence says what somebody is, or a question of nothing but names meets them there.

    So short a question has too little for the detectors to tell a subject from a chance meeting by."""
    best = case.evidence[0] if case.evidence else None
    if best is None or case.finding.respellings:
        return False
    if case.question.kind is QuestionKind.DEFINITION:
        return _gives_standing(case.question, best)
    return case.question.kind is QuestionKind.KEYWORDS and _names_only(case, best)


def _names_only(case: AnswerContext, best: Evidence) -> bool:
    """Whether all that is asked for stands in names of the sentence."""
    spans = [mention.span for mention in best.hit.mentions_in(best.index) if mention.kind in _NAMES]
    named = {
        token.term for token in best.tokens for span in spans if span.start <= token.start and token.end <= span.end
    }
    asked = {token.term for token in case.question.terms}
    return bool(asked) and asked <= named
