"""Believable feedback letters of any size, the same for the same seed; no real person in them."""

import random
from datetime import date, timedelta

from feedback.models.content import (
    LetterContent,
    LetterPart,
    NextStep,
    TeamMember,
    ThemeFindings,
    VisitDay,
)

HOSTS = (
    "Bath and North East Somerset",
    "Bournemouth, Christchurch and Poole",
    "Bristol",
    "Cornwall",
    "Devon",
    "Dorset",
    "Gloucestershire",
    "Isles of Scilly",
    "North Somerset",
    "Plymouth",
    "Somerset",
    "South Gloucestershire",
    "Swindon",
    "Torbay",
    "Wiltshire",
)

OPENING = """Thank you for inviting us to challenge {host} on {area}, and for the openness with \
which your staff, your partners and your lead member met us. This letter sets out what we saw. It \
follows what we said to you and your management team on the second day, in more detail and in \
the order that you may find most useful for your action plan.
A peer challenge is not an inspection. We are colleagues from another authority who read your \
self-assessment, looked at your figures, talked with the people who do the work and asked the \
questions that we would want to be asked ourselves. We give no grade. Where we say that something \
is an area for consideration, we mean that it deserves your attention; what to do about it is \
yours to decide."""

DONE = """Before the visit we read your self-assessment, the threshold document, eighteen months \
of performance figures and the audit programme. On site we
- heard presentations from the early help, edge of care and looked after children services
- met front line workers and team managers without their service heads present
- spoke with partners from health, police, schools and the voluntary sector
- met a group of young people and carers, who were generous with their time
We spoke with forty-three people. Nothing in this letter can be traced to any one of them."""

SUMMARY = """You know yourselves well. The picture in your self-assessment is the picture that we \
found, and you chose this area because it is hard, not because it shows you at your best. The \
commitment to keeping families together where that is safe is shared from the lead member to \
the newest worker, and several of the services built on it are ones that we shall take home.
The next step, in our view, is to bring those services together into one offer which families and \
professionals can understand, and to measure whether it changes what happens to children. At \
present a good deal depends on a worker knowing whom to ring."""

CLOSING = """Of the {count} we would start with those that concern your data. Until you can follow \
a child from the first contact through each service to the outcome, you will not be able to \
show which of your services divert children from care and which come too late, and the \
case for investing in them will be harder to make than it should be."""

THANKS = """We learned a great deal. Your colleagues prepared the two days with care, changed the \
timetable when we asked, and answered questions that were not always comfortable with candour \
and good humour. Please pass our thanks to all of them, and to the young people in particular. \
We look forward to coming back in six months to hear what you decided and what changed."""

THEMES = (
    (
        "Leadership and vision",
        (
            "Senior leaders and the lead member share a clear account of why some children come "
            "into care who need not, and talk about it in the same terms as front line staff do.",
            "The management team has protected edge of care services through two difficult "
            "budget rounds, and partners noticed.",
            "The corporate parenting panel asks for evidence and follows up what it was promised.",
        ),
        (
            "Bring the several strategies for early help, placement sufficiency and edge of care "
            "into one, with one board that owns it. Staff named four different groups when we "
            "asked who decides.",
            "Consider how the chief executive and other directors could hold the same ambition "
            "for these families: housing and adult mental health were described as willing, but "
            "not yet at the table.",
        ),
        (),
    ),
    (
        "Early help and the first contact",
        (
            "The weekly allocation meeting brings health visitors, schools and family support "
            "into one room; families who would have waited six weeks are now seen in ten days.",
            "Workers in children’s centres know their families and describe what changed for "
            "them, not only what was done.",
        ),
        (
            "Define your early help offer on one page. Professionals in three of the five groups "
            "we met could not say what a family below the threshold would receive, or how soon.",
            "Look again at contacts that end with no further action and come back within six "
            "months. In the sample that we looked at together, about one in four did.",
            "Give schools one named link, as the two pilot areas already have.",
        ),
        (
            "The allocation meeting’s one-page record, which the family signs too, is the best "
            "that we have seen. With your agreement we should like to share it with the region.",
        ),
    ),
    (
        "Edge of care services",
        (
            "The specialist family support service works intensively, evenings and weekends "
            "included, and holds risk well. Social workers trust it.",
            "Family group conferences are offered early and as a matter of course.",
        ),
        (
            "Agree who the service is for. Criteria have widened over two years and the children "
            "at most imminent risk now wait while others receive a good service they might "
            "have done without.",
            "Plan the end of the work from its beginning: families told us that support which "
            "had mattered to them stopped suddenly at twelve weeks.",
        ),
        (
            "The out of hours telephone rota staffed by the family’s own workers, rather than by "
            "a duty team, prevented admissions that we could trace.",
        ),
    ),
    (
        "Data, quality and the child’s voice",
        (
            "Young people in care have shaped the placement questionnaire and could tell us what "
            "had changed because of their answers.",
            "Audit is frequent and honest, and managers take part in it themselves.",
        ),
        (
            "Strengthen the way you collect data on the needs of children when they first present, "
            "so that you can plan services for the families you have.",
            "Follow cohorts rather than counts. A falling number in care says little by itself "
            "about the children who were diverted, or how they are two years on.",
            "Ask parents. Their voice is strong in individual cases and absent from your reports.",
        ),
        (),
    ),
)

