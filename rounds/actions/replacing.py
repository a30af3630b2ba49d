"""A challenger falls out after all had accepted: another takes its place."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.matches import cancel
from rounds.models import (
    Challenge,
    FellowChallenger,
    Participation,
    Round,
    Scope,
    Session,
    Timetable,
    VisitDay,
)
from rounds.states import ChallengeState


@transaction.atomic
def replace_challenger(
    challenge: Challenge, gone: Participation, new: Participation, *, reason: str, by: User
) -> Challenge:
    """Cancel the old challenge and offer the new one; the answer is the new challenge.

    What was agreed and prepared with the host goes over to it, the days where the new challenger
    can on all of them. The old team's seats stay with the old challenge, which opens nothing.
    """
    Round.objects.select_for_update().get(pk=challenge.round_id)
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.replace_challenger(by, challenge).require()
    challengers = [side.participation for side in challenge.sides[1:]]
    if gone not in challengers:
        no("This authority does not challenge that host any more.").require()
    if queries.bars_between(challenge, new):
        no(f"{new.authority} cannot challenge {challenge.host_authority} in this round.").require()
    days = {} if queries.days_in_the_way(challenge, new) else _days(challenge)
    # They are the new challenge's own, so that these must not be in its way.
    challenge.days.all().delete()
    cancel(challenge, reason=reason, tell_host=False, by=by)
    made = _made(challenge, gone, new)
    VisitDay.objects.bulk_create(
        VisitDay(challenge=made, phase=phase, day=day) for phase, day in days.items()
    )
    _hand_over(challenge, made)
    _on_the_board(challenge, gone, new)
    record("challenge.replaced", made, by=by, was=challenge.pk, gone=gone.pk, new=new.pk)
    promise("rounds.offer_to_replacement", made.pk)
    promise("rounds.tell_host_replaced", made.pk)
    return made


def _days(challenge: Challenge) -> dict[str, date]:
    return dict(challenge.days.values_list("phase", "day"))


def _made(challenge: Challenge, gone: Participation, new: Participation) -> Challenge:
    """Whoever has said yes stays with it: the host, and the challengers that are still there."""
    first = challenge.challenger == gone
    made = Challenge.objects.create(
        round=challenge.round,
        host=challenge.host,
        challenger=new if first else challenge.challenger,
        state=ChallengeState.OFFERED,
        host_accepted_at=challenge.host_accepted_at,
        host_accepted_by=challenge.host_accepted_by,
        challenger_accepted_at=None if first else challenge.challenger_accepted_at,
        challenger_accepted_by=None if first else challenge.challenger_accepted_by,
        replaces=challenge,
    )
    FellowChallenger.objects.bulk_create(
        FellowChallenger(
            challenge=made,
            participation=new if fellow.participation == gone else fellow.participation,
            part=fellow.part,
            accepted_at=None if fellow.participation == gone else fellow.accepted_at,
            accepted_by=None if fellow.participation == gone else fellow.accepted_by,
        )
        for fellow in challenge.fellows.all()
    )
    return made


def _hand_over(old: Challenge, made: Challenge) -> None:
    """Scope, papers and timetable; the new lead agrees the scope for themselves."""
    old.lines.update(challenge=made)
    old.papers_asked.update(challenge=made)
    Scope.objects.filter(challenge=old).update(
        challenge=made, lead_agreed_at=None, lead_agreed_by=None, version=F("version") + 1
    )
    for session in Session.objects.filter(timetable__challenge=old):
        session.team.clear()
        session.note_taker = None
        session.save(update_fields=["note_taker"])
    Timetable.objects.filter(challenge=old).update(challenge=made)


def _on_the_board(challenge: Challenge, gone: Participation, new: Participation) -> None:
    """What was published says it too: nothing is left there to be offered or taken back."""
    scenario = queries.published_in(challenge.round)
    if scenario is None:
        return
    pair = scenario.matches.filter(host=challenge.host)
    if pair.filter(challenger=gone).update(challenger=new):
        scenario.version, scenario.changed_at = scenario.version + 1, timezone.now()
        scenario.save(update_fields=["version", "changed_at"])
