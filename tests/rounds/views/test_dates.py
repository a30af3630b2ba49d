"""Days looked for again, pins, and what a side says of the days it was sent."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from peerchallenge.outbox.models import Effect, EffectState
from rounds import actions
from rounds.models import Challenge, DateSearch, Round
from tests.rounds.dated import away, lead_of
from tests.rounds.views.test_visits import Browser, at, in_order, set_days, text
from tests.world import World, run_effects


def one_cannot(world: World, round: Round) -> date:
    """Days are found for all; then the first visit's lead cannot on its day."""
    actions.fill_visit_days(round, by=world.officer)
    first = in_order(round)[0]
    [day] = set_days(first)
    away(lead_of(world, first), day, day)
    return day


def test_days_found_again_are_looked_at_before_visits_move(
    world: World, tight: Round, signed_in: Browser
) -> None:
    day = one_cannot(world, tight)
    client, address = signed_in(world.officer), at("round_visits", tight)
    assert "Looking for days" in text(client.post(address, {"again": 1}, follow=True))
    run_effects()
    page = text(client.get(address))
    assert "others would suit better" in page
    found = at("round_visits_found", tight)
    page = text(client.get(found))
    assert "2 visits would move" in page
    assert "1 would stay where it is" in page
    assert set_days(in_order(tight)[0]) == [day]
    search = DateSearch.objects.get().pk
    answer = client.post(found, {"search": search, "use": 1}, follow=True)
    assert "2 visits have other days now." in text(answer)
    assert set_days(in_order(tight)[0]) != [day]
    answer = client.post(found, {"search": search, "use": 1}, follow=True)
    assert "That was answered already" in text(answer)
    assert "No other days are waiting" in text(client.get(found, follow=True))


def test_all_may_stay_where_they_are(world: World, tight: Round, signed_in: Browser) -> None:
    day = one_cannot(world, tight)
    client = signed_in(world.officer)
    client.post(at("round_visits", tight), {"again": 1})
    run_effects()
    search = DateSearch.objects.get().pk
    answer = client.post(at("round_visits_found", tight), {"search": search}, follow=True)
    assert "All visits stay where they were." in text(answer)
    assert set_days(in_order(tight)[0]) == [day]
    assert client.post(at("round_visits_found", tight), {"search": search + 1}).status_code == 404


def test_the_progress_leads_on_once_it_is_over(
    world: World, tight: Round, signed_in: Browser
) -> None:
    client, address = signed_in(world.officer), at("round_visits_progress", tight)
    htmx = {"HX-Request": "true"}
    assert client.get(address, headers=htmx)["HX-Redirect"] == at("round_visits", tight)
    one_cannot(world, tight)
    search = actions.ask_for_dates(tight, again=True, by=world.officer)
    actions.begin_search(search)
    actions.note_step(search, "Moving as few visits as possible", 3, 15)
    page = text(client.get(address, headers=htmx))
    assert "Moving as few visits as possible" in page
    assert "3 of 15" in page
    assert client.get(address).url == at("round_visits", tight)
    run_effects()
    assert client.get(address, headers=htmx)["HX-Redirect"] == at("round_visits_found", tight)


def test_a_search_given_up_says_so_and_can_be_asked_for_again(
    world: World, tight: Round, signed_in: Browser
) -> None:
    client, address = signed_in(world.officer), at("round_visits", tight)
    client.post(address, {"fill": 1})
    Effect.objects.filter(task="rounds.find_dates").update(
        state=EffectState.FAILED, ended_at=tight.created_at
    )
    page = text(client.get(address))
    assert "Looking for days came to nothing" in page
    assert "Look once more" in page
    client.post(address, {"fill": 1})
    run_effects()
    assert [len(set_days(one)) for one in in_order(tight)] == [1, 1, 1]


def test_one_press_pins_a_visit_and_the_next_lets_it_move(
    world: World, tight: Round, signed_in: Browser
) -> None:
    actions.fill_visit_days(tight, by=world.officer)
    first = in_order(tight)[0]
    client, address = signed_in(world.officer), at("round_visits", tight)
    page = text(client.post(address, {"pin": first.pk}, follow=True))
    assert f"{first.host_authority}’s visit is pinned" in page
    assert f'name="unpin" value="{first.pk}"' in page
    page = text(client.post(address, {"unpin": first.pk}, follow=True))
    assert "is not pinned any more" in page
    assert client.post(address, {"pin": first.pk + 999}).status_code == 404


def with_dates_sent(world: World, accepted: Round) -> Challenge:
    actions.fill_visit_days(accepted, by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    return in_order(accepted)[0]


def test_a_director_says_that_they_cannot_and_an_officer_answers(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = with_dates_sent(world, accepted)
    director = world.director_of(challenge.host_authority)
    theirs = signed_in(director)
    address = at("challenge_days_object", challenge)
    assert "Say why you cannot" in text(theirs.post(address, {"reason": ""}))
    answer = theirs.post(address, {"reason": "The ballet"}, follow=True)
    assert "The board’s officers have been told" in text(answer)
    assert "The ballet" in text(answer)
    assert "What you write now takes its place" in text(theirs.get(address))

    officer = signed_in(world.officer)
    page = text(officer.get(at("round_visits", accepted)))
    assert "cannot on the days sent" in page
    assert "The ballet" not in page
    own = reverse("date_objection", args=[challenge.date_objections.get().pk])
    assert "Free weeks for this visit" in text(officer.get(own))
    assert "Say why the days stay" in text(officer.post(own, {"answer": ""}))
    page = text(officer.post(own, {"answer": "It is only a matinee"}, follow=True))
    assert "The days stay." in page
    assert "cannot on the days sent" not in page
    assert "It is only a matinee" in text(signed_in(director).get(own))


def test_the_other_side_does_not_find_why_one_cannot(
    world: World, accepted: Round, signed_in: Browser
) -> None:
    challenge = with_dates_sent(world, accepted)
    director = world.director_of(challenge.host_authority)
    objection = actions.object_to_days(challenge, "The ballet", by=director)
    own = reverse("date_objection", args=[objection.pk])
    assert signed_in(director).get(own).status_code == 200
    other = world.director_of(challenge.challenger_authority)
    assert signed_in(other).get(own).status_code == 404
