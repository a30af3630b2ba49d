"""What each address is about at a moment: the arguments it is reached with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from authorities import actions as authorities
from authorities.models import Invitation
from authorities.states import Role
from peerchallenge.audit.actions import CLOCK
from peerchallenge.outbox.models import Effect
from rounds import actions as rounds
from rounds.models import EarlierChallenge, Purge
from rounds.states import RoundState
from tests.guarantees.matrix.addresses_of_letters import OF_LETTERS
from tests.guarantees.matrix.addresses_of_visits import OF_VISITS
from tests.guarantees.matrix.scenes import Scene


def arguments(scene: Scene, name: str) -> dict[str, Any] | None:
    """What the address called `name` needs; None where this scene has no such thing."""
    if name in PLAIN:
        return {}
    if name in OF_VISITS:
        return OF_VISITS[name](scene)
    if name in OF_LETTERS:
        return OF_LETTERS[name](scene)
    if name in SPECIAL:
        return SPECIAL[name](scene)
    row = next(find(scene) for prefix, find in ROWS.items() if name.startswith(prefix))
    return None if row is None else {"pk": row.pk}


def _purge(scene: Scene) -> Purge | None:
    """The host's director asks for an answer to be purged."""
    if scene.round.state == RoundState.DRAFT:
        return None
    question = scene.round.sections.first().questions.first()
    asked = scene.own.purges.filter(question=question).first()
    return asked or rounds.ask_for_purge(
        scene.own, question, reason="tokpurge", by=scene.people["host_director"]
    )


