from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from authorities.models import Authority, User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Challenge, Conflict, ConflictKind
from rounds.queries.conflicts import declared_already, touched_by


@transaction.atomic
def declare_conflict(
    authority: Authority,
    other: Authority,
    *,
    kind: ConflictKind,
    only_me: bool = False,
    details: str = "",
    expires_on: date | None = None,
    by: User,
) -> Conflict:
    """Keep the two apart, or with `only_me` oneself off a team that visits the other.

    Said twice, the first stays as it is. Officers hear of it where it touches a match.
    """
    # Of two presses at once the second waits, and gets what the first has said.
    User.objects.select_for_update().get(pk=by.pk)
    permissions.declare_conflict(by, authority, only_me=only_me).require()
    if authority == other:
        no("Choose two different authorities.").require()
    if expires_on and expires_on < timezone.localdate():
        no("That day is over, so there is nothing to declare.").require()
    person = by if only_me else None
    if there := declared_already(authority, other, kind, person, by):
        return there
    conflict = Conflict.objects.create(
        authority=authority,
        other=other,
        person=person,
        kind=kind,
        details=details,
        expires_on=expires_on,
        declared_by=by,
    )
    record("conflict.declared", conflict, by=by, authority=authority.pk, other=other.pk)
    if touched_by([conflict], Challenge.objects.all()):
        promise("rounds.tell_officers_conflict", conflict.pk)
    return conflict


@transaction.atomic
def withdraw_conflict(conflict: Conflict, *, by: User) -> Conflict:
    """It counts no more; that it was declared stays on record, and who did so is told."""
    conflict = Conflict.objects.with_sides().select_for_update(of=("self",)).get(pk=conflict.pk)
    permissions.withdraw_conflict(by, conflict).require()
    conflict.withdrawn_at, conflict.withdrawn_by = timezone.now(), by
    conflict.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("conflict.withdrawn", conflict, by=by)
    if conflict.declared_by != by:
        promise("rounds.tell_conflict_withdrawn", conflict.pk)
    return conflict
