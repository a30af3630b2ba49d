"""Where a round can stand, who may come by, and what the addresses of that moment are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone

from authorities import actions as authorities
from authorities.models import Authority, Invitation, User
from authorities.states import Role
from feedback.models import Letter
from peerchallenge.audit.actions import CLOCK
from peerchallenge.outbox.models import Effect
from rounds import actions as rounds
from rounds.models import Challenge, Round, SelfAssessment
from rounds.states import WRITING_OPEN, RoundState
from tests.factories import MembershipFactory, UserFactory
from tests.world import World


@dataclass
class Scene:
    """The first challenge of a region at one moment: A hosts, B challenges, C looks on."""

    world: World
    round: Round
    challenge: Challenge | None = None
    letter: Letter | None = None
    people: dict[str, User | None] = field(default_factory=dict)

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
        if self.challenge and self.challenge.team.exists():
            self.people["lead"] = world.lead_of(self.challenge)
            self.people["member"] = world.member_of(self.challenge)
            self._leave()

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

    def arguments(self, name: str) -> dict[str, Any] | None:
        """What the address called `name` needs; None where this scene has no such thing."""
        if name in PLAIN:
            return {}
        if name in SPECIAL:
            return SPECIAL[name](self)
        row = next(find(self) for prefix, find in ROWS.items() if name.startswith(prefix))
        return None if row is None else {"pk": row.pk}

    @property
    def own(self) -> SelfAssessment:
        host = self.round.participations.get(authority=self.world.authorities[0])
        return host.self_assessment

    def invitation(self) -> Invitation:
        """Somebody new is asked to become lead member of the host."""
        return authorities.invite_person(
            "new@example.org",
            "Newcomer",
            Role.LEAD_MEMBER,
            authority=self.world.authorities[0],
            by=self.world.officer,
        )


def _reset_link(scene: Scene) -> dict[str, Any]:
    user = scene.people["stranger"]
    return {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}


def _question(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.own.pk, "section": scene.round.sections.first().key, "place": 1}


def _given(scene: Scene) -> dict[str, Any] | None:
    """The section that the colleague holds; none while the round is a draft."""
    given = scene.own.given.first()
    return {"pk": scene.own.pk, "given": given.pk} if given else None


def _section(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.own.pk, "section": scene.round.sections.first().key}


def _effect(scene: Scene) -> dict[str, Any] | None:
    effect = Effect.objects.order_by("pk").last()
    return {"pk": scene.round.pk, "effect": effect.pk} if effect else None


def _seat(scene: Scene) -> dict[str, Any] | None:
    member = scene.challenge and scene.challenge.team.current().filter(seat="member").first()
    return {"pk": scene.challenge.pk, "member": member.pk} if member else None


def _of_a_section(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.round.pk, "section": scene.round.sections.first().pk}


def _of_a_question(scene: Scene) -> dict[str, Any]:
    question = scene.round.sections.first().questions.first()
    return {"pk": scene.round.pk, "question": question.pk}


def _of_an_area(scene: Scene) -> dict[str, Any]:
    """The first, to which the first question speaks."""
    area = scene.round.areas.first()
    area.questions.set(scene.round.sections.first().questions.all()[:1])
    return {"pk": scene.round.pk, "area": area.pk}


def _preset(scene: Scene) -> dict[str, Any]:
    return {"region": scene.round.region_id, "key": scene.round.format.key}

def _version(scene: Scene) -> dict[str, Any] | None:
    version = scene.own.versions.last()
    return {"pk": scene.own.pk, "number": version.number} if version else None


def _part(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.round.pk, "part": scene.own.participation_id}



PLAIN = {
    "home",
    "healthy",
    "help",
    "accessibility",
    "privacy",
    "authorities",
    "account",
    "people",
    "person_invite",
    "rounds",
    "presets",
    "round_new",
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
}
# Which row an address is about, by how its name begins; the first that fits.
ROWS: dict[str, Callable[[Scene], Any]] = {
    "round": lambda scene: scene.round,
    "questionnaire": lambda scene: scene.round,
    "section": lambda scene: scene.round,
    "area": lambda scene: scene.round,
    "self_assessment": lambda scene: scene.own,
    "challenge": lambda scene: scene.challenge,
    "finding": lambda scene: scene.challenge and scene.challenge.findings.first(),
    "letter_draft": lambda scene: scene.challenge,
    "letter": lambda scene: scene.letter,
    "authority": lambda scene: scene.world.authorities[0],
    "invitation": lambda scene: scene.invitation(),
    "membership": lambda scene: scene.people["host_lead_member"].memberships.get(),
}
GIVEN = ("self_assessment_given", "self_assessment_given_ready", "self_assessment_given_end")
SPECIAL: dict[str, Callable[[Scene], dict[str, Any] | None]] = {
    "accept_invitation": lambda scene: {
        "token": authorities.draw_invitation(scene.invitation(), by=CLOCK)
    },
    "account_reset_password_from_key": _reset_link,
    "self_assessment_question": _question,
    "self_assessment_section": _section,
    "round_letter_issue": lambda scene: (
        scene.letter and {"pk": scene.round.pk, "letter": scene.letter.pk}
    ),
    "effect_retry": _effect,
    **dict.fromkeys(("section_change", "section_remove", "question_add"), _of_a_section),
    **dict.fromkeys(
        ("question_change", "question_correct", "question_remove", "question_restore"),
        _of_a_question,
    ),
    **dict.fromkeys(("area_change", "area_remove", "area_answers"), _of_an_area),
    **dict.fromkeys(("preset", "preset_restore"), _preset),
    "challenge_team_end": _seat,
    **dict.fromkeys(GIVEN, _given),
}


def _written(world: World) -> Scene:
    round = world.opened()
    for participation in round.participations.all():
        world.answered(participation)
    return Scene(world, round)


def _with_challenge(round: Round, world: World) -> Scene:
    return Scene(world, round, world.first(round))


def _with_letter(letter: Letter, world: World) -> Scene:
    challenge = world.again(letter.challenge)
    return Scene(world, challenge.round, challenge, letter)


def _declined(world: World) -> Scene:
    scene = _with_challenge(world.offered(), world)
    rounds.decline_challenge(
        scene.challenge, reason="tokobjection: too close", by=scene.people["host_director"]
    )
    return scene


    "self_assessment_version": _version,
    "participation_withdraw": _part,
    "participation_readmit": _part,
SCENES: dict[str, Callable[[World], Scene]] = {
    "drafted": lambda w: Scene(w, w.drafted()),
    "opened": lambda w: Scene(w, w.opened()),
    "written": _written,
    "proposed": lambda w: _with_challenge(w.proposed(), w),
    "offered": lambda w: _with_challenge(w.offered(), w),
    "declined": _declined,
    "teamed": lambda w: _with_challenge(w.teamed(), w),
    "visited": lambda w: (lambda c: Scene(w, c.round, c))(w.visited()),
    "letter_drafted": lambda w: _with_letter(w.letter_drafted(), w),
    "letter_with_host": lambda w: _with_letter(w.letter_with_host(), w),
    "letter_checked": lambda w: _with_letter(w.letter_checked(), w),
    "letter_issuing": lambda w: _with_letter(w.letter_issuing(), w),
    "letter_issued": lambda w: _with_letter(w.letter_issued(), w),
}
def _shared(world: World) -> Scene:
    """The host's is shared with every director of the round; the others' are not sent."""
    return Scene(world, world.shared())


def _withdrawn(world: World) -> Scene:
    """It was shared before its authority left the round."""
    round = world.shared()
    host = round.participations.get(authority=world.authorities[0])
    rounds.withdraw_participation(host, reason="tokwithdrawn: no capacity", by=world.officer)
    return Scene(world, round)


    "shared": _shared,
    "withdrawn": _withdrawn,
