from authorities.models.authority import Authority, Succession
from authorities.models.calendar import Period
from authorities.models.geography import Border, Intervention, Neighbour
from authorities.models.people import Invitation, Membership, User
from authorities.models.region import Region
from authorities.models.reviewers import CalendarFeed, Expertise, Reviewer
from authorities.models.venues import Venue, VenueJourney
