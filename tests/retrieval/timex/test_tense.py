"""Whether a date is told as past or as to come."""

from __future__ import annotations

import pytest

from retrieval.timex.tense import Tense, tense_at
from retrieval.timex.vocabulary import plain_text


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("They met on @.", Tense.PAST),
        ("They announced it @.", Tense.PAST),
        ("They will meet on @.", Tense.FUTURE),
        ("It will be reviewed by the ministers on @.", Tense.FUTURE),
        ("The council is expected to come together @.", Tense.FUTURE),
        ("The trial begins @.", Tense.FUTURE),
        ("A hearing has been scheduled for @.", Tense.FUTURE),
        ("He said on @ that it will end.", Tense.PAST),
        ('"I will go," he said on @.', Tense.PAST),
        ("On @, the ministers will meet.", Tense.FUTURE),
        ("On @, they met.", Tense.PAST),
        ("They spoke yesterday, and on @ they will sign.", Tense.FUTURE),
        ("It has been closed since @.", Tense.PAST),
        ("It must be paid by @.", Tense.FUTURE),
        ("It would end on @.", Tense.OPEN),
        ("Mr. Smith spoke. Gen. Jones will speak on @.", Tense.FUTURE),
        ("Ministers on @", Tense.UNKNOWN),
        ("He spoke of it.\nMinisters on @\nThey will come.", Tense.UNKNOWN),
    ],
)
def test_tense(text: str, tense: Tense) -> None:
    start = text.index("@")
    read = plain_text(text.replace("@", "Friday"))
    assert tense_at(read, start, start + len("Friday")) is tense
