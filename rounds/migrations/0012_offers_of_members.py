from django.db import migrations
from django.utils import timezone

STANDING = ["proposed", "asked", "accepted"]


def give_members_their_offers(apps, schema_editor):
    """Whoever sat on a team before seats were asked for can say, too, that they cannot come."""
    TeamMember = apps.get_model("rounds", "TeamMember")
    SeatOffer = apps.get_model("rounds", "SeatOffer")
    seated = TeamMember.objects.filter(to_date=None, offer=None).select_related("challenge__round")
    for member in seated:
        kind, leads = member.kind, member.seat == "lead"
        if leads and not kind:
            seats = member.challenge.round.format_data.get("seats") or []
            kind = next((seat["key"] for seat in seats if seat.get("leads")), "lead")
        SeatOffer.objects.update_or_create(
            challenge=member.challenge,
            user_id=member.user_id,
            state__in=STANDING,
            defaults={
                "kind": kind,
                "leads": leads,
                "state": "accepted",
                "answered_at": timezone.now(),
                "member": member,
            },
            create_defaults={
                "kind": kind,
                "leads": leads,
                "state": "accepted",
                "answered_at": timezone.now(),
                "member": member,
                "proposed_by_id": member.user_id,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0011_date_objection_answer"),
    ]

    operations = [
        migrations.RunPython(give_members_their_offers, migrations.RunPython.noop),
    ]
