"""From a message in Telegram to the answer in the chat, with a real process and a Bot API server on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot.chat.commands import MenuScope, menu_of
from bot.chat.views.i18n import tables
from tests.journeys.conftest import HERE, Start, bot, ended_well
from tests.tglab import ALICE, BotProcess, TelegramLab

QUESTION = "When did the unrest reach Almaty?"
ANSWER = "4 January 2022"
PROOF = "Two days later, the protests engulfed Almaty"
ANOTHER = "Who is Mustafa Şentop?"
ANOTHER_ANSWER = "Parliament Speaker"
UNREACHABLE = "Telegram cannot be reached, trying again"
SECOND_SEED = "004_ace7756d0895ef8d"

Message = dict[str, Any]


def answer(lab: TelegramLab, chat: int) -> Message:
    """The one message with which the bot answered the last thing said in the chat."""
    (message,) = lab.wait_replies(chat)
    return message


def ask(lab: TelegramLab, person: int, text: str) -> Message:
    question = lab.send_dm(text, person)
    message = answer(lab, person)
    assert message["reply_to_message"]["message_id"] == question["message_id"]
    return message


def kinds(message: Message) -> set[str]:
    return {entity["type"] for entity in message.get("entities", [])}


def in_chat(lab: TelegramLab, chat: int, words: str) -> list[Message]:
    """The bot's messages that stand in the chat now and hold these words."""
    room = lab.world.chats[chat]
    return [m for number, m in room.messages.items() if number in room.bot_messages and words in m.get("text", "")]


# ---------------------------------------------------------------- direct chats


def test_a_direct_question_is_answered_with_its_proof(lab: TelegramLab, person: int) -> None:
    message = ask(lab, person, QUESTION)
    assert message["text"].startswith(ANSWER)
    assert PROOF in message["text"]
    assert "] TASS, 6 January 2022" in message["text"]
    assert {"bold"} < kinds(message) <= {"bold", "blockquote", "expandable_blockquote"}
    call = lab.calls("sendMessage")[-1].params
    assert call["parse_mode"] == "HTML"
    assert call["link_preview_options"] == '{"is_disabled": true}'


def test_a_question_the_articles_do_not_answer_is_not_guessed_at(lab: TelegramLab, person: int) -> None:
    assert "No article mentions “Blinken”." in ask(lab, person, "What did Blinken say?")["text"]


def test_where_it_is_not_sure_the_closest_quotes_are_shown(start: Start, tmp_path: Path) -> None:
    with TelegramLab() as lab:
        process = start(lab, threshold=1, closest_threshold=0)
        message = ask(lab, ALICE, QUESTION)
        assert message["text"].startswith(f"Not sure. Closest:\n{PROOF}")
        assert "] TASS, 6 January 2022" in message["text"]
        assert kinds(message) <= {"blockquote", "expandable_blockquote"}
        rows = message["reply_markup"]["inline_keyboard"]
        buttons = [button["text"] for row in rows for button in row]
        assert {"Whole passage", "No answer is correct", "Should have answered"} <= set(buttons)
        found = lab.wait_inline(lab.inline_query(QUESTION, ALICE))["results"]
        assert found and not any(ANSWER in result["title"] for result in found)
        ended_well(process)
        assert lab.refused() == []
    command = [sys.executable, "-m", "bot", "--data", str(tmp_path / "data"), "unanswered"]
    listed = subprocess.run(command, cwd=tmp_path, env=os.environ | HERE, check=True, capture_output=True, text=True)
    assert f"1 {QUESTION} (closest, last on" in listed.stdout


def test_the_commands(lab: TelegramLab, person: int) -> None:
    assert "2 news articles" in ask(lab, person, "/start")["text"]
    assert "/sources" in ask(lab, person, "/help")["text"]
    assert "Dateline" in ask(lab, person, "/about")["text"]
    assert f"/article {SECOND_SEED}" in ask(lab, person, "/sources")["text"]
    assert ANSWER in ask(lab, person, f"/ask {QUESTION}")["text"]
    assert "/ask What happened on 6 January 2022?" in ask(lab, person, "/ask")["text"]
    assert "No article has the id nothing" in ask(lab, person, "/article nothing")["text"]
    assert "/help" in ask(lab, person, "/dance")["text"]


