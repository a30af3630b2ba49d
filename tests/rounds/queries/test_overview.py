"""What the board sees of a round: stages, table, pictures and what needs an officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Round
from rounds.queries.needs import Need, listed, needs_of
from rounds.queries.overview import overview_of, standings
from rounds.queries.rounds import rounds_of_boards
from rounds.queries.visits import days_said
from rounds.states import ChallengeState, SelfAssessmentState, Stage, stage_of
from tests.rounds.conftest import accept, ring_of
from tests.world import World, fresh, working_day

TODAY = timezone.localdate()
C, S = ChallengeState, SelfAssessmentState


@pytest.mark.parametrize(
    ("self_assessment", "challenge", "stage"),
    [
        (S.NOT_STARTED, None, Stage.INVITED),
        (S.DRAFTING, None, Stage.WRITING),
        (S.RETURNED, None, Stage.WRITING),
        (S.SUBMITTED, None, Stage.SENT),
        (S.SUBMITTED, C.PROPOSED, Stage.SENT),
        (S.SUBMITTED, C.DECLINED, Stage.SENT),
        (S.SUBMITTED, C.OFFERED, Stage.MATCHED),
        (S.DRAFTING, C.ACCEPTED, Stage.MATCHED),
        (S.SUBMITTED, C.POSTPONED, Stage.MATCHED),
        (S.SUBMITTED, C.READY, Stage.BOOKED),
        (S.SUBMITTED, C.FED_BACK, Stage.VISITED),
        (S.SUBMITTED, C.LETTER, Stage.VISITED),
        (S.SUBMITTED, C.ACTION_PLANNING, Stage.LETTER),
        (S.SUBMITTED, C.CLOSED, Stage.PLAN),
    ],
)
def test_a_stage_is_the_challenge_once_offered_and_before_that_the_writing(
    self_assessment: str, challenge: str | None, stage: Stage
) -> None:
    assert stage_of(self_assessment, challenge) == stage


def test_tiles_count_every_authority_once(world: World, accepted: Round) -> None:
    Challenge.objects.filter(pk=world.first(accepted).pk).update(state=C.READY)
    tiles = overview_of(standings(accepted)).tiles
    counted = {tile.label: tile.number for tile in tiles if tile.number}
    assert counted == {"Matched": 2, "Visit booked": 1}
    assert [tile.label for tile in tiles] == [stage.label for stage in Stage]


def test_a_line_says_area_challenger_days_and_stage(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    first = working_day(accepted.visits_from, 7)
    days = {"day1": first, "feedback": working_day(first, 7)}
    actions.set_visit_days(challenge, days, by=world.officer)
    world.sent(challenge.host)
    found = overview_of(standings(accepted)).lines
    [line] = [line for line in found if line.authority == challenge.host_authority.name]
    assert line.url == reverse("challenge", args=[challenge.pk])
    assert (line.area, line.challenger) == ("Adoption", challenge.challenger_authority.name)
    assert line.visit == days_said(list(days.values()))
    assert (line.stage, line.label) == (3, "Matched")


def test_an_area_is_not_shown_before_the_self_assessment_is_sent(
    world: World, accepted: Round
) -> None:
    world.answered(world.first(accepted).host)
    assert {line.area for line in overview_of(standings(accepted)).lines} == {""}


def test_a_proposal_is_no_challenge_to_the_board(world: World, proposed: Round) -> None:
    overview = overview_of(standings(proposed))
    assert {line.challenger for line in overview.lines} == {""}
    assert overview.matched == 0


@pytest.mark.parametrize("sort", ["authority", "area", "challenger", "visit", "stage"])
def test_a_table_sorts_by_each_heading_and_back(world: World, accepted: Round, sort: str) -> None:
    Challenge.objects.filter(pk=world.first(accepted).pk).update(state=C.READY)
    found = standings(accepted)
    values = {"area": "area", "challenger": "challenger", "visit": "visit", "stage": "stage"}
    up, down = (overview_of(found, sort=sort, order=order) for order in ("up", "down"))
    key = values.get(sort, "authority")
    assert [getattr(line, key) for line in up.lines] == sorted(
        getattr(line, key) for line in up.lines
    )
    assert [getattr(line, key) for line in down.lines] == [
        getattr(line, key) for line in reversed(up.lines)
    ]
    assert [column.now for column in up.columns].count("ascending") == 1
    assert [column.now for column in down.columns].count("descending") == 1


def test_the_map_counts_who_is_at_which_stage(world: World, accepted: Round) -> None:
    chart = overview_of(standings(accepted)).map
    assert {entry.label: entry.count for entry in chart.key if entry.count} == {"Matched": 3}
    assert len({(cell.x, cell.y) for cell in chart.cells}) == 3


def test_two_on_one_spot_of_the_map_do_not_hide_each_other(world: World, accepted: Round) -> None:
    for authority in world.authorities:
        authority.map_column, authority.map_row = 1, 1
        authority.save()
    chart = overview_of(standings(accepted)).map
    assert len({(cell.x, cell.y) for cell in chart.cells}) == 3


def needs(round: Round, **later: int) -> list[str]:
    today = TODAY + timedelta(**later)
    return [said(need) for need in needs_of(round, standings(round), today=today)]


def said(need: Need) -> str:
    return f"{need.tag}: {need.link}: {need.rest}"


def names(world: World) -> list[str]:
    return sorted(authority.name for authority in world.authorities)


def test_late_self_assessments_and_missing_matches_need_an_officer(world: World) -> None:
    round = world.opened()
    a, b, c = names(world)
    due = f"{round.self_assessment_due:%-d %B %Y}"
    assert needs(round) == [
        f"Overdue: 3 self-assessments: were due on {due}: {a}, {b} and {c}",
        f"To do: Match challengers: nobody yet for {a}, {b} and {c}",
    ]


def test_self_assessments_due_this_week_are_named_and_later_ones_not(world: World) -> None:
    round = world.opened()
    round.self_assessment_due = TODAY + timedelta(days=3)
    assert [line.split(":")[0] for line in needs(round)] == ["Due"]
    round.self_assessment_due = TODAY + timedelta(days=30)
    assert needs(round) == []


def test_published_matches_wait_for_directors_to_be_told(world: World, proposed: Round) -> None:
    proposed.self_assessment_due = TODAY + timedelta(days=30)
    assert needs(proposed) == [
        "To do: Tell directors: matches are published, and nobody has been told yet"
    ]


def test_offers_without_an_answer_wait(world: World, offered: Round) -> None:
    offered.self_assessment_due = TODAY + timedelta(days=30)
    a, b, c = names(world)
    assert needs(offered) == [f"Waiting: Matches offered: no answer yet from {a}, {b} and {c}"]


def test_a_declined_match_needs_another(world: World, offered: Round) -> None:
    offered.self_assessment_due = TODAY + timedelta(days=30)
    challenge = world.first(offered)
    host = fresh(world.director_of(challenge.host_authority))
    actions.decline_challenge(challenge, reason="Their reason", by=host)
    assert needs(offered)[0] == (
        f"Declined: {challenge.host_authority}’s match: one side said no: match again around it"
    )
    assert "Their reason" not in str(needs(offered))


def test_accepted_matches_need_days_and_then_sending(world: World, accepted: Round) -> None:
    accepted.self_assessment_due = TODAY + timedelta(days=30)
    a, b, c = names(world)
    assert needs(accepted) == [f"To do: 3 visits: no days yet: {a}, {b} and {c}"]
    actions.fill_visit_days(accepted, by=world.officer)
    assert needs(accepted)[-1] == (f"To do: 3 visits: days set and not sent yet: {a}, {b} and {c}")


def test_a_visit_soon_without_a_lead_needs_one(world: World, accepted: Round) -> None:
    accepted.self_assessment_due = TODAY + timedelta(days=30)
    challenge = world.first(accepted)
    first = working_day(TODAY, 7)
    days = {"day1": first, "feedback": working_day(first, 7)}
    actions.set_visit_days(challenge, days, by=world.officer)
    lines = [line for line in needs(accepted) if line.startswith("No lead")]
    assert any(line.startswith(f"No lead: {challenge.host_authority}’s visit") for line in lines)
    lead = world.person(Role.REVIEWER, challenge.challenger_authority)
    actions.name_lead(challenge, lead, by=world.officer)
    after = [line for line in needs(accepted) if line.startswith("No lead")]
    assert len(after) == len(lines) - 1


def visited(world: World, round: Round, state: ChallengeState) -> Challenge:
    challenge = world.first(round)
    first = working_day(round.visits_from)
    days = {"day1": first, "feedback": working_day(first, 7)}
    actions.set_visit_days(challenge, days, by=world.officer)
    Challenge.objects.filter(pk=challenge.pk).update(state=state)
    return challenge


def test_a_visit_whose_day_has_gone_is_asked_about(world: World, accepted: Round) -> None:
    challenge = visited(world, accepted, C.READY)
    assert any(
        line.startswith(f"Check: {challenge.host_authority}’s visit")
        for line in needs(accepted, days=8)
    )


def test_a_letter_nobody_drafts_is_overdue_after_ten_working_days(
    world: World, accepted: Round
) -> None:
    challenge = visited(world, accepted, C.FED_BACK)
    late = f"Overdue: Letter to {challenge.host_authority}: the visit ended"
    assert [line for line in needs(accepted, days=15) if line.startswith(late)] == []
    [line] = [line for line in needs(accepted, days=40) if line.startswith(late)]
    assert line.endswith("working days ago, no draft yet")


def test_a_letter_not_issued_after_four_weeks_is_overdue(world: World, accepted: Round) -> None:
    challenge = visited(world, accepted, C.LETTER)
    late = f"Overdue: Letter to {challenge.host_authority}: it was to be issued by"
    assert [line for line in needs(accepted, days=30) if line.startswith(late)] == []
    assert len([line for line in needs(accepted, days=60) if line.startswith(late)]) == 1


def test_a_long_list_of_names_is_cut() -> None:
    assert listed(["A"]) == "A"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", "B", "C", "D"]) == "A, B, C and D"
    assert listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 others"


def test_the_list_of_rounds_counts_what_there_is(world: World, accepted: Round) -> None:
    world.sent(accepted.participations.first())
    Challenge.objects.filter(pk=world.first(accepted).pk).update(state=C.ACTION_PLANNING)
    gone = actions.cancel_round(world.drafted(), by=world.officer)
    World().opened()
    [board] = rounds_of_boards(fresh(world.chair))
    [line] = board.current
    assert (line.name, line.authorities, line.sent) == (accepted.name, 3, 1)
    assert (line.matched, line.letters) == (3, 1)
    assert [past.name for past in board.past] == [gone.name]
    assert not board.may_start
    assert rounds_of_boards(fresh(world.officer))[0].may_start


def test_directors_have_no_list_of_rounds(world: World) -> None:
    assert rounds_of_boards(fresh(world.directors[0])) == []


MOST_QUERIES = 20
# The board weighs every pair by all that is known of both, and says what fell through.
MOST_OF_THE_BOARD = 45
PAGES = ["round", "round_match", "round_visits", "round_settings", "rounds"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_often_for_sixteen_as_for_one(
    db: None, page: str, signed_in: Callable[[User], Client]
) -> None:
    board = page == "round_match"
    # Where a host has no challenger, the board has more to say.
    sizes = ((3, 3), (4, 4), (16, 16)) if board else ((3, 1), (3, 3), (16, 16))
    asked = [queries_of(page, size, visits, signed_in) for size, visits in sizes]
    assert asked == [asked[0]] * 3
    assert asked[0] <= (MOST_OF_THE_BOARD if board else MOST_QUERIES)


def queries_of(page: str, size: int, visits: int, signed_in: Callable[[User], Client]) -> int:
    world = World(size=size)
    round = matched(world)
    for challenge in round.challenges.with_both_sides().order_by("pk")[visits:]:
        actions.cancel_challenge(challenge, by=world.officer)
    client = signed_in(world.officer)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse(page, args=[] if page == "rounds" else [round.pk]))
    assert answer.status_code == 200
    return len(asked)


def matched(world: World) -> Round:
    """Everybody in one ring, accepted, with days."""
    round = ring_of(world)
    actions.confirm_matches(round, by=world.officer)
    for challenge in round.challenges.with_both_sides():
        accept(world, challenge)
    actions.fill_visit_days(round, by=world.officer)
    return round
