"""What is written when the timetable of a visit is sent out."""

from __future__ import annotations

from peerchallenge.shared.mail import address
from rounds.emails.sending import send_to
from rounds.models import TimetableRelease
from rounds.queries.releases import told_of_release


def tell_timetable_released(release: TimetableRelease) -> None:
    """Which sessions changed, the page says."""
    challenge = release.timetable.challenge
    context = {
        "release": release,
        "challenge": challenge,
        "link": address("timetable_version", challenge.pk, release.number),
    }
    send_to("tell_timetable_released", told_of_release(release), context)
