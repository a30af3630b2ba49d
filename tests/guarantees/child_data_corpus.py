"""Made-up snippets: half give away a child's details, half only look as if they did.

The numbers are computed here, from the published rules, not by the code under test.
"""

from __future__ import annotations

import random
from calendar import month_name
from dataclasses import dataclass
from itertools import cycle

from tests.guarantees.child_data_clean import SENTENCES

CHANCE = random.Random(16)
UPN_ALPHABET = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in "IOS"]


@dataclass(frozen=True)
class Snippet:
    """`kind` is empty where nothing is to be found."""

    kind: str
    text: str


def nhs_number() -> str:
    while True:
        nine = [CHANCE.choice([4, 6, 7, 9]), *(CHANCE.randrange(10) for _ in range(8))]
        check = 11 - sum(nine[place] * (10 - place) for place in range(9)) % 11
        if check != 10:
            return "".join(map(str, nine)) + str(0 if check == 11 else check)


def upn(temporary: bool = False) -> str:
    digits = [8, *(CHANCE.randrange(10) for _ in range(10 if temporary else 11))]
    last = CHANCE.choice(UPN_ALPHABET) if temporary else ""
    values = [*digits, UPN_ALPHABET.index(last)] if temporary else digits
    letter = UPN_ALPHABET[sum(value * (place + 2) for place, value in enumerate(values)) % 23]
    return letter + "".join(map(str, digits)) + last


def nino() -> str:
    start = CHANCE.choice(["AB", "JK", "PW", "SR", "YZ", "CE", "HL"])
    return f"{start}{CHANCE.randrange(10**6):06d}{CHANCE.choice('ABCD')}"


def date_of_birth(place: int) -> str:
    day, month, year = CHANCE.randint(1, 28), CHANCE.randint(1, 12), CHANCE.randint(2001, 2019)
    name = MONTHS[month - 1]
    forms = (
        f"{day:02d}/{month:02d}/{year}",
        f"{day}.{month}.{year % 100:02d}",
        f"{day} {name} {year}",
        f"{day}th of {name} {year}",
        f"{year}-{month:02d}-{day:02d}",
        f"{name} {day}, {year}",
        f"{day} {name[:3]} {year}",
    )
    return forms[place % len(forms)]


