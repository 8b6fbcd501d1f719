"""A chat's preferences are stored, changed, and moved with it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.persistence.preferences import AnswerLength, AnswerTrigger, Preferences, PreferenceStore
from bot.chat.types import Recipient

TO = Recipient(today=date(2022, 1, 7), private=False)
QUIET = Preferences(when=AnswerTrigger.COMMANDED, length=AnswerLength.BRIEF, language="tr")


def test_wishes_survive_a_restart_and_move_with_the_chat(tmp_path):
    path = tmp_path / "memory.sqlite3"
    with ChatDatabase(path) as memory:
        PreferenceStore(memory).keep(-5, QUIET)
        PreferenceStore(memory).keep(-1005, Preferences(language="ru"))
    with ChatDatabase(path) as memory:
        chats = PreferenceStore(memory)
        assert chats.of(-5) == QUIET and chats.of(1) == Preferences()
        for _ in range(2):  # both chats are told of the move
            chats.move(-5, -1005)
        assert chats.of(-1005) == QUIET and chats.of(-5) == Preferences()
        chats.forget(None, 77)
        assert chats.of(-1005) == QUIET
        chats.forget(-1005)
        assert chats.of(-1005) == Preferences()


@pytest.mark.parametrize(
    ("wish", "wishes"),
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
def test_one_wish_is_changed_and_nonsense_changes_nothing(wish, wishes):
    assert Preferences().changed(wish) == wishes
    assert QUIET.changed("language=app").language is None


def test_people_are_spoken_to_as_the_chat_wishes():
    assert QUIET.suit(TO) == TO.model_copy(update={"language": "tr", "brief": True})
    assert Preferences().suit(TO) == TO
