"""What the demo's teams found, and what their letters say."""

import json
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from peerchallenge.demo.content import AuthorityContent, Challenge, load_region

ROOT = Path(__file__).resolve().parents[3]
PRESET = json.loads((ROOT / "rounds" / "presets" / "paired_visits.json").read_text("utf-8"))
REGION = load_region("south-west")
PARTS = {part["key"]: part for part in PRESET["letter"]["parts"]}
HOSTS_WITH_FINDINGS = [
    challenge.host for challenge in REGION.challenges if challenge.has_reached("fed_back")
]
HOSTS_WITH_LETTERS = [
    challenge.host for challenge in REGION.challenges if challenge.has_reached("letter_drafting")
]


def content_of(challenge: Challenge) -> AuthorityContent:
    return REGION.authority(challenge.host)


def letter_texts(authority: AuthorityContent) -> list[str]:
    return [*authority.letter.values(), *(finding.letter_text for finding in authority.findings)]


@pytest.mark.parametrize("host", HOSTS_WITH_FINDINGS)
def test_a_challenge_that_was_fed_back_has_findings_of_every_kind(host: str):
    findings = REGION.authority(host).findings
    assert 10 <= len(findings) <= 20
    kinds = Counter(finding.kind for finding in findings)
    assert set(kinds) == {"strength", "area_for_consideration", "good_practice"}
    assert kinds["strength"] >= 4
    assert kinds["area_for_consideration"] >= 5


def test_findings_belong_to_a_theme_of_the_preset_and_say_something_twice():
    themes = {theme["key"] for theme in PRESET["finding_themes"]}
    for challenge in REGION.challenges:
        for finding in content_of(challenge).findings:
            assert finding.theme in themes, challenge.host
            assert finding.team_text, challenge.host
            if challenge.has_reached("fed_back"):
                assert finding.letter_text not in {"", finding.team_text}, challenge.host


def test_only_a_visit_that_has_begun_has_findings():
    early = [c.host for c in REGION.challenges if not c.has_reached("on_site")]
    assert [host for host in early if REGION.authority(host).findings] == []


def test_the_two_challenges_of_the_first_story_have_many_findings():
    assert len(REGION.authority("bath-and-north-east-somerset").findings) >= 14
    assert len(REGION.authority("swindon").findings) >= 14


@pytest.mark.parametrize("host", HOSTS_WITH_LETTERS)
def test_a_letter_has_headlines_and_edits_only_parts_that_exist(host: str):
    letter = REGION.authority(host).letter
    assert len(letter["headlines"].split()) > 80
    written = [key for key in letter if not key.startswith("answer_")]
    assert [key for key in written if PARTS[key]["kind"] not in ("text", "activity")] == []
    assert "answer_1" in letter
    for text in letter.values():
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert names <= set(PRESET["letter"]["placeholders"])


def test_no_letter_exists_before_the_visit_was_fed_back():
    written = {authority.slug for authority in REGION.authorities if authority.letter}
    assert written == set(HOSTS_WITH_LETTERS)


def test_what_peers_write_is_never_called_an_inspection_a_judgement_or_a_rating():
    words = re.compile(r"\b(inspect\w*|judge\w*|judging|judgement\w*|rating\w*|grade\w*)\b", re.I)
    used = [
        (authority.slug, match.group())
        for authority in REGION.authorities
        for text in letter_texts(authority)
        if (match := words.search(text))
    ]
    assert used == []


def test_hosts_replied_on_accuracy_where_the_stage_says_so():
    replied = {c.host for c in REGION.challenges if c.has_reached("letter_replied")}
    assert {a.slug for a in REGION.authorities if a.accuracy} == replied
    asked = {a.slug for a in REGION.authorities if a.accuracy and not a.accuracy.agrees}
    assert asked == {"swindon", "dorset"}


def test_corrections_point_at_what_the_letter_says():
    for challenge in REGION.challenges:
        authority = content_of(challenge)
        if authority.accuracy is None or authority.accuracy.agrees:
            continue
        assert len(authority.accuracy.corrections) == 2
        for correction in authority.accuracy.corrections:
            # A letter beyond the reply has been put right already.
            put_right = challenge.stage != "letter_replied"
            expected = correction.should_say if put_right else correction.says
            assert expected in authority.letter[correction.part]
