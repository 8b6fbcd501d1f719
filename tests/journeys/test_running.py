"""Running for months: crashes, outages, limits, and what an operator sees, with a real process and a Bot API server."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from tests.journeys.conftest import Start, ended_well
from tests.tglab import ALICE, TelegramLab

QUESTION = "When did the unrest reach Almaty?"
ANSWER = "4 January 2022"
FIRST_READER = 3001


def answered(lab: TelegramLab) -> Counter[tuple[int, int]]:
    """How many messages of the bot stand in the chats below each question: chat and message id."""
    found: Counter[tuple[int, int]] = Counter()
    for chat in list(lab.world.chats.values()):
        for number in chat.bot_messages & chat.messages.keys():
            if above := chat.messages[number].get("reply_to_message"):
                found[chat.id, above["message_id"]] += 1
    return found


def answered_in(lab: TelegramLab, chat: int) -> list[int]:
    """The messages of a chat that the bot answers, each as often as it does."""
    return [question for (where, question), times in answered(lab).items() if where == chat for _ in range(times)]


# ---------------------------------------------------------------- crashes and outages


def test_a_crash_in_the_middle_of_200_questions_loses_none_and_answers_none_twice(start: Start) -> None:
    with TelegramLab() as lab:
        first = start(lab)
        readers = [FIRST_READER + number for number in range(100)]
        for reader in readers:
            lab.user(reader, f"Reader {reader}")
        asked: list[dict[str, Any]] = []
        lab.feed([lambda reader=reader: asked.append(lab.say(reader, None, QUESTION)) for reader in readers * 2])
        lab.wait(lambda: answered(lab).total() >= 40, 30, "40 answers")
        first.kill()
        assert answered(lab).total() < 200
        second = start(lab)
        lab.wait(lambda: answered(lab).total() >= 200, 60, "200 answers")
        ended_well(second)
        assert answered(lab) == Counter((message["chat"]["id"], message["message_id"]) for message in asked)
        assert {call.method for call in lab.refused()} <= {"editMessageText"}  # the search for what was being sent


def test_a_chat_that_telegram_holds_back_delays_no_other(lab: TelegramLab, person: int, group: int) -> None:
    fault = lab.fault("error", "sendMessage", status=429, retry_after=3, chat_id=group)
    held = time.monotonic()
    lab.send_group(f"/ask {QUESTION}", group, person)
    lab.wait(lambda: fault.hits == 1, what="the group to be held back")
    lab.send_dm(QUESTION, person)
    (answer,) = lab.wait_replies(person)
    assert answer["text"].startswith(ANSWER)
    assert lab.replies(group) == []
    (answer,) = lab.wait_replies(group)
    assert answer["text"].startswith(ANSWER)
    assert time.monotonic() - held >= 3


def poll_elsewhere(lab: TelegramLab, got: list[Any]) -> None:
    """Ask for updates as another bot with the same token does; none is confirmed."""
    with urllib.request.urlopen(f"{lab.base_url}{lab.token}/getUpdates?timeout=10", timeout=20) as told:
        got.extend(json.load(told)["result"])


def test_a_second_bot_over_the_same_folder_is_refused_and_one_elsewhere_doubles_no_answer(start: Start) -> None:
    with TelegramLab() as lab:
        first = start(lab)
        second = subprocess.run(first.argv, env=first.env, cwd=first.cwd, capture_output=True, text=True, timeout=60)
        assert second.returncode == 2
        assert "another Dateline serves Telegram from this folder" in second.stderr
        assert "Traceback" not in second.stderr
        got: list[Any] = []
        other = threading.Thread(target=poll_elsewhere, args=(lab, got))
        other.start()
        lab.wait(lambda: lab.calls("getUpdates", 409), what="the bot's poll to end")
        lab.send_dm(QUESTION)
        lab.wait_replies(ALICE)
        other.join()
        lab.send_dm(QUESTION)
        lab.wait_replies(ALICE)
        assert set(answered(lab).values()) == {1}
        assert "Another process uses this bot's token" in first.log.read_text()
        ended_well(first)


def test_what_is_asked_during_an_outage_is_answered_after_it(lab: TelegramLab, person: int) -> None:
    lab.outage()
    lab.send_dm(QUESTION, person)
    lab.send_dm(QUESTION, person)
    time.sleep(2)  # an outage is nothing but time
    lab.outage(False)
    lab.wait_replies(person, 2, timeout=30)
    lab.send_dm(QUESTION, person)
    lab.wait_replies(person)
    assert len(answered_in(lab, person)) == 3


def say_long_ago(lab: TelegramLab, chat: int, person: int, text: str) -> dict[str, Any]:
    """A message of January that Telegram hands over now."""
    room = lab.world.private_chat(lab.user(person)) if chat == person else lab.world.chats[chat]
    message = lab.world.add_message(room, {"text": text}, lab.world.users[person])
    message["date"] = int(datetime(2026, 1, 6, 14, 5, tzinfo=UTC).timestamp())
    lab.push_raw("message", dict(message))
    return message


def test_an_old_question_is_answered_with_its_date_or_skipped(lab: TelegramLab, person: int, group: int) -> None:
    say_long_ago(lab, group, person, f"/ask {QUESTION}")
    say_long_ago(lab, person, person, QUESTION)
    (answer,) = lab.wait_replies(person)
    assert answer["text"].startswith("You asked this on 6 January 2026 at 14:05 UTC, while I was offline.")
    assert ANSWER in answer["text"]
    lab.send_group(f"/ask {QUESTION}", group, person)
    lab.wait_replies(group)
    assert len(answered_in(lab, group)) == 1


# ---------------------------------------------------------------- webhook, health, logs

SECRET = "a-secret-token_1"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def fetch(address: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    """The status and text that an address answers with."""
    request = urllib.request.Request(address, body, {name.replace("_", "-"): text for name, text in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as told:
            return told.status, told.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_a_webhook_takes_updates_and_a_crash_in_between_costs_none(start: Start) -> None:
    hook, health = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    settings = {
        "webhook_url": f"{hook}/dateline",
        "webhook_port": hook.rpartition(":")[2],
        "webhook_secret": SECRET,
        "health_port": health.rpartition(":")[2],
        "log_format": "json",
    }
    with TelegramLab() as lab:
        first = start(lab, **settings)
        (call,) = lab.calls("setWebhook")
        assert call.params["secret_token"] == SECRET
        assert {"message", "edited_message", "channel_post", "callback_query"} <= set(
            json.loads(call.params["allowed_updates"])
        )
        lab.send_dm(QUESTION)
        (answer,) = lab.wait_replies(ALICE)
        assert answer["text"].startswith(ANSWER)
        lab.redeliver()

        update = json.dumps({"update_id": 1, "message": {"text": "forged"}}).encode()
        assert fetch(f"{hook}/dateline", update)[0] == 403
        assert fetch(f"{hook}/dateline", update, X_Telegram_Bot_Api_Secret_Token="guessed")[0] == 403
        assert fetch(f"{hook}/dateline", b"{}", X_Telegram_Bot_Api_Secret_Token=SECRET)[0] == 400
        assert fetch(f"{hook}/dateline")[0] == 404
        assert fetch(f"{hook}/other", update, X_Telegram_Bot_Api_Secret_Token=SECRET)[0] == 404

        status, told = fetch(f"{health}/healthz")
        assert (status, json.loads(told)["status"], json.loads(told)["open_updates"]) == (200, "ok", 0)
        status, told = fetch(f"{health}/metrics")
        assert 'dateline_updates_total{kind="message"} 1.0\n' in told
        assert 'dateline_telegram_calls_total{method="sendMessage",outcome="ok"} 1.0\n' in told
        assert 'dateline_answers_total{outcome="answer"} 1.0\n' in told
        assert lab.token not in told

        readers = [FIRST_READER + number for number in range(40)]
        for reader in readers:
            lab.user(reader, f"Reader {reader}")
        lab.feed([lambda reader=reader: lab.say(reader, None, QUESTION) for reader in readers])
        lab.wait(lambda: answered(lab).total() >= 10, 30, "10 answers")
        first.kill()
        second = start(lab, **settings)
        lab.wait(lambda: answered(lab).total() >= 41, 60, "all answers")
        ended_well(second)
        assert set(answered(lab).values()) == {1}
        assert len(answered(lab)) == 41

    lines = [line for line in second.log.read_text().splitlines() if line.startswith("{")]
    told = [json.loads(line) for line in lines]
    replies = [line for line in told if line["message"].startswith("Replied to message")]
    assert len(replies) >= 41 - len(readers)
    assert all(line["request"] > 1 and line["level"] == "info" for line in replies)
