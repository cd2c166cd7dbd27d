"""A day in a room: somebody comes in by a card, is heard, answers for the office, and the card is called back."""

import pytest
from playwright.sync_api import expect

from comments.arrivals.services import issue_cards
from comments.hearings.services.session_states import discuss_entry
from comments.models import CardUse, Poll, SpeakerRequest
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_speaker_is_heard_a_hand_counted_and_a_card_called_back(
    signed_in, open_context, entry, hearing, edition, dir_group, lampang, admin
) -> None:
    delegate = factories.make_delegate(dir_group, lampang)
    facilitator = factories.make_facilitator(dir_group)
    room = factories.make_session(edition, dir_group, hearing=hearing, kind="room")
    factories.open_session(room, by=facilitator)
    discuss_entry(room, entry, by=facilitator)
    [made] = issue_cards(hearing, [delegate], most_uses=1, by=admin)

    # The code on the card, without JavaScript: a page, and a button that brings in
    phone = open_context(width=360, java_script_enabled=False).new_page()
    phone.goto(f"/cards/{made.secret}/")
    assert not CardUse.objects.exists()
    phone.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(phone.get_by_text("ลงทะเบียนเข้าร่วมเวที").first).to_be_visible()
    phone.get_by_role("button", name="ขอพูด").click()
    expect(phone.get_by_role("heading", name="ท่านอยู่ลำดับที่ 1")).to_be_visible()

    desk = signed_in(facilitator)
    desk.goto(f"/sessions/{room.pk}/attendance/")
    expect(desk.locator("#present")).to_contain_text("มาแล้ว 1 จาก 1")
    desk.goto(f"/sessions/{room.pk}/floor/")
    desk.get_by_role("button", name="เชิญพูด ลำดับที่ 1").click()
    desk.get_by_role("link", name="บันทึกสิ่งที่พูด").click()
    expect(desk.locator("#id_office")).to_have_value(lampang.short_name)
    expect(desk.locator("#id_speaker")).to_have_value(delegate.username)
    desk.goto(f"/sessions/{room.pk}/floor/")
    desk.get_by_role("button", name="จบการพูด").click()
    expect(desk.get_by_role("heading", name="พูดแล้ว")).to_be_visible()
    assert SpeakerRequest.objects.get().ending == "spoken"

    desk.goto(f"/sessions/{room.pk}/hands/")
    desk.get_by_role("button", name="เริ่มยกมือ").click()
    expect(desk.get_by_role("button", name="สิ้นสุดการยกมือ")).to_be_visible()
    phone.goto(f"/sessions/{room.pk}/hands/")
    phone.locator("label.pick__item", has_text="เห็นชอบ").first.click()
    phone.get_by_role("button", name="ส่งคำตอบ").click()
    expect(phone.get_by_text("เปลี่ยนได้จนกว่าจะสิ้นสุด")).to_be_visible()
    desk.get_by_role("button", name="สิ้นสุดการยกมือ").click()
    expect(desk.get_by_role("heading", name="ผลการยกมือ")).to_be_visible()
    assert Poll.objects.get().result["answers"]["primary"]["yes"] == 1

    office = signed_in(admin)
    office.goto(f"/desk/hearings/{hearing.key}/cards/")
    office.get_by_role("button", name="เรียกคืน").click()
    expect(office.get_by_text("เรียกคืนบัตรเลขที่").first).to_be_visible()
    phone.goto(f"/sessions/{room.pk}/hands/")
    expect(phone.locator("#id_password")).to_be_visible()
    phone.goto(f"/cards/{made.secret}/")
    expect(phone.get_by_text("ถูกเรียกคืนแล้ว")).to_be_visible()
