"""When a round reminds those who write or say when they cannot, and in whose words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from authorities.models import Region
from peerchallenge.shared.marks import mark_of
from rounds.models import ReminderText, Round

# What a text may hold in braces, and what stands there in the mail.
PLACEHOLDERS = {
    "name": "the name of whoever gets it",
    "authority": "their authority",
    "round": "the name of the round",
    "due": "the day on which it is due",
    "board": "the name of your board",
    "link": "the address of their page",
}
# What a reminder may be of.
SELF_ASSESSMENT, AVAILABILITY = "self_assessment", "availability"
# Whatever stands between two braces, and a brace that stands alone.
BRACED = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Wording:
    """The words of a mail with {placeholders}."""

    subject: str
    body: str

    @property
    def seen(self) -> str:
        """Another for all other words: what a page was drawn from, sent back with it."""
        return mark_of(self.subject, self.body)

    def filled(self, values: Mapping[str, str]) -> Wording:
        """With each placeholder replaced, once: a name that holds braces stays as it is."""
        return Wording(
            " ".join(_fill(self.subject, values).split()), _fill(self.body, values).strip()
        )


@dataclass(frozen=True)
class Rule:
    """A reminder: `days` after the due date, before it where they are less than 0."""

    key: str
    days: int
    standard: Wording
    # Besides the director: colleagues with an open section, and those who still have to sign;
    # of days, the people on the authority's teams.
    others: bool = False
    about: str = SELF_ASSESSMENT

    @property
    def when(self) -> str:
        due = "the due date" if self.about == SELF_ASSESSMENT else "the date for saying days"
        if self.days == 0:
            return f"on {due}"
        days = abs(self.days)
        side = "before" if self.days < 0 else "after"
        return f"{days} day{'' if days == 1 else 's'} {side} {due}"

    @property
    def to(self) -> str:
        """Whom it is for, in words."""
        if self.about == AVAILABILITY:
            return "Directors and people on teams who have not said when they cannot"
        others = ", colleagues who still write a section, and those who still have to sign"
        return f"The director{others if self.others else ''}"

    def due_in(self, round: Round) -> date:
        asked = round.availability_due if self.about == AVAILABILITY else None
        return asked or round.self_assessment_due

    def day_in(self, round: Round) -> date:
        return self.due_in(round) + timedelta(days=self.days)


BEFORE = Wording(
    "{round}: your self-assessment is due on {due}",
    """Dear {name},

The self-assessment of {authority} for {round} is due on {due}.

Go on where you stopped, or give sections to colleagues, here:
{link}

If the date cannot be kept, please tell us early.

{board}""",
)
SOON = Wording(
    "{round}: the self-assessment of {authority} is due on {due}",
    """Dear {name},

The self-assessment of {authority} for {round} is due on {due}.

What is still with you is here:
{link}

{board}""",
)
AFTER = Wording(
    "{round}: your self-assessment was due on {due}",
    """Dear {name},

The self-assessment of {authority} for {round} was due on {due} and has not reached us yet.

You can still send it; it will be shown as late:
{link}

If something stands in the way, please tell us.

{board}""",
)
SAY_BEFORE = Wording(
    "{round}: say by {due} on which days you cannot",
    """Dear {name},

The days of the visits of {round} are found for everybody at once. Please say by {due} on which days you can neither visit nor be visited, and on which you would rather not:
{link}

If you can on all days, it is one press.

{board}""",  # noqa: E501 - one paragraph of a mail
)
SAY_AFTER = Wording(
    "{round}: on which days can you not?",
    """Dear {name},

We asked you to say by {due} on which days you can neither visit nor be visited in {round}, and have not heard from you yet. Without an answer, we look for dates as if you could on all days.

Say it here, also if you can on all days:
{link}

{board}""",  # noqa: E501 - one paragraph of a mail
)
RULES = (
    Rule("before-14", -14, BEFORE),
    Rule("before-3", -3, SOON, others=True),
    Rule("after-1", 1, AFTER),
    Rule("after-7", 7, AFTER),
)
# They go out once the officers have asked.
ABOUT_DAYS = (
    Rule("days-before-3", -3, SAY_BEFORE, others=True, about=AVAILABILITY),
    Rule("days-after-3", 3, SAY_AFTER, others=True, about=AVAILABILITY),
)


def rules_of(round: Round) -> list[Rule]:
    """By day."""
    days = ABOUT_DAYS if round.availability_due else ()
    return sorted([*_of_self_assessments(round), *days], key=lambda rule: rule.day_in(round))


def _of_self_assessments(round: Round) -> list[Rule]:
    """A format that names its own gives each a key and days, and may say `others`."""
    named = round.format_data.get("reminders")
    if named is None:
        return list(RULES)
    standard = {rule.key: rule for rule in RULES}
    rules = []
    for row in named:
        key, days = str(row["key"]), int(row["days"])
        known = standard.get(key)
        words = known.standard if known else BEFORE if days < 0 else AFTER
        rules.append(Rule(key, days, words, others=bool(row.get("others", False))))
    return rules


def rule_of(round: Round, key: str) -> Rule | None:
    return next((rule for rule in rules_of(round) if rule.key == key), None)


@dataclass(frozen=True)
class Worded:
    """A reminder of a round with its day and its words today."""

    rule: Rule
    day: date
    wording: Wording
    # The region's own words, where it has any.
    own: ReminderText | None


def worded(round: Round) -> list[Worded]:
    """Every reminder of the round, by day."""
    own = {text.key: text for text in _own(round.region).select_related("changed_by")}
    return [_worded(round, rule, own.get(rule.key)) for rule in rules_of(round)]


def worded_as(round: Round, rule: Rule) -> Worded:
    own = _own(round.region).filter(key=rule.key).select_related("changed_by").first()
    return _worded(round, rule, own)


def _own(region: Region) -> QuerySet[ReminderText]:
    return ReminderText.objects.filter(region=region)


def _worded(round: Round, rule: Rule, own: ReminderText | None) -> Worded:
    words = Wording(own.subject, own.body) if own else rule.standard
    return Worded(rule, rule.day_in(round), words, own)


def problems_in(text: str, allowed: Iterable[str] = PLACEHOLDERS) -> list[str]:
    """What in a text would not be filled in, a sentence each."""
    allowed = list(allowed)
    names = list(dict.fromkeys(BRACED.findall(text)))
    found = [
        f"“{{{name}}}” is not filled in here: use {_listed(allowed)}"
        for name in names
        if name not in allowed
    ]
    if set(BRACED.sub("", text)) & {"{", "}"}:
        found.append("A brace stands alone: write each placeholder as in {name}")
    return found


def values_for(round: Round, rule: Rule, *, name: str, authority: str, link: str) -> dict[str, str]:
    return {
        "name": name,
        "authority": authority,
        "round": round.name,
        "due": f"{rule.due_in(round):%A %-d %B %Y}",
        "board": round.region.board_name,
        "link": link,
    }


def _listed(names: list[str]) -> str:
    braced = [f"{{{name}}}" for name in names]
    return f"{', '.join(braced[:-1])} or {braced[-1]}"


def _fill(text: str, values: Mapping[str, str]) -> str:
    return BRACED.sub(lambda found: values.get(found[1], found[0]), text)
