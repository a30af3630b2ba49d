"""A worker looks for the days of visits; what it finds is put down, or proposed first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from authorities.models import Membership
from peerchallenge.audit.actions import CLOCK
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect, EffectState
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, DateSearch, Round
from rounds.queries.calendar import visits_of
from rounds.queries.dating import plan_days
from rounds.queries.searches import found_by, looking, moves_in
from rounds.states import DateSearchState
from rounds.tasks import find_dates
from tests.rounds.dated import FIRST, LAST, away, in_order, lead_of, with_window
from tests.world import World, run_effects


def days(challenge: Challenge) -> dict[str, date]:
    return dict(challenge.days.values_list("phase", "day"))


def again(search: DateSearch) -> DateSearch:
    return DateSearch.objects.select_related("round", "asked_by").get(pk=search.pk)


def verbs() -> list[str]:
    return list(
        Event.objects.filter(verb__startswith="round.dates")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_a_worker_finds_the_days_and_puts_them_down(world: World, accepted: Round) -> None:
    search = actions.ask_for_dates(accepted, by=world.officer)
    assert [days(one) for one in in_order(accepted)] == [{}, {}, {}]
    assert looking(search).step == "Waiting for a worker"
    run_effects()
    found = again(search)
    assert (found.state, found.result["proven"], found.result["answer"]) == (
        DateSearchState.DONE,
        True,
        "used",
    )
    assert [set(days(one)) for one in in_order(accepted)] == [{"day1", "feedback"}] * 3
    assert verbs() == ["round.dates_asked", "round.dates_found"]


def test_a_press_while_one_is_going_on_leads_to_it(world: World, accepted: Round) -> None:
    first = actions.ask_for_dates(accepted, by=world.officer)
    assert actions.ask_for_dates(accepted, again=True, by=world.officer) == first
    assert DateSearch.objects.count() == 1


def test_only_officers_of_the_board_ask(world: World, accepted: Round) -> None:
    with pytest.raises(Refused, match="Only an officer"):
        actions.ask_for_dates(accepted, by=world.directors[0])


def test_run_twice_it_finds_nothing_to_do(world: World, accepted: Round) -> None:
    search = actions.ask_for_dates(accepted, by=world.officer)
    find_dates(search.pk)
    before = [days(one) for one in in_order(accepted)]
    find_dates(search.pk)
    actions.end_search(again(search), plan_days(accepted), by=CLOCK)
    assert [days(one) for one in in_order(accepted)] == before
    assert verbs().count("round.dates_found") == 1
    find_dates(search.pk + 1)


def test_an_attempt_cut_off_half_way_is_made_again(world: World, accepted: Round) -> None:
    search = actions.ask_for_dates(accepted, by=world.officer)
    assert actions.begin_search(search)
    actions.note_step(search, "Keeping to days that suit", 1, 9)
    Effect.objects.filter(argument=search.pk).update(attempts=1)
    assert looking(again(search)).step == "It was interrupted, and begins once more in a moment"
    run_effects()
    assert again(search).state == DateSearchState.DONE
    assert all(days(one) for one in in_order(accepted))


def test_given_up_after_three_attempts_it_can_be_asked_for_again(
    world: World, accepted: Round
) -> None:
    search = actions.ask_for_dates(accepted, by=world.officer)
    Effect.objects.filter(argument=search.pk).update(
        state=EffectState.FAILED, attempts=3, error="Killed", ended_at=search.asked_at
    )
    assert looking(again(search)).error.startswith("It was tried three times.")
    other = actions.ask_for_dates(accepted, by=world.officer)
    assert other != search
    assert (again(search).state, again(search).error) == (DateSearchState.FAILED, "Killed")
    run_effects()
    assert again(other).state == DateSearchState.DONE


def test_whoever_asked_has_left_their_post(world: World, accepted: Round) -> None:
    search = actions.ask_for_dates(accepted, by=world.officer)
    Membership.objects.filter(user=world.officer).delete()
    run_effects()
    found = again(search)
    assert found.state == DateSearchState.FAILED
    assert looking(found).error == "Only an officer of the board runs its rounds."
    assert [days(one) for one in in_order(accepted)] == [{}, {}, {}]


def test_days_set_by_hand_meanwhile_are_left_and_said(world: World, accepted: Round) -> None:
    search = actions.ask_for_dates(accepted, by=world.officer)
    assert actions.begin_search(search)
    plan = plan_days(accepted)
    challenge = in_order(accepted)[0]
    theirs = {phase: day + timedelta(weeks=1) for phase, day in plan.days[challenge.pk].items()}
    with_window(accepted, accepted.visits_from, accepted.visits_to + timedelta(weeks=9))
    actions.set_visit_days(challenge, theirs, by=world.officer)
    actions.end_search(again(search), plan, by=CLOCK)
    assert days(challenge) == theirs
    found = found_by(again(search), visits_of(accepted))
    assert challenge.host_authority.name in found.left


def test_looking_again_moves_nothing_that_can_stay(world: World, accepted: Round) -> None:
    actions.fill_visit_days(accepted, by=world.officer)
    before = [days(one) for one in in_order(accepted)]
    search = actions.ask_for_dates(accepted, again=True, by=world.officer)
    run_effects()
    assert again(search).result["values"]["moved"] == 0
    assert not found_by(again(search), visits_of(accepted)).waits
    assert [days(one) for one in in_order(accepted)] == before


def stuck(world: World, tight: Round) -> tuple[Challenge, DateSearch]:
    """Three visits on three days; the first one's host cannot on its day any more."""
    actions.fill_visit_days(tight, by=world.officer)
    first = in_order(tight)[0]
    [day] = days(first).values()
    away(lead_of(world, first), day, day)
    search = actions.ask_for_dates(tight, again=True, by=world.officer)
    run_effects()
    return first, again(search)


