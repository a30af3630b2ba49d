"""What becomes of one box: kept, or not and why; the same for every page that has some."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from authorities.models import User
from peerchallenge.shared import personal_data
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.forms.boxes import BoxForm, Outcome, Saved, Written
from rounds.queries.writing import said_when


def keep(form: BoxForm, there: Saved | None, save: Callable[[Written, int], Saved]) -> Outcome:
    """Check what was written and save it; `there` is what stands there now."""
    if not form.is_valid():
        return Outcome(form, 422)
    version = form.cleaned_data["version"]
    if form.gives_way and there:
        seen = there.version == version
        return Outcome(form, saved=there) if seen else Outcome(form, 409, theirs=there)
    try:
        return Outcome(form, saved=save(form.written(), version))
    except actions.OverwriteRefused as refused:
        return Outcome(form, 409, theirs=refused.theirs)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return Outcome(form, 403)


def line(request: HttpRequest, outcome: Outcome, count: str) -> HttpResponse:
    """The status beside the box, and the version that the next save starts from."""
    saved = outcome.saved
    context = {
        "line": _said(outcome, count, request.user),
        "version": saved.version if saved else None,
        "field": outcome.form["version"],
        "warnings": warnings(saved.text) if saved else [],
    }
    # htmx shows what a page may say of itself: 403 is for those who may not come here at all.
    status = 422 if outcome.status == 403 else outcome.status
    return render(request, "rounds/self_assessment_saved.html", context, status=status)


def _said(outcome: Outcome, count: str, by: User) -> str:
    if outcome.theirs:
        who = "You" if outcome.theirs.saved_by_id == by.pk else str(outcome.theirs.saved_by)
        where = " in another window" if who == "You" else ""
        return (
            f"Not saved. {who} saved another text here {said_when(outcome.theirs.saved_at)}{where}."
            " Yours is still in this page: choose “Save and continue” to see both."
        )
    if outcome.saved is None:
        errors = outcome.form.errors.values()
        why = " ".join(f"{error}".rstrip(".") + "." for found in errors for error in found)
        return f"Not saved. {why} Your text is still in this page."
    if not outcome.saved.version or outcome.saved.saved_at is None:
        return "Nothing to save yet."
    return f"Saved at {timezone.localtime(outcome.saved.saved_at):%H:%M}. {count}".strip()


def warnings(text: str) -> list[str]:
    """What may identify a child, said quietly while there is time to change it."""
    looks = dict.fromkeys((found.text, found.label) for found in personal_data.find(text))
    return [
        f"This may identify a child: “{found}” looks like {label}. "
        "You will be asked about it before it is sent."
        for found, label in looks
    ]
