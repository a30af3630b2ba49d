"""The teams found are as good as the best of all that can be tried."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rounds.matching.teams import Problem, best_teams
from rounds.matching.teams.model import Kept, demands_of
from tests.rounds.matching.teams.made import every_answer, problems, value


@settings(max_examples=120, deadline=None)
@given(problems(), st.sampled_from([1, 2, 40]))
def test_no_answer_fills_more_seats_or_has_more_points(asked: Problem, each: int) -> None:
    answers = list(every_answer(asked))
    most = max(len(found) for found in answers)
    best = max(value(asked, found) for found in answers if len(found) == most)
    teams = best_teams(asked, each=each)
    found = list(teams.places)
    assert sorted(found) in [sorted(one) for one in answers]
    assert (len(found), value(asked, found), teams.points, teams.bound, teams.status) == (
        most,
        best,
        best,
        best,
        "optimal",
    )
    assert best_teams(asked, each=each) == teams


@settings(max_examples=60, deadline=None)
@given(problems())
def test_what_stays_empty_is_counted_and_explained(asked: Problem) -> None:
    answers = list(every_answer(asked))
    most = max(len(found) for found in answers)
    teams = best_teams(asked)
    wanted = sum(demand.places for demand in demands_of(asked, Kept(asked)))
    assert sum(one.count for one in teams.unfilled) == wanted - most
    assert all(one.why for one in teams.unfilled)
