"""Votes on answers, by button and by reaction; only the voter sees what was voted."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from telegram import CallbackQuery, Message, ReactionTypeEmoji, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes, MessageReactionHandler

from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import button_handler, on_unknown, reply
from bot.chat.incoming.adapters import presser
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.persistence.votes import UnansweredQuestions, Verdict, Vote, VoteReason, VoteStore, reasons
from bot.chat.responses.answer_details import answer_buttons
from bot.chat.transport.keyboards import markup
from bot.chat.types import Recipient
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.deep_links import DeepLink, LinkTarget
from bot.chat.views.i18n import line
from bot.chat.views.vote_buttons import vote_buttons, vote_in_words

log = logging.getLogger(__name__)

VOTES: Final = (ButtonAction.GOOD, ButtonAction.BAD, ButtonAction.REASON, ButtonAction.TAKE_BACK)
# reactions that Telegram offers (https://core.telegram.org/bots/api#reactiontypeemoji) and that judge an answer
GOOD: Final = frozenset("👍❤🔥👏🎉💯🏆👌⚡🙏🤝")
BAD: Final = frozenset("👎💩🤮😡🤬🤡")


def vote_feature(services: ChatServices) -> Feature:
    """Votes on answers."""
    votes, unanswered = VoteStore(services.database), UnansweredQuestions(services.database)
    handlers = VoteHandlers(services)

    def forget(chat_id: int | None, user: int | None) -> None:
        votes.forget(chat_id, user)
        unanswered.forget(chat_id, user)

    def clean(moment: datetime) -> None:
        votes.drop_before(moment)
        unanswered.drop_before(moment)

    return Feature(
        handlers=(button_handler(handlers.on_press, *VOTES), MessageReactionHandler(handlers.on_reaction)),
        updates=(Update.CALLBACK_QUERY, Update.MESSAGE_REACTION),
        forget=forget,
        clean=clean,
    )


class VoteHandlers:
    """Handles the buttons and reactions with which people vote."""

    def __init__(self, services: ChatServices) -> None:
        self._has_editors = services.has_editors
        self._answers = AnswerStore(services.database)
        self._preferences = PreferenceStore(services.database)
        self._votes = VoteStore(services.database)

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Store a vote and confirm it to the voter; in a direct chat the buttons show it too."""
        query = update.callback_query
        data = CallbackData.read(query.data or "") if query else None
        answer = self._answers.find(data.about) if data else None
        if query is None or data is None or answer is None or not isinstance(query.message, Message):
            await on_unknown(update, context)
            return
        to = presser(query, query.message, context.bot, self._preferences)
        vote = _vote(data, answer)
        if vote is None:
            self._votes.take_back(answer.id, query.from_user.id)
        else:
            self._votes.cast(answer, query.from_user.id, vote)
        await _confirm(query, answer, vote, to)
        if to.private:
            to = to.model_copy(update={"editors": self._has_editors})
            await _show(query.message, answer, vote, to, below=data.below)

    async def on_reaction(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Store a reaction to an answer as a vote; one that is taken back ends that vote."""
        changed = update.message_reaction
        if changed is None or changed.user is None:
            return
        shown = self._answers.shown(changed.chat.id, changed.message_id)
        answer = self._answers.find(shown.answer) if shown else None
        if answer is None:
            return
        emoji = {kind.emoji for kind in changed.new_reaction if isinstance(kind, ReactionTypeEmoji)}
        if verdict := Verdict.GOOD if emoji & GOOD else Verdict.BAD if emoji & BAD else None:
            self._votes.cast(answer, changed.user.id, Vote(verdict=verdict), by_reaction=True)
        else:
            self._votes.take_back(answer.id, changed.user.id, by_reaction=True)


def _vote(data: CallbackData, answer: StoredAnswer) -> Vote | None:
    """The vote that a button casts; None where it takes a vote back."""
    if data.action is ButtonAction.TAKE_BACK:
        return None
    if data.action is ButtonAction.GOOD:
        return Vote(verdict=Verdict.GOOD)
    offered = reasons(answer)
    if data.action is ButtonAction.REASON and data.number < len(VoteReason):
        return Vote(verdict=Verdict.BAD, reason=list(VoteReason)[data.number])
    return Vote(verdict=Verdict.BAD, reason=offered[0] if len(offered) == 1 else None)


async def _confirm(query: CallbackQuery, answer: StoredAnswer, vote: Vote | None, to: Recipient) -> None:
    """Confirm a vote to the voter alone; in a group the reason is asked for in the chat with the bot."""
    if vote is None:
        await reply(query, line("vote_taken_back", to.language), alert=not to.private)
    elif vote.verdict is Verdict.BAD and vote.reason is None:
        if to.private:
            await reply(query, line("vote_what_is_wrong", to.language), alert=False)
        else:
            await reply(query, url=DeepLink(to=LinkTarget.REASONS, about=answer.id).url(to.us))
    else:
        words = line("vote_noted", to.language, vote=vote_in_words(vote, to.language))
        await reply(query, words, alert=not to.private)


async def _show(message: Message, answer: StoredAnswer, vote: Vote | None, to: Recipient, *, below: bool) -> None:
    """Let the buttons of a direct chat show the vote."""
    rows = vote_buttons(answer, vote, to.language, below=True) if below else answer_buttons(answer, to, vote)
    try:
        await message.edit_reply_markup(markup(rows))
    except TelegramError as error:
        log.info("The buttons under message %d could not be changed: %s", message.message_id, error)
