"""The demo region's words: who they are, what they wrote, what was found. All of it invented.

`<region>.toml` holds the round, the pairings and the board's people; `<authority>.toml` holds one
authority's people, area, self-assessment and, where its challenge has got that far, the findings,
the letter's wording and the host's reply on accuracy. Dates are weeks from the week of today.
"""

import tomllib
from pathlib import Path
from typing import Any

from peerchallenge.demo.content.records import (
    STAGES,
    AccuracyReply,
    Area,
    AuthorityContent,
    Challenge,
    Correction,
    Finding,
    Person,
    RegionContent,
    When,
)

__all__ = [
    "STAGES",
    "AccuracyReply",
    "Area",
    "AuthorityContent",
    "Challenge",
    "Correction",
    "Finding",
    "Person",
    "RegionContent",
    "When",
    "load_region",
]

HERE = Path(__file__).parent
DOMAIN = "southwest.example"


def load_region(slug: str) -> RegionContent:
    """Read a region and its authorities, in the order of the pairings."""
    data = _read(slug.replace("-", "_"))
    challenges = tuple(_challenge(row) for row in data["challenges"])
    authorities = tuple(
        _authority(challenge.host, data["priority_areas"]) for challenge in challenges
    )
    return RegionContent(
        slug=data["slug"],
        as_it_stood_on=data["as_it_stood_on"],
        preset=data["preset"],
        priority_areas=data["priority_areas"],
        priority_summaries=data["priority_summaries"],
        opens=When(**data["opens"]),
        self_assessments_due=When(**data["self_assessments_due"]),
        closes=When(**data["closes"]),
        people=tuple(_person(row, data["organisation"], row["role"]) for row in data["people"]),
        challenges=challenges,
        authorities=tuple(sorted(authorities, key=lambda authority: authority.slug)),
    )


def _read(name: str) -> dict[str, Any]:
    with (HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _challenge(row: dict[str, Any]) -> Challenge:
    first_day = row.get("first_day")
    return Challenge(
        host=row["host"],
        challenger=row["challenger"],
        stage=row["stage"],
        why=row["why"],
        first_day=When(**first_day) if first_day else None,
        gap_days=row.get("gap_days", 7),
    )


def _person(row: dict[str, Any], organisation: str, mailbox: str) -> Person:
    return Person(
        role=row["role"],
        name=row["name"],
        post=row["post"],
        organisation=row.get("organisation", organisation),
        email=f"{mailbox}@{DOMAIN}",
    )


def _authority(slug: str, priority_areas: dict[str, str]) -> AuthorityContent:
    data = _read(slug)
    name = data["name"]
    mailboxes = {"lead_member": "leadmember"}
    people = [
        _person(row, name, f"{mailboxes.get(row['role'], row['role'])}.{slug}")
        for row in data["people"]
    ]
    team = [
        _person({"role": "member", **row}, name, f"member.{slug}.{number}")
        for number, row in enumerate(data.get("team", []), start=1)
    ]
    assessment = data["self_assessment"]
    submitted_on = assessment.get("submitted_on")
    return AuthorityContent(
        slug=slug,
        dfe_code=data["dfe_code"],
        name=name,
        people=tuple(people),
        team=tuple(team),
        area=_area(data["area"], priority_areas),
        submitted=submitted_on is not None,
        submitted_on=When(**submitted_on) if submitted_on else None,
        answers={key: text.strip() for key, text in assessment["answers"].items()},
        lines_of_enquiry=tuple(data.get("lines_of_enquiry", [])),
        findings=tuple(_finding(row) for row in data.get("findings", [])),
        letter={key: text.strip() for key, text in data.get("letter", {}).items()},
        accuracy=_accuracy(data["accuracy"]) if "accuracy" in data else None,
    )


def _area(row: dict[str, Any], priority_areas: dict[str, str]) -> Area:
    priority = row.get("priority")
    return Area(
        priority=priority,
        title=priority_areas[priority] if priority else row["own"],
        reason=row.get("reason", "").strip(),
        question=row.get("question", "").strip(),
    )


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(
        theme=row["theme"],
        kind=row["kind"],
        team_text=row["team_text"].strip(),
        letter_text=row["letter_text"].strip(),
        in_letter=row.get("in_letter", True),
    )


def _accuracy(row: dict[str, Any]) -> AccuracyReply:
    return AccuracyReply(
        agrees=row["agrees"],
        text=row["text"].strip(),
        corrections=tuple(Correction(**item) for item in row.get("corrections", [])),
    )
