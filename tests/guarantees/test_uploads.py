"""Guarantee 11: what would harm is refused with a reason, and nothing is ever served inline."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from peerchallenge.shared.uploads import KINDS, UploadRefused, clean_name, look
from tests.guarantees.good_files import good_files, pdf
from tests.guarantees.hostile_files import hostile_files

SLOWEST, MOST_MEGABYTES = 20, 400


def megabytes(line: str) -> float:
    """VmRSS is what this process holds, VmHWM the most it has held since `forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{line}:")[1].split()[0]) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def test_every_hostile_file_is_refused_with_a_reason(figure: Callable[[str], None]) -> None:
    files = hostile_files()
    assert len(files) >= 300
    forget_peak()
    before = megabytes("VmRSS")
    taken, silent, slowest = [], [], 0.0
    for one in files:
        start = time.monotonic()
        try:
            look(io.BytesIO(one.body), one.name)
        except UploadRefused as refused:
            if len(refused.reason.split()) < 6:
                silent.append(one)
        else:
            taken.append((one.wrong, one.name[:60]))
        slowest = max(slowest, time.monotonic() - start)
    grown = megabytes("VmHWM") - before
    figure(
        f"guarantee 11: {len(files)} hostile files, {len(taken)} taken, {len(silent)} refused "
        f"without a reason; the slowest took {slowest:.1f} s, and this process grew by "
        f"{grown:.0f} MB at most"
    )
    assert taken == []
    assert silent == []
    assert slowest < SLOWEST
    assert grown < MOST_MEGABYTES


def test_what_an_authority_has_is_taken(figure: Callable[[str], None]) -> None:
    files = good_files()
    assert len(files) >= 20
    refused = []
    for name, body in files:
        try:
            kept = look(io.BytesIO(body), name)
        except UploadRefused as error:
            refused.append((name, error.reason))
        else:
            assert kept.kind in KINDS
            assert kept.size == len(body)
    figure(f"guarantee 11: {len(files)} good files, {len(refused)} refused")
    assert refused == []


NAMES = (
    "../../etc/passwd.pdf",
    "..\\..\\windows\\win.pdf",
    "/etc/cron.d/a.pdf",
    "a\x00.pdf",
    "a\r\nSet-Cookie: b=c.pdf",
    "\u202efdp.exe\u202c.pdf",
    "\u200b\ufeff.pdf",
    'a"; filename="b.exe.pdf',
    "<script>alert(1)</script>.pdf",
    "a" * 5_000 + ".pdf",
    "é" * 300 + ".pdf",
    "....pdf",
    ".pdf",
    "con:aux|nul?.pdf",
    "a.exe.pdf",
    "\ud800a.pdf",
)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:24])
def test_a_hostile_name_around_a_good_file_is_cleaned(name: str) -> None:
    kept = look(io.BytesIO(report()), name).name
    assert kept.endswith(".pdf")
    assert len(kept) <= 130
    assert not set('/\\<>:"|?*;\x00\r\n\u202e\u200b\ufeff\ud800') & set(kept)
    assert not kept.startswith(".")
    assert clean_name(kept, "pdf") == kept


REPORT: list[bytes] = []


def report() -> bytes:
    if not REPORT:
        REPORT.append(pdf())
    return REPORT[0]
