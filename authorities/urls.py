from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from authorities import views

# The sign-in library's own list of addresses is left out: it has pages for signing up and for
# changing one's address, and accounts here come from invitations alone.
urlpatterns = [
    path("sign-in", allauth.login, name="account_login"),
    path("sign-out", login_not_required(allauth.logout), name="account_logout"),
    path("password/change", views.change_password, name="account_change_password"),
    path("password/reset", allauth.password_reset, name="account_reset_password"),
    path("password/reset/sent", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[^/]{1,100})$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account", views.account, name="account"),
    path("account/calendar", views.account_calendar, name="account_calendar"),
    path(
        "account/calendar/revoke",
        views.account_calendar_revoke,
        name="account_calendar_revoke",
    ),
    path("invitations/<str:token>", views.accept_invitation, name="accept_invitation"),
    path("people", views.people, name="people"),
    path("people/invite", views.person_invite, name="person_invite"),
    path("people/invitations/<key:pk>/again", views.invitation_again, name="invitation_again"),
    path(
        "people/invitations/<key:pk>/withdraw",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("people/<key:pk>/end", views.membership_end, name="membership_end"),
]
