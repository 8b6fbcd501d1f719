"""A chat's preferences are stored, changed, and moved with it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.preferences import AnswerLength, AnswerTrigger, Preferences, PreferenceStore
from bot.chat.types import Recipient

TO = Recipient(today=date(2022, 1, 7), private=False)
QUIET = Preferences(when=AnswerTrigger.COMMANDED, length=AnswerLength.BRIEF, language="tr")


def test_preferences_survive_a_restart_and_move_with_the_chat(tmp_path):
    path = tmp_path / "memory.sqlite3"
    with ChatDatabase(path) as memory:
        PreferenceStore(memory).keep(-5, QUIET)
        PreferenceStore(memory).keep(-1005, Preferences(language="ru"))
    with ChatDatabase(path) as memory:
        chats = PreferenceStore(memory)
        assert chats.of(-5) == QUIET and chats.of(1) == Preferences()
        for _ in range(2):  # both chats report the move
            chats.move(-5, -1005)
        assert chats.of(-1005) == QUIET and chats.of(-5) == Preferences()
        chats.forget(None, 77)
        assert chats.of(-1005) == QUIET
        chats.forget(-1005)
        assert chats.of(-1005) == Preferences()


@pytest.mark.parametrize(
    ("choice", "preferences"),
    [
        ("when=commanded", Preferences(when=AnswerTrigger.COMMANDED)),
        ("length=brief", Preferences(length=AnswerLength.BRIEF)),
        ("language=ru", Preferences(language="ru")),
        ("language=app", Preferences()),
        ("language=xx", Preferences()),
        ("when=never", Preferences()),
        ("colour=blue", Preferences()),
        ("", Preferences()),
    ],
)
def test_one_choice_is_changed_and_nonsense_changes_nothing(choice, preferences):
    assert Preferences().with_choice(choice) == preferences
    assert QUIET.with_choice("language=app").language is None


def test_a_recipient_gets_the_language_and_length_of_the_chat():
    assert QUIET.apply_to(TO) == TO.model_copy(update={"language": "tr", "brief": True})
    assert Preferences().apply_to(TO) == TO
