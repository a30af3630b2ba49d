"""What the page of a challenge shows, to either side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from authorities.models import Membership, User
from authorities.states import Role
from peerchallenge.audit.actions import history_of
from rounds.models import Challenge, Conflict, TeamMember
from rounds.models.challenge import listed
from rounds.queries.away import on_site
from rounds.queries.deadlines import counted_from
from rounds.scheduling import said
from rounds.states import DATES_OPEN, ChallengeState

C = ChallengeState


@dataclass(frozen=True)
class Step:
    """Something that will happen, and when: a date, or words where there is none yet."""

    label: str
    day: date | None
    words: str = ""
    by: str = ""


@dataclass(frozen=True)
class Seated:
    """A person on the team, with the post they bring."""

    member: TeamMember
    name: str
    seat: str
    post: str
    leads: bool


@dataclass(frozen=True)
class Objection:
    text: str
    who: str
    authorities: list[int]


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class ChallengePage:
    """`facts`: who, on what, when, as the round's format calls them."""

    state: str
    facts: list[Fact]
    team: list[Seated]
    steps: list[Step]

    @property
    def led(self) -> bool:
        return any(person.leads for person in self.team)


def challenge_page(challenge: Challenge, *, done: Collection[str] = ()) -> ChallengePage:
    """`done`: those of the steps before the visit that are behind it, whatever their day."""
    days = days_of(challenge)
    return ChallengePage(
        state=state_in_words(challenge, days),
        facts=_facts(challenge),
        team=team_of(challenge),
        steps=steps_ahead(challenge, days, done=done),
    )


def _facts(challenge: Challenge) -> list[Fact]:
    called = challenge.round.format.label
    people = User.objects.in_bulk([side.accepted_by for side in challenge.sides])
    facts = []
    for side in challenge.sides:
        text = side.authority.name
        if side.accepted_by and side.accepted_at:
            day = said(timezone.localdate(side.accepted_at))
            text += f". Accepted by {people[side.accepted_by]} on {day}"
        facts.append(Fact(called(side.noun), text))
    facts.append(Fact(called("area"), challenge.area_name or "Not chosen yet"))
    return facts


def state_in_words(challenge: Challenge, days: list[Step]) -> str:
    """Where the challenge stands and whose turn it is, in a sentence."""
    host, challengers = challenge.host_authority.name, challenge.challengers_said
    several = len(challenge.challengers) > 1
    agreed = "All sides have accepted" if several else "Both sides have accepted"
    if challenge.state == C.OFFERED:
        waiting = listed([side.authority.name for side in challenge.unanswered])
        return f"Offered. Waiting for {waiting} to accept."
    visit = on_days([step.day for step in days if step.day])
    if challenge.booked:
        return f"{agreed}. The visit is {visit}."
    return {
        C.PROPOSED: "A proposal: nobody has been told.",
        C.ACCEPTED: f"{agreed}. The board’s officers set the days of the visit.",
        C.SCOPED: f"{agreed}. The board’s officers set the days of the visit.",
        C.READY: f"{agreed}. The board’s officers set the days of the visit.",
        C.ON_SITE: f"The visit is under way{visit and ', '}{visit}.",
        C.FED_BACK: f"{challengers} {'have' if several else 'has'} visited and given feedback. "
        "The letter comes next.",
        C.LETTER: "The feedback letter is being prepared.",
        C.ACTION_PLANNING: f"The feedback letter is issued. {host} plans what to do about it.",
        C.AWAITING_REVISIT: f"{host} is acting on the letter. The same team comes back once more.",
        C.CLOSED: "Closed.",
        C.DECLINED: "Declined. The board’s officers look for another match.",
        C.POSTPONED: "Postponed. Other days are looked for, on which all sides can.",
        C.CANCELLED: "Cancelled.",
    }[C(challenge.state)]


def on_days(days: list[date]) -> str:
    """“on Monday 14 December 2026”; three or more in a row are “from … to …”."""
    if len(days) > 2 and days == [days[0] + timedelta(days=n) for n in range(len(days))]:
        return f"from {said(days[0])} to {said(days[-1])}"
    return f"on {listed([said(day) for day in days])}" if days else ""


def days_of(challenge: Challenge) -> list[Step]:
    """A line for each phase of the format, dated or not."""
    dated = {day.phase: day.day for day in challenge.days.all()}
    return [
        Step(phase.label, dated.get(phase.id), "The day is not set yet")
        for phase in challenge.round.format.phases
    ]


# What both sides have before them, in order; the days on site come between.
BEFORE = ("scope_agreed", "papers_sent", "timetable_agreed")
AFTER = ("letter_drafted", "accuracy_reply", "letter_issued", "action_plan_agreed", "revisit")
OVER = (C.PROPOSED, C.DECLINED, C.CANCELLED, C.CLOSED)


