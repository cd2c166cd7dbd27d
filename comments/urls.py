"""Addresses of the hearing, room by room."""

from .anchoring.urls import urlpatterns as anchoring
from .audit.urls import urlpatterns as audit
from .commenting.urls import urlpatterns as commenting
from .conclusions.urls import urlpatterns as conclusions
from .deciding.urls import urlpatterns as deciding
from .desk.urls import urlpatterns as desk
from .hearings.urls import urlpatterns as hearings
from .matrix.urls import urlpatterns as matrix
from .overlaps.urls import urlpatterns as overlaps
from .positions.urls import urlpatterns as positions
from .preparation.urls import urlpatterns as preparation
from .reading.urls import urlpatterns as reading
from .receipts.urls import urlpatterns as receipts
from .releasing.urls import urlpatterns as releasing
from .returned_copies.urls import urlpatterns as returned_copies
from .speakers.urls import urlpatterns as speakers

urlpatterns = [
    *reading,
    *commenting,
    *receipts,
    *hearings,
    *speakers,
    *returned_copies,
    *desk,
    *matrix,
    *deciding,
    *positions,
    *anchoring,
    *overlaps,
    *releasing,
    *conclusions,
    *preparation,
    *audit,
]
