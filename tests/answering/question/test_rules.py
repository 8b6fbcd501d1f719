"""Kinds: what a question asks for, by its words alone."""

from __future__ import annotations

import pytest

from bot.answering.question.rules import read_kind
from retrieval.models import MentionKind

KINDS = [
    ("Who opened the bridge?", "who", None),
    ("Whom did the mayor thank?", "who", None),
    ("Whose yacht was seized?", "whose", None),
    ("When did the ferry sink?", "when", None),
    ("In what year was the mill built?", "when", "year"),
    ("What date is the hearing?", "when", "date"),
    ("Where was the treaty signed?", "where", None),
    ("Why did the workers strike?", "why", None),
    ("What caused the blackout?", "why", None),
    ("How was the fire put out?", "how", None),
    ("How many passengers were aboard?", "how_many", "passengers"),
    ("How much did the museum pay?", "how_much", None),
    ("How long did the siege last?", "how_long", None),
    ("How old is the captain?", "how_old", None),
    ("What did the divers find?", "what", None),
    ("Which harbour did they reach?", "which", "harbour"),
    ("What is the capital of the province?", "which", "capital"),
    ("Who is Ada Lovelace?", "definition", None),
    ("What is NATO?", "definition", None),
    ("Who is the mayor of Lyon?", "who", None),
    ("What did the minister say about taxes?", "quotation", None),
    ("Which cities were flooded?", "list", "city"),
    ("List all countries that signed", "list", "country"),
    ("Did the council approve the plan?", "yes_no", None),
    ("harbour strike wages", "keywords", None),
    ("thanks!", "small_talk", None),
    ("The treaty was signed where?", "where", None),
    ("What's Norway's capital?", "which", "capital"),
    ("Which three rivers froze?", "list", "river"),
    ("What two men were arrested?", "list", "man"),
    ("Name a harbour in Norway", "which", "harbour"),
    ("Name the mayor of Lyon", "which", "mayor"),
    ("Name three cities in Norway", "list", "city"),
    ("What is the day of the vote?", "when", "day"),
    ("When the king died, who followed him?", "who", None),
    ("When the bridge fell what happened?", "what", None),
    ("In 1979, during the strike, what was the price of coal?", "which", "price"),
    ("Between what years was the line open?", "when", "year"),
    ("In which years did Norway win?", "when", "year"),
    ("The report says how many crates were lost?", "how_many", "crates"),
    ("How many paid holiday days do sailors get?", "how_long", "days"),
    ("How many of the crates were lost?", "how_many", None),
    ("How many member states signed?", "how_many", "states"),
    ("How often does the council meet?", "when", None),
    ("What is the largest state in the union?", "which", "state"),
    ("What was the claim about?", "what", None),
    ("What was the mayor told?", "quotation", None),
    ("What has the mayor said?", "quotation", None),
    ("What are the dockers striking over?", "why", None),
    ("Which articles state that tolls are unlawful?", "which", "article"),
    ("Which act allows the council to set tolls?", "which", "act"),
    ("Which goalkeeper saved the penalty?", "which", "goalkeeper"),
    ("WHAT IS THE CAPITAL OF NORWAY?", "which", "capital"),
    ("what will ministers of the old cabinet do now", "what", None),
]


@pytest.mark.parametrize(("text", "kind", "head"), KINDS)
def test_kind_and_head(text: str, kind: str, head: str | None) -> None:
    reading = read_kind(text)
    assert (reading.kind.value, reading.head) == (kind, head) if head else reading.kind.value == kind


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In which country is Lyon?", MentionKind.PLACE),
        ("Which company built it?", MentionKind.ORGANISATION),
        ("What percentage voted?", MentionKind.PERCENT),
        ("Which official received the papers?", MentionKind.PERSON),
        ("How long was the delay?", MentionKind.DURATION),
        ("What are the odds of a storm?", MentionKind.PERCENT),
        ("What portion of the crew stayed?", MentionKind.PERCENT),
        ("What is the minimum wage in Norway?", MentionKind.MONEY),
        ("What tax do sailors pay?", MentionKind.MONEY),
        ("What is the life span of a crab?", MentionKind.DURATION),
        ("When is her birthday?", MentionKind.DATE),
        ("What is her birthday?", MentionKind.DATE),
        ("What is the estimated death toll?", MentionKind.NUMBER),
        ("What was Lyon's population in 1901?", MentionKind.NUMBER),
        ("Which goalkeeper saved the penalty?", MentionKind.PERSON),
        ("What goalkeeper saved the penalty?", MentionKind.PERSON),
        ("How often does the council meet?", MentionKind.SET),
        ("How much of the harvest was lost?", MentionKind.PERCENT),
        ("How high is the tower?", MentionKind.NUMBER),
    ],
)
def test_wanted_kind_comes_first(text: str, wanted: MentionKind) -> None:
    assert read_kind(text).wanted[0] is wanted


@pytest.mark.parametrize(
    "text",
    [
        "What type of company built it?",
        "What kind of place is it?",
        "Under which courts does it fall?",
        "Which ferry sank?",
        "What did they find?",
    ],
)
def test_sorts_and_things_have_no_wanted_kind(text: str) -> None:
    assert read_kind(text).wanted == ()


def test_a_question_word_may_come_late_or_in_capitals() -> None:
    assert read_kind("THE TALKS BEGAN WHEN?").kind.value == "when"
