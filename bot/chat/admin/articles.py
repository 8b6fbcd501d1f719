"""What administrators do by message: add and remove articles, see why an answer came about and what had none."""

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

from telegram import Message, Update
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.answering.response.explanation import explain
from bot.chat.admin.import_process import Add, adding
from bot.chat.admin.web_fetch import ADDRESS, CannotFetch, Fetch, fetching, is_address
from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.incoming.adapters import asker, listener, place, said
from bot.chat.incoming.filters import ActFilter
from bot.chat.incoming.routing import Request, hear
from bot.chat.persistence.answers import AnswerStore
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.persistence.votes import UnansweredQuestions
from bot.chat.types import Recipient
from bot.chat.views import pages
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import render
from retrieval.documents import manifest
from retrieval.errors import UnknownArticle

MOST_BYTES: Final = 5 * 2**20
MOST_UNANSWERED: Final = 20
ACTS: Final = (Action.ADD, Action.REMOVE, Action.ARTICLES, Action.RELOAD, Action.WHY, Action.UNANSWERED)

_UNFIT_FOR_A_NAME = re.compile(r"[^\w.() -]+")


def admin(desk: ChatServices) -> Feature:
    """The administrators' commands and the documents they send."""
    administration = ArticleAdmin(desk, adding(desk.settings.data_dir), fetching())
    sent = filters.ChatType.PRIVATE & filters.Document.ALL & filters.User(desk.settings.admins)
    linked = filters.ChatType.PRIVATE & filters.Regex(ADDRESS) & filters.User(desk.settings.admins)
    return Feature(
        handlers=(
            MessageHandler(ActFilter(*ACTS), administration.on_command),
            MessageHandler(sent & ActFilter(Action.ONLY_TEXT), administration.on_document),
            MessageHandler(linked & ActFilter(Action.ANSWER), administration.on_link),
        ),
        updates=(Update.MESSAGE,),
    )


class SentArticle(NamedTuple):
    """An article as it was sent: a file's name and its bytes, or what keeps it from being read."""

    name: str = ""
    content: bytes = b""
    refusal: str | None = None
    url: str | None = None


