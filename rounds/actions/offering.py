"""What an authority can give in a round: said by itself, or by an officer who was told."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.actions.answers import lock
from rounds.models import Capacity, Participation, PriorityArea
from rounds.queries.offering import (
    MOST_WISHES,
    Strength,
    Wish,
    filled,
    others_in,
    strengths_mark,
    strengths_of,
    wishes_mark,
    wishes_of,
)


class OfferChanged(Exception):
    """Somebody changed this part of the offer since this person's page was drawn."""


@transaction.atomic
def give_as_asked(participation: Participation, *, by: User) -> Capacity:
    """Nothing special: the authority gives what the round asks of everybody."""
    participation = _lock(participation)
    permissions.say_offer(by, participation).require()
    capacity = _capacity(participation)
    if capacity.answered_at is None:
        _answered(capacity, by)
        record("offer.as_asked", participation, by=by)
    return capacity


@transaction.atomic
def say_numbers(
    participation: Participation,
    *,
    least: int | None,
    most: int | None,
    note: str,
    version: int,
    by: User,
) -> Capacity:
    """How many challenges it gives; None is what the round asks. The note is for officers.

    `version` is the one that was on the page, 0 when nothing was said: raises OfferChanged when
    another is there by now and says something else.
    """
    participation = _lock(participation)
    permissions.say_offer(by, participation).require()
    capacity = _capacity(participation)
    if _keep(capacity, least, most, note, version=version, by=by):
        record("offer.numbers_said", participation, by=by, least=least, most=most)
    return capacity


@transaction.atomic
def say_numbers_for(
    participation: Participation,
    *,
    least: int | None,
    most: int | None,
    version: int,
    by: User,
) -> Capacity:
    """An officer writes down what an authority has told the board; its note stays."""
    participation = _lock(participation)
    permissions.say_numbers_for(by, participation).require()
    capacity = _capacity(participation)
    if _keep(capacity, least, most, capacity.note, version=version, by=by):
        record("offer.numbers_said_for", participation, by=by, least=least, most=most)
    return capacity


@transaction.atomic
def say_strengths(
    participation: Participation, strengths: Sequence[Strength], *, seen: str, by: User
) -> Participation:
    """In what it could help others, instead of what it said before.

    `seen` is the mark of the list on the page: raises OfferChanged when it is another by now.
    """
    participation = _lock(participation)
    permissions.say_offer(by, participation).require()
    # An officer who takes an area out waits for us, or we for them.
    areas = PriorityArea.objects.select_for_update().filter(round=participation.round)
    there = set(areas.order_by("pk").values_list("pk", flat=True))
    for one in strengths:
        if one.area and one.area.pk not in there:
            no(f"“{one.area.name}” is no longer among the areas of the round.").require()
    now = strengths_of(participation)
    capacity = _capacity(participation)
    if strengths_mark(now) == strengths_mark(strengths) and capacity.answered_at:
        return participation
    if strengths_mark(now) != strengths_mark(strengths) and strengths_mark(now) != seen:
        raise OfferChanged
    participation.strengths.all().delete()
    for one in strengths:
        participation.strengths.create(area=one.area, own_area=one.own_area, evidence=one.evidence)
    _answered(capacity, by)
    record("offer.strengths_said", participation, by=by, areas=[one.name for one in strengths])
    return participation


@transaction.atomic
def wish_for_challengers(
    participation: Participation, wishes: Sequence[Wish], *, seen: str, by: User
) -> Participation:
    """Whom the host would like to have, the first most of all; OfferChanged as above."""
    participation = _lock(participation)
    permissions.say_offer(by, participation).require()
    _may_be_wished(participation, wishes)
    now = wishes_of(participation)
    capacity = _capacity(participation)
    if wishes_mark(now) == wishes_mark(wishes) and capacity.answered_at:
        return participation
    if wishes_mark(now) != wishes_mark(wishes) and wishes_mark(now) != seen:
        raise OfferChanged
    participation.preferences.all().delete()
    for rank, one in enumerate(wishes, 1):
        participation.preferences.create(challenger=one.challenger, rank=rank, reason=one.reason)
    _answered(capacity, by)
    names = [one.challenger.authority.name for one in wishes]
    record("offer.wishes_said", participation, by=by, wishes=names)
    return participation


def _may_be_wished(participation: Participation, wishes: Sequence[Wish]) -> None:
    """Others of the round, each once; one that has left since stays if it was wished for."""
    there = {one.pk for one in others_in(participation)}
    there |= {one.challenger.pk for one in wishes_of(participation)}
    asked = [one.challenger.pk for one in wishes]
    if len(asked) > MOST_WISHES or len(set(asked)) < len(asked) or set(asked) - there:
        no(f"Wish for up to {MOST_WISHES} others of the round, each once.").require()


def _keep(
    capacity: Capacity,
    least: int | None,
    most: int | None,
    note: str,
    *,
    version: int,
    by: User,
) -> bool:
    """Whether anything is new; what is there already, said again, is no change."""
    same = (capacity.gives_least, capacity.gives_most, capacity.note) == (least, most, note)
    if same and capacity.answered_at:
        return False
    if not same and capacity.version != version:
        raise OfferChanged
    fewest, highest = filled(least, most, capacity.participation.round.format.asked_of_each)
    if fewest > highest:
        no("The least number of challenges cannot be more than the most.").require()
    capacity.gives_least, capacity.gives_most, capacity.note = least, most, note
    capacity.version += 0 if same else 1
    capacity.save(update_fields=["gives_least", "gives_most", "note", "version"])
    _answered(capacity, by)
    return True


def _answered(capacity: Capacity, by: User) -> None:
    capacity.answered_at, capacity.answered_by = timezone.now(), by
    capacity.save(update_fields=["answered_at", "answered_by"])


def _capacity(participation: Participation) -> Capacity:
    capacity, _ = Capacity.objects.get_or_create(participation=participation)
    capacity.participation = participation
    return capacity


def _lock(participation: Participation) -> Participation:
    """All who speak for one authority wait for one another, where those who write do."""
    return lock(participation.self_assessment).participation
