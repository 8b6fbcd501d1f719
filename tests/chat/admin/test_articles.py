"""Administrators change the articles by message; everybody else is refused."""

from __future__ import annotations

import asyncio
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Update

from bot.chat.admin.articles import MOST_BYTES, ArticleAdmin
from bot.chat.admin.web_fetch import CannotFetch, FetchedPage
from bot.chat.commands import Action
from bot.chat.features import ChatServices
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore, ShownAnswer
from bot.chat.persistence.votes import UnansweredQuestions
from bot.chat.responses.responder import Responder
from bot.chat.transport.sender import Sender
from bot.chat.types import Recipient
from tests.chat.conftest import Shelved
from tests.factories import make_article

BOSS, STRANGER = 1001, 2002
QUESTION = "When did the ferry reach Dover?"


class Office:
    """Administration over a Dateline in memory; what is added is kept as name and content."""

    def __init__(self, telegram: Any, state: Any, memory: Any) -> None:
        self.telegram, self.dateline = telegram, Shelved([make_article()])
        self.added: dict[str, bytes] = {}
        self.lines: tuple[str, ...] | None = ("1 added",)
        self.memory, self.worker = memory, ThreadPoolExecutor(1)
        self.numbers = iter(range(1, 100))
        sender = Sender(telegram, state, asyncio.Event(), delays=())
        settings = SimpleNamespace(admins=frozenset({BOSS}))
        services = ChatServices(
            settings=settings,
            service=self.dateline,
            deliveries=state,
            sender=sender,
            worker=self.worker,
            database=memory,
        )
        self.pages: dict[str, FetchedPage | str] = {}
        self.handlers = ArticleAdmin(services, self.add, self.fetch)

    async def fetch(self, address: str) -> FetchedPage:
        found = self.pages[address]
        if isinstance(found, str):
            raise CannotFetch(found)
        return found

    async def add(self, path: Path) -> tuple[str, ...] | None:
        self.added |= {file.name: file.read_bytes() for file in path.parent.iterdir()}
        return self.lines

    def say(self, text: str | None = None, by: int = BOSS, **more: Any) -> str:
        """What is answered to a message."""
        sender = {"id": by, "is_bot": False, "first_name": "Alice"}
        body = {"message_id": next(self.numbers), "date": int(time.time()), "chat": {"id": by, "type": "private"}}
        body |= {"from": sender} | ({"text": text} if text else {}) | more
        update = Update.de_json({"update_id": 1, "message": body}, self.telegram)
        context = SimpleNamespace(bot=self.telegram)
        handle = self.handlers.on_command if text else self.handlers.on_document
        asyncio.run(handle(update, context))
        return self.telegram.texts()[-1]


@pytest.fixture
def office(telegram, state, memory):
    office = Office(telegram, state, memory)
    yield office
    office.worker.shutdown()


def document(name: str | None = "storm.txt", size: int = 10) -> dict[str, Any]:
    return {"document": {"file_id": "f", "file_unique_id": "u", "file_size": size, "file_name": name}}


@pytest.mark.parametrize("command", ["/add text", "/remove ferry", "/articles", "/reload", "/why", "/unanswered"])
def test_who_is_no_administrator_is_refused(office, command):
    assert "Only Dateline's administrators" in office.say(command, STRANGER)
    assert office.added == {} and set(office.dateline.articles) == {"ferry"}


def test_a_document_becomes_an_article(office, telegram):
    telegram.files["f"] = b"The harvest was good."
    assert office.say(**document()) == "<code>1 added</code>"
    assert office.added == {"storm.txt": b"The harvest was good."}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a;b|c\n.json", "a_b_c_.json"),
        ("şehir haberi (2).html", "şehir haberi (2).html"),
        ("x" * 300 + ".txt", "x" * 76 + ".txt"),
    ],
)
def test_a_name_cannot_lead_out_of_its_folder(office, telegram, sent, kept):
    telegram.files["f"] = b"text"
    office.say(**document(sent))
    assert list(office.added) == [kept]


