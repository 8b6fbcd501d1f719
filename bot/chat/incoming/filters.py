"""The request that a Telegram message makes, and a filter for messages that make a certain one."""

from __future__ import annotations

from typing import Final

from telegram import Bot, Message
from telegram.ext import filters

from bot.chat.commands import Action
from bot.chat.incoming.adapters import incoming_message, replied_message
from bot.chat.incoming.routing import Request, route

# letters of somebody else's message that are taken as a question: a long sentence or two
MOST_ASKED: Final = 400


def request_of(message: Message, bot: Bot, *, commands_only: bool = False) -> Request:
    """What a message asks; one that only calls the bot, as a reply to somebody, asks what that one wrote."""
    facts = incoming_message(message, bot).model_copy(update={"commands_only": commands_only})
    request = route(facts)
    if request.action is Action.USAGE and (question := replied_question(message, bot)):
        return Request(action=Action.ANSWER, text=question)
    return request


def replied_question(message: Message, bot: Bot) -> str | None:
    """The beginning of what somebody else wrote and this message replies to."""
    replied = replied_message(message, bot)
    if replied is None or replied.from_us:
        return None
    return " ".join((replied.text or "").split())[:MOST_ASKED] or None


class ActionFilter(filters.MessageFilter):
    """Messages and posts that ask for one of these actions, but not where the bot is a guest."""

    def __init__(self, *actions: Action) -> None:
        super().__init__(name=f"asks for {', '.join(actions)}")
        self._actions = actions

    def filter(self, message: Message) -> bool:
        """Whether the message asks for it."""
        if message.guest_query_id is not None:
            return False
        return route(incoming_message(message, message.get_bot())).action in self._actions
