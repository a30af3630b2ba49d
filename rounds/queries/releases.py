"""Timetables as they are sent out: what a release says, what it changes, and who is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY
from peerchallenge.outbox.models import Effect, EffectState
from rounds.models import Challenge, PrintKind, Session, TeamMember, Timetable, TimetableRelease
from rounds.queries.sessions import SeenWords, days_of_visit, sessions_of
from rounds.queries.timetable import TimetablePage, seen_in_words, timetable_page
from rounds.scheduling.changes import changes, touched
from rounds.scheduling.released import (
    ReleasedPerson,
    ReleasedSeen,
    ReleasedSession,
    ReleasedTimetable,
    ReleasedVenue,
)
from rounds.scheduling.slots import PROBLEM, SessionClash
from rounds.states import SessionKind

RENDERING = "rounds.render_timetable"
READY, MAKING, FAILED = "ready", "making", "failed"
# Only this may not be sent out: the rest is for those who send it to weigh.
NEVER_SENT = ("councillors_not_then",)


@dataclass(frozen=True)
class Unreleased:
    """How the draft differs from what was sent out last; without a release, all of it is new."""

    release: TimetableRelease | None
    changes: list[str]

    @property
    def anything(self) -> bool:
        return self.release is None or bool(self.changes)


@dataclass(frozen=True)
class ReleasePage:
    """What stands before sending a timetable out."""

    draft: TimetablePage
    unreleased: Unreleased
    told: list[User]

    @property
    def number(self) -> int:
        return next_number(self.unreleased.release)

    @property
    def blocked(self) -> list[SessionClash]:
        return [clash for clash in self.draft.clashes if clash.rule in NEVER_SENT]

    @property
    def clashes(self) -> list[SessionClash]:
        return [clash for clash in self.draft.clashes if clash.rule not in NEVER_SENT]

    @property
    def problems(self) -> list[SessionClash]:
        return [clash for clash in self.clashes if clash.severity == PROBLEM]

    @property
    def warnings(self) -> list[SessionClash]:
        return self.draft.warnings


@dataclass(frozen=True)
class SessionLine:
    """A session of a release as somebody reads it; names and notes only for whoever is there."""

    session: ReleasedSession
    yours: bool
    names: bool
    line: int
    # By name, all who are on the team.
    everybody: bool = False

    @property
    def kind(self) -> str:
        return SessionKind(self.session.kind).label

    @property
    def where(self) -> str:
        """A place that one can go to."""
        return self.session.place if self.session.room or self.session.venue else ""

    @property
    def seen(self) -> list[str]:
        said = [(one.who, one.names if self.names else "") for one in self.session.seen]
        return [f"{who}: {names}" if names else who for who, names in said]

    @property
    def team(self) -> str:
        """Who is there, and which of them takes notes."""
        noted = self.session.note_taker
        if self.everybody:
            return f"The whole team; {noted.name} takes notes" if noted else "The whole team"
        people = [*self.session.team]
        if noted and noted not in people:
            people.append(noted)
        if people:
            return ", ".join(f"{one.name} (notes)" if one == noted else one.name for one in people)
        return "The whole team" if self.session.for_all else "Not said yet"


@dataclass(frozen=True)
class VersionPage:
    """A release as it is read: its days, where they are, and the releases beside it."""

    release: TimetableRelease
    newest: TimetableRelease
    others: list[TimetableRelease]
    days: list[tuple[date, list[SessionLine]]]
    content: ReleasedTimetable
    names: bool
    pdfs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def superseded(self) -> bool:
        return self.newest.number != self.release.number

    @property
    def before(self) -> int:
        return self.release.number - 1

    @property
    def mine(self) -> bool:
        """Whether the reader is down for any of it by name."""
        return any(line.yours for _, lines in self.days for line in lines)


def newest_release(challenge: Challenge) -> TimetableRelease | None:
    return (
        TimetableRelease.objects.filter(timetable__challenge=challenge)
        .select_related("by")
        .order_by("-number")
        .first()
    )


def next_number(release: TimetableRelease | None) -> int:
    return release.number + 1 if release else 1


def as_it_stands(timetable: Timetable) -> ReleasedTimetable:
    """What would be sent out now; `timetable.challenge` with both sides."""
    sessions = sessions_of(timetable)
    venues = {session.venue for session in sessions if session.venue}
    return ReleasedTimetable(
        sessions=tuple(_frozen(session, names=timetable.names_shown) for session in sessions),
        venues=tuple(
            ReleasedVenue(venue.name, venue.address, venue.access)
            for venue in sorted(venues, key=lambda venue: venue.name)
        ),
        days=tuple(one.day for one in days_of_visit(timetable.challenge)),
        lines=tuple(timetable.challenge.lines.values_list("text", flat=True)),
    )


def unreleased(challenge: Challenge, timetable: Timetable | None) -> Unreleased:
    """What has changed in the draft since it was sent out last."""
    release = newest_release(challenge)
    if release is None or timetable is None:
        return Unreleased(release, [])
    timetable.challenge = challenge
    return Unreleased(release, changes(release.frozen, as_it_stands(timetable)))


def release_page(challenge: Challenge, *, by: User) -> ReleasePage:
    draft = timetable_page(challenge, releasing=True)
    release = newest_release(challenge)
    if draft.timetable is None:
        return ReleasePage(draft, Unreleased(release, []), [])
    draft.timetable.challenge = challenge
    now, before = as_it_stands(draft.timetable), release.frozen if release else None
    said = changes(before, now) if before else []
    told = told_of(challenge, before, now, but_for=by)
    return ReleasePage(draft, Unreleased(release, said), told)


def told_of(
    challenge: Challenge,
    before: ReleasedTimetable | None,
    after: ReleasedTimetable,
    *,
    but_for: User,
) -> list[User]:
    """Each once: the host's director and officers, and of the team whose sessions changed."""
    hosts = User.objects.in_post(*ACTS_FOR_AUTHORITY, authority=challenge.host_authority)
    team = User.objects.filter(is_active=True, seats__in=challenge.team.current())
    concerned = touched(before, after)
    if concerned is not None:
        team = team.filter(pk__in=concerned)
    people = {user.pk: user for user in (*hosts, *team)}
    people.pop(but_for.pk, None)
    return sorted(people.values(), key=lambda user: (user.name, user.pk))


