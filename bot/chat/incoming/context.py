"""Which conversation a message continues."""

from __future__ import annotations

from typing import Final

from bot.chat.incoming.routing import RepliedMessage
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext, Conversations
from bot.chat.types import Place

# letters of a message that a reply is about: the length of a long paragraph, which is as much as a question refers to
MOST_POINTED_AT: Final = 2_000


def context_of(
    place: Place, replied: RepliedMessage | None, conversations: Conversations, *, private: bool
) -> ConversationContext:
    """What a message continues: the line it quotes, what it replies to, or in a direct chat the last answer."""
    if replied is None:
        return conversations.before(place.chat_id, place.question_id) if private else NOTHING_BEFORE
    if not replied.from_us:
        return ConversationContext(pointed_at=_beginning(replied.quote or replied.text))
    return ConversationContext(
        previous=conversations.at(place.chat_id, replied.message_id),
        pointed_at=_beginning(replied.quote),
        answer=conversations.answer_at(place.chat_id, replied.message_id),
    )


def _beginning(text: str | None) -> str | None:
    return text[:MOST_POINTED_AT] if text else None
