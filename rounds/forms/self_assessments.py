from __future__ import annotations

from typing import Any

from django import forms

from authorities.models import User
from peerchallenge.shared.fields import TEXT_LIMIT, LongText, LongTextField
from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.models import SelfAssessment, WrittenAnswer
from rounds.queries.writing import Entry, said_when

OWN = "own"


class BackParams(ParamsForm):
    """Where “Save and continue” leads: on, or back to the page that links here."""

    back = forms.ChoiceField(choices=[("", ""), ("check", "check")], required=False, initial="")


def version_field() -> forms.IntegerField:
    """The version the page was drawn with. Browsers may not fill in one of their own."""
    return forms.IntegerField(
        min_value=0, initial=0, widget=forms.HiddenInput({"autocomplete": "off"})
    )


class AnswerForm(GovForm):
    """One answer. Its limit is said, not enforced: what is too long is saved all the same."""

    text = LongTextField(label="Your answer", required=False)
    version = version_field()
    look = {"text": {"noun": "your answer", "heading": True, "label_size": "l"}}

    def __init__(self, data: Any = None, *, entry: Entry) -> None:
        super().__init__(data, initial={"text": entry.text, "version": entry.version})
        field = self.fields["text"]
        field.label, field.help_text = entry.question.text, entry.question.guidance
        saves_itself = {
            "hx-post": entry.url,
            "hx-trigger": "input changed delay:1500ms, blur changed, save",
            "hx-target": "#saved",
            # One at a time: the next is built once the last has brought the new version.
            "hx-sync": "this:queue last",
        }
        field.widget = LongText(saves_itself, rows=14, max_words=entry.question.word_limit)


MINE, THEIRS, BOTH = "mine", "theirs", "both"


class ChoiceOfTexts(GovForm):
    """Two people wrote the same answer: what is kept is theirs to say."""

    keep = forms.ChoiceField(label="Which text do you want to keep?", widget=forms.RadioSelect)
    both = LongTextField(
        label="Both texts in one",
        help_text="Put together here what you want of both. It counts only if you choose it above.",
        required=False,
        rows=14,
    )
    mine = forms.CharField(required=False, max_length=TEXT_LIMIT, widget=forms.HiddenInput)
    version = version_field()

    def __init__(self, data: Any = None, *, mine: str, theirs: WrittenAnswer, by: User) -> None:
        together = "\n\n".join(text for text in (mine, theirs.text) if text)
        initial = {"mine": mine, "version": theirs.version, "both": together}
        super().__init__(data, initial=initial)
        whose = "The other text" if theirs.saved_by_id == by.pk else f"{theirs.saved_by}’s text"
        self.fields["keep"].choices = [
            (MINE, "My text, just written"),
            (THEIRS, f"{whose}, saved {said_when(theirs.saved_at)}"),
            (BOTH, "Both, as I put them together below"),
        ]
        self.ask("keep", noun="the text to keep")

    def text_kept(self) -> str | None:
        """The text to save; None when theirs stays as it is."""
        keep = self.cleaned_data["keep"]
        return None if keep == THEIRS else str(self.cleaned_data[keep])


class AreaForm(GovForm):
    """One of the round's areas or, below, the authority's own."""

    area = forms.ChoiceField(
        label="What do you want to be challenged on?", widget=forms.RadioSelect
    )
    own_area = forms.CharField(label="Name of your own area", max_length=120, required=False)
    reason = LongTextField(
        label="Why you choose it rather than one of the region’s areas",
        help_text="What you know about it, and what you hope to learn.",
        required=False,
        max_words=300,
        rows=6,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput({"autocomplete": "off"}))
    look = {"area": {"heading": True, "label_size": "l", "noun": "the area for challenge"}}

    def __init__(self, data: Any = None, *, self_assessment: SelfAssessment) -> None:
        self.self_assessment = self_assessment
        round = self_assessment.participation.round
        self.areas = {str(area.pk): area for area in round.areas.all()}
        super().__init__(data, initial=self._initial())
        choices = [(key, area.name) for key, area in self.areas.items()]
        if round.format.own_area_allowed:
            choices.append((OWN, "Our own area, named below"))
        else:
            del self.fields["own_area"], self.fields["reason"]
        self.fields["area"].choices = choices
        self.ask(
            "area",
            hints={key: area.evidence for key, area in self.areas.items()},
            divider="or" if round.format.own_area_allowed else "",
        )

    def _initial(self) -> dict[str, Any]:
        found = self.self_assessment
        chosen = str(found.area_id) if found.area_id else OWN if found.own_area else None
        return {
            "area": chosen,
            "own_area": found.own_area,
            "reason": found.own_area_reason,
            "seen": found.area_seen,
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        area = cleaned.get("area")
        if area == OWN:
            for name, words in (("own_area", "the name"), ("reason", "the reason")):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, f"Enter {words} of your own area")
        elif area and {"own_area", "reason"} & set(self.changed_data):
            # What somebody has just written is never dropped without a word.
            self.add_error("area", "Select your own area, or clear what you wrote about it below")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What the action is to be given."""
        cleaned = self.cleaned_data
        if cleaned["area"] == OWN:
            return {"own_area": cleaned["own_area"], "reason": cleaned["reason"]}
        return {"area": self.areas[cleaned["area"]]}


class ReturnForm(GovForm):
    submit_label = "Return it to them"
    reason = LongTextField(
        label="What needs to change?",
        help_text="Their director and officers read this on the self-assessment’s own page. "
        "The e-mail only tells them that it is back.",
        max_words=300,
        rows=8,
    )
    look = {"reason": {"noun": "what needs to change"}}
