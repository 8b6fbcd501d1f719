"""``dateline feedback`` and ``dateline unanswered``: votes on answers, and questions that had no answer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.chat.persistence.chat_database import FILE, ChatDatabase
from bot.chat.persistence.votes import UnansweredQuestions, VoteStore, question_set
from bot.cli.arguments import EXIT_OK, CommandContext, Register, positive_integer, print_error
from bot.cli.output import line


def register(command: Register) -> None:
    parser = command(
        "feedback",
        help="export the votes on answers",
        description="Write the votes on answers as questions that evaluate reads, one JSON object a line.",
    )
    parser.set_defaults(command=feedback)
    parser = command(
        "unanswered",
        help="list the questions that had no answer",
        description="List the questions that had no answer, the most asked first.",
    )
    parser.add_argument("-n", "--limit", type=positive_integer, default=50, metavar="N", help="how many (50)")
    parser.add_argument("--json", action="store_true", help="write JSON")
    parser.set_defaults(command=unanswered)


def feedback(context: CommandContext) -> int:
    """Print each answer with votes as a gold question: what the votes say is right."""
    with _open_chat_database(context) as database:
        rows = list(question_set(VoteStore(database).judged()))
    for row in rows:
        print(line(row))
    if not rows:
        print_error("Nobody has voted on an answer yet.")
    return EXIT_OK


def unanswered(context: CommandContext) -> int:
    """Print the questions that had no answer."""
    with _open_chat_database(context) as database:
        questions = UnansweredQuestions(database).listed(context.options.limit)
    if context.options.json:
        print(line([question.model_dump(mode="json") for question in questions]))
        return EXIT_OK
    for question in questions:
        day = datetime.fromtimestamp(question.last, UTC).date()
        print(f"{question.asked} {question.question} ({question.reason.replace('_', ' ')}, last on {day})")
    if not questions:
        print_error("Every question had an answer, or nobody has asked yet.")
    return EXIT_OK


def _open_chat_database(context: CommandContext) -> ChatDatabase:
    """The chat database of the data folder, or an empty one in memory where there is none."""
    path = context.settings.data_dir / FILE
    return ChatDatabase(path if path.exists() else Path(":memory:"))
