"""Updates that come by webhook: only Telegram's, only once, and only taken when they are written down."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import SecretStr
from telegram.error import NetworkError

from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport import webhook
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.update_queue import TransportReports, UpdateQueue
from bot.chat.transport.web_server import HttpRequest
from bot.chat.transport.webhook import Webhook, WebhookAddress
from retrieval.errors import StoreError

URL = "https://bot.example.org/dateline"
ADDRESS = WebhookAddress(url=URL, listen="127.0.0.1", port=8080, path="/dateline", secret="hush")


def settings(**given: Any) -> SimpleNamespace:
    usual = {"webhook_listen": "127.0.0.1", "webhook_port": 8080, "webhook_path": None, "webhook_secret": None}
    return SimpleNamespace(**usual | given)


@pytest.mark.parametrize(
    ("url", "path", "sent_to", "listened_on"),
    [
        (URL, None, URL, "/dateline"),
        (URL, "/inside", URL, "/inside"),
        ("https://bot.example.org", "/hook", "https://bot.example.org/hook", "/hook"),
        ("https://bot.example.org", None, "https://bot.example.org/", "/"),
    ],
)
def test_the_path_is_that_of_the_url_unless_it_is_set(url, path, sent_to, listened_on):
    address = WebhookAddress.of(settings(webhook_url=url, webhook_path=path))
    assert (address.url, address.path) == (sent_to, listened_on)


def test_without_a_secret_a_new_one_is_made_each_time():
    first, second = (WebhookAddress.of(settings(webhook_url=URL)).secret for _ in range(2))
    assert first != second and len(first) > 30
    assert WebhookAddress.of(settings(webhook_url=URL, webhook_secret=SecretStr("mine"))).secret == "mine"
    assert WebhookAddress.of(settings(webhook_url=None)) is None


class Telegram:
    """Telegram in memory: remembers the webhook, and reports ``pending`` and ``error``."""

    id, username = 700000001, "lab_bot"

    def __init__(self) -> None:
        self.url = ""
        self.set: list[dict[str, Any]] = []
        self.failures: list[Exception] = []
        self.pending, self.error = 0, None

    async def set_webhook(self, url: str, **options: Any) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.url = url
        self.set.append(options)

    async def get_webhook_info(self) -> SimpleNamespace:
        info = {"url": self.url, "pending_update_count": self.pending, "last_error_message": "Connection refused"}
        return SimpleNamespace(last_error_date=self.error, **info)


class Hook:
    """A webhook over a database on disk and a Telegram in memory."""

    def __init__(self, state: Any) -> None:
        self.telegram, self.update_log = Telegram(), UpdateLog(state)
        self.contacts, self.failures = 0, []
        self.queue: asyncio.Queue[object] = asyncio.Queue()
        updates = UpdateQueue(self.telegram, self.update_log, self.queue, Metrics())
        reports = TransportReports(contact=self.note_contact, failure=self.failures.append)
        self.webhook = Webhook(self.telegram, updates, ["message"], reports, ADDRESS)

    def note_contact(self) -> None:
        self.contacts += 1

    def post(self, body: bytes, secret: str | None = "hush") -> int:
        headers = {} if secret is None else {webhook.TOKEN_HEADER: secret}
        return asyncio.run(self.webhook.receive(HttpRequest(headers=headers, body=body))).status


@pytest.fixture
def hook(state):
    return Hook(state)


def update(number: int) -> bytes:
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
    return json.dumps({"update_id": number, "message": message}).encode()


def test_an_update_is_taken_once(hook):
    assert [hook.post(update(1)), hook.post(update(1)), hook.post(update(2))] == [200, 200, 200]
    assert hook.queue.qsize() == 2
    assert hook.contacts == 3


@pytest.mark.parametrize("secret", [None, "", "hus", "hush ", "ненавижу"])
def test_without_the_secret_nothing_is_taken(hook, secret):
    assert hook.post(update(1), secret) == 403
    assert (hook.queue.qsize(), hook.contacts) == (0, 0)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"update_id": "x"}', b"\xff", b'{"update_id": null}', b"7"])
def test_what_is_no_update_is_refused(hook, body):
    assert hook.post(body) == 400


def test_what_cannot_be_written_down_is_left_to_telegram(hook, monkeypatch):
    def fail(updates: object) -> None:
        raise StoreError("disk full")

    monkeypatch.setattr(hook.update_log, "accept", fail)
    assert hook.post(update(1)) == 503
    assert [str(error) for error in hook.failures] == ["disk full"]
    assert hook.contacts == 0


def test_the_webhook_is_set_with_its_secret_and_kinds_and_again_where_that_fails(hook, monkeypatch):
    async def pause(stopping: asyncio.Event, seconds: float) -> None:
        if seconds == webhook.CHECK_SECONDS:
            stopping.set()

    monkeypatch.setattr(webhook, "pause", pause)
    monkeypatch.setattr(webhook, "WebServer", Silent)
    hook.telegram.failures = [NetworkError("down"), NetworkError("down")]
    asyncio.run(hook.webhook.run(asyncio.Event()))
    assert len(hook.failures) == 2
    (options,) = hook.telegram.set
    assert options == {"allowed_updates": ["message"], "secret_token": "hush", "max_connections": 40}


def test_a_webhook_that_somebody_took_away_is_set_again(hook, caplog):
    asyncio.run(hook.webhook._check())
    assert hook.telegram.url == URL
    assert "it is set again" in caplog.text
    asyncio.run(hook.webhook._check())
    assert len(hook.telegram.set) == 1
    assert hook.contacts == 2


def test_a_webhook_that_telegram_does_not_reach_is_no_contact(hook, caplog):
    hook.telegram.url, hook.telegram.pending, hook.telegram.error = URL, 3, 1700000000
    asyncio.run(hook.webhook._check())
    assert hook.contacts == 0
    assert "Telegram does not reach the webhook: Connection refused" in caplog.text


class Silent:
    """A web server that nobody calls."""

    def __init__(self, routes: object) -> None: ...

    async def listen(self, address: str, port: int) -> None: ...

    async def close(self) -> None: ...
