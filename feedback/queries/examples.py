"""A letter of nobody's, for whoever writes a template to see how it will read."""

from __future__ import annotations

from datetime import date

from authorities.models import Region
from feedback.models import LetterContent
from feedback.models.content import (
    Activity,
    LineAnswered,
    NextStep,
    TeamMember,
    ThemeFindings,
    VisitDay,
)
from rounds.models.format import Format

HOST, CHALLENGER = "Northmoor", "Eastmere"
AREA = "help for families before things get worse"
LINES = ("Do families get help early?", "Do schools know whom to call?")
LEAD, OTHERS = "A Leader", ("B Manager", "C Head")


def example_words(preset: Format, board: str) -> dict[str, str]:
    """What each {place} says in the example."""
    return {
        "host": HOST,
        "challenger": CHALLENGER,
        "area": AREA,
        "board": board,
        "director": "D Director",
        "lead": LEAD,
        "team": f"{OTHERS[0]} (head of early help) and {OTHERS[1]} (head teacher)",
        "lines": "\n".join(f"- {line}" for line in LINES),
        **{phase.id: f"{day} March 2030" for day, phase in enumerate(preset.phases, 4)},
    }


def example_letter(region: Region) -> LetterContent:
    return LetterContent(
        reference="",
        host=f"{HOST} Council",
        challenger=f"{CHALLENGER} Council",
        area=AREA,
        board=region.board_name,
        round_name="An example",
        colour=region.colour,
        recipient_name="D Director",
        salutation="Dear D Director",
        visit_days=(VisitDay(date(2030, 3, 4)),),
        themes=(
            ThemeFindings(
                "Early help and prevention",
                ("Family workers know their streets.", "Schools speak well of the new front door."),
                ("Say in one place who may ask for help, and how.",),
                ("A rota by which every school has a named worker.",),
            ),
            ThemeFindings(
                "Leadership and direction",
                ("Members and officers tell the same story.",),
                ("Ask each quarter what has changed for children.",),
            ),
        ),
        lines=(
            LineAnswered(
                LINES[0],
                (),
                answer="Mostly, where a school knows them.",
                see="See area for consideration 1.",
            ),
            LineAnswered(LINES[1], (), answer="They do now."),
        ),
        activity=(
            Activity("interviews", 9),
            Activity("focus groups", 3),
            Activity("people met", 41),
            Activity("documents read", 14),
        ),
        next_steps=(
            NextStep("Action plan agreed", HOST, date(2030, 5, 27)),
            NextStep("Six-month revisit", "Both", date(2030, 9, 2)),
        ),
        team=(
            TeamMember(LEAD, "Assistant director", f"{CHALLENGER} Council", "Lead reviewer"),
            TeamMember(OTHERS[0], "Head of early help", f"{CHALLENGER} Council"),
            TeamMember(OTHERS[1], "Head teacher", "A school"),
        ),
        signatory_name=LEAD,
        signatory_post="Lead reviewer, Assistant director",
        signatory_authority=f"{CHALLENGER} Council",
    )
