"""What the announcement of a released edition says."""

from hearing_portal.thai.dates import be_date, be_year
from manuals.editions.verify_code import verify_code
from manuals.models import Edition, EditionRelease

from .plain import TO_FILL_IN, Values, in_order, today_words

ANNOUNCEMENT_FIELDS = {
    "edition": "ชื่อฉบับ",
    "code": "รหัสฉบับ",
    "year": "ปี พ.ศ. ที่เผยแพร่",
    "released": "วันที่เผยแพร่แก่ประชาชน",
    "basis": "ฉบับที่ใช้แทน",
    "verify": "รหัสตรวจสอบ",
    "manuals_number": "จำนวนคู่มือ",
    "today": "วันที่จัดทำเอกสาร",
    "signer": "ช่องลงนาม",
}
ANNOUNCEMENT_LISTS = {"manuals": {"no": "ลำดับ", "name": "คู่มือของกลุ่มงาน"}}


def announcement_values(edition: Edition) -> Values:
    """Of one that the public reads; three queries."""
    release = edition.releases.filter(audience=EditionRelease.Audience.PUBLIC).first()
    day = release.at if release is not None else edition.seal.at
    rows = edition.entries.filter(kind="manual").select_related("manual__work_group")
    names = [
        {"name": entry.manual.work_group.name}
        for entry in rows.order_by("ordinal")
        if entry.manual.work_group is not None
    ]
    return {
        "edition": edition.title,
        "code": edition.code,
        "year": str(be_year(day)),
        "released": be_date(day),
        "basis": edition.basis.title if edition.basis is not None else TO_FILL_IN,
        "verify": verify_code(edition.seal.manifest_sha),
        "manuals_number": str(len(names)),
        "today": today_words(),
        "signer": TO_FILL_IN,
        "manuals": in_order(names),
    }