def told_of_release(release: TimetableRelease) -> list[User]:
    """As they hold their posts and seats now, when the mail is sent."""
    before = release.timetable.releases.filter(number=release.number - 1).first()
    return told_of(
        release.timetable.challenge,
        before.frozen if before else None,
        release.frozen,
        but_for=release.by,
    )


def version_page(release: TimetableRelease, reader: User, *, names: bool) -> VersionPage:
    """`names`: with notes and with names of those who are seen."""
    every = list(release.timetable.releases.select_related("by").defer("content"))
    content = release.frozen
    days = [
        (day, [session_line(content, one, reader, names=names) for one in sessions])
        for day, sessions in content.by_day()
    ]
    kinds = PrintKind.choices if names else [(PrintKind.DOOR, PrintKind.DOOR.label)]
    return VersionPage(
        release=release,
        newest=every[0],
        others=[one for one in every if one.number != release.number],
        days=days,
        content=content,
        names=names,
        pdfs=[(str(kind), label) for kind, label in kinds],
    )


def pdf_stands(release: TimetableRelease) -> str:
    """Whether its PDFs are there, being made, or could not be made."""
    if release.pdfs.exists():
        return READY
    last = Effect.objects.of(RENDERING, [release.pk]).order_by("-pk").first()
    return FAILED if last and last.state == EffectState.FAILED else MAKING


def session_line(
    content: ReleasedTimetable,
    session: ReleasedSession,
    reader: User | None = None,
    *,
    names: bool,
) -> SessionLine:
    """As `reader` sees it; as it is printed where there is none."""
    yours = reader is not None and reader.pk in session.named
    everybody = content.whole_team_in(session)
    return SessionLine(session, yours, names, content.line_number(session), everybody)


def _frozen(session: Session, *, names: bool) -> ReleasedSession:
    return ReleasedSession(
        uid=str(session.uid),
        kind=session.kind,
        title=session.title,
        day=session.day,
        start=session.start,
        minutes=session.minutes,
        venue=session.venue.name if session.venue else "",
        room=session.room,
        link=session.link,
        tentative=session.tentative,
        line=session.line.text if session.line else "",
        seen=tuple(
            ReleasedSeen(
                seen_in_words(SeenWords(one.role, one.number, one.service)),
                one.names if names else "",
            )
            for one in session.seen.all()
        ),
        team=tuple(_person(member) for member in session.team.all()),
        note_taker=_person(session.note_taker) if session.note_taker else None,
        councillors=session.councillors,
        note=session.note,
    )


def _person(member: TeamMember) -> ReleasedPerson:
    return ReleasedPerson(member.user_id, member.user.name)
