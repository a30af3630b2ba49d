"""Guarantees 3 and 4 with their full figures; the tests do the same with fewer letters.

    python -m bench.chaos [--letters 2000] [--faults 120] [--among 1000] [--poison 50]

All of the letters are issued in batches through the web server, which is killed while it does so;
in between everything else is, all with the limits of a real site. Then letters of which some are
poison are issued at once, with shorter limits, or waiting for them would take an hour.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections import Counter
from itertools import cycle

from tests.guarantees import chaos
from tests.guarantees.chaos import Chaos, Officer
from tests.guarantees.installation import Installation

POISON = ("poisontime", "poisonmemory", "poisonkill", "汉")
BATCH = 100
BETWEEN = 2.0  # seconds, and until something got done
RECOVERY = 1_800


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=2_000)
    parser.add_argument("--faults", type=int, default=120)
    parser.add_argument("--among", type=int, default=1_000)
    parser.add_argument("--poison", type=int, default=50)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="peerchallenge-bench-")
    os.environ |= {"DEBUG": "true", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "peerchallenge.settings"
    os.environ |= {"SECRET_KEY": "for a bench only", "ALLOWED_HOSTS": "localhost,127.0.0.1"}
    if options.letters:
        everything_killed(options.letters, options.faults)
    if options.among:
        poisoned(options.among, options.poison)
    shutil.rmtree(folder, ignore_errors=True)


def start(site: Installation) -> None:
    for name in ("web", "worker", "beat"):
        site.start(name)


def everything_killed(count: int, faults: int) -> None:
    with chaos.poisonable() as site:
        officer = chaos.officer_of(site, count)
        start(site)
        letters = officer.letters
        batches = [letters[first : first + BATCH] for first in range(0, count, BATCH)]
        officer.issue_until_done(batches.pop(0))
        havoc = Chaos(site, officer, batches)
        began = time.monotonic()
        havoc.go_on(faults, between=BETWEEN)
        while havoc.batches:
            officer.issue_until_done(havoc.batches.pop(0))
        took = time.monotonic() - began
        waiting = len(letters) - havoc.issued(letters)
        havoc.recover(within=RECOVERY)
        print(f"guarantee 3: {havoc.report(letters)}, when {waiting} still waited their turn")
        print(f"  one fault in {took / faults:.1f} s; set aside: {site.query(chaos.SET_ASIDE)}")
        print(f"  mails that went not once: {len(site.query(chaos.UNTOLD))}; ", end="")
        print(f"seals broken: {site.query(chaos.BROKEN_SEALS)[0][0]}; ", end="")
        print(f"numbers: {site.query(chaos.NUMBERS)[0]}", flush=True)


def poisoned(among: int, poison: int) -> None:
    words = dict(zip(range(among // poison, among + 1, among // poison), cycle(POISON)))
    with chaos.poisonable(OUTBOX_LEASE_SECONDS="20", OUTBOX_MEMORY_MB="600") as site:
        officer: Officer = chaos.officer_of(site, among, words)
        start(site)
        letters = officer.letters
        for first in range(0, among, BATCH):
            officer.issue_until_done(letters[first : first + BATCH])
        after = Chaos(site, officer, [])
        after.recover(within=2 * RECOVERY)
        tries = site.query(chaos.TRIES % ",".join(map(str, letters)))
        print(
            f"guarantee 4: {among} letters, {len(words)} of them poison: "
            f"{after.issued(letters)} issued, nothing tried more than "
            f"{max(count for _, count in tries)} times, {after.recovered:.0f} s in all"
        )
        for reason, times in Counter(why for _, why in site.query(chaos.SET_ASIDE)).items():
            print(f"  {times:3} set aside: {reason}")


if __name__ == "__main__":
    main()
