"""Our buttons become those that PTB sends."""

from __future__ import annotations

from bot.chat.transport.keyboards import markup
from bot.chat.views.buttons import NO_BUTTONS, Button


def test_rows_and_kinds_of_buttons_are_kept():
    keyboard = (
        (Button(text="Proof", data="p.x"), Button(text="Page", url="https://example.org/")),
        (Button(text="Copy", copied="the words"),),
    )
    found = markup(keyboard)
    assert found is not None
    (proof, page), (copy,) = found.inline_keyboard
    assert (proof.text, proof.callback_data, proof.url) == ("Proof", "p.x", None)
    assert (page.text, page.url, page.callback_data) == ("Page", "https://example.org/", None)
    assert copy.copy_text is not None and copy.copy_text.text == "the words"


def test_no_buttons_are_no_keyboard():
    assert markup(NO_BUTTONS) is None
