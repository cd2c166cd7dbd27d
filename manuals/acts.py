"""The acts on manuals and editions, for the log."""

from hearing_portal.acts.kinds import Category, Subject, SubjectKind, declare_act

from .models import Edition, EditionRelease, Section, SectionVersion

TEXT_CHANGED = declare_act(
    "text-changed",
    Category.TEXT,
    "{detail} เป็นรุ่นที่ {note}",
    details=dict(SectionVersion.Action.choices),
)
EDITION_FROZEN = declare_act(
    "edition-frozen",
    Category.EDITION,
    "ตรึง{detail}",
    details=dict(Edition.Kind.choices),
)
EDITION_RELEASED = declare_act(
    "edition-released",
    Category.EDITION,
    "ออกให้{detail}",
    details=dict(EditionRelease.Audience.choices),
)


def about_section(section: Section) -> Subject:
    """Needs the section's manual."""
    manual = section.manual
    return Subject(
        SubjectKind.SECTION,
        str(section.uuid),
        section.title,
        work_group_id=manual.work_group_id,
        manual=manual.key,
    )


def about_edition(edition: Edition) -> Subject:
    return Subject(SubjectKind.EDITION, edition.code, edition.title)