MONTHS = list(month_name)[1:]
NUMBER_FRAMES = (
    "The record shows {} and no plan.",
    "One referral, {}, was open for nine weeks.",
    "We looked again at {}; the visit was late.",
    "({}) was seen alone.",
    "The file {}, closed in March, had no chronology.",
    "Audit of 12 files: 11 were good and {} was not.",
)
BIRTH_FRAMES = (
    "DOB {}",
    "d.o.b. {} and placed with kin",
    "her date of birth is {}",
    "The boy was born on {}.",
    "a girl (born {}) who came into care",
    "Date of birth: {}",
    "the twins, born {}, were placed apart",
    "D.O.B: {}, no school place",
    "{} (dob)",
    "(b. {}) lives with her aunt",
)
LETTERED = (
    "Child A was seen by three social workers in a year.",
    "We spoke to Young Person B about her plan.",
    "The views of child C's mother were not recorded.",
    "Sibling 2 stayed with the grandmother.",
    "In the case of Baby J, the pre-birth assessment was late.",
    "Child D (see the audit) had no health plan.",
    "A multi-agency audit looked at Child LW and her brother.",
    "young person K told us that nobody rang back.",
    "Pupil M was excluded twice.",
    "The serious case review of Child Z was published.",
    "Child 1 and Child 2 were placed in different towns.",
    "Family F had been known to four agencies.",
    "Mother B did not attend.",
    "Siblings A and B share a bedroom.",
    "YP C has gone missing nine times.",
    "Infant B was discharged without a plan.",
    "Girl A was seen at a hotel with older men.",
    "Case B shows drift of eleven months.",
    "The plan for CHILD E was not reviewed.",
    "Child J.S. had moved five times.",
    "Boy D was in custody overnight.",
    "For young person 3 the pathway plan was blank.",
    "Student B has not attended since May.",
    "Kinship carers of Child G waited a year for an allowance.",
)
NAMED = (
    "Mia, 7, has had five placements.",
    "Mia (aged 7) asked why nobody came.",
    "a 7-year-old Mia waits for a school place",
    "Jayden aged 14 was found in another county.",
    "Aisha, aged nine, wrote to the panel.",
    "Ten-year-old Callum lives with foster carers.",
    "Oliver (12) told the reviewing officer.",
    "Freya, 15, and her worker spoke at the day.",
    "Kacper is 6 and speaks Polish at home.",
    "The carers of Poppy, 3, were praised.",
    "Tyler Smith, 16, has left care early.",
    "an 8 year old boy called Rhys",
    "a girl of great courage, Zainab, aged 11, spoke",
    "Maisie who is 4 was not at nursery.",
    "Harvey (age 13) is out of school.",
    "Lexi J, aged 10, moved twice.",
    "When Reuben turned 18 his support stopped.",
    "Bethany is 14 years old and a mother.",
    "The brothers, Kai, 5, and Leo, 9, were parted.",
    "Ioan, aged 17, sleeps on a friend's sofa.",
    "Aged 6, Tilly was the eldest of four.",
    "17-year-old Omar arrived alone.",
    "Seventeen year old Samira is learning to drive.",
    "We met Dexter (aged 12 years).",
    "Evie, now aged 13, rides every Saturday.",
    "Connor was 15 when he first went missing.",
    "Nkechi, aged 12, asked for a mentor.",
    "Bryher (aged 8) has a plan.",
    "Little Ottoline was four.",
    "our youngest, Rosie M, 2",
)
STREETS = ("EX4 3QP", "TQ12 6LS", "BS3 1HG", "PL4 8AA", "GL50 1NN", "TR1 3HA", "ex16 7bq")
POSTCODES = (
    "The family moved to {} in June.",
    "Placed with carers at 14 Long Lane, {}.",
    "Home visit: {} (third floor).",
)
PHONES = (
    "07700 900123",
    "01632 960 417",
    "(01632) 960417",
    "020 7946 0958",
    "0113 496 0733",
    "+44 7700 900456",
    "07700900789",
    "0161-496-0123",
    "+44 (0)1632 960001",
)
PHONE_FRAMES = ("Her mother is on {} after six.", "Ring {} first.", "Carer: {}")


def corpus() -> list[Snippet]:
    return [*checksummed(), *phrases(), *clean()]


def checksummed() -> list[Snippet]:
    frames = cycle(NUMBER_FRAMES)
    snippets = []
    for place in range(36):
        plain = nhs_number()
        spaced = f"{plain[:3]} {plain[3:6]} {plain[6:]}"
        number = (plain, spaced, spaced.replace(" ", "-"), f"NHS number: {plain}")[place % 4]
        snippets.append(Snippet("nhs_number", next(frames).format(number)))
    for place in range(24):
        number = upn(temporary=place % 3 == 2)
        shown = (number, number.lower(), number, f"UPN {number}")[place % 4]
        snippets.append(Snippet("pupil_number", next(frames).format(shown)))
    for place in range(20):
        number = nino()
        pairs = " ".join([number[:2], *(number[at : at + 2] for at in (2, 4, 6)), number[8]])
        snippets.append(
            Snippet("national_insurance", next(frames).format(pairs if place % 2 else number))
        )
    return snippets


def phrases() -> list[Snippet]:
    births = [
        Snippet("date_of_birth", BIRTH_FRAMES[place % 10].format(date_of_birth(place)))
        for place in range(30)
    ]
    places = [
        Snippet("postcode", POSTCODES[place % 3].format(code)) for place, code in enumerate(STREETS)
    ]
    phones = [
        Snippet("phone_number", PHONE_FRAMES[place % 3].format(number))
        for place, number in enumerate(PHONES)
    ]
    return [
        *births,
        *(Snippet("lettered_child", text) for text in LETTERED),
        *(Snippet("name_and_age", text) for text in NAMED),
        *places,
        *phones,
    ]


def clean() -> list[Snippet]:
    return [Snippet("", text) for text in SENTENCES]
