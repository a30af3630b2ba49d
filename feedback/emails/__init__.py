"""One function a mail; each goes to whoever holds the role on the day it is sent."""

from feedback.emails.concerns import (
    chase_director_of_concern,
    chase_team_of_concern,
    confirm_concern,
    tell_concern_acknowledged,
    tell_director_of_concern,
    tell_officers_of_open_concern,
)
from feedback.emails.letters import (
    ask_for_approval,
    ask_host_for_accuracy,
    tell_host_issued,
    tell_lead_of_reply,
    tell_lead_sent_back,
    tell_officers_approved,
    tell_team_issued,
)
from feedback.emails.reminding import remind_of_letter
from feedback.emails.sharing import (
    tell_readers_shared,
    tell_readers_withdrawn,
    tell_team_thanked,
)
