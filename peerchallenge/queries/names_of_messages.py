"""What the sentences of a round's messages call the rows that they are about."""

from __future__ import annotations

from collections.abc import Iterable

from feedback.models import (
    ImmediateConcern,
    Letter,
    LetterFile,
    LetterReminder,
    LetterShare,
)
from rounds.models import (
    Challenge,
    DateObjection,
    DateSearch,
    GivenSection,
    Participation,
    Purge,
    Round,
    SeatOffer,
    SentVersion,
    TeamMember,
    TimetableRelease,
)
from rounds.queries.conflicts import conflicts_told_in
from rounds.queries.reminders import reminder_names

Names = dict[str, dict[int, dict[str, str]]]


def names_in(round: Round) -> Names:
    """For each kind of row that a promise may be about: key to the words of its sentence."""
    sides = _sides(round)
    return {
        "participation": {pk: {"authority": name} for pk, name in _members(round, "pk").items()},
        "self_assessment": {
            pk: {"authority": name} for pk, name in _members(round, "self_assessment").items()
        },
        "given": {
            row.pk: {
                "section": row.section.title,
                "who": row.holder_name,
                "authority": row.self_assessment.participation.authority.name,
            }
            for row in GivenSection.objects.filter(
                self_assessment__participation__round=round
            ).select_related(
                "section",
                "user",
                "invitation__accepted_by",
                "self_assessment__participation__authority",
            )
        },
        "version": {
            pk: {"authority": name}
            for pk, name in SentVersion.objects.filter(
                self_assessment__participation__round=round
            ).values_list("pk", "self_assessment__participation__authority__name")
        },
        "reminder": reminder_names(round),
        "purge": {pk: {"authority": name} for pk, name in _purges(round)},
        "conflict": conflicts_told_in(round),
        "challenge": sides,
        "search": {pk: {"visits": "the visits"} for pk in _searches(round)},
        "date_objection": {
            pk: {"authority": name}
            for pk, name in DateObjection.objects.filter(challenge__round=round).values_list(
                "pk", "participation__authority__name"
            )
        },
        "timetable_release": {
            pk: {"host": host, "number": str(number)}
            for pk, host, number in TimetableRelease.objects.filter(
                timetable__challenge__round=round
            ).values_list("pk", "timetable__challenge__host__authority__name", "number")
        },
        "letter": {
            pk: sides[challenge]
            for pk, challenge in Letter.objects.filter(challenge__in=sides)
            .order_by()
            .values_list("pk", "challenge")
        },
        "letter_reminder": {
            pk: sides[challenge]
            for pk, challenge in LetterReminder.objects.filter(challenge__in=sides)
            .order_by()
            .values_list("pk", "challenge")
        },
        "concern": {
            pk: sides[challenge]
            for pk, challenge in ImmediateConcern.objects.filter(challenge__in=sides)
            .order_by()
            .values_list("pk", "challenge")
        },
        "letter_file": {
            pk: sides[challenge]
            for pk, challenge in LetterFile.objects.filter(letter__challenge__in=sides)
            .order_by()
            .values_list("pk", "letter__challenge")
        },
        "share": {
            share.pk: {
                **sides[share.letter.challenge_id],
                "audience": share.get_audience_display().lower(),
            }
            for share in LetterShare.objects.filter(letter__challenge__in=sides)
            .select_related("letter")
            .only("audience", "letter__challenge")
        },
        "seat": _people(SeatOffer, round),
        "member": _people(TeamMember, round),
    }


def _searches(round: Round) -> Iterable[int]:
    return DateSearch.objects.filter(round=round).values_list("pk", flat=True)


def _people(of: type[TeamMember | SeatOffer], round: Round) -> dict[int, dict[str, str]]:
    rows = of._default_manager.filter(challenge__round=round).order_by()
    named = rows.values_list("pk", "challenge__host__authority__name", "user__name")
    return {pk: {"host": host, "who": who} for pk, host, who in named}


def _purges(round: Round) -> Iterable[tuple[int, str]]:
    part = "self_assessment__participation"
    found = Purge.objects.filter(**{f"{part}__round": round})
    return found.values_list("pk", f"{part}__authority__name")


def _members(round: Round, key: str) -> dict[int, str]:
    return dict(Participation.objects.filter(round=round).values_list(key, "authority__name"))


def _sides(round: Round) -> dict[int, dict[str, str]]:
    rows = Challenge.objects.filter(round=round).with_both_sides().defer("round__format_data")
    return {
        one.pk: {"host": one.host_authority.name, "challenger": one.challengers_said}
        for one in rows.order_by()
    }
