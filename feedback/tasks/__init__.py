"""What the queue and the clock call; each takes an id, and finds nothing if it is gone."""

from feedback.tasks.letters import (
    ask_for_approval,
    ask_host_for_accuracy,
    carry_areas_forward,
    count_silence_as_agreement,
    render_letter,
    tell_host_issued,
    tell_lead_of_reply,
    tell_lead_sent_back,
    tell_officers_approved,
    tell_team_issued,
)
