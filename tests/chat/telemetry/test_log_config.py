"""No token gets into a log."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading

import pytest

from bot.chat.telemetry.log_config import HIDDEN, Redactor, about, configure

TOKEN = "700000001:lab-token-AAAAAAAAAAAAAAAAAAAAAAAAAAA"
ANOTHER = "123456789:AAEhBP0av28fj0Z8XGdFVLgkW4hDQzX0abc"


@pytest.fixture
def log(monkeypatch):
    """What the root logger writes; everything that configure changes is put back."""
    root, stream = logging.getLogger(), io.StringIO()
    monkeypatch.setattr(root, "handlers", [logging.StreamHandler(stream)])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield stream
    logging.captureWarnings(False)


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        ANOTHER,
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"/file/bot{ANOTHER}/x.jpg",
        f"The token `{TOKEN}` was rejected",
        f"url={ANOTHER.replace(':', '%3A')}&x",
        f"{TOKEN}{ANOTHER}",
    ],
)
def test_a_token_is_taken_out(text):
    shown = Redactor(TOKEN)(text)
    assert HIDDEN in shown
    assert TOKEN not in shown and ANOTHER not in shown
    assert "AAAAAAAAAA" not in shown and "AAEhBP0av28" not in shown


def test_a_token_that_does_not_look_like_one_is_taken_out_when_it_is_known():
    assert Redactor("1:short")("bot1:short/getMe") == f"bot{HIDDEN}/getMe"


@pytest.mark.parametrize("text", ["12:30 on 2022-01-06", "at 100000:1 odds", "[1] TASS, 6 January 2022"])
def test_other_text_stays(text):
    assert Redactor()(text) == text


def test_messages_arguments_and_tracebacks_are_redacted(log):
    configure("debug", [TOKEN])
    logging.getLogger("any").warning("asked %s", f"https://x/bot{TOKEN}/getMe")
    try:
        raise ValueError(f"bad address /bot{ANOTHER}/getMe")
    except ValueError:
        logging.getLogger("any").exception("failed")
    assert TOKEN not in log.getvalue() and ANOTHER not in log.getvalue()
    assert "asked https://x/bot<hidden>/getMe" in log.getvalue()
    assert "ValueError: bad address /bot<hidden>/getMe" in log.getvalue()


def test_an_uncaught_error_is_logged_without_the_token(log):
    configure("info", [TOKEN])
    sys.excepthook(RuntimeError, RuntimeError(TOKEN), None)
    thread = threading.Thread(target=lambda: {}[TOKEN])
    thread.start()
    thread.join()
    assert TOKEN not in log.getvalue()
    assert log.getvalue().count("Dateline ends because of an error") == 2


def test_a_webhooks_secret_is_hidden_too_but_not_every_letter_of_a_careless_one(log):
    configure("info", [TOKEN, "s3cret-of-the-webhook", "a"])
    logging.getLogger("any").warning("setWebhook with %s", {"secret_token": "s3cret-of-the-webhook"})
    assert "setWebhook with {'secret_token': '<hidden>'}" in log.getvalue()


def test_the_http_libraries_write_neither_addresses_nor_malformed_requests(log):
    configure("debug", [TOKEN])
    logging.getLogger("aiohttp.server").error("Error handling request from 192.0.2.1")
    logging.getLogger("httpx").info("HTTP Request: POST x")
    logging.getLogger("httpcore.connection").debug("connect")
    logging.getLogger("telegram").debug("kept")
    assert "Error handling" not in log.getvalue()
    assert "HTTP Request" not in log.getvalue() and "connect" not in log.getvalue()
    assert "kept" in log.getvalue()


def test_a_line_names_the_update_it_is_about(log):
    configure("info", [TOKEN])
    with about(4711):
        logging.getLogger("bot").info("answered")
    logging.getLogger("bot").info("idle")
    answered, idle = log.getvalue().splitlines()
    assert answered.endswith("INFO bot: answered [4711]")
    assert idle.endswith("INFO bot: idle")


def test_json_is_an_object_a_line_without_the_token(log):
    configure("info", [TOKEN], "json")
    with about(4711):
        logging.getLogger("bot").warning("asked %s\n%s", f"/bot{TOKEN}/getMe", 'Ş " \u2028')
    try:
        raise ValueError(ANOTHER)
    except ValueError:
        logging.getLogger("any").exception("failed")
    first, second = map(json.loads, log.getvalue().splitlines())
    assert first.pop("time").endswith("+00:00")
    assert first == {
        "level": "warning",
        "logger": "bot",
        "message": 'asked /bot<hidden>/getMe\nŞ " \u2028',
        "request": 4711,
    }
    assert "request" not in second
    assert second["error"].endswith(f"ValueError: {HIDDEN}")
