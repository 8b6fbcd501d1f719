"""Votes on answers, by button and by reaction; only the voter sees what was voted."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from telegram import CallbackQuery, Message, ReactionTypeEmoji, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes, MessageReactionHandler

from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import button_handler, reply
from bot.chat.incoming.adapters import presser
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.persistence.votes import UnansweredQuestions, Verdict, Vote, VoteReason, VoteStore, reasons
from bot.chat.responses.answer_details import under_answer
from bot.chat.transport.keyboards import markup
from bot.chat.types import Recipient
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.deep_links import DeepLink, LinkTarget
from bot.chat.views.i18n import closest_language, line
from bot.chat.views.vote_buttons import in_words, vote_buttons

log = logging.getLogger(__name__)

VOTES: Final = (ButtonAction.GOOD, ButtonAction.BAD, ButtonAction.REASON, ButtonAction.TAKE_BACK)
GOOD: Final = frozenset("👍❤🔥👏🎉💯🏆👌⚡🙏🤝")
BAD: Final = frozenset("👎💩🤮😡🤬🤡")


def feedback(desk: ChatServices) -> Feature:
    """Votes on answers."""
    votes, silences = VoteStore(desk.memory), UnansweredQuestions(desk.memory)
    voting = VoteHandlers(AnswerStore(desk.memory), PreferenceStore(desk.memory), votes, editors=desk.has_editors)

    def forget(chat_id: int | None, user: int | None) -> None:
        votes.forget(chat_id, user)
        silences.forget(chat_id, user)

    def clean(moment: datetime) -> None:
        votes.drop_before(moment)
        silences.drop_before(moment)

    return Feature(
        handlers=(
            button_handler(voting.on_press, *VOTES),
            MessageReactionHandler(voting.on_reaction),
        ),
        updates=(Update.CALLBACK_QUERY, Update.MESSAGE_REACTION),
        forget=forget,
        clean=clean,
    )


class VoteHandlers:
    """Handles the buttons and reactions with which people vote."""

    def __init__(
        self, answers: AnswerStore, chats: PreferenceStore, votes: VoteStore, *, editors: bool = False
    ) -> None:
        self._editors = editors
        self._answers = answers
        self._chats = chats
        self._votes = votes

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Note a vote and say so to the voter; in a direct chat the buttons show it too."""
        if (query := update.callback_query) is None:
            return
        press = CallbackData.read(query.data or "")
        answered = self._answers.find(press.about) if press else None
        if press is None or answered is None or not isinstance(query.message, Message):
            await reply(query, line("forgotten", closest_language(query.from_user.language_code)))
            return
        to = self._chats.of(query.message.chat_id).suit(presser(query, query.message, context.bot))
        vote = _vote(press, answered)
        if vote is None:
            self._votes.take_back(answered.id, query.from_user.id)
        else:
            self._votes.cast(answered, query.from_user.id, vote)
        await _tell(query, answered, vote, to)
        if to.private:
            told = to.model_copy(update={"editors": self._editors})
            await _show(query.message, answered, vote, told, below=press.below)

    async def on_reaction(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Note a reaction to an answer as a vote, and one that is taken back as none."""
        changed = update.message_reaction
        if changed is None or changed.user is None:
            return
        shown = self._answers.shown(changed.chat.id, changed.message_id)
        answered = self._answers.find(shown.answer) if shown else None
        if answered is None:
            return
        emoji = {kind.emoji for kind in changed.new_reaction if isinstance(kind, ReactionTypeEmoji)}
        if emoji & GOOD:
            self._votes.cast(answered, changed.user.id, Vote(verdict=Verdict.GOOD), by_reaction=True)
        elif emoji & BAD:
            self._votes.cast(answered, changed.user.id, Vote(verdict=Verdict.BAD), by_reaction=True)
        else:
            self._votes.take_back(answered.id, changed.user.id, by_reaction=True)


def _vote(press: CallbackData, answered: StoredAnswer) -> Vote | None:
    """What a press votes; None where a vote is taken back."""
    if press.action is ButtonAction.TAKE_BACK:
        return None
    if press.action is ButtonAction.GOOD:
        return Vote(verdict=Verdict.GOOD)
    offered = reasons(answered)
    if press.action is ButtonAction.REASON and press.number < len(VoteReason):
        return Vote(verdict=Verdict.BAD, reason=list(VoteReason)[press.number])
    return Vote(verdict=Verdict.BAD, reason=offered[0] if len(offered) == 1 else None)


async def _tell(query: CallbackQuery, answered: StoredAnswer, vote: Vote | None, to: Recipient) -> None:
    """Say to the voter alone what was noted; in a group the reason is asked for in the chat with the bot."""
    if vote is None:
        await reply(query, line("vote_taken_back", to.language), alert=not to.private)
    elif vote.verdict is Verdict.BAD and vote.reason is None:
        if to.private:
            await reply(query, line("vote_what_is_wrong", to.language), alert=False)
        else:
            await reply(query, url=DeepLink(to=LinkTarget.REASONS, about=answered.id).url(to.us))
    else:
        words = line("vote_noted", to.language, vote=in_words(vote, to.language))
        await reply(query, words, alert=not to.private)


async def _show(message: Message, answered: StoredAnswer, vote: Vote | None, to: Recipient, *, below: bool) -> None:
    """Let the buttons of a direct chat show the vote."""
    rows = vote_buttons(answered, vote, to.language, below=True) if below else under_answer(answered, to, vote)
    try:
        await message.edit_reply_markup(markup(rows))
    except TelegramError as error:
        log.info("The buttons under message %d stay as they are: %s", message.message_id, error)
