from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import Clock, record
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.put_down import note_days, put_down, tell_days, write_days
from rounds.models import Challenge, Round
from rounds.queries.dating import Plan
from rounds.scheduling import Rule
from rounds.states import ChallengeState


class DaysChanged(Exception):
    """Somebody set other days since this person's page was drawn; `theirs` is what they set."""

    def __init__(self, theirs: Mapping[str, date]) -> None:
        super().__init__("the days changed")
        self.theirs = theirs


@transaction.atomic
def set_visit_days(
    challenge: Challenge,
    days: Mapping[str, date],
    *,
    seen: Mapping[str, date] | None = None,
    by: User,
) -> Challenge:
    """Put down a day for each phase; refused with the clash if one stands in the way.

    `seen` are the days that were on the page: raises DaysChanged when there are others now.
    No days at all takes them back, as long as nobody has been told. Where everybody meets on one
    day, whoever had the same one moves too.
    """
    # The round is the lock: days of two challenges clash with each other.
    Round.objects.select_for_update().get(pk=challenge.round_id)
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.set_visit_days(by, challenge).require()
    now = dict(challenge.days.values_list("phase", "day"))
    if now == dict(days):
        return challenge
    if seen is not None and now != dict(seen):
        raise DaysChanged(now)
    if not days and challenge.dates_sent:
        no("Both sides have been told these days: choose others, do not take them away.").require()
    moving = [challenge, *(queries.together_with(challenge) if days else [])]
    if found := [clash for one in moving for clash in queries.visit_clashes(one, days)]:
        no(" ".join(dict.fromkeys(clash.text for clash in found))).require()
    for one in moving:
        write_days(one, days)
        note_days(one, days, by=by)
    return challenge


@dataclass(frozen=True)
class Filled:
    """The challenges that got days; `why`: the rules that leave the others without.

    `left`: those that somebody gave other days while these were looked for.
    """

    challenges: list[Challenge]
    why: tuple[Rule, ...]
    left: list[Challenge]


@transaction.atomic
def fill_visit_days(round: Round, *, by: User) -> Filled:
    """Give every accepted challenge without days the best ones for all of them together.

    Where there are none for all, those left over get the first free ones, one after the other.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.send_dates(by, round).require()
    return put_plan_down(round, queries.plan_days(round), by=by)


def put_plan_down(round: Round, plan: Plan, *, by: User) -> Filled:
    """What was found, as far as it stands; the first free days for those the rules leave without.

    Whoever calls has asked, and holds the round's row.
    """
    found = put_down(plan.days, plan.was, by=by)
    filled = list(found.moved)
    without = [one for one in queries.undated_challenges(round) if one.pk not in plan.days]
    for challenge, start in zip(without, queries.spread_starts(round, len(without)), strict=True):
        if days := queries.free_days(challenge, start=start):
            filled.append(set_visit_days(challenge, days, by=by))
    return Filled(filled, plan.why, found.left)


@transaction.atomic
def send_dates(round: Round, *, version: str | None = None, by: User) -> list[Challenge]:
    """Tell both sides of every challenge whose days are complete.

    `version` is the mark of the days that were on the page: raises DaysChanged when they differ.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.send_dates(by, round).require()
    # Nobody takes a match back while its days go out.
    list(round.challenges.live().select_for_update(of=("self",)).order_by("pk"))
    ready = queries.dated_challenges(round)
    if version is not None and version != queries.dates_version(ready):
        raise DaysChanged({})
    for challenge in ready:
        challenge.dates_sent_at = timezone.now()
        challenge.save(update_fields=["dates_sent_at"])
        # What people were told is not moved by looking again, unless an officer unpins it.
        challenge.days.update(pinned=True)
        record("challenge.dates_sent", challenge, by=by)
        tell_days(challenge)
    return ready


@transaction.atomic
def follow_calendar(challenge: Challenge, then: ChallengeState, *, by: User | Clock) -> Challenge:
    """The first day on site has come, or the feedback has been given."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.follow_calendar(by, challenge, then).require()
    challenge.state = then
    challenge.save(update_fields=["state"])
    record(f"challenge.{then.value}", challenge, by=by)
    return challenge
