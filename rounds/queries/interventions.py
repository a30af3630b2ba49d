"""Authorities in intervention, and the officer's word that one may challenge all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from authorities.models import Authority, Intervention, User
from authorities.states import Role
from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Answer
from rounds.models import Capacity, Challenge, Participation, Round
from rounds.queries.conflicts import TOUCHED
from rounds.states import WRITES

WHO = "capacity__despite_intervention_by"
ALLOWED = "participation.allowed_despite_intervention"


@dataclass(frozen=True)
class Running:
    """A round the authority takes part in, and whom it is to challenge there."""

    round: Round
    challenges: list[str]
    has_word: bool


@dataclass(frozen=True)
class Spell:
    """One intervention from its first day to its last."""

    intervention: Intervention
    authority: str
    days: str
    state: str
    colour: str
    may_end: bool
    rounds: list[Running] = field(default_factory=list)


@dataclass(frozen=True)
class Word:
    """The officer's word: whose, when and why."""

    who: str
    on: date
    reason: str


@dataclass(frozen=True)
class Barred:
    """An authority of a round that is in intervention on some day of it."""

    participation: Participation
    days: str
    challenges: list[str]
    word: Word | None
    may_change: Answer


def spells_for(user: User, may_end: Callable[[Intervention], Answer]) -> list[Spell]:
    """Those that last and those to come first; five queries, however many."""
    today = timezone.localdate()
    rows = list(
        Intervention.objects.visible_to(user)
        .select_related("authority")
        .order_by("-from_date", "authority__name")
    )
    lasting = [row for row in rows if row.to_date is None or row.to_date >= today]
    running = _running([row.authority_id for row in lasting])
    spells = [
        Spell(
            row,
            row.authority.name,
            _capital(row.lasts),
            *_stands(row, today),
            bool(may_end(row)),
            running.get(row.authority_id, []) if row in lasting else [],
        )
        for row in rows
    ]
    return sorted(spells, key=lambda spell: spell.intervention not in lasting)


def authorities_to_add(user: User) -> list[Authority]:
    """The open ones of the regions whose officer this is."""
    regions = user.regions_where(Role.BOARD_OFFICER)
    rows = Authority.objects.filter(region__in=regions).open_on(timezone.localdate())
    return list(rows.order_by("name"))


def barred_in(round: Round, may_change: Callable[[Participation], Answer]) -> list[Barred]:
    """Those in intervention from today to the round's last visits, and those with a word."""
    parts = list(
        round.participations.taking_part()
        .select_related("authority", "round__region", WHO)
        .order_by("authority__name")
    )
    last = max(round.visits_to, timezone.localdate())
    lasting: dict[int, list[str]] = {}
    rows = Intervention.objects.between(timezone.localdate(), last).order_by("from_date")
    for row in rows.filter(authority__in=[part.authority_id for part in parts]):
        lasting.setdefault(row.authority_id, []).append(row.lasts)
    shown = [part for part in parts if part.authority_id in lasting or _has_word(part)]
    gives, words = _gives(shown), _words_on(shown)
    return [
        Barred(
            part,
            _capital(" and ".join(lasting.get(part.authority_id, [])) or "ended"),
            gives.get(part.pk, []),
            words.get(part.pk),
            may_change(part),
        )
        for part in shown
    ]


def word_on(participation: Participation) -> Word | None:
    """The officer's word as it stands, with the reason from the record."""
    row = Participation.objects.select_related(WHO).get(pk=participation.pk)
    return _words_on([row]).get(row.pk)


def _words_on(parts: Iterable[Participation]) -> dict[int, Word]:
    with_word = [part for part in parts if _has_word(part)]
    if not with_word:
        return {}
    reasons: dict[int, str] = {}
    for event in history_of(*with_word).filter(verb=ALLOWED):
        reasons.setdefault(event.subject_id, str(event.details.get("reason", "")))
    return {
        part.pk: Word(
            str(part.capacity.despite_intervention_by),
            timezone.localdate(part.capacity.despite_intervention_at),
            reasons.get(part.pk, ""),
        )
        for part in with_word
    }


def _running(authorities: Iterable[int]) -> dict[int, list[Running]]:
    parts = list(
        Participation.objects.taking_part()
        .filter(authority__in=authorities, round__state__in=WRITES)
        .select_related("round", "capacity", "authority")
        .order_by("-round__visits_from")
    )
    gives = _gives(parts)
    found: dict[int, list[Running]] = {}
    for part in parts:
        found.setdefault(part.authority_id, []).append(
            Running(part.round, gives.get(part.pk, []), _has_word(part))
        )
    return found


def _gives(parts: Iterable[Participation]) -> dict[int, list[str]]:
    """By participation: the hosts that it is to challenge."""
    wanted = {part.pk for part in parts}
    if not wanted:
        return {}
    found: dict[int, list[str]] = {}
    matches = Challenge.objects.with_side(pk__in=wanted).filter(state__in=TOUCHED)
    for challenge in matches.with_both_sides().order_by("host__authority__name", "pk"):
        for side in challenge.sides[1:]:
            if side.participation.pk in wanted:
                found.setdefault(side.participation.pk, []).append(challenge.host_authority.name)
    return found


def _has_word(part: Participation) -> bool:
    capacity: Capacity | None = getattr(part, "capacity", None)
    return capacity is not None and capacity.despite_intervention_at is not None


def _stands(intervention: Intervention, today: date) -> tuple[str, str]:
    if intervention.to_date is not None and intervention.to_date < today:
        return "Over", "grey"
    if intervention.from_date > today:
        return "To come", "grey"
    return "Now", "blue"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
