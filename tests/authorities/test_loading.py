"""The facts files in the database: all of them, once, however often they are loaded."""

from __future__ import annotations

import pytest

from authorities.actions import load_facts
from authorities.models import Authority, Border, Neighbour, Region, Succession

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [model.objects.count() for model in (Region, Authority, Succession, Neighbour, Border)]


def test_loading_twice_changes_nothing(django_assert_max_num_queries: object) -> None:
    assert load_facts() == 158
    first = counts()
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        load_facts()
    assert counts() == first == [9, 158, 8, 1580, 760]


def test_a_board_keeps_the_name_that_its_officer_gave_it() -> None:
    load_facts()
    Region.objects.filter(slug="south-west").update(board_name="Our board")
    load_facts()
    assert Region.objects.get(slug="south-west").board_name == "Our board"


def test_what_somebody_changed_in_the_published_facts_is_put_right() -> None:
    load_facts()
    bath = Authority.objects.get(dfe_code="800")
    Authority.objects.filter(pk=bath.pk).update(latitude=0, name="Bath")
    bath.neighbours.filter(rank=1).delete()
    bath.borders.all().delete()
    load_facts()
    again = Authority.objects.get(dfe_code="800")
    assert (again.pk, again.name, again.latitude) == (
        bath.pk,
        "Bath and North East Somerset",
        51.356,
    )
    assert [one.rank for one in again.neighbours.all()] == list(range(1, 11))
    assert sorted(str(one.other) for one in again.borders.all()) == [
        "Bristol",
        "North Somerset",
        "Somerset",
        "South Gloucestershire",
        "Wiltshire",
    ]


def test_a_border_is_there_both_ways_round() -> None:
    load_facts()
    pairs = set(Border.objects.values_list("authority__dfe_code", "other__dfe_code"))
    assert pairs == {(other, one) for one, other in pairs}
