"""What the addresses of calendars, dates, teams, scopes and timetables are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils import timezone

from authorities import actions as authorities
from authorities.models import Reviewer
from authorities.states import PeriodKind
from rounds.models import DateObjection, Session, Timetable, TimetableRelease
from rounds.scheduling.released import ReleasedSeen, ReleasedSession, ReleasedTimetable
from rounds.tasks import render_timetable
from tests.guarantees.matrix.scenes import Scene


def _feed(scene: Scene) -> dict[str, Any]:
    """An address whose owner has nothing in it."""
    return {"token": authorities.make_calendar_feed(by=scene.people["stranger"])}


def _line(scene: Scene) -> dict[str, Any] | None:
    line = scene.challenge and scene.challenge.lines.first()
    return {"pk": scene.challenge.pk, "line": line.pk} if line else None


def _limb(scene: Scene) -> dict[str, Any] | None:
    line = scene.challenge and scene.challenge.lines.first()
    return {"pk": scene.challenge.pk, "limb": line.limbs.first().pk} if line else None


def _asked(scene: Scene) -> dict[str, Any] | None:
    """The first paper asked for, of which the host knows and for which it gave a link."""
    asked = scene.challenge and scene.challenge.papers_asked.first()
    return {"pk": scene.challenge.pk, "asked": asked.pk} if asked else None


def _paper(scene: Scene) -> dict[str, Any] | None:
    asked = scene.challenge and scene.challenge.papers_asked.first()
    return {"pk": asked.papers.get().pk} if asked else None


def _session(scene: Scene) -> dict[str, Any] | None:
    """The session of the challenge's timetable."""
    session = Session.objects.filter(timetable__challenge=scene.challenge).first()
    return {"pk": scene.challenge.pk, "session": session.pk} if session else None


def _seat(scene: Scene) -> dict[str, Any] | None:
    """What the third authority's director is asked."""
    offer = scene.challenge and scene.challenge.seat_offers.filter(state="asked").first()
    return {"pk": offer.pk} if offer else None


def _seat_candidates(scene: Scene) -> dict[str, Any] | None:
    return scene.challenge and {"pk": scene.challenge.pk, "seat": "practitioner"}


def _date_objection(scene: Scene) -> dict[str, Any] | None:
    """The host could not on days it was sent, and the officers let them stand."""
    challenge = scene.challenge
    if challenge is None or not challenge.team.exists():
        return None
    officer = scene.people["officer"]
    objection, _ = DateObjection.objects.get_or_create(
        challenge=challenge,
        participation=challenge.host,
        defaults={
            "days": {"day1": "2031-06-03"},
            "reason": "tokdaysno: why not",
            "by": scene.people["host_director"],
            "answer": "tokdaysstay: all the same",
            "settled_at": timezone.now(),
            "settled_by": officer,
        },
    )
    return {"pk": objection.pk}


def _challenge(scene: Scene) -> dict[str, Any] | None:
    return {"pk": scene.challenge.pk} if scene.challenge else None


def _release(scene: Scene) -> TimetableRelease | None:
    """A timetable that was sent out, with a name and a note in it; none before there is a team."""
    challenge = scene.challenge
    if challenge is None or not challenge.team.exists():
        return None
    timetable, _ = Timetable.objects.get_or_create(challenge=challenge)
    found = timetable.releases.first()
    if found is None:
        session = ReleasedSession(
            *(str(UUID(int=1)), "interview", "Foster carers", date(2027, 1, 12), time(10), 60),
            seen=(ReleasedSeen("2 × Foster carer", "tokreleased: who"),),
            note="tokreleased: a note",
        )
        content = ReleasedTimetable((session,)).to_json()
        found = timetable.releases.create(number=1, content=content, by=scene.world.directors[0])
        render_timetable(found.pk)
    return found


def _version(scene: Scene) -> dict[str, Any] | None:
    release = _release(scene)
    return {"pk": release.timetable.challenge_id, "number": 1} if release else None


def _print(scene: Scene) -> dict[str, Any] | None:
    """For the team: the one for the door holds neither names nor notes."""
    version = _version(scene)
    return {**version, "kind": "team"} if version else None


def _host(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.world.authorities[0].pk}


def _region(scene: Scene) -> dict[str, Any]:
    return {"region": scene.round.region_id}


def _period(scene: Scene, kind: PeriodKind) -> dict[str, Any]:
    """Some days of the host's calendar."""
    day = timezone.localdate()
    period, _ = scene.world.authorities[0].periods.get_or_create(
        kind=kind, first_day=day, defaults={"last_day": day, "name": kind.label}
    )
    return {"pk": period.pk}


def _venue(scene: Scene) -> dict[str, Any]:
    venue, _ = scene.world.authorities[0].venues.get_or_create(name="Town Hall")
    return {"pk": venue.pk}


def _reviewer(scene: Scene) -> dict[str, Any]:
    """Whoever leads, or would: the officers keep a note of them."""
    lead = scene.people["lead"]
    Reviewer.objects.update_or_create(user=lead, defaults={"note": "tokreviewer: a note"})
    return {"pk": lead.pk}


# Those that need more than the key of a round or a challenge, which addresses.py finds by prefix.
OF_VISITS: dict[str, Callable[[Scene], dict[str, Any] | None]] = {
    **dict.fromkeys(
        ("reviewing", "reviewers", "reviewers_xlsx", "reviewers_training"), lambda scene: {}
    ),
    "reviewer": _reviewer,
    **dict.fromkeys(("seat", "seat_accept", "seat_decline", "seat_withdraw", "seat_lock"), _seat),
    "seat_candidates": _seat_candidates,
    **dict.fromkeys(("account_calendar", "account_calendar_revoke"), lambda scene: {}),
    "calendar_feed": _feed,
    "date_objection": _date_objection,
    **dict.fromkeys(
        (
            "period_add",
            "period_paste",
            "election_add",
            "inspection_begin",
            "venue_add",
        ),
        _host,
    ),
    "inspection_end": lambda scene: _period(scene, PeriodKind.INSPECTION),
    "period_remove": lambda scene: _period(scene, PeriodKind.HALF_TERM),
    **dict.fromkeys(("region_calendar", "no_go_add"), _region),
    **dict.fromkeys(("venue_change", "venue_close", "venue_journeys"), _venue),
    "timetable_release": lambda scene: scene.challenge and {"pk": scene.challenge.pk},
    "timetable_version": _version,
    "timetable_pdf": _print,
    **dict.fromkeys(
        ("challenge_scope_line", "challenge_scope_line_remove", "challenge_scope_limb_add"), _line
    ),
    **dict.fromkeys(("challenge_scope_limb", "challenge_scope_limb_remove"), _limb),
    **dict.fromkeys(
        (
            "challenge_paper",
            "challenge_paper_withdraw",
            "challenge_paper_give",
            "challenge_paper_none",
        ),
        _asked,
    ),
    **dict.fromkeys(("paper_download", "paper_remove"), _paper),
    **dict.fromkeys(
        (
            "timetable_start",
            "timetable_copy_day",
            "timetable_follow_days",
            "timetable_settings",
            "session_add",
        ),
        _challenge,
    ),
    **dict.fromkeys(
        ("session_change", "session_move", "session_remove", "timetable_move_rest"), _session
    ),
}
