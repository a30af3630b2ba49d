"""What each promise is, in words; its argument is a row of the kind named beside it."""

from __future__ import annotations

from peerchallenge.queries.sentences_of_letters import MESSAGES_OF_LETTERS

OF_ROUNDS: dict[str, tuple[str, str]] = {
    "rounds.invite_participation": ("participation", "Invitation to the director of {authority}"),
    "rounds.carry_forward": ("self_assessment", "The answers of last time, for {authority}"),
    "feedback.carry_areas_forward": (
        "self_assessment",
        "The areas of the last letter, for {authority}",
    ),
    "rounds.tell_areas_set": (
        "participation",
        "The board’s areas are set, to the director of {authority}",
    ),
    "rounds.confirm_self_assessment": (
        "self_assessment",
        "Receipt for the self-assessment of {authority}, to its director",
    ),
    "rounds.render_self_assessment": (
        "version",
        "The PDF of the self-assessment of {authority}",
    ),
    "rounds.tell_self_assessment_returned": (
        "self_assessment",
        "The self-assessment is returned, to the director of {authority}",
    ),
    "rounds.tell_self_assessment_shared": (
        "self_assessment",
        "The self-assessment is shared, to the director of {authority}",
    ),
    "rounds.tell_readers_shared": (
        "participation",
        "Self-assessments of others are shared, to the director of {authority}",
    ),
    "rounds.tell_participation_withdrawn": (
        "participation",
        "The authority has left the round, to the director of {authority}",
    ),
    "rounds.tell_participation_readmitted": (
        "participation",
        "The authority takes part again, to the director of {authority}",
    ),
    "rounds.tell_administrators_of_purge": (
        "purge",
        "An answer of {authority} is to be purged, to the system administrators",
    ),
    "rounds.tell_purged": ("purge", "An answer of {authority} is purged, to whoever asked"),
    "rounds.send_reminder": ("reminder", "Reminder {when}, to {authority}"),
    "rounds.ask_for_signatures": (
        "self_assessment",
        "Request to sign the self-assessment, to those who sign in {authority}",
    ),
    "rounds.tell_all_signed": (
        "self_assessment",
        "The self-assessment is signed, to the director of {authority}",
    ),
    "rounds.tell_not_signed": (
        "self_assessment",
        "The self-assessment is given back unsigned, to the director of {authority}",
    ),
    "rounds.tell_section_given": ("given", "“{section}” is given to {who} in {authority}"),
    "rounds.tell_section_ready": (
        "given",
        "“{section}” is ready, to the director of {authority}",
    ),
    "rounds.tell_section_back": ("given", "“{section}” is back with {who} in {authority}"),
    "rounds.offer_to_host": (
        "challenge",
        "Offer to the director of {host}: {challenger} would challenge them",
    ),
    "rounds.offer_to_challenger": (
        "challenge",
        "Offer to the director of {challenger}: they would challenge {host}",
    ),
    "rounds.tell_host_accepted": (
        "challenge",
        "All sides have accepted, to the director of {host}",
    ),
    "rounds.tell_challenger_accepted": (
        "challenge",
        "All sides have accepted, to the director of {challenger}",
    ),
    "rounds.tell_officers_declined": (
        "challenge",
        "Declined: {challenger} challenging {host}, to the board’s officers",
    ),
    "rounds.tell_officers_conflict": ("conflict", "A conflict of {authority}, to the officers"),
    "rounds.tell_conflict_withdrawn": ("conflict", "Withdrawn: a conflict of {authority}"),
    "rounds.tell_host_cancelled": (
        "challenge",
        "The match with {challenger} is withdrawn, to the director of {host}",
    ),
    "rounds.tell_challenger_cancelled": (
        "challenge",
        "The match with {host} is withdrawn, to the director of {challenger}",
    ),
    "rounds.tell_host_dates": (
        "challenge",
        "Visit days with {challenger}, to the director of {host}",
    ),
    "rounds.tell_challenger_dates": (
        "challenge",
        "Visit days in {host}, to the director and the team of {challenger}",
    ),
    "rounds.tell_team_member": ("member", "Seat on the team for {host}, to {who}"),
}

