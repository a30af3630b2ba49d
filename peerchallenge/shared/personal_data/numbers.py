"""Numbers that are one person's: most carry a check digit or letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerchallenge.shared.personal_data.found import Found, found

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

NHS = re.compile(
    r"(?<![\d£€$.,/-])(?<!\d\s)\d{3}(?P<gap>[\s.-]?)\d{3}(?P=gap)\d{4}(?![\s.-]?\d|[,/%]\d)"
)
NHS_LABELLED = re.compile(
    r"\bNHS\s{0,2}(?:no|num|number|id|#)s?\b[\s:.=#(is]{0,8}(?P<found>\d(?:[\s.-]{0,2}\d){9})(?!\d)",
    re.IGNORECASE,
)


def nhs_numbers(text: str) -> Iterator[Found]:
    """Ten digits with modulus 11 (NHS Data Dictionary, NHS NUMBER), or called one."""
    for match in NHS.finditer(text):
        if nhs_number_adds_up(_digits(match[0])):
            yield found("nhs_number", "an NHS number", match)
    for match in NHS_LABELLED.finditer(text):
        yield found("nhs_number", "an NHS number", match, "found")


def nhs_number_adds_up(digits: str) -> bool:
    """Weights 10 to 2; eleven less the remainder is the last digit, 11 counting as 0."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9]) and len(set(digits)) > 1


UPN = re.compile(
    r"(?<![A-Za-z0-9])[A-HJ-NP-RT-Z]\s?\d{3}\s?\d{4}\s?\d{2}\s?\d{2}[\dA-HJ-NP-RT-Z](?![A-Za-z0-9])",
    re.IGNORECASE,
)


def pupil_numbers(text: str) -> Iterator[Found]:
    """Check letter and twelve more, the last a letter while temporary (DfE, UPN guide)."""
    for match in UPN.finditer(text):
        if upn_adds_up(re.sub(r"\s", "", match[0]).upper()):
            yield found("pupil_number", "a unique pupil number", match)


def upn_adds_up(upn: str) -> bool:
    """Weights 2 to 13 on what follows the letter; the remainder by 23 is the letter's place."""
    values = [
        int(char) if char.isdigit() else UPN_LETTERS.index(char)
        for char in upn[1:]
        if char.isalnum()
    ]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return UPN_LETTERS[total % 23] == upn[0]


NINO = re.compile(
    r"(?<![A-Za-z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"(?P<gap>[\s-]?)\d{2}(?P=gap)\d{2}(?P=gap)\d{2}[\s-]?[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)


def national_insurance_numbers(text: str) -> Iterator[Found]:
    """Two letters of those in use, six digits, A to D (HMRC manual NIM39110)."""
    # With gaps "no 12 15 18 a" would do in lower case: then only capitals are believed.
    for match in NINO.finditer(text):
        if not match["gap"] or match[0].upper() == match[0]:
            yield found("national_insurance", "a National Insurance number", match)


PHONE = re.compile(
    r"(?<![\d£.,/-])(?<!\d\s)(?:(?:\+|\b00)44\s?(?:\(0\)\s?)?|\(?0)[1-378]"
    r"(?:\d{9}|\d{3}\)?[\s-]\d{6}|\d{3}\)?[\s-]\d{3}[\s-]\d{3}|\d{2}\)?[\s-]\d{3}[\s-]?\d{4}"
    r"|\d\)?[\s-]\d{4}[\s-]?\d{4}|\d{3}\)?[\s-]\d{2}[\s-]\d{2}[\s-]\d{2})(?![\s-]?\d|[/%]\d)"
)
CODED = re.compile(
    r"\b(?:code|cost|budget|ledger|centre|account|ref|reference|order|invoice|charity)\b",
    re.IGNORECASE,
)


def phone_numbers(text: str) -> Iterator[Found]:
    """Eleven digits as they are written in the United Kingdom (Ofcom, National Numbering Plan)."""
    for match in PHONE.finditer(text):
        if not CODED.search(text, max(0, match.start() - 24), match.start()):
            yield found("phone_number", "a phone number", match)


CASE_NUMBER = re.compile(
    r"\b(?:case|client|mosaic|liquid\s?logic|carefirst|lcs|ics|pupil|police\scase)\s(?:no|number|ref|"
    r"reference|id)\b[\s.:#]{0,4}(?P<found>[A-Z]{0,4}[/-]?\d{4,10}(?:[/-]\d{1,6})?)\b",
    re.IGNORECASE,
)


def case_numbers(text: str) -> Iterator[Found]:
    """Digits that the words before them call a case's."""
    for match in CASE_NUMBER.finditer(text):
        yield found("case_number", "a case number", match, "found")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
