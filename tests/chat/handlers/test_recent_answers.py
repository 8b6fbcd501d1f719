"""A question that was answered in the chat a moment ago is found again, for a minute."""

from __future__ import annotations

from bot.chat.handlers.recent_answers import RECENT, RecentAnswers


def test_a_question_is_found_for_a_minute_in_its_own_chat_however_it_is_typed():
    now = [100.0]
    recent = RecentAnswers(clock=lambda: now[0])
    recent.add(-1, "When did it happen?", 7)
    assert recent.find(-1, "  when did it HAPPEN") == 7
    assert recent.find(-2, "When did it happen?") is None
    assert recent.find(-1, "Why did it happen?") is None
    now[0] += RECENT
    recent.add(-1, "Why?", 9)
    assert recent.find(-1, "When did it happen?") == 7
    now[0] += 1
    assert recent.find(-1, "When did it happen?") is None
    assert recent.find(-1, "Why?") == 9
