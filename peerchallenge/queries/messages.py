"""What a round has sent, is about to send, and could not send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q

from feedback.models import Letter
from peerchallenge.outbox.models import Effect, EffectQuerySet, EffectState
from peerchallenge.queries.paging import with_rows
from rounds.models import (
    Challenge,
    GivenSection,
    Participation,
    Purge,
    Round,
    SentVersion,
    TeamMember,
)
from rounds.queries.conflicts import conflicts_told_in
from rounds.queries.reminders import reminder_names

PER_PAGE = 50
LONGEST_REASON = 300
# What each promise is, in words; its argument is a row of the kind named beside it.
SENTENCES: dict[str, tuple[str, str]] = {
    "rounds.invite_participation": ("participation", "Invitation to the director of {authority}"),
    "rounds.carry_forward": ("self_assessment", "The answers of last time, for {authority}"),
    "feedback.carry_areas_forward": (
        "self_assessment",
        "The areas of the last letter, for {authority}",
    ),
    "rounds.tell_areas_set": (
        "participation",
        "The board’s areas are set, to the director of {authority}",
    ),
    "rounds.confirm_self_assessment": (
        "self_assessment",
        "Receipt for the self-assessment of {authority}, to its director",
    ),
    "rounds.render_self_assessment": (
        "version",
        "The PDF of the self-assessment of {authority}",
    ),
    "rounds.tell_self_assessment_returned": (
        "self_assessment",
        "The self-assessment is returned, to the director of {authority}",
    ),
    "rounds.tell_self_assessment_shared": (
        "self_assessment",
        "The self-assessment is shared, to the director of {authority}",
    ),
    "rounds.tell_readers_shared": (
        "participation",
        "Self-assessments of others are shared, to the director of {authority}",
    ),
    "rounds.tell_participation_withdrawn": (
        "participation",
        "The authority has left the round, to the director of {authority}",
    ),
    "rounds.tell_participation_readmitted": (
        "participation",
        "The authority takes part again, to the director of {authority}",
    ),
    "rounds.tell_administrators_of_purge": (
        "purge",
        "An answer of {authority} is to be purged, to the system administrators",
    ),
    "rounds.tell_purged": ("purge", "An answer of {authority} is purged, to whoever asked"),
    "rounds.send_reminder": ("reminder", "Reminder {when}, to {authority}"),
    "rounds.ask_for_signatures": (
        "self_assessment",
        "Request to sign the self-assessment, to those who sign in {authority}",
    ),
    "rounds.tell_all_signed": (
        "self_assessment",
        "The self-assessment is signed, to the director of {authority}",
    ),
    "rounds.tell_not_signed": (
        "self_assessment",
        "The self-assessment is given back unsigned, to the director of {authority}",
    ),
    "rounds.tell_section_given": ("given", "“{section}” is given to {who} in {authority}"),
    "rounds.tell_section_ready": (
        "given",
        "“{section}” is ready, to the director of {authority}",
    ),
    "rounds.tell_section_back": ("given", "“{section}” is back with {who} in {authority}"),
    "rounds.offer_to_host": (
        "challenge",
        "Offer to the director of {host}: {challenger} would challenge them",
    ),
    "rounds.offer_to_challenger": (
        "challenge",
        "Offer to the director of {challenger}: they would challenge {host}",
    ),
    "rounds.tell_host_accepted": (
        "challenge",
        "All sides have accepted, to the director of {host}",
    ),
    "rounds.tell_challenger_accepted": (
        "challenge",
        "All sides have accepted, to the director of {challenger}",
    ),
    "rounds.tell_officers_declined": (
        "challenge",
        "Declined: {challenger} challenging {host}, to the board’s officers",
    ),
    "rounds.tell_officers_conflict": ("conflict", "A conflict of {authority}, to the officers"),
    "rounds.tell_conflict_withdrawn": ("conflict", "Withdrawn: a conflict of {authority}"),
    "rounds.tell_host_cancelled": (
        "challenge",
        "The match with {challenger} is withdrawn, to the director of {host}",
    ),
    "rounds.tell_challenger_cancelled": (
        "challenge",
        "The match with {host} is withdrawn, to the director of {challenger}",
    ),
    "rounds.tell_host_dates": (
        "challenge",
        "Visit days with {challenger}, to the director of {host}",
    ),
    "rounds.tell_challenger_dates": (
        "challenge",
        "Visit days in {host}, to the director and the team of {challenger}",
    ),
    "rounds.tell_team_member": ("member", "Seat on the team for {host}, to {who}"),
    "feedback.ask_host_for_accuracy": (
        "letter",
        "Request to check the letter for accuracy, to {host}",
    ),
    "feedback.tell_lead_of_reply": ("letter", "{host} has replied, to the lead reviewer"),
    "feedback.ask_for_approval": ("letter", "Request to approve the letter to {host}"),
    "feedback.tell_officers_approved": (
        "letter",
        "The letter to {host} is approved, to the board’s officers",
    ),
    "feedback.tell_lead_sent_back": (
        "letter",
        "The letter to {host} is sent back, to the lead reviewer",
    ),
    "feedback.render_letter": ("letter", "The PDF of the letter to {host}"),
    "feedback.tell_host_issued": ("letter", "The letter is issued, to {host}"),
    "feedback.tell_team_issued": ("letter", "The letter to {host} is issued, to its team"),
}

# Nobody is written to: told only when it fails.
QUIET = ("rounds.carry_forward", "feedback.carry_areas_forward")


@dataclass(frozen=True)
class Message:
    """One promise: a mail, or a letter’s PDF."""

    pk: int
    what: str
    state: str
    colour: str
    when: datetime
    attempts: int
    reason: str
    may_retry: bool


@dataclass(frozen=True)
class Messages:
    failed: list[Message]
    waiting: list[Message]
    done: Page[Message]


def messages_of(round: Round, page: int) -> Messages:
    names = _names(round)
    effects = _effects(names)
    told = effects.exclude(task__in=QUIET)
    done = told.filter(state=EffectState.DONE).order_by("-ended_at", "-pk")
    found = Paginator(done, PER_PAGE).get_page(page)
    listed = with_rows(found, [_message(effect, names) for effect in found.object_list])
    failed = effects.failed().order_by("-ended_at", "-pk")
    waiting = told.filter(state__in=[EffectState.WAITING, EffectState.RUNNING])
    return Messages(
        [_message(effect, names) for effect in failed],
        [_message(effect, names) for effect in waiting.order_by("promised_at", "pk")],
        listed,
    )


def effect_of(round: Round, pk: int) -> Effect | None:
    """A promise of this round and of no other."""
    return _effects(_names(round)).filter(pk=pk).first()


def failed_in(rounds: Iterable[Round]) -> dict[int, int]:
    """How many promises of each round could not be kept; one query as long as none failed."""
    rounds = list(rounds)
    if not rounds or not Effect.objects.failed().filter(task__in=SENTENCES).exists():
        return {}
    return {round.pk: _effects(_names(round)).failed().count() for round in rounds}


Names = dict[str, dict[int, dict[str, str]]]


def _names(round: Round) -> Names:
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
        "letter": {
            pk: sides[challenge]
            for pk, challenge in Letter.objects.filter(challenge__in=sides)
            .order_by()
            .values_list("pk", "challenge")
        },
        "member": {
            pk: {"host": host, "who": who}
            for pk, host, who in TeamMember.objects.filter(challenge__round=round).values_list(
                "pk", "challenge__host__authority__name", "user__name"
            )
        },
    }


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


def _effects(names: Names) -> EffectQuerySet:
    wanted = Q(pk__in=[])
    for kind, rows in names.items():
        tasks = [task for task, (about, _) in SENTENCES.items() if about == kind]
        wanted |= Q(task__in=tasks, argument__in=list(rows))
    return Effect.objects.filter(wanted)


def _message(effect: Effect, names: Names) -> Message:
    kind, sentence = SENTENCES[effect.task]
    failed = effect.state == EffectState.FAILED
    label, colour = {
        EffectState.DONE: ("Sent", "green"),
        EffectState.FAILED: ("Failed", "red"),
        EffectState.RUNNING: ("Being sent", "blue"),
        EffectState.WAITING: ("Waiting", "grey"),
    }[EffectState(effect.state)]
    return Message(
        effect.pk,
        sentence.format(**names[kind][effect.argument]),
        label,
        colour,
        effect.ended_at or effect.promised_at,
        effect.attempts,
        effect.error[:LONGEST_REASON] if effect.error else "",
        failed,
    )
