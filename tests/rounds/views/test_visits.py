"""Days entered in a table, moved on a page of their own, and sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Round
from rounds.states import ChallengeState
from tests.world import World, run_effects, working_day

Browser = Callable[[User], Client]


def at(name: str, thing: Round | Challenge) -> str:
    return reverse(name, args=[thing.pk])


def text(answer: Any) -> str:
    return answer.content.decode()


def in_order(round: Round) -> list[Challenge]:
    return list(round.challenges.with_both_sides().order_by("host__authority__name"))


def days_from(round: Round, weeks: int) -> tuple[date, date]:
    first = working_day(round.visits_from + timedelta(weeks=weeks))
    return first, working_day(first, 7)


def set_days(challenge: Challenge) -> list[date]:
    return list(challenge.days.values_list("day", flat=True))


def row(challenge: Challenge, first: date | str, second: date | str) -> dict[str, str]:
    """What one row of the table sends; days as people write them."""
    written = [f"{day:%d/%m/%Y}" if isinstance(day, date) else day for day in (first, second)]
    return {
        f"day_{challenge.pk}_day1": written[0],
        f"day_{challenge.pk}_feedback": written[1],
    }


def test_before_there_are_matches_the_page_leads_to_them(world: World, signed_in: Browser) -> None:
    page = text(signed_in(world.officer).get(at("round_visits", world.opened())))
    assert "There are no visits to date yet." in page


def test_offers_without_an_answer_are_named(
    world: World, offered: Round, signed_in: Browser
) -> None:
    page = text(signed_in(world.officer).get(at("round_visits", offered)))
    assert "3 of 3 still wait for an answer" in page
    assert "Set the days" not in page


def test_many_days_are_saved_at_once(world: World, accepted: Round, signed_in: Browser) -> None:
    first, second, third = in_order(accepted)
    sent = {**row(first, *days_from(accepted, 1)), **row(second, *days_from(accepted, 3))}
    answer = signed_in(world.officer).post(at("round_visits", accepted), sent, follow=True)
    assert "The days of 2 visits have been saved. Nobody is told yet." in text(answer)
    assert set_days(first) == list(days_from(accepted, 1))
    assert set_days(second) == list(days_from(accepted, 3))
    assert set_days(third) == []


def test_rows_that_stand_are_saved_and_the_others_say_why_not(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    first, second, third = in_order(accepted)
    one, other = days_from(accepted, 1)
    sent = {
        **row(first, one, other),
        **row(second, one, ""),
        **row(third, "tomorrow", f"{other:%-d %b %Y}"),
    }
    answer = signed_in(world.officer).post(at("round_visits", accepted), sent)
    errors = {name: list(found) for name, found in answer.context["form"].errors.items()}
    host, last = second.host_authority, third.host_authority
    assert set_days(first) == [one, other]
    assert errors == {
        f"day_{second.pk}_feedback": [f"Enter day 2 of {host}’s visit too"],
        f"day_{third.pk}_day1": [f"Day 1 of {last}’s visit must be a real date, like 17/1/2027"],
    }
    assert 'value="tomorrow"' in text(answer)


def test_a_clash_between_two_rows_is_said_beside_its_box(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    first, second, _ = in_order(accepted)
    days = days_from(accepted, 1)
    sent = {**row(first, *days), **row(second, *days)}
    answer = signed_in(world.officer).post(at("round_visits", accepted), sent)
    errors = answer.context["form"].errors
    assert set(errors) == {f"day_{second.pk}_day1", f"day_{second.pk}_feedback"}
    assert "is already booked on" in errors[f"day_{second.pk}_day1"][0]
    assert set_days(first) == list(days)
    assert set_days(second) == []


def test_a_row_waits_for_the_one_that_makes_room(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    first, second, _ = in_order(accepted)
    old, new = days_from(accepted, 1), days_from(accepted, 3)
    client = signed_in(world.officer)
    actions.set_visit_days(
        second, dict(zip(("day1", "feedback"), old, strict=True)), by=world.officer
    )
    seen = f"day1={old[0].isoformat()} feedback={old[1].isoformat()}"
    sent = {**row(first, *old), **row(second, *new), f"seen_{second.pk}": seen}
    assert client.post(at("round_visits", accepted), sent).status_code == 302
    assert (set_days(first), set_days(second)) == (list(old), list(new))


def test_days_set_meanwhile_are_not_overwritten(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    theirs = dict(zip(("day1", "feedback"), days_from(accepted, 1), strict=True))
    actions.set_visit_days(challenge, theirs, by=world.officer)
    sent = row(challenge, *days_from(accepted, 3))
    answer = signed_in(world.officer).post(at("round_visits", accepted), sent)
    assert "while you had this page open" in text(answer)
    assert set_days(challenge) == list(theirs.values())


def test_a_row_nobody_touched_overwrites_nothing(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    """Empty on the page of one officer, set meanwhile by another."""
    one, other, _ = in_order(accepted)
    theirs = dict(zip(("day1", "feedback"), days_from(accepted, 1), strict=True))
    actions.set_visit_days(one, theirs, by=world.officer)
    sent = {**row(one, "", ""), **row(other, *days_from(accepted, 3))}
    signed_in(world.officer).post(at("round_visits", accepted), sent)
    assert set_days(one) == list(theirs.values())
    assert set_days(other) == list(days_from(accepted, 3))


def test_empty_rows_are_filled_with_free_days(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    client, address = signed_in(world.officer), at("round_visits", accepted)
    page = text(client.post(address, {"fill": 1}, follow=True))
    assert "Looking for days" in page
    assert "Set the days" not in page
    run_effects()
    page = text(client.get(address))
    assert "Days for 3 visits were looked for at" in page
    assert "No better plan exists: this is proven." in page
    assert [len(set_days(challenge)) for challenge in in_order(accepted)] == [2, 2, 2]
    assert "Find days for the empty ones" not in page


def test_sending_stops_first_and_says_who_is_told(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    lead = world.person(Role.REVIEWER, challenge.challenger_authority, name="Lead Reviewer")
    actions.name_lead(challenge, lead, by=world.officer)
    client = signed_in(world.officer)
    sent = {**row(challenge, *days_from(accepted, 1)), "send": 1}
    answer = client.post(at("round_visits", accepted), sent)
    assert answer.url == at("round_visits_send", accepted)
    page = text(client.get(answer.url))
    assert "You are about to e-mail 2 directors and 1 reviewer" in page
    assert "Lead Reviewer" in page
    assert world.again(challenge).state == ChallengeState.ACCEPTED


def test_sending_twice_tells_nobody_twice(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    actions.fill_visit_days(accepted, by=world.officer)
    run_effects()
    mail.outbox.clear()
    client, address = signed_in(world.officer), at("round_visits_send", accepted)
    version = {"version": client.get(address).context["version"]}
    assert client.post(address, version).url == at("round_visits", accepted)
    assert "nobody is told twice" in text(client.post(address, version, follow=True))
    run_effects()
    assert len(mail.outbox) == 6
    assert "There are no dates to send" in text(client.get(address, follow=True))


def test_dates_changed_meanwhile_are_looked_at_again(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    actions.fill_visit_days(accepted, by=world.officer)
    client, address = signed_in(world.officer), at("round_visits_send", accepted)
    version = {"version": client.get(address).context["version"]}
    actions.set_visit_days(in_order(accepted)[0], {}, by=world.officer)
    assert "changed since you looked at them" in text(client.post(address, version, follow=True))
    assert {c.state for c in in_order(accepted)} == {ChallengeState.ACCEPTED}


def three_parts(first: date, second: date, seen: str = "") -> dict[str, str | int]:
    sent: dict[str, str | int] = {"seen": seen}
    for name, day in (("day1", first), ("feedback", second)):
        sent |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return sent


def test_one_visit_has_a_page_that_shows_free_weeks_first(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    client, address = signed_in(world.officer), at("challenge_days", challenge)
    weeks = client.get(address).context["weeks"]
    assert all(week.free for week in weeks)
    page = client.get(f"{address}?week={weeks[2].monday}")
    assert "These are the days chosen in the week of" in text(page)
    suggested = page.context["form"].initial
    assert suggested == weeks[2].days
    assert client.get(f"{address}?week=tomorrow").context["chosen"] is None
    answer = client.post(address, three_parts(suggested["day1"], suggested["feedback"]))
    assert answer.url == at("round_visits", accepted)
    assert set_days(challenge) == [suggested["day1"], suggested["feedback"]]


def test_a_clash_on_the_page_of_one_visit_is_said_beside_its_day(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    first, _ = days_from(accepted, 1)
    sent = three_parts(first, first + timedelta(days=30))
    answer = signed_in(world.officer).post(at("challenge_days", challenge), sent)
    assert set(answer.context["form"].errors) == {"feedback"}
    assert "must be 5 to 9 days after" in text(answer)
    assert set_days(challenge) == []


def test_what_the_days_must_keep_to_names_the_other_visits(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    one, other, _ = in_order(accepted)
    days = dict(zip(("day1", "feedback"), days_from(accepted, 1), strict=True))
    actions.set_visit_days(other, days, by=world.officer)
    page = text(signed_in(world.officer).get(at("challenge_days", one)))
    assert f"{days['day1']:%A} {days['day1'].day}" in page
    assert str(other) in page


def test_a_visit_moved_meanwhile_is_not_overwritten(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    theirs = dict(zip(("day1", "feedback"), days_from(accepted, 1), strict=True))
    actions.set_visit_days(challenge, theirs, by=world.officer)
    sent = three_parts(*days_from(accepted, 3))
    answer = signed_in(world.officer).post(at("challenge_days", challenge), sent)
    assert "while you had this page open" in text(answer)
    assert set_days(challenge) == list(theirs.values())


def test_days_of_a_visit_under_way_are_only_shown(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = in_order(accepted)[0]
    Challenge.objects.filter(pk=challenge.pk).update(state=ChallengeState.ON_SITE)
    client, address = signed_in(world.officer), at("challenge_days", challenge)
    assert "until the visit begins" in text(client.get(address))
    assert client.post(address, three_parts(*days_from(accepted, 1))).status_code == 403


def test_setting_days_is_the_officers(world: World, accepted: Round, signed_in: Browser) -> None:
    challenge = in_order(accepted)[0]
    address = at("challenge_days", challenge)
    host = world.director_of(challenge.host_authority)
    assert signed_in(host).get(address).status_code == 403
    assert signed_in(World().officer).get(address).status_code == 404


@pytest.mark.parametrize("nonsense", ["\x00", "99/99/9999", "1/1/0001", "9" * 300, "１７/1/2027"])
def test_nonsense_in_a_box_is_a_sentence_and_no_error(
    world: World, accepted: Round, signed_in: Browser, nonsense: str
) -> None:
    challenge = in_order(accepted)[0]
    sent = {**row(challenge, nonsense, nonsense), f"seen_{challenge.pk}": nonsense}
    answer = signed_in(world.officer).post(at("round_visits", accepted), sent)
    assert answer.status_code in {200, 302}
    assert set_days(challenge) == []
