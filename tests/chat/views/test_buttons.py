"""What a button sends back is read as it was written, also by earlier versions, and fits Telegram's 64 bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.chat.persistence.answers import ID_LETTERS
from bot.chat.transport.keyboards import markup
from bot.chat.views.buttons import Button, ButtonAction, CallbackData

PRESSES = st.builds(
    CallbackData,
    action=st.sampled_from(list(ButtonAction)),
    about=st.from_regex(r"[A-Za-z0-9_=-]{0,32}", fullmatch=True),
    number=st.integers(0, 99),
    below=st.booleans(),
)


@given(press=PRESSES)
def test_a_press_comes_back_as_it_was_sent(press):
    assert CallbackData.read(press.button("Proof").data or "") == press


@given(data=st.text(max_size=64))
def test_whatever_comes_back_is_a_press_or_nothing(data):
    press = CallbackData.read(data)
    assert press is None or CallbackData.read(press.data) == press


@pytest.mark.parametrize(
    "data",
    ["", "passage", "w", "q.abc.1", "passage.abc", "w.abc.one", "proof.abc.1.c", "w.a b.1", "proof.abc.1.below.below"],
)
def test_what_no_button_sends_is_nothing(data):
    assert CallbackData.read(data) is None


# what the buttons of earlier versions send back, and the same in words
EARLIER = [
    ("w.abcdefghijklmnop.0", "passage.abcdefghijklmnop.0"),
    ("w.abcdefghijklmnop.1.b", "passage.abcdefghijklmnop.1.below"),
    ("p.abcdefghijklmnop.2.b", "proof.abcdefghijklmnop.2.below"),
    ("s.abcdefghijklmnop.0", "sources.abcdefghijklmnop.0"),
    ("g.abcdefghijklmnop.0", "good.abcdefghijklmnop.0"),
    ("b.abcdefghijklmnop.0", "bad.abcdefghijklmnop.0"),
    ("r.abcdefghijklmnop.3.b", "reason.abcdefghijklmnop.3.below"),
    ("x.abcdefghijklmnop.0", "take_back.abcdefghijklmnop.0"),
    ("t.language=app.0", "setting.language=app.0"),
    ("d.abcdefghijklmnop.0", "drop_context.abcdefghijklmnop.0"),
    ("n.abcdefghijklmnop.0", "suggest.abcdefghijklmnop.0"),
    ("a.abcdefghijklmnop.0", "ask.abcdefghijklmnop.0"),
    ("e.abcdefghijklmnop.0", "alert.abcdefghijklmnop.0"),
]


@pytest.mark.parametrize(("earlier", "now"), EARLIER)
def test_a_button_of_an_earlier_version_is_understood(earlier, now):
    press = CallbackData.read(earlier)
    assert press is not None and press.data == now
    assert CallbackData.read(now) == press


@pytest.mark.parametrize("action", list(ButtonAction))
def test_the_longest_data_fits_telegram(action):
    press = CallbackData(action=action, about="a" * ID_LETTERS, number=10**9, below=True)
    assert press.button("Proof").data == press.data


@pytest.mark.parametrize("more", [{}, {"data": "a", "url": "https://t.me"}, {"data": ""}, {"data": "ş" * 33}])
def test_a_button_does_one_thing_within_its_limits(more):
    with pytest.raises(ValidationError):
        Button(text="Proof", **more)


def test_a_keyboard_keeps_its_rows():
    rows = ((Button(text="a", data="x"), Button(text="b", url="https://t.me/x")), (Button(text="c", copied="words"),))
    made = markup(rows)
    assert made is not None
    assert [[button.text for button in row] for row in made.inline_keyboard] == [["a", "b"], ["c"]]
    assert made.inline_keyboard[1][0].copy_text.text == "words"
    assert markup(()) is None
