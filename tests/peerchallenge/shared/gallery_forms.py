"""Forms with one field of each kind, for the gallery."""

from crispy_forms.layout import Layout
from django import forms

from peerchallenge.shared.fields import LongTextField, ThreePartDateField
from peerchallenge.shared.forms import (
    ButtonGroup,
    Field,
    Fieldset,
    GovForm,
    Link,
    Paragraph,
    Submit,
)

AREAS = [
    ("adoption", "Adoption"),
    ("diversion", "Diversion from care"),
    ("thresholds", "Safeguarding and thresholds for access to service"),
    ("other", "Another area"),
]
EVIDENCE = [
    ("audits", "Case file audits"),
    ("voice", "Feedback from children and young people"),
    ("data", "Performance data"),
    ("none", "None of these"),
]


class Everything(GovForm):
    """One field of each kind."""

    name = forms.CharField(label="Name of the round", help_text="For example, Winter 2012 to 2013")
    email = forms.EmailField(label="Email address")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    days = forms.IntegerField(label="Days given", min_value=0, max_value=30)
    cost = forms.DecimalField(label="Cost of travel", required=False)
    area = forms.ChoiceField(
        label="Which area do you want to be challenged on?",
        help_text="Choose one. The region agreed three priorities for this round.",
        choices=AREAS,
        widget=forms.RadioSelect,
    )
    agree = forms.ChoiceField(
        label="Do you agree?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    evidence = forms.MultipleChoiceField(
        label="What evidence supports this section?",
        help_text="Select all that apply.",
        choices=EVIDENCE,
        widget=forms.CheckboxSelectMultiple,
    )
    hosts = forms.MultipleChoiceField(
        label="Who takes part?",
        choices=[("880", "Torbay"), ("878", "Devon"), ("908", "Cornwall")],
        widget=forms.CheckboxSelectMultiple,
    )
    day_1 = ThreePartDateField(label="Date of day 1", help_text="For example, 27 3 2013")
    working = LongTextField(
        label="What is working well?",
        help_text="Say how you know, and what difference it makes to children.",
        max_words=300,
    )
    summary = LongTextField(label="Summary", max_length=200, rows=3)
    notes = LongTextField(label="Notes", required=False)
    profile = forms.FileField(
        label="Upload your performance profile", help_text="PDF, Word or Excel, up to 10 MB."
    )
    person = forms.ChoiceField(
        label="Who leads on this section?", choices=[("", "---------"), ("1", "Ann Example")]
    )
    finished = forms.BooleanField(label="I have finished this section")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3, required=False)

    look = {
        "name": {"noun": "the round’s name", "width": 20},
        "days": {"width": 2, "suffix": "days"},
        "cost": {"width": 5, "prefix": "£"},
        "area": {
            "noun": "the area you want to be challenged on",
            "hints": {"thresholds": "Agreed as a priority by the 16 directors"},
            "divider": "or",
        },
        "agree": {"inline": True, "noun": "yes if you agree"},
        "evidence": {
            "noun": "the evidence that supports this section",
            "exclusive": "none",
            "divider": "or",
        },
        "hosts": {"small": True, "noun": "at least one authority"},
        "working": {"noun": "what is working well"},
        "profile": {"noun": "a performance profile to upload"},
        "person": {"noun": "who leads on this section", "empty": "Choose a person"},
        "finished": {"noun": "that you have finished this section"},
    }

    def build_layout(self) -> Layout:
        names = [name for name in self.fields if name not in ("days", "cost", "version")]
        return Layout(
            *(Field(name) for name in names),
            Fieldset("Time and money", Paragraph("Leave out what others pay."), "days", "cost"),
            ButtonGroup(
                Submit("Save and continue"),
                Submit("Save as draft", name="draft", value="1", kind="secondary"),
                Link("Cancel", "/"),
            ),
        )


FILLED = {
    "name": "Winter 2012 to 2013",
    "email": "officer@southwest.example",
    "password": "long enough to be one",
    "days": "4",
    "cost": "12.50",
    "area": "thresholds",
    "agree": "y",
    "evidence": ["audits", "voice"],
    "hosts": ["880", "908"],
    "day_1_day": "14",
    "day_1_month": "1",
    "day_1_year": "2013",
    "working": "Practice is steady and children say so.\nAudits agree.",
    "summary": "Steady.",
    "person": "1",
    "finished": "on",
}


class OneQuestion(GovForm):
    area = forms.ChoiceField(
        label="Which area do you want to be challenged on?",
        choices=AREAS,
        widget=forms.RadioSelect,
        help_text="The region agreed three priorities for this round.",
    )
    look = {"area": {"heading": True, "label_size": "l"}}
    submit_label = "Continue"
