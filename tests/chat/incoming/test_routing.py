"""The truth table of when the bot speaks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.commands import Action
from bot.chat.incoming.routing import IGNORED, ChatKind, IncomingMessage, MarkedText, Request, route

US = "lab_bot"
Q = "When did it happen?"
DM, GROUP, SUPER, CHANNEL = ChatKind.PRIVATE, ChatKind.GROUP, ChatKind.SUPERGROUP, ChatKind.CHANNEL
EVERYWHERE = (DM, GROUP, SUPER, CHANNEL)

ANSWER = Request(action=Action.ANSWER, text=Q)
USAGE = Request(action=Action.USAGE)
KICK = Request(action=Action.UNKNOWN_COMMAND, text="/kick")
MENTION = MarkedText(type="mention", text="@lab_bot")
OTHERS = MarkedText(type="mention", text="@bob")
BY_NAME = MarkedText(type="text_mention", text="Lab bot", names_us=True)

# text, further facts, and what is request in a direct chat, a group, a supergroup and a channel
TABLE: list[tuple[str | None, dict[str, Any], tuple[Request, Request, Request, Request]]] = [
    (Q, {}, (ANSWER, IGNORED, IGNORED, IGNORED)),
    (f"  {Q}\n", {}, (ANSWER, IGNORED, IGNORED, IGNORED)),
    # commands
    (f"/ask {Q}", {}, (ANSWER,) * 4),
    (f"/ask\n{Q}", {}, (ANSWER,) * 4),
    (f"/ASK {Q}", {}, (ANSWER,) * 4),
    (f"/ask@lab_bot {Q}", {}, (ANSWER,) * 4),
    (f"/ask@LAB_BOT {Q}", {}, (ANSWER,) * 4),
    (f"/ask@other_bot {Q}", {}, (IGNORED,) * 4),
    (f"/ask@other_bot {Q}", {"replies_to_us": True}, (IGNORED,) * 4),
    (f"/ask@lab_bot_two {Q}", {}, (IGNORED,) * 4),
    ("/ask", {}, (USAGE,) * 4),
    ("/ask@lab_bot", {}, (USAGE,) * 4),
    ("/ask   ", {"replies_to_us": True}, (USAGE,) * 4),
    ("/start", {}, (Request(action=Action.START),) * 3 + (IGNORED,)),
    ("/start q_12", {}, (Request(action=Action.START, text="q_12"),) * 3 + (IGNORED,)),
    ("/help", {}, (Request(action=Action.HELP),) * 3 + (IGNORED,)),
    ("/help@lab_bot", {}, (Request(action=Action.HELP),) * 4),
    ("/help@other_bot", {}, (IGNORED,) * 4),
    ("/sources TASS", {}, (Request(action=Action.SOURCES, text="TASS"),) * 3 + (IGNORED,)),
    ("/article 004 a", {}, (Request(action=Action.ARTICLE, text="004 a"),) * 3 + (IGNORED,)),
    ("/about", {}, (Request(action=Action.ABOUT),) * 3 + (IGNORED,)),
    ("/delete", {}, (Request(action=Action.DELETE),) * 3 + (IGNORED,)),
    ("/delete", {"replies_to_us": True}, (Request(action=Action.DELETE),) * 3 + (IGNORED,)),
    ("/new", {}, (Request(action=Action.NEW), IGNORED, IGNORED, IGNORED)),
    ("/add a text", {}, (Request(action=Action.ADD, text="a text"), IGNORED, IGNORED, IGNORED)),
    (
        "/why@lab_bot",
        {},
        (Request(action=Action.WHY), *(Request(action=Action.UNKNOWN_COMMAND, text="/why"),) * 3),
    ),
    ("/kick bob", {}, (KICK, IGNORED, IGNORED, IGNORED)),
    (
        "/kick bob",
        {"replies_to_us": True},
        (Request(action=Action.UNKNOWN_COMMAND, text="/kick"), IGNORED, IGNORED, IGNORED),
    ),
    ("/kick@lab_bot bob", {}, (KICK,) * 4),
    (f"see /ask {Q}", {}, (Request(action=Action.ANSWER, text=f"see /ask {Q}"), IGNORED, IGNORED, IGNORED)),
    ("/etc/passwd", {}, (Request(action=Action.ANSWER, text="/etc/passwd"), IGNORED, IGNORED, IGNORED)),
    # mentions, as entity and as plain text
    (f"@lab_bot {Q}", {"marks": (MENTION,)}, (ANSWER,) * 4),
    (f"@lab_bot {Q}", {}, (ANSWER,) * 4),
    (f"@LAB_bot, {Q}", {}, (ANSWER,) * 4),
    (f"{Q} @lab_bot", {}, (ANSWER,) * 4),
    ("When did @lab_bot it happen?", {}, (ANSWER,) * 4),
    (f"Lab bot: {Q}", {"marks": (BY_NAME,)}, (ANSWER,) * 4),
    ("@lab_bot", {"marks": (MENTION,)}, (USAGE,) * 4),
    (f"@lab_bot /ask {Q}", {}, (ANSWER,) * 4),
    ("@lab_bot /help", {}, (Request(action=Action.HELP),) * 4),
    ("@lab_bot /ask@other_bot x", {}, (IGNORED,) * 4),
    (f"@bob {Q}", {"marks": (OTHERS,)}, (Request(action=Action.ANSWER, text=f"@bob {Q}"), IGNORED, IGNORED, IGNORED)),
    (f"@lab_bots {Q}", {}, (Request(action=Action.ANSWER, text=f"@lab_bots {Q}"), IGNORED, IGNORED, IGNORED)),
    ("mail x@lab_bot now", {}, (Request(action=Action.ANSWER, text="mail x@lab_bot now"), IGNORED, IGNORED, IGNORED)),
    # replies
    (Q, {"replies_to_us": True}, (ANSWER, ANSWER, ANSWER, IGNORED)),
    (f"@lab_bot {Q}", {"replies_to_us": True}, (ANSWER,) * 4),
    # chats that want commands only
    (f"@lab_bot {Q}", {"commands_only": True}, (ANSWER, IGNORED, IGNORED, IGNORED)),
    (Q, {"commands_only": True, "replies_to_us": True}, (ANSWER, IGNORED, IGNORED, IGNORED)),
    (f"/ask {Q}", {"commands_only": True}, (ANSWER,) * 4),
    (f"@lab_bot /ask {Q}", {"commands_only": True}, (ANSWER,) * 4),
    ("/settings", {"commands_only": True}, (Request(action=Action.SETTINGS),) * 3 + (IGNORED,)),
    # who writes
    (f"/ask {Q}", {"from_bot": True}, (IGNORED,) * 4),
    (f"/ask {Q}", {"from_bot": True, "for_chat": True}, (ANSWER,) * 4),
    (Q, {"from_bot": True, "for_chat": True, "replies_to_us": True}, (ANSWER, ANSWER, ANSWER, IGNORED)),
    (f"@lab_bot {Q}", {"from_us": True}, (IGNORED,) * 4),
    (f"@lab_bot {Q}", {"automatic_forward": True, "for_chat": True}, (IGNORED,) * 4),
    (f"@lab_bot {Q}", {"via_bot": True, "via_us": True}, (IGNORED,) * 4),
    (f"@lab_bot {Q}", {"via_bot": True}, (ANSWER, IGNORED, IGNORED, IGNORED)),
    # what is not text
    (None, {"attached": True}, (Request(action=Action.ONLY_TEXT), IGNORED, IGNORED, IGNORED)),
    (None, {"attached": True, "replies_to_us": True}, (Request(action=Action.ONLY_TEXT), IGNORED, IGNORED, IGNORED)),
    ("", {"attached": True}, (Request(action=Action.ONLY_TEXT), IGNORED, IGNORED, IGNORED)),
    (Q, {"attached": True}, (ANSWER, IGNORED, IGNORED, IGNORED)),
    (f"/ask {Q}", {"attached": True}, (ANSWER,) * 4),
    (None, {}, (IGNORED,) * 4),
    (" \n", {}, (IGNORED,) * 4),
]
ROWS = [
    pytest.param(where, text, facts, expected, id=f"{where} {text!r} {' '.join(facts)}")
    for text, facts, row in TABLE
    for where, expected in zip(EVERYWHERE, row, strict=True)
]


@pytest.mark.parametrize(("where", "text", "facts", "expected"), ROWS)
def test_truth_table(where, text, facts, expected):
    assert route(IncomingMessage(where=where, us=US, text=text, **facts)) == expected


messages = st.builds(
    IncomingMessage,
    where=st.sampled_from(EVERYWHERE),
    us=st.just(US),
    text=st.none() | st.text() | st.text().map("/ask ".__add__) | st.text().map("@lab_bot ".__add__),
    from_bot=st.booleans(),
    from_us=st.booleans(),
    for_chat=st.booleans(),
    replies_to_us=st.booleans(),
    via_bot=st.booleans(),
    automatic_forward=st.booleans(),
    attached=st.booleans(),
)


@given(messages)
def test_no_answer_without_a_question_and_none_to_ourselves(message):
    request = route(message)
    assert request.action is not Action.ANSWER or request.text.strip()
    if message.from_us or message.automatic_forward or (message.from_bot and not message.for_chat):
        assert request == IGNORED


@given(messages, st.text(st.characters(exclude_characters="/@"), max_size=40))
def test_a_group_that_did_not_ask_gets_no_message(message, text):
    quiet = message.model_copy(update={"text": text, "replies_to_us": False, "where": ChatKind.SUPERGROUP})
    assert route(quiet) == IGNORED