class ArticleAdmin:
    """Handles what administrators send in a direct chat; everybody else is refused."""

    def __init__(self, desk: ChatServices, add: Add, fetch: Fetch) -> None:
        self._desk = desk
        self._fetch = fetch
        self._add = add
        self._answers = AnswerStore(desk.memory)
        self._silences = UnansweredQuestions(desk.memory)
        self._chats = PreferenceStore(desk.memory)
        self._acts: dict[Action, Callable[[Message, Request, Recipient], Awaitable[Blocks]]] = {
            Action.ADD: self._added,
            Action.REMOVE: self._removed,
            Action.ARTICLES: self._articles,
            Action.RELOAD: self._reloaded,
            Action.WHY: self._why,
            Action.UNANSWERED: self._unanswered,
        }

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what an administrator commands, and say what became of it."""
        if (message := update.effective_message) is None:
            return
        to = self._chats.of(message.chat_id).suit(listener(message, context.bot))
        heard = hear(said(message, context.bot))
        if asker(message) not in self._desk.settings.admins:
            await self._say(message, page("only_admins", to.language))
        else:
            await self._say(message, await self._acts[heard.action](message, heard, to))

    async def on_document(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Add the article that an administrator sends as a document."""
        if (message := update.effective_message) is not None:
            to = self._chats.of(message.chat_id).suit(listener(message, context.bot))
            await self._say(message, await self._added(message, Request(action=Action.ADD), to))

    async def on_link(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Add the article whose address an administrator sends."""
        if (message := update.effective_message) is not None and message.text:
            to = self._chats.of(message.chat_id).suit(listener(message, context.bot))
            await self._say(message, await self._added(message, Request(action=Action.ADD, text=message.text), to))

    async def _say(self, message: Message, blocks: Blocks) -> None:
        await self._desk.delivery.deliver(place(message), render(blocks))

    async def _added(self, message: Message, heard: Request, to: Recipient) -> Blocks:
        sent = await self._linked(heard.text) if is_address(heard.text) else await _sent(message, heard)
        if sent is None:
            return page("add_usage", to.language)
        if sent.refusal is not None:
            return page(sent.refusal, to.language, name=sent.name, megabytes=MOST_BYTES // 2**20)
        with TemporaryDirectory(prefix="dateline-") as folder:
            path = Path(folder) / sent.name
            path.write_bytes(sent.content)
            if sent.url is not None:
                path.with_name(manifest.NAME).write_text(_manifest(path.stem, sent.url))
            lines = await self._add(path)
        if lines is None:
            return page("add_too_long", to.language, name=sent.name)
        return page("add_done", to.language, lines=lines)

    async def _linked(self, address: str) -> SentArticle:
        """The page at an address that was sent."""
        try:
            found = await self._fetch(address)
        except CannotFetch as refused:
            return SentArticle(address, refusal=str(refused))
        return SentArticle(found.name, found.content, url=found.url)

    async def _removed(self, message: Message, heard: Request, to: Recipient) -> Blocks:
        if not heard.text:
            return page("remove_usage", to.language)
        try:
            await self._work(self._desk.service.remove, heard.text)
        except UnknownArticle:
            return pages.unknown_article(heard.text, to.language)
        return page("removed", to.language, id=heard.text)

    async def _articles(self, message: Message, heard: Request, to: Recipient) -> Blocks:
        return pages.sources(await self._work(self._desk.service.headers), heard.text, to.language)

    async def _reloaded(self, message: Message, heard: Request, to: Recipient) -> Blocks:
        changed = await self._work(self._desk.service.refresh)
        profile = await self._work(self._desk.service.profile)
        return page("reloaded", to.language, changed=changed, profile=profile)

    async def _why(self, message: Message, heard: Request, to: Recipient) -> Blocks:
        """How the last answer of this chat, or the one that is replied to, came about."""
        above = message.reply_to_message
        shown = self._answers.shown(message.chat_id, above.message_id) if above else None
        shown = shown or self._answers.last(message.chat_id)
        answered = self._answers.find(shown.answer) if shown else None
        if answered is None:
            return page("why_nothing", to.language)
        ask = partial(self._desk.service.answer, answered.question, answered.day, previous=answered.before)
        trace = await self._work(ask)
        told = f"<pre>{escape(explain(trace))}</pre>"
        return (*page("why", to.language, question=answered.question, day=answered.day), told)

    async def _unanswered(self, message: Message, heard: Request, to: Recipient) -> Blocks:
        return page("unanswered", to.language, silences=self._silences.listed(MOST_UNANSWERED))

    async def _work(self, call: Callable[..., Any], *arguments: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._desk.worker, call, *arguments)


def _manifest(article_id: str, url: str) -> str:
    """A manifest that tells an article's address; a string of JSON is one of TOML."""
    return f"[articles.{json.dumps(article_id)}]\nurl = {json.dumps(url)}\n"


async def _sent(message: Message, heard: Request) -> SentArticle | None:
    """The article in a message: its document, the words behind the command, or what it replies to."""
    if heard.text and message.document is None:
        return SentArticle(_name_of_text(message), heard.text.encode())
    for each in (message, message.reply_to_message):
        if each is not None and each.document is not None:
            return await _document(each)
    above = message.reply_to_message
    words = (above.text or above.caption) if above else None
    return SentArticle(_name_of_text(above), words.encode()) if above and words else None


async def _document(message: Message) -> SentArticle:
    document = message.document
    if document is None:
        raise ValueError("there is no document in this message")
    name = _UNFIT_FOR_A_NAME.sub("_", Path(document.file_name or "").name)[-80:] or _name_of_text(message)
    if (document.file_size or 0) > MOST_BYTES:
        return SentArticle(name, refusal="add_too_big")
    content = bytes(await (await document.get_file()).download_as_bytearray())
    return SentArticle(name, content, refusal="add_too_big" if len(content) > MOST_BYTES else None)


def _name_of_text(message: Message) -> str:
    return f"telegram-{message.date:%Y%m%d}-{message.message_id}.txt"
