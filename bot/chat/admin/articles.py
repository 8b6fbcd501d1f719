"""What administrators do by message: add and remove articles, and see how an answer was found and what has none."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from telegram import Document, Message, Update
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.answering.response.explanation import explain
from bot.chat.admin.import_process import AddFile, file_importer
from bot.chat.admin.web_fetch import ADDRESS, MOST_BYTES, CannotFetch, FetchPage, is_address, page_fetcher
from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.incoming.adapters import asker, incoming_message, place, recipient
from bot.chat.incoming.filters import ActionFilter
from bot.chat.incoming.routing import Request, route
from bot.chat.persistence.answers import AnswerStore
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.persistence.votes import UnansweredQuestions
from bot.chat.types import Recipient
from bot.chat.views import pages
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import render
from retrieval.documents import manifest
from retrieval.errors import UnknownArticle

MOST_UNANSWERED: Final = 20
# letters of a file's name that are kept: file systems allow 255 bytes
MOST_IN_NAME: Final = 80

_NOT_FOR_A_NAME = re.compile(r"[^\w.() -]+")


def articles_feature(services: ChatServices) -> Feature:
    """The administrators' commands and the documents and addresses that they send."""
    handlers = ArticleAdmin(services, file_importer(services.settings.data_dir), page_fetcher())
    by_admin = filters.ChatType.PRIVATE & filters.User(services.settings.admins)
    document = by_admin & filters.Document.ALL & ActionFilter(Action.ONLY_TEXT)
    link = by_admin & filters.Regex(ADDRESS) & ActionFilter(Action.ANSWER)
    return Feature(
        handlers=(
            MessageHandler(ActionFilter(*handlers.actions), handlers.on_command),
            MessageHandler(document, handlers.on_document),
            MessageHandler(link, handlers.on_link),
        ),
        updates=(Update.MESSAGE,),
    )


class SentArticle(NamedTuple):
    """An article as it was sent: a file's name and its bytes, or the page that says why it cannot be read."""

    name: str = ""
    content: bytes = b""
    refusal: str | None = None
    url: str | None = None


