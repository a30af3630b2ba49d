from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from authorities.models import Region, User
from feedback import permissions, queries
from feedback.models import LetterTemplate
from feedback.queries.templates import Part
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds.models import PRESETS


class TemplateChanged(Exception):
    """Somebody saved the template in the meantime; `theirs` is how it reads now."""

    def __init__(self, theirs: LetterTemplate) -> None:
        super().__init__("the template was saved in the meantime")
        self.theirs = theirs


@transaction.atomic
def begin_letter_template(region: Region, format_key: str, *, by: User) -> LetterTemplate:
    """A new version, as a copy of the one in use or of the format's own; begun twice it is one."""
    region = Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    permissions.write_letter_templates(by, region).require()
    versions = region.letter_templates.filter(format_key=format_key)
    if begun := versions.filter(released_at__isnull=True).first():
        return begun
    newest = versions.first()
    copied = newest.parts if newest else queries.parts_of_format(PRESETS[format_key].letter)
    template = LetterTemplate.objects.create(
        region=region,
        format_key=format_key,
        version=newest.version + 1 if newest else 1,
        parts=copied,
        made_by=by,
    )
    record("letter_template.begun", template, by=by)
    return template


@transaction.atomic
def edit_letter_template(
    template: LetterTemplate, parts: Sequence[Part], *, edits: int, by: User
) -> LetterTemplate:
    """Save all parts in their order. `edits` is what the template counted on the person's page;
    TemplateChanged is raised, and nothing saved, when it counts otherwise by now."""
    template = _lock(template)
    permissions.edit_letter_template(by, template).require()
    rows = [part.to_json() for part in parts]
    if rows == template.parts:
        return template
    if template.edits != edits:
        raise TemplateChanged(template)
    if not any(part.stays for part in parts):
        no("The findings stay in the letter: they can be moved, but not left out.").require()
    template.parts, template.edits = rows, template.edits + 1
    template.save(update_fields=["parts", "edits"])
    record("letter_template.edited", template, by=by)
    return template


@transaction.atomic
def release_letter_template(
    template: LetterTemplate, *, edits: int | None = None, by: User
) -> LetterTemplate:
    """From now on new letters of its format begin with it, and it never changes.

    `edits` is what it counted when the person read it: TemplateChanged where it counts otherwise.
    """
    template = _lock(template)
    permissions.edit_letter_template(by, template).require()
    if edits not in (None, template.edits):
        raise TemplateChanged(template)
    if missing := queries.missing_from_template(template):
        no(f"Before it is released: {'; '.join(missing)}.").require()
    template.released_at = timezone.now()
    template.save(update_fields=["released_at"])
    record("letter_template.released", template, by=by)
    return template


@transaction.atomic
def discard_letter_template(template: LetterTemplate, *, by: User) -> None:
    """The draft of a new version goes; what is in use stays in use."""
    template = _lock(template)
    permissions.edit_letter_template(by, template).require()
    record("letter_template.discarded", template, by=by)
    template.delete()


def _lock(template: LetterTemplate) -> LetterTemplate:
    locked = LetterTemplate.objects.select_for_update(of=("self",)).select_related("region")
    return locked.get(pk=template.pk)
