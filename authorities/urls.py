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
    path("account/reviewing", views.reviewing, name="reviewing"),
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
    path("authorities/<key:pk>/calendar/add", views.period_add, name="period_add"),
    path("authorities/<key:pk>/calendar/paste", views.period_paste, name="period_paste"),
    path("authorities/<key:pk>/calendar/election", views.election_add, name="election_add"),
    path(
        "authorities/<key:pk>/calendar/inspection", views.inspection_begin, name="inspection_begin"
    ),
    path("periods/<key:pk>/end", views.inspection_end, name="inspection_end"),
    path("periods/<key:pk>/remove", views.period_remove, name="period_remove"),
    path("calendars/<key:region>/no-go", views.no_go_add, name="no_go_add"),
    path("authorities/<key:pk>/venues", views.authority_venues, name="authority_venues"),
    path("authorities/<key:pk>/venues/add", views.venue_add, name="venue_add"),
    path("venues/<key:pk>", views.venue_change, name="venue_change"),
    path("venues/<key:pk>/close", views.venue_close, name="venue_close"),
    path("venues/<key:pk>/journeys", views.venue_journeys, name="venue_journeys"),
    path("people/<key:pk>/end", views.membership_end, name="membership_end"),
]
