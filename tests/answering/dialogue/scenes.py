"""People and places of invented conversations, and what a follow-up becomes after one."""

from __future__ import annotations

from bot.answering.dialogue.rewriter import RewrittenQuestion, rewrite
from bot.answering.dialogue.state import DialogueState, NamedEntity
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import MentionKind

WRONA = NamedEntity(text="Zofia Wrona", kind=MentionKind.PERSON)
ILIEV = NamedEntity(text="Petar Iliev", kind=MentionKind.PERSON)
GENEVA = NamedEntity(text="Geneva", kind=MentionKind.PLACE)
BOARD = NamedEntity(text="Dairy Board", kind=MentionKind.ORGANISATION)
MAYOR = NamedEntity(text="Petar Iliev", kind=MentionKind.PERSON, beside=("mayor", "petar", "iliev"))
CLERK = NamedEntity(text="Ana Costa", kind=MentionKind.PERSON, beside=("spokeswoman", "ana", "costa"))
CONVERSATION = DialogueState(
    question="What did Zofia Wrona say in Geneva on May 7?", topic=WRONA, asked=(WRONA, GENEVA), days=("May 7",)
)


def rewritten(
    language: EntityRecogniser, text: str, previous: DialogueState | None = CONVERSATION
) -> RewrittenQuestion:
    """``text`` as it is asked after a conversation."""
    return rewrite(language.analyse(text), previous)
