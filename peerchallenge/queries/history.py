"""Who did what in a round, and when; of what is confidential only that it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet

from feedback.models import Finding, Letter
from peerchallenge.audit.models import Event
from peerchallenge.queries.paging import with_rows
from rounds.models import Challenge, Participation, Round, Scenario, SelfAssessment

PER_PAGE = 50
SAVES = (
    "self_assessment.answer_saved",
    "self_assessment.progress_saved",
    "letter.edited",
    "finding.changed",
)
SENTENCES = {
    "round.started": "started the round",
    "round.changed": "changed the round",
    "round.cancelled": "cancelled the round",
    "round.authorities_invited": "invited the authorities",
    "round.introduction_changed": "changed the introduction to the questions",
    "round.section_added": "added a section to the questions",
    "round.section_changed": "renamed a section of the questions",
    "round.section_removed": "removed a section of the questions",
    "round.section_moved": "moved a section of the questions",
    "round.question_added": "added a question",
    "round.question_changed": "changed a question",
    "round.question_removed": "took a question out",
    "round.question_restored": "asked a question again",
    "round.question_moved": "moved a question",
    "round.area_added": "added a priority area",
    "round.area_changed": "changed a priority area",
    "round.area_moved": "moved a priority area",
    "round.area_removed": "took a priority area out",
    "round.areas_set": "set the priority areas and told the directors",
    "round.reminders_held": "held reminders back",
    "round.reminders_released": "let held reminders go out",
    "reminder.worded": "changed the words of a reminder",
    "reminder.restored": "went back to the standard words of a reminder",
    "preset.changed": "changed the region’s own questions of a format",
    "preset.restored": "went back to the standard questions of a format",
    "round.matches_proposed": "worked on the matches",
    "scenario.started": "made a scenario of matches",
    "scenario.copied": "copied a scenario of matches",
    "scenario.renamed": "renamed a scenario of matches",
    "scenario.weighed": "changed what counts in a scenario of matches",
    "scenario.pair_excluded": "kept two authorities apart in a scenario of matches",
    "scenario.pair_allowed": "allowed two authorities to be matched again",
    "round.scenario_deleted": "deleted a scenario of matches",
    "scenario.matches_saved": "worked on the matches",
    "scenario.challengers_swapped": "swapped two challengers in a proposal",
    "scenario.challenger_chosen": "chose a challenger in a proposal",
    "scenario.suggested_again": "had the matches suggested again",
    "scenario.put_back": "put the matches of a proposal back as they were",
    "scenario.match_locked": "locked a match in a proposal",
    "scenario.match_unlocked": "unlocked a match in a proposal",
    "round.matches_published": "published matches, seen by officers alone",
    "round.matches_taken_back": "took published matches back, before anybody was told",
    "round.matched_again": "matched again around what fell through",
    "round.matches_confirmed": "confirmed the matches and told the directors",
    "participation.began": "began to take part: {about}",
    "participation.withdrawn": "took {about} out of the round",
    "participation.readmitted": "took {about} back into the round",
    "conflict.declared": "declared a conflict of interest",
    "conflict.withdrawn": "withdrew a conflict of interest",
    "participation.allowed_despite_intervention": "let {about} challenge by an officer’s word",
    "participation.word_withdrawn": "withdrew an officer’s word that {about} may challenge",
    "participation.reminded": "reminded {about}",
    "self_assessment.opened": "opened the self-assessment of {about} for the first time",
    "self_assessment.answer_saved": "wrote in the self-assessment of {about}",
    "self_assessment.answer_reviewed": "let an answer of last time stand for {about}",
    "self_assessment.carried_forward": "began {about} with what it said last time",
    "self_assessment.areas_carried": "took over what the last letter asked {about} to consider",
    "self_assessment.carried_reviewed": "let all answers of last time stand for {about}",
    "self_assessment.progress_saved": "wrote what came of the last letter to {about}",
    "self_assessment.area_chosen": "chose the area for challenge of {about}",
    "self_assessment.signatures_asked": "sent the self-assessment of {about} for sign-off",
    "self_assessment.signed": "signed the self-assessment of {about}",
    "self_assessment.back_to_writing": "took the self-assessment of {about} back to be written",
    "offer.as_asked": "said that {about} gives what the round asks",
    "offer.numbers_said": "said how many challenges {about} can give",
    "offer.numbers_said_for": "wrote down for {about} how many challenges it can give",
    "offer.strengths_said": "said in what {about} could help others",
    "offer.wishes_said": "said whom {about} would like as challenger",
    "section.given": "gave a section of the self-assessment of {about} to a colleague",
    "section.ready": "finished a section of the self-assessment of {about}",
    "section.returned": "gave back a section of the self-assessment of {about}",
    "section.checked": "checked a section of the self-assessment of {about}",
    "section.taken_back": "took back a section of the self-assessment of {about}",
    "self_assessment.submitted": "sent the self-assessment of {about}",
    "self_assessment.returned": "returned the self-assessment of {about}",
    "self_assessment.purge_asked": "asked for an answer of {about} to be purged",
    "self_assessment.answer_purged": "purged an answer of {about} from everywhere",
    "self_assessment.shared": "shared the self-assessment of {about}",
    "self_assessment.version_begun": "began a new version of the self-assessment of {about}",
    "self_assessment.pdf_made": "made the PDF of the self-assessment of {about}",
    "self_assessment.downloaded": "downloaded the self-assessment of {about}",
    "self_assessment.evidence_added": "attached a document for {about}",
    "self_assessment.evidence_changed": "changed the title or date of a document of {about}",
    "self_assessment.evidence_removed": "removed a document of {about}",
    "self_assessment.evidence_read": "opened a document of {about}",
    "self_assessment.details_confirmed": "confirmed that what {about} says identifies no child",
    "self_assessment.read": "read the self-assessment of {about}",
    "challenge.offered": "offered the match: {about}",
    "challenge.accepted": "accepted the match: {about}",
    "challenge.declined": "declined the match: {about}",
    "earlier_challenge.entered": "entered an earlier challenge",
    "earlier_challenge.removed": "removed an earlier challenge",
    "unavailable.said": "said on which days they cannot",
    "unavailable.taken_back": "took back days on which they could not",
    "challenge.cancelled": "withdrew the match: {about}",
    "challenge.days_set": "set the visit days: {about}",
    "challenge.dates_sent": "sent the visit days: {about}",
    "challenge.on_site": "noted that the visit has begun: {about}",
    "challenge.fed_back": "noted that feedback has been given: {about}",
    "challenge.letter": "noted that the letter is being prepared: {about}",
    "challenge.action_planning": "noted that the letter is issued: {about}",
    "team.lead_named": "named a lead reviewer: {about}",
    "team.member_seated": "added somebody to the team: {about}",
    "team.member_left": "ended a seat on the team: {about}",
    "finding.recorded": "recorded a finding for {about}",
    "finding.changed": "changed a finding for {about}",
    "finding.deleted": "deleted a finding for {about}",
    "findings.read": "read the findings for {about}",
    "letter.drafted": "began the letter to {about}",
    "letter.edited": "wrote in the letter to {about}",
    "letter.sent_to_host": "sent the letter to {about} for a check of its facts",
    "letter.accuracy_replied": "replied on the facts of the letter to {about}",
    "letter.handed_over": "passed the letter to {about} on for approval",
    "letter.approved": "approved the letter to {about}",
    "letter.sent_back": "sent the letter to {about} back to its team",
    "letter.issue_requested": "had the letter to {about} issued",
    "letter.rendering_retried": "had the PDF of the letter to {about} made again",
    "letter.issued": "made and sealed the PDF of the letter to {about}",
    "letter.read": "read the letter to {about}",
    "letter.downloaded": "downloaded the letter to {about}",
}


@dataclass(frozen=True)
class Happened:
    """A line of the history."""

    title: str
    when: datetime


@dataclass(frozen=True)
class History:
    page: Page[Happened]
    authorities: list[tuple[int, str]]
    chosen: str


def history_of_round(
    round: Round, *, authority: int | None = None, saves: bool = False, page: int = 1
) -> History:
    """Newest first; `saves` also shows each time that a text was saved."""
    members = list(
        Participation.objects.filter(round=round)
        .order_by("authority__name", "pk")
        .values_list("authority", "authority__name")
    )
    about = _subjects(round, authority)
    events = _events(about)
    if not saves:
        events = events.exclude(verb__in=SAVES)
    found = Paginator(events, PER_PAGE).get_page(page)
    listed = with_rows(found, [_line(event, about) for event in found.object_list])
    return History(listed, members, dict(members).get(authority or 0, ""))


# Type of row, then its key: what a sentence calls it.
Subjects = dict[str, dict[int, str]]


def _subjects(round: Round, authority: int | None) -> Subjects:
    members = Participation.objects.filter(round=round)
    challenges = Challenge.objects.filter(round=round)
    hosted = challenges
    if authority is not None:
        members = members.filter(authority=authority)
        hosted = challenges.filter(host__authority=authority)
        challenges = challenges.with_side(authority=authority)
    return {
        _type(Round): {} if authority is not None else {round.pk: ""},
        _type(Scenario): {} if authority is not None else _scenarios(round),
        _type(Participation): dict(members.values_list("pk", "authority__name")),
        _type(SelfAssessment): dict(members.values_list("self_assessment", "authority__name")),
        _type(Challenge): {one.pk: str(one) for one in challenges.with_both_sides()},
        _type(Letter): dict(
            Letter.objects.filter(challenge__in=hosted.values("pk"))
            .order_by()
            .values_list("pk", "challenge__host__authority__name")
        ),
        _type(Finding): _findings(
            dict(hosted.order_by().values_list("pk", "host__authority__name"))
        ),
    }


def _scenarios(round: Round) -> dict[int, str]:
    """Which ones there are is the officers' alone: the history says only that work was done."""
    return dict.fromkeys(round.scenarios.values_list("pk", flat=True), "")


def _findings(hosts: dict[int, str]) -> dict[int, str]:
    """By challenge, as the record has it: a finding that was deleted has no row to ask."""
    told = Event.objects.filter(subject_type=_type(Finding), details__challenge__in=list(hosts))
    return {
        pk: hosts[challenge]
        for pk, challenge in told.values_list("subject_id", "details__challenge")
    }


def _events(about: Subjects) -> QuerySet[Event]:
    wanted = Q(pk__in=[])
    for subject_type, rows in about.items():
        wanted |= Q(subject_type=subject_type, subject_id__in=list(rows))
    return Event.objects.filter(wanted).select_related("by_user").order_by("-at", "-pk")


def _line(event: Event, about: Subjects) -> Happened:
    name = about[event.subject_type][event.subject_id]
    sentence = SENTENCES.get(event.verb, event.verb.replace("_", " ").replace(".", ": "))
    return Happened(f"{event.who} {sentence.format(about=name)}", event.at)


def _type(model: type[Model]) -> str:
    return model._meta.label_lower
