"""What the demo's authorities say they can give: everybody, about areas and people there are."""

from peerchallenge.demo.content import load_region
from peerchallenge.demo.offers import read_offers

REGION, OFFERS = load_region("south-west"), read_offers()


def test_every_authority_has_said_something() -> None:
    slugs = sorted(authority.slug for authority in REGION.authorities)
    assert sorted(words["authority"] for words in OFFERS) == slugs


def test_strengths_are_the_regions_areas_or_have_a_name() -> None:
    strengths = [row for words in OFFERS for row in words.get("strengths", [])]
    areas = [row["area"] for row in strengths if "area" in row]
    assert set(areas) == set(REGION.priority_areas)
    assert all(row["how"] and ("area" in row) != ("own" in row) for row in strengths)


def test_wishes_are_for_others_of_the_region() -> None:
    slugs = {authority.slug for authority in REGION.authorities}
    wished = [(o["authority"], w["authority"]) for o in OFFERS for w in o.get("wishes", [])]
    assert [pair for pair in wished if pair[0] == pair[1] or pair[1] not in slugs] == []
