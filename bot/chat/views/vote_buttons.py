"""The buttons under an answer with which people vote on it."""

from __future__ import annotations

from bot.chat.persistence.answers import StoredAnswer
from bot.chat.persistence.votes import Verdict, Vote, VoteReason, reasons
from bot.chat.views.buttons import NO_BUTTONS, Button, ButtonAction, CallbackData, Keyboard
from bot.chat.views.i18n import line


def vote_buttons(answered: StoredAnswer, vote: Vote | None, language: str, *, below: bool = False) -> Keyboard:
    """The buttons with which to vote: a verdict, then its reason, then the way back."""
    if not answered.is_about_articles:
        return NO_BUTTONS

    def button(action: ButtonAction, words: str, number: int = 0) -> Button:
        return CallbackData(action=action, about=answered.id, number=number, below=below).button(words)

    if vote is None:
        kind = "answer" if answered.answered else "silence"
        good, bad = line(f"vote_good_{kind}", language), line(f"vote_bad_{kind}", language)
        return ((button(ButtonAction.GOOD, good), button(ButtonAction.BAD, bad)),)
    back = (button(ButtonAction.TAKE_BACK, line("vote_take_back", language)),)
    if vote.verdict is Verdict.GOOD or vote.reason:
        return (
            (button(ButtonAction.TAKE_BACK, line("vote_noted_take_back", language, vote=in_words(vote, language))),),
        )
    offered = [
        button(ButtonAction.REASON, line(why.value, language), list(VoteReason).index(why)) for why in reasons(answered)
    ]
    return (*(tuple(offered[place : place + 2]) for place in range(0, len(offered), 2)), back)


def in_words(vote: Vote, language: str) -> str:
    """A vote as words."""
    return line((vote.reason or vote.verdict).value, language)
