"""A region's letterhead: what is taken, what is kept of it, and which letters carry it."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from authorities.models import User
from feedback import queries
from feedback.documents import render_letter_pdf
from feedback.models import Letterhead, LetterPicture
from peerchallenge.shared.uploads.pictures import clean_picture
from tests.pdfs import faults
from tests.world import World

Browser = Callable[[User], Client]


def picture(colour: str = "teal", side: int = 200) -> bytes:
    """With a comment and a transparent corner, of which nothing may be left."""
    drawn = Image.new("RGBA", (side, side), colour)
    drawn.paste((0, 0, 0, 0), (0, 0, side // 2, side // 2))
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "Somebody was here")
    kept = io.BytesIO()
    drawn.save(kept, "PNG", pnginfo=said)
    return kept.getvalue()


def upload(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


class TestTheLetterhead:
    def test_is_carried_by_letters_issued_from_then_on(
        self, world: World, browser: Browser
    ) -> None:
        client, place = browser(world.officer), f"/letterhead/{world.region.pk}"
        said = {
            "address": "County Hall\nTaunton",
            "logo": upload(picture()),
            "logo_says": "Logo of the board",
            "signature": upload(picture("navy"), "signature.png"),
            "signature_says": "Jo Somebody, chair",
            "seen": 0,
        }
        assert "The letterhead is saved" in client.post(place, said, follow=True).text
        letter = world.letter_approved()
        content = queries.letter_content(letter)
        assert content.letterhead == ("County Hall", "Taunton")
        assert (content.logo_says, content.signature_says) == (
            "Logo of the board",
            "Jo Somebody, chair",
        )
        kept = queries.pictures_of(content)
        assert set(kept) == {content.logo, content.signature}
        with Image.open(io.BytesIO(kept[content.logo])) as drawn:
            assert (drawn.mode, drawn.info, drawn.getpixel((5, 5))) == ("RGB", {}, (255,) * 3)
        before = render_letter_pdf(content)
        assert faults(before) == []

        taken_off = said | {"logo": "", "signature": "", "logo_off": "on", "seen": 1}
        client.post(place, taken_off)
        head = Letterhead.objects.get()
        assert (head.logo, head.logo_says, head.signature_says) == (None, "", "Jo Somebody, chair")
        assert LetterPicture.objects.count() == 2
        assert render_letter_pdf(content) == before

    def test_refuses_what_is_no_small_picture_or_says_nothing(
        self, world: World, browser: Browser
    ) -> None:
        client, place = browser(world.officer), f"/letterhead/{world.region.pk}"
        says = {"logo_says": "Logo of the board", "seen": 0}
        for file, answer in (
            (upload(picture() + b" " * 200_000), "larger than 200 KB"),
            (upload(picture(side=2_500)), "too many pixels"),
            (upload(b"%PDF-1.7 no picture", "logo.pdf"), "This is not a picture"),
            (upload(b"<svg onload='alert(1)'/>", "logo.png"), "Then choose it here again"),
            (upload(picture(side=59)), "only 59 by 59 pixels, too small to print"),
            ("", "Choose the logo that this is about, or clear what it says"),
        ):
            assert answer in client.post(place, says | {"logo": file}).text
        wordless = client.post(place, {"logo": upload(picture()), "seen": 0}).text
        assert "Enter what the logo shows" in wordless
        assert "Choose the logo again: it is kept once the rest is right" in wordless
        assert not Letterhead.objects.exists()

    def test_saved_by_two_shows_the_second_what_the_first_wrote(
        self, world: World, browser: Browser
    ) -> None:
        client, place = browser(world.officer), f"/letterhead/{world.region.pk}"
        client.post(place, {"address": "The first", "seen": 0})
        page = client.post(place, {"address": "The second", "seen": 0}).text
        assert "You saved the letterhead in another window too" in page
        assert "The first" in page
        assert "The second" in page
        client.post(place, {"address": "The second", "seen": 1})
        assert Letterhead.objects.get().address == "The second"

    def test_is_changed_by_the_boards_officers_alone(self, world: World, client: Client) -> None:
        place, said = f"/letterhead/{world.region.pk}", {"address": "County Hall", "seen": 0}
        for person in (world.chair, world.approver):
            client.force_login(person)
            assert client.post(place, said).status_code == 403
        assert not Letterhead.objects.exists()


def test_a_picture_is_kept_as_it_is_seen_turned_upright_and_with_its_greys() -> None:
    upright, grey = io.BytesIO(), io.BytesIO()
    drawn = Image.new("RGB", (200, 100), "teal")
    lying = drawn.getexif()
    lying[0x0112] = 6  # a quarter turn to the right
    drawn.save(upright, "JPEG", exif=lying)
    Image.new("I;16", (100, 100), 0x8000).save(grey, "PNG")
    with Image.open(io.BytesIO(clean_picture(upright, "logo.jpg"))) as kept:
        assert kept.size == (100, 200)
    with Image.open(io.BytesIO(clean_picture(grey, "scan.png"))) as kept:
        assert kept.getpixel((0, 0)) == (128,) * 3
