"""Updates are asked for until the bot stops, each once, whatever Telegram or the disk does in between."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport import polling
from bot.chat.transport.polling import DELAYS, Poller
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.update_queue import TransportReports, UpdateQueue
from retrieval.errors import StoreError

Response = list[dict[str, Any]] | tuple[int, str, dict[str, Any]]


def message(number: int) -> dict[str, Any]:
    body = {"message_id": number, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
    return {"update_id": number, "message": body}


class FakeApi:
    """The Bot API's getUpdates over HTTP: gives one response after the other, then stops the bot."""

    id, username = 700000001, "lab_bot"

    def __init__(self, *responses: Response) -> None:
        self.responses = list(responses)
        self.requests: list[dict[str, str]] = []
        self.webhooks_deleted = 0
        self.base_url = ""
        self.stopping = asyncio.Event()

    async def get_updates(self, request: web.Request) -> web.Response:
        self.requests.append(dict(request.query))
        if not self.responses:
            self.stopping.set()
            return web.json_response({"ok": True, "result": []})
        response = self.responses.pop(0)
        if isinstance(response, list):
            return web.json_response({"ok": True, "result": response})
        status, description, parameters = response
        body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
        return web.json_response(body, status=status)

    async def delete_webhook(self) -> None:
        self.webhooks_deleted += 1


class Polled:
    """What came of polling an API until it had no more responses."""

    def __init__(self, state: Any, api: FakeApi) -> None:
        self.api, self.failures, self.contacts = api, [], 0
        self.update_log, self.queue = UpdateLog(state), asyncio.Queue()
        self.updates = UpdateQueue(api, self.update_log, self.queue, Metrics())

    def note_contact(self) -> None:
        self.contacts += 1

    async def run(self) -> None:
        app = web.Application()
        app.router.add_post("/bot/getUpdates", self.api.get_updates)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.api.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
        reports = TransportReports(contact=self.note_contact, failure=self.failures.append)
        try:
            await asyncio.wait_for(
                Poller(self.api, self.updates, ["message"], reports).run(self.api.stopping), timeout=20
            )
        finally:
            await runner.cleanup()

    def queued(self) -> list[int]:
        return [self.queue.get_nowait().update_id for _ in range(self.queue.qsize())]


@pytest.fixture
def poll(state, monkeypatch) -> Callable[..., Polled]:
    monkeypatch.setattr(polling, "DELAYS", (0.01,))

    def run(*responses: Response, prepare: Callable[[Polled], None] = lambda polled: None) -> Polled:
        polled = Polled(state, FakeApi(*responses))
        prepare(polled)
        asyncio.run(polled.run())
        return polled

    return run


def test_updates_are_queued_and_those_before_the_offset_are_confirmed_at_the_end(poll):
    polled = poll([message(5), message(6)], [], [message(7)])
    assert polled.queued() == [5, 6, 7]
    assert [request.get("offset") for request in polled.api.requests] == [None, "7", "7", "8", "8"]
    first, *_, last = polled.api.requests
    assert json.loads(first["allowed_updates"]) == ["message"]
    assert (first["timeout"], last["timeout"], last["limit"]) == (str(polling.POLL_SECONDS), "0", "1")
    assert polled.contacts >= 3 and polled.failures == []


def test_an_update_that_could_not_be_written_down_is_asked_for_again(poll, monkeypatch):
    def fail_once(polled: Polled) -> None:
        accept = polled.update_log.accept
        failures = [StoreError("disk full")]

        def accept_later(updates: Any) -> Any:
            if failures:
                raise failures.pop()
            return accept(updates)

        monkeypatch.setattr(polled.update_log, "accept", accept_later)

    polled = poll([message(5)], [message(5)], prepare=fail_once)
    assert polled.queued() == [5]
    assert [request.get("offset") for request in polled.api.requests[:3]] == [None, None, "6"]
    assert [str(error) for error in polled.failures] == ["disk full"]


def test_after_a_failure_it_goes_on(poll):
    polled = poll((502, "Bad Gateway", {}), (500, "Internal Server Error", {}), [message(5)])
    assert polled.queued() == [5]
    assert [type(error) for error in polled.failures] == [NetworkError, NetworkError]


def test_a_webhook_that_somebody_set_is_taken_away(poll):
    words = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    polled = poll((409, words, {}), (409, "Conflict: terminated by other getUpdates request", {}), [message(5)])
    assert polled.api.webhooks_deleted == 1
    assert (len(polled.failures), polled.queued()) == (2, [5])


def test_a_token_that_is_withdrawn_ends_it(poll):
    with pytest.raises(InvalidToken):
        poll((401, "Unauthorized", {}))


@pytest.mark.parametrize(
    ("error", "failures", "seconds"),
    [
        (RetryAfter(7), 0, 7),
        (TimedOut(), 0, 0.0),
        (TimedOut(), 1, DELAYS[1]),
        (NetworkError("down"), 0, DELAYS[0]),
        (StoreError("disk full"), 99, DELAYS[-1]),
    ],
)
def test_the_next_attempt_comes_when_telegram_says_or_later_each_time(error: TelegramError, failures, seconds):
    assert polling._delay(error, failures) == seconds


def test_where_too_much_is_in_work_nothing_is_asked_for(state, monkeypatch):
    monkeypatch.setattr("bot.chat.transport.update_queue.MOST_IN_WORK", 2)

    async def run(polled: Polled) -> None:
        await polled.updates.receive([message(1), message(2)])
        polling_task = asyncio.create_task(polled.run())
        await asyncio.sleep(0.2)
        assert polled.api.requests == []
        for _ in range(2):
            await polled.updates.finish(await polled.queue.get())
        await polling_task

    polled = Polled(state, FakeApi([message(3)]))
    asyncio.run(run(polled))
    assert polled.queued() == [3]
