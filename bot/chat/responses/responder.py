"""Composes the response to a request: an answer with its buttons, or one of the bot's own pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.answering.dialogue.state import DialogueState, state_after
from bot.answering.response.text import to_html
from bot.chat.commands import Action
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext
from bot.chat.persistence.votes import UnansweredQuestions, Verdict, Vote
from bot.chat.responses.answer_details import AnswerDetails, answer_buttons, show_passage
from bot.chat.responses.language_guess import other_language
from bot.chat.responses.quoted_text import QuotedLine, asks_for_source, find_quoted_line, mentions_in
from bot.chat.responses.suggested_questions import QuestionSuggester, buttons_for
from bot.chat.types import LANGUAGES, Recipient, Service
from bot.chat.views import pages
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.deep_links import DeepLink, LinkTarget, header_of
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import MessagePart, render
from bot.chat.views.vote_buttons import vote_buttons
from retrieval.errors import UnknownArticle
from retrieval.models import Record

# a single quoted word that names nothing says too little to ask about
LEAST_POINTED_AT: Final = 2


class Response(Record):
    """The messages to send, and where they are an answer, what to store: itself, and the conversation's new state."""

    parts: tuple[MessagePart, ...]
    answer: StoredAnswer | None = None
    state: DialogueState | None = None


