from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities import actions, permissions, queries
from authorities.forms import EndMembershipForm, InviteForm, InviteParams, PeopleParams
from authorities.forms.people import Place
from authorities.models import Invitation, Membership, Region, User
from authorities.states import HELD_IN_A_REGION, HELD_IN_AN_AUTHORITY, Role
from peerchallenge.shared.answers import Answer


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    permissions.open_people(request.user).require()
    asked = PeopleParams.clean_or_404(request.GET)
    found = {"q": asked["q"], "left": asked["left"]}
    regions = _regions(request.user)
    if region := _chosen(regions, asked["region"]):
        page = queries.people_of_region(region, rules=_rules(request.user), **found)
    else:
        own = request.user.authorities_where(Role.DIRECTOR)
        page = queries.people_of_authorities(own, rules=_rules(request.user), **found)
    context = {"page": page, "regions": regions, "shown": region}
    return render(request, "authorities/people_list.html", context)


@require_http_methods(["GET", "POST"])
def person_invite(request: HttpRequest) -> HttpResponse:
    permissions.open_people(request.user).require()
    form = _invite_form(request)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        actions.invite_person(
            asked["email"],
            asked["name"],
            Role(asked["role"]),
            post=asked["post"],
            **_at(asked["place"]),
            by=request.user,
        )
        messages.success(request, f"{asked['name']} is being sent an invitation.")
        return redirect("people")
    return render(request, "authorities/person_invite.html", {"form": form})


@require_POST
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.invite_again(invitation, by=request.user)
    messages.success(request, f"{invitation.name} is being sent a new link.")
    return redirect("people")


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.withdraw_invitation(invitation, by=request.user)
    messages.success(request, f"The invitation of {invitation.name} is withdrawn.")
    return redirect("people")


@require_http_methods(["GET", "POST"])
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    memberships = Membership.objects.visible_to(request.user)
    membership = get_object_or_404(
        memberships.select_related("user", "region", "authority__region"), pk=pk
    )
    permissions.end_membership(request.user, membership).require()
    data = request.POST if request.method == "POST" else None
    form = EndMembershipForm(data, membership=membership, cancel_url=reverse("people"))
    if data is not None and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        actions.end_membership(membership, last_day=last_day, by=request.user)
        messages.success(request, _ended(membership, last_day))
        return redirect("people")
    context = {"form": form, "membership": membership}
    return render(request, "authorities/membership_end.html", context)


def _rules(user: User) -> queries.Rules:
    return queries.Rules(
        partial(permissions.end_membership, user), partial(permissions.change_invitation, user)
    )


def _ended(membership: Membership, last_day: object) -> str:
    if last_day:
        return f"The role of {membership.user.name} ends on {last_day:%-d %B %Y}."
    return f"The role of {membership.user.name} has ended."


def _regions(user: User) -> list[Region]:
    run = user.regions_where(Role.BOARD_OFFICER)
    return [region for region in Region.objects.visible_to(user) if region.pk in run]


def _chosen(regions: list[Region], slug: str) -> Region | None:
    """The region asked for; the first one if none is."""
    if not slug:
        return regions[0] if regions else None
    for region in regions:
        if region.slug == slug:
            return region
    raise Http404("No region of yours has this name")


def _invite_form(request: HttpRequest) -> InviteForm:
    user = request.user
    runs_a_board = user.holds(Role.BOARD_OFFICER)
    return InviteForm(
        request.POST if request.method == "POST" else None,
        places=queries.places_for(user),
        roles=[*HELD_IN_A_REGION, *HELD_IN_AN_AUTHORITY]
        if runs_a_board
        else list(permissions.GIVEN_BY_DIRECTOR),
        may_invite=partial(_may_invite, user),
        initial=InviteParams.clean_or_default(request.GET),
        cancel_url=reverse("people"),
    )


def _may_invite(user: User, role: Role, place: Place) -> Answer:
    return permissions.invite_person(user, role, **_at(place))


def _at(place: Place) -> dict[str, Place]:
    return {"region" if isinstance(place, Region) else "authority": place}
