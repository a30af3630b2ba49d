from __future__ import annotations

from typing import Any

from django.db import transaction

from authorities.models import Region, User
from peerchallenge.audit.actions import record
from rounds import permissions
from rounds.models import PRESETS, Asked, Question, RegionPreset, Round
from rounds.queries.questionnaires import (
    Questionnaire,
    preset_questionnaire,
    questionnaire_of,
)


@transaction.atomic
def keep_as_preset(round: Round, *, by: User) -> RegionPreset:
    """The region's rounds to come start from this round's questionnaire."""
    round = Round.objects.locked(round.pk)
    permissions.change_preset(by, round.region).require()
    return _keep(round.region, round.format.key, questionnaire_of(round), by)


@transaction.atomic
def restore_preset(region: Region, key: str, *, by: User) -> None:
    """Back to the standard wording; rounds that were started keep theirs."""
    permissions.change_preset(by, region).require()
    gone, _ = RegionPreset.objects.filter(region=region, key=key).delete()
    if gone:
        record("preset.restored", region, by=by, preset=key)


def correct_preset(question: Question, asked: Asked, *, by: User) -> None:
    """The same question in the region's preset; one it does not have yet is added to it."""
    section, round = question.section, question.section.round
    questionnaire = preset_questionnaire(round.region, PRESETS[round.format.key])
    rows: list[dict[str, Any]] = questionnaire["sections"]
    part = next((row for row in rows if row["key"] == section.key), None)
    if part is None:
        part = {"key": section.key, "title": section.title, "questions": []}
        rows.append(part)
    keys = [row["key"] for row in part["questions"]]
    if question.key in keys:
        part["questions"][keys.index(question.key)] = asked.row(question.key)
    else:
        part["questions"].append(asked.row(question.key))
    _keep(round.region, round.format.key, questionnaire, by)


def _keep(region: Region, key: str, questionnaire: Questionnaire, by: User) -> RegionPreset:
    own = RegionPreset.objects.select_for_update().filter(region=region, key=key).first()
    if own and own.questionnaire == questionnaire:
        return own
    own = own or RegionPreset(region=region, key=key, version=0)
    own.questionnaire, own.changed_by = questionnaire, by
    own.version += 1
    own.save()
    record("preset.changed", region, by=by, preset=key, version=own.version)
    return own
