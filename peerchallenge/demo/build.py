from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from peerchallenge.demo.apart import keep_apart, was_in_intervention
from peerchallenge.demo.calendars import enter_calendars, enter_venues
from peerchallenge.demo.challenges import book, match, open_round, visit, write_self_assessment
from peerchallenge.demo.content import load_region
from peerchallenge.demo.ledger import enter_earlier_round
from peerchallenge.demo.letters import write_letter
from peerchallenge.demo.moments import at
from peerchallenge.demo.offers import say_offers
from peerchallenge.demo.offices import share_out
from peerchallenge.demo.people import make_cast
from peerchallenge.demo.pool import fill_pool
from peerchallenge.demo.postponing import postpone
from peerchallenge.demo.scope import agree_scopes
from peerchallenge.demo.teams import seat_teams
from rounds.models import Round


def build(slug: str, say: Callable[[str], None]) -> Round:
    """The region's people and one round, its sixteen hosts each at another stage."""
    content, today = load_region(slug), timezone.localdate()
    say("Inviting everybody")
    with at(content.opens.on(today) - timedelta(weeks=2)):
        cast = make_cast(content)
    with at(content.opens.on(today) - timedelta(weeks=1)):
        enter_earlier_round(cast, today)
        was_in_intervention(cast, today)
    round = open_round(content, cast, today)
    keep_apart(cast, today)
    fill_pool(cast, today)
    say("Writing the self-assessments")
    for words in content.authorities:
        write_self_assessment(round, words, cast, today)
    share_out(round, cast, today)
    say_offers(round, content, cast, today)
    enter_calendars(cast, today)
    enter_venues(cast, today)
    say("Matching, and finding dates")
    challenges = match(round, content, cast, today)
    book(round, challenges, content, cast, today)
    agree_scopes(challenges, content, cast, today)
    say("Visiting, and writing letters")
    for story in content.challenges:
        visit(story, challenges[story.host], content, cast, today)
        write_letter(story, challenges[story.host], content, cast, today)
    seat_teams(round, cast, today)
    postpone(challenges, content, cast, today)
    return round
