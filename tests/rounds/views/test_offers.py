"""What all authorities of a round can give, as its officers see it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from authorities.models import Intervention, User
from rounds import actions
from rounds.models import Capacity, Participation, SelfAssessment
from rounds.queries.offering import Strength, Wish, strengths_mark, wishes_mark
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]
STALE = "Somebody changed this while you had the page open."


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def plain(answer: object) -> str:
    """What somebody reads, without the markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", words(answer)).split())


def member(own: SelfAssessment) -> Participation:
    return own.participation


def seen_on(client: Client, page: str) -> str:
    return client.get(page).context["form"].initial["version"]


def test_officers_see_everybody_and_who_has_not_answered(
    world: World, own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    round, part = own.participation.round, member(own)
    one, _ = round.participations.exclude(pk=part.pk)
    adoption = round.areas.get(name="Adoption")
    actions.say_numbers(part, least=0, most=2, note="tok", version=0, by=director)
    actions.say_strengths(part, [Strength(adoption)], seen=strengths_mark([]), by=director)
    actions.wish_for_challengers(part, [Wish(one)], seen=wishes_mark([]), by=director)
    Intervention.objects.create(authority=one.authority, from_date=round.visits_from)
    client, page = signed_in(world.officer), url("round_offers", round.pk)
    answer = client.get(page)
    shown, said = words(answer), plain(answer)
    assert "1 answered" in said
    assert "2 not answered yet" in said
    assert "4 challenges could be given, 3 are needed" in said
    assert f"0 to 2; with a note Adoption {one.authority.short_name}" in said
    assert shown.count("In intervention") == 1
    assert f"Adoption 0 {part.authority.short_name} Diversion from care 0 Nobody yet" in said
    missing = words(client.get(page, {"show": "missing"}))
    assert part.authority.name not in missing
    assert one.authority.name in missing


def test_an_officer_writes_numbers_down_for_an_authority(
    world: World, own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    part = member(own)
    client, page = signed_in(world.officer), url("round_offer", part.round_id, part.pk)
    assert "It has not answered yet" in words(client.get(page))
    client.post(page, {"most": "2", "version": seen_on(client, page)})
    assert f"Said by {world.officer}" in words(client.get(page))
    seen = seen_on(client, page)
    actions.say_numbers(part, least=0, most=0, note="", version=1, by=director)
    stale = words(client.post(page, {"most": "1", "version": seen}))
    assert STALE in stale
    assert "No challenge in this round" in stale
    assert Capacity.objects.get().gives_most == 0


def test_an_officer_is_led_to_the_officers_page(
    world: World, own: SelfAssessment, signed_in: Browser
) -> None:
    world.sent(member(own))
    answer = signed_in(world.officer).get(url("self_assessment_offer", own.pk))
    assert answer["Location"] == url(
        "round_offer", own.participation.round_id, own.participation_id
    )


def test_the_spreadsheet_holds_reasons_and_notes(
    world: World, own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    part = member(own)
    first = part.round.visits_from
    actions.say_numbers(part, least=None, most=None, note="A note", version=0, by=director)
    actions.say_unavailable(
        part.authority, first_day=first, last_day=first, reason="Away day", by=director
    )
    answer = signed_in(world.officer).get(url("round_offers_xlsx", part.round_id))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    heads, *rows = sheet.iter_rows(values_only=True)
    row = dict(zip(heads, rows[0], strict=True))
    assert (row["Authority"], row["Note"]) == (part.authority.name, "A note")
    assert "cannot. Away day" in row["Cannot or rather not"]
    assert len(rows) == 3


def test_the_officers_table_asks_as_often_for_one_as_for_all(
    world: World,
    own: SelfAssessment,
    director: User,
    signed_in: Browser,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    round = own.participation.round
    client, page = signed_in(world.officer), url("round_offers", round.pk)
    for number, part in enumerate(round.participations.all(), 1):
        others = list(round.participations.exclude(pk=part.pk))
        by = world.director_of(part.authority)
        actions.say_strengths(part, [Strength(round.areas.first())], seen=strengths_mark([]), by=by)
        actions.wish_for_challengers(
            part, [Wish(one) for one in others], seen=wishes_mark([]), by=by
        )
        if number in {1, 3}:
            with django_assert_num_queries(QUERIES):
                client.get(page)


QUERIES = 15
