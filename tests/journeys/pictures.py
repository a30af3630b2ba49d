"""The pictures of docs/, taken of the demo: `python -m tests.journeys.pictures [name …]`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page

from peerchallenge.demo import PASSWORD
from tests.browser import running_chromium
from tests.services import free_port

DOCS = Path("docs")
WIDE = 1440
HEAVIEST = 300 * 1024
DOMAIN = "southwest.example"
UNMATCHED = "import tests.journeys.pictures as p; p.build_unmatched()"


def overview(browser: Browser, site: str) -> Image.Image:
    page = signed_in(browser, site, "officer")
    page.goto(f"{site}/rounds")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    return taken(page)


def self_assessment(browser: Browser, site: str) -> Image.Image:
    """Of an authority that is still writing, with two sections given to colleagues."""
    page = signed_in(browser, site, "director.somerset")
    page.get_by_role("navigation").get_by_role("link", name="Self-assessment").click()
    page.wait_for_load_state()
    return taken(page)


def of_round(browser: Browser, site: str, tab: str) -> Page:
    """A page of the demo's round, as its officer opens it."""
    page = signed_in(browser, site, "officer")
    page.goto(f"{site}/rounds")
    page.locator("main table a").first.click()
    page.get_by_role("link", name=tab, exact=True).click()
    page.wait_for_load_state()
    return page


def matching(browser: Browser, site: str) -> Image.Image:
    """Everybody matched, and one of two who are to swap already chosen."""
    page = of_round(browser, site, "Match")
    page.locator("button[name=swap]").nth(4).click()
    page.get_by_text("is chosen").wait_for()
    return taken(page)


def letter(browser: Browser, site: str) -> Image.Image:
    """The first two pages of an issued letter, side by side."""
    page = signed_in(browser, site, "lead.dorset")
    with page.expect_download() as coming:
        page.get_by_role("link", name="(PDF)").first.click()
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-png", "-r", "80", "-l", "2", coming.value.path()]
        subprocess.run([*command, f"{folder}/page"], check=True)
        pages = [Image.open(path).convert("RGB") for path in sorted(Path(folder).iterdir())]
    gap = 32
    tall = max(one.height for one in pages) + 2 * gap
    sheet = Image.new("RGB", (sum(one.width + gap for one in pages) + gap, tall), "#d9dfe3")
    left = gap
    for one in pages:
        sheet.paste(one, (left, gap))
        left += one.width + gap
    return sheet


PICTURES = {
    "overview": overview,
    "self-assessment": self_assessment,
    "matching": matching,
    "letter": letter,
}


def signed_in(browser: Browser, site: str, who: str) -> Page:
    size = {"width": WIDE, "height": 1000}
    page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]
    page.goto(site)
    page.get_by_label("E-mail address").fill(f"{who}@{DOMAIN}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site}/")
    return page


def taken(page: Page) -> Image.Image:
    """The whole page but for its footer, the same on each."""
    page.evaluate("document.activeElement.blur()")
    whole = Image.open(BytesIO(page.screenshot(full_page=True)))
    foot = page.locator("footer").bounding_box()
    return whole.crop((0, 0, whole.width, int(foot["y"]) if foot else whole.height))


def keep(picture: Image.Image, name: str) -> None:
    """As few colours as it needs to be light."""
    path = DOCS / f"{name}.png"
    for colours in (256, 128, 64, 32):
        few = picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= HEAVIEST:
            return


def build_unmatched() -> None:
    """The demo's region as it was when everybody had written and nobody had a challenger."""
    import django

    django.setup()
    from datetime import timedelta

    from django.utils import timezone

    from peerchallenge.demo.challenges import open_round, write_self_assessment
    from peerchallenge.demo.content import load_region
    from peerchallenge.demo.moments import at
    from peerchallenge.demo.people import make_cast
    from rounds.actions import save_matches

    content, today = load_region("south-west"), timezone.localdate()
    with at(content.opens.on(today) - timedelta(weeks=2)):
        cast = make_cast(content)
    round = open_round(content, cast, today)
    for words in content.authorities:
        write_self_assessment(round, words, cast, today)
    codes = {slug: authority.dfe_code for slug, authority in cast.authorities.items()}
    pairs = [(codes[story.host], codes[story.challenger]) for story in content.challenges]
    save_matches(round, None, pairs, by=cast.officer)


@contextmanager
def demo_site(*build: str) -> Iterator[str]:
    """A demo of its own on a free port."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        settings = {
            "DEMO": "true",
            "DATA_DIR": folder,
            "BASE_URL": f"http://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "peerchallenge.settings",
        }
        inherited = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME"}}
        env = inherited | settings
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
        subprocess.run([sys.executable, *build], env=env, check=True)
        command = [sys.executable, "-m", "gunicorn", "peerchallenge.wsgi", f"-b127.0.0.1:{port}"]
        server = subprocess.Popen([*command, "--log-level=warning"], env=env)
        try:
            wait_for(settings["BASE_URL"])
            yield settings["BASE_URL"]
        finally:
            server.terminate()
            server.wait()


def wait_for(site: str) -> None:
    for _ in range(100):
        try:
            urlopen(f"{site}/healthy").close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(site)


def main(names: list[str]) -> None:
    with running_chromium() as browser:
        for builds, made in (
            (["manage.py", "demo"], [name for name in PICTURES if name != "matching"]),
            (["-c", UNMATCHED], ["matching"]),
        ):
            wanted = [name for name in made if name in (names or PICTURES)]
            if wanted:
                with demo_site(*builds) as site:
                    for name in wanted:
                        keep(PICTURES[name](browser, site), name)


if __name__ == "__main__":
    main(sys.argv[1:])
