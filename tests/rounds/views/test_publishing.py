"""The page that stops before anybody is told, taking back, and matching again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Conflict, Participation, Round, Scenario, ScenarioMatch
from rounds.queries.proposals import proposal_of
from rounds.queries.publishing import Difference, difference_of, published_in
from rounds.states import ChallengeState
from tests.rounds.conftest import words
from tests.world import World, fresh, run_effects

Browser = Callable[[User], Client]
C = ChallengeState


@pytest.fixture
def world(db: None) -> World:
    return World(size=6)


@pytest.fixture
def officer(world: World, signed_in: Browser) -> Client:
    return signed_in(world.officer)


def members(round: Round) -> list[Participation]:
    return list(round.participations.select_related("authority").order_by("authority__dfe_code"))


def at(name: str, round: Round) -> str:
    return reverse(name, args=[round.pk])


def decline(world: World, round: Round, why: str = "Inspected <b>this</b> winter") -> None:
    """The first host objects to its challenger."""
    host = members(round)[0]
    challenge = round.challenges.live().get(host=host)
    director = fresh(world.director_of(host.authority))
    actions.decline_challenge(challenge, reason=why, by=director)


# --- Publishing ----------------------------------------------------------------------------


def test_what_is_only_proposed_is_saved_and_published_by_one_press(
    world: World, officer: Client
) -> None:
    round = world.opened()
    proposed = proposal_of(round, None)
    sent = {"scenario": "", "version": proposed.version}
    answer = officer.post(at("round_match_publish", round), sent)
    assert answer.url == at("round_match_confirm", round)
    scenario = published_in(round)
    assert scenario.name == "First proposal"
    codes = round.challenges.filter(state=C.PROPOSED).values_list(
        "host__authority__dfe_code", "challenger__authority__dfe_code"
    )
    assert set(codes) == set(proposed.pairs)


def test_publishing_what_has_changed_since_looks_again(
    world: World, proposed: Round, officer: Client
) -> None:
    scenario = published_in(proposed)
    actions.take_back_scenario(scenario, by=world.officer)
    for sent in (
        {"scenario": scenario.pk, "version": scenario.version + 1},
        {"scenario": scenario.pk, "version": "new-0123"},
        {"scenario": "", "version": "new-0123"},
    ):
        answer = officer.post(at("round_match_publish", proposed), sent, follow=True)
        assert "The matches changed since you looked at them." in words(answer)
    assert not proposed.challenges.exists()


def test_a_scenario_of_another_round_is_not_found(
    world: World, proposed: Round, officer: Client
) -> None:
    other = world.opened()
    sent = {"scenario": published_in(proposed).pk, "version": 0}
    assert officer.post(at("round_match_publish", other), sent).status_code == 404
    for wrong in ({}, {"version": ""}, {"version": "0", "scenario": "x"}, {"version": "\x00"}):
        assert officer.post(at("round_match_publish", proposed), wrong).status_code == 404


def test_what_stands_in_the_way_of_publishing_is_said(
    world: World, proposed: Round, officer: Client
) -> None:
    scenario = published_in(proposed)
    actions.take_back_scenario(scenario, by=world.officer)
    gone = scenario.matches.first()
    name = gone.host.authority.name
    gone.delete()
    sent = {"scenario": scenario.pk, "version": scenario.version}
    answer = officer.post(at("round_match_publish", proposed), sent, follow=True)
    assert f"{name} has no challenger yet." in words(answer)


def test_a_published_scenario_is_taken_back_before_anybody_is_told(
    world: World, proposed: Round, officer: Client
) -> None:
    for said in ("is taken back: it can be changed again", "Nothing is published"):
        answer = officer.post(at("round_match_take_back", proposed), follow=True)
        assert said in words(answer)
    assert not proposed.challenges.exists()
    assert published_in(proposed) is None


def test_once_told_it_is_not_taken_back_as_a_whole(offered: Round, officer: Client) -> None:
    answer = officer.post(at("round_match_take_back", offered), follow=True)
    assert "Its offers have gone out." in words(answer)
    assert offered.challenges.live().count() == 6


# --- The page that asks ----------------------------------------------------------------------


def test_it_counts_whom_it_writes_to_and_names_every_pair(
    world: World, proposed: Round, officer: Client
) -> None:
    page = officer.get(at("round_match_confirm", proposed))
    text = words(page)
    assert "You are about to e-mail 6 directors" in text
    assert "Confirm 6 matches and tell directors" in text
    assert "Offers to be made (6)" in text
    assert "Offers to be taken back" not in text
    assert [director.name in text for director in world.directors] == [True] * 6
    assert set(proposed.challenges.values_list("state", flat=True)) == {C.PROPOSED}


def test_a_later_scenario_lists_what_goes_out_what_is_taken_back_and_what_stays(
    world: World, offered: Round, officer: Client
) -> None:
    decline(world, offered)
    made = actions.match_again(offered, by=world.officer)
    actions.publish_scenario(made, by=world.officer)
    text = words(officer.get(at("round_match_confirm", offered)))
    assert "2 offers go out, 1 is taken back, 4 stay as they are." in text
    assert "Nobody is written to about those that stay." in text
    for caption in (
        "Offers to be made (2)",
        "Offers to be taken back (1)",
        "Offers that stay: nobody is written to (4)",
    ):
        assert caption in text


def test_the_team_of_a_match_that_is_taken_back_is_counted_too(
    world: World, officer: Client
) -> None:
    round = world.teamed()
    a, _b, _c, d, *_ = members(round)
    scenario = published_in(round)
    pairs = dict(scenario.matches.values_list("host", "challenger"))
    later = Scenario.objects.create(round=round, name="Later", created_by=world.officer)
    for host, challenger in (pairs | {a.pk: pairs[d.pk], d.pk: pairs[a.pk]}).items():
        ScenarioMatch.objects.create(scenario=later, host_id=host, challenger_id=challenger)
    actions.publish_scenario(later, by=world.officer)
    text = words(officer.get(at("round_match_confirm", round)))
    assert "You are about to e-mail 4 directors and 4 team members" in text


def test_a_rule_that_was_set_aside_stands_there_with_its_reason(
    world: World, proposed: Round, officer: Client
) -> None:
    a, b, *_ = members(proposed)
    Conflict.objects.create(
        authority=b.authority, other=a.authority, kind="contract", declared_by=world.officer
    )
    row = published_in(proposed).matches.get(host=a)
    row.locked, row.reason = True, "The contract <i>ends</i> in May."
    row.save()
    text = words(officer.get(at("round_match_confirm", proposed)))
    assert "1 match that a rule forbids and you locked" in text
    assert "has a declared conflict of interest" in text
    assert "Your reason: The contract &lt;i&gt;ends&lt;/i&gt; in May." in text


def test_a_conflict_declared_meanwhile_leads_back_to_the_board(
    world: World, proposed: Round, officer: Client
) -> None:
    a, b, *_ = members(proposed)
    version = officer.get(at("round_match_confirm", proposed)).context["confirming"].version
    Conflict.objects.create(
        authority=b.authority, other=a.authority, kind="contract", declared_by=world.officer
    )
    for answer in (
        officer.get(at("round_match_confirm", proposed), follow=True),
        officer.post(at("round_match_confirm", proposed), {"version": version}, follow=True),
    ):
        assert "has a declared conflict of interest" in words(answer)
        assert answer.redirect_chain[-1] == (at("round_match", proposed), 302)
    assert set(proposed.challenges.values_list("state", flat=True)) == {C.PROPOSED}


def test_a_conflict_that_touches_what_is_on_its_way_is_shown_and_holds_nothing_up(
    world: World, offered: Round, officer: Client
) -> None:
    decline(world, offered)
    made = actions.match_again(offered, by=world.officer)
    moved = {one.host_id for one in confirming_after(made, world).taken_back}
    staying = offered.challenges.live().with_both_sides().exclude(host__in=moved).first()
    offered.challenges.filter(pk=staying.pk).update(state=C.READY)
    Conflict.objects.create(
        authority=staying.host_authority,
        other=staying.challenger_authority,
        kind="family",
        declared_by=world.officer,
    )
    text = words(officer.get(at("round_match_confirm", offered)))
    assert "A declared conflict touches what stays" in text
    assert f"<strong>{staying}</strong>" in text
    assert "A declared conflict touches a match" in words(officer.get(at("round_match", offered)))


def confirming_after(scenario: Scenario, world: World) -> Difference:
    actions.publish_scenario(scenario, by=world.officer)
    return difference_of(scenario)


def test_confirming_twice_tells_nobody_twice(
    world: World, proposed: Round, officer: Client
) -> None:
    address = at("round_match_confirm", proposed)
    version = {"version": officer.get(address).context["confirming"].version}
    assert officer.post(address, version).url == at("round_visits", proposed)
    again = officer.post(address, version, follow=True)
    assert "confirmed already: nobody is told twice" in words(again)
    run_effects()
    assert sum("challenge" in message.subject for message in mail.outbox) == 12


def test_confirming_what_has_changed_meanwhile_looks_again(
    world: World, proposed: Round, officer: Client
) -> None:
    address = at("round_match_confirm", proposed)
    version = {"version": officer.get(address).context["confirming"].version}
    actions.take_back_scenario(published_in(proposed), by=world.officer)
    answer = officer.post(address, version, follow=True)
    assert "The matches changed since you looked at them." in words(answer)
    assert answer.redirect_chain[-1] == (at("round_match", proposed), 302)


def test_nothing_published_leads_to_the_board(world: World, officer: Client) -> None:
    round = world.opened()
    assert officer.get(at("round_match_confirm", round)).url == at("round_match", round)
