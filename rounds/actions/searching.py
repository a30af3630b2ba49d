"""A worker looks for the days of a round's visits; an officer uses what it found."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import permissions
from rounds.actions.put_down import PutDown, put_down
from rounds.actions.visits import put_plan_down
from rounds.models import DateSearch, Round
from rounds.queries.dating import Plan, as_kept, days_kept
from rounds.states import DateSearchState

TASK = "rounds.find_dates"


@transaction.atomic
def ask_for_dates(round: Round, *, again: bool = False, by: User) -> DateSearch:
    """Let a worker look for the days; the search that is going on, where there is one.

    `again`: days that are set may move too, as few as can be, but for those that are pinned.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.ask_for_dates(by, round).require()
    for search in round.date_searches.going_on():
        given_up = Effect.objects.of(TASK, [search.pk]).failed().first()
        if given_up is None:
            return search
        _end(search, DateSearchState.FAILED, error=given_up.error)
    search = DateSearch.objects.create(round=round, again=again, asked_by=by)
    record("round.dates_asked", round, by=by, again=again)
    promise(TASK, search.pk)
    return search


def begin_search(search: DateSearch) -> bool:
    """Whether there is still something to do; the attempt before may have got to the end."""
    now = timezone.now()
    going_on = DateSearch.objects.going_on().filter(pk=search.pk)
    return bool(going_on.update(state=DateSearchState.RUNNING, started_at=now, step="", done=0))


def note_step(search: DateSearch, step: str, done: int, of: int) -> None:
    """How far it has got, for whoever waits: no change that anybody would look up."""
    DateSearch.objects.going_on().filter(pk=search.pk).update(step=step, done=done, of=of)


@transaction.atomic
def end_search(search: DateSearch, plan: Plan, *, by: Clock) -> DateSearch:
    """Keep what was found, and put it down; days that were to stay are only proposed others."""
    round = Round.objects.select_for_update().get(pk=search.round_id)
    search = DateSearch.objects.select_for_update().get(pk=search.pk)
    if search.state != DateSearchState.RUNNING:
        return search
    result = as_kept(plan)
    if not search.again:
        try:
            permissions.ask_for_dates(search.asked_by, round).require()
        except Refused as refused:
            return _end(search, DateSearchState.FAILED, error=refused.reason)
        filled = put_plan_down(round, plan, by=search.asked_by)
        result |= _outcome(PutDown(filled.challenges, filled.left), answer="used")
    search.result = result
    record("round.dates_found", round, by=by, again=search.again)
    return _end(search, DateSearchState.DONE)


@transaction.atomic
def use_dates(search: DateSearch, *, by: User) -> PutDown:
    """Move the visits to the days proposed, but for those with other days by now."""
    round = Round.objects.select_for_update().get(pk=search.round_id)
    search = _answering(search, by)
    if search.found["answer"]:
        return PutDown([], [])
    days, was = (days_kept(search.found, key) for key in ("days", "was"))
    found = put_down(days, was, by=by)
    search.result = search.found | _outcome(found, answer="used")
    search.save(update_fields=["result"])
    record("round.dates_used", round, by=by)
    return found


@transaction.atomic
def leave_dates(search: DateSearch, *, by: User) -> DateSearch:
    """All visits stay where they are, whatever was proposed."""
    round = Round.objects.select_for_update().get(pk=search.round_id)
    search = _answering(search, by)
    if not search.found["answer"]:
        search.result = search.found | {"answer": "left"}
        search.save(update_fields=["result"])
        record("round.dates_left", round, by=by)
    return search


def _answering(search: DateSearch, by: User) -> DateSearch:
    search = DateSearch.objects.select_for_update().get(pk=search.pk)
    permissions.use_dates(by, search).require()
    return search


def _outcome(found: PutDown, *, answer: str) -> dict[str, object]:
    return {
        "answer": answer,
        "moved": [challenge.pk for challenge in found.moved],
        "left": [challenge.pk for challenge in found.left],
    }


def _end(search: DateSearch, state: DateSearchState, *, error: str = "") -> DateSearch:
    search.state, search.ended_at, search.error = state, timezone.now(), error
    search.save(update_fields=["state", "ended_at", "error", "result"])
    return search
