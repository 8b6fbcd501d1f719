"""Which conversation a message continues."""

from __future__ import annotations

from typing import Final

from telegram import Bot, Message
from telegram.constants import ChatType

from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext, Conversations

# letters of a message that somebody points at
MOST_POINTED_AT: Final = 2_000


def context_of(message: Message, talks: Conversations, bot: Bot) -> ConversationContext:
    """What a message goes on with: the line it quotes, what it replies to, or in a direct chat the last answer.

    A message in a forum's topic that replies to nothing replies to the topic's start; that counts as nothing.
    """
    above = message.reply_to_message
    if above is None or above.forum_topic_created is not None:
        private = message.chat.type == ChatType.PRIVATE
        return talks.before(message.chat_id, message.message_id) if private else NOTHING_BEFORE
    ours = above.from_user is not None and above.from_user.id == bot.id
    previous = talks.at(message.chat_id, above.message_id) if ours else None
    quoted = message.quote.text if message.quote else None
    pointed_at = quoted or (None if ours else above.text or above.caption)
    answer = talks.answer_at(message.chat_id, above.message_id) if ours else None
    return ConversationContext(
        previous=previous, pointed_at=pointed_at[:MOST_POINTED_AT] if pointed_at else None, answer=answer
    )
