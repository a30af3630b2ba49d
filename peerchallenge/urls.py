from django.conf import settings
from django.urls import include, path, register_converter

from peerchallenge import views
from peerchallenge.shared.converters import KeyConverter

register_converter(KeyConverter, "key")

handler400 = "peerchallenge.views.bad_request"
handler403 = "peerchallenge.views.forbidden"
handler404 = "peerchallenge.views.not_found"
handler500 = "peerchallenge.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("healthy", views.healthy, name="healthy"),
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
    path("authorities", views.authorities, name="authorities"),
    path("authorities/<key:pk>", views.authority, name="authority"),
    path("authorities/<key:pk>/calendar", views.authority_calendar, name="authority_calendar"),
    path("calendars/<key:region>", views.region_calendar, name="region_calendar"),
    path("rounds/<key:pk>/messages", views.round_messages, name="round_messages"),
    path("rounds/<key:pk>/messages/<key:effect>/retry", views.effect_retry, name="effect_retry"),
    path("rounds/<key:pk>/history", views.round_history, name="round_history"),
    path("", include("authorities.urls")),
    path("", include("rounds.urls")),
    path("", include("feedback.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/mail", views.demo_mail, name="demo_mail"))
