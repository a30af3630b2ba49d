"""What authorities gave each other, and what was held before the rounds were run here."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from authorities.models import Authority, Region
from authorities.states import Role
from peerchallenge.shared.spreadsheets import CONTENT_TYPE, spreadsheet
from rounds import actions, permissions
from rounds.forms.ledger import EarlierForm, EarlierRowsForm, LedgerParams, PageParams
from rounds.models import EarlierChallenge
from rounds.queries.earlier import Verdict, judged, known_in
from rounds.queries.ledger_sheets import ledger_sheets
from rounds.queries.reciprocity import account_of, ledger_of

PER_PAGE = 50


def _region(request: HttpRequest, pk: int) -> Region:
    """The region, for its officers; others who may know of it are told why not."""
    found = get_object_or_404(Region.objects.visible_to(request.user), pk=pk)
    permissions.see_ledger(request.user, found).require()
    return found


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """An officer's only region at once; of several, which."""
    run = request.user.regions_where(Role.BOARD_OFFICER)
    regions = list(Region.objects.visible_to(request.user).filter(pk__in=run))
    if not regions:
        raise Http404
    if len(regions) == 1:
        return redirect("ledger_region", regions[0].pk)
    return render(request, "rounds/ledger_choose.html", {"regions": regions})


@require_GET
def ledger_region(request: HttpRequest, region: int) -> HttpResponse:
    """Everybody's challenges and days, over all rounds or in one."""
    place = _region(request, region)
    params = LedgerParams.clean_or_default(request.GET)
    context = {"region": place, "ledger": ledger_of(place, **params)}
    return render(request, "rounds/ledger.html", context)


@require_GET
def ledger_authority(request: HttpRequest, region: int, authority: int) -> HttpResponse:
    """One authority's, round by round and challenge by challenge."""
    place = _region(request, region)
    seen = Authority.objects.visible_to(request.user).filter(region=place)
    account = account_of(get_object_or_404(seen.select_related("region"), pk=authority))
    context = {"region": place, "account": account}
    return render(request, "rounds/ledger_authority.html", context)


@require_GET
def ledger_xlsx(request: HttpRequest, region: int) -> HttpResponse:
    place = _region(request, region)
    filled = spreadsheet(ledger_sheets(place), title=f"Given and received, {place.name}")
    response = HttpResponse(filled, content_type=CONTENT_TYPE)
    name = slugify(f"{place.name} given and received") + ".xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_GET
def earlier_challenges(request: HttpRequest, region: int) -> HttpResponse:
    """What has been entered, the newest first."""
    place = _region(request, region)
    rows = EarlierChallenge.objects.visible_to(request.user).filter(region=place)
    rows = rows.select_related("host", "challenger", "entered_by").order_by("-held_on", "pk")
    number = PageParams.clean_or_default(request.GET)["page"]
    page = Paginator(rows, PER_PAGE).get_page(number)
    return render(request, "rounds/earlier_challenges.html", {"region": place, "page": page})


@require_http_methods(["GET", "POST"])
def earlier_challenge_add(request: HttpRequest, region: int) -> HttpResponse:
    place = _region(request, region)
    permissions.enter_earlier_challenges(request.user, place).require()
    back = reverse("earlier_challenges", args=[place.pk])
    form = EarlierForm(request.POST or None, region=place, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        made = actions.enter_earlier_challenges(place, [form.entry()], by=request.user)
        said = "has been entered" if made else "had been entered already"
        messages.success(request, f"The challenge {said}.")
        return redirect(back)
    context = {"region": place, "form": form, "back": back}
    return render(request, "rounds/earlier_challenge_add.html", context)


@require_http_methods(["GET", "POST"])
def earlier_paste(request: HttpRequest, region: int) -> HttpResponse:
    """Rows are checked first; only what that page showed is entered, when it is pressed."""
    place = _region(request, region)
    permissions.enter_earlier_challenges(request.user, place).require()
    back = reverse("earlier_challenges", args=[place.pk])
    form = EarlierRowsForm(request.POST or None, request.FILES or None, cancel_url=back)
    verdicts: list[Verdict] = []
    changed = False
    if request.method == "POST" and form.is_valid():
        verdicts = judged(form.found, known_in(place, timezone.localdate()))
        if form.confirms(verdicts):
            return _enter(request, place, verdicts)
        form.show_again(verdicts)
        changed = bool(form.cleaned_data["checked"])
    context = {"region": place, "form": form, "verdicts": verdicts, "changed": changed}
    return render(request, "rounds/earlier_paste.html", {**context, "back": back})


def _enter(request: HttpRequest, region: Region, verdicts: list[Verdict]) -> HttpResponse:
    entries = [verdict.entry for verdict in verdicts if verdict.entry and verdict.taken]
    made = actions.enter_earlier_challenges(region, entries, by=request.user)
    number = f"{len(made)} {'challenge has' if len(made) == 1 else 'challenges have'}"
    messages.success(request, f"{number} been entered.")
    return redirect("earlier_challenges", region.pk)


@require_http_methods(["GET", "POST"])
def earlier_challenge_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    seen = EarlierChallenge.objects.visible_to(request.user)
    earlier = get_object_or_404(seen.select_related("region", "host", "challenger"), pk=pk)
    permissions.remove_earlier_challenge(request.user, earlier).require()
    back = reverse("earlier_challenges", args=[earlier.region_id])
    if request.method == "POST":
        actions.remove_earlier_challenge(earlier, by=request.user)
        messages.success(request, "The challenge has been removed from the ledger.")
        return redirect(back)
    return render(
        request, "rounds/earlier_challenge_remove.html", {"earlier": earlier, "back": back}
    )
