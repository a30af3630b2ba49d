from __future__ import annotations

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone

from authorities.models import Authority, Region
from authorities.states import Role
from peerchallenge.shared.fields import ThreePartDateField
from peerchallenge.shared.forms import (
    ButtonGroup,
    Field,
    Fieldset,
    GovForm,
    Paragraph,
    Submit,
)
from rounds.models import PRESETS, Format, Round
from rounds.queries.questionnaires import previous_round
from rounds.queries.rounds import directors_by_authority, round_version

FEWEST_AUTHORITIES = 3
LONGEST = timedelta(days=366)
AREAS = [f"area_{number}" for number in range(1, 7)]

# What is asked once the format is known.
LATE = ("challengers_per_host", "group_sizes", "sign_offs")

LATER = {
    "self_assessment_due": "The day self-assessments are due",
    "visits_from": "The first day",
}


def _area(number: int) -> forms.CharField:
    return forms.CharField(label=f"Area {number}", max_length=120, required=False)


SIGN_OFFS = [(Role.LEAD_MEMBER, "The lead member"), (Role.CHIEF_EXECUTIVE, "The chief executive")]
SAME, LAST, PRESET = "same", "last", "preset"
CHALLENGERS = [(1, "One"), (2, "Two"), (3, "Three")]
GROUP_SIZES = [("3-3", "Three"), ("3-4", "Three or four"), ("4-4", "Four"), ("4-5", "Four or five")]


