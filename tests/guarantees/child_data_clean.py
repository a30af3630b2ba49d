"""Council prose, made up, that holds no child's details though some of it looks alike."""

from __future__ import annotations

from itertools import cycle

ALIKE = """
Of 240 enquiries under Section 47, 168 led to a conference within 15 working days.
Child and Family assessments were completed in 45 days in 88 per cent of cases.
The Child Protection plan rate is 42 per 10,000, against 43 for England.
Early Help for children aged 7 to 11 is offered in four of our six localities.
Young people aged 16 and over told us that moves come too late.
Spend against code 0345-2200-81 fell by £1.2 million over three years.
The cost centre is 01392 000110 and the ledger line 4012.
Wards in EX4, PL2 and TQ1 have twice the county's rate of referrals.
Every Child A Reader was funded until March 2016.
In September 2014, 12 schools joined the pilot; by 3 May 2016 there were 31.
Torbay, 7, Plymouth, 9, and Cornwall, 14, make up most of the rise.
Devon (12) and Dorset (9) have the largest homes programmes.
Key Stage 2 results rose by 4 points between 2014 and 2016.
As a child I would have wanted to know, one member of the youth council said.
Children A year below their peers in reading have a tutor for 10 weeks.
A child is seen alone at each visit in 91 per cent of cases.
We spend £9,434.76 a head, and 5919 hours of support were given.
Contract 1234567890 was let in June; its value is £3,200,000.
The budget codes 4010 2200 31 and 4010 2200 32 were merged.
Ofsted visited on 12 March 2014 and reported on 30 April 2014.
The service was relaunched on 1 April 2015 with 32 staff.
Our birth rate has fallen since 2012, by 9 per cent.
Between 2008 and 2013, 1,204 babies were born to mothers under 18.
Care leavers aged 19 to 21 in touch with us: 94 per cent.
Caseloads average 17; the highest is 26 in the Exeter team.
The panel met on 04/05/2016, 08/06/2016 and 13/07/2016.
Year 7 pupils in Barnstaple have a mentor; Year 11 do not.
Statement 12 of the strategy says that every family has one plan.
The Children Act 1989, section 17, and the Act of 2004, section 11.
Regulation 44 visits happen monthly in all 9 homes.
Group A and Group B were compared over 26 weeks.
Tier 2 and Tier 3 services share one front door.
Appendix B lists the 14 measures; Table 3 has their baselines.
School A* grades rose in two academies.
M5 Junction 24 divides the district from its hospital.
The audit of 12 cases found 3 outstanding, 7 good and 2 weak in recording.
Per child 12 hours of direct work are planned.
Each young person 16 or over is offered a personal adviser.
A two-year-old Partnership agreement with health was renewed.
Our five-year-old Strategy is being rewritten with young people.
Foster carers: 212 households, of whom 31 are new; 4 resigned in May.
Mark, our chair, has led the board since 2011.
Grace Road, 14 and 16, are being let to care leavers.
April, 12 per cent; May, 14 per cent; June, 9 per cent.
Charlotte Street children's centre is open on 4 days of 5.
The team at St George is 9 posts short.
Victoria ward is 7th of 24 for child poverty.
Two boys' groups and one girls' group meet weekly in Paignton.
The A30, the A39 and the B3257 are how most families reach us.
The NHS number of each child is recorded in 97 per cent of files.
We now match by NHS number, and by UPN for 12,400 pupils.
No dates of birth are held in the early help module.
Childline (0800 1111) is on every poster.
Its ISBN is 978-0-11-322012-4 and it runs to 120 pages.
The registered charity 1122334 runs three of the hubs.
£0117 per mile was the rate until 2013.
The Family Nurse Partnership serves 90 first-time mothers.
Phase 1 and Phase 2 of the hub cost £410,000.
In 2015/16, 2016/17 and 2017/18 the forecast was met.
2014 2015 2016 and 2017 are shown in the table, by quarter.
1,2,3 and 4 below answer the questions of the last letter.
Form CIN 1 was replaced by a single record.
Reports to Cabinet are due in Q1 2nd week and Q3 2nd week.
Every Child Matters was our framework then; Signs of Safety is now.
Case loads, case audits and case supervision are reported together.
A child is 7 times likelier to be referred in ward 4 than in ward 9.
The Student B&B scheme closed; no child has been placed in one since.
Brother and sister are placed together in 82 per cent of cases.
Case A/B testing of letters to parents raised replies by a fifth.
The lead member, Councillor Martin Pascoe, chairs the board of corporate parents.
Health visitors see 88 per cent of babies by 14 days, and 91 per cent at 12 months.
Looked After Children aged 10 or over who offended: 5.1 per cent.
The Pupil Premium Plus pays for tutors for 61 children.
Mothers aged 20 and under have their own midwife in Bridgwater.
Family 2 Family is a scheme run with a church in Yeovil.
There were 3 serious incidents, 2 of them in May, 1 in July.
Members visit homes 4 times a year; parents 2 times.
Is 15 per cent too many? We think that it is.
The team of 8 is 3 posts short; Swindon is 5 short.
""".strip().splitlines()

FRAMES = (
    "In {ward}, {n} of {m} children with a plan were seen in the last ten working days.",
    "{ward} ({n}) and its neighbour ({m}) have most of the county's children in need.",
    "Referrals from {ward} fell by {n} per cent in {year}; re-referrals stand at {m}.",
    "The {ward} locality team has {n} workers for {m} families, agreed on {day} March {year}.",
    "Children aged {a} to {b} in {ward} wait {n} weeks for a first appointment.",
    "Schools in {ward} hold {n} early help plans, and health visitors {m}.",
    "At {ward} children's centre {n} parents finished the course that began in May {year}.",
    "Between {year} and today, {n} foster carers were approved in {ward} and {m} were not.",
    "An audit of {m} files from {ward} in {year} found {n} with no chronology.",
    "{ward}, {n} per cent; the county, {m} per cent.",
)
WARDS = (
    "Ilfracombe",
    "Tavistock",
    "St Austell Bay",
    "Penhill",
    "Hartcliffe",
    "Swanage",
    "Alderney",
    "Weston Central",
    "Podsmead",
    "Melksham",
    "Radstock",
)


def _counted() -> list[str]:
    sentences = []
    frames = cycle(FRAMES)
    for place, ward in enumerate(ward for ward in WARDS for _ in range(10)):
        n, m = 3 + place * 7 % 43, 50 + place * 13 % 190
        a = place % 9
        sentences.append(
            next(frames).format(
                ward=ward, n=n, m=m, year=2009 + place % 9, day=1 + place % 28, a=a, b=a + 5
            )
        )
    return sentences


SENTENCES = [*ALIKE, *_counted()]
