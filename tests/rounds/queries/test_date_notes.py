"""What is said beside the days of a visit, and who misses it."""

from __future__ import annotations

from datetime import timedelta

from authorities.models import Authority, Period, Region
from authorities.states import PeriodKind
from rounds import actions
from rounds.models import Challenge, Round
from rounds.queries.date_notes import missed, notes_of
from tests.rounds.dated import FIRST, LAST, away, in_order, lead_of
from tests.world import World


def period(
    kind: PeriodKind, name: str, *, authority: Authority | None = None, region: Region | None = None
) -> None:
    Period.objects.create(
        kind=kind,
        name=name,
        authority=authority,
        region=region,
        first_day=FIRST,
        last_day=FIRST,
    )


def missed_by(challenges: list[Challenge]) -> list[str]:
    notes = notes_of(challenges)
    return [
        sentence
        for one in challenges
        for sentence in missed(one.host_authority, notes.get(one.pk, []))
    ]


def test_who_misses_a_visit_is_said_without_the_reason(world: World, tight: Round) -> None:
    challenge = in_order(tight)[0]
    actions.set_visit_days(challenge, {"day1": FIRST}, by=world.officer)
    assert missed_by(in_order(tight)) == []
    away(lead_of(world, challenge), FIRST, LAST)
    assert missed_by(in_order(tight)) == [
        "Lea Reviewer cannot on Wednesday 11 June 2031, "
        f"for the visit to {challenge.host_authority}."
    ]


def test_what_the_days_fall_in_is_said_the_hardest_first(world: World, tight: Round) -> None:
    challenge = in_order(tight)[0]
    host, challenger = challenge.host_authority, challenge.challenger_authority
    actions.set_visit_days(challenge, {"day1": FIRST}, by=world.officer)
    period(PeriodKind.PRE_ELECTION, "Local elections", authority=challenger)
    period(PeriodKind.HALF_TERM, "Summer half term", authority=host)
    away(challenger, FIRST, LAST, rather_not=True)
    period(PeriodKind.INSPECTION, "Inspection", authority=host)
    period(PeriodKind.NO_GO, "Regional conference", region=tight.region)
    day = "Wednesday 11 June 2031"
    assert [(note.kind, note.text) for note in notes_of(in_order(tight))[challenge.pk]] == [
        ("cannot", f"Closed to visits on {day}: Regional conference"),
        ("cannot", f"{host} cannot on {day}"),
        ("rather_not", f"{challenger} would rather not on {day}"),
        ("rather_not", f"In the school holidays of {host}: Summer half term"),
        (
            "rather_not",
            f"Before elections in {challenger}: no sessions with councillors (Local elections)",
        ),
    ]


def test_every_day_in_a_row_counts(world: World, tight: Round) -> None:
    tight.format_data["phases"] = [{"id": "day1", "label": "Visit", "days": 2}]
    tight.save(update_fields=["format_data"])
    challenge = in_order(tight)[0]
    actions.set_visit_days(challenge, {"day1": FIRST}, by=world.officer)
    away(challenge.host_authority, FIRST + timedelta(days=1), LAST)
    assert missed_by(in_order(tight)) == [
        f"{challenge.host_authority} cannot on Thursday 12 June 2031, "
        f"for the visit to {challenge.host_authority}."
    ]
