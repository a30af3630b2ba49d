from typing import Any

import pytest
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory
from django.http import Http404, QueryDict
from django.template import engines

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import (
    Button,
    ButtonGroup,
    Field,
    Fieldset,
    GovForm,
    GovModelForm,
    ParamsForm,
    Submit,
    problems_of,
)
from peerchallenge.shared.forms.base import NUMBER_LIMIT
from tests.peerchallenge.shared.fixtures import part_of
from tests.peerchallenge.shared.gallery_forms import FILLED, Everything


def errors_of(form: forms.BaseForm) -> dict[str, str]:
    return {name: str(errors[0]) for name, errors in form.errors.items()}


def test_an_empty_form_says_for_each_field_what_to_do() -> None:
    assert errors_of(Everything({})) == {
        "name": "Enter the round’s name",
        "email": "Enter email address",
        "password": "Enter password",
        "days": "Enter days given",
        "area": "Select the area you want to be challenged on",
        "agree": "Select yes if you agree",
        "evidence": "Select the evidence that supports this section",
        "hosts": "Select at least one authority",
        "day_1": "Enter date of day 1",
        "working": "Enter what is working well",
        "summary": "Enter summary",
        "profile": "Select a performance profile to upload",
        "person": "Select who leads on this section",
        "finished": "Select that you have finished this section",
    }


def test_a_filled_form_is_taken_as_it_is() -> None:
    form = Everything(FILLED, {"profile": SimpleUploadedFile("a.pdf", b"%PDF")})
    assert form.errors == {}
    assert form.cleaned_data["hosts"] == ["880", "908"]
    assert form.cleaned_data["version"] is None


def test_wrong_answers_are_named_in_the_forms_own_words() -> None:
    wrong = {
        "name": "x" * 256,
        "email": "officer",
        "days": "many",
        "cost": "NaN",
        "area": "<script>",
        "hosts": ["999"],
        "working": "word " * 301,
        "summary": "x" * 201,
    }
    assert dict(errors_of(Everything({**FILLED, **wrong})).items()) == {
        "name": "The round’s name must be 255 characters or less",
        "email": "Enter an email address in the correct format, like name@example.org",
        "days": "Days given must be a whole number",
        "cost": "Cost of travel must be a number",
        "area": "Select one of the choices shown",
        "hosts": "Select one of the choices shown",
        "working": "What is working well must be 300 words or less",
        "summary": "Summary must be 200 characters or less",
        "profile": "Select a performance profile to upload",
    }


def test_an_answer_that_may_be_left_out_is_named_without_saying_so() -> None:
    class Place(GovForm):
        room = forms.CharField(label="Room (optional)", max_length=80, required=False)
        link = forms.URLField(label="Where (optional)", required=False, assume_scheme="https")

    assert errors_of(Place({"room": "x" * 81, "link": "javascript:alert(1)"})) == {
        "room": "Room must be 80 characters or less",
        "link": "Enter an address that starts with https://, like https://www.example.org/plan",
    }


def test_a_message_the_form_wrote_itself_stays() -> None:
    class Own(GovForm):
        name = forms.CharField(error_messages={"required": "Say who you are"})

    assert errors_of(Own({})) == {"name": "Say who you are"}


def test_a_form_can_change_how_it_asks_when_it_is_made() -> None:
    class Asked(GovForm):
        area = forms.ChoiceField(
            label="Which area?", choices=[("a", "Adoption")], widget=forms.RadioSelect
        )

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.ask("area", noun="an area for Dorset", hints={"a": "Agreed in 2012"})

    assert errors_of(Asked({})) == {"area": "Select an area for Dorset"}
    assert "Agreed in 2012" in render_crispy_form(Asked())
    assert Asked.look == {}


@pytest.mark.parametrize("bad", ["\x00", "\ud800", "a\x00b"])
@pytest.mark.parametrize("name", ["name", "working", "area", "person", "days", "day_1_day"])
def test_what_cannot_be_kept_is_cut_and_reported(name: str, bad: str) -> None:
    form = Everything({**FILLED, name: bad})
    assert name.removesuffix("_day") in form.errors
    assert errors_of(form)[name.removesuffix("_day")]
    render_crispy_form(form).encode()


def test_a_good_character_outside_the_first_plane_is_kept() -> None:
    form = Everything({**FILLED, "name": "Round 😀"})
    assert form.errors.keys() == {"profile"}
    assert form.cleaned_data["name"] == "Round 😀"


def test_line_ends_are_one_character_as_the_browser_counted_them() -> None:
    form = Everything({**FILLED, "summary": "x" * 99 + "\r\n" + "y" * 100})
    assert "summary" not in form.errors
    assert form.cleaned_data["summary"] == "x" * 99 + "\n" + "y" * 100


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, str(NUMBER_LIMIT + 1), "-" + "9" * 20])
def test_a_number_no_column_can_hold_is_refused(number: str) -> None:
    class Count(GovForm):
        count = forms.IntegerField()

    assert not Count({"count": number}).is_valid()