# Of visits: their dates, teams, scope and papers, timetable.
OF_VISITS: dict[str, tuple[str, str]] = {
    "rounds.offer_new_dates": ("challenge", "The search for other days in {host}"),
    "rounds.tell_host_postponed": (
        "challenge",
        "The visit of {challenger} is postponed, to the director of {host}",
    ),
    "rounds.tell_challenger_postponed": (
        "challenge",
        "The visit to {host} is postponed, to the director and the team of {challenger}",
    ),
    "rounds.ask_for_dates": (
        "challenge",
        "New dates to choose from for {host}, to the directors of all sides",
    ),
    "rounds.tell_officers_no_dates": (
        "challenge",
        "No new dates yet for {host}, to the board’s officers",
    ),
    "rounds.offer_to_replacement": (
        "challenge",
        "Offer to challenge {host} in another’s place, to the director of {challenger}",
    ),
    "rounds.tell_host_replaced": (
        "challenge",
        "{challenger} takes a challenger’s place, to the director of {host}",
    ),
    "rounds.ask_seat": ("seat", "Question whether {who} can join the team for {host}"),
    "rounds.tell_seat_withdrawn": ("seat", "A seat on the team for {host} is off, to {who}"),
    "rounds.tell_seat_declined": (
        "seat",
        "{who} cannot join the team for {host}, to its lead, directors and the officers",
    ),
    "rounds.tell_seat_ended": ("member", "The seat on the team for {host} has ended, to {who}"),
    "rounds.find_dates": ("search", "The search for days of {visits}"),
    "rounds.tell_officers_days_objected": (
        "date_objection",
        "{authority} cannot on the days sent, to the board’s officers",
    ),
    "rounds.tell_side_days_stay": (
        "date_objection",
        "The days stay, to {authority}, which cannot on them",
    ),
    "rounds.ask_availability": (
        "participation",
        "On which days they cannot, to the director of {authority} and its people on teams",
    ),
    "rounds.chase_availability": (
        "participation",
        "Reminder to say when they cannot, to those of {authority} who have not",
    ),
    "rounds.ask_host_to_agree_scope": (
        "challenge",
        "Request to agree the lines of enquiry, to the director of {host}",
    ),
    "rounds.ask_lead_to_agree_scope": (
        "challenge",
        "Request to agree the lines of enquiry for {host}, to the lead reviewer",
    ),
    "rounds.tell_host_scope_agreed": (
        "challenge",
        "The lines of enquiry are agreed, to the director of {host}",
    ),
    "rounds.tell_challenger_scope_agreed": (
        "challenge",
        "The lines of enquiry for {host} are agreed, to the director and the team of {challenger}",
    ),
    "rounds.tell_host_scope_reopened": (
        "challenge",
        "The lines of enquiry are open again, to the director of {host}",
    ),
    "rounds.tell_lead_scope_reopened": (
        "challenge",
        "The lines of enquiry for {host} are open again, to the lead reviewer",
    ),
    "rounds.tell_host_papers_asked": ("challenge", "Papers are asked for, to {host}"),
    "rounds.remind_host_of_papers": ("challenge", "Reminder of papers, to {host}"),
    "rounds.tell_timetable_released": (
        "timetable_release",
        "Version {number} of the timetable of {host}, to those it concerns",
    ),
    "rounds.render_timetable": (
        "timetable_release",
        "The PDFs of version {number} of the timetable of {host}",
    ),
}

SENTENCES = {**OF_ROUNDS, **OF_VISITS, **MESSAGES_OF_LETTERS}

# Nobody is written to: told only when it fails.
QUIET = (
    "rounds.carry_forward",
    "rounds.find_dates",
    "rounds.offer_new_dates",
    "feedback.carry_areas_forward",
    "feedback.make_file",
)
