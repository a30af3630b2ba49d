"""One function a mail; each goes to whoever holds the role on the day it is sent."""

from rounds.emails.availability import ask_availability, chase_availability
from rounds.emails.challenges import (
    offer_to_challenger,
    offer_to_host,
    tell_challenger_accepted,
    tell_challenger_cancelled,
    tell_challenger_dates,
    tell_conflict_withdrawn,
    tell_host_accepted,
    tell_host_cancelled,
    tell_host_dates,
    tell_officers_conflict,
    tell_officers_declined,
)
from rounds.emails.dates import tell_officers_days_objected, tell_side_days_stay
from rounds.emails.postponing import (
    ask_for_dates,
    offer_to_replacement,
    tell_challenger_postponed,
    tell_host_postponed,
    tell_host_replaced,
    tell_officers_no_dates,
)
from rounds.emails.releases import tell_timetable_released
from rounds.emails.scope import (
    ask_host_to_agree_scope,
    ask_lead_to_agree_scope,
    remind_host_of_papers,
    tell_challenger_scope_agreed,
    tell_host_papers_asked,
    tell_host_scope_agreed,
    tell_host_scope_reopened,
    tell_lead_scope_reopened,
)
from rounds.emails.self_assessments import (
    ask_for_signatures,
    confirm_self_assessment,
    invite_participation,
    send_reminder,
    tell_administrators_of_purge,
    tell_all_signed,
    tell_areas_set,
    tell_not_signed,
    tell_participation_readmitted,
    tell_participation_withdrawn,
    tell_purged,
    tell_readers_shared,
    tell_section_back,
    tell_section_given,
    tell_section_ready,
    tell_self_assessment_returned,
    tell_self_assessment_shared,
)
from rounds.emails.teams import (
    ask_seat,
    tell_seat_declined,
    tell_seat_ended,
    tell_seat_withdrawn,
    tell_team_member,
)
