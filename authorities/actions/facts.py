from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from authorities.models import Authority, Border, Neighbour, Region, Succession

FACTS = Path(__file__).resolve().parent.parent / "facts"
BOARD = ("name", "board_name", "colour")
NAMED = ("name", "short_name", "official_name", "code3", "kind")
PLACED = ("latitude", "longitude", "crossing_minutes", "map_column", "map_row")


@transaction.atomic
def load_facts() -> int:
    """England's regions and authorities, what came of which, and who is near and like whom.

    Published facts, not anybody's act: safe to repeat, and what an officer changed since (a
    board's name, a colour) stays. Returns the number of authorities.
    """
    new = [Region(slug=row["slug"], **{key: row[key] for key in BOARD}) for row in _rows("regions")]
    Region.objects.bulk_create(new, ignore_conflicts=True)
    _load_authorities()
    known = {authority.dfe_code: authority for authority in Authority.objects.all()}
    Succession.objects.bulk_create(
        [
            Succession(
                before=known[row["from_code"]],
                after=known[row["to_code"]],
                on=date.fromisoformat(row["effective_date"]),
                event=row["event"],
            )
            for row in _rows("successions")
        ],
        ignore_conflicts=True,
    )
    _load_neighbours(known)
    _load_borders(known)
    return len(known)


def _load_authorities() -> None:
    regions = {region.slug: region for region in Region.objects.all()}
    places = {row["dfe_code"]: row for row in _rows("places")}
    authorities = [
        Authority(
            dfe_code=row["dfe_code"],
            region=regions[row["region"]],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            latitude=float(places[row["dfe_code"]]["latitude"]),
            longitude=float(places[row["dfe_code"]]["longitude"]),
            crossing_minutes=int(places[row["dfe_code"]]["crossing_minutes"]),
            map_column=int(row["map_column"]),
            map_row=int(row["map_row"]),
            **{key: row[key] for key in NAMED},
        )
        for row in _rows("authorities")
    ]
    Authority.objects.bulk_create(
        authorities,
        update_conflicts=True,
        unique_fields=["dfe_code"],
        update_fields=[*NAMED, *PLACED, "region", "valid_from", "valid_to"],
    )


def _load_neighbours(known: dict[str, Authority]) -> None:
    """All or none: where the published ranks differ from what is there, they take its place."""
    published = {
        (row["dfe_code"], row["neighbour_code"], int(row["rank"])) for row in _rows("neighbours")
    }
    there = Neighbour.objects.values_list("authority__dfe_code", "neighbour__dfe_code", "rank")
    if set(there) == published:
        return
    Neighbour.objects.all().delete()
    Neighbour.objects.bulk_create(
        Neighbour(authority=known[one], neighbour=known[other], rank=rank)
        for one, other, rank in sorted(published)
    )


def _load_borders(known: dict[str, Authority]) -> None:
    """A border stands once in the file, and both ways round in the table."""
    pairs = [(row["one_code"], row["other_code"]) for row in _rows("borders")]
    published = {pair for one, other in pairs for pair in ((one, other), (other, one))}
    if set(Border.objects.values_list("authority__dfe_code", "other__dfe_code")) == published:
        return
    Border.objects.all().delete()
    Border.objects.bulk_create(
        Border(authority=known[one], other=known[other]) for one, other in sorted(published)
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