def test_a_document_without_a_name_gets_one(office, telegram):
    telegram.files["f"] = b"text"
    office.say(**document(None))
    assert next(iter(office.added)).startswith("telegram-")


@pytest.mark.parametrize("claimed", [MOST_BYTES + 1, 10])
def test_what_is_too_large_is_refused_whatever_size_it_claims(office, telegram, claimed):
    telegram.files["f"] = b"x" * (MOST_BYTES + 1)
    assert "larger than 5 MB" in office.say(**document(size=claimed))
    assert office.added == {}


def test_what_takes_too_long_is_reported(office, telegram):
    telegram.files["f"], office.lines = b"text", None
    assert "took too long" in office.say(**document())


def test_the_lines_of_an_import_cannot_bring_markup(office, telegram):
    telegram.files["f"], office.lines = b"x", ("storm.txt:1: <b>bad</b> & worse",)
    assert "&lt;b&gt;bad&lt;/b&gt; &amp; worse" in office.say(**document())


def test_words_behind_the_command_and_a_message_that_is_replied_to_become_articles(office):
    office.say("/add The harvest was good.")
    replied = {"message_id": 50, "date": 0, "chat": {"id": BOSS, "type": "private"}, "text": "Forwarded news."}
    office.say("/add", reply_to_message=replied)
    assert list(office.added.values()) == [b"The harvest was good.", b"Forwarded news."]
    assert "or its text after" in office.say("/add")


def test_an_article_is_removed_by_its_id(office):
    assert "Write an article's id" in office.say("/remove")
    assert "No article has the id" in office.say("/remove nothing")
    assert "Removed <code>ferry</code>" in office.say("/remove ferry")
    assert office.dateline.articles == {}


def test_articles_are_listed_and_what_changed_is_taken_up(office):
    assert "/article ferry" in office.say("/articles")
    assert office.say("/reload").startswith("Nothing had changed.")
    office.dateline.changed = True
    assert "1 articles" in office.say("/reload")


def test_why_explains_the_last_answer_or_the_one_that_is_replied_to(office, memory):
    assert "not answered anything here yet" in office.say("/why")
    responder, answers = Responder(office.dateline, memory), AnswerStore(memory)
    for number, question in ((60, QUESTION), (70, "What about Dover?")):
        answer = responder.respond(
            Request(action=Action.ANSWER, text=question), Recipient(today=date(2022, 1, 6))
        ).answer
        answers.keep(answer)
        answers.show(BOSS, [number], ShownAnswer(answer=answer.id, below_id=number - 1, asker=BOSS))
    text = office.say("/why")
    assert "What about Dover?" in text and "asked on 6 January 2022" in text
    assert "answered, right with probability" in text
    replied = {"message_id": 60, "date": 0, "chat": {"id": BOSS, "type": "private"}, "text": "4 May"}
    assert QUESTION in office.say("/why", reply_to_message=replied)


def test_what_had_no_answer_is_listed(office, memory):
    assert "Every question had an answer." in office.say("/unanswered")
    responder = Responder(office.dateline, memory)
    for _ in range(3):
        responder.respond(Request(action=Action.ANSWER, text="moon <cheese>?"), Recipient(today=date(2022, 1, 6)))
    assert "3: moon &lt;cheese&gt;?" in office.say("/unanswered")
    assert [each.asked for each in UnansweredQuestions(memory).listed(5)] == [3]


def test_a_page_of_the_web_becomes_an_article_with_its_address(office: Office) -> None:
    url = "https://news.example/ferry"
    office.pages[url] = FetchedPage(name="ferry.html", content=b"<p>The ferry</p>", url=f'{url}?x="1')
    assert office.say(f"/add {url}") == "<code>1 added</code>"
    assert office.added["ferry.html"] == b"<p>The ferry</p>"
    manifest = tomllib.loads(office.added["manifest.toml"].decode())
    assert manifest == {"articles": {"ferry": {"url": f'{url}?x="1'}}}


def test_an_address_that_is_not_fetched_is_named(office: Office) -> None:
    office.pages["http://127.0.0.1/"] = "fetch_not_public"
    assert "public web address" in office.say("/add http://127.0.0.1/")
    assert office.added == {}
