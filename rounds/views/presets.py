from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from authorities.models import Region
from rounds import actions, permissions
from rounds.models import PRESETS, Format, RegionPreset
from rounds.queries.questionnaires import preset_questionnaire, presets_by_region
from rounds.queries.wording import differences_from_standard
from rounds.views.questionnaires import drawn


@require_GET
def presets(request: HttpRequest) -> HttpResponse:
    """The formats, and which of them the officer's regions word for themselves."""
    regions = presets_by_region(request.user)
    if not regions:
        raise Http404
    return render(request, "rounds/preset_list.html", {"regions": regions})


@require_GET
def preset(request: HttpRequest, region: int, key: str) -> HttpResponse:
    """A format's questionnaire as the region words it, and where it differs."""
    place, found = _preset(request, region, key)
    own = RegionPreset.objects.visible_to(request.user).filter(region=place, key=key).first()
    questionnaire = preset_questionnaire(place, found)
    context = {
        "region": place,
        "preset": found,
        "own": own,
        "differences": differences_from_standard(key, questionnaire) if own else [],
        "introduction": questionnaire["introduction"],
        "sections": drawn(questionnaire),
    }
    return render(request, "rounds/preset.html", context)


@require_http_methods(["GET", "POST"])
def preset_restore(request: HttpRequest, region: int, key: str) -> HttpResponse:
    """Back to the standard wording, once that is confirmed."""
    place, found = _preset(request, region, key)
    if request.method == "POST":
        actions.restore_preset(place, key, by=request.user)
        messages.success(request, f"“{found.name}” has its standard wording again.")
        return redirect("preset", place.pk, key)
    context = {"region": place, "preset": found}
    return render(request, "rounds/preset_restore.html", context)


def _preset(request: HttpRequest, region: int, key: str) -> tuple[Region, Format]:
    place = get_object_or_404(Region.objects.visible_to(request.user), pk=region)
    permissions.change_preset(request.user, place).require()
    if key not in PRESETS:
        raise Http404
    return place, PRESETS[key]
