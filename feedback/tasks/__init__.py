"""What the queue and the clock call; each takes an id, and finds nothing if it is gone."""

from feedback.tasks.concerns import (
    chase_concerns,
    chase_director_of_concern,
    chase_team_of_concern,
    confirm_concern,
    tell_concern_acknowledged,
    tell_director_of_concern,
    tell_officers_of_open_concern,
)
from feedback.tasks.files import make_file
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
from feedback.tasks.reminding import remind_of_letter, remind_of_letters
from feedback.tasks.sharing import (
    tell_readers_shared,
    tell_readers_withdrawn,
    tell_team_thanked,
)
