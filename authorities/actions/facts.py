from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from authorities.models import Authority, Region, Succession

FACTS = Path(__file__).resolve().parent.parent / "facts"


@transaction.atomic
def load_facts() -> int:
    """England's regions, authorities and successions from the facts files; safe to repeat.

    Published facts, not anybody's act: what an officer changed since (a board's name, a
    colour) stays. Returns the number of authorities.
    """
    for row in _rows("regions"):
        Region.objects.get_or_create(
            slug=row["slug"],
            defaults={key: row[key] for key in ("name", "board_name", "colour")},
        )
    regions = {region.slug: region for region in Region.objects.all()}
    for row in _rows("authorities"):
        Authority.objects.update_or_create(
            dfe_code=row["dfe_code"],
            defaults={
                **{
                    key: row[key]
                    for key in ("name", "short_name", "official_name", "code3", "kind")
                },
                "region": regions[row["region"]],
                "valid_from": _day(row["valid_from"]),
                "valid_to": _day(row["valid_to"]),
                "map_column": int(row["map_column"]),
                "map_row": int(row["map_row"]),
            },
        )
    known = {authority.dfe_code: authority for authority in Authority.objects.all()}
    for row in _rows("successions"):
        Succession.objects.get_or_create(
            before=known[row["from_code"]],
            after=known[row["to_code"]],
            on=date.fromisoformat(row["effective_date"]),
            defaults={"event": row["event"]},
        )
    return len(known)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
