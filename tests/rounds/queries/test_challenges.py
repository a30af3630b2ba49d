"""What a challenge's page says of its state, its dates and its people."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, VisitDay
from rounds.queries.challenges import (
    candidates_for,
    challenge_page,
    days_of,
    on_days,
    state_in_words,
    steps_ahead,
    team_of,
)
from rounds.states import DATES_OPEN, ChallengeState
from tests.factories import MembershipFactory
from tests.world import World


def test_every_state_is_said_in_a_sentence(world: World) -> None:
    challenge = world.first(world.offered())
    said = {}
    for state in ChallengeState:
        challenge.state = state
        said[state] = state_in_words(challenge, days_of(challenge))
    assert all(text.endswith(".") for text in said.values())
    # Until days are sent it is they that are waited for, however far all else is.
    alike = {said[state] for state in DATES_OPEN}
    assert len(alike) == 1
    assert len(set(said.values())) == len(ChallengeState) - len(DATES_OPEN) + 1


def test_three_days_in_a_row_are_said_by_the_first_and_the_last() -> None:
    monday = date(2026, 12, 14)
    row = [monday + timedelta(days=n) for n in range(5)]
    assert on_days([]) == ""
    assert on_days(row[:1]) == "on Monday 14 December 2026"
    assert on_days(row[:2]) == "on Monday 14 December 2026 and Tuesday 15 December 2026"
    assert on_days(row) == "from Monday 14 December 2026 to Friday 18 December 2026"
    assert on_days([*row[:2], row[4]]).startswith("on Monday 14 December 2026, Tuesday")


def test_deadlines_are_counted_from_the_days_on_site_and_what_is_past_is_left_out(
    world: World,
) -> None:
    challenge = world.first(world.booked())
    # A Tuesday after Easter 2031: the ten working days meet no bank holiday.
    VisitDay.objects.filter(phase="day1").update(day=date(2031, 6, 3))
    VisitDay.objects.filter(phase="feedback").update(day=date(2031, 6, 10))
    steps = {step.label: step.day for step in steps_ahead(challenge, days_of(challenge))}
    assert steps == {
        "Scope agreed": date(2031, 4, 8),
        "Papers sent to the team": date(2031, 5, 6),
        "Timetable agreed": date(2031, 5, 20),
        "Day 1: presentations and questions": date(2031, 6, 3),
        "Day 2: feedback": date(2031, 6, 10),
        "Draft letter sent to the host": date(2031, 6, 24),
        "Host’s reply on accuracy": None,
        "Feedback letter issued": date(2031, 7, 8),
        "Action plan agreed": date(2031, 9, 2),
        "Six-month revisit": date(2031, 12, 9),
    }
    today = timezone.localdate()
    VisitDay.objects.filter(phase="day1").update(day=today - timedelta(days=7))
    VisitDay.objects.filter(phase="feedback").update(day=today)
    assert [step.label for step in steps_ahead(challenge, days_of(challenge))] == [
        "Day 2: feedback",
        "Draft letter sent to the host",
        "Host’s reply on accuracy",
        "Feedback letter issued",
        "Action plan agreed",
        "Six-month revisit",
    ]


def test_nothing_is_ahead_of_a_challenge_that_is_over(world: World) -> None:
    challenge = world.first(world.offered())
    for state in ("proposed", "declined", "cancelled", "closed"):
        challenge.state = state
        assert steps_ahead(challenge, days_of(challenge)) == []


def test_the_page_names_both_sides_as_the_format_calls_them(world: World) -> None:
    challenge = world.first(world.accepted())
    data = challenge.round.format_data
    data["labels"] |= {"host": "Receiving authority", "challenger": "Visitor"}
    challenge.round.format_data = data
    assert [fact.label for fact in challenge_page(challenge).facts] == [
        "Receiving authority",
        "Visitor",
        "Area for challenge",
    ]


def seat(world: World, challenge: Challenge, name: str, post: str = "") -> object:
    user = world.person(Role.REVIEWER, challenge.challenger_authority, name=name)
    user.memberships.update(post=post)
    director = world.director_of(challenge.challenger_authority)
    return actions.seat_team_member(challenge, user, by=director)


def test_the_team_is_listed_lead_first_with_the_newest_post_held_today(world: World) -> None:
    challenge = world.first(world.teamed())
    member = seat(world, challenge, "Ann Early", post="Head of family support")
    today = timezone.localdate()
    # A post taken up yesterday goes before the older one; one that has ended does not count.
    for ends, post in ((None, "Service manager"), (today - timedelta(days=1), "Old post")):
        MembershipFactory(
            user=member.user,
            role=Role.REVIEWER,
            authority=world.authorities[2],
            post=post,
            from_date=today - timedelta(days=1),
            to_date=ends,
        )
    challenger = challenge.challenger_authority
    assert [(one.name, one.post, one.leads) for one in team_of(challenge)] == [
        (f"Lead of {challenger}", f"Reviewer, {challenger}", True),
        ("Ann Early", f"Service manager, {world.authorities[2]}", False),
        (f"Member of {challenger}", f"Reviewer, {challenger}", False),
    ]


def test_candidates_stand_under_their_authority_the_challengers_own_first(world: World) -> None:
    challenge = world.first(world.accepted())
    challenger = challenge.challenger_authority
    away = world.person(Role.REVIEWER, world.authorities[2], name="Abe Away")
    own = world.person(Role.REVIEWER, challenger, name="Zoe Own")
    world.person(Role.REVIEWER, challenge.host_authority, name="Hal Host")
    groups = candidates_for(challenge)
    assert [place for place, _ in groups] == [str(challenger), str(world.authorities[2])]
    assert own in [candidate.user for candidate in groups[0][1]]
    assert [candidate.label for candidate in groups[1][1]] == ["Abe Away, Reviewer"]
    assert [candidate.user for candidate in groups[1][1]] == [away]


def test_somebody_with_two_posts_is_listed_once_among_the_challengers_own(world: World) -> None:
    challenge = world.first(world.accepted())
    both = world.person(Role.REVIEWER, world.authorities[2], name="Bea Both")
    MembershipFactory(user=both, role=Role.REVIEWER, authority=challenge.challenger_authority)
    groups = dict(candidates_for(challenge))
    listed = [place for place, group in groups.items() if both in [one.user for one in group]]
    assert listed == [str(challenge.challenger_authority)]
