from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """A row's key: never so many digits that the database could not hold the number."""

    regex = "[0-9]{1,18}"
