"""Sections go to colleagues, come back ready, and are checked or given back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from rounds import permissions
from rounds.models import GivenSection
from rounds.states import GivenState


@transaction.atomic
def say_section_ready(given: GivenSection, *, by: User) -> GivenSection:
    """Its holder has finished; from now on it is read by them and written by the others."""
    given = _lock(given)
    permissions.say_section_ready(by, given).require()
    return _move(given, GivenState.READY, "section.ready", by, tell="rounds.tell_section_ready")


@transaction.atomic
def check_section(given: GivenSection, *, by: User) -> GivenSection:
    """It is as it should be."""
    given = _lock(given)
    permissions.check_section(by, given).require()
    return _move(given, GivenState.CHECKED, "section.checked", by)


@transaction.atomic
def return_section(given: GivenSection, *, comment: str, by: User) -> GivenSection:
    """Back to its holder, with what is still to be done."""
    given = _lock(given)
    permissions.return_section(by, given).require()
    given.comment = comment
    return _move(given, GivenState.BACK, "section.returned", by, tell="rounds.tell_section_back")


@transaction.atomic
def take_back_section(given: GivenSection, *, by: User) -> GivenSection:
    """Whoever had it sees nothing of it from their next request on; what they wrote stays."""
    given = _lock(given)
    permissions.take_back_section(by, given).require()
    return _move(given, GivenState.ENDED, "section.taken_back", by)


def _move(
    given: GivenSection, state: GivenState, verb: str, by: User, *, tell: str = ""
) -> GivenSection:
    given.state, given.since = state, timezone.now()
    given.save(update_fields=["state", "since", "comment"])
    record(verb, given.self_assessment, by=by, section=given.section.key)
    if tell:
        promise(tell, given.pk)
    return given


def _lock(given: GivenSection) -> GivenSection:
    return (
        GivenSection.objects.select_for_update(of=("self",))
        .select_related("section", "self_assessment__participation__round__region")
        .select_related("self_assessment__participation__authority")
        .get(pk=given.pk)
    )
