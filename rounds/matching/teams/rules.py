"""What keeps somebody from a seat, a rule a function; each answers with a sentence, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from rounds.matching.teams.problem import Person, Problem, Seat, Visit


def seat_fits(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """Whoever said which seats they can fill is asked for those; the others by their posts."""
    if person.seats and seat.key in problem.known_seats:
        fits = seat.key in person.seats
    else:
        fits = bool(person.roles & seat.roles)
    return "" if fits else f"does not fill the seat {seat.label.lower()}"


def leads_for_its_own(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """Whoever leads comes from the authority that challenges."""
    if not seat.leads or not visit.leads_from or person.authority in visit.leads_from:
        return ""
    return f"is not of {visit.leads_from_said}, which leads"


def comes_from_its_own(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """Whoever reads, moderates or is of the group comes from the authority that does."""
    if not seat.comes_from or person.authority in seat.comes_from:
        return ""
    return f"is not of {seat.comes_from_said}"


def not_of_the_host(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    if visit.authority == person.authority or visit.authority in person.authorities:
        return f"works for {visit.host}"
    return ""


def not_kept_off(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """A declared conflict of interest, or they worked there in the last two years."""
    return person.kept_off.get(visit.authority, "")


def not_said_no(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    return "said no to this team" if visit.id in person.said_no else ""


def not_paused(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    first = min(visit.days, default=problem.on)
    if person.paused_until is None or first is None or person.paused_until < first:
        return ""
    return f"asked not to be asked until {day_said(person.paused_until)}"


def training_not_lapsed(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """Counted on the last day; who was never trained may come, and is the better for company."""
    last = max(visit.days, default=problem.on)
    if person.trained_until is None or last is None or last <= person.trained_until:
        return ""
    return f"has training that lapses on {day_said(person.trained_until)}"


def free_on_the_days(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    if seat.off_site:
        return ""
    taken = sorted(visit.days & person.cannot)
    return f"cannot on {days_said(taken)}" if taken else ""


def not_elsewhere(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """At another visit of another round, or hosting at home."""
    if not person.busy or seat.off_site or visit.together:
        return ""
    for day in sorted(visit.days):
        if day in person.busy:
            return f"is at {person.busy[day]} on {day_said(day)}"
    return ""


def days_are_left(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    if seat.off_site or person.days_left is None or person.days_left >= visit.length:
        return ""
    left = f"{person.days_left} day{'' if person.days_left == 1 else 's'}"
    return f"has {left} left of those they give in a year"


Rule = Callable[[Person, Visit, Seat, Problem], str]
# In the order in which they are told: what never changes before what may.
RULES: tuple[Rule, ...] = (
    not_of_the_host,
    not_kept_off,
    seat_fits,
    leads_for_its_own,
    comes_from_its_own,
    not_said_no,
    not_paused,
    training_not_lapsed,
    free_on_the_days,
    not_elsewhere,
    days_are_left,
)
BESIDE_THE_SEAT = tuple(rule for rule in RULES if rule is not seat_fits)
# Nobody decides otherwise: not even who was chosen by hand breaks these.
NEVER: tuple[Rule, ...] = (not_of_the_host, not_kept_off)


def in_the_way(person: Person, visit: Visit, seat: Seat, problem: Problem) -> list[str]:
    """Every rule that this person would break there, in words."""
    return [text for rule in RULES if (text := rule(person, visit, seat, problem))]


def first_beside_the_seat(person: Person, visit: Visit, seat: Seat, problem: Problem) -> str:
    """The first rule broken by somebody who fills the seat."""
    for rule in BESIDE_THE_SEAT:
        if text := rule(person, visit, seat, problem):
            return text
    return ""


def clash_of_places(
    person: Person, visit: Visit, seat: Seat, taken: Iterable[tuple[Visit, Seat]]
) -> list[str]:
    """What other seats of theirs in the same round leave no room for: a day, or the days left."""
    found, used = [], 0
    for other, where in taken:
        if other.id == visit.id:
            found.append("is on this team already")
            continue
        if where.off_site:
            continue
        used += other.length
        same = sorted(visit.days & other.days)
        if same and not (seat.off_site or visit.together or other.together):
            found.append(f"is wanted for {other.host} on {days_said(same)}")
    left = person.days_left
    if left is not None and used and not seat.off_site and used + visit.length > left >= used:
        found.append(f"can give {left} more at most, and is wanted elsewhere for {used}")
    return found


def why_nobody(visit: Visit, seat: Seat, problem: Problem) -> str:
    """Why no person fits a seat: the rule that stops most of those who could fill it."""
    stopped: dict[Rule, int] = {}
    leading = visit.leads_from_said
    # What one does, and several do.
    kinds: Mapping[Rule, tuple[str, str]] = {
        not_of_the_host: (f"works for {visit.host}", f"work for {visit.host}"),
        not_kept_off: ("has a conflict of interest", "have a conflict of interest"),
        leads_for_its_own: (f"is not of {leading}", f"are not of {leading}"),
        comes_from_its_own: (
            f"is not of {seat.comes_from_said}",
            f"are not of {seat.comes_from_said}",
        ),
        not_said_no: ("has said no", "have said no"),
        not_paused: ("asked not to be asked", "asked not to be asked"),
        training_not_lapsed: ("has lapsed training", "have lapsed training"),
        free_on_the_days: ("cannot on its days", "cannot on its days"),
        not_elsewhere: ("is elsewhere on its days", "are elsewhere on its days"),
        days_are_left: ("has no days left to give", "have no days left to give"),
    }
    able = [one for one in problem.people if not seat_fits(one, visit, seat, problem)]
    if not able:
        return f"Nobody in the region fills the seat {seat.label.lower()}"
    for person in able:
        for rule in kinds:
            if rule(person, visit, seat, problem):
                stopped[rule] = stopped.get(rule, 0) + 1
                break
    said = ", ".join(f"{count} {kinds[rule][count > 1]}" for rule, count in stopped.items())
    fill = "fills" if len(able) == 1 else "fill"
    return f"Of {len(able)} who {fill} it, {said or 'all are on a team already'}"


def day_said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def days_said(days: Iterable[date]) -> str:
    *rest, last = [f"{day.day} {day:%B}" for day in days]
    return f"{', '.join(rest)} and {last}" if rest else last