def test_a_question_in_another_language_gets_a_note_about_its_language(lab: TelegramLab, person: int) -> None:
    assert "по-английски" in ask(lab, person, "Когда протесты дошли до Алматы?")["text"]
    assert "yalnız İngilizce" in ask(lab, person, "Protestolar ne zaman başladı?")["text"]
    assert "English only" in ask(lab, person, "Wann begannen die Proteste?")["text"]
    assert ANSWER in ask(lab, person, QUESTION.replace("Almaty", "Алматы"))["text"]


def test_filters_choose_the_articles(lab: TelegramLab, person: int) -> None:
    asked = "When did the protests begin?"
    assert "] TASS" in ask(lab, person, f"source:tass {asked}")["text"]
    assert ask(lab, person, f"/ask {asked} after:2022-01-06")["text"].startswith("2 January 2022")
    assert "The articles have nothing on this." in ask(lab, person, f"{asked} before:2022-01-06")["text"]
    assert "No article here is from" in ask(lab, person, f"{asked} source:reuters")["text"]


def test_an_article_is_shown_whole(lab: TelegramLab, person: int) -> None:
    lab.send_dm(f"/article {SECOND_SEED}", person)
    text = "".join(message["text"] for message in lab.wait_replies(lab.dm(person)))
    assert text.startswith("TASS\n6 January 2022")
    assert "/TASS/." in text


def test_every_kind_of_chat_has_a_menu_in_every_language(start: Start) -> None:
    with TelegramLab(privacy=False) as lab:
        start(lab, admins=ALICE)
        menus = lab.wait(lambda: len(found := lab.world.settings.get("commands", {})) == 20 and found)
        received = {
            (json.loads(scope)["type"], language): {each["command"]: each["description"] for each in commands}
            for (scope, language), commands in menus.items()
        }
        assert received == {
            (kind, language): menu
            for kind, scope in {
                "default": MenuScope.DEFAULT,
                "all_private_chats": MenuScope.PRIVATE,
                "all_group_chats": MenuScope.GROUPS,
                "all_chat_administrators": MenuScope.GROUP_ADMINS,
                "chat": MenuScope.BOT_ADMINS,
            }.items()
            for language in ("", "en", "tr", "ru")
            for texts in [tables(language or "en")["menu"]]
            for menu in [{command.name: texts[command.name] for command in menu_of(scope)}]
        }
        assert received["all_group_chats", "tr"]["ask"] == "Soru sor"
        assert received["chat", "ru"]["add"] == "Добавить статью"
        assert "new" not in received["all_group_chats", ""] and "add" not in received["all_private_chats", ""]
        (chat,) = {scope for scope, _ in menus if json.loads(scope)["type"] == "chat"}
        assert json.loads(chat)["chat_id"] == ALICE
        assert lab.refused() == []


@pytest.mark.parametrize(
    "text", ["<b>When</b> did it & the <unrest> reach Almaty?", "</blockquote>&lt;&#0;&", "<a href='x'>"]
)
def test_markup_in_a_question_is_only_text(lab: TelegramLab, person: int, text: str) -> None:
    before = len(lab.calls("sendMessage"))
    assert ask(lab, person, text)
    assert [call.status for call in lab.calls("sendMessage")[before:]] == [200]


def test_what_is_not_text_gets_one_polite_line(lab: TelegramLab, person: int, group: int) -> None:
    lab.upload_document(b"data", "notes.txt", person)
    assert "only read text" in answer(lab, person)["text"]
    lab.upload_document(b"data", "notes.txt", person, group)
    lab.upload_document(b"data", "notes.txt", person, group, caption=f"/ask {QUESTION}")
    assert ANSWER in answer(lab, group)["text"]


