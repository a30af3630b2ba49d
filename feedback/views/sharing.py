from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from authorities.models import User
from feedback import actions, permissions, queries
from feedback.forms import AudienceParams, PageParams, ShareForm, WithdrawForm
from feedback.models import Letter
from feedback.queries import reads, redacting, sharing
from feedback.queries.versions import successor_of
from feedback.states import Audience
from feedback.views.reading import posted, seen_letter
from peerchallenge.shared.answers import Answer, Refused


@require_GET
def letter_share(request: HttpRequest, pk: int) -> HttpResponse:
    """With whom the letter is shared, and with whom it could be."""
    found = seen_letter(request.user, pk)
    permissions.see_sharing(request.user, found).require()
    context = {
        "found": found,
        "challenge": found.challenge,
        "may_decide": permissions.decide_sharing(request.user, found),
        "page": sharing.share_page(found, lambda audience: _may(request.user, found, audience)),
        "redacted": sharing.redacted_letter(found),
        "unmade": redacting.passages_waiting(found),
        "before": sharing.shared_before(found),
        "successor": successor_of(found),
        "director": queries.recipient_of(found),
        "may_redact": permissions.redact_letter(request.user, found),
    }
    return render(request, "feedback/letter_share.html", context)


def _may(user: User, found: Letter, audience: Audience) -> Answer:
    return permissions.share_letter(user, found, audience)


@require_http_methods(["GET", "POST"])
def letter_share_with(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """Who will be able to read it; then share it, or publish it."""
    found = seen_letter(request.user, pk)
    permissions.decide_sharing(request.user, found).require()
    whom = Audience(AudienceParams.clean_or_404({"audience": audience})["audience"])
    redacted = sharing.redacted_letter(found)
    form = ShareForm(posted(request), redacted=redacted.version if redacted else None)
    if found.shares.live().filter(audience=whom).exists():
        messages.info(request, f"It is shared already: {str(whom.label).lower()}.")
        return redirect("letter_share", found.pk)
    if request.method == "POST" and form.is_valid() and _share(request, found, whom, form):
        return redirect("letter_share", found.pk)
    context = {
        "found": found,
        "challenge": found.challenge,
        "audience": whom,
        "form": form,
        "may_share": _may(request.user, found, whom),
        "readers": sharing.readers_of(found, whom),
        "redacted": redacted,
        "unmade": redacting.passages_waiting(found),
    }
    return render(request, "feedback/letter_share_with.html", context)


def _share(request: HttpRequest, found: Letter, audience: Audience, form: ShareForm) -> bool:
    try:
        seen = form.cleaned_data["seen"]
        actions.share_letter(found, audience, redacted=form.redacted, seen=seen, by=request.user)
    except Refused as refused:
        form.add_error(None, refused.reason)
        form.look_again()
        return False
    messages.success(request, SAID[audience])
    return True


SAID = {
    Audience.DIRECTORS: "The letter is shared with the region’s directors. Each is told.",
    Audience.COMMITTEE: "The letter is released for the committee’s papers.",
    Audience.BOARD: "The letter is shared with the board. Its chair and members are told.",
    Audience.PUBLIC: "The letter is published: everybody can read it now.",
}
NO_LONGER_READ = "It is withdrawn. Those who could read it no longer can."
WITHDRAWN = dict.fromkeys(Audience, NO_LONGER_READ) | {
    Audience.COMMITTEE: "It is withdrawn: the lead member and the chief executive are told.",
}


@require_http_methods(["GET", "POST"])
def letter_share_withdraw(request: HttpRequest, pk: int, share: int) -> HttpResponse:
    """Take it back from these readers, and say why."""
    found = seen_letter(request.user, pk)
    permissions.decide_sharing(request.user, found).require()
    one = found.shares.filter(pk=share).first()
    if one is None:
        raise Http404
    if one.withdrawn_at is not None:
        messages.info(request, "This has been withdrawn already.")
        return redirect("letter_share", found.pk)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw_share(one, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, WITHDRAWN[Audience(one.audience)])
        return redirect("letter_share", found.pk)
    context = {"found": found, "challenge": found.challenge, "share": one, "form": form}
    return render(request, "feedback/letter_share_withdraw.html", context)


@require_GET
def letter_reads(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has read the letter since it was issued."""
    found = seen_letter(request.user, pk)
    permissions.see_reads(request.user, found).require()
    page = PageParams.clean_or_default(request.GET)["page"] or 1
    context = {
        "found": found,
        "challenge": found.challenge,
        "reads": reads.reads_of(found, page=page),
    }
    return render(request, "feedback/letter_reads.html", context)


@require_GET
def letters_shared(request: HttpRequest) -> HttpResponse:
    """Letters of other authorities that this person may read."""
    page = PageParams.clean_or_default(request.GET)["page"] or 1
    context = {"page": sharing.letters_shared_with(request.user, page=page)}
    return render(request, "feedback/letters_shared.html", context)
