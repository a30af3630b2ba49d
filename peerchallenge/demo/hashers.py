from django.contrib.auth.hashers import PBKDF2PasswordHasher


class PublicPasswordHasher(PBKDF2PasswordHasher):
    """For a password that the start page prints: hashing it slowly protects nobody."""

    algorithm = "pbkdf2_sha256_demo"
    iterations = 1000
