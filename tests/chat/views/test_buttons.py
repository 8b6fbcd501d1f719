"""What a press says comes back as it was sent, within Telegram's 64 bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.chat.transport.keyboards import markup
from bot.chat.views.buttons import Button, ButtonAction, CallbackData

PRESSES = st.builds(
    CallbackData,
    verb=st.sampled_from(list(ButtonAction)),
    about=st.from_regex(r"[A-Za-z0-9_=-]{0,40}", fullmatch=True),
    number=st.integers(0, 999),
    below=st.booleans(),
)


@given(press=PRESSES)
def test_a_press_comes_back_as_it_was_sent(press):
    assert CallbackData.read(press.button("Proof").data or "") == press


@given(data=st.text(max_size=64))
def test_whatever_comes_back_is_a_press_or_nothing(data):
    press = CallbackData.read(data)
    assert press is None or CallbackData.read(press.data) == press


@pytest.mark.parametrize("data", ["", "w", "q.abc.1", "w.abc", "w.abc.one", "w.abc.1.c", "w.a b.1", "w.abc.1.b.b"])
def test_what_no_button_says_is_nothing(data):
    assert CallbackData.read(data) is None


@pytest.mark.parametrize("more", [{}, {"data": "a", "url": "https://t.me"}, {"data": ""}, {"data": "ş" * 33}])
def test_a_button_does_one_thing_within_its_room(more):
    with pytest.raises(ValidationError):
        Button(text="Proof", **more)


def test_a_keyboard_keeps_its_rows():
    rows = ((Button(text="a", data="x"), Button(text="b", url="https://t.me/x")), (Button(text="c", copied="words"),))
    made = markup(rows)
    assert made is not None
    assert [[button.text for button in row] for row in made.inline_keyboard] == [["a", "b"], ["c"]]
    assert made.inline_keyboard[1][0].copy_text.text == "words"
    assert markup(()) is None
