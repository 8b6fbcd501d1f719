"""The buttons with which people vote on an answer."""

from __future__ import annotations

from bot.chat.persistence.answers import StoredAnswer
from bot.chat.persistence.votes import Verdict, Vote, VoteReason, reasons
from bot.chat.views.buttons import NO_BUTTONS, Button, ButtonAction, CallbackData, Keyboard
from bot.chat.views.i18n import line

REASONS_IN_A_ROW = 2


def vote_buttons(answer: StoredAnswer, vote: Vote | None, language: str, *, below: bool = False) -> Keyboard:
    """The buttons after a person's vote: a verdict, then its reason, then the way to take it back."""
    if not answer.is_about_articles:
        return NO_BUTTONS

    def button(action: ButtonAction, words: str, number: int = 0) -> Button:
        return CallbackData(action=action, about=answer.id, number=number, below=below).button(words)

    if vote is None:
        kind = "answer" if answer.answered else "silence"
        good, bad = line(f"vote_good_{kind}", language), line(f"vote_bad_{kind}", language)
        return ((button(ButtonAction.GOOD, good), button(ButtonAction.BAD, bad)),)
    if vote.verdict is Verdict.GOOD or vote.reason:
        noted = line("vote_noted_take_back", language, vote=vote_in_words(vote, language))
        return ((button(ButtonAction.TAKE_BACK, noted),),)
    offered = [
        button(ButtonAction.REASON, line(reason.value, language), list(VoteReason).index(reason))
        for reason in reasons(answer)
    ]
    rows = (tuple(offered[start : start + REASONS_IN_A_ROW]) for start in range(0, len(offered), REASONS_IN_A_ROW))
    return (*rows, (button(ButtonAction.TAKE_BACK, line("vote_take_back", language)),))


def vote_in_words(vote: Vote, language: str) -> str:
    """A vote in the words of its button."""
    return line((vote.reason or vote.verdict).value, language)