def steps_ahead(
    challenge: Challenge, days: list[Step], *, done: Collection[str] = ()
) -> list[Step]:
    """What happens next, by when; what is done or past is left out."""
    if challenge.state in OVER:
        return []
    anchors = _anchors(days)
    deadlines = challenge.round.format.deadlines
    before = [
        _step(deadlines[key], anchors) for key in BEFORE if key in deadlines and key not in done
    ]
    after = [_step(deadlines[key], anchors) for key in AFTER if key in deadlines]
    today = timezone.localdate()
    return [step for step in (*before, *days, *after) if step.day is None or step.day >= today]


def deadline_of(challenge: Challenge, key: str) -> Step | None:
    """By when something is due before a visit; None where the format has no such step."""
    deadline = challenge.round.format.deadlines.get(key)
    return _step(deadline, _anchors(days_of(challenge))) if deadline else None


def _anchors(days: list[Step]) -> dict[str, date]:
    """What deadlines are counted from, once every day is set."""
    known = [step.day for step in days if step.day]
    whole = len(known) == len(days) > 0
    return {"first_day": min(known), "last_day": max(known)} if whole else {}


WORDS = {
    "first_day": "the first day on site",
    "last_day": "the last day on site",
    "letter_sent_to_host": "the draft is sent",
}


def _step(deadline: dict[str, object], anchors: dict[str, date]) -> Step:
    label, anchor = str(deadline["label"]), str(deadline["from"])
    weeks, days = int(str(deadline.get("weeks", 0))), int(str(deadline.get("working_days", 0)))
    if anchor in anchors:
        return Step(label, counted_from(deadline, anchors[anchor]), by="By ")
    number, unit = (days, "working day") if days else (abs(weeks), "week")
    side = "before" if weeks < 0 else "after"
    plural = "" if number == 1 else "s"
    return Step(label, None, f"{number} {unit}{plural} {side} {WORDS.get(anchor, anchor)}")


def team_of(challenge: Challenge) -> list[Seated]:
    """Who sits on the team today, the lead first, each with a post; three queries."""
    members = challenge.team.current().select_related("user").order_by("seat", "user__name")
    people = [member.user_id for member in members]
    posts: dict[int, Membership] = {}
    held = Membership.objects.current().filter(user__in=people, authority__isnull=False)
    for post in held.select_related("authority").order_by("from_date", "pk"):
        posts[post.user_id] = post  # the newest one is the last to come
    return [_seated(member, posts.get(member.user_id)) for member in members]


def _seated(member: TeamMember, post: Membership | None) -> Seated:
    return Seated(
        member=member,
        name=member.user.name,
        seat=member.get_seat_display(),
        post=f"{post.post_name}, {post.place}" if post else "",
        leads=member.seat == "lead",
    )


def objection_to(challenge: Challenge) -> Objection | None:
    """Why it was declined and by whom; who may read it is asked of permissions."""
    event = history_of(challenge).filter(verb="challenge.declined").first()
    if event is None or challenge.state != C.DECLINED:
        return None
    return Objection(challenge.objection, event.who, list(event.details.get("authorities", [])))


@dataclass(frozen=True)
class Candidate:
    user: User
    label: str


def candidates_for(challenge: Challenge) -> list[tuple[str, list[Candidate]]]:
    """Who can be asked onto the team, by authority, the challengers' own people first.

    The challengers' people, and the region's reviewers but for the host's.
    """
    own = {authority.pk: place for place, authority in enumerate(challenge.challengers)}
    wanted = Q(authority__in=own) | Q(
        ~Q(authority=challenge.host_authority),
        role=Role.REVIEWER,
        authority__region=challenge.round.region_id,
    )
    kept_off = Conflict.objects.keeping_off(challenge.host_authority)
    posts = (
        Membership.objects.current()
        .filter(wanted, user__is_active=True)
        .exclude(user__in=kept_off.values("person"))
        .select_related("user", "authority")
        .order_by("user__name", "-from_date", "pk")
    )
    groups: dict[str, list[Candidate]] = {}
    listed: set[int] = set()
    for post in sorted(
        posts, key=lambda post: (own.get(post.authority_id or 0, len(own)), str(post.place))
    ):
        if post.user_id not in listed:
            listed.add(post.user_id)
            label = f"{post.user.name}, {post.post_name}"
            groups.setdefault(str(post.place), []).append(Candidate(post.user, label))
    return list(groups.items())


def due_by_calendar(today: date) -> list[tuple[Challenge, ChallengeState]]:
    """Challenges whose first day has come, or whose last day is over, and what each becomes.

    Where the clock stood still, one challenge may be due for both, in this order.
    """
    waiting = Challenge.objects.with_both_sides().prefetch_related("days")
    due: list[tuple[Challenge, ChallengeState]] = []
    for challenge in waiting.filter(
        Q(state__in=DATES_OPEN, dates_sent_at__isnull=False) | Q(state=C.ON_SITE)
    ).order_by("pk"):
        days = on_site(challenge)
        if not days:
            continue
        if challenge.state in DATES_OPEN and min(days) <= today:
            due.append((challenge, C.ON_SITE))
        if max(days) < today:
            due.append((challenge, C.FED_BACK))
    return due
