"""Starting, changing, cancelling and opening a round."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from authorities.models import Membership
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import PRESETS, Round
from rounds.states import RoundState
from tests.world import World, run_effects

PRESET = PRESETS["paired_visits"]


def recorded(verb: str, round: Round) -> list[tuple[str, dict[str, Any]]]:
    events = Event.objects.about({Round: [round.pk]}).filter(verb=verb)
    return [(event.who, event.details) for event in events]


def details(world: World, **changed: Any) -> dict[str, Any]:
    round = world.drafted()
    given = {
        "name": "Winter",
        "authorities": world.authorities,
        "areas": ["Adoption"],
        "self_assessment_due": round.self_assessment_due,
        "visits_from": round.visits_from,
        "visits_to": round.visits_to,
        "by": world.officer,
    }
    return given | changed


def test_a_round_starts_as_a_draft_with_its_own_copy_of_the_preset(world: World) -> None:
    round = actions.start_round(world.region, PRESET, **details(world))
    assert round.state == RoundState.DRAFT
    asked = PRESET.data["questionnaire"]
    questions = {"introduction": asked["introduction"]}
    assert round.format_data == {**PRESET.data, "questionnaire": questions}
    assert [section.key for section in round.sections.all()] == [s["key"] for s in PRESET.sections]
    assert [area.name for area in round.areas.all()] == ["Adoption"]
    assert {p.authority for p in round.participations.all()} == set(world.authorities)
    assert {p.self_assessment.state for p in round.participations.all()} == {"not_started"}
    assert recorded("round.started", round) == [(world.officer.name, {"preset": "paired_visits"})]
    assert Effect.objects.count() == 0


def test_a_name_is_used_once_in_a_region(world: World) -> None:
    actions.start_round(world.region, PRESET, **details(world))
    with pytest.raises(Refused, match="already has a round called “Winter”"):
        actions.start_round(world.region, PRESET, **details(world))


def test_only_an_officer_starts_a_round(world: World) -> None:
    with pytest.raises(Refused, match="Only an officer"):
        actions.start_round(world.region, PRESET, **details(world, by=world.chair))
    assert not Round.objects.filter(name="Winter").exists()


def test_a_draft_is_changed_and_keeps_who_stays(world: World) -> None:
    round = world.drafted()
    kept = round.participations.get(authority=world.authorities[0])
    given = details(
        world, name="Spring", authorities=world.authorities[:2], areas=["Thresholds", "Adoption"]
    )
    actions.change_round(round, **given)
    round.refresh_from_db()
    assert round.name == "Spring"
    assert [area.name for area in round.areas.all()] == ["Thresholds", "Adoption"]
    assert {p.authority for p in round.participations.all()} == set(world.authorities[:2])
    assert round.participations.get(authority=world.authorities[0]) == kept
    assert recorded("round.changed", round) == [(world.officer.name, {})]


def test_a_draft_keeps_its_own_name_but_takes_no_others(world: World) -> None:
    round, other = world.drafted(), world.drafted()
    actions.change_round(round, **details(world, name=round.name))
    with pytest.raises(Refused, match="already has a round called"):
        actions.change_round(round, **details(world, name=other.name))


def test_what_authorities_were_told_cannot_change(world: World) -> None:
    round = world.opened()
    later = details(world, visits_to=round.visits_to + timedelta(days=30))
    with pytest.raises(Refused, match="cannot change now"):
        actions.change_round(round, **later)


def test_a_draft_is_given_up_without_telling_anybody(world: World) -> None:
    round = actions.cancel_round(world.drafted(), by=world.officer)
    assert Round.objects.get(pk=round.pk).state == RoundState.CANCELLED
    assert recorded("round.cancelled", round) == [(world.officer.name, {})]
    assert Effect.objects.count() == 0


def test_an_open_round_is_not_given_up_here(world: World) -> None:
    with pytest.raises(Refused, match="have been invited"):
        actions.cancel_round(world.opened(), by=world.officer)


def test_inviting_writes_once_to_every_director(world: World) -> None:
    round = world.opened()
    run_effects()
    assert round.state == RoundState.OPEN
    assert sorted(to for message in mail.outbox for to in message.to) == sorted(
        director.email for director in world.directors
    )
    assert recorded("round.authorities_invited", round) == [
        (world.officer.name, {"authorities": 3})
    ]


def test_inviting_twice_is_refused_and_writes_no_second_mail(world: World) -> None:
    round = world.opened()
    with pytest.raises(Refused, match="This round is “open”"):
        actions.invite_authorities(round, by=world.officer)
    run_effects()
    assert len(mail.outbox) == 3


def test_nobody_is_invited_while_an_authority_has_no_director(world: World) -> None:
    round = world.drafted()
    Membership.objects.filter(user=world.directors[1]).delete()
    with pytest.raises(Refused, match=f"Nobody is director yet of {world.authorities[1]}:"):
        actions.invite_authorities(round, by=world.officer)
    round.refresh_from_db()
    assert round.state == RoundState.DRAFT
    assert Effect.objects.count() == 0


def test_what_becomes_of_one_round_leaves_the_preset_as_it_is(world: World) -> None:
    round = world.drafted()
    round.format_data["rules"]["challenges_per_host"] = 3
    assert PRESETS["paired_visits"].data["rules"]["challenges_per_host"] == 1
