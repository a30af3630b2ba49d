"""What the team asks the host for before it comes: asked, given, opened, removed."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.answers import Answer, Refused
from peerchallenge.shared.forms import GovForm
from peerchallenge.shared.uploads import KINDS
from rounds import actions, permissions
from rounds.forms.evidence import NOT_KEPT
from rounds.forms.papers import AskForm, ChangeAskedForm, GiveForm, NoneForm
from rounds.models import Challenge, Paper, PaperAsked
from rounds.queries.challenges import deadline_of
from rounds.queries.papers import papers_of
from rounds.queries.visits import counted
from rounds.views.challenges import find
from rounds.views.evidence import ALONE


@require_GET
def challenge_papers(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.list_papers(request.user, found).require()
    asks = permissions.ask_for_papers(request.user, found)
    gives = permissions.give_papers(request.user, found)
    opens = permissions.open_any_papers(request.user, found)
    page = papers_of(
        found,
        drafts=permissions.sits_on_team(request.user, found),
        gives=bool(gives),
        opens=opens,
    )
    context = {
        "challenge": found,
        "page": page,
        "asks": asks,
        "gives": gives,
        "opens": opens,
        "own": permissions.belongs_to_host(request.user, found),
        "sends": permissions.send_papers_asked(request.user, found),
    }
    return render(request, "rounds/papers.html", context)


@require_http_methods(["GET", "POST"])
def challenge_papers_ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.ask_for_papers(request.user, found).require()
    due = deadline_of(found, "papers_sent")
    form = AskForm(request.POST or None, due=due, cancel_url=_list(found))
    if form.is_valid():
        try:
            asked = actions.ask_for_paper(found, **form.details(), by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"“{asked.title}” is on the list.")
            return _back(found)
    return _form(request, found, form, "Ask for a paper")


@require_POST
def challenge_papers_usual(request: HttpRequest, pk: int) -> HttpResponse:
    """What the format proposes, at one press."""
    found = find(request, pk)
    permissions.ask_for_papers(request.user, found).require()
    try:
        added = actions.ask_for_usual_papers(found, by=request.user)
    except Refused as refused:
        messages.info(request, refused.reason)
    else:
        messages.success(request, f"{counted(len(added), 'paper')} put on the list.")
    return _back(found)


@require_POST
def challenge_papers_send(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.send_papers_asked(request.user, found).require()
    try:
        sent = actions.send_papers_asked(found, by=request.user)
    except Refused as refused:
        messages.info(request, refused.reason)
    else:
        said = counted(len(sent), "paper")
        messages.success(request, f"{found.host_authority} is asked for {said}, in one mail.")
    return _back(found)


@require_http_methods(["GET", "POST"])
def challenge_paper(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """Change what is asked for; where somebody else has, both stand there."""
    found = find(request, pk)
    row = _asked(request, found, asked, permissions.ask_for_papers(request.user, found))
    due = deadline_of(found, "papers_sent")
    start = {key: getattr(row, key) for key in ("title", "note", "due", "seen")}
    form = ChangeAskedForm(request.POST or None, due=due, cancel_url=_list(found), initial=start)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.change_paper_asked(row, **form.details(), seen=seen, by=request.user)
        except actions.AskedChanged as theirs:
            form.add_error(None, _both(theirs.now))
            form.show_theirs(theirs.now.seen)
        else:
            messages.success(request, "Saved.")
            return _back(found)
    return _form(request, found, form, "Change what you ask for", asked=row)


def _both(now: PaperAsked) -> str:
    day = f", wanted by {now.due:%-d %B %Y}" if now.due else ""
    note = f": “{now.note}”" if now.note else ""
    return (
        f"Somebody changed this meanwhile: by now it is “{now.title}”{note}{day}. "
        "Yours is below and not saved. Save again to keep yours"
    )


@require_POST
def challenge_paper_withdraw(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    found = find(request, pk)
    row = _asked(request, found, asked, permissions.ask_for_papers(request.user, found))
    actions.withdraw_paper_asked(row, by=request.user)
    messages.success(request, f"“{row.title}” is not asked for any more.")
    return _back(found)


@require_http_methods(["GET", "POST"])
def challenge_paper_give(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    found = find(request, pk)
    row = _asked(request, found, asked, permissions.give_papers(request.user, found))
    start = {} if row.papers.kept().exists() else {"title": row.title}
    form = GiveForm(
        request.POST or None, request.FILES or None, cancel_url=_list(found), initial=start
    )
    if request.method == "POST" and form.is_valid() and _given(request, row, form):
        return _back(found)
    return _form(request, found, form, f"Give: {row.title}", asked=row)


def _given(request: HttpRequest, row: PaperAsked, form: GiveForm) -> bool:
    try:
        paper = actions.add_paper(row, **form.details(), by=request.user)
    except actions.GivenAlready as refused:
        messages.info(request, f"It is there already, as “{refused.there.title}”.")
    except actions.NotStored:
        form.add_error("file", NOT_KEPT)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        messages.success(request, f"“{paper.title}” is with the team.")
    return not form.errors


@require_http_methods(["GET", "POST"])
def challenge_paper_none(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """The host has no such document, and says why; or there is one after all."""
    found = find(request, pk)
    row = _asked(request, found, asked, permissions.give_papers(request.user, found))
    after_all = request.method == "POST" and "after_all" in request.POST
    form = NoneForm(
        None if after_all else request.POST or None,
        cancel_url=_list(found),
        initial={"reason": row.no_such},
    )
    if after_all or form.is_valid():
        reason = "" if after_all else form.cleaned_data["reason"]
        try:
            actions.say_no_such_paper(row, reason=reason, by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "Saved. The team sees it on this list.")
            return _back(found)
    return _form(request, found, form, "There is no such document", asked=row)


@require_GET
def paper_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Always as an attachment, whatever it is."""
    paper = get_object_or_404(_visible(request).kept(), pk=pk)
    permissions.read_paper(request.user, paper).require()
    back = redirect("challenge_papers", paper.asked.challenge_id)
    if not paper.file:
        return back
    try:
        file = default_storage.open(paper.file.name)
    except OSError:
        messages.error(request, f"“{paper.title}” cannot be read just now. Try again later.")
        return back
    actions.read_paper(paper, by=request.user)
    response = FileResponse(
        file, as_attachment=True, filename=paper.file_name, content_type=KINDS[paper.kind]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    return response


@require_http_methods(["GET", "POST"])
def paper_remove(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(_visible(request), pk=pk)
    challenge = paper.asked.challenge
    permissions.remove_paper(request.user, paper).require()
    if paper.removed_at is not None:
        messages.info(request, f"“{paper.title}” has been removed.")
        return _back(challenge)
    if request.method == "POST":
        actions.remove_paper(paper, by=request.user)
        messages.success(request, f"“{paper.title}” is removed.")
        return _back(challenge)
    context = {"paper": paper, "challenge": challenge, "back": _list(challenge)}
    return render(request, "rounds/paper_remove.html", context)


def _visible(request: HttpRequest):
    return Paper.objects.visible_to(request.user).select_related(
        "asked__challenge__round__region",
        "asked__challenge__host__authority",
        "asked__challenge__challenger__authority",
    )


def _asked(request: HttpRequest, found: Challenge, key: int, may: Answer) -> PaperAsked:
    """What is no longer asked for is gone; the host knows only of what was sent."""
    may.require()
    rows: QuerySet[PaperAsked] = found.papers_asked.standing()
    if not permissions.sits_on_team(request.user, found):
        rows = found.papers_asked.told()
    return get_object_or_404(rows, pk=key)


def _form(
    request: HttpRequest,
    found: Challenge,
    form: GovForm,
    heading: str,
    asked: PaperAsked | None = None,
) -> HttpResponse:
    context = {
        "challenge": found,
        "form": form,
        "heading": heading,
        "asked": asked,
        "gives": isinstance(form, GiveForm),
        "back": _list(found),
    }
    status = 422 if form.errors else 200
    return render(request, "rounds/paper_form.html", context, status=status)


def _list(found: Challenge) -> str:
    return reverse("challenge_papers", args=[found.pk])


def _back(found: Challenge) -> HttpResponse:
    return redirect("challenge_papers", found.pk)
