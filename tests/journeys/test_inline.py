"""Inline mode and guest mode: finished, cited answers in any chat."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.journeys.conftest import HERE, Start, ended_well
from tests.tglab import ALICE, TelegramLab

QUESTION = "When did the unrest reach Almaty?"
PROOF = "Two days later, the protests engulfed Almaty"


def typed(lab: TelegramLab, text: str, person: int, offset: str = "") -> dict[str, Any]:
    return dict(lab.wait_inline(lab.inline_query(text, person, offset=offset)))


def test_every_result_is_finished_and_opens_in_the_chat_with_the_bot(lab: TelegramLab, person: int, group: int) -> None:
    began = time.monotonic()
    query = lab.inline_query(QUESTION, person)
    answer = lab.wait_inline(query)
    assert time.monotonic() - began < 2
    first, *passages = answer["results"]
    assert first["title"] == "4 January 2022 (“Two days later”, counted from 2 January)"[: len(first["title"])]
    assert PROOF in first["description"] and first["description"].startswith("TASS")
    assert len(passages) >= 2 and all("TASS" in p["description"] or "inferred" in p["description"] for p in passages)
    assert answer["cache_time"] == 300 and answer["is_personal"] and answer["button"] is None
    sent = lab.choose_inline(query, 0, group)
    assert sent["text"].startswith(f"{QUESTION}\n\n4 January 2022") and PROOF in sent["text"]
    ((button,),) = sent["reply_markup"]["inline_keyboard"]
    lab.send_dm(f"/start {button['url'].rpartition('=')[2]}", person)
    (opened,) = lab.wait_replies(person)
    assert sent["text"].endswith(opened["text"])


def test_results_have_pages(start: Start, filled: Path, tmp_path: Path) -> None:
    with_more_articles(filled, tmp_path, 12)
    with TelegramLab() as lab:
        process = start(lab)
        seen: list[str] = []
        offset, pages = "", 0
        while offset or not pages:
            page = typed(lab, "harvest", ALICE, offset)
            seen += [result["id"] for result in page["results"]]
            offset, pages = page["next_offset"], pages + 1
        assert pages == 3 and len(seen) == len(set(seen)) >= 12
        ended_well(process)
        assert lab.refused() == []


def with_more_articles(filled: Path, folder: Path, count: int) -> None:
    """A data folder for a bot that holds articles about harvests beside the seed articles."""
    shutil.copytree(filled, folder / "data")
    lines = [{"id": f"h{n}", "text": f"The harvest of {1900 + n} was good in region {n}."} for n in range(count)]
    (folder / "more.jsonl").write_text("\n".join(map(json.dumps, lines)))
    command = [sys.executable, "-m", "bot", "--data", str(folder / "data"), "add", str(folder / "more.jsonl")]
    subprocess.run(command, cwd=folder, env=os.environ | HERE, check=True, capture_output=True)


def test_nothing_typed_offers_what_people_can_ask(lab: TelegramLab, person: int) -> None:
    answer = typed(lab, "", person)
    assert answer["button"] == {"text": "How to ask", "start_parameter": "inline"}
    titles = [result["title"] for result in answer["results"]]
    assert any(title.startswith("What happened on 6 January 2022") for title in titles)
    lab.send_dm("/start inline", person)
    assert "Just ask" in lab.wait_replies(person)[0]["text"]


def test_nothing_found_leads_to_the_chat_with_the_bot(lab: TelegramLab, person: int) -> None:
    lab.user(3002, "Пётр", language_code="ru")
    answer = typed(lab, "xyzzy quux", 3002)
    assert answer["results"] == []
    assert answer["button"] == {"text": "Ничего нет: спросите меня напрямую", "start_parameter": "inline"}


def test_markup_in_a_query_is_only_text(lab: TelegramLab, person: int) -> None:
    assert typed(lab, f"<b>{QUESTION} & </i>", person)["results"]


def test_a_guest_answers_in_one_message(lab: TelegramLab, person: int) -> None:
    answer = lab.wait_guest(lab.guest_message(f"@lab_bot {QUESTION}", person))
    assert answer["text"].startswith("4 January 2022") and PROOF in answer["text"]
    ((button,),) = answer["reply_markup"]["inline_keyboard"]
    assert button["url"].startswith("https://t.me/lab_bot?start=a_")
    assert "/ask" in lab.wait_guest(lab.guest_message("@lab_bot", person))["text"]


def test_a_guest_that_is_not_asked_is_silent(lab: TelegramLab, person: int) -> None:
    unasked = lab.guest_message("I think so too", person)
    lab.wait_guest(lab.guest_message(f"/ask@lab_bot {QUESTION}", person))  # handled later
    assert lab.world.guest_queries[unasked].answer is None
