"""What the buttons under an answer show: the passage around a quote, its proof, the sources.

Everything is read from the articles as they are now; a quote that is no longer where it was cited is reported as
changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import Final

from bot.answering.response.text import label
from bot.chat.persistence.answers import StoredAnswer, StoredQuote
from bot.chat.persistence.votes import Vote
from bot.chat.types import Recipient, Service
from bot.chat.views.buttons import MOST_COPIED, NO_BUTTONS, Button, ButtonAction, CallbackData, Keyboard, shortened
from bot.chat.views.deep_links import answer_link, passage_link
from bot.chat.views.i18n import Blocks, line, page
from bot.chat.views.renderer import MessagePart, render
from bot.chat.views.vote_buttons import vote_buttons
from retrieval.errors import UnknownArticle
from retrieval.models import Article, Header, Passage, Span

# so few that a page of sources stays a message or two
SOURCES_ON_A_PAGE: Final = 5
# letters of a quote without which a citation is not worth copying: half a line
LEAST_QUOTED: Final = 40
# letters that a button as wide as a message shows on a phone, beside ``Not about``
MOST_ON_A_BUTTON: Final = 30
WORDS: Final = {
    ButtonAction.PASSAGE: "button_passage",
    ButtonAction.PROOF: "button_proof",
    ButtonAction.SOURCES: "button_sources",
    ButtonAction.SUGGEST: "button_suggest",
    ButtonAction.ALERT: "button_alert",
}


def answer_buttons(answer: StoredAnswer, to: Recipient, vote: Vote | None = None) -> Keyboard:
    """The buttons under an answer, or under a message that there is none, with this person's vote."""
    rows = (_context_row(answer, to), _quote_row(answer, to), _more_row(answer, to))
    return (*(tuple(row) for row in rows if row), *vote_buttons(answer, vote, to.language))


def show_passage(service: Service, article_id: str, span: Span, to: Recipient) -> tuple[MessagePart, ...]:
    """The passage of an article that holds a span, which is marked where it is not the whole passage.

    Raises UnknownArticle.
    """
    article = service.article(article_id)
    if span.end > len(article.text):
        return render(page("link_gone", to.language))
    blocks = _passage(article, service.passages_of(article_id), span, to.language)
    return render(blocks, _citation(article, span, to))


