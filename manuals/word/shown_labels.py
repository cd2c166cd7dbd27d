"""The number that Word shows before a paragraph, as a label of ours."""

from hearing_portal.thai.numbering import TO_ARABIC_DIGITS, Label, parse_label

from .numbering import ShownNumber


def label_of(shown: ShownNumber | None) -> tuple[Label | None, str, str]:
    """(the label, else what stands before the words instead, what is doubtful)."""
    if shown is None or not shown.text:
        return None, "", ""
    doubt = ""
    if shown.unknown_format:
        doubt = f"ไม่มีรูปแบบเลข {shown.unknown_format} ในระบบ จึงใช้เลขอารบิก โปรดตรวจเลขข้อ"
    if shown.is_bullet:
        return Label("bullet", "", ""), "", ""
    number = shown.text.translate(TO_ARABIC_DIGITS)
    if all(piece.isdigit() for piece in number.split(".")):
        return Label("decimal", number, ""), "", doubt
    label = parse_label(f"{shown.text} x")
    if label is not None and label.rest == "x":
        return label._replace(rest="", is_weak=False), "", doubt
    doubt = (
        doubt
        or f"เลขอัตโนมัติ “{shown.text}” ไม่มีในแบบเลขของระบบ จึงเก็บไว้ในข้อความ โปรดเลือกแบบเลข"
    )
    return None, shown.text, doubt
