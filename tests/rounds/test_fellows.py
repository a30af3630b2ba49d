"""Several authorities challenge one host: what each of them may do, read and is told."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from authorities.models import Authority, User
from authorities.states import Role
from peerchallenge.queries.frame import frame
from peerchallenge.queries.history import history_of_round
from peerchallenge.shared.answers import Refused
from rounds import actions, emails, permissions, tasks
from rounds.models import (
    PRESETS,
    Challenge,
    FellowChallenger,
    Part,
    Round,
    SelfAssessment,
    VisitDay,
)
from rounds.queries.calendar import calendar_of, visits_of
from rounds.queries.challenges import candidates_for, challenge_page
from rounds.queries.overview import overview_of, standings
from rounds.queries.sharing import reading_after
from rounds.queries.visits import free_days, parties_of
from rounds.queries.weighing import facts_of
from rounds.states import ChallengeState
from tests.factories import MembershipFactory
from tests.rounds.conftest import words
from tests.world import World, fresh, working_day

SignedIn = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> World:
    return World(5)


@pytest.fixture
def panelled(world: World) -> Challenge:
    """The first authority is read by the second and third and moderated by the fourth."""
    round = world.opened()
    host, first, second, third, _ = round.participations.order_by("authority__dfe_code")
    challenge = Challenge.objects.create(
        round=round, host=host, challenger=first, state=ChallengeState.OFFERED
    )
    for member, part in ((third, Part.MODERATOR), (second, Part.READER)):
        FellowChallenger.objects.create(challenge=challenge, participation=member, part=part)
    return world.again(challenge)


def accepted_by(world: World, challenge: Challenge, *places: int) -> Challenge:
    for place in places:
        actions.accept_challenge(challenge, by=fresh(world.directors[place]))
    return world.again(challenge)


def names(*authorities: Authority) -> list[str]:
    return [one.name for one in authorities]


def test_its_name_names_everybody_readers_before_the_moderator(
    world: World, panelled: Challenge
) -> None:
    a, b, c, d, _ = names(*world.authorities)
    assert panelled.challengers_said == f"{b}, {c} and {d}"
    assert str(panelled) == f"{b} and 2 others challenge {a}"
    assert [side.noun for side in panelled.sides] == [
        "host",
        "challenger",
        "challenger",
        "moderator",
    ]


def test_it_is_accepted_once_every_side_has_said_yes(world: World, panelled: Challenge) -> None:
    waiting = accepted_by(world, panelled, 0, 1, 3)
    assert waiting.state == ChallengeState.OFFERED
    assert challenge_page(waiting).state == (
        f"Offered. Waiting for {world.authorities[2]} to accept."
    )
    assert accepted_by(world, waiting, 2).state == ChallengeState.ACCEPTED


def test_who_speaks_for_two_sides_answers_for_both_at_once(
    world: World, panelled: Challenge
) -> None:
    both = world.person(Role.DIRECTOR, world.authorities[2])
    MembershipFactory(user=both, role=Role.DIRECTOR, authority=world.authorities[3])
    actions.accept_challenge(panelled, by=fresh(both))
    yes = [side.authority for side in world.again(panelled).sides if side.accepted_at]
    assert yes == world.authorities[2:4]


def test_who_has_said_yes_is_told_how_many_are_awaited(world: World, panelled: Challenge) -> None:
    waiting = accepted_by(world, panelled, 3)
    with pytest.raises(Refused, match="You have accepted; the other sides have still to answer"):
        actions.accept_challenge(waiting, by=fresh(world.directors[3]))
    last = accepted_by(world, waiting, 0, 1)
    answer = permissions.answer_offer(fresh(world.directors[3]), last)
    assert answer.reason == "You have accepted; the other side has still to answer."


def test_a_fellow_declines_for_the_whole_match(world: World, panelled: Challenge) -> None:
    actions.decline_challenge(panelled, reason="We cannot.", by=fresh(world.directors[3]))
    declined = world.again(panelled)
    assert declined.state == ChallengeState.DECLINED


def test_a_stranger_to_the_challenge_does_not_answer_it(world: World, panelled: Challenge) -> None:
    answer = permissions.answer_offer(world.directors[4], panelled)
    assert answer.reason == "Only the director of the host or of a challenger answers this offer."


def test_the_first_names_who_leads_and_every_challenger_adds_its_own(
    world: World, panelled: Challenge
) -> None:
    accepted = accepted_by(world, panelled, 0, 1, 2, 3)
    may = {
        place: (
            bool(permissions.name_lead(director, accepted)),
            bool(permissions.change_team(director, accepted)),
        )
        for place, director in enumerate(map(fresh, world.directors))
    }
    assert may == {
        0: (False, False),
        1: (True, True),
        2: (False, True),
        3: (False, True),
        4: (False, False),
    }


def test_the_team_is_chosen_from_all_who_challenge_then_from_the_region(
    world: World, panelled: Challenge
) -> None:
    for authority in reversed(world.authorities):
        world.person(Role.REVIEWER, authority)
    groups = [place for place, _ in candidates_for(panelled)]
    assert groups == names(*world.authorities[1:])


def test_each_side_sees_the_challenge_once_it_is_offered(world: World, panelled: Challenge) -> None:
    seen = {
        place: Challenge.objects.visible_to(director).count()
        for place, director in enumerate(world.directors)
    }
    assert seen == {0: 1, 1: 1, 2: 1, 3: 1, 4: 0}
    Challenge.objects.update(state=ChallengeState.PROPOSED)
    assert not Challenge.objects.visible_to(fresh(world.directors[3])).exists()


def test_in_a_group_all_of_one_challenge_read_what_is_shared(world: World) -> None:
    round = world.shared("group")
    shared = SelfAssessment.objects.get(participation__authority=world.authorities[0])
    parts = list(round.participations.order_by("authority__dfe_code"))
    challenge = Challenge.objects.create(
        round=round, host=parts[1], challenger=parts[2], state=ChallengeState.ACCEPTED
    )
    FellowChallenger.objects.create(challenge=challenge, participation=parts[0])
    FellowChallenger.objects.create(challenge=challenge, participation=parts[3])
    readers = {
        place
        for place, director in enumerate(world.directors)
        if SelfAssessment.objects.visible_to(fresh(director)).filter(pk=shared.pk).exists()
    }
    assert readers == {0, 1, 2, 3}
    told = [one.authority for one in reading_after([shared])]
    assert told == sorted(world.authorities[1:4], key=lambda one: one.name)


def test_the_page_says_who_does_what_in_the_words_of_the_format(
    world: World, panelled: Challenge, signed_in: SignedIn
) -> None:
    data = panelled.round.format_data
    data["labels"] |= {"host": "Authority", "challenger": "Reader", "moderator": "Moderator"}
    Round.objects.update(format_data=data)
    page = challenge_page(world.again(panelled))
    a, b, c, d, _ = names(*world.authorities)
    assert [(fact.label, fact.text) for fact in page.facts[:4]] == [
        ("Authority", a),
        ("Reader", b),
        ("Reader", c),
        ("Moderator", d),
    ]
    answer = signed_in(world.directors[3]).get(reverse("challenge", args=[panelled.pk]))
    assert f"You answer for {d}" in words(answer)


def test_a_fellow_who_accepts_is_told_how_many_others_are_awaited(
    world: World, panelled: Challenge, signed_in: SignedIn
) -> None:
    address = reverse("challenge_accept", args=[panelled.pk])
    answer = signed_in(world.directors[3]).post(address, follow=True)
    assert "You have accepted. 3 other sides have still to answer." in words(answer)
    accepted_by(world, panelled, 0, 1)
    answer = signed_in(fresh(world.directors[2])).post(address, follow=True)
    assert "Accepted by all sides: we have written to all their directors." in words(answer)


@pytest.mark.parametrize(
    "write",
    [tasks.offer_to_challenger, tasks.tell_challenger_accepted, tasks.tell_challenger_cancelled],
)
def test_whatever_is_written_to_the_challenger_reaches_every_one_of_them(
    world: World, panelled: Challenge, write: Callable[[int], None]
) -> None:
    write(panelled.pk)
    told = sorted(address for message in mail.outbox for address in message.to)
    assert told == sorted(director.email for director in world.directors[1:4])


def test_the_host_reads_all_their_names_in_the_offer(world: World, panelled: Challenge) -> None:
    emails.offer_to_host(panelled)
    b, c, d = names(*world.authorities[1:4])
    assert (
        mail.outbox[0].subject == f"{b}, {c} and {d} would challenge you: please accept or decline"
    )


def test_the_overview_the_calendar_and_the_free_days_know_them_all(
    world: World, panelled: Challenge
) -> None:
    accepted = accepted_by(world, panelled, 0, 1, 2, 3)
    a, b, c, d, _ = names(*world.authorities)
    overview = overview_of(standings(accepted.round))
    (line,) = [line for line in overview.lines if line.challenger]
    assert line.challenger == f"{b}, {c} and {d}"
    rows = calendar_of(accepted.round, visits_of(accepted.round)).rows
    assert [row.name for row in rows] == sorted([a, b, c, d])
    assert parties_of(accepted) == {a, b, c, d}


def test_a_fellow_who_leaves_the_round_takes_the_match_with_it(
    world: World, panelled: Challenge
) -> None:
    part = panelled.round.participations.get(authority=world.authorities[3])
    actions.withdraw_participation(part, reason="We have too much on.", by=world.officer)
    assert world.again(panelled).state == ChallengeState.CANCELLED
    panelled.state = ChallengeState.ON_SITE
    panelled.save()
    other = panelled.round.participations.get(authority=world.authorities[2])
    answer = permissions.withdraw_participation(world.officer, other)
    assert answer.reason == (
        f"The visit has begun or is over: {panelled}. Nobody withdraws after that."
    )


def test_the_history_of_an_authority_has_what_it_did_beside_the_first(
    world: World, panelled: Challenge
) -> None:
    actions.decline_challenge(panelled, reason="We cannot.", by=fresh(world.directors[3]))
    found = history_of_round(panelled.round, authority=world.authorities[3].pk)
    assert [one.title for one in found.page.object_list] == [
        f"{world.directors[3]} declined the match: {panelled}"
    ]


def test_the_first_row_of_links_leads_a_fellow_to_its_challenge(
    world: World, panelled: Challenge
) -> None:
    labels = [item.label for item in frame(world.directors[3], "/").navigation]
    assert "Our challenge" in labels


def test_whoever_objects_is_the_one_who_is_not_proposed_again(
    world: World, panelled: Challenge
) -> None:
    actions.decline_challenge(panelled, reason="We cannot.", by=fresh(world.directors[3]))
    host, *_, moderator, _ = [one.dfe_code for one in world.authorities]
    assert facts_of(panelled.round).declined == {(host, moderator)}


def test_a_host_that_objects_gets_none_of_them_again(world: World, panelled: Challenge) -> None:
    actions.decline_challenge(panelled, reason="We cannot.", by=fresh(world.directors[0]))
    host, *three, _ = [one.dfe_code for one in world.authorities]
    assert facts_of(panelled.round).declined == {(host, one) for one in three}


def test_an_event_day_is_one_day_for_everybody(world: World, panelled: Challenge) -> None:
    round = panelled.round
    round.format_data["phases"] = PRESETS["challenge_panel"].data["phases"]
    round.save(update_fields=["format_data"])
    one, two = round.participations.order_by("authority__dfe_code")[1:3]
    second = Challenge.objects.create(
        round=round, host=one, challenger=two, state=ChallengeState.ACCEPTED
    )
    accepted = accepted_by(world, panelled, 0, 1, 2, 3)
    day = working_day(round.visits_from, 9)
    actions.set_visit_days(accepted, {"panel": day}, by=world.officer)
    assert free_days(world.again(second)) == {"panel": day}
    actions.set_visit_days(second, {"panel": day}, by=world.officer)
    assert {visit.day for visit in VisitDay.objects.all()} == {day}
