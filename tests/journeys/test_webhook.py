"""The central journeys once more, with a bot to which Telegram sends the updates: what is imported here is run here.

All that differs is how updates come in, so the journeys are the same; those about polling itself stay out.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import Start, bot, ended_well
from tests.journeys.test_admin import test_an_administrator_adds_and_removes_articles  # noqa: F401
from tests.journeys.test_buttons import (  # noqa: F401
    test_a_link_opens_the_same_answer_and_the_passage,
    test_a_passage_and_its_proof_stand_in_one_message_below_the_answer,
    test_buttons_work_after_a_restart,
    test_in_a_group_the_buttons_are_for_who_asked,
)
from tests.journeys.test_feedback import (  # noqa: F401
    test_in_a_group_only_the_voter_sees_it_and_the_reason_is_asked_for_alone,
)
from tests.journeys.test_following import (  # noqa: F401
    test_a_quoted_line_is_what_is_asked_about,
    test_a_reply_continues_its_answer_in_direct_chats_and_groups,
)
from tests.journeys.test_groups import (  # noqa: F401
    test_comments_below_a_channels_posts_are_answered_and_the_posts_themselves_only_in_the_channel,
    test_the_truth_table_holds_in_telegram,
    test_with_privacy_mode_on_commands_and_replies_are_enough,
)
from tests.journeys.test_inline import (  # noqa: F401
    test_a_guest_answers_in_one_message,
    test_every_result_is_finished_and_opens_in_the_chat_with_the_bot,
    test_results_have_pages,
)
from tests.journeys.test_running import fetch
from tests.journeys.test_telegram import (  # noqa: F401
    test_a_channel_asks_by_command_and_mention,
    test_a_direct_question_is_answered_with_its_proof,
    test_a_duplicate_update_is_answered_once,
    test_a_group_asks_by_command_mention_and_reply,
    test_a_group_that_becomes_a_supergroup_is_still_served,
    test_a_group_that_does_not_ask_gets_no_message,
    test_a_message_whose_confirmation_was_lost_is_there_once,
    test_an_answer_stays_in_its_topic,
    test_an_edited_question_in_a_group_and_a_channel,
    test_what_is_being_answered_is_finished_before_the_bot_stops,
    test_what_is_not_text_gets_one_polite_line,
)
from tests.tglab import BotProcess, TelegramLab

SECRET = "a-secret-token_1"


def hook() -> dict[str, object]:
    """The settings of a webhook on a port that is free."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    return {"webhook_url": f"http://127.0.0.1:{port}/dateline", "webhook_port": port, "webhook_secret": SECRET}


@pytest.fixture(scope="module")
def running(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TelegramLab]:
    """The Bot API server of a bot with a webhook, in place of one that polls."""
    with TelegramLab(privacy=False) as lab:
        process = bot(lab, tmp_path_factory.mktemp("bot"), filled, **hook())
        process.start()
        yield lab
        assert lab.calls("getUpdates") == []
        ended_well(process)
        assert SECRET not in process.log.read_text(errors="replace")


@pytest.fixture
def start(start: Start) -> Start:
    """Starts bots with a webhook, each lab's on a port of its own."""
    hooks: dict[int, dict[str, object]] = {}

    def begin(lab: TelegramLab, **settings: object) -> BotProcess:
        return start(lab, **hooks.setdefault(id(lab), hook()) | settings)

    return begin


@pytest.mark.parametrize("path", ["/dateline", "/"])
def test_who_does_not_know_the_secret_is_refused_and_learns_nothing(lab: TelegramLab, path: str) -> None:
    address = str(lab.calls("setWebhook")[0].params["url"]).removesuffix("/dateline")
    assert lab.token not in address
    status, told = fetch(f"{address}{path}", b'{"update_id": 1}')
    assert (status, len(told) < 30) == (403 if path == "/dateline" else 404, True)


def test_what_comes_while_the_bot_is_away_is_answered_when_it_is_back(start: Start) -> None:
    """The token stands in the path, as people like it; it is in no log for that."""
    with TelegramLab() as lab:
        place = hook()
        place["webhook_url"] = f"{str(place['webhook_url']).removesuffix('/dateline')}/{lab.token}"
        ended_well(start(lab, **place))
        lab.send_dm("When did the unrest reach Almaty?")
        second = start(lab, **place)
        (answer,) = lab.wait_replies(lab.dm(), timeout=20)
        assert answer["text"].startswith("4 January 2022")
        ended_well(second)
        assert lab.refused() == []
