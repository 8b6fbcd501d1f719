"""``dateline feedback`` and ``dateline unanswered``: what people in the chats thought of the answers, and missed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.chat.persistence.chat_database import FILE, ChatDatabase
from bot.chat.persistence.votes import UnansweredQuestions, VoteStore, question_set
from bot.cli.arguments import FINE, CommandContext, Register, complain, positive
from bot.cli.output import line


def register(command: Register) -> None:
    parser = command(
        "feedback",
        help="export the votes on answers",
        description="Write the votes on answers as a set of questions that evaluate reads, one JSON object a line.",
    )
    parser.set_defaults(command=feedback)
    parser = command(
        "unanswered",
        help="list the questions that had no answer",
        description="List the questions that had no answer, the most asked first.",
    )
    parser.add_argument("-n", "--limit", type=positive, default=50, metavar="N", help="how many (50)")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.set_defaults(command=unanswered)


def feedback(context: CommandContext) -> int:
    """Print each answer that was voted on as a question with what the votes say is right."""
    with _memory(context) as kept:
        rows = list(question_set(VoteStore(kept).judged()))
    for row in rows:
        print(line(row))
    if not rows:
        complain("Nobody has voted on an answer yet.")
    return FINE


def unanswered(context: CommandContext) -> int:
    """Print the questions that had no answer."""
    with _memory(context) as kept:
        silences = UnansweredQuestions(kept).listed(context.options.limit)
    if context.options.json:
        print(line([silence.model_dump(mode="json") for silence in silences]))
        return FINE
    for silence in silences:
        day = datetime.fromtimestamp(silence.last, UTC).date()
        print(f"{silence.asked} {silence.question} ({silence.reason.replace('_', ' ')}, last on {day})")
    if not silences:
        complain("Every question had an answer, or nobody has asked yet.")
    return FINE


def _memory(context: CommandContext) -> ChatDatabase:
    """What the chats of the data folder left; empty where there were none."""
    path = context.settings.data_dir / FILE
    return ChatDatabase(path if path.exists() else Path(":memory:"))
