from authorities.models.authority import Authority, Succession
from authorities.models.people import Invitation, Membership, User
from authorities.models.region import Region

__all__ = ["Authority", "Invitation", "Membership", "Region", "Succession", "User"]