def _invitation(scene: Scene) -> Invitation:
    """Somebody new is asked to become lead member of the host."""
    return authorities.invite_person(
        "new@example.org",
        "Newcomer",
        Role.LEAD_MEMBER,
        authority=scene.world.authorities[0],
        by=scene.world.officer,
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


def _evidence(scene: Scene) -> dict[str, Any] | None:
    """A public document, for the first section; none while the round is a draft."""
    if scene.round.state == RoundState.DRAFT:
        return None
    document = scene.own.evidence.kept().first() or scene.own.evidence.create(
        section=scene.round.sections.first(),
        title="A public document",
        document_date=date(2026, 1, 1),
        link="https://example.org/document",
        added_by=scene.people["host_director"],
    )
    return {"pk": document.pk}


def _effect(scene: Scene) -> dict[str, Any] | None:
    effect = Effect.objects.order_by("pk").last()
    return {"pk": scene.round.pk, "effect": effect.pk} if effect else None


def _version(scene: Scene) -> dict[str, Any] | None:
    version = scene.own.versions.last()
    return {"pk": scene.own.pk, "number": version.number} if version else None


def _part(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.round.pk, "part": scene.own.participation_id}


def _part_of(scene: Scene, place: int) -> dict[str, Any]:
    part = scene.round.participations.get(authority=scene.world.authorities[place])
    return {"pk": scene.round.pk, "part": part.pk}


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


def _scenario(scene: Scene) -> dict[str, Any] | None:
    """A copy of another, with two kept apart and yet locked together; none in a draft."""
    if scene.round.state == RoundState.DRAFT:
        return None
    found = scene.round.scenarios.filter(name="A copy").first()
    if found is None:
        officer = scene.world.officer
        first = rounds.start_scenario(scene.round, "The first", by=officer)
        found = rounds.copy_scenario(first, "A copy", by=officer)
        host, challenger = scene.round.participations.taking_part()[:2]
        pair = {"host": host, "challenger": challenger}
        found.exclusions.create(**pair, reason="tokapart: too close")
        found.matches.filter(host=host).delete()
        found.matches.create(**pair, locked=True, reason="tokoverride: all the same")
    return {"pk": scene.round.pk, "scenario": found.pk}


def _compared(scene: Scene) -> dict[str, Any]:
    """There are two to compare, but in a draft."""
    _scenario(scene)
    return {"pk": scene.round.pk}


def _host(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.round.pk, "host": scene.round.participations.taking_part()[0].pk}


def _pair(scene: Scene) -> dict[str, Any]:
    host, challenger = scene.round.participations.taking_part()[:2]
    return {"pk": scene.round.pk, "host": host.pk, "challenger": challenger.pk}


def _preset(scene: Scene) -> dict[str, Any]:
    return {"region": scene.round.region_id, "key": scene.round.format.key}


def _account(scene: Scene) -> dict[str, Any]:
    return {**_board(scene), "authority": scene.world.authorities[0].pk}


def _board(scene: Scene) -> dict[str, Any]:
    return {"region": scene.round.region_id}


def _earlier(scene: Scene) -> dict[str, Any]:
    """A challenge held before, as the officer entered it: the host's by the challenger."""
    host, challenger, _ = scene.world.authorities
    earlier, _ = EarlierChallenge.objects.get_or_create(
        region=scene.round.region,
        host=host,
        challenger=challenger,
        held_on=date(2013, 2, 4),
        defaults={"entered_by": scene.people["officer"]},
    )
    return {"pk": earlier.pk}


def _reminder(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.round.pk, "key": "before-3"}


PLAIN = {
    "availability",
    "availability_remove",
    "availability_said",
    "conflicts",
    "conflicts_xlsx",
    "conflict_declare",
    "interventions",
    "intervention_add",
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
    "verify",
    "ledger",
    "presets",
    "purges",
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
    "conflict": lambda scene: scene.conflict,
    "intervention_end": lambda scene: scene.world.authorities[2].interventions.get(),
    "purge": _purge,
    "questionnaire": lambda scene: scene.round,
    "section": lambda scene: scene.round,
    "area": lambda scene: scene.round,
    "scenario": lambda scene: scene.round,
    "self_assessment": lambda scene: scene.own,
    "challenge": lambda scene: scene.challenge,
    "finding": lambda scene: scene.challenge and scene.challenge.findings.first(),
    "letter_draft": lambda scene: scene.challenge,
    "letter": lambda scene: scene.letter,
    "authority": lambda scene: scene.world.authorities[0],
    "invitation": _invitation,
    "membership": lambda scene: scene.people["host_lead_member"].memberships.get(),
}
GIVEN = ("self_assessment_given", "self_assessment_given_ready", "self_assessment_given_end")
SPECIAL: dict[str, Callable[[Scene], dict[str, Any] | None]] = {
    "accept_invitation": lambda scene: {
        "token": authorities.draw_invitation(_invitation(scene), by=CLOCK)
    },
    "account_reset_password_from_key": _reset_link,
    "self_assessment_question": _question,
    "self_assessment_section": _section,
    "evidence_add": _section,
    **dict.fromkeys(("evidence_download", "evidence_change", "evidence_remove"), _evidence),
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
    **dict.fromkeys(("scenario_settings", "scenario_delete"), _scenario),
    "scenarios_compare": _compared,
    "match_why": _host,
    "match_pair": _pair,
    **dict.fromkeys(
        (
            "ledger_region",
            "ledger_xlsx",
            "earlier_challenges",
            "earlier_challenge_add",
            "earlier_paste",
        ),
        _board,
    ),
    "ledger_authority": _account,
    "earlier_challenge_remove": _earlier,
    **dict.fromkeys(("reminder_text", "reminder_restore"), _reminder),
    **dict.fromkeys(("reminders_hold", "reminders_release"), lambda scene: {"pk": scene.round.pk}),
    "challenge_team_end": _seat,
    "self_assessment_version": _version,
    "intervention_allow": lambda scene: _part_of(scene, 1),
    "intervention_withdraw_word": lambda scene: _part_of(scene, 2),
    "round_offer": _part,
    "participation_withdraw": _part,
    "participation_readmit": _part,
    **dict.fromkeys(GIVEN, _given),
}
