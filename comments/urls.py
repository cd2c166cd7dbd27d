"""Addresses of the hearing, room by room."""

from .advising.urls import urlpatterns as advising
from .anchoring.urls import urlpatterns as anchoring
from .answer_blocks.urls import urlpatterns as answer_blocks
from .arrivals.urls import urlpatterns as arrivals
from .audit.urls import urlpatterns as audit
from .commenting.urls import urlpatterns as commenting
from .conclusions.urls import urlpatterns as conclusions
from .considered.urls import urlpatterns as considered
from .deciding.urls import urlpatterns as deciding
from .desk.urls import urlpatterns as desk
from .duplicates.urls import urlpatterns as duplicates
from .evidence.urls import urlpatterns as evidence
from .floor.urls import urlpatterns as floor
from .hearings.urls import urlpatterns as hearings
from .matrix.urls import urlpatterns as matrix
from .motions.urls import urlpatterns as motions
from .notices.urls import urlpatterns as notices
from .overlaps.urls import urlpatterns as overlaps
from .papers.urls import urlpatterns as papers
from .polls.urls import urlpatterns as polls
from .positions.urls import urlpatterns as positions
from .preparation.urls import urlpatterns as preparation
from .reading.urls import urlpatterns as reading
from .receipts.urls import urlpatterns as receipts
from .releasing.urls import urlpatterns as releasing
from .returned_copies.urls import urlpatterns as returned_copies
from .speakers.urls import urlpatterns as speakers
from .tracing.urls import urlpatterns as tracing
from .wall.urls import urlpatterns as wall

urlpatterns = [
    *reading,
    *commenting,
    *receipts,
    *hearings,
    *wall,
    *speakers,
    *arrivals,
    *floor,
    *polls,
    *motions,
    *returned_copies,
    *desk,
    *advising,
    *matrix,
    *deciding,
    *answer_blocks,
    *positions,
    *anchoring,
    *overlaps,
    *duplicates,
    *releasing,
    *tracing,
    *conclusions,
    *considered,
    *preparation,
    *papers,
    *evidence,
    *notices,
    *audit,
]
