from authorities.forms.accounts import (
    ChangePasswordForm,
    ChoosePasswordForm,
    NewPasswordForm,
    ResetPasswordForm,
    SignInForm,
)
from authorities.forms.people import EndMembershipForm, InviteForm, InviteParams, PeopleParams

__all__ = [
    "ChangePasswordForm",
    "ChoosePasswordForm",
    "EndMembershipForm",
    "InviteForm",
    "InviteParams",
    "NewPasswordForm",
    "PeopleParams",
    "ResetPasswordForm",
    "SignInForm",
]
