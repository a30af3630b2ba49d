"""What flows into a letter beside the words of its writers."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils import timezone

from authorities.states import Role
from feedback import actions, queries
from feedback.models.content import Activity, LetterContent
from feedback.states import FindingKind, PartKind
from rounds.models import EnquiryLine, Paper, PaperAsked, Session, Timetable, TimetableRelease
from rounds.scheduling.released import ReleasedSession, ReleasedTimetable
from rounds.states import SessionKind
from tests.feedback.conftest import cast
from tests.world import World

DAY = date(2030, 3, 4)


def release(timetable: Timetable, *sessions: Session) -> None:
    """What was sent out: these sessions as they stand."""
    content = ReleasedTimetable(
        tuple(
            ReleasedSession(str(one.uid), one.kind, one.title, one.day, one.start, one.minutes)
            for one in sessions
        )
    )
    lead = timetable.challenge.team.leads().get().user
    TimetableRelease.objects.create(
        timetable=timetable, number=1, content=content.to_json(), by=lead
    )


def test_what_was_done_is_counted_from_the_timetable_as_it_was_sent_out(world: World) -> None:
    letter = world.letter_drafted()
    challenge = letter.challenge
    assert queries.letter_content(letter).activity == ()
    timetable = Timetable.objects.create(challenge=challenge)
    kinds = (SessionKind.INTERVIEW, SessionKind.INTERVIEW, SessionKind.FOCUS_GROUP)
    held = [
        Session.objects.create(timetable=timetable, kind=kind, title="x", day=DAY, start=time(9))
        for kind in (*kinds, SessionKind.BREAK, SessionKind.PRESENTATION)
    ]
    held[0].seen.create(role="Social worker", number=4)
    held[2].seen.create(role="social worker", number=3)
    held[2].seen.create(role="IRO", number=2)
    held[4].seen.create(role="Nobody was asked", number=9)
    release(timetable, *held[:4])
    asked = PaperAsked.objects.create(
        challenge=challenge, position=1, title="Audits", asked_by=letter.drafted_by
    )
    Paper.objects.create(
        asked=asked, title="Audits", link="https://example.org", added_by=letter.drafted_by
    )
    letter = type(letter).objects.with_challenge().get(pk=letter.pk)
    assert queries.letter_content(letter).activity == (
        Activity("interviews", 2),
        Activity("focus group", 1),
        Activity("people met", 9),
        Activity("of them: social worker", 7),
        Activity("of them: IRO", 2),
        Activity("document read", 1),
    )


def test_it_is_addressed_to_the_director_by_what_the_post_is_called_there(world: World) -> None:
    letter = world.letter_drafted()
    host = letter.challenge.host_authority
    director, post = world.director_of(host), host.memberships.filter(role=Role.DIRECTOR)

    def addressed() -> tuple[str, str, str]:
        said = queries.letter_content(letter)
        return said.recipient_name, said.recipient_post, said.salutation

    usual = "Director of Children’s Services"
    assert addressed() == (director.name, usual, f"Dear {director.name}")
    post.update(post="Strategic director, people")
    assert addressed()[1] == "Strategic director, people"
    post.update(to_date=timezone.localdate() - timedelta(days=1))
    assert addressed() == ("", usual, "Dear Director")


def test_each_question_of_the_host_is_answered_and_points_at_the_findings_on_it(
    world: World,
) -> None:
    challenge = world.visited()
    lead = world.lead_of(challenge)
    line = EnquiryLine.objects.create(challenge=challenge, position=1, text="Is help early?")
    line.limbs.create(position=1, text="For whom?")
    later = challenge.findings.get(
        kind=FindingKind.AREA_FOR_CONSIDERATION, theme="Early help and prevention"
    )
    strength = challenge.findings.get(kind=FindingKind.STRENGTH)
    challenge.findings.filter(pk__in=[later.pk, strength.pk]).update(line=line)
    letter = actions.draft_letter(challenge, by=lead)
    assert "questions:\n- Is help early?" in letter.parts.get(key="scope").text
    actions.edit_letter(letter, {"headlines": "x"}, by=lead)
    assert queries.missing_from_letter(letter) == ["answer “Is help early?”"]
    actions.edit_letter(letter, {f"line-{line.pk}": "Mostly.\n- in schools"}, by=lead)
    assert queries.missing_from_letter(letter) == []
    content = queries.letter_content(letter)
    [answered] = content.lines
    assert (answered.question, answered.limbs) == ("Is help early?", ("For whom?",))
    assert answered.answer == "Mostly.\n- in schools"
    assert answered.see == (
        "See area for consideration 2, and the strengths under “Leadership and direction”."
    )
    assert [part.kind for part in content.parts] == [
        PartKind.TEXT,
        PartKind.TEXT,
        PartKind.TEXT,
        PartKind.TEAM,
        PartKind.ACTIVITY,
        PartKind.TEXT,
        PartKind.FINDINGS,
        PartKind.LINES,
        PartKind.GOOD_PRACTICE,
        PartKind.NEXT_STEPS,
        PartKind.TEXT,
    ]
    assert LetterContent.from_json(content.to_json()) == content


def test_a_change_of_a_finding_is_told_to_the_others_until_they_save(world: World) -> None:
    letter = world.letter_drafted()
    people = cast(world, letter.challenge)
    finding = letter.challenge.findings.first()
    actions.change_finding(
        finding,
        kind=finding.kind,
        theme=finding.theme,
        team_text=finding.team_text,
        letter_text="Put in another way",
        for_letter=True,
        seen=finding.seen,
        by=people["member"],
    )
    actions.delete_finding(letter.challenge.findings.last(), by=people["member"])
    told = queries.changes_since_saved(letter, people["lead"])
    assert [(one.said, one.done, one.who) for one in told] == [
        ("A finding", "was taken out", people["member"].name),
        ("“Put in another way”", "was changed", people["member"].name),
    ]
    assert queries.changes_since_saved(letter, people["member"]) == []
    actions.edit_letter(letter, {"headlines": "Now"}, by=people["lead"])
    assert queries.changes_since_saved(letter, people["lead"]) == []
