from authorities.forms.accounts import (
    ChangePasswordForm,
    ChoosePasswordForm,
    NewPasswordForm,
    ResetPasswordForm,
    SignInForm,
)
from authorities.forms.feeds import FeedParams
from authorities.forms.people import EndMembershipForm, InviteForm, InviteParams, PeopleParams

__all__ = [
    "ChangePasswordForm",
    "ChoosePasswordForm",
    "EndMembershipForm",
    "FeedParams",
    "InviteForm",
    "InviteParams",
    "NewPasswordForm",
    "PeopleParams",
    "ResetPasswordForm",
    "SignInForm",
]
