from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import PriorityArea, Question, Round, SelfAssessment, StrengthOffered
from rounds.queries.areas import MOST_AREAS, area_version


class AreaChanged(Exception):
    """Somebody changed this area since this person's page was drawn."""


def list_areas(round: Round, names: Sequence[str]) -> None:
    """The draft's areas by name and in this order; one that keeps its name keeps its evidence.

    A new name where an old one stood is the old area, renamed.
    """
    there = list(round.areas.all())
    by_name = {area.name: area for area in there if area.name in names}
    spare = {place: area for place, area in enumerate(there, 1) if area.name not in names}
    kept = []
    for place, name in enumerate(names, 1):
        area = by_name.get(name) or spare.pop(place, None) or PriorityArea(round=round)
        area.name, area.position = name, place
        area.save()
        kept.append(area.pk)
    round.areas.exclude(pk__in=kept).delete()


@transaction.atomic
def add_area(
    round: Round, name: str, *, evidence: str = "", questions: Collection[int] = (), by: User
) -> PriorityArea:
    """At the end. `questions` are the keys of those that speak to it."""
    round = Round.objects.locked(round.pk)
    permissions.edit_areas(by, round).require()
    there = list(round.areas.all())
    if len(there) >= MOST_AREAS:
        no(f"A round has at most {MOST_AREAS} areas: take one out first.").require()
    _name_is_free(there, name)
    position = max([area.position for area in there], default=0) + 1
    area = PriorityArea.objects.create(round=round, position=position, name=name, evidence=evidence)
    area.questions.set(_questions(round, questions))
    record("round.area_added", round, by=by, area=name)
    return area


@transaction.atomic
def change_area(
    area: PriorityArea,
    name: str,
    *,
    evidence: str,
    questions: Collection[int],
    version: str,
    by: User,
) -> PriorityArea:
    """`version` is the mark that was on the page: raises AreaChanged when it is another by now."""
    area = _lock(area)
    round = area.round
    permissions.edit_areas(by, round).require()
    if version != area_version(area):
        raise AreaChanged
    if name != area.name and _chosen(area):
        no(f"A director has chosen “{area.name}”, so it keeps its name.").require()
    _name_is_free([one for one in round.areas.all() if one.pk != area.pk], name)
    area.name, area.evidence = name, evidence
    area.save(update_fields=["name", "evidence"])
    area.questions.set(_questions(round, questions))
    record("round.area_changed", round, by=by, area=name)
    return area


@transaction.atomic
def move_area(area: PriorityArea, *, up: bool, by: User) -> PriorityArea:
    area = _lock(area)
    permissions.edit_areas(by, area.round).require()
    there = list(area.round.areas.all())
    place = there.index(area)
    other = place - 1 if up else place + 1
    if 0 <= other < len(there):
        there[place], there[other] = there[other], there[place]
        for position, one in enumerate(there, 1):
            PriorityArea.objects.filter(pk=one.pk).update(position=position)
        record("round.area_moved", area.round, by=by, area=area.name)
    return area


@transaction.atomic
def remove_area(area: PriorityArea, *, by: User) -> Round:
    """Unless a director has chosen it, or it is the last one that an open round offers."""
    area = _lock(area)
    round = area.round
    permissions.edit_areas(by, round).require()
    if _chosen(area):
        no(f"A director has chosen “{area.name}”, so it stays.").require()
    # Who is strong in it stays so: it becomes an area of their own.
    StrengthOffered.objects.filter(area=area).update(area=None, own_area=area.name)
    record("round.area_removed", round, by=by, area=area.name)
    area.delete()
    return round


@transaction.atomic
def set_areas(round: Round, *, by: User) -> Round:
    """The board has settled on its areas: directors are told, and choose from now on."""
    round = Round.objects.locked(round.pk)
    permissions.set_areas(by, round).require()
    if not round.areas.exists():
        no("Write at least one area first.").require()
    round.format_data |= {"areas_set": True, "areas_came_late": True}
    round.save(update_fields=["format_data"])
    record("round.areas_set", round, by=by)
    for participation in round.participations.taking_part():
        promise("rounds.tell_areas_set", participation.pk)
    return round


def _lock(area: PriorityArea) -> PriorityArea:
    """Directors who choose wait at the area's own row, officers at the round's."""
    round = Round.objects.locked(area.round_id)
    found = PriorityArea.objects.select_for_update().get(pk=area.pk)
    found.round = round
    return found


def _chosen(area: PriorityArea) -> bool:
    return SelfAssessment.objects.filter(area=area).exists()


def _name_is_free(others: Collection[PriorityArea], name: str) -> None:
    if name.casefold() in {one.name.casefold() for one in others}:
        no(f"The round already has an area called “{name}”.").require()


def _questions(round: Round, keys: Collection[int]) -> list[Question]:
    return list(Question.objects.filter(section__round=round, pk__in=list(keys)).asked())
