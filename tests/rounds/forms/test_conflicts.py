"""What a declaration of a conflict asks for, and what it makes of the answers."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds import permissions
from rounds.forms.conflicts import ConflictForm
from rounds.models import ConflictKind
from rounds.queries.conflicts import counts_until, declares_for, others_by_group
from tests.factories import AuthorityFactory
from tests.world import World, fresh


def form_of(user: User, data: dict[str, Any] | None = None, **asked: int) -> ConflictForm:
    user = fresh(user)
    own = declares_for(user)
    return ConflictForm(
        data,
        own=own,
        others=others_by_group({one.region_id for one in own}),
        may_declare=partial(permissions.declare_conflict, user),
        asked={"authority": None, "other": None, **asked},
        cancel_url="/conflicts",
    )


def answers(world: World, **more: Any) -> dict[str, Any]:
    first, second, _ = world.authorities
    return {
        "authority": str(first.pk),
        "other": str(second.pk),
        "kind": "contract",
        "keeps": "authorities",
    } | more


def dated(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def errors(form: ConflictForm) -> dict[str, list[str]]:
    return {name: [str(text) for text in found] for name, found in form.errors.items()}


def test_a_contract_counts_with_no_last_day_unless_one_is_said(world: World) -> None:
    form = form_of(world.directors[0], answers(world))
    assert errors(form) == {}
    details = form.details_of()
    assert (details["kind"], details["expires_on"]) == (ConflictKind.CONTRACT, None)
    assert (details["authority"], details["other"]) == tuple(world.authorities[:2])
    until = timezone.localdate() + timedelta(days=9)
    form = form_of(world.directors[0], answers(world, **dated("expires_on", until)))
    assert errors(form) == {}
    assert form.details_of()["expires_on"] == until


def test_work_there_counts_for_two_years_from_the_day_one_left(world: World) -> None:
    left = timezone.localdate() - timedelta(days=200)
    asked = answers(world, kind="worked_there", keeps="oneself", **dated("left_on", left))
    form = form_of(world.directors[0], asked)
    assert errors(form) == {}
    assert form.details_of()["expires_on"] == counts_until("worked_there", left)
    assert form.details_of()["only_me"]


@pytest.mark.parametrize(
    ("left", "until"),
    [
        (date(2025, 3, 31), date(2027, 3, 31)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (None, None),
    ],
)
def test_two_years_are_counted_by_the_calendar(left: date | None, until: date | None) -> None:
    assert counts_until(ConflictKind.WORKED_THERE, left) == until
    assert counts_until(ConflictKind.FAMILY, left) is None


def test_a_day_that_is_missing_or_too_long_ago_is_asked_for(world: World) -> None:
    asked = answers(world, kind="worked_there")
    assert errors(form_of(world.directors[0], asked)) == {
        "left_on": ["Enter the day you left there"]
    }
    long_ago = dated("left_on", timezone.localdate() - timedelta(days=800))
    assert errors(form_of(world.directors[0], asked | long_ago)) == {
        "left_on": ["You left more than two years ago: there is nothing to declare"]
    }


def test_something_else_is_said_in_words(world: World) -> None:
    form = form_of(world.directors[0], answers(world, kind="other"))
    assert errors(form) == {"details": ["Enter what the conflict is"]}


def test_an_authority_has_no_conflict_with_itself(world: World) -> None:
    same = str(world.authorities[0].pk)
    form = form_of(world.directors[0], answers(world, other=same))
    assert errors(form) == {"other": ["Choose another authority than your own"]}
    assert f'value="{same}"' not in str(form["other"])
    assert f'value="{world.authorities[1].pk}"' in str(form["other"])


def test_nobody_chooses_an_authority_that_is_not_theirs(world: World) -> None:
    theirs = str(world.authorities[1].pk)
    form = form_of(world.directors[0], answers(world, authority=theirs))
    assert list(form.errors) == ["authority"]


def test_nothing_answered_says_what_is_missing(world: World) -> None:
    assert errors(form_of(world.officer, {})) == {
        "authority": ["Select the authority you say this for"],
        "other": ["Select the other authority"],
        "kind": ["Select why there is a conflict"],
    }
    assert "keeps" in errors(form_of(world.directors[0], {}))


def test_whoever_works_in_one_authority_is_not_asked_which(world: World) -> None:
    form = form_of(world.directors[0])
    assert form.fields["authority"].widget.is_hidden
    assert form.only_own == world.authorities[0]
    assert form["authority"].value() == world.authorities[0].pk


def test_an_officer_chooses_among_the_region_and_keeps_nobody_off_in_person(world: World) -> None:
    form = form_of(world.officer)
    labels = [label for _, label in form.fields["authority"].choices[1:]]
    assert labels == sorted(one.name for one in world.authorities)
    assert "keeps" not in form.fields
    world.officer.memberships.create(role=Role.REVIEWER, authority=world.authorities[2])
    form = form_of(world.officer)
    assert form.fields["authority"].choices[1][1] == world.authorities[2].name
    first = form_of(world.officer, answers(world, keeps="oneself"))
    assert list(first.errors) == ["keeps"]


def test_the_region_comes_first_then_england_by_letter(world: World) -> None:
    for name in ("Barnsley", "Bury", "Camden"):
        AuthorityFactory(name=name)
    AuthorityFactory(name="Avon", valid_to=date(1996, 3, 31))
    groups = form_of(world.directors[0]).fields["other"].choices[1:]
    named = [(group, [label for _, label in rows]) for group, rows in groups]
    own = sorted(one.name for one in world.authorities)
    assert named[0] == (world.region.name, own)
    assert named[1:] == [
        ("Elsewhere in England: B", ["Barnsley", "Bury"]),
        ("Elsewhere in England: C", ["Camden"]),
    ]
