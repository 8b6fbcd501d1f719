"""A question that was answered in the chat a moment ago is found again, for a minute."""

from __future__ import annotations

import pytest

from bot.chat.handlers.messages import LATELY, RecentAnswers, address


def test_a_question_is_found_for_a_minute_in_its_own_chat_however_it_is_typed():
    now = [100.0]
    repeats = RecentAnswers(clock=lambda: now[0])
    repeats.note(-1, "When did it happen?", 7)
    assert repeats.answered(-1, "  when did it HAPPEN") == 7
    assert repeats.answered(-2, "When did it happen?") is None
    assert repeats.answered(-1, "Why did it happen?") is None
    now[0] += LATELY
    repeats.note(-1, "Why?", 9)
    assert repeats.answered(-1, "When did it happen?") == 7
    now[0] += 1
    assert repeats.answered(-1, "When did it happen?") is None
    assert repeats.answered(-1, "Why?") == 9


@pytest.mark.parametrize(
    ("chat", "username", "link"),
    [
        (-1001234567890, None, "https://t.me/c/1234567890/5"),
        (-1001234567890, "readers", "https://t.me/readers/5"),
        (-77, None, None),
        (1001, None, None),
    ],
)
def test_a_message_of_a_supergroup_has_an_address(chat, username, link):
    assert address(chat, 5, username) == link
