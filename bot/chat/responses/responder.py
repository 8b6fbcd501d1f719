"""What the bot says to what it heard: answers with their buttons, and its own pages. Knows nothing of Telegram."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.answering.dialogue.context_dependence import stands_alone
from bot.answering.dialogue.state import DialogueState, turn_of
from bot.answering.models import Answer
from bot.answering.response.text import html_blocks
from bot.chat.incoming.routing import Act, Request
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext
from bot.chat.persistence.votes import UnansweredQuestions, Verdict, Vote
from bot.chat.responses.answer_details import AnswerDetails, passage_of, under_answer
from bot.chat.responses.language_guess import other_language
from bot.chat.responses.quoted_text import QuotedLine, asks_for_source, line_of, mentions_in
from bot.chat.responses.suggested_questions import QuestionSuggester, buttons_for
from bot.chat.types import LANGUAGES, Recipient, Service
from bot.chat.views import pages
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.deep_links import DeepLink, LinkTarget, named
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import MessagePart, render
from bot.chat.views.vote_buttons import vote_buttons
from retrieval.errors import UnknownArticle
from retrieval.models import Record

# words below which what somebody points at is about nothing by itself
LEAST_POINTED_AT: Final = 2


class Response(Record):
    """The messages to send, and what is to be remembered where they are an answer: itself, and the talk it leaves."""

    parts: tuple[MessagePart, ...]
    answered: StoredAnswer | None = None
    turn: DialogueState | None = None


class Responder:
    """Says something to everything that is heard; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service, memory: ChatDatabase, *, editors: bool = False) -> None:
        self._service = service
        self._editors = editors
        self._answers = AnswerStore(memory)
        self._suggestions = QuestionSuggester(service)
        self._showing = AnswerDetails(service)
        self._silences = UnansweredQuestions(memory)
        self._pages: dict[Act, Callable[[Request, Recipient], Blocks]] = {
            Act.HELP: lambda heard, to: pages.help_page(to.language),
            Act.ABOUT: lambda heard, to: pages.about(service.profile(), to.language),
            Act.SOURCES: lambda heard, to: pages.sources(service.headers(), heard.text, to.language),
            Act.ARTICLE: lambda heard, to: self._article(heard.text, to.language),
            Act.UNKNOWN_COMMAND: lambda heard, to: pages.unknown_command(heard.text, to.language),
            Act.ONLY_TEXT: lambda heard, to: pages.only_text(to.language),
        }

    def speak(self, heard: Request, to: Recipient, context: ConversationContext = NOTHING_BEFORE) -> Response:
        """What is said to somebody who said this after something else."""
        if heard.act is Act.ANSWER:
            spoken = self._continue(heard.text, to, context)
            if spoken.answered is not None:
                self._silences.note(spoken.answered)
            return spoken
        if heard.act is Act.START and (link := DeepLink.read(heard.text)):
            return self._opened(link, to)
        if heard.act in (Act.START, Act.USAGE):
            return self._welcome(heard, to)
        return Response(parts=render(self._pages[heard.act](heard, to)))

    def answer(
        self,
        question: str,
        to: Recipient,
        previous: DialogueState | None = None,
        *,
        before: Blocks = (),
        after: Blocks = (),
    ) -> Response:
        """The answer to a question, with its buttons; ``before`` stands above it and ``after`` below."""
        trace = self._service.answer(question, to.today, previous=previous)
        blocks = html_blocks(trace.reply)
        answered = StoredAnswer.of(trace, to.today, blocks, previous)
        shown = _briefly(blocks, answered=answered.answered) if to.brief else blocks
        parts = render(
            (*before, *shown, *after), under_answer(answered, to.model_copy(update={"editors": self._editors}))
        )
        return Response(parts=parts, answered=answered, turn=turn_of(trace, previous))

    def _continue(self, question: str, to: Recipient, context: ConversationContext) -> Response:
        """The answer to a question that may lean on something; the source of an answer that is replied to."""
        replied_to = self._answers.find(context.answer) if context.answer else None
        line = line_of(self._service, replied_to, context.pointed_at) if replied_to and context.pointed_at else None
        if replied_to and replied_to.quotes and asks_for_source(question) and (line or not context.pointed_at):
            press = CallbackData(
                verb=ButtonAction.PROOF, about=replied_to.id, number=line.number if line else 0, below=True
            )
            return Response(parts=self._showing.parts(replied_to, press, to))
        spoken = self.answer(question, to, self._turn_about(context.pointed_at, line) or context.previous)
        silent = spoken.answered is not None and spoken.answered.is_abstention
        if silent and (other := other_language(question)):
            return Response(parts=render(page("other_language", other if other in LANGUAGES else to.language)))
        leaning = silent or not stands_alone(question)
        return (self._lapsed(question, to, context.lapsed) if leaning else None) or spoken

    def _lapsed(self, question: str, to: Recipient, talk: DialogueState | None) -> Response | None:
        """What is said to the question by itself, with the name of the talk that is over and that it leans on."""
        reply = self._service.answer(question, to.today, previous=talk).reply if talk else None
        if not isinstance(reply, Answer) or not reply.carried:
            return None
        return self.answer(question, to, after=page("lapsed", to.language, about=", ".join(reply.carried)))

    def _turn_about(self, words: str | None, line: QuotedLine | None) -> DialogueState | None:
        """The talk that words would leave which somebody points at; None where they are about nothing."""
        if words is None:
            return None
        about = self._service.turn_about(words, mentions_in(self._service, line) if line else ())
        return about if about.asked or about.said or len(words.split()) >= LEAST_POINTED_AT else None

    def _welcome(self, heard: Request, to: Recipient) -> Response:
        """How to ask, with questions that have an answer, and a button for each."""
        found, profile = self._suggestions.first(to.today), self._service.profile()
        for each in found:
            self._answers.keep(each)
        examples = [each.question for each in found]
        if heard.act is Act.START:
            blocks = pages.start(profile, private=to.private, language=to.language, examples=examples)
        else:
            blocks = pages.usage(profile, to.language, examples)
        return Response(parts=render(blocks, buttons_for(found)))

    def _opened(self, link: DeepLink, to: Recipient) -> Response:
        """What a link leads to."""
        if link.to is LinkTarget.PASSAGE:
            header = named(self._service.headers(), link.about)
            if header is None or link.span is None:
                return Response(parts=render(page("link_gone", to.language)))
            return Response(parts=passage_of(self._service, header.id, link.span, to))
        before = self._answers.find(link.about)
        if before is None:
            return Response(parts=render(page("link_forgotten", to.language)))
        if link.to is LinkTarget.REASONS:
            asked = vote_buttons(before, Vote(verdict=Verdict.BAD), to.language, below=True)
            return Response(parts=render(page("reasons", to.language, question=before.question), asked))
        return self._again(before, to)

    def _again(self, before: StoredAnswer, to: Recipient) -> Response:
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
