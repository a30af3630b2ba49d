"""One visit that could not be on its days: other dates are offered, and the host has answered."""

from __future__ import annotations

from datetime import date, timedelta

from peerchallenge.demo.content import RegionContent
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from rounds import actions
from rounds.models import Challenge
from rounds.states import PostponedFor

WHY = "Two heads of service leave us in the month of the visit, and their successors come later."
# On the second of the three the host cannot.
ANSWERS = (True, False, True)


def postpone(
    challenges: dict[str, Challenge], content: RegionContent, cast: Cast, today: date
) -> None:
    for story in content.challenges:
        if story.stage != "postponed":
            continue
        challenge, director = challenges[story.host], cast.director(story.host)
        with at(today - timedelta(days=3), 10):
            put_off = actions.postpone_challenge(
                challenge, kind=PostponedFor.CAPACITY, reason=WHY, by=director
            )
        # By now the worker has found some.
        keys = put_off.offers.values_list("pk", flat=True)
        with at(today - timedelta(days=2), 9):
            said = dict(zip(keys, ANSWERS, strict=False))
            if said:
                actions.answer_dates(challenge, said, by=director)
