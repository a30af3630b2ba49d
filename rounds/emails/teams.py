"""What is written about the seats of a team: to whoever is asked, and to those who wait."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.mail import address
from rounds.emails.sending import Files, directors_of, send_to
from rounds.models import SeatOffer, TeamMember
from rounds.queries.challenges import days_of
from rounds.queries.teams import seat_label


def tell_team_member(member: TeamMember, files: Files) -> None:
    """With the days, as soon as both sides know them."""
    challenge, own = member.challenge, files(member.user)
    context = {
        "member": member,
        "days": days_of(challenge) if challenge.dates_sent else [],
        "attached": len(own),
        "link": address("challenge", challenge.pk),
    }
    send_to("tell_team_member", [member.user], context, own)


def tell_seat_ended(member: TeamMember, files: Files) -> None:
    own = files(member.user)
    context = {"member": member, "attached": len(own), "link": address("home")}
    send_to("tell_seat_ended", [member.user], context, own)


def ask_seat(offer: SeatOffer) -> None:
    """What it is about the page says: the mail leads there."""
    challenge = offer.challenge
    context = {
        "offer": offer,
        "challenge": challenge,
        "seat": seat_label(challenge.round, offer.kind),
        "days": days_of(challenge) if challenge.dates_sent else [],
        "link": address("seat", offer.pk),
    }
    send_to("ask_seat", [offer.user], context)


def tell_seat_withdrawn(offer: SeatOffer) -> None:
    context = {"challenge": offer.challenge, "link": address("seat", offer.pk)}
    send_to("tell_seat_withdrawn", [offer.user], context)


def tell_seat_declined(offer: SeatOffer) -> None:
    """To the lead, the challengers' directors and the officers, but for who said no."""
    challenge = offer.challenge
    leads = User.objects.filter(is_active=True, seats__in=challenge.team.current().leads())
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=challenge.round.region)
    people = {*leads, *directors_of(*challenge.challengers), *officers} - {offer.user}
    context = {
        "offer": offer,
        "challenge": challenge,
        "seat": seat_label(challenge.round, offer.kind),
        "link": address("challenge_team", challenge.pk),
    }
    send_to("tell_seat_declined", sorted(people, key=lambda one: one.pk), context)
