"""The facts files: who runs children's services, since when, and where they sit on the map."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from peerchallenge.shared.fields import RegionColour
from rounds.matching.facts import Place
from rounds.matching.travel import straight_km

FACTS = Path(__file__).resolve().parents[2] / "authorities" / "facts"
AUTUMN_2012 = date(2012, 9, 1)
KINDS = {"county", "unitary", "metropolitan", "london_borough", "city_corporation"}
COLOURS = set(RegionColour.values)

Row = dict[str, str]


def read(name: str) -> list[Row]:
    with (FACTS / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


AUTHORITIES = read("authorities.csv")
SUCCESSIONS = read("successions.csv")
REGIONS = read("regions.csv")
PLACES = read("places.csv")
NEIGHBOURS = read("neighbours.csv")
BORDERS = read("borders.csv")
BY_CODE = {row["dfe_code"]: row for row in AUTHORITIES}


def day(text: str, blank: date) -> date:
    return date.fromisoformat(text) if text else blank


def open_on(when: date) -> list[Row]:
    return [
        row
        for row in AUTHORITIES
        if day(row["valid_from"], date.min) <= when <= day(row["valid_to"], date.max)
    ]


def repeated(values: list[object]) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]


def days_of_change() -> list[date]:
    opened = {row["valid_from"] for row in AUTHORITIES} - {""}
    return [
        AUTUMN_2012,
        *sorted(date.fromisoformat(text) for text in opened),
        date.today(),
    ]


def test_153_authorities_run_childrens_services_today():
    assert len(open_on(date.today())) == 153


def test_152_did_in_the_autumn_of_2012():
    assert len(open_on(AUTUMN_2012)) == 152


def test_the_south_west_of_2012_has_its_sixteen():
    names = sorted(row["name"] for row in open_on(AUTUMN_2012) if row["region"] == "south-west")
    assert names == [
        "Bath and North East Somerset",
        "Bournemouth",
        "Bristol",
        "Cornwall",
        "Devon",
        "Dorset",
        "Gloucestershire",
        "Isles of Scilly",
        "North Somerset",
        "Plymouth",
        "Poole",
        "Somerset",
        "South Gloucestershire",
        "Swindon",
        "Torbay",
        "Wiltshire",
    ]


def test_dorset_is_two_authorities_one_after_the_other():
    dorsets = [row for row in AUTHORITIES if row["name"] == "Dorset"]
    assert [(row["dfe_code"], row["valid_from"], row["valid_to"]) for row in dorsets] == [
        ("835", "", "2019-03-31"),
        ("838", "2019-04-01", ""),
    ]


def test_codes_are_unique_over_all_time():
    assert repeated([row["dfe_code"] for row in AUTHORITIES]) == []
    assert repeated([row["code3"] for row in AUTHORITIES]) == []


def test_codes_have_their_shape():
    assert [r["dfe_code"] for r in AUTHORITIES if not (r["dfe_code"].isdigit())] == []
    assert {len(row["dfe_code"]) for row in AUTHORITIES} == {3}
    assert [
        r["code3"] for r in AUTHORITIES if not (r["code3"].isalpha() and r["code3"].isupper())
    ] == []
    assert {len(row["code3"]) for row in AUTHORITIES} == {3}


@pytest.mark.parametrize("when", days_of_change(), ids=str)
def test_names_are_unique_among_those_open_on_one_day(when: date):
    assert repeated([row["name"] for row in open_on(when)]) == []
    assert repeated([row["short_name"] for row in open_on(when)]) == []
    assert repeated([row["official_name"] for row in open_on(when)]) == []


@pytest.mark.parametrize("when", days_of_change(), ids=str)
def test_no_two_authorities_of_a_region_share_a_place_on_its_map(when: date):
    places: list[object] = [
        (row["region"], int(row["map_column"]), int(row["map_row"])) for row in open_on(when)
    ]
    assert repeated(places) == []


@pytest.mark.parametrize("when", [AUTUMN_2012, date.today()], ids=str)
def test_every_place_on_a_map_touches_another_unless_it_is_an_island(when: date):
    apart = []
    for region in REGIONS:
        places = {
            row["name"]: (
                int(row["map_column"]) + int(row["map_row"]) % 2 / 2,
                int(row["map_row"]),
            )
            for row in open_on(when)
            if row["region"] == region["slug"]
        }
        for name, (x, y) in places.items():
            near = [
                other
                for other, (x2, y2) in places.items()
                if (abs(x - x2), abs(y - y2)) in {(1, 0), (0.5, 1)}
            ]
            if not near:
                apart.append(name)
    assert apart == ["Isles of Scilly"]


def test_maps_start_at_their_top_left_corner():
    for region in REGIONS:
        rows = [row for row in AUTHORITIES if row["region"] == region["slug"]]
        assert min(int(row["map_column"]) for row in rows) == 0, region["name"]
        assert min(int(row["map_row"]) for row in rows) == 0, region["name"]


def test_every_closed_authority_has_a_successor_that_opens_the_next_day():
    closed = {row["dfe_code"]: row["valid_to"] for row in AUTHORITIES if row["valid_to"]}
    assert sorted(closed) == ["835", "836", "837", "909", "928"]
    assert {step["from_code"] for step in SUCCESSIONS} == set(closed)
    for step in SUCCESSIONS:
        next_day = date.fromisoformat(closed[step["from_code"]]) + timedelta(days=1)
        assert date.fromisoformat(step["effective_date"]) == next_day
        assert BY_CODE[step["to_code"]]["valid_from"] == step["effective_date"]


def test_every_authority_opened_since_2012_has_a_predecessor():
    opened = {row["dfe_code"] for row in AUTHORITIES if row["valid_from"]}
    assert opened == {step["to_code"] for step in SUCCESSIONS}


def test_successions_stay_in_the_region_and_name_a_known_event():
    assert {step["event"] for step in SUCCESSIONS} == {
        "merged",
        "split",
        "replaced",
        "part_transferred",
    }
    for step in SUCCESSIONS:
        assert BY_CODE[step["from_code"]]["region"] == BY_CODE[step["to_code"]]["region"]


def test_there_are_nine_regions_each_with_a_board_and_a_colour_of_its_own():
    assert len(REGIONS) == 9
    assert {row["region"] for row in AUTHORITIES} == {region["slug"] for region in REGIONS}
    assert {region["colour"] for region in REGIONS} == COLOURS
    assert all(region["board_name"].endswith("Children’s Improvement Board") for region in REGIONS)


def test_kinds_are_the_five_we_know():
    assert {row["kind"] for row in AUTHORITIES} == KINDS


def test_every_authority_has_one_place_in_england():
    assert [row["dfe_code"] for row in PLACES] == sorted(BY_CODE)
    for row in PLACES:
        assert 49.9 < float(row["latitude"]) < 55.9, row
        assert -6.4 < float(row["longitude"]) < 1.8, row


def test_two_authorities_are_reached_by_a_crossing():
    crossings = {BY_CODE[row["dfe_code"]]["name"]: row["crossing_minutes"] for row in PLACES}
    assert {name: minutes for name, minutes in crossings.items() if minutes != "0"} == {
        "Isles of Scilly": "120",
        "Isle of Wight": "60",
    }


def test_authorities_that_share_a_border_are_not_far_apart():
    """What finds a centroid that stands in another part of the country."""
    place = {
        row["dfe_code"]: Place(float(row["latitude"]), float(row["longitude"])) for row in PLACES
    }
    far = [
        (BY_CODE[row["one_code"]]["name"], BY_CODE[row["other_code"]]["name"])
        for row in BORDERS
        if straight_km(place[row["one_code"]], place[row["other_code"]]) > 115
    ]
    assert far == []


def test_a_border_stands_once_and_is_between_two():
    pairs = [(row["one_code"], row["other_code"]) for row in BORDERS]
    assert pairs == sorted({tuple(sorted(pair)) for pair in pairs})
    assert [pair for pair in pairs if pair[0] == pair[1]] == []


def test_all_but_the_islands_share_a_border_with_somebody():
    bordering = {row[end] for row in BORDERS for end in ("one_code", "other_code")}
    assert sorted(BY_CODE[code]["name"] for code in set(BY_CODE) - bordering) == [
        "Isle of Wight",
        "Isles of Scilly",
    ]


def test_every_authority_has_ten_statistical_neighbours_in_order():
    ranks: dict[str, list[int]] = {code: [] for code in BY_CODE}
    for row in NEIGHBOURS:
        assert row["neighbour_code"] in BY_CODE
        assert row["neighbour_code"] != row["dfe_code"]
        ranks[row["dfe_code"]].append(int(row["rank"]))
    assert {tuple(each) for each in ranks.values()} == {tuple(range(1, 11))}
    pairs = [(row["dfe_code"], row["neighbour_code"]) for row in NEIGHBOURS]
    assert repeated(pairs) == []


def test_no_cell_has_stray_spaces():
    for row in [*AUTHORITIES, *SUCCESSIONS, *REGIONS, *PLACES, *NEIGHBOURS, *BORDERS]:
        for value in row.values():
            assert value == " ".join(value.split())
