"""Fetching uploads and previews of a manual, with permission: who writes the manual."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from hearing_portal.directory.models import User

from ..access import get_manual_to_edit
from ..models import FileUpload, ImportedProcess, Manual, SentFile


def get_upload(user: User, key: str, uuid: UUID) -> FileUpload:
    """With its manual and that one's group."""
    manual = get_manual_to_edit(user, key)
    uploads = FileUpload.objects.select_related("by", "edition")
    upload = get_object_or_404(uploads, uuid=uuid, manual=manual)
    upload.manual = manual
    return upload


def get_sent_file(user: User, key: str, uuid: UUID, number: int) -> SentFile:
    manual = get_manual_to_edit(user, key)
    files = SentFile.objects.select_related("original")
    return get_object_or_404(
        files, upload__uuid=uuid, upload__manual=manual, number=number
    )


def get_preview(user: User, key: str, uuid: UUID) -> tuple[Manual, ImportedProcess]:
    """With its file and what it revises."""
    manual = get_manual_to_edit(user, key)
    previews = ImportedProcess.objects.select_related(
        "file__upload__edition",
        "file__original",
        "target__manual",
        "taken_section",
        "taken_version",
    )
    process = get_object_or_404(previews, uuid=uuid, file__upload__manual=manual)
    return manual, process
