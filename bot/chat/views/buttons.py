"""Buttons under a message, and the data that each sends back when it is pressed.

The data is at most 64 bytes (https://core.telegram.org/bots/api#inlinekeyboardbutton), so it names a stored answer by
its short id.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Self

from pydantic import Field, model_validator

from retrieval.models import Record

MOST_DATA_BYTES: Final = 64
# code points that a button can copy (https://core.telegram.org/bots/api#copytextbutton)
MOST_COPIED: Final = 256


class Button(Record):
    """One button: its words, and what a press does: ``data`` is sent back, ``url`` opened, or ``copied`` copied."""

    text: str = Field(min_length=1)
    data: str | None = None
    url: str | None = None
    copied: str | None = Field(default=None, max_length=MOST_COPIED)

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if sum(way is not None for way in (self.data, self.url, self.copied)) != 1:
            raise ValueError(f"the button {self.text!r} does not do exactly one thing")
        if self.data is not None and not 1 <= len(self.data.encode()) <= MOST_DATA_BYTES:
            raise ValueError(f"the data of the button {self.text!r} is not 1 to {MOST_DATA_BYTES} bytes long")
        return self


Keyboard = tuple[tuple[Button, ...], ...]
NO_BUTTONS: Keyboard = ()


def shortened(words: str, most: int) -> str:
    """Words on one line, of at most so many letters; an ellipsis stands for the rest."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


class ButtonAction(StrEnum):
    """What a press of a button asks for; the values are in the data of buttons that were sent."""

    PASSAGE = "passage"
    PROOF = "proof"
    SOURCES = "sources"
    GOOD = "good"
    BAD = "bad"
    REASON = "reason"
    TAKE_BACK = "take_back"
    SETTING = "setting"
    DROP_CONTEXT = "drop_context"
    SUGGEST = "suggest"
    ASK = "ask"
    ALERT = "alert"


# what earlier versions sent for an action: buttons under their messages still do; a new action needs no letter
_LETTERS: Final = {
    "w": ButtonAction.PASSAGE,
    "p": ButtonAction.PROOF,
    "s": ButtonAction.SOURCES,
    "g": ButtonAction.GOOD,
    "b": ButtonAction.BAD,
    "r": ButtonAction.REASON,
    "x": ButtonAction.TAKE_BACK,
    "t": ButtonAction.SETTING,
    "d": ButtonAction.DROP_CONTEXT,
    "n": ButtonAction.SUGGEST,
    "a": ButtonAction.ASK,
    "e": ButtonAction.ALERT,
}
_BELOW: Final = "below"
_BELOW_LETTER: Final = "b"


class CallbackData(Record):
    """What a button sends back when it is pressed: ``about`` is an answer's id or a setting's name and value.

    ``below`` holds for buttons of a message that shows more about an answer, not the answer itself.
    """

    action: ButtonAction
    about: str = Field(default="", pattern=r"^[A-Za-z0-9_=-]*$")
    number: int = Field(default=0, ge=0)
    below: bool = False

    @property
    def data(self) -> str:
        """The text for Telegram, such as ``passage.abcdefghijklmnop.0``."""
        return ".".join((self.action, self.about, str(self.number), *((_BELOW,) if self.below else ())))

    @classmethod
    def read(cls, data: str) -> CallbackData | None:
        """What a button of this or an earlier version sent, or None where no button sends that."""
        word, *rest = data.split(".")
        action = _LETTERS.get(word, word)
        if action not in set(ButtonAction) or len(rest) not in (2, 3) or not rest[1].isdecimal():
            return None
        if rest[2:] not in ([], [_BELOW], [_BELOW_LETTER]):
            return None
        try:
            return cls(action=ButtonAction(action), about=rest[0], number=int(rest[1]), below=len(rest) == 3)
        except ValueError:
            return None

    def button(self, text: str) -> Button:
        """A button with these words that sends this back."""
        return Button(text=text, data=self.data)