# ---------------------------------------------------------------- groups, topics, channels


def test_a_group_that_does_not_ask_gets_no_message(lab: TelegramLab, person: int, group: int) -> None:
    said = lab.send_group(QUESTION, group, person)
    lab.send_group("I think so too", group, person, reply_to=said)
    lab.send_group(f"/ask@other_bot {QUESTION}", group, person)
    lab.send_group(f"@lab_bots {QUESTION}", group, person)
    lab.send_group("/kick me", group, person)
    ask(lab, person, QUESTION)  # whatever was said before has been handled now, or will be in a moment
    lab.expect_silence(group, 0.3)
    assert in_chat(lab, group, "") == []


def test_a_group_asks_by_command_mention_and_reply(lab: TelegramLab, person: int, group: int) -> None:
    for how in ("/ask {}", "/ask@lab_bot {}, please", "@lab_bot {} Tell me", "So: {} @LAB_BOT"):
        question = lab.send_group(how.format(QUESTION), group, person)
        message = answer(lab, group)
        assert ANSWER in message["text"]
        assert message["reply_to_message"]["message_id"] == question["message_id"]
    lab.send_group(ANOTHER, group, person, reply_to=message)
    assert ANOTHER_ANSWER in answer(lab, group)["text"]


def test_a_question_repeated_in_a_group_is_pointed_to_its_answer(lab: TelegramLab, person: int, group: int) -> None:
    lab.send_group(f"/ask {QUESTION}", group, person)
    first = answer(lab, group)
    again = lab.send_group(f"@lab_bot {QUESTION.lower()}", group, person)
    pointer = answer(lab, group)
    assert pointer["text"] == "Answered a moment ago: see above."
    assert pointer["reply_to_message"]["message_id"] == again["message_id"]
    (link,) = [entity["url"] for entity in pointer["entities"]]
    assert link == f"https://t.me/c/{str(group)[4:]}/{first['message_id']}"


def test_an_anonymous_admin_is_a_person(lab: TelegramLab, person: int, group: int) -> None:
    chat = lab.world.chats[group].data
    lab.send_group("hello", group, person)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    post = {"message_id": 900, "date": int(time.time()), "chat": chat, "text": f"/ask {QUESTION}"}
    lab.push_raw("message", post | {"from": anonymous, "sender_chat": chat})
    assert answer(lab, group)["text"].startswith(ANSWER)


def test_a_group_that_becomes_a_supergroup_is_still_served(lab: TelegramLab, person: int, group: int) -> None:
    old = {"id": group + 500_000, "title": "Readers", "type": "group"}
    moved = {"message_id": 901, "date": int(time.time()), "chat": old, "from": lab.user(person)}
    lab.push_raw("message", moved | {"migrate_to_chat_id": group})
    lab.send_group(f"/ask {QUESTION}", group, person)
    assert answer(lab, group)["text"].startswith(ANSWER)


def test_an_answer_stays_in_its_topic(lab: TelegramLab, person: int, forum: int) -> None:
    topic = lab.topic(forum, "Questions", person)
    lab.send_group("nothing for the bot", forum, person, topic=topic)
    lab.send_group(f"@lab_bot {QUESTION}", forum, person, topic=topic)
    assert answer(lab, forum)["message_thread_id"] == topic
    lab.send_group(f"/ask {QUESTION}", forum, person)
    assert "message_thread_id" not in answer(lab, forum)
    assert "message_thread_id" not in lab.calls("sendMessage")[-1].params


def test_a_channel_asks_by_command_and_mention(lab: TelegramLab, channel: int) -> None:
    lab.channel_post(QUESTION, channel)
    for text in (f"/ask {QUESTION}", f"@lab_bot {QUESTION}"):
        post = lab.channel_post(text, channel)
        message = answer(lab, channel)
        assert message["text"].startswith(ANSWER)
        assert message["reply_to_message"]["message_id"] == post["message_id"]
    assert len(in_chat(lab, channel, "")) == 2


