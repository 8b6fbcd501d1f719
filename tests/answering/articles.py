"""Three invented articles of three outlets that do not exist, for journeys from article to answer."""

from __future__ import annotations

from datetime import date

from tests.factories import make_article, make_published

FIRE = make_article(
    "herald-fire",
    title="Fire destroys maritime museum in Split",
    outlet="Coastal Herald",
    published=make_published(date(2021, 5, 6)),
    url="https://herald.example/fire",
    text="""Fire destroys maritime museum in Split

SPLIT, May 6 (Coastal Herald) - A fire broke out in the cellar of the maritime museum of Split on May 3. Two \
days later, the flames reached the library, where 900 charts were stored.

Twelve people were injured, said Vesna Horvat, the museum's director. "We saved the anchor and nothing \
else," Horvat said.

Minister promises rebuilding money

The fire was caused by a faulty heating pipe, according to the fire brigade. Firefighters fought the flames \
for nine hours. The museum, founded in 1925, will be rebuilt at a cost of 3 million euros.

Slovenia's Foreign Minister Jure Kranjc sent his condolences on Thursday. The mayor of Split, Ante Babic, \
called the loss "a wound in the heart of the town".
""",
)
MOURNING = make_article(
    "tribune-fire",
    title="Split mourns its museum",
    outlet="Morning Tribune",
    published=make_published(date(2021, 5, 7)),
    text="""The fire in the maritime museum of Split broke out on May 3 and injured twelve people. Investigators from \
Zadar, Zagreb and Rijeka are searching the ruins.

Rebuilding the museum will cost 5 million euros, the government said on Friday. An exhibition of what was \
saved opens on May 20.
""",
)
CHESS = make_article(
    "star-chess",
    title="Polish teenager wins chess marathon",
    outlet="Evening Star",
    published=make_published(date(2021, 5, 7)),
    text="""Polish teenager wins chess marathon

GENEVA, May 7 (Evening Star) - Nineteen-year-old Zofia Wrona of Poland won the Lake Chess Marathon in Geneva \
on Thursday. She played 41 games in 30 hours and lost only two.

"My coffee was better than my openings," Wrona said after the last game. She received 25,000 francs.

Losers complain

The Bulgarian player Petar Iliev, who came second, accused the organisers of favouring short games. Players \
from Bulgaria, Hungary, Portugal and Iceland took part. The marathon was postponed twice because of a strike \
of railway workers.

The next marathon will be held in Lisbon on October 14. Switzerland's Sports Minister Claire Monod opened \
the tournament.
""",
)
