"""Promised about the dates of visits."""

from __future__ import annotations

import time

from peerchallenge.audit.actions import CLOCK
from rounds import actions, emails
from rounds.models import DateObjection, DateSearch
from rounds.queries.dating import OF_A_WORKER, plan_days

# Whoever waits looks no more often than this.
EVERY = 0.4


def find_dates(search_id: int) -> None:
    """Look for the days outside any transaction; what was found is put down in one."""
    searches = DateSearch.objects.select_related("round__region", "asked_by")
    search = searches.filter(pk=search_id).first()
    if search is None or not actions.begin_search(search):
        return
    told = 0.0

    def tell(step: str, done: int, of: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= EVERY:
            told = now
            actions.note_step(search, step, done, of)

    plan = plan_days(search.round, again=search.again, seconds=OF_A_WORKER, progress=tell)
    actions.end_search(search, plan, by=CLOCK)


def tell_officers_days_objected(objection_id: int) -> None:
    """Not where it is settled by now."""
    objection = DateObjection.objects.open().with_places().filter(pk=objection_id).first()
    if objection:
        emails.tell_officers_days_objected(objection)


def tell_side_days_stay(objection_id: int) -> None:
    emails.tell_side_days_stay(DateObjection.objects.with_places().get(pk=objection_id))