class ArticleAdmin:
    """Handles what administrators send in a direct chat; everybody else is refused."""

    def __init__(self, services: ChatServices, add_file: AddFile, fetch_page: FetchPage) -> None:
        self._services = services
        self._add_file = add_file
        self._fetch_page = fetch_page
        self._answers = AnswerStore(services.database)
        self._unanswered = UnansweredQuestions(services.database)
        self._preferences = PreferenceStore(services.database)
        self._commands: dict[Action, Callable[[Message, Request, Recipient], Awaitable[Blocks]]] = {
            Action.ADD: self._add,
            Action.REMOVE: self._remove,
            Action.ARTICLES: self._list_articles,
            Action.RELOAD: self._reload,
            Action.WHY: self._explain,
            Action.UNANSWERED: self._list_unanswered,
        }

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that its commands ask for."""
        return tuple(self._commands)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Carry out an administrator's command and show the result."""
        if (message := update.effective_message) is None:
            return
        to = recipient(message, context.bot, self._preferences)
        request = route(incoming_message(message, context.bot))
        if asker(message) not in self._services.settings.admins:
            await self._show(message, page("only_admins", to.language))
        else:
            await self._show(message, await self._commands[request.action](message, request, to))

    async def on_document(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Add the article that an administrator sends as a document."""
        if (message := update.effective_message) is not None:
            await self._add_and_show(message, "", context)

    async def on_link(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Add the article whose address an administrator sends."""
        if (message := update.effective_message) is not None and message.text:
            await self._add_and_show(message, message.text, context)

    async def _add_and_show(self, message: Message, text: str, context: ContextTypes.DEFAULT_TYPE) -> None:
        to = recipient(message, context.bot, self._preferences)
        await self._show(message, await self._add(message, Request(action=Action.ADD, text=text), to))

    async def _show(self, message: Message, blocks: Blocks) -> None:
        await self._services.sender.deliver(place(message), render(blocks))

    async def _add(self, message: Message, request: Request, to: Recipient) -> Blocks:
        sent = await self._fetch(request.text) if is_address(request.text) else await _sent_article(message, request)
        if sent is None:
            return page("add_usage", to.language)
        if sent.refusal is not None:
            return page(sent.refusal, to.language, name=sent.name, megabytes=MOST_BYTES // 2**20)
        with TemporaryDirectory(prefix="dateline-") as folder:
            path = Path(folder) / sent.name
            path.write_bytes(sent.content)
            if sent.url is not None:
                path.with_name(manifest.NAME).write_text(_manifest(path.stem, sent.url))
            lines = await self._add_file(path)
        if lines is None:
            return page("add_too_long", to.language, name=sent.name)
        return page("add_done", to.language, lines=lines)

    async def _fetch(self, address: str) -> SentArticle:
        """The page at an address that was sent."""
        try:
            found = await self._fetch_page(address)
        except CannotFetch as refused:
            return SentArticle(address, refusal=str(refused))
        return SentArticle(found.name, found.content, url=found.url)

    async def _remove(self, message: Message, request: Request, to: Recipient) -> Blocks:
        if not request.text:
            return page("remove_usage", to.language)
        try:
            await self._work(self._services.service.remove, request.text)
        except UnknownArticle:
            return page("unknown_article", to.language, id=request.text)
        return page("removed", to.language, id=request.text)

    async def _list_articles(self, message: Message, request: Request, to: Recipient) -> Blocks:
        return pages.sources(await self._work(self._services.service.headers), request.text, to.language)

    async def _reload(self, message: Message, request: Request, to: Recipient) -> Blocks:
        changed = await self._work(self._services.service.refresh)
        profile = await self._work(self._services.service.profile)
        return page("reloaded", to.language, changed=changed, profile=profile)

    async def _explain(self, message: Message, request: Request, to: Recipient) -> Blocks:
        """How the last answer of this chat, or the one that is replied to, was found."""
        replied = message.reply_to_message
        shown = self._answers.shown(message.chat_id, replied.message_id) if replied else None
        shown = shown or self._answers.last(message.chat_id)
        answer = self._answers.find(shown.answer) if shown else None
        if answer is None:
            return page("why_nothing", to.language)
        ask = partial(self._services.service.answer, answer.question, answer.day, previous=answer.before)
        trace = await self._work(ask)
        explanation = f"<pre>{escape(explain(trace))}</pre>"
        return (*page("why", to.language, question=answer.question, day=answer.day), explanation)

    async def _list_unanswered(self, message: Message, request: Request, to: Recipient) -> Blocks:
        return page("unanswered", to.language, questions=self._unanswered.listed(MOST_UNANSWERED))

    async def _work(self, call: Callable[..., Any], *arguments: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._services.worker, call, *arguments)


def _manifest(article_id: str, url: str) -> str:
    """A manifest that gives an article's address; every string of JSON is one of TOML."""
    return f"[articles.{json.dumps(article_id)}]\nurl = {json.dumps(url)}\n"


async def _sent_article(message: Message, request: Request) -> SentArticle | None:
    """The article in a message: its document, the words behind the command, or what it replies to."""
    if request.text and message.document is None:
        return SentArticle(_name_of_text(message), request.text.encode())
    for each in (message, message.reply_to_message):
        if each is not None and each.document is not None:
            return await _sent_document(each.document, _name_of_text(each))
    replied = message.reply_to_message
    words = (replied.text or replied.caption) if replied else None
    return SentArticle(_name_of_text(replied), words.encode()) if replied and words else None


async def _sent_document(document: Document, default_name: str) -> SentArticle:
    name = _NOT_FOR_A_NAME.sub("_", Path(document.file_name or "").name)[-MOST_IN_NAME:] or default_name
    if (document.file_size or 0) > MOST_BYTES:
        return SentArticle(name, refusal="add_too_big")
    content = bytes(await (await document.get_file()).download_as_bytearray())
    return SentArticle(name, content, refusal="add_too_big" if len(content) > MOST_BYTES else None)


def _name_of_text(message: Message) -> str:
    return f"telegram-{message.date:%Y%m%d}-{message.message_id}.txt"
