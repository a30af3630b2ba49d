"""A visit that was put off: what that means, the days it is offered, and who can on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from peerchallenge.audit.actions import history_of
from rounds.models import Challenge, DateOffer, DateOfferAnswer, Postponement
from rounds.models.challenge import Side, listed
from rounds.queries.away import Who, attending, cannot_said, days_in_teams, known_of
from rounds.queries.new_dates import given_up, still_to_date
from rounds.queries.visits import Days, Told, told_of, visit_clashes
from rounds.scheduling import Clash, said
from rounds.states import ChallengeState


@dataclass(frozen=True)
class Consequences:
    """What postponing does, said before it is pressed."""

    told: Told
    freed: list[str]
    kept: list[str]
    sent: bool


@dataclass(frozen=True)
class PutOff:
    """One postponement in a challenge's history; the sentence only for those who may read it."""

    kind: str
    reason: str
    who: str
    at: datetime
    freed: list[str]
    open: bool
    resumed_at: datetime | None


@dataclass(frozen=True)
class SaidBy:
    """What one side says of an offer: “can”, “cannot”, or nothing yet."""

    name: str
    can: bool | None

    @property
    def said(self) -> str:
        return {True: "can", False: "cannot", None: "no answer yet"}[self.can]


@dataclass(frozen=True)
class Offered:
    """Days that are offered, what each side says, and who else cannot."""

    offer: DateOffer
    lines: list[str]
    sides: list[SaidBy]
    missed: list[str]

    @property
    def short(self) -> str:
        return " and ".join(self.lines)


@dataclass(frozen=True)
class OfferedDates:
    """The page on which new dates are settled; `own`: for whom this person answers."""

    postponement: Postponement
    offers: list[Offered]
    own: list[str]
    answered: bool
    waiting: list[str]

    @property
    def looking(self) -> bool:
        return self.postponement.looked_at is None

    @property
    def none_agreed(self) -> bool:
        return bool(self.offers) and not self.waiting

    @property
    def said(self) -> str:
        """Where the visit stands, instead of that it is postponed."""
        if self.looking:
            return "Postponed. Other days are being looked for."
        if self.waiting:
            names = listed(self.waiting)
            return f"Postponed. New dates are offered: waiting for {names} to answer."
        how = "On none of the dates offered can all sides" if self.offers else "None were found"
        return f"Postponed, without new days. {how}: the board’s officers look further."


def consequences_of(challenge: Challenge) -> Consequences:
    freed = {visit.pk for visit in given_up(challenge)}
    days = list(challenge.days.all())
    labels = {phase.id: phase.label for phase in challenge.round.format.phases}
    return Consequences(
        told_of([challenge]),
        [_line(labels, one.phase, one.day) for one in days if one.pk in freed],
        [_line(labels, one.phase, one.day) for one in days if one.pk not in freed],
        challenge.dates_sent or challenge.state == ChallengeState.ON_SITE,
    )


def postponements_of(challenge: Challenge, *, readable: bool) -> list[PutOff]:
    """The newest first; `readable`: whether the sentences are this reader's to read."""
    labels = {phase.id: phase.label for phase in challenge.round.format.phases}
    return [
        PutOff(
            one.get_kind_display(),
            one.reason if readable else "",
            one.by.name if one.by else "",
            one.at,
            [_line(labels, phase, day) for phase, day in days_in(one.days).items()],
            one.resumed_at is None and challenge.state == ChallengeState.POSTPONED,
            one.resumed_at,
        )
        for one in challenge.postponements.select_related("by")
    ]


def postponed_by(challenge: Challenge) -> str:
    """Who put it off last: said to somebody who comes too late."""
    event = history_of(challenge).filter(verb="challenge.postponed").first()
    return event.who if event else ""


def open_postponement(challenge: Challenge) -> Postponement | None:
    return challenge.postponements.open().first()


def standing_offers_of(postponement: Postponement) -> list[DateOffer]:
    answers = Prefetch("answers", queryset=DateOfferAnswer.objects.all())
    return list(postponement.offers.filter(withdrawn_at__isnull=True).prefetch_related(answers))


