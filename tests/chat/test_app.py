"""The features in their order, and a bot that cannot start says why."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from pydantic import SecretStr
from telegram import CallbackQuery, Message, Update, User

from bot.chat.app import MISUSED, features_of, run
from bot.chat.commands import COMMANDS, Action
from bot.chat.features import AnyHandler
from bot.chat.operations.health import Health, Heartbeat
from bot.chat.telemetry.metrics import Metrics
from bot.chat.views.buttons import ButtonAction, CallbackData
from tests.chat.conftest import FakeBot, Shelved
from tests.chat.wired import WiredBot

ALICE = {"id": 1001, "is_bot": False, "first_name": "Alice"}
# what question_feature answers itself
PAGES = {Action.START, Action.HELP, Action.SOURCES, Action.ARTICLE, Action.ABOUT, Action.ANSWER}


@pytest.fixture
def handlers(tmp_path) -> list[AnyHandler]:
    bot = WiredBot(tmp_path, Shelved())
    features = features_of(bot.services, Health(Heartbeat(), bot.journal, Metrics()))
    yield [handler for feature in features for handler in feature.handlers]
    bot.worker.shutdown()
    bot.state.close()
    bot.memory.close()


def first(handlers: list[AnyHandler], update: Update) -> str:
    """The name of the method that an update goes to."""
    return next(each.callback.__qualname__ for each in handlers if each.check_update(update))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_handler_of_its_own(handlers, command):
    body = {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}, "from": ALICE}
    message = Message.de_json(body | {"text": f"/{command.name} x"}, FakeBot())
    handler = first(handlers, Update(1, message=message))
    assert (handler == "QuestionHandler.on_message") == (command.action in PAGES)


@pytest.mark.parametrize("action", ButtonAction)
def test_every_button_has_a_handler(handlers, action):
    data = CallbackData(action=action, about="abcdefghijklmnop").data
    query = CallbackQuery("1", User(1001, "Alice", False), "1", data=data)
    assert first(handlers, Update(1, callback_query=query)) != "on_unknown"


@pytest.mark.parametrize("token", [None, "", "123", "letters", "123:with space"])
def test_a_token_of_another_form_ends_with_a_reason(tmp_path, capsys, token):
    settings = SimpleNamespace(
        telegram_bot_token=SecretStr(token) if token is not None else None,
        telegram_api=None,
        webhook_url=None,
        webhook_path=None,
        webhook_secret=None,
        log_level="info",
        log_format="text",
        data_dir=tmp_path,
    )
    assert run(settings, Shelved()) == MISUSED
    assert "TELEGRAM_BOT_TOKEN cannot be used" in capsys.readouterr().err
