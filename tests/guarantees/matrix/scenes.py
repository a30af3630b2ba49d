"""Where a round can stand, and who may come by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from authorities.models import Authority, User
from authorities.states import Role
from feedback.models import Letter
from rounds import actions as rounds
from rounds.models import Capacity, Challenge, Conflict, ConflictKind, Round, SelfAssessment
from rounds.states import WRITES, WRITING_OPEN, RoundState
from tests.factories import AuthorityFactory, MembershipFactory, UserFactory
from tests.guarantees.matrix.scoped import write_scope
from tests.guarantees.matrix.seated import ask_for_seats
from tests.guarantees.matrix.timetabled import write_timetable
from tests.world import World


@dataclass
class Scene:
    """The first challenge of a region at one moment: A hosts, B challenges, C looks on."""

    world: World
    round: Round
    challenge: Challenge | None = None
    letter: Letter | None = None
    people: dict[str, User | None] = field(default_factory=dict)
    conflict: Conflict = field(init=False)

    def __post_init__(self) -> None:
        world = self.world
        host, challenger, other = world.authorities
        self.people = {
            "anonymous": None,
            "stranger": UserFactory(),
            "officer": world.officer,
            "other_officer": World(size=0).officer,
            "chair": world.chair,
            "approver": world.approver,
            "host_director": world.director_of(host),
            "host_officer": world.person(Role.AUTHORITY_OFFICER, host),
            "host_lead_member": world.person(Role.LEAD_MEMBER, host),
            "colleague": self._colleague(host),
            "challenger_director": world.director_of(challenger),
            "lead": world.person(Role.REVIEWER, challenger),
            "member": world.person(Role.REVIEWER, challenger),
            "former_member": world.person(Role.REVIEWER, challenger),
            "other_director": world.director_of(other),
            "former_director": self._former_director(),
            "administrator": world.person(Role.SYSTEM_ADMINISTRATOR),
        }
        if self.round.state != RoundState.DRAFT and self.own.state in WRITING_OPEN:
            self._last_letter()
        if self.round.state != RoundState.DRAFT:
            self._offer(challenger)
        self.conflict = self._conflict(host)
        self._despite_intervention(other)
        if self.challenge and self.challenge.team.exists():
            self.people["lead"] = world.lead_of(self.challenge)
            self.people["member"] = world.member_of(self.challenge)
            self._leave()
            ask_for_seats(self)
            if not self.challenge.postponements.exists():
                self._postponed_before()
            write_scope(self)
            write_timetable(self)
        self._lead_cannot()

    def _former_director(self) -> User:
        user = UserFactory()
        ended = timezone.localdate() - timedelta(days=1)
        MembershipFactory(
            user=user,
            role=Role.DIRECTOR,
            authority=self.world.authorities[0],
            from_date=date(2015, 1, 1),
            to_date=ended,
        )
        return user

    def _colleague(self, host: Authority) -> User:
        """Somebody who was given the first section of the host's self-assessment."""
        user = self.world.person(Role.COLLEAGUE, host)
        if self.round.state != RoundState.DRAFT:
            self.own.given.create(
                section=self.round.sections.first(),
                user=user,
                given_by=self.world.director_of(host),
            )
        return user

    def _conflict(self, host: Authority) -> Conflict:
        """With an authority of no region here; between two of ours it would stop matching."""
        return rounds.declare_conflict(
            host,
            AuthorityFactory(),
            kind=ConflictKind.CONTRACT,
            details="tokconflict: who is paid for what",
            by=self.people["host_officer"],
        )

    def _despite_intervention(self, other: Authority) -> None:
        """It is in intervention, and once the authorities are invited has an officer's word."""
        other.interventions.create(from_date=date(2020, 1, 1))
        if self.round.state in WRITES:
            part = self.round.participations.get(authority=other)
            reason = "tokdespite: it has improved"
            rounds.allow_despite_intervention(part, reason=reason, by=self.world.officer)

    def _offer(self, challenger: Authority) -> None:
        """What the host said before the matches were confirmed, and a day it cannot."""
        part, director = self.own.participation, self.people["host_director"]
        wished = self.round.participations.get(authority=challenger)
        Capacity.objects.create(
            participation=part,
            note="tokoffer: a note",
            answered_at=timezone.now(),
            answered_by=director,
        )
        part.strengths.create(own_area="Data", evidence="tokstrong: how we know")
        part.preferences.create(challenger=wished, rank=1, reason="tokwish: why")
        rounds.say_unavailable(
            part.authority,
            first_day=self.round.visits_to,
            last_day=self.round.visits_to,
            rather_not=True,
            reason="tokaway: why not",
            by=director,
        )

    def _lead_cannot(self) -> None:
        """On a day long after the visits, for a reason of their own."""
        day = self.round.visits_to + timedelta(days=300)
        reason = "tokmine: why I cannot"
        lead = self.people["lead"]
        rounds.say_unavailable(None, first_day=day, last_day=day, reason=reason, by=lead)

    def _last_letter(self) -> None:
        """It named an area for consideration, and the host has written what came of it."""
        row = self.own.progress.create(
            position=1, source="The last letter", area_for_consideration="tokprogress: an area"
        )
        rounds.save_progress(
            row, "tokprogress: what came of it", version=0, by=self.people["host_director"]
        )

    def _leave(self) -> None:
        """Somebody had a seat, read what the team reads, and has it no longer."""
        gone, lead = self.people["former_member"], self.people["lead"]
        yesterday = timezone.localdate() - timedelta(days=1)
        self.challenge.team.create(
            user=gone, from_date=yesterday - timedelta(days=30), to_date=yesterday
        )
        assert lead is not None

    def _postponed_before(self) -> None:
        """It was to be on other days, and why it was not is for those it concerns."""
        assert self.challenge is not None
        self.challenge.postponements.create(
            kind="illness",
            reason="tokpostponed: who was ill",
            days={"day1": "2031-06-03"},
            state_before=self.challenge.state,
            by=self.people["host_director"],
            looked_at=timezone.now(),
            resumed_at=timezone.now(),
        )

    @property
    def own(self) -> SelfAssessment:
        host = self.round.participations.get(authority=self.world.authorities[0])
        return host.self_assessment


