"""What a visit looks at: written by both sides, agreed by both."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.scope import AgreeParams, MoveParams, TakeQuestionsForm, WordsForm
from rounds.models import Challenge, EnquiryLine, Limb
from rounds.queries.scope import questions_to_take, scope_page
from rounds.views.challenges import find

BOTH = "Somebody changed this meanwhile: both texts are on this page. Save again to keep yours"
LIMB_LABEL = "Part of it that is looked at on its own"


@require_http_methods(["GET", "POST"])
def challenge_scope(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines in order, who has agreed, and a box in which another line is written."""
    found = find(request, pk)
    may_write = permissions.write_scope(request.user, found)
    form = _line_form(request)
    if request.method == "POST":
        may_write.require()
        if form.is_valid() and _added(request, found, form):
            return _back(found)
    return _page(request, found, form)


def _line_form(request: HttpRequest) -> WordsForm:
    hint = "What the team sets out to learn, as a question or a theme. No child’s name or number."
    return WordsForm(request.POST or None, label="Write one yourself", hint=hint)


def _added(request: HttpRequest, found: Challenge, form: WordsForm) -> bool:
    try:
        actions.add_line(found, form.cleaned_data["text"], by=request.user)
    except Refused as refused:
        form.add_error("text", refused.reason.removesuffix("."))
        return False
    messages.success(request, "Added.")
    return True


def _page(request: HttpRequest, found: Challenge, form: WordsForm) -> HttpResponse:
    page = scope_page(found, request.user)
    host = permissions.speaks_for_host(request.user, found)
    context = {
        "challenge": found,
        "page": page,
        "form": form,
        "may_write": permissions.write_scope(request.user, found),
        "may_take": permissions.take_questions(request.user, found),
        "may_agree": permissions.agree_scope(request.user, found),
        "have_agreed": page.host_agreed if host else page.lead_agreed,
    }
    return render(request, "rounds/scope.html", context, status=422 if form.errors else 200)