# ---------------------------------------------------------------- edits and duplicates


def test_an_edited_question_edits_its_answer(lab: TelegramLab, person: int) -> None:
    question = lab.send_dm(QUESTION, person)
    message = answer(lab, person)
    lab.edit(question, ANOTHER)
    assert ANOTHER_ANSWER in lab.wait_edit(message)["text"]
    edits = len(lab.calls("editMessageText"))
    lab.edit(question, ANOTHER.rstrip("?") + " ?")
    ask(lab, person, QUESTION)
    assert len(lab.calls("editMessageText")) == edits
    assert len(in_chat(lab, person, "")) == 2


def test_an_edited_question_in_a_group_and_a_channel(lab: TelegramLab, person: int, group: int, channel: int) -> None:
    question = lab.send_group(f"/ask {QUESTION}", group, person)
    message = answer(lab, group)
    lab.edit(question, f"/ask {ANOTHER}")
    assert ANOTHER_ANSWER in lab.wait_edit(message)["text"]
    post = lab.channel_post(f"/ask {QUESTION}", channel)
    message = answer(lab, channel)
    lab.edit(post, f"/ask {ANOTHER}")
    assert ANOTHER_ANSWER in lab.wait_edit(message)["text"]


def test_a_duplicate_update_is_answered_once(lab: TelegramLab, person: int) -> None:
    ask(lab, person, QUESTION)
    lab.redeliver(3)
    ask(lab, person, ANOTHER)  # handled after the duplicate, for a chat keeps its order
    assert len(in_chat(lab, person, ANSWER)) == 1


def test_an_old_message_that_is_edited_now_is_left_alone(lab: TelegramLab, person: int) -> None:
    message = ask(lab, person, QUESTION)
    now = int(time.time())
    old = {"message_id": 1, "date": now - 90_000, "edit_date": now, "chat": message["chat"], "from": lab.user(person)}
    lab.push_raw("edited_message", old | {"text": QUESTION})
    ask(lab, person, ANOTHER)
    assert len(in_chat(lab, person, "")) == 2


# ---------------------------------------------------------------- a bad line


def test_too_many_requests_are_waited_for(lab: TelegramLab, person: int) -> None:
    fault = lab.rate_limited(1)
    began = time.monotonic()
    assert ask(lab, person, QUESTION)["text"].startswith(ANSWER)
    assert fault.hits == 1
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize("kind", ["drop", "html", "garbage"])
def test_a_message_that_did_not_arrive_is_sent_again(lab: TelegramLab, person: int, kind: str) -> None:
    fault = lab.fault(kind, "sendMessage", status=502, chat_id=person)
    ask(lab, person, QUESTION)
    lab.wait(lambda: fault.hits == 1)
    ask(lab, person, ANOTHER)
    assert len(in_chat(lab, person, ANSWER)) == 1


def test_a_message_whose_confirmation_was_lost_is_there_once(lab: TelegramLab, person: int, group: int) -> None:
    for chat in (person, group):
        fault = lab.fault("drop_after", "sendMessage", chat_id=chat)
        if chat == person:
            lab.send_dm(QUESTION, person)
        else:
            lab.send_group(f"/ask {QUESTION}", group, person)
        lab.wait(lambda chat=chat: len(lab.replies(chat)) == 2, what="the message to be sent again")
        lab.wait(lambda chat=chat: len(in_chat(lab, chat, ANSWER)) == 1, what="the first copy to be taken back")
        assert fault.hits == 1


def test_an_edit_whose_line_was_cut_is_made_again(lab: TelegramLab, person: int) -> None:
    question = lab.send_dm(QUESTION, person)
    message = answer(lab, person)
    lab.fault("drop", "editMessageText", chat_id=person)
    lab.edit(question, ANOTHER)
    assert ANOTHER_ANSWER in lab.wait_edit(message)["text"]


