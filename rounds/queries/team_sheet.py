"""The teams of a round as rows for a spreadsheet."""

from __future__ import annotations

from peerchallenge.shared.spreadsheets import Sheet, Value
from rounds.queries.seating import Seating
from rounds.queries.teams import TeamLine, team_lines

COLUMNS = {
    "Host": 34,
    "Challenged by": 34,
    "Days": 28,
    "Seat": 28,
    "Person": 28,
    "Authority": 34,
    "State": 14,
    "Why": 60,
    "Reason for no": 60,
}


def teams_sheet(seating: Seating) -> Sheet:
    """A row a seat: who is on it, proposed or asked, who said no and why, and what is open."""
    rows = [row for line in team_lines(seating, seating.challenges) for row in _rows(line)]
    return Sheet("Teams", list(COLUMNS), rows, list(COLUMNS.values()))


def _rows(line: TeamLine) -> list[list[Value]]:
    start: list[Value] = [line.host, line.challenge.challengers_said, line.days]
    found: list[list[Value]] = []
    labels = {seat.kind.key: seat.kind.label for seat in line.seats}
    for seat in line.seats:
        found += [
            [*start, seat.kind.label, one.name, one.authority, one.state.label, one.why, ""]
            for one in seat.sitting
        ]
        found += [[*start, seat.kind.label, "", "", "Open", "", ""] for _ in range(seat.open)]
    for offer in line.declined:
        label = labels.get(offer.kind, "Team member")
        said = [label, offer.user.name, "", offer.get_state_display(), "", offer.reason]
        found.append([*start, *said])
    return found