class AnswerDetails:
    """Shows more of an answer; reads the articles, so it runs in a worker thread."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def show(self, answer: StoredAnswer, data: CallbackData, to: Recipient) -> tuple[MessagePart, ...]:
        """The messages that a button under an answer, or under one of these messages, is for."""
        if data.action is ButtonAction.SOURCES:
            return self._sources(answer, data.number, to)
        number = data.number % len(answer.quotes)
        quote = answer.quotes[number]
        below = _quote_buttons(answer, number, data.action, to)
        try:
            article = self._service.article(quote.article_id)
            passages = self._service.passages_of(quote.article_id)
        except UnknownArticle:
            return render(page("quote_gone", to.language, id=quote.article_id), below)
        if not quote.is_in(article.text):
            return render(page("quote_changed", to.language, id=article.id), below)
        show = _proof if data.action is ButtonAction.PROOF else _passage
        blocks = show(article, passages, quote.span, to.language, number + 1)
        return render(blocks, (*below, *_citation(article, quote.span, to)))

    def _sources(self, answer: StoredAnswer, number: int, to: Recipient) -> tuple[MessagePart, ...]:
        total = len(answer.articles)
        page_count = -(-total // SOURCES_ON_A_PAGE)
        first = (number % page_count) * SOURCES_ON_A_PAGE
        shown = answer.articles[first : first + SOURCES_ON_A_PAGE]
        blocks = [block for article_id in shown for block in self._source(answer, article_id, to.language)]
        if page_count == 1:
            return render(blocks)
        position = page("cited_part", to.language, first=first + 1, last=first + len(shown), total=total)
        following = CallbackData(
            action=ButtonAction.SOURCES, about=answer.id, number=(number + 1) % page_count, below=True
        )
        return render([*blocks, *position], ((_next(following, to),),))

    def _source(self, answer: StoredAnswer, article_id: str, language: str) -> Blocks:
        """An article with everything that is quoted from it."""
        quotes = {number: quote for number, quote in enumerate(answer.quotes, 1) if quote.article_id == article_id}
        try:
            article = self._service.article(article_id)
        except UnknownArticle:
            return page("quote_gone", language, id=article_id)
        quoted = _quoted(article, quotes.values())
        changed = () if len(quoted) == len(quotes) else page("quote_changed", language, id=article_id)
        numbers = "".join(f"[{number}]" for number in quotes)
        return (*page("cited", language, header=article, numbers=numbers), *quoted, *changed)


def _context_row(answer: StoredAnswer, to: Recipient) -> list[Button]:
    if not answer.carried:
        return []
    about = shortened(", ".join(answer.carried), MOST_ON_A_BUTTON)
    data = CallbackData(action=ButtonAction.DROP_CONTEXT, about=answer.id)
    return [data.button(line("button_drop_context", to.language, about=about))]


def _quote_row(answer: StoredAnswer, to: Recipient) -> list[Button]:
    actions = [ButtonAction.PASSAGE] if answer.quotes else []
    actions += [ButtonAction.PROOF] if answer.answered else []
    return [_button(CallbackData(action=action, about=answer.id), to) for action in actions]


def _more_row(answer: StoredAnswer, to: Recipient) -> list[Button]:
    actions = [ButtonAction.SOURCES] if len(answer.articles) > 1 else []
    actions += [ButtonAction.SUGGEST] if answer.answered else []
    actions += [ButtonAction.ALERT] if answer.is_abstention and to.editors else []
    buttons = [_button(CallbackData(action=action, about=answer.id), to) for action in actions]
    if to.us and answer.answered:
        url = answer_link(answer.id).url(to.us)
        buttons.append(Button(text=line("button_copy_link", to.language), copied=url))
    return buttons


def _quoted(article: Article, quotes: Iterable[StoredQuote]) -> list[str]:
    return [_block(escape(quote.span.of(article.text))) for quote in quotes if quote.is_in(article.text)]


def _passage(
    article: Article, passages: Sequence[Passage], quote: Span, language: str, number: int | None = None
) -> Blocks:
    around = _around(quote, [passage.span for passage in passages])
    head = page("passage", language, header=article, number=number)
    if around == quote:
        return (*head, _block(escape(quote.of(article.text))))
    return (*head, _marked(article.text, around, quote), *page("passage_marked", language))


def _proof(article: Article, passages: Sequence[Passage], quote: Span, language: str, number: int) -> Blocks:
    sentences = [sentence.span for passage in passages for sentence in passage.sentences]
    around = _around(quote, sentences, neighbours=1)
    digest = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return (
        *page("proof", language, header=article, number=number, start=quote.start, end=quote.end),
        _marked(article.text, around, quote),
        *page("proof_whole", language, id=article.id, digest=digest),
    )


def _around(quote: Span, spans: Iterable[Span], neighbours: int = 0) -> Span:
    """From the first to the last of the spans that overlap the quote, and so many more on each side."""
    ordered = sorted(spans, key=lambda span: span.start)
    touched = [place for place, span in enumerate(ordered) if span.start < quote.end and quote.start < span.end]
    if not touched:
        return quote
    first, last = ordered[max(0, touched[0] - neighbours)], ordered[touched[-1] : touched[-1] + 1 + neighbours][-1]
    return Span(start=min(first.start, quote.start), end=max(last.end, quote.end))


def _marked(text: str, around: Span, quote: Span) -> str:
    """The words around a quote as a quotation, the quote itself in bold."""
    before, after = text[around.start : quote.start], text[quote.end : around.end]
    return _block(f"{escape(before)}<b>{escape(quote.of(text))}</b>{escape(after)}")


def _block(words: str) -> str:
    return f"<blockquote>{words}</blockquote>"


def _quote_buttons(answer: StoredAnswer, number: int, action: ButtonAction, to: Recipient) -> Keyboard:
    """Under a passage or proof: the other of the two, and the same for the next quote."""
    other = ButtonAction.PROOF if action is ButtonAction.PASSAGE else ButtonAction.PASSAGE
    row = [_button(CallbackData(action=other, about=answer.id, number=number, below=True), to)]
    if len(answer.quotes) > 1:
        following = (number + 1) % len(answer.quotes)
        row.append(_next(CallbackData(action=action, about=answer.id, number=following, below=True), to))
    return (tuple(row),)


def _citation(article: Article, span: Span, to: Recipient) -> Keyboard:
    """A button that copies a quote with its source and a link to it; a long quote is cut to Telegram's limit."""
    if not to.us:
        return NO_BUTTONS
    source = f" ({label(Header.of(article))}) {passage_link(article.id, span).url(to.us)}"
    most = MOST_COPIED - len(source) - len("“”")
    if most < LEAST_QUOTED:
        return NO_BUTTONS
    quote = shortened(span.of(article.text), most)
    return ((Button(text=line("button_copy_citation", to.language), copied=f"“{quote}”{source}"),),)


def _button(data: CallbackData, to: Recipient) -> Button:
    return data.button(line(WORDS[data.action], to.language))


def _next(data: CallbackData, to: Recipient) -> Button:
    return data.button(line("button_next", to.language))
