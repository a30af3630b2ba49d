"""The paired visits preset: its rules, questions, clock and letter."""

import json
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).resolve().parents[2]
PRESET = json.loads((ROOT / "rounds" / "presets" / "paired_visits.json").read_text("utf-8"))
QUESTIONS = {
    question["key"]: question
    for section in PRESET["questionnaire"]["sections"]
    for question in section["questions"]
}
PARTS = {part["key"]: part for part in PRESET["letter"]["parts"]}


def test_the_preset_asks_about_22_questions_in_ten_sections():
    assert [section["key"] for section in PRESET["questionnaire"]["sections"]] == [
        "context",
        "leadership",
        "early_help",
        "protection",
        "care",
        "leavers",
        "education",
        "workforce",
        "assurance",
        "top_three",
    ]
    assert len(QUESTIONS) == 22
    assert sum(len(s["questions"]) for s in PRESET["questionnaire"]["sections"]) == 22


def test_every_question_of_the_preset_has_guidance_and_a_limit():
    assert [key for key, question in QUESTIONS.items() if not question["guidance"]] == []
    assert [key for key, question in QUESTIONS.items() if question["word_limit"] < 150] == []


def test_the_preset_pairs_once_each_way_and_feeds_back_five_to_nine_days_later():
    assert PRESET["topology"] == "directed"
    assert PRESET["rules"] == {
        "challenges_per_host": 1,
        "challenges_per_challenger": 1,
        "mutual_allowed": False,
    }
    feedback = PRESET["phases"][1]
    assert (feedback["after"], feedback["gap_least"], feedback["gap_most"]) == ("day1", 5, 9)


def test_the_clock_runs_as_the_default_says():
    weeks = {key: row["weeks"] for key, row in PRESET["deadlines"].items() if "weeks" in row}
    assert weeks == {
        "match_told": -10,
        "scope_agreed": -8,
        "self_assessment_due": -6,
        "papers_sent": -4,
        "timetable_agreed": -2,
        "letter_issued": 4,
        "action_plan_agreed": 12,
        "revisit": 26,
        "survey_first": 1,
        "survey_second": 13,
        "survey_third": 52,
        "board_report": 6,
    }
    assert PRESET["deadlines"]["letter_drafted"]["working_days"] == 10
    assert PRESET["deadlines"]["accuracy_reply"]["working_days"] == 5


def test_letter_parts_use_only_the_placeholders_they_declare():
    declared = set(PRESET["letter"]["placeholders"])
    used = {
        name
        for text in [PRESET["letter"]["title"], *(part["text"] for part in PARTS.values())]
        for _, name, _, _ in Formatter().parse(text)
        if name
    }
    assert used == declared


def test_the_letter_runs_from_thanks_to_next_steps():
    assert [(key, part["kind"]) for key, part in PARTS.items()] == [
        ("opening", "text"),
        ("status", "text"),
        ("scope", "text"),
        ("team", "team"),
        ("what_we_did", "activity"),
        ("headlines", "text"),
        ("themes", "findings"),
        ("lines", "lines"),
        ("good_practice", "good_practice"),
        ("next_steps", "next_steps"),
        ("closing", "text"),
    ]
