"""What a host writes of its letter: where its text begins, and how it reads now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from authorities.models import Membership
from authorities.states import Role
from feedback.models import HostText, Letter, LetterContent, LetterFile, WrittenByHost
from feedback.models.content import LetterPart
from feedback.queries.redacting import reasons_of, redacted_content
from feedback.states import FileKind
from rounds.queries.visits import days_said

Parts = list[dict[str, str]]
TITLES = {
    FileKind.THANKS: "Letter of thanks",
    FileKind.SUMMARY: "Peer challenge: summary for the committee",
}


@dataclass(frozen=True)
class Draft:
    """The text as saved, or where it begins; `edits` counts its saves."""

    kind: FileKind
    parts: Parts
    edits: int
    row: WrittenByHost | None

    @property
    def is_sent(self) -> bool:
        return self.row is not None and self.row.sent_at is not None


def host_text(letter: Letter, kind: FileKind) -> Draft:
    row = letter.host_texts.filter(kind=kind).select_related("saved_by").first()
    if row:
        return Draft(kind, row.parts, row.edits, row)
    # What is left out for readers is left out of what goes before a committee too.
    content = redacted_content(letter.frozen_content, reasons_of(letter))
    parts = thanks_begun(content) if kind == FileKind.THANKS else summary_begun(content)
    return Draft(kind, parts, 0, None)


def thanks_begun(content: LetterContent) -> Parts:
    """In plain words, for the host to make its own."""
    lead = content.signatory_name or "colleague"
    text = (
        f"Dear {lead}\n\n"
        f"Thank you for the peer challenge of our work on {content.area}, and for your letter "
        f"{content.reference}.\n\n"
        "You and your colleagues gave us time that your own services could have used, listened to "
        "our staff and partners, and told us plainly what you saw. We will answer each area for "
        "consideration in our action plan and share it with you.\n\n"
        "Please pass our thanks on to everybody on the team and to those who let them come."
    )
    return [{"key": "text", "heading": "Your letter of thanks", "text": text}]


def summary_begun(content: LetterContent) -> Parts:
    """Purpose, what was looked at, findings and next steps, taken from the letter."""
    return [
        {"key": "purpose", "heading": "Purpose of this report", "text": _purpose(content)},
        {"key": "looked_at", "heading": "What was looked at", "text": _looked_at(content)},
        {"key": "findings", "heading": "What was found", "text": _findings(content)},
        {"key": "next_steps", "heading": "Next steps", "text": _next_steps(content)},
    ]


def frozen_text(letter: Letter, kind: FileKind, parts: Iterable[dict[str, str]]) -> HostText:
    """What its file is made from."""
    content = letter.frozen_content
    thanks = kind == FileKind.THANKS
    return HostText(
        kind=kind,
        title=f"{TITLES[kind]}: {content.area}",
        reference=letter.reference,
        host=content.host,
        to=_team_said(content) if thanks else "",
        on=timezone.localdate(),
        round_name=content.round_name,
        board=content.board,
        colour=content.colour,
        parts=tuple(LetterPart("" if thanks else part["heading"], part["text"]) for part in parts),
        signed=tuple(signatories(letter)) if thanks else (),
    )


def signatories(letter: Letter) -> list[tuple[str, str]]:
    """The director, and the lead member where there is one: name and post."""
    held = Membership.objects.current().filter(
        role__in=(Role.DIRECTOR, Role.LEAD_MEMBER),
        authority=letter.challenge.host_authority,
        user__is_active=True,
    )
    ordered = sorted(held.select_related("user"), key=lambda one: one.role != Role.DIRECTOR)
    return [(one.user.name, one.post_name) for one in ordered]


def newest_file(letter: Letter, kind: FileKind) -> LetterFile | None:
    return letter.files.filter(kind=kind).defer("data").order_by("-version").first()


def thanks_sent(letter: Letter) -> bool:
    return letter.host_texts.filter(kind=FileKind.THANKS, sent_at__isnull=False).exists()


def _team_said(content: LetterContent) -> str:
    """To whom it is addressed: the lead reviewer, and whose team."""
    who = content.signatory_name or "The challenge team"
    return "\n".join(filter(None, [who, content.signatory_post, content.challenger]))


def _purpose(content: LetterContent) -> str:
    days = days_said([visit.day for visit in content.visit_days]) if content.visit_days else ""
    when = f" on {days}" if days else ""
    issued = f", issued on {_day(content.issued_on)}" if content.issued_on else ""
    return (
        f"To tell the committee what a peer challenge of {content.area} in {content.host} found"
        f"{when}, and what happens next.\n"
        "Colleagues from other authorities looked at our work at our own request. They give no "
        "grade: they say what works well and what we might consider. Their feedback letter has "
        f"the reference {content.reference}{issued}."
    )


def _looked_at(content: LetterContent) -> str:
    asked = [line.question for line in content.lines] or [content.area]
    by = f"The team came from {content.challenger}."
    done = [f"{one.number} {one.what}" for one in content.activity]
    counts = ["What the team did:", *_items(done)] if done else []
    return "\n".join([by, "It looked at:", *_items(asked), *counts])


def _findings(content: LetterContent) -> str:
    themes = content.numbered_themes
    strengths = [text for theme in themes for text in theme.strengths]
    areas = [text for theme in themes for text in theme.areas]
    return "\n".join(
        [
            *(["Strengths:", *_items(strengths)] if strengths else []),
            *(["Areas for consideration:", *_items(areas)] if areas else []),
        ]
    )


def _next_steps(content: LetterContent) -> str:
    steps = [
        ": ".join(filter(None, [_day(step.by) if step.by else "", step.what]))
        for step in content.next_steps
    ]
    told = "The committee is asked to note the findings and to follow the action plan."
    return "\n".join([*_items(steps), told])


def _items(texts: Iterable[str]) -> Iterator[str]:
    return (f"- {' '.join(text.split())}" for text in texts)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def thanks_said(letter: Letter, draft: Draft) -> HostText:
    """As it was sent, or as it would be now."""
    sent = newest_file(letter, FileKind.THANKS) if draft.is_sent else None
    if sent and sent.content:
        return HostText.from_json(sent.content)
    return frozen_text(letter, FileKind.THANKS, draft.parts)
