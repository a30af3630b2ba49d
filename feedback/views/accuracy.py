"""The host reads what it was sent paragraph by paragraph, and says what is wrong."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from feedback import actions, permissions, queries
from feedback.forms import CheckForm, PlaceParams
from feedback.models import Letter
from feedback.views.reading import letter_context, seen_letter
from peerchallenge.shared.answers import Refused

MEANWHILE = (
    "A colleague has noted something since you opened this page. Nothing was sent: read it, "
    "then send the reply"
)
SAID = {
    True: "Thank you. The letter goes to the approver.",
    False: "Thank you. The lead reviewer has been told what is wrong.",
}


@require_http_methods(["GET", "POST"])
def letter_accuracy(request: HttpRequest, pk: int) -> HttpResponse:
    """What is noted of a paragraph is kept while they read on; then they send their reply."""
    found = seen_letter(request.user, pk)
    if found.sent_content is None:  # nothing to check yet: the letter's page says so
        return redirect("letter", found.pk)
    check, details = queries.accuracy_check(found), queries.noted_details_to_settle(found)
    if request.method == "POST":
        return _take(request, found, CheckForm(request.POST, check=check, details=details))
    asked = PlaceParams.clean_or_default(request.GET)
    form = CheckForm(check=check, details=details, at=asked["at"])
    if request.htmx:
        return _place(request, found, form, asked["at"] or asked["close"])
    return _page(request, found, form)


def _take(request: HttpRequest, found: Letter, form: CheckForm) -> HttpResponse:
    """Keep what is in the boxes; send the reply when that was pressed and nothing is in the way."""
    before, sends = form.check, "send" in request.POST
    place = PlaceParams.clean_or_default({"at": request.POST.get("keep", "")})["at"]
    may_note = permissions.note_point(request.user, found)
    if not may_note:
        form.add_error(None, may_note.reason)
    elif form.is_valid():
        _keep(request, found, form)
        form.drawn_on(queries.accuracy_check(found), queries.noted_details_to_settle(found))
    if sends and not form.errors and _reply(request, found, form, before):
        return redirect("letter_accuracy", found.pk)
    if request.htmx:
        return _place(request, found, form, place)
    if form.errors:
        return _page(request, found, form)
    kept = form.row(place)
    anchor = f"#{kept.row.place.anchor}" if kept else ""
    return redirect(reverse("letter_accuracy", args=[found.pk]) + anchor)


def _keep(request: HttpRequest, found: Letter, form: CheckForm) -> None:
    for place, wrong in form.texts.items():
        try:
            actions.note_point(found, place, wrong, seen=form.seen(place), by=request.user)
        except actions.NotedMeanwhile as meanwhile:
            form.keep_both(place, meanwhile.theirs, request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)


def _reply(request: HttpRequest, found: Letter, form: CheckForm, before: queries.Check) -> bool:
    """Sent, unless it would take along what nobody here has seen."""
    agrees = request.POST["send"] == "agree"
    if form.cleaned_data["noted"] != before.seen:
        form.add_error(None, MEANWHILE)
        return False
    knows = queries.seen_of({**before.noted, **form.texts})
    try:
        actions.confirm_noted_details(found, form.cleaned_data["no_child"], by=request.user)
        actions.reply_on_accuracy(found, agrees=agrees, seen=knows, by=request.user)
    except actions.NotedMeanwhile:
        form.add_error(None, MEANWHILE)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        messages.success(request, SAID[agrees])
        return True
    return False


def _page(request: HttpRequest, found: Letter, form: CheckForm) -> HttpResponse:
    actions.read_letter(found, by=request.user)
    form.close()
    context = letter_context(request.user, found) | _shown(request, found, form)
    return render(
        request, "feedback/letter_accuracy.html", context, status=409 if form.theirs else 200
    )


def _place(request: HttpRequest, found: Letter, form: CheckForm, place: str) -> HttpResponse:
    """One paragraph of the page, drawn again, and the reply that it is now part of."""
    form.close()
    row = form.row(place) if permissions.read_check(request.user, found) else None
    if row is None:
        return HttpResponseClientRefresh()
    context = {"found": found, "one": row, **_shown(request, found, form)}
    status = 409 if form.theirs else 422 if form.errors else 200
    response = render(request, "feedback/letter_accuracy_place.html", context, status=status)
    # A link opened in place is no page of its own.
    response["HX-Push-Url"] = "false"
    return response


def _shown(request: HttpRequest, found: Letter, form: CheckForm) -> dict[str, object]:
    return {
        "form": form,
        "may_reply": permissions.reply_on_accuracy(request.user, found),
        "due": queries.reply_due(found),
    }
