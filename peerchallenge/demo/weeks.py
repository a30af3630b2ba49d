"""Two visits with a whole timetable: a week of Brighton and Hove’s, three days of Lincolnshire’s.

Each is a small region of its own beside the demo's: one round, one visit to come.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from authorities import actions as authorities
from authorities.models import Authority, Region, User
from authorities.states import Role
from peerchallenge.audit.actions import CLOCK
from peerchallenge.demo.content import Person
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import join
from peerchallenge.demo.preparing import agree_lines, exchange_papers, send_out
from peerchallenge.shared.dates import is_working_day, monday_of
from rounds import actions
from rounds.models import PRESETS, Challenge, EnquiryLine, Round
from rounds.queries.sessions import SeenWords, SessionWords

FOLDER = Path(__file__).parent / "content" / "weeks"
WEEKS = tuple(sorted(path.stem.replace("_", "-") for path in FOLDER.glob("*.toml")))
WEEKS_AHEAD = 3
OPENED, MATCHED, BOOKED = timedelta(weeks=16), timedelta(weeks=10), timedelta(weeks=8)


def load_week(slug: str) -> dict[str, Any]:
    with (FOLDER / f"{slug.replace('-', '_')}.toml").open("rb") as file:
        return tomllib.load(file)


def build_week(slug: str, say: Callable[[str], None]) -> Round:
    """Its people, one round, and the visit three weeks from today, prepared and sent out."""
    content, today = load_week(slug), timezone.localdate()
    say("Inviting everybody")
    with at(today - OPENED - timedelta(weeks=1)):
        authorities.load_facts()
        users = invite_people(content)
    first = first_monday(today + timedelta(weeks=WEEKS_AHEAD), len(_phases(content)))
    days = [first + timedelta(days=n) for n, _phase in enumerate(_phases(content))]
    challenge = book_visit(content, users, days, today)
    say("Preparing the visit, and sending its timetable out")
    lead, director = lead_of(content, users), director_of(users, challenge.host_authority)
    lines = agree_lines(challenge, content, first, lead=lead, director=director)
    organiser = next(user for user in users.values() if user.holds(Role.AUTHORITY_OFFICER))
    exchange_papers(challenge, content, first, lead=lead, host=organiser)
    with at(today - timedelta(weeks=1)):
        _write(challenge, content, users, lines, by=organiser)
    send_out(challenge, content, today, by=organiser)
    return challenge.round


def invite_people(content: dict[str, Any]) -> dict[str, User]:
    """By mailbox; the first is the board's officer, who invites all others."""
    region, found = Region.objects.get(slug=content["region"]), dict[str, User]()
    for row in content["people"]:
        authority = region.authorities.filter(dfe_code=row.get("authority", "")).first()
        email = f"{row['mailbox']}@{content['domain']}"
        person = Person(row["role"], row["name"], row["post"], content["organisation"], email)
        found[row["mailbox"]] = join(
            person,
            Role(row["role"]),
            by=found.get("officer", CLOCK),
            region=None if authority else region,
            authority=authority,
        )
    return found


def book_visit(
    content: dict[str, Any], users: dict[str, User], days: list[date], today: date
) -> Challenge:
    """Matched, accepted by both sides, its team seated and its days, one a phase, sent."""
    officer, region = users["officer"], Region.objects.get(slug=content["region"])
    codes = [content["host"], content["lead_from"], *content["others"]]
    ring = [region.authorities.get(dfe_code=code) for code in codes]
    with at(today - OPENED):
        round = actions.start_round(
            region,
            PRESETS[content["preset"]],
            name=content["round"],
            authorities=ring,
            areas=content["areas"],
            self_assessment_due=today - MATCHED,
            visits_from=today - BOOKED,
            visits_to=days[0] + timedelta(weeks=8),
            by=officer,
        )
        round = actions.invite_authorities(round, by=officer)
    with at(today - MATCHED - timedelta(weeks=1)):
        host = round.participations.get(authority=ring[0])
        actions.choose_area(
            host.self_assessment,
            area=round.areas.get(name=content["areas"][0]),
            by=director_of(users, ring[0]),
        )
    with at(today - MATCHED):
        parts = {part.authority: part for part in round.participations.select_related("authority")}
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        matches = {parts[host]: parts[challenger] for host, challenger in pairs}
        round = actions.propose_matches(round, matches, by=officer)
        actions.confirm_matches(round, by=officer)
    challenge = round.challenges.with_both_sides().get(host=parts[ring[0]])
    with at(today - MATCHED + timedelta(days=3)):
        for side in ring[:2]:
            actions.accept_challenge(challenge, by=director_of(users, side))
    with at(today - BOOKED):
        _seat(challenge, content, users, director_of(users, ring[1]))
        on_site = dict(zip(_phases(content), days, strict=True))
        actions.set_visit_days(challenge, on_site, by=officer)
        actions.send_dates(round, by=officer)
    return Challenge.objects.with_both_sides().get(pk=challenge.pk)


def _seat(
    challenge: Challenge, content: dict[str, Any], users: dict[str, User], director: User
) -> None:
    seated = [users[row["mailbox"]] for row in content["people"] if "seat" in row]
    actions.name_lead(challenge, seated[0], by=director)
    for user in seated[1:]:
        actions.seat_team_member(challenge, user, by=seated[0])


def _write(
    challenge: Challenge,
    content: dict[str, Any],
    users: dict[str, User],
    lines: dict[str, EnquiryLine],
    *,
    by: User,
) -> None:
    """The venues first, then one session after the other."""
    host = challenge.host_authority
    venues = {
        key: authorities.add_venue(host, **row, by=by) for key, row in content["venues"].items()
    }
    for row in content["journeys"]:
        one, other = (venues[key] for key in row["between"])
        authorities.set_journey(one, other, minutes=row["minutes"], by=by)
    members = {member.user_id: member.pk for member in challenge.team.all()}
    seats = {
        row["seat"]: members[users[row["mailbox"]].pk] for row in content["people"] if "seat" in row
    }
    days = list(challenge.days.values_list("day", flat=True))
    for row in content["sessions"]:
        team = list(seats) if row["team"] == "all" else row["team"]
        words = SessionWords(
            kind=row["kind"],
            title=row["title"],
            day=days[row["day"] - 1],
            start=time.fromisoformat(row["at"]),
            minutes=row["minutes"],
            venue=venues[row["venue"]].pk,
            room=row.get("room", ""),
            tentative=row.get("tentative", False),
            line=lines[row["line"]].pk if "line" in row else None,
            team=tuple(seats[one] for one in team),
            note_taker=seats[row["notes"]] if "notes" in row else None,
            councillors=row.get("councillors", False),
            note=row.get("note", ""),
            seen=tuple(SeenWords(**one) for one in row.get("seen", [])),
        )
        actions.add_session(challenge, words, by=by)


def first_monday(day: date, length: int) -> date:
    """The next one from that day on whose week has as many working days in a row."""
    monday = monday_of(day + timedelta(days=6))
    while not all(is_working_day(monday + timedelta(days=step)) for step in range(length)):
        monday += timedelta(weeks=1)
    return monday


def _phases(content: dict[str, Any]) -> list[str]:
    return [phase.id for phase in PRESETS[content["preset"]].phases]


def lead_of(content: dict[str, Any], users: dict[str, User]) -> User:
    return next(users[row["mailbox"]] for row in content["people"] if row.get("seat") == "lead")


def director_of(users: dict[str, User], authority: Authority) -> User:
    return next(user for user in users.values() if user.holds(Role.DIRECTOR, authority=authority))