def test_text_is_bounded_even_where_the_form_says_nothing() -> None:
    class Notes(GovForm):
        notes = LongTextField()

    assert errors_of(Notes({"notes": "x" * 50_001})) == {
        "notes": "Notes must be 50,000 characters or less"
    }


def test_a_model_form_does_not_save() -> None:
    with pytest.raises(TypeError, match="hand `cleaned_data` to an action"):
        GovModelForm.save(GovModelForm.__new__(GovModelForm))


def test_errors_stand_in_the_order_of_the_fields_and_link_to_inputs() -> None:
    form = Everything({})
    html = render_crispy_form(form)
    problems = problems_of(form)
    assert len(problems) == 14
    for problem in problems:
        assert f' id="{problem.target}"' in html
        before = html.split(f' id="{problem.target}"')[0]
        assert before.rpartition("<")[2].split()[0] in ("input", "textarea", "select")


def test_an_error_of_the_whole_form_comes_first_and_links_nowhere() -> None:
    form = Everything({})
    form.add_error(None, "The round was changed by someone else")
    first = problems_of(form)[0]
    assert (first.text, first.target) == ("The round was changed by someone else", "")


def test_hint_and_error_both_describe_the_input() -> None:
    html = render_crispy_form(Everything({}))
    _, attrs, _ = part_of(html, "input", "govuk-input--width-20")
    assert dict(attrs)["aria-describedby"] == "id_name-hint id_name-error"


def test_no_native_limit_reaches_the_browser() -> None:
    html = render_crispy_form(Everything())
    for attr in (" required", " maxlength=", " minlength=", " min=", " max=", " step="):
        assert attr not in html.replace("data-maxlength=", "")
    assert "<form novalidate" in html


def test_the_same_press_sends_once_and_names_its_button() -> None:
    class Two(GovForm):
        name = forms.CharField()

        def build_layout(self) -> Layout:
            return Layout(
                Fieldset("Who", Field("name", width=10), size="s"),
                ButtonGroup(Submit("Send", name="send", value="1"), Button("Copy", kind="warning")),
            )

    html = render_crispy_form(Two())
    assert html.count('data-prevent-double-click="true"') == 1
    assert 'name="send"' in html
    assert "govuk-input--width-10" in html
    assert "govuk-fieldset__legend--s" in html


def test_plain_forms_and_formsets_are_drawn_too() -> None:
    class Plain(forms.Form):
        name = forms.CharField(max_length=10)
        kept = forms.CharField(widget=forms.HiddenInput)

    source = "{% load crispy_forms_tags %}{{ form|crispy }}{{ formset|crispy }}"
    page = engines["django"].from_string(source)
    html = page.render({"form": Plain(), "formset": formset_factory(Plain, extra=2)()})
    assert html.count("govuk-input") == 3
    assert html.count('type="hidden" name="kept"') + html.count('name="kept" type="hidden"') == 1
    assert 'name="form-TOTAL_FORMS"' in html


def test_a_formset_lists_its_own_errors_and_then_each_forms() -> None:
    class Row(GovForm):
        name = forms.CharField(label="Name")

    kind = formset_factory(Row, extra=0, max_num=1, validate_max=True)
    sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "Ann"}
    rows = kind(sent, error_messages={"too_many_forms": "Name one person"})
    assert [(one.text, one.target) for one in problems_of(rows)] == [
        ("Name one person", ""),
        ("Enter name", "id_form-1-name"),
    ]


class PageParams(ParamsForm):
    page = forms.IntegerField(min_value=1, max_value=999, required=False, initial=1)
    state = forms.ChoiceField(
        choices=[("open", "Open"), ("all", "All")], required=False, initial="all"
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("page=2&state=open", {"page": 2, "state": "open"}),
        ("", {"page": 1, "state": "all"}),
        ("page=0", {"page": 1, "state": "all"}),
        ("page=%00&state=%00open", {"page": 1, "state": "all"}),
        ("page=" + "9" * 5000, {"page": 1, "state": "all"}),
        ("state=' OR 1=1&page=3", {"page": 3, "state": "all"}),
    ],
)
def test_parameters_that_are_not_sound_fall_back(query: str, expected: dict[str, Any]) -> None:
    assert PageParams.clean_or_default(QueryDict(query)) == expected


@pytest.mark.parametrize("query", ["page=0", "page=%00", "page=x", "page=" + "9" * 99, "state=no"])
def test_a_wrong_parameter_is_a_page_that_does_not_exist(query: str) -> None:
    with pytest.raises(Http404):
        PageParams.clean_or_404(QueryDict(query))


def test_sound_parameters_are_read() -> None:
    assert PageParams.clean_or_404(QueryDict("page=2"))["page"] == 2