def _written(world: World) -> Scene:
    round = world.opened()
    for participation in round.participations.all():
        world.answered(participation)
    return Scene(world, round)


def _with_challenge(round: Round, world: World) -> Scene:
    return Scene(world, round, world.first(round))


def _at(challenge: Challenge, world: World) -> Scene:
    return Scene(world, challenge.round, challenge)


def _with_letter(letter: Letter, world: World) -> Scene:
    challenge = world.again(letter.challenge)
    return Scene(world, challenge.round, challenge, letter)


def _declined(world: World) -> Scene:
    scene = _with_challenge(world.offered(), world)
    rounds.decline_challenge(
        scene.challenge, reason="tokobjection: too close", by=scene.people["host_director"]
    )
    return scene


def _shared(world: World) -> Scene:
    """The host's is shared with every director of the round; the others' are not sent."""
    return Scene(world, world.shared())


def _withdrawn(world: World) -> Scene:
    """It was shared before its authority left the round."""
    round = world.shared()
    host = round.participations.get(authority=world.authorities[0])
    rounds.withdraw_participation(host, reason="tokwithdrawn: no capacity", by=world.officer)
    return Scene(world, round)


SCENES: dict[str, Callable[[World], Scene]] = {
    "drafted": lambda w: Scene(w, w.drafted()),
    "opened": lambda w: Scene(w, w.opened()),
    "written": _written,
    "proposed": lambda w: _with_challenge(w.proposed(), w),
    "offered": lambda w: _with_challenge(w.offered(), w),
    "declined": _declined,
    "shared": _shared,
    "withdrawn": _withdrawn,
    "teamed": lambda w: _with_challenge(w.teamed(), w),
    "booked": lambda w: _with_challenge(w.booked(), w),
    "postponed": lambda w: _at(w.postponed(), w),
    "visited": lambda w: _at(w.visited(), w),
    "alone": lambda w: _at(w.alone(), w),
    "letter_drafted": lambda w: _with_letter(w.letter_drafted(), w),
    "letter_with_host": lambda w: _with_letter(w.letter_with_host(), w),
    "letter_checked": lambda w: _with_letter(w.letter_checked(), w),
    "letter_issuing": lambda w: _with_letter(w.letter_issuing(), w),
    "letter_issued": lambda w: _with_letter(w.letter_issued(), w),
    "letter_published": lambda w: _with_letter(w.letter_published(), w),
    "letter_correcting": lambda w: _with_letter(w.letter_correcting(), w),
    "letter_corrected": lambda w: _with_letter(w.letter_corrected(), w),
}
# Between the visit and its issue only the letter goes on: other pages are asked before and after.
ON_THE_LETTER = ("letter_drafted", "letter_with_host", "letter_checked", "letter_issuing")
# Asked in three files, so that more than one worker has some to ask.
OF_LETTERS = (
    *("letter_checked", "letter_issuing", "letter_issued"),
    *("letter_published", "letter_correcting", "letter_corrected"),
)
ON_THE_WAY = (
    *("teamed", "booked", "postponed", "visited", "alone", "letter_drafted", "letter_with_host"),
)
UNTIL_OFFERS = tuple(moment for moment in SCENES if moment not in OF_LETTERS + ON_THE_WAY)
