"""A filter for messages that ask a certain thing of the bot."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from bot.chat import facts
from bot.chat.addressing import Act, hear


class Hears(filters.MessageFilter):
    """Messages and posts in which ``addressing.hear`` hears one of these acts, but not where the bot is a guest."""

    def __init__(self, *acts: Act) -> None:
        super().__init__(name=f"hears {', '.join(acts)}")
        self._acts = acts

    def filter(self, message: Message) -> bool:
        """Whether the message asks for it."""
        if message.guest_query_id is not None:
            return False
        return hear(facts.said(message, message.get_bot())).act in self._acts
