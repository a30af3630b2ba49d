from __future__ import annotations

import hashlib

from django.db import transaction

from authorities.models import Region, User
from feedback import permissions
from feedback.models import Letterhead, LetterPicture
from feedback.queries.letterheads import PictureChosen
from peerchallenge.audit.actions import record


class LetterheadChanged(Exception):
    """Somebody saved the letterhead since the person's page was drawn."""

    def __init__(self, now: Letterhead) -> None:
        super().__init__("the letterhead was saved in the meantime")
        self.now = now


@transaction.atomic
def change_letterhead(
    region: Region,
    *,
    address: str,
    logo: PictureChosen,
    signature: PictureChosen,
    seen: int,
    by: User,
) -> Letterhead:
    """What letters issued from now on carry; those issued keep theirs.

    `seen` is the `Letterhead.edits` of the person's page.
    """
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    permissions.change_letterhead(by, region).require()
    head = Letterhead.objects.filter(region=region).first() or Letterhead(region=region)
    if head.edits != seen:
        raise LetterheadChanged(head)
    head.address = address
    for name, chosen in (("logo", logo), ("signature", signature)):
        if not chosen.keep:
            setattr(head, name, _kept(chosen.data) if chosen.data else None)
        there = getattr(head, name) is not None
        setattr(head, f"{name}_says", chosen.says if there else "")
    head.edits, head.changed_by = head.edits + 1, by
    head.save()
    record("letterhead.changed", region, by=by)
    return head


def _kept(data: bytes) -> LetterPicture:
    """Kept once, however often it is chosen."""
    digest = hashlib.sha256(data).hexdigest()
    return LetterPicture.objects.get_or_create(sha256=digest, defaults={"data": data})[0]
