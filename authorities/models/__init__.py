from authorities.models.authority import Authority, Succession
from authorities.models.geography import Border, Intervention, Neighbour
from authorities.models.people import Invitation, Membership, User
from authorities.models.region import Region

__all__ = [
    "Authority",
    "Border",
    "Intervention",
    "Invitation",
    "Membership",
    "Neighbour",
    "Region",
    "Succession",
    "User",
]
