"""Who did what in a round, and when; of what is confidential only that it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet

from feedback.models import Finding, Letter
from peerchallenge.audit.models import Event
from peerchallenge.queries.paging import with_rows
from peerchallenge.queries.sentences_of_history import SAVES, SENTENCES
from rounds.models import Challenge, Participation, Round, Scenario, SelfAssessment

PER_PAGE = 50


@dataclass(frozen=True)
class Happened:
    """A line of the history."""

    title: str
    when: datetime


@dataclass(frozen=True)
class History:
    page: Page[Happened]
    authorities: list[tuple[int, str]]
    chosen: str


def history_of_round(
    round: Round, *, authority: int | None = None, saves: bool = False, page: int = 1
) -> History:
    """Newest first; `saves` also shows each time that a text was saved."""
    members = list(
        Participation.objects.filter(round=round)
        .order_by("authority__name", "pk")
        .values_list("authority", "authority__name")
    )
    about = _subjects(round, authority)
    events = _events(about)
    if not saves:
        events = events.exclude(verb__in=SAVES)
    found = Paginator(events, PER_PAGE).get_page(page)
    listed = with_rows(found, [_line(event, about) for event in found.object_list])
    return History(listed, members, dict(members).get(authority or 0, ""))


# Type of row, then its key: what a sentence calls it.
Subjects = dict[str, dict[int, str]]


def _subjects(round: Round, authority: int | None) -> Subjects:
    members = Participation.objects.filter(round=round)
    challenges = Challenge.objects.filter(round=round)
    hosted = challenges
    if authority is not None:
        members = members.filter(authority=authority)
        hosted = challenges.filter(host__authority=authority)
        challenges = challenges.with_side(authority=authority)
    return {
        _type(Round): {} if authority is not None else {round.pk: ""},
        _type(Scenario): {} if authority is not None else _scenarios(round),
        _type(Participation): dict(members.values_list("pk", "authority__name")),
        _type(SelfAssessment): dict(members.values_list("self_assessment", "authority__name")),
        _type(Challenge): {one.pk: str(one) for one in challenges.with_both_sides()},
        _type(Letter): dict(
            Letter.objects.filter(challenge__in=hosted.values("pk"))
            .order_by()
            .values_list("pk", "challenge__host__authority__name")
        ),
        _type(Finding): _findings(
            dict(hosted.order_by().values_list("pk", "host__authority__name"))
        ),
    }


def _scenarios(round: Round) -> dict[int, str]:
    """Which ones there are is the officers' alone: the history says only that work was done."""
    return dict.fromkeys(round.scenarios.values_list("pk", flat=True), "")


def _findings(hosts: dict[int, str]) -> dict[int, str]:
    """By challenge, as the record has it: a finding that was deleted has no row to ask."""
    told = Event.objects.filter(subject_type=_type(Finding), details__challenge__in=list(hosts))
    return {
        pk: hosts[challenge]
        for pk, challenge in told.values_list("subject_id", "details__challenge")
    }


def _events(about: Subjects) -> QuerySet[Event]:
    wanted = Q(pk__in=[])
    for subject_type, rows in about.items():
        wanted |= Q(subject_type=subject_type, subject_id__in=list(rows))
    return Event.objects.filter(wanted).select_related("by_user").order_by("-at", "-pk")


def _line(event: Event, about: Subjects) -> Happened:
    name = about[event.subject_type][event.subject_id]
    sentence = SENTENCES.get(event.verb, event.verb.replace("_", " ").replace(".", ": "))
    return Happened(f"{event.who} {sentence.format(about=name)}", event.at)


def _type(model: type[Model]) -> str:
    return model._meta.label_lower
