"""The evidence pack proves itself in a browser without the portal, and whichever byte is changed is found."""

import base64
import zipfile

import pytest

from comments.evidence.jobs import verifying_page
from comments.evidence.packing import write_pack
from hearing_portal.signing_key import key_fingerprint


@pytest.fixture
def pack(tmp_path):
    files = []
    for name, content in (
        ("verify.html", verifying_page().encode()),
        ("matrix.xlsx", b"PK matrix" * 40),
        ("audit.csv", "ที่,เวลา\n1,2565\n".encode() * 9),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        files.append((name, path))
    target = tmp_path / "pack.zip"
    write_pack(target, files, {"title": "ชุดหลักฐาน ทดสอบ"})
    return target


# Verifies the pack, then again with one byte changed, at every place that is asked for
FLIP = """async ([data, places, trusted]) => {
    const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
    const whole = await verifyPack(bytes, trusted);
    const unfound = [];
    for (const place of places) {
        bytes[place] ^= 1;
        // A byte between the files is not one of the records, but is told
        const told = await verifyPack(bytes, "");
        if (told.whole && !told.note) unfound.push(place);
        bytes[place] ^= 1;
    }
    return { whole, unfound };
}"""


def test_page_of_the_pack_verifies_it_offline_and_finds_any_byte(
    pack, tmp_path, chromium
):
    page_file = tmp_path / "unpacked.html"
    with zipfile.ZipFile(pack) as archive:
        script = archive.read("verify.html").decode()
    # The functions of a module are its own: here the test calls one of them
    page_file.write_text(script.replace('<script type="module">', "<script>"))
    unpacked, anew = tmp_path / "unpacked", tmp_path / "anew.zip"
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(unpacked)
        names = archive.namelist()
    (unpacked / ".DS_Store").write_bytes(b"of the system")
    with zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in reversed(names):
            archive.write(unpacked / name, f"ชุดหลักฐาน/{name}")
    context = chromium.new_context(offline=True)
    try:
        page = context.new_page()
        page.goto(page_file.as_uri())
        page.set_input_files("#evidence-file", str(pack))
        result = page.locator("#evidence-result")
        result.get_by_text("ถูกต้องครบถ้วน").wait_for()
        assert key_fingerprint() in result.inner_text()
        raw = pack.read_bytes()
        # The heads and the small files whole, of the long ones a byte here and there
        places = sorted({*range(0, len(raw), 97), *range(len(raw) - 900, len(raw))})
        data = base64.b64encode(raw).decode()
        told = page.evaluate(FLIP, [data, places, key_fingerprint()])
        assert told["whole"]["whole"], told
        assert told["unfound"] == []
        other = page.evaluate(FLIP, [data, [], "0000-0000-0000-0000-0000"])
        assert not other["whole"]["whole"]

        page.set_input_files("#evidence-file", str(anew))
        result.get_by_text("ไม่ใช่ไฟล์เดิมที่ระบบจัดทำ").wait_for()
        assert "ถูกต้องครบถ้วน ทุกไฟล์" in result.inner_text()
        page.set_input_files("#evidence-folder", str(unpacked))
        result.get_by_text("ตรวจไฟล์ในโฟลเดอร์").wait_for()
        assert "ถูกต้องครบถ้วน" in result.inner_text()
        changed = unpacked / "audit.csv"
        changed.write_bytes(changed.read_bytes().replace(b"2565", b"2566", 1))
        (unpacked / "verify.html").unlink()
        page.set_input_files("#evidence-folder", str(unpacked))
        result.get_by_text("ไฟล์ audit.csv ถูกแก้ไข").wait_for()
        assert "ขาดไฟล์ verify.html" in result.inner_text()
    finally:
        context.close()
