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
    path("healthy", views.healthy, name="healthy"),
    path("help", views.help_page, name="help"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
    path("", include("authorities.urls")),
    path("", include("rounds.urls")),
    path("", include("feedback.urls")),
]
