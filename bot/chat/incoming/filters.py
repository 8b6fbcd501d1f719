"""What a message of the library asks of the bot, and a filter for messages that ask a certain thing."""

from __future__ import annotations

from typing import Final

from telegram import Bot, Message
from telegram.ext import filters

from bot.chat.commands import Action
from bot.chat.incoming.adapters import said
from bot.chat.incoming.routing import Request, hear

# letters of somebody else's message that are taken as a question
MOST_ASKED: Final = 400


def heard_in(message: Message, bot: Bot, *, commands_only: bool = False) -> Request:
    """What a message asks; one that only calls the bot, as a reply to somebody, asks what that one wrote."""
    heard = hear(said(message, bot).model_copy(update={"commands_only": commands_only}))
    if heard.action is Action.USAGE and (above := words_above(message, bot)):
        return Request(action=Action.ANSWER, text=above)
    return heard


def words_above(message: Message, bot: Bot) -> str | None:
    """The beginning of what somebody else wrote and this message replies to."""
    above = message.reply_to_message
    if above is None or above.forum_topic_created is not None or (above.from_user and above.from_user.id == bot.id):
        return None
    return " ".join((above.text or above.caption or "").split())[:MOST_ASKED] or None


class ActFilter(filters.MessageFilter):
    """Messages and posts in which ``addressing.hear`` hears one of these acts, but not where the bot is a guest."""

    def __init__(self, *acts: Action) -> None:
        super().__init__(name=f"hears {', '.join(acts)}")
        self._acts = acts

    def filter(self, message: Message) -> bool:
        """Whether the message asks for it."""
        if message.guest_query_id is not None:
            return False
        return hear(said(message, message.get_bot())).action in self._acts
