"""Each rule says in words why somebody cannot sit there; what stays empty is explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rounds.matching.teams import (
    Person,
    Place,
    Problem,
    best_teams,
    clash_of_places,
    in_the_way,
    why_said,
    worth,
)
from rounds.matching.teams.points import KNOWS
from tests.rounds.matching.teams.made import (
    FIRST,
    LEAD,
    OFF_SITE,
    PRACTITIONER,
    day,
    person,
    problem,
    visit,
)

HOST = visit(1, LEAD, PRACTITIONER, OFF_SITE, leads_from=frozenset({5}), leads_from_said="Dorset")
ANN = person(1)


def said(one: Person, seat: object = PRACTITIONER, **about: object) -> list[str]:
    at = replace(HOST, **about)
    return in_the_way(one, at, seat, problem([at], [one], on=FIRST))


def test_nothing_is_in_the_way_of_somebody_free_who_fills_the_seat() -> None:
    assert said(ANN) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"authority": 1}, "works for Host 1"),
        ({"authorities": frozenset({1})}, "works for Host 1"),
        ({"kept_off": {1: "sits on no team that visits it"}}, "sits on no team that visits it"),
        ({"seats": frozenset({"lead"})}, "does not fill the seat practitioner"),
        ({"said_no": frozenset({1})}, "said no to this team"),
        ({"paused_until": day(1)}, "asked not to be asked until 12 January 2027"),
        ({"trained_until": day(0)}, "has training that lapses on 11 January 2027"),
        ({"cannot": frozenset({day(1)})}, "cannot on 12 January"),
        ({"busy": {day(1): "their own visit"}}, "is at their own visit on 12 January 2027"),
        ({"days_left": 0}, "has 0 days left of those they give in a year"),
    ],
)
def test_a_rule_says_what_it_is(change: dict[str, object], sentence: str) -> None:
    assert said(replace(ANN, **change)) == [sentence]


def test_whoever_leads_is_of_the_challenger() -> None:
    assert said(ANN, LEAD) == ["is not of Dorset, which leads"]
    assert said(replace(ANN, authority=5), LEAD) == []


def test_posts_say_which_seat_fits_whoever_has_not_said() -> None:
    seat = replace(PRACTITIONER, roles=frozenset({"reviewer"}))
    silent = replace(ANN, seats=frozenset())
    assert said(silent, seat) == ["does not fill the seat practitioner"]
    assert said(replace(silent, roles=frozenset({"reviewer"})), seat) == []
    # A seat that only this format knows goes by posts, whatever they said of the others.
    other = replace(seat, key="second_reader")
    assert said(replace(ANN, roles=frozenset({"reviewer"})), other) == []


def test_who_reads_at_home_need_not_be_free() -> None:
    away = replace(ANN, cannot=frozenset({day(1)}), busy={day(1): "another"}, days_left=0)
    assert said(away, OFF_SITE) == []


def test_other_places_clash_on_one_day_one_team_and_the_days_left() -> None:
    other = visit(2, days=frozenset({day(1)}))
    assert clash_of_places(ANN, HOST, PRACTITIONER, [(HOST, LEAD)]) == ["is on this team already"]
    assert clash_of_places(ANN, HOST, PRACTITIONER, [(other, PRACTITIONER)]) == [
        "is wanted for Host 2 on 12 January"
    ]
    assert clash_of_places(ANN, HOST, PRACTITIONER, [(other, OFF_SITE)]) == []
    once = replace(ANN, days_left=1)
    later = visit(3)
    assert clash_of_places(once, HOST, PRACTITIONER, [(later, PRACTITIONER)]) == [
        "can give 1 more at most, and is wanted elsewhere for 1"
    ]


def test_a_person_is_worth_what_speaks_for_them_in_words() -> None:
    at = replace(HOST, words="Adoption and fostering")
    knows = replace(ANN, expertise=("Fostering teams", "Data"), trained=True, days_given=2)
    asked = problem([at], [knows, ANN], minutes={(9, 1): 75})
    assert why_said(knows, at, PRACTITIONER, asked) == (
        "Knows fostering teams, trained, 2 days given this year, about 1 h 15 min away"
    )
    assert worth(knows, at, PRACTITIONER, asked) == KNOWS + 20 - 16 - 20


def test_words_that_stand_everywhere_are_no_expertise() -> None:
    at = replace(HOST, words="Services for children in care")
    knows = replace(ANN, expertise=("Children’s services",))
    assert "Knows" not in why_said(knows, at, PRACTITIONER, problem([at], [knows]))


def unfilled(asked: Problem) -> list[tuple[int, str, str]]:
    return [(one.visit, one.seat, one.why) for one in best_teams(asked).unfilled]


def test_a_seat_nobody_fits_says_which_rules_stop_how_many() -> None:
    at = visit(1, PRACTITIONER)
    people = [
        person(1, 1),
        person(2, cannot=frozenset({day(1)})),
        person(3, cannot=frozenset({day(1)})),
    ]
    assert unfilled(problem([at], people)) == [
        (1, "practitioner", "Of 3 who fill it, 1 works for Host 1, 2 cannot on its days")
    ]
    assert unfilled(problem([at], [])) == [
        (1, "practitioner", "Nobody in the region fills the seat practitioner")
    ]


def test_seats_that_share_too_few_people_are_named_and_no_others() -> None:
    same = {"days": frozenset({day(1)})}
    visits = [visit(number, PRACTITIONER, **same) for number in (1, 2, 3)]
    alone = visit(4, PRACTITIONER, days=frozenset({day(9)}))
    people = [person(11), person(12)]
    [left] = best_teams(problem([*visits, alone], people)).unfilled
    assert {(left.visit, left.seat), *left.beside} == {
        (number, "practitioner") for number in (1, 2, 3)
    }
    assert left.why.startswith("3 places (")
    assert left.why.endswith("have only Person 11, Person 12 to share")


def test_who_is_there_counts_and_stays() -> None:
    at = visit(1, LEAD, PRACTITIONER)
    people = [person(number) for number in (1, 2)]
    found = best_teams(problem([at], people, Place(1, "lead", 1)))
    assert found.places == (Place(1, "practitioner", 2),)
    # Somebody on no seat in particular is one of the others.
    assert best_teams(problem([at], people, Place(1, "", 2), Place(1, "lead", 1))).places == ()


def test_pauses_count_from_today_where_no_day_is_set() -> None:
    undated = visit(1, PRACTITIONER, days=frozenset())
    paused = person(1, paused_until=FIRST + timedelta(days=3))
    assert in_the_way(paused, undated, PRACTITIONER, problem([undated], [paused], on=FIRST))
    later = problem([undated], [paused], on=date(2027, 3, 1))
    assert not in_the_way(paused, undated, PRACTITIONER, later)
