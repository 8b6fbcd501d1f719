"""The buttons under an answer with which people vote on it."""

from __future__ import annotations

from bot.chat.persistence.answers import Answered
from bot.chat.persistence.votes import Verdict, Vote, Why, reasons
from bot.chat.views.buttons import NO_BUTTONS, Button, Keyboard, Press, Verb
from bot.chat.views.i18n import line


def ballot(answered: Answered, vote: Vote | None, language: str, *, below: bool = False) -> Keyboard:
    """The buttons with which to vote: a verdict, then its reason, then the way back."""
    if not answered.is_about_articles:
        return NO_BUTTONS

    def button(verb: Verb, words: str, number: int = 0) -> Button:
        return Press(verb=verb, about=answered.id, number=number, below=below).button(words)

    if vote is None:
        kind = "answer" if answered.answered else "silence"
        good, bad = line(f"vote_good_{kind}", language), line(f"vote_bad_{kind}", language)
        return ((button(Verb.GOOD, good), button(Verb.BAD, bad)),)
    back = (button(Verb.BACK, line("vote_take_back", language)),)
    if vote.verdict is Verdict.GOOD or vote.reason:
        return ((button(Verb.BACK, line("vote_noted_take_back", language, vote=in_words(vote, language))),),)
    offered = [button(Verb.REASON, line(why.value, language), list(Why).index(why)) for why in reasons(answered)]
    return (*(tuple(offered[place : place + 2]) for place in range(0, len(offered), 2)), back)


def in_words(vote: Vote, language: str) -> str:
    """A vote as words."""
    return line((vote.reason or vote.verdict).value, language)
