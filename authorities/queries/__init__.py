from authorities.queries.invitations import InvitationPage, invitation_page
from authorities.queries.people import (
    Account,
    PeoplePage,
    Rules,
    account_page,
    already_asked,
    already_held,
    authority_people,
    people_of_authorities,
    people_of_region,
    place_key,
    places_for,
)

__all__ = [
    "Account",
    "InvitationPage",
    "PeoplePage",
    "Rules",
    "account_page",
    "already_asked",
    "already_held",
    "authority_people",
    "invitation_page",
    "people_of_authorities",
    "people_of_region",
    "place_key",
    "places_for",
]