@require_POST
def challenge_scope_area(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.write_scope(request.user, found).require()
    try:
        line = actions.take_area(found, by=request.user)
    except Refused as refused:
        messages.info(request, refused.reason)
    else:
        messages.success(request, f"“{line.text}” is on the list. Say more of it if you like.")
    return _back(found)


@require_http_methods(["GET", "POST"])
def challenge_scope_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """Questions of the self-assessment that can be asked on site too."""
    found = find(request, pk)
    permissions.take_questions(request.user, found).require()
    groups = questions_to_take(found)
    sent = request.POST if request.method == "POST" else None
    form = TakeQuestionsForm(sent, groups=groups, cancel_url=_list(found))
    if groups and form.is_valid():
        try:
            taken = actions.take_questions(found, form.chosen(), by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"{len(taken)} added from the self-assessment.")
            return _back(found)
    context = {"challenge": found, "form": form, "groups": groups, "back": _list(found)}
    return render(
        request, "rounds/scope_questions.html", context, status=422 if form.errors else 200
    )


@require_POST
def challenge_scope_move(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.write_scope(request.user, found).require()
    pressed = MoveParams.clean_or_404(request.POST)
    up = bool(pressed["line_up"] or pressed["limb_up"])
    if line := pressed["line_up"] or pressed["line_down"]:
        row = get_object_or_404(found.lines, pk=line)
        actions.move_line(row, up=up, by=request.user)
        return redirect(f"{_list(found)}#line-{line}")
    if not (pressed["limb_up"] or pressed["limb_down"]):
        return _back(found)
    limb = get_object_or_404(_limbs(request, found), pk=pressed["limb_up"] or pressed["limb_down"])
    actions.move_limb(limb, up=up, by=request.user)
    return redirect(f"{_list(found)}#line-{limb.line_id}")


@require_http_methods(["GET", "POST"])
def challenge_scope_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Change the words of a line; where somebody else has, both stand there."""
    found = _writable(request, pk)
    row = found.lines.filter(pk=line).first()
    return _changed(request, found, row, found.round.format.line_label)


@require_http_methods(["GET", "POST"])
def challenge_scope_limb(request: HttpRequest, pk: int, limb: int) -> HttpResponse:
    found = _writable(request, pk)
    row = _limbs(request, found).filter(pk=limb).first()
    return _changed(request, found, row, LIMB_LABEL)


def _changed(
    request: HttpRequest, found: Challenge, row: EnquiryLine | Limb | None, label: str
) -> HttpResponse:
    if row is None:
        messages.info(request, "That has been taken out meanwhile.")
        return _back(found)
    change = actions.change_limb if isinstance(row, Limb) else actions.change_line
    form = WordsForm(
        request.POST or None, label=label, start=row.text, seen=row.seen, cancel_url=_list(found)
    )
    now = ""
    if form.is_valid():
        try:
            change(row, form.cleaned_data["text"], seen=form.cleaned_data["seen"], by=request.user)
        except actions.WordsChanged as theirs:
            form.show_theirs(theirs.now.seen)
            now = theirs.now.text
            form.add_error("text", BOTH)
        except Refused as refused:
            messages.info(request, refused.reason)
            return _back(found)
        else:
            messages.success(request, "Saved.")
            return _back(found)
    return _words(request, found, form, "Change the words", now)


@require_http_methods(["GET", "POST"])
def challenge_scope_limb_add(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    found = _writable(request, pk)
    row = get_object_or_404(found.lines, pk=line)
    form = WordsForm(
        request.POST or None, label=LIMB_LABEL, submit="Add it", cancel_url=_list(found)
    )
    if form.is_valid():
        try:
            actions.add_limb(row, form.cleaned_data["text"], by=request.user)
        except Refused as refused:
            form.add_error("text", refused.reason.removesuffix("."))
        else:
            messages.success(request, "Added.")
            return redirect(f"{_list(found)}#line-{row.pk}")
    return _words(request, found, form, f"Add a part to “{row.text}”")


def _words(
    request: HttpRequest, found: Challenge, form: WordsForm, heading: str, now: str = ""
) -> HttpResponse:
    page = scope_page(found, request.user)
    context = {
        "challenge": found,
        "form": form,
        "heading": heading,
        "now": now,
        "page": page,
        "back": _list(found),
    }
    status = 422 if form.errors else 200
    return render(request, "rounds/scope_words.html", context, status=status)


@require_http_methods(["GET", "POST"])
def challenge_scope_line_remove(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    found = _writable(request, pk)
    return _removed(request, found, found.lines.filter(pk=line).first())


@require_http_methods(["GET", "POST"])
def challenge_scope_limb_remove(request: HttpRequest, pk: int, limb: int) -> HttpResponse:
    found = _writable(request, pk)
    return _removed(request, found, _limbs(request, found).filter(pk=limb).first())


def _removed(
    request: HttpRequest, found: Challenge, row: EnquiryLine | Limb | None
) -> HttpResponse:
    """Once that is confirmed; pressed twice, or by two people, it is gone once."""
    if row is None:
        messages.info(request, "That has been taken out already.")
        return _back(found)
    if request.method == "POST":
        if isinstance(row, Limb):
            actions.remove_limb(row, by=request.user)
        else:
            actions.remove_line(row, by=request.user)
        messages.success(request, "Taken out.")
        return _back(found)
    context = {
        "challenge": found,
        "row": row,
        "limbs": [] if isinstance(row, Limb) else row.limbs.all(),
        "page": scope_page(found, request.user),
        "back": _list(found),
    }
    return render(request, "rounds/scope_remove.html", context)


@require_POST
def challenge_scope_agree(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.agree_scope(request.user, found).require()
    version = AgreeParams.clean_or_default(request.POST)["version"]
    try:
        scope = actions.agree_scope(found, version=version, by=request.user)
    except actions.ScopeChanged:
        messages.error(request, "Somebody changed a word meanwhile. Read it once more, then agree.")
    except Refused as refused:
        messages.info(request, refused.reason)
    else:
        messages.success(request, AGREED if scope.agreed else WAITS)
    return _back(found)


AGREED = "Agreed by both sides: we have written to the directors and the team."
WAITS = "You have agreed. We have asked the other side."


@require_POST
def challenge_scope_unagree(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.agree_scope(request.user, found).require()
    actions.unagree_scope(found, by=request.user)
    messages.success(request, "You no longer agree. Change what is to be changed, then agree.")
    return _back(found)


def _writable(request: HttpRequest, pk: int) -> Challenge:
    found = find(request, pk)
    permissions.write_scope(request.user, found).require()
    return found


def _limbs(request: HttpRequest, found: Challenge) -> QuerySet[Limb]:
    return Limb.objects.visible_to(request.user).filter(line__challenge=found)


def _list(found: Challenge) -> str:
    return reverse("challenge_scope", args=[found.pk])


def _back(found: Challenge) -> HttpResponse:
    return redirect("challenge_scope", found.pk)