def test_days_found_again_wait_for_an_officer(world: World, tight: Round) -> None:
    first, search = stuck(world, tight)
    before = [days(one) for one in in_order(tight)]
    assert search.result["values"]["moved"] == 2
    assert found_by(search, visits_of(tight)).waits
    moves = moves_in(search, in_order(tight))
    assert len(moves) == 2
    assert first.host_authority.name in {move.host for move in moves}
    assert [days(one) for one in in_order(tight)] == before
    # Two exchange their days: each is in the other's way until both have moved.
    found = actions.use_dates(search, by=world.officer)
    assert (len(found.moved), found.left) == (2, [])
    assert sorted(str(days(one)) for one in in_order(tight)) == sorted(map(str, before))
    assert [days(one) for one in in_order(tight)] != before
    assert actions.use_dates(search, by=world.officer).moved == []
    assert verbs()[-1] == "round.dates_used"


def test_only_officers_of_the_board_use_days_or_leave_them(world: World, tight: Round) -> None:
    _, search = stuck(world, tight)
    for act in (actions.use_dates, actions.leave_dates):
        for person in (world.chair, world.directors[0]):
            with pytest.raises(Refused, match="Only an officer"):
                act(search, by=person)
    assert found_by(again(search), visits_of(tight)).waits


def test_an_officer_may_leave_all_where_they_are(world: World, tight: Round) -> None:
    _, search = stuck(world, tight)
    before = [days(one) for one in in_order(tight)]
    actions.leave_dates(search, by=world.officer)
    actions.leave_dates(search, by=world.officer)
    assert actions.use_dates(search, by=world.officer).moved == []
    assert [days(one) for one in in_order(tight)] == before
    assert verbs()[-1] == "round.dates_left"
    assert not found_by(again(search), visits_of(tight)).waits


def test_what_changed_since_is_left_when_days_are_used(world: World, tight: Round) -> None:
    first, search = stuck(world, tight)
    actions.set_visit_days(first, {}, by=world.officer)
    found = actions.use_dates(search, by=world.officer)
    assert first in found.left
    assert days(first) == {}


def test_a_pinned_visit_stays_and_the_others_make_room(world: World, tight: Round) -> None:
    actions.fill_visit_days(tight, by=world.officer)
    first, second, _ = in_order(tight)
    actions.pin_visit(second, by=world.officer)
    [day] = days(first).values()
    away(lead_of(world, first), day, day)
    search = actions.ask_for_dates(tight, again=True, by=world.officer)
    run_effects()
    moved = {move.host for move in moves_in(again(search), in_order(tight))}
    assert second.host_authority.name not in moved
    assert first.host_authority.name in moved


def test_days_sent_stay_until_they_are_unpinned(world: World, tight: Round) -> None:
    actions.fill_visit_days(tight, by=world.officer)
    actions.send_dates(tight, by=world.officer)
    first = in_order(tight)[0]
    [day] = days(first).values()
    away(lead_of(world, first), day, day)
    search = actions.ask_for_dates(tight, again=True, by=world.officer)
    run_effects()
    assert again(search).result["days"] == {}
    for one in in_order(tight):
        actions.unpin_visit(one, by=world.officer)
    search = actions.ask_for_dates(tight, again=True, by=world.officer)
    run_effects()
    Effect.objects.all().delete()
    actions.use_dates(again(search), by=world.officer)
    told = set(Effect.objects.values_list("task", flat=True))
    assert {"rounds.tell_host_dates", "rounds.tell_challenger_dates"} <= told
    assert days(first)["day1"] != day


def test_pinning_twice_is_one_pin(world: World, tight: Round) -> None:
    first = in_order(tight)[0]
    with pytest.raises(Refused, match="once it has days"):
        actions.pin_visit(first, by=world.officer)
    actions.set_visit_days(first, {"day1": FIRST}, by=world.officer)
    for act in (actions.pin_visit, actions.pin_visit):
        act(first, by=world.officer)
    assert Event.objects.filter(verb="challenge.days_pinned").count() == 1
    actions.set_visit_days(first, {"day1": LAST}, by=world.officer)
    assert first.days.get().pinned
    actions.unpin_visit(first, by=world.officer)
    assert not first.days.get().pinned


def test_only_officers_of_the_board_pin(world: World, tight: Round) -> None:
    first = in_order(tight)[0]
    actions.set_visit_days(first, {"day1": FIRST}, by=world.officer)
    for person in (world.chair, world.director_of(first.host_authority)):
        with pytest.raises(Refused, match="Only an officer"):
            actions.pin_visit(first, by=person)
    assert not first.days.get().pinned
