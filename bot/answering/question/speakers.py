"""Whose words a question asks for: ``what did X say``."""

from __future__ import annotations

import re

from bot.answering.models import AskedSpeaker, Question, QuestionKind
from retrieval.models import MentionKind
from retrieval.text.tokens import index_terms

_SUBJECT = re.compile(r"what (?:else )?(?:did|does|do|has|have|had) ", re.IGNORECASE)
_NO_PERSON = frozenset({MentionKind.PLACE, MentionKind.ORGANISATION, MentionKind.NATIONALITY})


def asked_speaker(question: Question) -> AskedSpeaker | None:
    """The name of ``what did X say``; None for other questions, and for the words of an office or a country."""
    subject = _SUBJECT.match(question.text)
    if question.kind is not QuestionKind.QUOTATION or subject is None:
        return None
    span = next((span for span in question.names if span.start == subject.end()), None)
    if span is None or any(m.span.start == span.start and m.kind in _NO_PERSON for m in question.analysis.mentions):
        return None
    name = re.sub(r"['’]s$", "", span.of(question.text))
    terms = index_terms(name)
    return AskedSpeaker(name=name, term=terms[-1]) if terms else None
