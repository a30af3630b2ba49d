"""What a region's letters begin with, as its officers write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from authorities.models import User
from feedback import actions
from feedback.models import LetterTemplate
from tests.feedback.conftest import Happened
from tests.world import World

Browser = Callable[[User], Client]


def boxes(template: LetterTemplate, **texts: str) -> dict[str, Any]:
    """What the form sends: every part as it is, but for these texts."""
    data = {
        "edits": template.edits,
        "order": ",".join(f"{row['key']}:{row['kind']}" for row in template.parts),
    }
    for row in template.parts:
        data[f"heading_{row['key']}"] = row["heading"]
        data[f"text_{row['key']}"] = texts.get(row["key"], row["text"])
    return data


def begun(world: World) -> LetterTemplate:
    return actions.begin_letter_template(world.region, "paired_visits", by=world.officer)


def test_an_officer_writes_a_version_tries_it_releases_it_and_letters_begin_with_it(
    world: World, browser: Browser
) -> None:
    happened = Happened()
    officer = browser(world.officer)
    listed = reverse("letter_templates", args=[world.region.pk])
    assert officer.get(listed).content.decode().count("Begin the region’s own") == 6
    begin = reverse("letter_template_begin", args=[world.region.pk, "paired_visits"])
    first = officer.post(begin)
    assert officer.post(begin).url == first.url
    template = LetterTemplate.objects.get()
    page = first.url
    assert "Move up" in officer.get(page).content.decode()
    pasted = "<p>Written by {lead}.</p><script>x</script><ul><li>for {host}</li></ul>"
    officer.post(page, boxes(template, opening=pasted) | {"press": "down:opening"})
    template.refresh_from_db()
    assert [row["key"] for row in template.parts][:2] == ["status", "opening"]
    assert template.parts[1]["text"] == "Written by {lead}.\n- for {host}"
    preview = officer.get(reverse("letter_template_preview", args=[template.pk]))
    assert "Written by A Leader." in preview.content.decode()
    release = reverse("letter_template_release", args=[template.pk])
    assert "Nothing is missing" in officer.get(release).content.decode()
    assert officer.post(release).url == officer.post(release).url == listed
    challenge = world.visited()
    letter = actions.draft_letter(challenge, by=world.lead_of(challenge))
    assert letter.template == template
    assert [part.key for part in letter.parts.all()][:2] == ["status", "opening"]
    assert letter.parts.get(key="opening").text.startswith("Written by ")
    assert "{" not in letter.parts.get(key="opening").text
    template.refresh_from_db()
    refused = officer.post(page, boxes(template, opening="Later"))
    assert refused.status_code == 403
    assert [verb for verb in happened.verbs if verb.startswith("letter_template")] == [
        "letter_template.begun",
        "letter_template.edited",
        "letter_template.released",
    ]


def test_two_who_write_at_once_are_shown_both_and_nothing_is_lost(
    world: World, browser: Browser
) -> None:
    template = begun(world)
    page = reverse("letter_template", args=[template.pk])
    mine = boxes(template, opening="Mine")
    browser(world.officer).post(page, boxes(template, opening="Theirs"))
    clash = browser(world.officer).post(page, mine)
    shown = clash.content.decode()
    assert clash.status_code == 409
    assert shown.index("Theirs") < shown.index("Mine</textarea>")
    browser(world.officer).post(page, mine | {"edits": 1})
    template.refresh_from_db()
    assert template.parts[0]["text"] == "Mine"


def test_an_unknown_place_stops_its_release_and_a_draft_can_be_deleted(
    world: World, browser: Browser
) -> None:
    template = begun(world)
    officer = browser(world.officer)
    page = reverse("letter_template", args=[template.pk])
    officer.post(page, boxes(template, opening="Dear {all}") | {"press": "remove:themes"})
    release = officer.post(reverse("letter_template_release", args=[template.pk]))
    assert release.status_code == 409
    assert "change “{all}” in “Introduction and thanks”" in release.content.decode()
    officer.post(reverse("letter_template_discard", args=[template.pk]))
    assert not LetterTemplate.objects.exists()
