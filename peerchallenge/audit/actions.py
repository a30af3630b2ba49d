from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from peerchallenge.audit.models import Event


class Clock:
    """Whoever acts when nobody does: a deadline passing, a worker finishing its job."""

    name = "The system"


CLOCK = Clock()
Actor: TypeAlias = AbstractBaseUser | Clock


def record(verb: str, subject: models.Model, *, by: Actor, **details: Any) -> Event:
    """Write down that `by` did `verb` to `subject`; in the caller's transaction."""
    event = _event(verb, subject, by, details)
    event.save()
    return event


def record_each(
    verb: str, subjects: Iterable[models.Model], *, by: Actor, **details: Any
) -> list[Event]:
    """The same of several subjects, in one statement."""
    return Event.objects.bulk_create(_event(verb, one, by, details) for one in subjects)


def _event(verb: str, subject: models.Model, by: Actor, details: dict[str, Any]) -> Event:
    return Event(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        # Which model a user is, only the settings know.
        by_user=None if isinstance(by, Clock) else by,  # type: ignore[misc]
        details=details,
    )


def history_of(*subjects: models.Model) -> models.QuerySet[Event]:
    wanted: dict[type[models.Model], list[int]] = {}
    for subject in subjects:
        wanted.setdefault(type(subject), []).append(subject.pk)
    return Event.objects.about(wanted)