def test_html_that_telegram_cannot_read_is_sent_as_plain_text(lab: TelegramLab, person: int) -> None:
    told = "Bad Request: can't parse entities: Unsupported start tag"
    lab.fault("error", "sendMessage", status=400, description=told, chat_id=person)
    message = ask(lab, person, QUESTION)
    assert message["text"].startswith(ANSWER)
    assert kinds(message) == set()


@pytest.mark.parametrize("kind", ["drop", "drop_after", "html", "garbage"])
def test_polling_recovers_and_nothing_is_answered_twice(lab: TelegramLab, person: int, kind: str) -> None:
    fault = lab.fault(kind, "getUpdates", status=502)
    lab.send_dm(QUESTION, person)
    lab.wait(lambda: fault.hits == 1, 40, "the fault")
    lab.wait_replies(person, 1, 10)
    ask(lab, person, ANOTHER)
    assert len(in_chat(lab, person, ANSWER)) == 1


# ---------------------------------------------------------------- beginning and end


def test_what_is_being_answered_is_finished_before_the_bot_stops(start: Start) -> None:
    with TelegramLab() as lab:
        process = start(lab)
        lab.fault("slow", "sendMessage", seconds=1.0, times=None)
        lab.send_dm(QUESTION)
        lab.wait(lambda: lab.server.faults[0].hits, what="the answer to be on its way")
        ended_well(process)
        assert answer(lab, ALICE)["text"].startswith(ANSWER)
        assert lab.refused() == []


def test_a_bot_that_starts_again_remembers_what_it_answered(start: Start) -> None:
    with TelegramLab() as lab:
        first = start(lab)
        question = lab.send_dm(QUESTION)
        message = answer(lab, ALICE)
        ended_well(first)
        second = start(lab)
        lab.redeliver()
        lab.edit(question, ANOTHER)
        assert ANOTHER_ANSWER in lab.wait_edit(message)["text"]
        assert len(in_chat(lab, ALICE, "")) == 1
        ended_well(second)
        assert lab.refused() == []


def end_outage_once_noticed(lab: TelegramLab, log: Path) -> None:
    deadline = time.monotonic() + 30
    while not (log.exists() and UNREACHABLE in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    lab.outage(False)


def test_a_bot_that_starts_during_an_outage_waits_for_its_end(start: Start, tmp_path: Path) -> None:
    with TelegramLab() as lab:
        lab.outage()
        back = threading.Thread(target=end_outage_once_noticed, args=(lab, tmp_path / "bot.log"))
        back.start()
        lab.send_dm(QUESTION)
        process = start(lab)
        back.join()
        assert answer(lab, ALICE)["text"].startswith(ANSWER)
        told = process.log.read_text()
        assert UNREACHABLE in told
        assert "Traceback" not in told
        ended_well(process)


@pytest.mark.parametrize("token", ["123456789:AAwrong-token-that-nobody-was-ever-given", "no token at all"])
def test_a_wrong_token_is_one_clear_sentence(filled: Path, tmp_path: Path, token: str) -> None:
    with TelegramLab() as lab:
        process = bot(lab, tmp_path, filled, token)
        done = run_to_the_end(process)
    assert done.returncode == 2
    told = [line for line in done.stderr.splitlines() if "TELEGRAM_BOT_TOKEN cannot be used" in line]
    assert len(told) == 1
    assert "Traceback" not in done.stderr
    assert token not in done.stderr


def test_a_token_that_is_withdrawn_ends_the_bot(start: Start) -> None:
    with TelegramLab() as lab:
        process = start(lab)
        lab.world.token = "123456789:AA-another-token-AAAAAAAAAAAAAAAAAAAA"
        lab.send_dm(QUESTION)  # ends the long poll; the next one is refused
        assert process.process.wait(15) == 2
        told = process.log.read_text()
        assert "does not accept it" in told
        assert lab.token not in told


def run_to_the_end(process: BotProcess) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        process.argv, env=process.env, cwd=process.cwd, capture_output=True, text=True, timeout=60, check=False
    )