TEAM = (
    ("Lead reviewer", "Assistant Director, Children’s Social Care"),
    ("", "Service Manager, Family Support"),
    ("", "Team Manager, Looked After Children"),
    ("", "Early Years and Extended Services Manager"),
    ("", "Designated Nurse for Safeguarding"),
)
NAMES = (
    "Alex Penhallow",
    "Samira Oduya",
    "Rhys Tregarthen",
    "Zoë Łukasiewicz",
    "Morwenna Ashdown",
    "Ŵyn Llewelyn-Brân",
    "Jo Castellan",
    "Priya Wetherby",
)


def sample_letter(seed: int = 1, *, rounds_of_themes: int = 1, **changes: object) -> LetterContent:
    """A letter of four to six pages; `rounds_of_themes` repeats its findings for a longer one."""
    chance = random.Random(seed)
    host, challenger = chance.sample(HOSTS, 2)
    area = chance.choice(("diversion from care", "adoption", "safeguarding thresholds"))
    first = date(2027, 1, 12) + timedelta(days=7 * chance.randrange(8))
    names = chance.sample(NAMES, len(TEAM))
    themes = tuple(
        ThemeFindings(theme if not again else f"{theme} ({again + 1})", strengths, areas, good)
        for again in range(rounds_of_themes)
        for theme, strengths, areas, good in THEMES
    )
    count = sum(len(theme.areas) for theme in themes)
    team = tuple(
        TeamMember(
            name,
            post,
            challenger if "Nurse" not in post else "NHS partner of the team",
            role,
        )
        for name, (role, post) in zip(names, TEAM, strict=True)
    )
    values: dict[str, object] = {
        "reference": f"SW-2027-{seed:03d}",
        "issued_on": first + timedelta(days=35),
        "host": host,
        "challenger": challenger,
        "area": area,
        "board": "South West Children’s Improvement Board",
        "round_name": "Peer challenge round 2026-27",
        "visit_days": (
            VisitDay(first, "presentations and questions"),
            VisitDay(first + timedelta(days=7), "feedback to the management team"),
        ),
        "opening": (
            LetterPart("", OPENING.format(host=host, area=area)),
            LetterPart("What we did", DONE),
            LetterPart("In summary", SUMMARY),
        ),
        "themes": themes,
        "closing": (
            LetterPart("Where we would start", CLOSING.format(count=f"{count} areas")),
            LetterPart("Our thanks", THANKS),
        ),
        "next_steps": (
            NextStep(
                "Tell us what you thought of the challenge in the evaluation survey",
                "Host and challenge team",
                first + timedelta(days=42),
            ),
            NextStep(
                "Send your action plan, answering each numbered area for consideration",
                f"Director of Children’s Services, {host}",
                first + timedelta(days=91),
            ),
            NextStep(
                "Revisit by the same team",
                "Lead reviewer",
                first + timedelta(days=189),
            ),
        ),
        "team": team,
        "signatory_name": team[0].name,
        "signatory_post": f"{team[0].post}, lead reviewer",
        "signatory_authority": challenger,
        "approved_by_name": "Robin Achterberg",
        "approved_by_post": "Programme Officer, South West Children’s Improvement Board",
        "verify_at": f"https://peerchallenge.example/letters/{seed}",
    }
    return LetterContent(**(values | changes))  # type: ignore[arg-type]
