from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from rounds.urls.dates import dates
from rounds.urls.matching import matching
from rounds.urls.postponing import postponing
from rounds.urls.releases import releases
from rounds.urls.scope import scope
from rounds.urls.teams import teams
from rounds.urls.timetable import timetable
from rounds.views import (
    answers,
    areas,
    carrying,
    challenges,
    details,
    documents,
    evidence,
    giving,
    presets,
    purges,
    questionnaires,
    questions,
    reminders,
    rounds,
    sections,
    self_assessments,
    sending,
    signing,
)

# What a round asks and on what it challenges: below the round's address, by its officers alone.
ASKED: list[tuple[str, str, Callable[..., HttpResponse]]] = [
    ("questionnaire", "round_questionnaire", questionnaires.round_questionnaire),
    ("questionnaire/preview", "questionnaire_preview", questionnaires.questionnaire_preview),
    (
        "questionnaire/introduction",
        "questionnaire_introduction",
        questionnaires.questionnaire_introduction,
    ),
    ("questionnaire/move", "questionnaire_move", questionnaires.questionnaire_move),
    ("questionnaire/keep", "questionnaire_keep", questionnaires.questionnaire_keep),
    ("sections/new", "section_add", questionnaires.section_add),
    ("sections/<key:section>", "section_change", questionnaires.section_change),
    ("sections/<key:section>/remove", "section_remove", questionnaires.section_remove),
    ("sections/<key:section>/questions/new", "question_add", questions.question_add),
    ("questions/<key:question>", "question_change", questions.question_change),
    ("questions/<key:question>/correct", "question_correct", questions.question_correct),
    ("questions/<key:question>/remove", "question_remove", questions.question_remove),
    ("questions/<key:question>/restore", "question_restore", questions.question_restore),
    ("areas", "round_areas", areas.round_areas),
    ("areas/new", "area_add", areas.area_add),
    ("areas/move", "area_move", areas.area_move),
    ("areas/set", "areas_set", areas.areas_set),
    ("areas/<key:area>", "area_change", areas.area_change),
    ("areas/<key:area>/remove", "area_remove", areas.area_remove),
    ("areas/<key:area>/answers", "area_answers", areas.area_answers),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("rounds", rounds.rounds, name="rounds"),
    path("rounds/new", rounds.round_new, name="round_new"),
    path("rounds/<key:pk>", rounds.round, name="round"),
    path("rounds/<key:pk>/invite", rounds.round_invite, name="round_invite"),
    path("rounds/<key:pk>/settings", rounds.round_settings, name="round_settings"),
    path("rounds/<key:pk>/cancel", rounds.round_cancel, name="round_cancel"),
    *[path(f"rounds/<key:pk>/{rest}", view, name=name) for rest, name, view in ASKED],
    path("rounds/<key:pk>/reminders", reminders.round_reminders, name="round_reminders"),
    path("rounds/<key:pk>/reminders/hold", reminders.reminders_hold, name="reminders_hold"),
    path(
        "rounds/<key:pk>/reminders/release", reminders.reminders_release, name="reminders_release"
    ),
    path("rounds/<key:pk>/reminders/<slug:key>", reminders.reminder_text, name="reminder_text"),
    path(
        "rounds/<key:pk>/reminders/<slug:key>/restore",
        reminders.reminder_restore,
        name="reminder_restore",
    ),
    path("purges", purges.purges, name="purges"),
    path("purges/<key:pk>", purges.purge, name="purge"),
    path(
        "self-assessment/<key:pk>/purge",
        purges.self_assessment_purge,
        name="self_assessment_purge",
    ),
    path("presets", presets.presets, name="presets"),
    path("presets/<key:region>/<slug:key>", presets.preset, name="preset"),
    path("presets/<key:region>/<slug:key>/restore", presets.preset_restore, name="preset_restore"),
    *matching,
    *dates,
    *teams,
    *scope,
    *timetable,
    *releases,
    *postponing,
    path(
        "rounds/<key:pk>/self-assessments",
        self_assessments.round_self_assessments,
        name="round_self_assessments",
    ),
    path(
        "rounds/<key:pk>/self-assessments.xlsx",
        documents.round_self_assessments_xlsx,
        name="round_self_assessments_xlsx",
    ),
    path("rounds/<key:pk>/answers.xlsx", documents.round_answers_xlsx, name="round_answers_xlsx"),
    path(
        "self-assessment/<key:pk>.pdf",
        documents.self_assessment_pdf,
        name="self_assessment_pdf",
    ),
    path(
        "self-assessment/<key:pk>.docx",
        documents.self_assessment_docx,
        name="self_assessment_docx",
    ),
    path("rounds/<key:pk>/self-assessments/share", sending.round_share, name="round_share"),
    path("rounds/<key:pk>/shared", sending.round_shared, name="round_shared"),
    path(
        "rounds/<key:pk>/participations/<key:part>/withdraw",
        sending.participation_withdraw,
        name="participation_withdraw",
    ),
    path(
        "rounds/<key:pk>/participations/<key:part>/readmit",
        sending.participation_readmit,
        name="participation_readmit",
    ),
    path(
        "self-assessment/<key:pk>/share",
        sending.self_assessment_share,
        name="self_assessment_share",
    ),
    path(
        "self-assessment/<key:pk>/new-version",
        sending.self_assessment_new_version,
        name="self_assessment_new_version",
    ),
    path(
        "self-assessment/<key:pk>/versions/<key:number>",
        sending.self_assessment_version,
        name="self_assessment_version",
    ),
    path("self-assessment/<key:pk>", self_assessments.self_assessment, name="self_assessment"),
    path(
        "self-assessment/<key:pk>/area",
        self_assessments.self_assessment_area,
        name="self_assessment_area",
    ),
    path(
        "self-assessment/<key:pk>/check",
        self_assessments.self_assessment_check,
        name="self_assessment_check",
    ),
    path(
        "self-assessment/<key:pk>/sent",
        self_assessments.self_assessment_sent,
        name="self_assessment_sent",
    ),
    path(
        "self-assessment/<key:pk>/read",
        self_assessments.self_assessment_read,
        name="self_assessment_read",
    ),
    path(
        "self-assessment/<key:pk>/return",
        self_assessments.self_assessment_return,
        name="self_assessment_return",
    ),
    path(
        "self-assessment/<key:pk>/sign",
        signing.self_assessment_sign,
        name="self_assessment_sign",
    ),
    path(
        "self-assessment/<key:pk>/sign-off",
        signing.self_assessment_sign_off,
        name="self_assessment_sign_off",
    ),
    path(
        "self-assessment/<key:pk>/take-back",
        signing.self_assessment_take_back,
        name="self_assessment_take_back",
    ),
    path(
        "self-assessment/<key:pk>/give",
        giving.self_assessment_give,
        name="self_assessment_give",
    ),
    path(
        "self-assessment/<key:pk>/given/<key:given>",
        giving.self_assessment_given,
        name="self_assessment_given",
    ),
    path(
        "self-assessment/<key:pk>/given/<key:given>/end",
        giving.self_assessment_given_end,
        name="self_assessment_given_end",
    ),
    path(
        "self-assessment/<key:pk>/given/<key:given>/ready",
        giving.self_assessment_given_ready,
        name="self_assessment_given_ready",
    ),
    path(
        "self-assessment/<key:pk>/carried",
        carrying.self_assessment_carried,
        name="self_assessment_carried",
    ),
    path(
        "self-assessment/<key:pk>/details",
        details.self_assessment_details,
        name="self_assessment_details",
    ),
    path(
        "self-assessment/<key:pk>/evidence",
        evidence.self_assessment_evidence,
        name="self_assessment_evidence",
    ),
    path(
        "self-assessment/<key:pk>/<slug:section>/evidence",
        evidence.evidence_add,
        name="evidence_add",
    ),
    path("evidence/<key:pk>", evidence.evidence_download, name="evidence_download"),
    path("evidence/<key:pk>/change", evidence.evidence_change, name="evidence_change"),
    path("evidence/<key:pk>/remove", evidence.evidence_remove, name="evidence_remove"),
    path(
        "self-assessment/<key:pk>/progress",
        sections.self_assessment_progress,
        name="self_assessment_progress",
    ),
    path(
        "self-assessment/<key:pk>/<slug:section>/<key:place>",
        answers.self_assessment_question,
        name="self_assessment_question",
    ),
    path("challenges/<key:pk>", challenges.challenge, name="challenge"),
    path("challenges/<key:pk>/accept", challenges.challenge_accept, name="challenge_accept"),
    path("challenges/<key:pk>/decline", challenges.challenge_decline, name="challenge_decline"),
    # Its second part may be anything: after every other address of a self-assessment.
    path(
        "self-assessment/<key:pk>/<slug:section>",
        sections.self_assessment_section,
        name="self_assessment_section",
    ),
]
