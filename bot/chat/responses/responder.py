"""What the bot says to what it heard: answers with their buttons, and its own pages. Knows nothing of Telegram."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.answering.dialogue.context_dependence import stands_alone
from bot.answering.dialogue.state import Turn, turn_of
from bot.answering.models import Answer
from bot.answering.response import text as wording
from bot.chat.incoming.routing import Act, Heard
from bot.chat.persistence.answers import Answered, Answers
from bot.chat.persistence.chat_database import Memory
from bot.chat.persistence.conversations import NOTHING_BEFORE, Context
from bot.chat.persistence.votes import Silences, Verdict, Vote
from bot.chat.responses.answer_details import Showing, passage_of, under_answer
from bot.chat.responses.language_guess import other_language
from bot.chat.responses.quoted_text import Line, asks_for_source, line_of, mentions_in
from bot.chat.responses.suggested_questions import Suggestions, buttons_for
from bot.chat.types import LANGUAGES, Listener, Service
from bot.chat.views import pages
from bot.chat.views.buttons import Press, Verb
from bot.chat.views.deep_links import Link, Target, named
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import Part, render
from bot.chat.views.vote_buttons import ballot
from retrieval.errors import UnknownArticle
from retrieval.models import Record

# words below which what somebody points at is about nothing by itself
LEAST_POINTED_AT: Final = 2


class Spoken(Record):
    """The messages to send, and what is to be remembered where they are an answer: itself, and the talk it leaves."""

    parts: tuple[Part, ...]
    answered: Answered | None = None
    turn: Turn | None = None


class Speaker:
    """Says something to everything that is heard; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service, memory: Memory, *, editors: bool = False) -> None:
        self._service = service
        self._editors = editors
        self._answers = Answers(memory)
        self._suggestions = Suggestions(service)
        self._showing = Showing(service)
        self._silences = Silences(memory)
        self._pages: dict[Act, Callable[[Heard, Listener], Blocks]] = {
            Act.HELP: lambda heard, to: pages.help_page(to.language),
            Act.ABOUT: lambda heard, to: pages.about(service.profile(), to.language),
            Act.SOURCES: lambda heard, to: pages.sources(service.headers(), heard.text, to.language),
            Act.ARTICLE: lambda heard, to: self._article(heard.text, to.language),
            Act.UNKNOWN_COMMAND: lambda heard, to: pages.unknown_command(heard.text, to.language),
            Act.ONLY_TEXT: lambda heard, to: pages.only_text(to.language),
        }

    def speak(self, heard: Heard, to: Listener, context: Context = NOTHING_BEFORE) -> Spoken:
        """What is said to somebody who said this after something else."""
        if heard.act is Act.ANSWER:
            spoken = self._continue(heard.text, to, context)
            if spoken.answered is not None:
                self._silences.note(spoken.answered)
            return spoken
        if heard.act is Act.START and (link := Link.read(heard.text)):
            return self._opened(link, to)
        if heard.act in (Act.START, Act.USAGE):
            return self._welcome(heard, to)
        return Spoken(parts=render(self._pages[heard.act](heard, to)))

    def answer(
        self, question: str, to: Listener, previous: Turn | None = None, *, before: Blocks = (), after: Blocks = ()
    ) -> Spoken:
        """The answer to a question, with its buttons; ``before`` stands above it and ``after`` below."""
        trace = self._service.answer(question, to.today, previous=previous)
        blocks = wording.html_blocks(trace.reply)
        answered = Answered.of(trace, to.today, blocks, previous)
        shown = _briefly(blocks, answered=answered.answered) if to.brief else blocks
        parts = render(
            (*before, *shown, *after), under_answer(answered, to.model_copy(update={"editors": self._editors}))
        )
        return Spoken(parts=parts, answered=answered, turn=turn_of(trace, previous))

    def _continue(self, question: str, to: Listener, context: Context) -> Spoken:
        """The answer to a question that may lean on something; the source of an answer that is replied to."""
        replied_to = self._answers.find(context.answer) if context.answer else None
        line = line_of(self._service, replied_to, context.pointed_at) if replied_to and context.pointed_at else None
        if replied_to and replied_to.quotes and asks_for_source(question) and (line or not context.pointed_at):
            press = Press(verb=Verb.PROOF, about=replied_to.id, number=line.number if line else 0, below=True)
            return Spoken(parts=self._showing.parts(replied_to, press, to))
        spoken = self.answer(question, to, self._turn_about(context.pointed_at, line) or context.previous)
        silent = spoken.answered is not None and spoken.answered.is_silent_on_articles
        if silent and (other := other_language(question)):
            return Spoken(parts=render(page("other_language", other if other in LANGUAGES else to.language)))
        leaning = silent or not stands_alone(question)
        return (self._lapsed(question, to, context.lapsed) if leaning else None) or spoken

    def _lapsed(self, question: str, to: Listener, talk: Turn | None) -> Spoken | None:
        """What is said to the question by itself, with the name of the talk that is over and that it leans on."""
        reply = self._service.answer(question, to.today, previous=talk).reply if talk else None
        if not isinstance(reply, Answer) or not reply.carried:
            return None
        return self.answer(question, to, after=page("lapsed", to.language, about=", ".join(reply.carried)))

    def _turn_about(self, words: str | None, line: Line | None) -> Turn | None:
        """The talk that words would leave which somebody points at; None where they are about nothing."""
        if words is None:
            return None
        about = self._service.turn_about(words, mentions_in(self._service, line) if line else ())
        return about if about.asked or about.said or len(words.split()) >= LEAST_POINTED_AT else None

    def _welcome(self, heard: Heard, to: Listener) -> Spoken:
        """How to ask, with questions that have an answer, and a button for each."""
        found, profile = self._suggestions.first(to.today), self._service.profile()
        for each in found:
            self._answers.keep(each)
        examples = [each.question for each in found]
        if heard.act is Act.START:
            blocks = pages.start(profile, private=to.private, language=to.language, examples=examples)
        else:
            blocks = pages.usage(profile, to.language, examples)
        return Spoken(parts=render(blocks, buttons_for(found)))

    def _opened(self, link: Link, to: Listener) -> Spoken:
        """What a link leads to."""
        if link.to is Target.PASSAGE:
            header = named(self._service.headers(), link.about)
            if header is None or link.span is None:
                return Spoken(parts=render(page("link_gone", to.language)))
            return Spoken(parts=passage_of(self._service, header.id, link.span, to))
        before = self._answers.find(link.about)
        if before is None:
            return Spoken(parts=render(page("link_forgotten", to.language)))
        if link.to is Target.REASONS:
            asked = ballot(before, Vote(verdict=Verdict.BAD), to.language, below=True)
            return Spoken(parts=render(page("reasons", to.language, question=before.question), asked))
        return self._again(before, to)

    def _again(self, before: Answered, to: Listener) -> Spoken:
        """An answer as it was given, or, where the articles have changed, as it is now."""
        spoken = self.answer(before.question, to.model_copy(update={"today": before.day}), before.before)
        if spoken.answered is None or spoken.answered.id == before.id:
            return spoken
        return spoken.model_copy(update={"parts": (*render(page("answer_changed", to.language)), *spoken.parts)})

    def _article(self, article_id: str, language: str) -> Blocks:
        if not article_id:
            return pages.article_usage(language)
        try:
            return pages.article(self._service.article(article_id), language)
        except UnknownArticle:
            return pages.unknown_article(article_id, language)


def _briefly(blocks: Sequence[str], *, answered: bool) -> Blocks:
    """An answer with its first quote only, or a silence without the nearest passages; buttons show the rest."""
    quoting = [place for place, block in enumerate(blocks) if "<blockquote" in block]
    if not answered and quoting:
        return tuple(blocks[: quoting[0]])
    return tuple(block for place, block in enumerate(blocks) if place not in quoting[1:])
