"""The page about matching names every rule and score, with its weight, and no other."""

from __future__ import annotations

from pathlib import Path

from rounds.matching.bars import RULES
from rounds.matching.scores import SCORES
from rounds.queries.weighing import TOPOLOGIES

PAGE = Path(__file__).resolve().parents[3] / "docs" / "matching.md"


def tables() -> list[list[list[str]]]:
    """Each table as its rows of cells, without the heading."""
    found: list[list[list[str]]] = []
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
            inside = True
        found[-1].append([cell.strip(" `") for cell in line.strip("|").split("|")])
    return [rows[2:] for rows in found]


def test_every_rule_is_on_the_page_in_its_order() -> None:
    rules, _, _ = tables()
    assert [row[0] for row in rules] == list(RULES)


def test_every_score_is_on_the_page_with_its_weight() -> None:
    _, scores, _ = tables()
    assert [(row[0], int(row[1])) for row in scores] == [
        (score.key, score.default) for score in SCORES
    ]


def test_every_topology_is_on_the_page() -> None:
    _, _, topologies = tables()
    told = {name.strip(" `"): row[1] for row in topologies for name in row[0].split(",")}
    assert told == TOPOLOGIES
