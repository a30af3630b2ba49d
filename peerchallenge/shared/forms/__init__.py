"""Base forms, their layout objects and the reading of parameters."""

from peerchallenge.shared.forms.base import GovForm, GovModelForm
from peerchallenge.shared.forms.layout import (
    Button,
    ButtonGroup,
    Field,
    Fieldset,
    Link,
    Paragraph,
    Submit,
)
from peerchallenge.shared.forms.look import Look
from peerchallenge.shared.forms.params import ParamsForm
from peerchallenge.shared.forms.summary import Problem, problems_of

__all__ = [
    "Button",
    "ButtonGroup",
    "Field",
    "Fieldset",
    "GovForm",
    "GovModelForm",
    "Link",
    "Look",
    "Paragraph",
    "ParamsForm",
    "Problem",
    "Submit",
    "problems_of",
]
