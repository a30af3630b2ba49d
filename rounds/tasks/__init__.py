"""What the queue and the clock call; each takes an id, and finds nothing if it is gone."""

from rounds.tasks.availability import ask_availability, chase_availability
from rounds.tasks.challenges import (
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
from rounds.tasks.clock import follow_the_calendar, remind
from rounds.tasks.dates import (
    find_dates,
    tell_officers_days_objected,
    tell_side_days_stay,
)
from rounds.tasks.postponing import (
    ask_for_dates,
    offer_new_dates,
    offer_to_replacement,
    tell_challenger_postponed,
    tell_host_postponed,
    tell_host_replaced,
    tell_officers_no_dates,
)
from rounds.tasks.releases import render_timetable, tell_timetable_released
from rounds.tasks.scope import (
    ask_host_to_agree_scope,
    ask_lead_to_agree_scope,
    chase_papers,
    remind_host_of_papers,
    tell_challenger_scope_agreed,
    tell_host_papers_asked,
    tell_host_scope_agreed,
    tell_host_scope_reopened,
    tell_lead_scope_reopened,
)
from rounds.tasks.self_assessments import (
    ask_for_signatures,
    carry_forward,
    confirm_self_assessment,
    invite_participation,
    render_self_assessment,
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
from rounds.tasks.teams import (
    ask_seat,
    tell_seat_declined,
    tell_seat_ended,
    tell_seat_withdrawn,
    tell_team_member,
)
