"""What the page of a challenge asks first of each who reads it, as the visit comes nearer."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge
from tests.world import World, fresh

SignedIn = Callable[[User], Client]


def asked(challenge: Challenge, user: User, signed_in: SignedIn) -> str:
    """What the one button says; empty where there is none."""
    page = signed_in(fresh(user)).get(reverse("challenge", args=[challenge.pk]))
    ask = page.context["ask"]
    assert page.content.decode().count('class="govuk-button"') <= 1
    return ask.button if ask else ""


def test_everybody_is_asked_for_what_is_theirs_to_do(world: World, signed_in: SignedIn) -> None:
    challenge = world.first(world.accepted())
    host = world.director_of(challenge.host_authority)
    challenger = world.director_of(challenge.challenger_authority)
    own_officer = world.person(Role.AUTHORITY_OFFICER, challenge.host_authority)
    assert [
        asked(challenge, user, signed_in)
        for user in (challenger, host, own_officer, world.officer, world.chair)
    ] == [
        "Name the lead reviewer",
        "Write the lines of enquiry",
        "Write the lines of enquiry",
        "Name the lead reviewer",
        "",
    ]


def test_once_there_is_a_lead_and_a_line_both_agree_it_and_the_officer_sets_days(
    world: World, signed_in: SignedIn
) -> None:
    challenge = world.first(world.teamed())
    challenge.lines.create(position=1, text="How is it known?")
    host, lead = world.director_of(challenge.host_authority), world.lead_of(challenge)
    own_officer = world.person(Role.AUTHORITY_OFFICER, challenge.host_authority)
    people = (host, lead, world.officer, own_officer, world.member_of(challenge))
    agree = "Read and agree the lines of enquiry"
    assert [asked(challenge, user, signed_in) for user in people] == [
        *(agree, agree, "Set the days of the visit"),
        *("Work on the timetable", ""),
    ]
    actions.agree_scope(challenge, version=0, by=host)
    assert asked(challenge, host, signed_in) == "Work on the timetable"


def test_days_that_are_set_are_to_be_sent(world: World, signed_in: SignedIn) -> None:
    challenge = world.first(world.booked())
    assert asked(challenge, world.officer, signed_in) == ""
    Challenge.objects.filter(pk=challenge.pk).update(dates_sent_at=None)
    assert asked(challenge, world.officer, signed_in) == "Send the days"


def test_on_site_the_team_writes_down_what_it_finds(world: World, signed_in: SignedIn) -> None:
    challenge = world.visited()
    page = signed_in(world.member_of(challenge)).get(reverse("challenge", args=[challenge.pk]))
    assert "Record what you find" in page.content.decode()