class RoundForm(GovForm):
    """What a round is, from its name to the areas it may challenge on."""

    preset = forms.ChoiceField(
        label="Format",
        choices=[(key, one.name) for key, one in PRESETS.items()],
        widget=forms.RadioSelect,
    )
    questions_from = forms.ChoiceField(
        label="Which questions does it start from?", widget=forms.RadioSelect
    )
    sign_offs = forms.MultipleChoiceField(
        label="Who signs a self-assessment off beside the director? (optional)",
        choices=SIGN_OFFS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    challengers_per_host = forms.TypedChoiceField(
        label="How many challenge each authority?",
        help_text="Each authority then challenges as many others.",
        choices=CHALLENGERS,
        coerce=int,
        widget=forms.RadioSelect,
    )
    group_sizes = forms.ChoiceField(
        label="How many authorities make a group?", choices=GROUP_SIZES, widget=forms.RadioSelect
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    name = forms.CharField(
        label="Name of the round",
        max_length=100,
        help_text="As directors will see it, for example “Winter 2026 to 2027”.",
    )
    self_assessment_due = ThreePartDateField(
        label="Self-assessments due",
        help_text="The day by which directors send them, at least a day before the first visit.",
    )
    visits_from = ThreePartDateField(label="First day a visit may take place")
    visits_to = ThreePartDateField(label="Last day a visit may take place")
    authorities = forms.MultipleChoiceField(
        label="Which authorities take part?", widget=forms.CheckboxSelectMultiple
    )
    area_1 = _area(1)
    area_2 = _area(2)
    area_3 = _area(3)
    area_4 = _area(4)
    area_5 = _area(5)
    area_6 = _area(6)
    look = {
        "name": {"noun": "the name of the round", "width": "two-thirds"},
        "self_assessment_due": {"noun": "the day self-assessments are due"},
        "visits_from": {"noun": "the first day a visit may take place"},
        "visits_to": {"noun": "the last day a visit may take place"},
        "authorities": {
            "noun": "at least three authorities",
            "label_size": "m",
            "small": True,
        },
        "preset": {
            "noun": "the format",
            "label_size": "m",
            "small": True,
            "hints": {key: " ".join([one.lead, *one.not_yet]) for key, one in PRESETS.items()},
        },
        "questions_from": {"noun": "which questions it starts from", "small": True},
        "sign_offs": {"label_size": "m", "small": True},
        "challengers_per_host": {
            "noun": "how many challenge each authority",
            "label_size": "m",
            "small": True,
        },
        "group_sizes": {
            "noun": "how many authorities make a group",
            "label_size": "m",
            "small": True,
        },
    }

    def __init__(self, *args: Any, region: Region, round: Round | None = None, **kwargs: Any):
        self.region, self.round = region, round
        self.earlier = None if round else previous_round(region)
        self.choices = self._authorities()
        kwargs["initial"] = {**self._initial(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self._choose_start()
        names = [(str(authority.pk), authority.name) for authority in self.choices]
        self.fields["authorities"].choices = names  # type: ignore[attr-defined]
        led = directors_by_authority([authority.pk for authority in self.choices])
        self.ask(
            "authorities",
            hints={
                str(authority.pk): "No director here yet: invite one before you invite the others"
                for authority in self.choices
                if authority.pk not in led
            },
        )

    def build_helper(self) -> FormHelper:
        helper = super().build_helper()
        helper.form_class = "app-round-form"
        return helper

    def _choose_start(self) -> None:
        """A round that is there has its format; a first one has no questions to start from."""
        if self.round:
            del self.fields["preset"], self.fields["questions_from"]
            if not self.round.format.directed:
                del self.fields["challengers_per_host"]
            if not self.round.format.group_sizes:
                del self.fields["group_sizes"]
        else:
            for name in ("sign_offs", "challengers_per_host", "group_sizes"):
                del self.fields[name]
            if self.earlier:
                last = f"Those of the last round, “{self.earlier.name}”"
                self.fields["questions_from"].choices = [  # type: ignore[attr-defined]
                    (SAME, f"{last} if it had this format, otherwise the format’s own"),
                    (LAST, f"{last}, whatever its format"),
                    (PRESET, "The format’s own, as the region words them"),
                ]
            else:
                del self.fields["questions_from"]
        self.helper = self.build_helper()

    def build_layout(self) -> Layout:
        start = [name for name in ("preset", "questions_from") if name in self.fields]
        return Layout(
            "name",
            *start,
            Fieldset("Dates", "self_assessment_due", "visits_from", "visits_to"),
            "authorities",
            Fieldset(
                "Priority areas",
                Paragraph(
                    "What the region agreed to challenge on. Each director picks one of these, "
                    "or proposes another with a reason. Most rounds have three. Leave all empty "
                    "if the board sets them from what comes in: directors then choose later."
                ),
                Div(*(Field(name, width="full") for name in AREAS), css_class="app-pairs"),
            ),
            *(name for name in LATE if name in self.fields),
            ButtonGroup(Submit("Save changes" if self.round else "Create and check")),
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.region.rounds.filter(name__iexact=name)
        if self.round:
            others = others.exclude(pk=self.round.pk)
        if others.exists():
            raise forms.ValidationError("The region already has a round of this name")
        return name

    def clean_authorities(self) -> list[Authority]:
        chosen = set(self.cleaned_data["authorities"])
        if len(chosen) < FEWEST_AUTHORITIES:
            raise forms.ValidationError(
                "Select at least three authorities: with fewer, two would challenge each other"
            )
        return [authority for authority in self.choices if str(authority.pk) in chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_areas(cleaned)
        due, first, last = (
            cleaned.get(name) for name in ("self_assessment_due", "visits_from", "visits_to")
        )
        if first and last and last < first:
            self._wrong_day("visits_to", "The last day must be the same as or after the first day")
        if first and last and last > first + LONGEST:
            self._wrong_day("visits_to", "The last day must be within a year of the first day")
        if due and first and due >= first:
            self._wrong_day("self_assessment_due", "The day due must be before the first visit")
        for name, day in (("self_assessment_due", due), ("visits_from", first)):
            if day and day <= timezone.localdate():
                self._wrong_day(name, f"{LATER[name]} must be in the future")
        return cleaned

    def areas(self) -> list[str]:
        return [self.cleaned_data[name] for name in AREAS if self.cleaned_data[name]]

    def details(self) -> dict[str, Any]:
        """What an action takes."""
        names = ("name", "authorities", "self_assessment_due", "visits_from", "visits_to")
        found = {**{name: self.cleaned_data[name] for name in names}, "areas": self.areas()}
        if self.round:
            found["sign_offs"] = [Role.DIRECTOR, *self.cleaned_data["sign_offs"]]
            found["challengers_per_host"] = self.cleaned_data.get("challengers_per_host")
            if sizes := self.cleaned_data.get("group_sizes"):
                least, most = map(int, sizes.split("-"))
                found["group_sizes"] = (least, most)
        elif self._starts_from_the_last():
            found["questions_from"] = self.earlier
        return found

    def _starts_from_the_last(self) -> bool:
        chosen = self.cleaned_data.get("questions_from", PRESET)
        same = self.earlier and self.earlier.format.key == self.cleaned_data["preset"]
        return chosen == LAST or (chosen == SAME and bool(same))

    def preset_chosen(self) -> Format:
        return PRESETS[self.cleaned_data["preset"]]

    def _wrong_day(self, name: str, text: str) -> None:
        if name not in self.errors:
            self.add_error(name, text)

    def _check_areas(self, cleaned: dict[str, Any]) -> None:
        seen: set[str] = set()
        for name in AREAS:
            area = cleaned.get(name, "")
            if area and area.casefold() in seen:
                self.add_error(name, "This area is named above already")
            seen.add(area.casefold())

    def _authorities(self) -> list[Authority]:
        there = list(self.region.authorities.open_on(timezone.localdate()))
        if self.round:
            kept = {authority.pk for authority in there}
            there += [
                participation.authority
                for participation in self.round.participations.select_related("authority")
                if participation.authority_id not in kept
            ]
        return sorted(there, key=lambda authority: authority.name)

    def _initial(self) -> dict[str, Any]:
        if self.round is None:
            last = self.earlier.format.key if self.earlier else ""
            return {
                "preset": last if last in PRESETS else next(iter(PRESETS)),
                "questions_from": SAME,
                "authorities": [str(authority.pk) for authority in self.choices],
            }
        keys = self.round.participations.values_list("authority", flat=True)
        return {
            "version": round_version(self.round),
            "name": self.round.name,
            "self_assessment_due": self.round.self_assessment_due,
            "visits_from": self.round.visits_from,
            "visits_to": self.round.visits_to,
            "authorities": [str(key) for key in keys],
            "sign_offs": self.round.format.sign_offs,
            "challengers_per_host": self.round.format.challengers_per_host,
            "group_sizes": "-".join(map(str, self.round.format.group_sizes or ())),
            **dict(zip(AREAS, self.round.areas.values_list("name", flat=True), strict=False)),
        }
