from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from django.db import transaction

from authorities.models import Authority, Region, User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.areas import list_areas
from rounds.actions.questionnaires import copy_questionnaire
from rounds.models import Format, Participation, Round, SelfAssessment
from rounds.queries.carrying import been_before
from rounds.queries.questionnaires import (
    Questionnaire,
    preset_questionnaire,
    previous_round,
    questionnaire_of,
)
from rounds.states import RoundState


@transaction.atomic
def start_round(
    region: Region,
    preset: Format,
    *,
    name: str,
    authorities: Sequence[Authority],
    areas: Sequence[str],
    self_assessment_due: date,
    visits_from: date,
    visits_to: date,
    questions_from: Round | None = None,
    by: User,
) -> Round:
    """A draft of a round, with its own copy of the preset's format and questionnaire.

    `questions_from`: an earlier round, whose questionnaire it asks instead of the preset's.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    permissions.start_round(by, region).require()
    _name_is_free(region, name)
    if questions_from:
        permissions.copy_from(by, questions_from, region).require()
        questionnaire = questionnaire_of(questions_from)
    else:
        questionnaire = preset_questionnaire(region, preset)
    round = Round.objects.create(
        region=region,
        name=name,
        format_data=_format_of(preset, questions_from, questionnaire),
        self_assessment_due=self_assessment_due,
        visits_from=visits_from,
        visits_to=visits_to,
    )
    list_areas(round, areas)
    _enrol(round, authorities)
    earlier = questions_from or previous_round(region, besides=round)
    copy_questionnaire(round, questionnaire, earlier=earlier)
    record("round.started", round, by=by, preset=preset.key)
    return round


class RoundChanged(Exception):
    """Somebody changed the draft since this person's page was drawn."""


@transaction.atomic
def change_round(
    round: Round,
    *,
    name: str,
    authorities: Sequence[Authority],
    areas: Sequence[str],
    self_assessment_due: date,
    visits_from: date,
    visits_to: date,
    sign_offs: Sequence[str] | None = None,
    challengers_per_host: int | None = None,
    group_sizes: tuple[int, int] | None = None,
    version: str | None = None,
    by: User,
) -> Round:
    """Put the draft right before anybody is told of it.

    `version` is the mark that was on the page: raises RoundChanged when it is another by now.
    `sign_offs` are the roles whose names a self-assessment needs; `group_sizes` the least and the
    most that make a group; None leaves them, and how many challenge each host.
    """
    Region.objects.select_for_update().get(pk=round.region_id)
    round = Round.objects.locked(round.pk)
    permissions.change_round(by, round).require()
    if version is not None and version != queries.round_version(round):
        raise RoundChanged
    _name_is_free(round.region, name, besides=round)
    round.name = name
    round.self_assessment_due = self_assessment_due
    round.visits_from, round.visits_to = visits_from, visits_to
    if sign_offs is not None:
        round.format_data["sign_offs"] = list(sign_offs)
    rules = round.format_data["rules"]
    if challengers_per_host is not None:
        # Hosts are as many as challengers: what each gets, each gives.
        rules["challenges_per_host"] = rules["challenges_per_challenger"] = challengers_per_host
    if group_sizes is not None:
        rules["group_least"], rules["group_most"] = group_sizes
    round.save()
    list_areas(round, areas)
    round.participations.exclude(authority__in=authorities).delete()
    there = set(round.participations.values_list("authority", flat=True))
    _enrol(round, [authority for authority in authorities if authority.pk not in there])
    record("round.changed", round, by=by)
    return round


@transaction.atomic
def cancel_round(round: Round, *, by: User) -> Round:
    """Give the draft up; it stays in the list, and nobody is told."""
    round = Round.objects.locked(round.pk)
    permissions.cancel_round(by, round).require()
    round.state = RoundState.CANCELLED
    round.save(update_fields=["state"])
    record("round.cancelled", round, by=by)
    return round


@transaction.atomic
def invite_authorities(round: Round, *, by: User) -> Round:
    """Open the round and write to every director in it.

    Whoever was in a round before begins with what they said and were told then.
    """
    round = Round.objects.locked(round.pk)
    permissions.invite_authorities(by, round).require()
    if without := queries.without_director(round):
        no(
            f"Nobody is director yet of {', '.join(without)}: invite them on the People page first."
        ).require()
    participations = list(round.participations.select_related("self_assessment"))
    before = been_before(round)
    round.state = RoundState.OPEN
    round.format_data["areas_set"] = round.areas.exists()
    round.save(update_fields=["state", "format_data"])
    record("round.authorities_invited", round, by=by, authorities=len(participations))
    for participation in participations:
        promise("rounds.invite_participation", participation.pk)
        if participation.authority_id in before:
            promise("rounds.carry_forward", participation.self_assessment.pk)
            promise("feedback.carry_areas_forward", participation.self_assessment.pk)
    return round


def _name_is_free(region: Region, name: str, *, besides: Round | None = None) -> None:
    """Asked under the region's lock, so that two officers cannot take one name."""
    others = region.rounds.filter(name=name)
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        no(f"The region already has a round called “{name}”.").require()


def _enrol(round: Round, authorities: Iterable[Authority]) -> None:
    for authority in authorities:
        participation = Participation.objects.create(round=round, authority=authority)
        SelfAssessment.objects.create(participation=participation)


def _format_of(
    preset: Format, earlier: Round | None, questionnaire: Questionnaire
) -> dict[str, Any]:
    """The earlier round's format where it is of the same kind, with all that was set in it."""
    same = earlier is not None and earlier.format.key == preset.key
    # A copy to the last row: what becomes of this round is no other's, and not the preset's.
    data = deepcopy(earlier.format_data if earlier and same else preset.data)
    for name in ("areas_set", "areas_came_late"):
        data.pop(name, None)
    # The questions are rows of the round from here on; only the introduction stays.
    return {**data, "questionnaire": {"introduction": questionnaire["introduction"]}}
