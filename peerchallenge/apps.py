from django.apps import AppConfig


class PeerChallengeConfig(AppConfig):
    name = "peerchallenge"
