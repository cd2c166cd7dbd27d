"""Long texts in little room."""

from hearing_portal.thai.shortening import shorten, shorten_apart


def test_cut_falls_between_letters_with_their_marks():
    assert shorten("ที่ประชุม ผู้อำนวยการ", 3) == "ที่ประ…"
    assert shorten("  สั้น \n พอ ", 20) == "สั้น พอ"


def test_alike_beginnings_are_told_apart():
    texts = [
        "ส่งหนังสือให้กลุ่มบริหารงานบุคคลภายในวันเดียวกัน",
        "ส่งหนังสือให้กลุ่มบริหารงานการเงินภายในวันเดียวกัน",
        "ส่งหนังสือให้กลุ่ม",
        "ลงทะเบียน",
    ]
    shown = shorten_apart(texts, 14)
    assert len(set(shown)) == 4
    assert "บุคค" in shown[0]
    assert "การเ" in shown[1]
    assert shown[2:] == [shorten(texts[2], 14), "ลงทะเบียน"]
    assert all(
        len(words) < len(text) for words, text in zip(shown[:2], texts, strict=False)
    )


def test_same_words_stay_alike():
    assert shorten_apart(["ตรวจสอบความครบถ้วน"] * 2, 5) == ["ตรวจส…"] * 2
