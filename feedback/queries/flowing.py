"""What flows into a letter beside its text: findings, counts of the visit, and next steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from feedback.models import Finding, Letter
from feedback.models import LetterPart as PartRow
from feedback.models.content import Activity, LineAnswered, NextStep, ThemeFindings
from feedback.queries.deadlines import after_visit
from feedback.states import FindingKind
from rounds.models import Challenge, EnquiryLine, Paper, Seen
from rounds.scheduling.released import ReleasedTimetable
from rounds.states import SessionKind

K = FindingKind
# What a team tells of: its own meetings and breaks are nobody's concern.
COUNTED = {
    SessionKind.PRESENTATION: ("presentation", "presentations"),
    SessionKind.INTERVIEW: ("interview", "interviews"),
    SessionKind.FOCUS_GROUP: ("focus group", "focus groups"),
    SessionKind.SERVICE_VISIT: ("visit to a service", "visits to services"),
    SessionKind.CASE_RECORDS: ("session on case records", "sessions on case records"),
}
ROLES_NAMED = 8


def chosen_findings(challenge: Challenge) -> list[Finding]:
    """Those the letter takes in, in the order that the team gave them."""
    found = challenge.findings.in_letter().filter(merged_into__isnull=True)
    return list(found.order_by("position", "pk"))


def themes(challenge: Challenge, chosen: Sequence[Finding]) -> tuple[ThemeFindings, ...]:
    """In the format's order of themes; a theme the team named itself comes last."""
    order = challenge.round.format.themes
    named = list(dict.fromkeys(finding.theme for finding in chosen))
    named.sort(key=lambda theme: order.index(theme) if theme in order else len(order))

    def wordings(theme: str, kind: FindingKind) -> tuple[str, ...]:
        return tuple(f.wording for f in chosen if f.theme == theme and f.kind == kind)

    return tuple(
        ThemeFindings(
            theme,
            wordings(theme, K.STRENGTH),
            wordings(theme, K.AREA_FOR_CONSIDERATION),
            wordings(theme, K.GOOD_PRACTICE),
        )
        for theme in named
    )


def answered_lines(
    challenge: Challenge, parts: Iterable[PartRow], chosen: Sequence[Finding]
) -> tuple[LineAnswered, ...]:
    """Each of the host's questions with the team's answer, and where the findings on it stand."""
    answers = {part.key: part.text for part in parts}
    numbers = _area_numbers(challenge, chosen)
    return tuple(
        LineAnswered(
            line.text,
            tuple(limb.text for limb in line.limbs.all()),
            answer=answers.get(f"line-{line.pk}", ""),
            see=_where(line, chosen, numbers),
        )
        for line in challenge.lines.prefetch_related("limbs")
    )


def activity(challenge: Challenge) -> tuple[Activity, ...]:
    """What the team did, counted from the timetable as it was sent out and what it was given."""
    timetable = getattr(challenge, "timetable", None)
    release = timetable.releases.first() if timetable else None
    counted = [*_sessions(release.frozen)] if release else []
    papers = Paper.objects.kept().filter(asked__challenge=challenge).count()
    if papers:
        counted.append(Activity("documents read" if papers > 1 else "document read", papers))
    return tuple(counted)


def next_steps(letter: Letter) -> tuple[NextStep, ...]:
    """The deadlines after the last day on site that are the host's or the team's, first things
    first."""
    who = {"action_plan_agreed": letter.challenge.host_authority.short_name, "revisit": "Both"}
    deadlines = letter.challenge.round.format.deadlines
    dated = {
        key: by for key in who if key in deadlines and (by := after_visit(letter.challenge, key))
    }
    return tuple(
        NextStep(deadlines[key]["label"], who[key], dated[key])
        for key in sorted(dated, key=lambda key: dated[key])
    )


def _sessions(released: ReleasedTimetable) -> Iterator[Activity]:
    """Sessions by kind, then the people who were seen in them by what they do."""
    held = [one for one in released.sessions if not one.tentative]
    kinds = Counter(one.kind for one in held)
    for kind, (one, many) in COUNTED.items():
        if kinds[kind]:
            yield Activity(one if kinds[kind] == 1 else many, kinds[kind])
    met = Seen.objects.filter(session__uid__in=[one.uid for one in held if one.kind in COUNTED])
    people: Counter[str] = Counter()
    for seen in met.order_by("pk"):
        people[_role(seen.role)] += seen.number
    if people:
        total = people.total()
        yield Activity("person met" if total == 1 else "people met", total)
        named = people.most_common(ROLES_NAMED)
        for role, number in named:
            yield Activity(f"of them: {role}", number)
        if others := total - sum(number for _, number in named):
            yield Activity("of them: in other posts", others)


def _role(said: str) -> str:
    """“Social worker” and “social worker” are one."""
    words = " ".join(said.split())
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _area_numbers(challenge: Challenge, chosen: Sequence[Finding]) -> dict[int, int]:
    """The number in the letter of each area for consideration, by finding."""
    areas = [finding for finding in chosen if finding.kind == K.AREA_FOR_CONSIDERATION]
    order = [found.theme for found in themes(challenge, chosen)]
    areas.sort(key=lambda finding: order.index(finding.theme))
    return {finding.pk: number for number, finding in enumerate(areas, 1)}


def _where(line: EnquiryLine, chosen: Sequence[Finding], numbers: dict[int, int]) -> str:
    """“See areas for consideration 3 and 7, and the strengths under Early help.”"""
    own = [finding for finding in chosen if finding.line_id == line.pk]
    areas = sorted(numbers[finding.pk] for finding in own if finding.pk in numbers)
    strong = dict.fromkeys(finding.theme for finding in own if finding.kind == K.STRENGTH)
    told = []
    if areas:
        noun = "area" if len(areas) == 1 else "areas"
        told.append(f"{noun} for consideration {_and([str(number) for number in areas])}")
    if strong:
        told.append(f"the strengths under {_and([f'“{theme}”' for theme in strong])}")
    return f"See {', and '.join(told)}." if told else ""


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
