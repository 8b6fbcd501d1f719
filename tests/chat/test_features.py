"""Shared services know whether there are editors, and let no chat wait by default."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.features import ChatServices


def services(settings: Any) -> ChatServices:
    nothing: Any = None
    return ChatServices(settings, nothing, nothing, nothing, nothing, nothing)


@pytest.mark.parametrize(("admins", "editors"), [(frozenset(), False), (frozenset({7}), True)])
def test_administrators_are_editors(admins, editors):
    assert services(SimpleNamespace(admins=admins)).has_editors is editors


def test_no_chat_has_to_wait_unless_somebody_says_so():
    assert services(SimpleNamespace(admins=frozenset())).expected_wait(7) is None
