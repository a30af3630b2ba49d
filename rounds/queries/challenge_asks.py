"""What a challenge needs now from whoever reads its page: one thing, the most urgent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from rounds.models import Challenge, Scope
from rounds.queries.postponing import OfferedDates
from rounds.queries.readiness import Check, checks_of
from rounds.states import DATES_OPEN, ChallengeState

C = ChallengeState


@dataclass(frozen=True)
class Reader:
    """What somebody is in this challenge; several at once for some."""

    directs_host: bool = False
    acts_for_host: bool = False
    names_lead: bool = False
    leads: bool = False
    officer: bool = False

    @property
    def works_on_it(self) -> bool:
        return self.acts_for_host or self.names_lead or self.leads or self.officer


@dataclass(frozen=True)
class Ask:
    """A button that says what it does, and a sentence that says why now."""

    button: str
    why: str
    url: str


def asked_of(challenge: Challenge, reader: Reader, offered: OfferedDates | None) -> Ask | None:
    """`offered`: the days to choose from while it is postponed."""
    if offered is not None:
        return _of_dates(challenge, reader, offered)
    if challenge.state not in DATES_OPEN or not reader.works_on_it:
        return None
    return next(_of_checks(challenge, reader), None)


def _of_dates(challenge: Challenge, reader: Reader, offered: OfferedDates) -> Ask | None:
    url = reverse("challenge_dates", args=[challenge.pk])
    if offered.own and offered.offers and not offered.answered:
        why = "Other dates are offered. As soon as all sides can on one of them, it is set."
        return Ask("Say on which days you can", why, url)
    if reader.officer and not offered.looking and not offered.waiting:
        why = "There are no days on which all sides can."
        return Ask("Find other days", why, url)
    return None


def _of_checks(challenge: Challenge, reader: Reader) -> Iterator[Ask]:
    checks = checks_of(challenge)
    scope = Scope.objects.filter(challenge=challenge).first() or Scope()
    for check in checks:
        if not check.met:
            yield from _of_check(challenge, reader, check, scope)
    calls = (reader.leads or reader.officer) and challenge.state != C.READY
    if calls and all(check.met for check in checks):
        url = reverse("challenge_ready", args=[challenge.pk])
        yield Ask("Call the visit ready", "Everything on the check list is done.", url)


def _of_check(challenge: Challenge, reader: Reader, check: Check, scope: Scope) -> Iterator[Ask]:
    if check.key == "lead" and reader.names_lead:
        lead = challenge.round.format.lead_said
        yield Ask(f"Name the {lead}", "Nobody leads the team yet.", check.url)
    if check.key == "team" and reader.leads:
        yield Ask("Complete the team", check.sentence, check.url)
    if check.key == "scope":
        yield from _of_scope(challenge, reader, check, scope)
    if check.key == "dates" and reader.officer:
        if challenge.days.exists():
            url = reverse("round_visits", args=[challenge.round_id])
            yield Ask("Send the days", "The days are set, and nobody has been told.", url)
        else:
            url = reverse("challenge_days", args=[challenge.pk])
            yield Ask("Set the days of the visit", "The visit has no days yet.", url)
    if check.key == "papers" and reader.acts_for_host:
        yield Ask("Give the papers", f"The team asked for papers. {check.sentence}", check.url)
    if check.key == "timetable" and (reader.leads or reader.acts_for_host):
        url = reverse("challenge_timetable", args=[challenge.pk])
        yield Ask("Work on the timetable", check.sentence, url)


def _of_scope(challenge: Challenge, reader: Reader, check: Check, scope: Scope) -> Iterator[Ask]:
    what = challenge.round.format.lines_label.lower()
    if not challenge.lines.exists():
        if reader.acts_for_host or reader.leads:
            yield Ask(f"Write the {what}", "Nothing says yet what the visit looks at.", check.url)
        return
    if (reader.directs_host and not scope.host_agreed_at) or (
        reader.leads and not scope.lead_agreed_at
    ):
        yield Ask(f"Read and agree the {what}", check.sentence, check.url)
