"""To whom the bot speaks."""

from __future__ import annotations

from datetime import date

from bot.chat.catalogue import DEFAULT
from retrieval.models import Record


class Listener(Record):
    """On which day somebody is spoken to, in a direct chat or not, in which language, how briefly, and by whom (our
    username); ``editors`` is whether there is somebody to tell of a question without an answer."""

    today: date
    private: bool = True
    language: str = DEFAULT
    brief: bool = False
    us: str = ""
    editors: bool = False
