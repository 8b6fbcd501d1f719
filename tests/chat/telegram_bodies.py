"""Messages as the Bot API sends them, from a person, a group or a channel."""

from __future__ import annotations

import time
from typing import Any

from telegram import Message

US = {"id": 700000001, "is_bot": True, "first_name": "Lab bot", "username": "lab_bot"}
ALICE = {"id": 1001, "is_bot": False, "first_name": "Alice"}
DM = {"id": 1001, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Readers"}
CHANNEL = {"id": -200, "type": "channel", "title": "News"}
QUESTION = "When did the ferry reach Dover?"


def message(text: str | None = QUESTION, chat: dict[str, Any] = DM, number: int = 5, **more: Any) -> dict[str, Any]:
    body = {"message_id": number, "date": int(time.time()), "chat": chat, **more}
    if chat is not CHANNEL:
        body = {"from": ALICE} | body
    return body | ({"text": text} if text else {})


def parsed(**body: Any) -> Message:
    found = Message.de_json(message(**body), None)
    assert found is not None
    return found
