"""Real rounds, from the published facts of `authorities/facts` alone: who was there, and where.

    python -m bench.published > bench/south_west_2012.json

writes the South West's first round as a problem for `python -m rounds.matching`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from rounds.matching import Problem
from rounds.matching.facts import Place, RoundFacts, Settings, Side
from rounds.matching.weighing import problem_of

FACTS = Path(__file__).resolve().parent.parent / "authorities" / "facts"
SOUTH_WEST_2012 = Path(__file__).resolve().parent / "south_west_2012.json"
AUTUMN_2012 = date(2012, 9, 1)
BATH, DORSET, SWINDON = "800", "835", "866"
# What two of the sixteen chose, as Bath and North East Somerset told its scrutiny panel in 2013.
AREAS = {
    BATH: "Children diverted from care",
    SWINDON: "Thresholds and access to safeguarding services",
}
# Host, then challenger: the two matches of that round that are on record.
KNOWN = frozenset({(BATH, DORSET), (SWINDON, BATH)})


def published(
    day: date, region: str | None = None, areas: dict[str, str] | None = None
) -> RoundFacts:
    """Whoever ran children's services on that day, in England or in one region of it."""
    there = {
        row["dfe_code"]: row["name"]
        for row in _rows("authorities")
        if date.fromisoformat(row["valid_from"] or "1900-01-01") <= day
        and day <= date.fromisoformat(row["valid_to"] or "9999-12-31")
        and region in (None, row["region"])
    }
    places = {
        row["dfe_code"]: Place(
            float(row["latitude"]), float(row["longitude"]), int(row["crossing_minutes"])
        )
        for row in _rows("places")
    }
    neighbours: dict[str, dict[str, int]] = {}
    for row in _rows("neighbours"):
        neighbours.setdefault(row["dfe_code"], {})[row["neighbour_code"]] = int(row["rank"])
    borders = [(row["one_code"], row["other_code"]) for row in _rows("borders")]
    return RoundFacts(
        topology="directed",
        sides={
            code: Side(code, name, area=(areas or {}).get(code, ""), place=places[code])
            for code, name in there.items()
        },
        visit_days=2,
        neighbours=neighbours,
        borders=frozenset(pair for one, other in borders for pair in ((one, other), (other, one))),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def south_west_2012() -> Problem:
    """The sixteen, each challenged once and challenging once, never mutually, two as they were."""
    facts = published(AUTUMN_2012, "south-west", AREAS)
    return problem_of(facts, Settings(locked=KNOWN))


def as_json(problem: Problem) -> str:
    """In the format that `python -m rounds.matching` reads, an authority or an arc a line."""
    whole: dict[str, Any] = {
        "topology": problem.topology,
        "challengers_per_host": problem.challengers_per_host,
        "mutual_allowed": problem.mutual_allowed,
        "objective": problem.objective,
        "locked": problem.locked,
        "authorities": [asdict(one) for one in problem.authorities],
        "arcs": [
            {key: value for key, value in arc._asdict().items() if value is not None}
            for arc in problem.arcs
        ],
    }
    lines = []
    for key, value in whole.items():
        rows = [json.dumps(one, ensure_ascii=False) for one in value] if key in MANY else []
        text = "[\n  " + ",\n  ".join(rows) + "\n ]" if rows else json.dumps(value)
        lines.append(f' "{key}": {text}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


MANY = ("authorities", "arcs")

if __name__ == "__main__":
    print(as_json(south_west_2012()), end="")
