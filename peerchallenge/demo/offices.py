"""What the board asks about, and one director's office in the middle of its writing."""

from __future__ import annotations

import io
from datetime import date, timedelta

from openpyxl import Workbook

from authorities.actions import accept_invitation, draw_invitation
from peerchallenge.audit.actions import CLOCK
from peerchallenge.demo import PASSWORD
from peerchallenge.demo.content import RegionContent
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from peerchallenge.shared.uploads import look
from rounds import actions
from rounds.models import Question, Round, SelfAssessment
from rounds.queries.areas import area_version
from rounds.queries.giving import Gift

OFFICE = "somerset"
COLLEAGUE, COLLEAGUE_NAME = "colleague.somerset@southwest.example", "Bryony Oatway"
# Which questions speak to which of the region's areas.
SPEAK_TO = {
    "adoption": ("care_permanence",),
    "diversion": ("early_help_quality", "care_quality"),
    "safeguarding": ("early_help_thresholds", "protection_quality"),
}


def explain_areas(round: Round, content: RegionContent, cast: Cast) -> None:
    """The evidence for each area, and the questions whose answers the board will read for it."""
    for key, name in content.priority_areas.items():
        area = round.areas.get(name=name)
        speaking = Question.objects.filter(section__round=round, key__in=SPEAK_TO.get(key, ()))
        actions.change_area(
            area,
            name,
            evidence=content.priority_summaries[key],
            questions=list(speaking.values_list("pk", flat=True)),
            version=area_version(area),
            by=cast.officer,
        )


def share_out(round: Round, cast: Cast, today: date) -> None:
    """Two sections given away, one of them finished; a document and an address attached."""
    own = SelfAssessment.objects.get(
        participation__round=round, participation__authority=cast.authorities[OFFICE]
    )
    director = cast.director(OFFICE)
    leavers, education = (round.sections.get(key=key) for key in ("leavers", "education"))
    with at(today - timedelta(days=6), 9):
        by_name, by_mail = actions.give_sections(
            own,
            [
                Gift(leavers, user=cast.lead(OFFICE)),
                Gift(education, email=COLLEAGUE, name=COLLEAGUE_NAME),
            ],
            by=director,
        )
        draw_invitation(by_mail.invitation, by=CLOCK)
        accept_invitation(by_mail.invitation, password=PASSWORD, by=None)
    with at(today - timedelta(days=3), 11, 20):
        question = leavers.questions.get(key="leavers_quality")
        actions.save_answer(own, question, LEAVERS, version=0, by=cast.lead(OFFICE))
        actions.say_section_ready(by_name, by=cast.lead(OFFICE))
    with at(today - timedelta(days=2), 15):
        sheet = _sheet()
        actions.add_evidence(
            own,
            section=leavers,
            title="Where care leavers live, by quarter",
            document_date=today - timedelta(days=40),
            file=sheet,
            upload=look(sheet, "care-leavers-by-quarter.xlsx"),
            by=director,
        )
        actions.add_evidence(
            own,
            section=round.sections.get(key="early_help"),
            title="Plan for children and young people",
            document_date=today - timedelta(days=200),
            link="https://www.somerset.example/plan-for-children",
            by=director,
        )


LEAVERS = """\
We are in touch with 171 of 186 care leavers between 17 and 21. Suitable accommodation is the \
weakest part: nine in ten have it, and those who do not are nearly all in the west of the county, \
where there is one provider. A panel with the district councils now looks at every young person \
six months before they leave.

Thirty-eight are at college or university. What they told us matters most is having the same \
personal adviser: in the last year a third had three or more."""


def _sheet() -> io.BytesIO:
    book = Workbook()
    page = book.active
    page.append(["Quarter", "Care leavers", "In suitable accommodation"])
    for row in (("First", 179, 158), ("Second", 181, 163), ("Third", 186, 167)):
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file
