from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from feedback import actions, permissions, queries
from feedback.forms import HostTextForm, SeenParams
from feedback.models import Letter
from feedback.queries import host_texts, sharing
from feedback.queries.files import file_stands
from feedback.states import FileKind
from feedback.views.reading import posted, seen_letter
from peerchallenge.shared.answers import Refused
from rounds.forms.details import DetailsForm


@require_http_methods(["GET", "POST"])
def letter_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """The host writes its letter of thanks; the team reads it once it is sent."""
    found = seen_letter(request.user, pk)
    sent = host_texts.thanks_sent(found)
    if sent or not permissions.write_thanks(request.user, found):
        permissions.read_thanks(request.user, found, sent=sent).require()
        draft = host_texts.host_text(found, FileKind.THANKS)
        context = _about(found, draft) | {
            "text": host_texts.thanks_said(found, draft),
            "stands": file_stands(host_texts.newest_file(found, FileKind.THANKS)),
        }
        return render(request, "feedback/letter_thanks.html", context)
    draft = host_texts.host_text(found, FileKind.THANKS)
    form = HostTextForm(posted(request), draft=draft)
    if _saved(request, found, draft, form):
        return redirect("letter_thanks_send", found.pk)
    context = _about(found, draft) | {"form": form}
    return _page(request, "feedback/letter_thanks_edit.html", context, form)


@require_http_methods(["GET", "POST"])
def letter_thanks_send(request: HttpRequest, pk: int) -> HttpResponse:
    """How it reads and whom it goes to; then send it, once."""
    found = seen_letter(request.user, pk)
    permissions.write_thanks(request.user, found).require()
    draft = host_texts.host_text(found, FileKind.THANKS)
    if draft.is_sent or draft.row is None:
        return redirect("letter_thanks", found.pk)
    details = _details(request, found, draft)
    if _confirmed(request, found, draft, details):
        return redirect("letter_thanks_send", found.pk)
    if request.method == "POST" and not (details and details.is_bound):
        return _sent(request, found)
    context = _about(found, draft) | {
        "details": details,
        "form": details,
        "may_send": permissions.send_thanks(request.user, found),
        "signed": host_texts.signatories(found),
        "text": host_texts.thanks_said(found, draft),
        "team": sharing.team_names(found),
    }
    return render(request, "feedback/letter_thanks_send.html", context)


def _sent(request: HttpRequest, found: Letter) -> HttpResponse:
    try:
        seen = SeenParams.clean_or_404(request.POST)["seen"]
        actions.send_thanks(found, seen=seen, by=request.user)
    except actions.HostTextChanged:
        messages.info(request, "Somebody changed the text. Read it again before you send it.")
        return redirect("letter_thanks_send", found.pk)
    messages.success(request, "The letter of thanks is sent to the team.")
    return redirect("letter_thanks", found.pk)


@require_http_methods(["GET", "POST"])
def letter_summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The covering summary for the host's committee, begun from the letter."""
    found = seen_letter(request.user, pk)
    permissions.write_summary(request.user, found).require()
    draft = host_texts.host_text(found, FileKind.SUMMARY)
    details = _details(request, found, draft)
    settles = details is not None and details.is_bound
    form = HostTextForm(None if settles else posted(request), draft=draft)
    if _confirmed(request, found, draft, details):
        return redirect("letter_summary", found.pk)
    if not settles and _saved(request, found, draft, form):
        _make_summary(request, found)
        return redirect("letter_summary", found.pk)
    file = host_texts.newest_file(found, FileKind.SUMMARY)
    context = _about(found, draft) | {"form": form, "file": file, "stands": file_stands(file)}
    return _page(request, "feedback/letter_summary.html", context | {"details": details}, form)


def _make_summary(request: HttpRequest, found: Letter) -> None:
    draft = host_texts.host_text(found, FileKind.SUMMARY)
    if "make" not in request.POST:
        messages.success(request, "The summary is saved.")
    elif permissions.host_text_details_settled(found, draft):
        actions.make_summary(found, by=request.user)
        messages.success(request, "The summary is saved, and its Word document is being made.")
    else:
        messages.info(
            request,
            "The summary is saved, and no Word document is made yet: something in it looks like a "
            "child’s details.",
        )


def _details(request: HttpRequest, found: Letter, draft: host_texts.Draft) -> DetailsForm | None:
    """What in it looks like a child's details, to be taken out or confirmed by name."""
    waiting = queries.host_text_details_to_settle(found, draft)
    sent = request.POST if "settle" in request.POST else None
    return DetailsForm(sent, details=waiting) if waiting else None


def _confirmed(
    request: HttpRequest, found: Letter, draft: host_texts.Draft, details: DetailsForm | None
) -> bool:
    if details is None:
        # Pressed twice, or confirmed by a colleague: nothing is left to be settled.
        return "settle" in request.POST
    if not details.is_valid():
        return False
    chosen = details.cleaned_data["confirmed"]
    actions.confirm_host_text_details(found, draft.kind, chosen, by=request.user)
    messages.success(request, "Confirmed in your name.")
    return True


def _saved(
    request: HttpRequest, found: Letter, draft: host_texts.Draft, form: HostTextForm
) -> bool:
    """Sent and sound; where somebody else was quicker, both texts are on the page."""
    if request.method != "POST" or not form.is_valid():
        return False
    seen = form.cleaned_data["seen"]
    try:
        actions.save_host_text(found, draft.kind, form.texts, seen=seen, by=request.user)
    except actions.HostTextChanged as changed:
        form.keep_both(changed.theirs, request.user)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        return True
    return False


def _about(found: Letter, draft: host_texts.Draft) -> dict[str, Any]:
    return {"found": found, "challenge": found.challenge, "draft": draft}


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], form: HostTextForm
) -> HttpResponse:
    return render(request, template, context, status=409 if form.theirs else 200)