class Responder:
    """Composes responses; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service, database: ChatDatabase, *, editors: bool = False) -> None:
        self._service = service
        self._editors = editors
        self._answers = AnswerStore(database)
        self._unanswered = UnansweredQuestions(database)
        self._suggester = QuestionSuggester(service)
        self._details = AnswerDetails(service)
        self._responses: dict[Action, Callable[[Request, Recipient], Response]] = {
            Action.START: self._start,
            Action.USAGE: self._welcome,
            **{action: self._as_response(blocks) for action, blocks in self._pages().items()},
        }

    def responds_to(self, action: Action) -> bool:
        """Whether the response to an action is composed here; the others are handled where they are done."""
        return action is Action.ANSWER or action in self._responses

    def respond(self, request: Request, to: Recipient, context: ConversationContext = NOTHING_BEFORE) -> Response:
        """The response to a request in its conversation. Raises KeyError for an action that it does not respond to."""
        if request.action is not Action.ANSWER:
            return self._responses[request.action](request, to)
        response = self._continue(request.text, to, context)
        if response.answer is not None:
            self._unanswered.note(response.answer)
        return response

    def answer(
        self,
        question: str,
        to: Recipient,
        previous: DialogueState | None = None,
        *,
        expired: DialogueState | None = None,
        before: Blocks = (),
    ) -> Response:
        """The answer to a question, with its buttons; ``before`` is shown above it, what ``expired`` names below."""
        trace = self._service.answer(question, to.today, previous=previous, expired=expired)
        after = page("expired", to.language, about=", ".join(trace.expired)) if trace.expired else ()
        blocks = to_html(trace.reply)
        answer = StoredAnswer.of(trace, to.today, blocks, previous)
        shown = _briefly(blocks) if to.brief else blocks
        buttons = answer_buttons(answer, to.model_copy(update={"editors": self._editors}))
        parts = render((*before, *shown, *after), buttons)
        return Response(parts=parts, answer=answer, state=state_after(trace, previous))

    def _pages(self) -> dict[Action, Callable[[Request, Recipient], Blocks]]:
        service = self._service
        return {
            Action.HELP: lambda request, to: pages.help_page(to.language),
            Action.ABOUT: lambda request, to: pages.about(service.profile(), to.language),
            Action.SOURCES: lambda request, to: pages.sources(service.headers(), request.text, to.language),
            Action.ARTICLE: lambda request, to: self._article(request.text, to.language),
            Action.UNKNOWN_COMMAND: lambda request, to: page("unknown_command", to.language, command=request.text),
            Action.ONLY_TEXT: lambda request, to: page("only_text", to.language),
        }

    def _as_response(self, blocks: Callable[[Request, Recipient], Blocks]) -> Callable[[Request, Recipient], Response]:
        return lambda request, to: Response(parts=render(blocks(request, to)))

    def _continue(self, question: str, to: Recipient, context: ConversationContext) -> Response:
        """The answer to a question that may depend on something; the source of an answer that is replied to."""
        replied_to = self._answers.find(context.answer) if context.answer else None
        line = self._quoted_line(replied_to, context.pointed_at)
        if replied_to and replied_to.quotes and asks_for_source(question) and (line or not context.pointed_at):
            return self._proof(replied_to, line.number if line else 0, to)
        previous = self._state_about(context.pointed_at, line) or context.previous
        response = self.answer(question, to, previous, expired=None if previous else context.lapsed)
        unanswered = response.answer is not None and response.answer.is_abstention
        if unanswered and (other := other_language(question)):
            return Response(parts=render(page("other_language", other if other in LANGUAGES else to.language)))
        return response

    def _quoted_line(self, replied_to: StoredAnswer | None, words: str | None) -> QuotedLine | None:
        return find_quoted_line(self._service, replied_to, words) if replied_to and words else None

    def _proof(self, answer: StoredAnswer, number: int, to: Recipient) -> Response:
        data = CallbackData(action=ButtonAction.PROOF, about=answer.id, number=number, below=True)
        return Response(parts=self._details.show(answer, data, to))

    def _state_about(self, words: str | None, line: QuotedLine | None) -> DialogueState | None:
        """The state of a conversation about words that are quoted or replied to; None where they name nothing."""
        if words is None:
            return None
        state = self._service.state_about(words, mentions_in(self._service, line) if line else ())
        return state if state.asked or state.said or len(words.split()) >= LEAST_POINTED_AT else None

    def _start(self, request: Request, to: Recipient) -> Response:
        link = DeepLink.read(request.text)
        return self._open(link, to) if link else self._welcome(request, to)

    def _welcome(self, request: Request, to: Recipient) -> Response:
        """How to ask, with questions that have an answer, and a button for each."""
        found, profile = self._suggester.first(to.today), self._service.profile()
        for each in found:
            self._answers.keep(each)
        examples = [each.question for each in found]
        if request.action is Action.START:
            blocks = pages.start(profile, private=to.private, language=to.language, examples=examples)
        else:
            blocks = pages.usage(profile, to.language, examples)
        return Response(parts=render(blocks, buttons_for(found)))

    def _open(self, link: DeepLink, to: Recipient) -> Response:
        """What a link leads to."""
        if link.to is LinkTarget.PASSAGE:
            header = header_of(self._service.headers(), link.about)
            if header is None or link.span is None:
                return Response(parts=render(page("link_gone", to.language)))
            return Response(parts=show_passage(self._service, header.id, link.span, to))
        stored = self._answers.find(link.about)
        if stored is None:
            return Response(parts=render(page("link_forgotten", to.language)))
        if link.to is LinkTarget.REASONS:
            buttons = vote_buttons(stored, Vote(verdict=Verdict.BAD), to.language, below=True)
            return Response(parts=render(page("reasons", to.language, question=stored.question), buttons))
        return self._again(stored, to)

    def _again(self, stored: StoredAnswer, to: Recipient) -> Response:
        """An answer as it was given, or, where the articles have changed, as it is now."""
        response = self.answer(stored.question, to.model_copy(update={"today": stored.day}), stored.before)
        if response.answer is None or response.answer.id == stored.id:
            return response
        return response.model_copy(update={"parts": (*render(page("answer_changed", to.language)), *response.parts)})

    def _article(self, article_id: str, language: str) -> Blocks:
        if not article_id:
            return page("article_usage", language)
        try:
            return pages.article(self._service.article(article_id), language)
        except UnknownArticle:
            return page("unknown_article", language, id=article_id)


def _briefly(blocks: Sequence[str]) -> Blocks:
    """A reply with its first quote only; buttons show the rest."""
    quoting = [place for place, block in enumerate(blocks) if "<blockquote" in block]
    return tuple(block for place, block in enumerate(blocks) if place not in quoting[1:])
