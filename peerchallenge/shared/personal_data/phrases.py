"""Words that point at one child: a date of birth, a letter, a name with an age, a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peerchallenge.shared.personal_data.found import Found, found
from peerchallenge.shared.personal_data.names import GIVEN_NAMES, NOT_NAMES

_POSTCODE_AREAS = """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY
    E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE
    LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL
    SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
POSTCODE_AREAS = frozenset(_POSTCODE_AREAS.split())
AGE = (
    r"(?:1[0-9]|[0-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen)\b"
)
# What follows an age when it is a band or a count instead.
NO_BAND = (
    r"(?!\s?(?:-|–|—|/|%|\+)\s?\w|\s?[%+]|[.,]\d"
    r"|\s(?:to|and over|or over|and under|or under|and above|or above|and older|per cent)\b)"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH}(?:,?\s\d{{2,4}})?|"
    rf"{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?|\d{{1,2}}\s\d{{1,2}}\s\d{{4}})\b"
)

BIRTH = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdates?\sof\sbirth\b|\bbirth\s?dates?\b|\bbirthdays?\b|\bborn\b|"
    rf"\bb\.)(?P<between>[\s:=,.(-]|\bwas\b|\bis\b|\bon\b|\bthe\b|\bof\b){{0,8}}(?P<found>{DATE})",
    re.IGNORECASE,
)
BIRTH_AFTER = re.compile(
    rf"(?<!\d)(?P<found>{DATE})[\s,(-]{{1,3}}(?:d\.?o\.?b\b|date\sof\sbirth\b)", re.IGNORECASE
)


def dates_of_birth(text: str) -> Iterator[Found]:
    """A date that the words beside it call somebody's birth; any other date is left alone."""
    for match in BIRTH.finditer(text):
        yield found("date_of_birth", "a date of birth", match, "found")
    for match in BIRTH_AFTER.finditer(text):
        yield found("date_of_birth", "a date of birth", match, "found")


CHILD = re.compile(
    r"(?<![\w’'-])(?:(?:[Cc]hild(?:ren)?|CHILD|[Yy]oung [Pp]erson|YP|[Ss]ibling|[Bb]aby|[Pp]upil|"
    r"[Ss]tudent|[Bb]oy|[Gg]irl|[Bb]rother|[Ss]ister|[Ii]nfant|[Tt]eenager|[Pp]atient)s?|"
    r"(?:[Mm]other|[Ff]ather|[Ff]amily|[Mm]um|[Dd]ad|[Cc]ase))\s"
    r"(?:(?P<letter>[A-Z])(?![\w&-]|\.\w|\s?[&/])|(?P<initials>[A-Z]\.\s?[A-Z]\.?|[A-HJ-Z]{2})(?!\w)"
    rf"|(?P<number>[1-9]\d?)\b{NO_BAND})(?P<after>\s[A-Za-z]{{1,20}})?"
)
COUNTED = re.compile(
    r"\b(?:every|each|per|any|one|a|an|no|all|first|second|third)\s$", re.IGNORECASE
)
_NOT_INITIALS = """
    CE CP IT LA MP NO OF ON PE QA SC SE TO TV UK EU IQ HR IS IN DO
"""
NOT_INITIALS = frozenset(_NOT_INITIALS.split())
_UNITS = """
    of per in day days week weeks month months year years hour hours times children families out
    or for on at from with cases people to
"""
UNITS = frozenset(_UNITS.split())


def lettered_children(text: str) -> Iterator[Found]:
    """ "Child A", "Young person B", "Sibling 2": somebody real, half hidden."""
    for match in CHILD.finditer(text):
        after = (match["after"] or "").strip()
        counted = COUNTED.search(text, max(0, match.start() - 8), match.start())
        if match["letter"] in ("A", "I") and counted:
            continue  # "Every Child A Reader", "as a child I"
        if match["letter"] == "I" and after.islower():
            continue
        if match["initials"] and (match["initials"] in NOT_INITIALS or after[:1].isupper()):
            continue
        if match["letter"] == "A" and after in UNITS:
            continue
        if match["number"] and (counted or after in UNITS or after[:1].isupper()):
            continue
        last = match.end() - len(match["after"] or "")
        yield Found(
            "lettered_child", "a child by letter", text[match.start() : last], match.start(), last
        )


NAME = (
    r"(?P<name>[A-Z][a-zà-ÿ’']{1,20})"
    r"(?:[\s-](?!Road|Street|Lane|Avenue|House|School|Ward|Centre)[A-Z][a-zà-ÿ’']{0,20}\.?)?"
)
AGED = re.compile(
    rf"\b{NAME}[\s,(]{{1,3}}(?:who\s(?:is|was)\s)?(?:now\s)?(?:aged|age)\s{AGE}{NO_BAND}"
)
BARE = re.compile(
    rf"\b{NAME}(?:,\s{AGE}{NO_BAND}(?=[,.;:)!?]|\s(?:and|who|was|is|has|had|lives|told|said|from)\b|$)"
    rf"|\s\({AGE}{NO_BAND}\)|,?\s(?:who\s)?(?:is|was|turned|has\sturned|had\sturned)\s{AGE}{NO_BAND}"
    rf"(?=[,.;:)!?]|\s(?:years|months|weeks|and|when|now|at)\b|$))"
)
OLD = re.compile(
    rf"\b(?P<age>{AGE})[\s-]years?[\s-]olds?,?\s(?P<kin>(?:boy|girl|child|pupil|son|daughter|brother|"
    rf"sister|twin|called|named|is|was),?\s){{0,3}}{NAME}"
)
YEARS = re.compile(rf"\b{NAME}\s(?:is|was)\s{AGE}\s(?:years|months|weeks)\sold\b")
AGED_FIRST = re.compile(rf"\b[Aa]ged?\s{AGE},\s{NAME}")
WHERE = re.compile(r"\b(?:in|across|at|near|within|around|outside|for)\s$", re.IGNORECASE)


def names_with_age(text: str) -> Iterator[Found]:
    """ "Mia, 7", "Mia (aged 7)", "7-year-old Mia". Where only a number stands beside it, the
    name must be a common given name: "Torbay, 7" is a figure."""
    for pattern, sure in (
        (AGED, False),
        (OLD, False),
        (YEARS, False),
        (BARE, True),
        (AGED_FIRST, True),
    ):
        for match in pattern.finditer(text):
            name = match["name"].removesuffix("’s").removesuffix("'s")
            placed = WHERE.search(text, max(0, match.start() - 8), match.start())
            known = name in GIVEN_NAMES
            if known or not (sure or placed or name in NOT_NAMES):
                yield found("name_and_age", "a name with an age", match)


POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<area>[A-Z]{1,2})\d[A-Z\d]?(?P<gap>\s?)\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])"
    r"|(?<![a-z0-9])(?P<small>[a-z]{1,2})\d[a-z\d]? \d(?!st|nd|rd|th|pm|am)"
    r"[abd-hjlnp-uw-z]{2}(?![a-z0-9])"
)


def postcodes(text: str) -> Iterator[Found]:
    """Outward and inward half, of an area that exists (Royal Mail, Programmers' Guide)."""
    for match in POSTCODE.finditer(text):
        if (match["area"] or match["small"]).upper() in POSTCODE_AREAS:
            yield found("postcode", "a full postcode", match)