def agreed_offers(challenge: Challenge, postponement: Postponement) -> list[DateOffer]:
    """Those on which all sides can, the best first."""
    sides = {side.participation.pk for side in challenge.sides}
    return [
        offer
        for offer in standing_offers_of(postponement)
        if sides <= {answer.participation_id for answer in offer.answers.all() if answer.can}
    ]


def nothing_agreed(challenge: Challenge, postponement: Postponement) -> bool:
    """All have answered, and there is no day left on which all can."""
    return not silent_sides(challenge, standing_offers_of(postponement)) and not agreed_offers(
        challenge, postponement
    )


def offer_clashes(challenge: Challenge, offer: DateOffer) -> list[Clash]:
    """What has come in the way of an offer since it was made; a day that is over too."""
    days = days_in(offer.days)
    if min(days.values()) <= timezone.localdate():
        return [Clash(next(iter(days)), "window", "This day is over.")]
    return visit_clashes(challenge, days)


def offered_dates(
    challenge: Challenge, postponement: Postponement, own: Collection[Side]
) -> OfferedDates:
    """`own`: the sides this person answers for."""
    offers = standing_offers_of(postponement)
    labels = {phase.id: phase.label for phase in challenge.round.format.phases}
    missed = missed_on(challenge, [days_in(offer.days) for offer in offers])
    mine = {side.participation.pk for side in own}
    answered = bool(mine) and bool(offers)
    shown = []
    for offer, away in zip(offers, missed, strict=True):
        can = {answer.participation_id: answer.can for answer in offer.answers.all()}
        answered = answered and mine <= can.keys()
        shown.append(
            Offered(
                offer,
                [_line(labels, phase, day) for phase, day in days_in(offer.days).items()],
                [
                    SaidBy(side.authority.name, can.get(side.participation.pk))
                    for side in challenge.sides
                ],
                away,
            )
        )
    silent = [side.authority.name for side in silent_sides(challenge, offers)]
    return OfferedDates(
        postponement, shown, [side.authority.name for side in own], answered, silent
    )


def silent_sides(challenge: Challenge, offers: Sequence[DateOffer]) -> list[Side]:
    """The sides that have not answered every offer."""
    return [
        side
        for side in challenge.sides
        if any(
            side.participation.pk not in {answer.participation_id for answer in offer.answers.all()}
            for offer in offers
        )
    ]


def missed_on(challenge: Challenge, plans: Sequence[Days]) -> list[list[str]]:
    """For each plan who of those who attend cannot, or is elsewhere; names, and no reasons."""
    phases = {phase.id: phase for phase in still_to_date(challenge)[0]}
    wholes = [
        sorted({day for key, first in days.items() for day in phases[key].on_site(first)})
        for days in plans
    ]
    every = sorted({day for days in wholes for day in days})
    if not every:
        return [[] for _ in plans]
    there = attending([challenge])[challenge.pk]
    span = every[0], every[-1]
    cannot: Mapping[Who, Collection[date]] = known_of(challenge.round.region, there, *span).cannot
    busy = days_in_teams(there, but_for=[challenge.pk], first=span[0], last=span[1])
    return [
        [
            cannot_said(who, said(day))
            for who in there
            for day in days
            if day in cannot.get(who, ()) or day in busy.get(who, ())
        ]
        for days in wholes
    ]


def days_in(kept: Mapping[str, str]) -> dict[str, date]:
    """As they are kept in JSON, by phase; in the order of the days."""
    days = {phase: date.fromisoformat(day) for phase, day in kept.items()}
    return dict(sorted(days.items(), key=lambda item: item[1]))


def _line(labels: Mapping[str, str], phase: str, day: date) -> str:
    """“Monday 3 June 2030 (Day 1)”; where there is but one part, the day alone."""
    if len(labels) == 1:
        return said(day)
    return f"{said(day)} ({labels.get(phase, phase).partition(':')[0]})"
