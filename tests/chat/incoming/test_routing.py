"""The truth table of when the bot speaks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.incoming.routing import SILENCE, Act, ChatKind, IncomingMessage, MarkedText, Request, hear

US = "lab_bot"
Q = "When did it happen?"
DM, GROUP, SUPER, CHANNEL = ChatKind.PRIVATE, ChatKind.GROUP, ChatKind.SUPERGROUP, ChatKind.CHANNEL
EVERYWHERE = (DM, GROUP, SUPER, CHANNEL)

ANSWER = Request(act=Act.ANSWER, text=Q)
USAGE = Request(act=Act.USAGE)
MENTION = MarkedText(type="mention", text="@lab_bot")
OTHERS = MarkedText(type="mention", text="@bob")
BY_NAME = MarkedText(type="text_mention", text="Lab bot", names_us=True)

# text, further facts, and what is heard in a direct chat, a group, a supergroup and a channel
TABLE: list[tuple[str | None, dict[str, Any], tuple[Request, Request, Request, Request]]] = [
    (Q, {}, (ANSWER, SILENCE, SILENCE, SILENCE)),
    (f"  {Q}\n", {}, (ANSWER, SILENCE, SILENCE, SILENCE)),
    # commands
    (f"/ask {Q}", {}, (ANSWER,) * 4),
    (f"/ask\n{Q}", {}, (ANSWER,) * 4),
    (f"/ASK {Q}", {}, (ANSWER,) * 4),
    (f"/ask@lab_bot {Q}", {}, (ANSWER,) * 4),
    (f"/ask@LAB_BOT {Q}", {}, (ANSWER,) * 4),
    (f"/ask@other_bot {Q}", {}, (SILENCE,) * 4),
    (f"/ask@other_bot {Q}", {"replies_to_us": True}, (SILENCE,) * 4),
    (f"/ask@lab_bot_two {Q}", {}, (SILENCE,) * 4),
    ("/ask", {}, (USAGE,) * 4),
    ("/ask@lab_bot", {}, (USAGE,) * 4),
    ("/ask   ", {"replies_to_us": True}, (USAGE,) * 4),
    ("/start", {}, (Request(act=Act.START),) * 3 + (SILENCE,)),
    ("/start q_12", {}, (Request(act=Act.START, text="q_12"),) * 3 + (SILENCE,)),
    ("/help", {}, (Request(act=Act.HELP),) * 3 + (SILENCE,)),
    ("/help@lab_bot", {}, (Request(act=Act.HELP),) * 4),
    ("/help@other_bot", {}, (SILENCE,) * 4),
    ("/sources TASS", {}, (Request(act=Act.SOURCES, text="TASS"),) * 3 + (SILENCE,)),
    ("/article 004 a", {}, (Request(act=Act.ARTICLE, text="004 a"),) * 3 + (SILENCE,)),
    ("/about", {}, (Request(act=Act.ABOUT),) * 3 + (SILENCE,)),
    ("/delete", {}, (Request(act=Act.DELETE),) * 3 + (SILENCE,)),
    ("/delete", {"replies_to_us": True}, (Request(act=Act.DELETE),) * 3 + (SILENCE,)),
    ("/new", {}, (Request(act=Act.NEW), SILENCE, SILENCE, SILENCE)),
    ("/add a text", {}, (Request(act=Act.ADD, text="a text"), SILENCE, SILENCE, SILENCE)),
    (
        "/why@lab_bot",
        {},
        (Request(act=Act.WHY), *(Request(act=Act.UNKNOWN_COMMAND, text="/why"),) * 3),
    ),
    ("/kick bob", {}, (Request(act=Act.UNKNOWN_COMMAND, text="/kick"), SILENCE, SILENCE, SILENCE)),
    ("/kick bob", {"replies_to_us": True}, (Request(act=Act.UNKNOWN_COMMAND, text="/kick"), SILENCE, SILENCE, SILENCE)),
    ("/kick@lab_bot bob", {}, (Request(act=Act.UNKNOWN_COMMAND, text="/kick"),) * 4),
    (f"see /ask {Q}", {}, (Request(act=Act.ANSWER, text=f"see /ask {Q}"), SILENCE, SILENCE, SILENCE)),
    ("/etc/passwd", {}, (Request(act=Act.ANSWER, text="/etc/passwd"), SILENCE, SILENCE, SILENCE)),
    # mentions, as entity and as plain text
    (f"@lab_bot {Q}", {"marks": (MENTION,)}, (ANSWER,) * 4),
    (f"@lab_bot {Q}", {}, (ANSWER,) * 4),
    (f"@LAB_bot, {Q}", {}, (ANSWER,) * 4),
    (f"{Q} @lab_bot", {}, (ANSWER,) * 4),
    ("When did @lab_bot it happen?", {}, (ANSWER,) * 4),
    (f"Lab bot: {Q}", {"marks": (BY_NAME,)}, (ANSWER,) * 4),
    ("@lab_bot", {"marks": (MENTION,)}, (USAGE,) * 4),
    (f"@lab_bot /ask {Q}", {}, (ANSWER,) * 4),
    ("@lab_bot /help", {}, (Request(act=Act.HELP),) * 4),
    ("@lab_bot /ask@other_bot x", {}, (SILENCE,) * 4),
    (f"@bob {Q}", {"marks": (OTHERS,)}, (Request(act=Act.ANSWER, text=f"@bob {Q}"), SILENCE, SILENCE, SILENCE)),
    (f"@lab_bots {Q}", {}, (Request(act=Act.ANSWER, text=f"@lab_bots {Q}"), SILENCE, SILENCE, SILENCE)),
    ("mail x@lab_bot now", {}, (Request(act=Act.ANSWER, text="mail x@lab_bot now"), SILENCE, SILENCE, SILENCE)),
    # replies
    (Q, {"replies_to_us": True}, (ANSWER, ANSWER, ANSWER, SILENCE)),
    (f"@lab_bot {Q}", {"replies_to_us": True}, (ANSWER,) * 4),
    # chats that want commands only
    (f"@lab_bot {Q}", {"commands_only": True}, (ANSWER, SILENCE, SILENCE, SILENCE)),
    (Q, {"commands_only": True, "replies_to_us": True}, (ANSWER, SILENCE, SILENCE, SILENCE)),
    (f"/ask {Q}", {"commands_only": True}, (ANSWER,) * 4),
    (f"@lab_bot /ask {Q}", {"commands_only": True}, (ANSWER,) * 4),
    ("/settings", {"commands_only": True}, (Request(act=Act.SETTINGS),) * 3 + (SILENCE,)),
    # who writes
    (f"/ask {Q}", {"from_bot": True}, (SILENCE,) * 4),
    (f"/ask {Q}", {"from_bot": True, "for_chat": True}, (ANSWER,) * 4),
    (Q, {"from_bot": True, "for_chat": True, "replies_to_us": True}, (ANSWER, ANSWER, ANSWER, SILENCE)),
    (f"@lab_bot {Q}", {"from_us": True}, (SILENCE,) * 4),
    (f"@lab_bot {Q}", {"automatic_forward": True, "for_chat": True}, (SILENCE,) * 4),
    (f"@lab_bot {Q}", {"via_bot": True, "via_us": True}, (SILENCE,) * 4),
    (f"@lab_bot {Q}", {"via_bot": True}, (ANSWER, SILENCE, SILENCE, SILENCE)),
    # what is not text
    (None, {"attached": True}, (Request(act=Act.ONLY_TEXT), SILENCE, SILENCE, SILENCE)),
    (None, {"attached": True, "replies_to_us": True}, (Request(act=Act.ONLY_TEXT), SILENCE, SILENCE, SILENCE)),
    ("", {"attached": True}, (Request(act=Act.ONLY_TEXT), SILENCE, SILENCE, SILENCE)),
    (Q, {"attached": True}, (ANSWER, SILENCE, SILENCE, SILENCE)),
    (f"/ask {Q}", {"attached": True}, (ANSWER,) * 4),
    (None, {}, (SILENCE,) * 4),
    (" \n", {}, (SILENCE,) * 4),
]
ROWS = [
    pytest.param(where, text, facts, heard, id=f"{where} {text!r} {' '.join(facts)}")
    for text, facts, row in TABLE
    for where, heard in zip(EVERYWHERE, row, strict=True)
]


@pytest.mark.parametrize(("where", "text", "facts", "heard"), ROWS)
def test_truth_table(where, text, facts, heard):
    assert hear(IncomingMessage(where=where, us=US, text=text, **facts)) == heard


said = st.builds(
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


@given(said)
def test_no_answer_without_a_question_and_none_to_ourselves(message):
    heard = hear(message)
    assert heard.act is not Act.ANSWER or heard.text.strip()
    if message.from_us or message.automatic_forward or (message.from_bot and not message.for_chat):
        assert heard == SILENCE


@given(said, st.text(st.characters(exclude_characters="/@"), max_size=40))
def test_a_group_that_did_not_ask_hears_nothing(message, text):
    quiet = message.model_copy(update={"text": text, "replies_to_us": False, "where": ChatKind.SUPERGROUP})
    assert hear(quiet) == SILENCE
