"""The files between their upload and their being taken in."""

from hearing_portal.jobs.uploads import WaitingUploads

from .refusals import CopiesGone

# What nobody took in or discarded is there so long after it was read, or after others of its set were taken in
WAITING_DAYS = 14
WAITING_SECONDS = WAITING_DAYS * 24 * 3600
WAITING_FILES = WaitingUploads("returned-copies", CopiesGone)
