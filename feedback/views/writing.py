from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feedback import actions, permissions, queries
from feedback.forms import LetterForm
from feedback.forms.writing import not_saved_said, saved_said
from feedback.models import Letter, LetterContent
from feedback.states import LetterState
from feedback.views.reading import letter_context, posted, seen_letter
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge


@require_POST
def letter_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the letter; pressed twice, it is still one letter."""
    seen = Challenge.objects.visible_to(request.user).with_both_sides()
    challenge = get_object_or_404(seen, pk=pk)
    permissions.read_findings(request.user, challenge).require()
    begun = challenge.letters.first()
    letter = begun or actions.draft_letter(challenge, by=request.user)
    return redirect("letter_edit", letter.pk)


@require_http_methods(["GET", "POST"])
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter's text part by part, what flows in between, and how it will read."""
    found = seen_letter(request.user, pk)
    may_edit = permissions.edit_letter(request.user, found)
    if not may_edit and request.method == "GET":
        messages.info(request, may_edit.reason)
        return redirect("letter", found.pk)
    # Whose days have changed since the page was opened keeps what they typed, and is told why.
    permissions.read_draft(request.user, found).require()
    form = LetterForm(posted(request), parts=found.parts.select_related("saved_by"))
    previews = "preview" in request.POST
    if request.htmx and request.method == "POST":
        return _preview(request, found, form) if previews else _saved_line(request, found, form)
    if request.method == "POST" and not previews and _save(request, found, form):
        if "onward" in request.POST:
            return redirect("letter_send", found.pk)
        messages.success(request, "The letter is saved.")
        return redirect("letter_edit", found.pk)
    return _edit_page(request, found, form)


def _save(request: HttpRequest, found: Letter, form: LetterForm) -> bool:
    if not form.is_valid():
        return False
    try:
        actions.edit_letter(
            found, form.texts, headings=form.headings, seen=form.seen, by=request.user
        )
    except actions.OverwriteRefused as refused:
        form.keep_both(refused.theirs, request.user)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        return True
    return False


def _saved_line(request: HttpRequest, found: Letter, form: LetterForm) -> HttpResponse:
    """What became of the one part that saved itself while somebody types."""
    saved = _save(request, found, form)
    part = found.parts.filter(key__in=[sent.key for sent in form.sent]).first()
    if part is None:
        raise Http404("The letter has no such part")
    context = {
        "line": saved_said(part) if saved else not_saved_said(form, request.user),
        "version": part.seen if saved else None,
        "field": form[f"seen_{part.key}"],
        "warnings": queries.child_data_warnings(part.text) if saved else [],
    }
    status = 200 if saved else 409 if form.theirs else 422
    return render(request, "rounds/self_assessment_saved.html", context, status=status)


def _preview(request: HttpRequest, found: Letter, form: LetterForm) -> HttpResponse:
    """How the text being typed reads as a letter; nothing is saved."""
    context = {"letter": _content(found, form)}
    return render(request, "feedback/letter_body.html", context)


def _content(found: Letter, form: LetterForm) -> LetterContent:
    typed = form.is_bound and form.is_valid()
    return (
        queries.letter_content(found, form.texts, form.headings)
        if typed
        else queries.letter_content(found)
    )


def _edit_page(request: HttpRequest, found: Letter, form: LetterForm) -> HttpResponse:
    actions.read_letter(found, by=request.user)
    context = {
        "found": found,
        "challenge": found.challenge,
        "form": form,
        "letter": _content(found, form),
        "missing": queries.missing_from_letter(found),
        "news": queries.changes_since_saved(found, request.user),
        "threads": queries.accuracy_thread(found, as_host=False),
        "may_answer": permissions.answer_points(request.user, found),
        "may_send": permissions.send_letter_to_host(request.user, found),
        "typed": "preview" in request.POST,
    }
    status = 409 if form.theirs else 422 if form.errors else 200
    return render(request, "feedback/letter_edit.html", context, status=status)


@require_GET
def letter_beside(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft, and beside it the findings it rests on, as the team noted them."""
    found = seen_letter(request.user, pk)
    permissions.read_beside(request.user, found).require()
    actions.read_letter(found, by=request.user)
    actions.read_findings(found.challenge, by=request.user)
    context = {
        "found": found,
        "challenge": found.challenge,
        "letter": queries.content_for(found, as_host=False),
        "themes": queries.findings_beside(found.challenge),
        "may_edit": permissions.edit_letter(request.user, found),
    }
    return render(request, "feedback/letter_beside.html", context)


@require_http_methods(["GET", "POST"])
def letter_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Who will be asked to check it, and by when; then ask them."""
    found = seen_letter(request.user, pk)
    if found.state == LetterState.WITH_HOST and permissions.read_draft(request.user, found):
        return redirect("letter", found.pk)
    permissions.send_letter_to_host(request.user, found).require()
    if queries.letter_details_to_settle(found):
        return redirect("letter_details", found.pk)
    if request.method == "POST":
        actions.send_letter_to_host(found, by=request.user)
        messages.success(request, f"{found.challenge.host_authority} is asked to check the facts.")
        return redirect("letter", found.pk)
    context = letter_context(request.user, found) | {
        "missing": queries.missing_from_letter(found),
        "director": queries.recipient_of(found),
        "due": queries.reply_due_if_sent(found.challenge, timezone.localdate()),
        "may_hand_over": permissions.hand_letter_over(request.user, found),
    }
    return render(request, "feedback/letter_send.html", context)


@require_POST
def letter_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The changes are made: ask for approval."""
    found = seen_letter(request.user, pk)
    if found.state != LetterState.CHECKED or not permissions.read_draft(request.user, found):
        actions.hand_letter_over(found, by=request.user)
        messages.success(request, "The approver is asked to read the letter.")
    return redirect("letter", found.pk)
