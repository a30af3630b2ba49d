"""One function a mail; each goes to whoever holds the role on the day it is sent."""

from feedback.emails.letters import (
    ask_for_approval,
    ask_host_for_accuracy,
    tell_host_issued,
    tell_lead_of_reply,
    tell_lead_sent_back,
    tell_officers_approved,
    tell_team_issued,
)
