"""Our keyboards as the objects that PTB sends."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.views.buttons import Button, Keyboard


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """The keyboard for a message, or None where it has no buttons."""
    return InlineKeyboardMarkup([[_button(each) for each in row] for row in keyboard]) if keyboard else None


def _button(button: Button) -> InlineKeyboardButton:
    copied = CopyTextButton(button.copied) if button.copied is not None else None
    return InlineKeyboardButton(button.text, url=button.url, callback_data=button.data, copy_text=copied)
