"""The site's addresses as they are where the demonstration is on."""

from django.urls import path

from peerchallenge import views
from peerchallenge.urls import handler400, handler403, handler404, handler500, urlpatterns

urlpatterns = [*urlpatterns, path("demo/mail", views.demo_mail, name="demo_mail")]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
