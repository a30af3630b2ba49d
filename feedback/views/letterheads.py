from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from authorities.models import Region
from feedback import actions, permissions, queries
from feedback.forms import LetterheadForm
from feedback.models import LetterPicture


@require_http_methods(["GET", "POST"])
def letterhead(request: HttpRequest, region: int) -> HttpResponse:
    """What the region's letters carry above and below; each letter keeps what it was issued
    with."""
    place = _place(request, region)
    head = queries.letterhead_of(place)
    form = LetterheadForm(request.POST or None, request.FILES or None, head=head)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_letterhead(place, **form.details(), by=request.user)
        except actions.LetterheadChanged as changed:
            theirs = changed.now
            form.show_theirs(theirs)
        else:
            messages.success(
                request, "The letterhead is saved. Letters issued from now on carry it."
            )
            return redirect("letterhead", place.pk)
    context = {"region": place, "head": head, "form": form, "theirs": theirs}
    return render(request, "feedback/letterhead.html", context)


@require_GET
def letterhead_logo(request: HttpRequest, region: int) -> HttpResponse:
    """As it is kept, for the page on which it is chosen."""
    return _picture(queries.letterhead_of(_place(request, region)).logo)


@require_GET
def letterhead_signature(request: HttpRequest, region: int) -> HttpResponse:
    return _picture(queries.letterhead_of(_place(request, region)).signature)


def _picture(picture: LetterPicture | None) -> HttpResponse:
    if picture is None:
        raise Http404
    return HttpResponse(bytes(picture.data), content_type="image/png")


def _place(request: HttpRequest, region: int) -> Region:
    place = get_object_or_404(Region.objects.visible_to(request.user), pk=region)
    permissions.change_letterhead(request.user, place).require()
    return place
