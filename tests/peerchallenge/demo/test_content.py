"""The demo's words: whole, legal under the preset's rules, and nobody real in them."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest

from peerchallenge.demo.content import STAGES, Challenge, When, load_region

ROOT = Path(__file__).resolve().parents[3]
PRESET = json.loads((ROOT / "rounds" / "presets" / "paired_visits.json").read_text("utf-8"))
REGION = load_region("south-west")
QUESTIONS = {
    question["key"]: question
    for section in PRESET["questionnaire"]["sections"]
    for question in section["questions"]
}
DAYS = [date(2026, 1, 1) + timedelta(days=days) for days in range(0, 1500, 3)]


def every_text() -> list[tuple[str, str]]:
    texts = []
    for authority in REGION.authorities:
        own = [*authority.answers.values(), *authority.letter.values(), authority.area.reason]
        own += [text for f in authority.findings for text in (f.team_text, f.letter_text)]
        own += [authority.accuracy.text] if authority.accuracy else []
        texts += [(authority.slug, text) for text in own]
    return texts


# Pairings and dates


def test_the_region_is_the_sixteen_of_2012():
    assert REGION.as_it_stood_on == date(2012, 9, 1)
    assert len({authority.slug for authority in REGION.authorities}) == 16
    assert len({authority.dfe_code for authority in REGION.authorities}) == 16


def test_each_authority_is_host_once_and_challenger_once():
    slugs = sorted(authority.slug for authority in REGION.authorities)
    assert sorted(challenge.host for challenge in REGION.challenges) == slugs
    assert sorted(challenge.challenger for challenge in REGION.challenges) == slugs


def test_nobody_challenges_themselves_or_their_own_challenger():
    pairs = {(challenge.challenger, challenge.host) for challenge in REGION.challenges}
    assert [pair for pair in pairs if (pair[1], pair[0]) in pairs] == []


@pytest.mark.parametrize(
    ("host", "challenger", "area"),
    [
        ("bath-and-north-east-somerset", "dorset", "Diversion from care"),
        ("swindon", "bath-and-north-east-somerset", "Safeguarding services and thresholds"),
        ("dorset", "plymouth", "Domestic violence referrals"),
        ("bournemouth", "wiltshire", "Special educational needs"),
    ],
)
def test_the_known_challenges_are_there(host: str, challenger: str, area: str):
    assert REGION.challenge_of(host).challenger == challenger
    assert REGION.authority(host).area.title == area


def test_an_area_outside_the_priorities_comes_with_a_reason():
    own = {a.slug: a.area.reason for a in REGION.authorities if a.area.priority is None}
    assert set(own) == {"dorset", "bournemouth"}
    assert [slug for slug, reason in own.items() if len(reason.split()) < 40] == []
    assert [a.slug for a in REGION.authorities if not a.area.question] == []


def test_the_stages_are_spread_so_that_every_page_has_something_to_show():
    reached = Counter(challenge.stage for challenge in REGION.challenges)
    assert reached == {
        "offered": 1,
        "accepted": 2,
        "booked": 3,
        "postponed": 1,
        "on_site": 1,
        "fed_back": 1,
        "letter_drafting": 1,
        "letter_with_host": 1,
        "letter_replied": 1,
        "letter_approved": 1,
        "letter_issued": 3,
    }
    assert set(reached) == set(STAGES)


@pytest.mark.parametrize("challenge", REGION.challenges, ids=lambda challenge: challenge.host)
def test_dates_fit_the_stage_on_any_day(challenge: Challenge):
    if challenge.first_day is None:
        assert not challenge.has_reached("booked")
        return
    for today in DAYS:
        first, feedback = challenge.days(today)
        assert 5 <= (feedback - first).days <= 9
        assert first.weekday() < 5
        assert feedback.weekday() < 5
        if challenge.stage in {"booked", "postponed"}:
            assert today < first
        elif challenge.stage == "on_site":
            assert first <= today < feedback
        else:
            assert feedback <= today


def test_no_authority_is_in_two_places_on_one_day():
    for today in DAYS:
        diary = []
        for challenge in REGION.challenges:
            if challenge.first_day:
                both = (challenge.host, challenge.challenger)
                diary += [(who, day) for who in both for day in challenge.days(today)]
        assert len(diary) == len(set(diary))


def test_a_visit_to_come_avoids_closed_days_and_the_turn_of_the_year():
    friday = When(weeks=1, weekday="fri")
    assert friday.on(date(2026, 3, 24), closed={date(2026, 4, 3), date(2026, 4, 6)}) == date(
        2026, 4, 7
    )
    assert When(weeks=2, weekday="wed").on(date(2026, 12, 10)) == date(2027, 1, 6)


def test_a_visit_in_the_past_moves_further_into_the_past():
    assert When(weeks=-1, weekday="mon").on(date(2026, 4, 14), closed={date(2026, 4, 6)}) == date(
        2026, 4, 3
    )


def test_the_round_is_named_after_the_years_it_touches():
    assert REGION.round_name(date(2026, 11, 20)) == "2026 to 2027 round"
    assert REGION.round_name(date(2026, 3, 2)) == "2025 to 2026 round"


# People


def test_every_authority_has_a_director_a_lead_member_an_officer_and_a_lead():
    for authority in REGION.authorities:
        roles = [person.role for person in authority.people]
        assert roles == ["director", "lead_member", "officer", "lead"], authority.slug


def test_challengers_whose_visit_is_booked_have_a_team_of_three_to_five():
    booked = {c.challenger for c in REGION.challenges if c.has_reached("booked")}
    sizes = {slug: len(REGION.authority(slug).team) for slug in booked}
    assert [slug for slug, size in sizes.items() if not 3 <= size <= 5] == []


def test_nobody_has_the_same_name_or_address_as_another():
    everybody = [
        *REGION.people,
        *chain.from_iterable((*a.people, *a.team) for a in REGION.authorities),
    ]
    assert len({person.name for person in everybody}) == len(everybody)
    assert len({person.email for person in everybody}) == len(everybody)


def test_addresses_follow_the_pattern_that_the_sign_in_page_promises():
    dorset = REGION.authority("dorset")
    assert dorset.person("director").email == "director.dorset@southwest.example"
    assert dorset.person("lead").email == "lead.dorset@southwest.example"
    assert dorset.person("officer").email == "officer.dorset@southwest.example"
    assert dorset.person("lead_member").email == "leadmember.dorset@southwest.example"
    assert dorset.team[0].email == "member.dorset.1@southwest.example"
    assert [person.email for person in REGION.people] == [
        "officer@southwest.example",
        "chair@southwest.example",
        "approver@southwest.example",
    ]


def test_no_mail_could_reach_anybody_real():
    folder = ROOT / "peerchallenge" / "demo" / "content"
    written = "".join(path.read_text("utf-8") for path in folder.glob("*.toml"))
    assert re.findall(r"\S+@\S+", written) == []
    domains = {
        person.email.split("@")[1] for a in REGION.authorities for person in (*a.people, *a.team)
    }
    assert domains == {"southwest.example"}


# Self-assessments


def test_three_are_drafting_and_the_rest_have_answered_everything():
    drafting = [a.slug for a in REGION.authorities if not a.submitted]
    assert drafting == ["cornwall", "isles-of-scilly", "somerset"]
    for authority in REGION.authorities:
        if authority.submitted:
            assert set(authority.answers) == set(QUESTIONS), authority.slug
        else:
            assert set(authority.answers) < set(QUESTIONS), authority.slug


def test_answers_keep_to_their_word_limits():
    over = [
        (authority.slug, key, len(text.split()))
        for authority in REGION.authorities
        for key, text in authority.answers.items()
        if len(text.split()) > QUESTIONS[key]["word_limit"]
    ]
    assert over == []


@pytest.mark.parametrize(
    "slug", ["bath-and-north-east-somerset", "swindon", "dorset", "bournemouth"]
)
def test_four_self_assessments_run_to_several_pages(slug: str):
    assert sum(len(text.split()) for text in REGION.authority(slug).answers.values()) > 3500


def test_no_long_paragraph_is_written_twice():
    paragraphs = [
        paragraph
        for _, text in every_text()
        for paragraph in text.split("\n\n")
        if len(paragraph.split()) > 40
    ]
    assert [text for text, times in Counter(paragraphs).items() if times > 1] == []


def test_nothing_looks_like_a_case_number_a_birthday_or_a_telephone_number():
    shapes = r"\d{6,}|\d{1,2}/\d{1,2}/\d{2,4}|\b\d{4,5} \d{5,6}\b|\b\d{3} \d{3} \d{4}\b"
    assert [(slug, text) for slug, text in every_text() if re.search(shapes, text)] == []
