"""Forms of signing in and of one's own password, with messages in Thai."""

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจตัวพิมพ์ใหญ่ตัวพิมพ์เล็กและภาษาของแป้นพิมพ์",
        "inactive": "บัญชีนี้ปิดใช้งานแล้ว โปรดติดต่อผู้ดูแลระบบ",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = "โปรดกรอกชื่อผู้ใช้"
        self.fields["password"].error_messages["required"] = "โปรดกรอกรหัสผ่าน"
        self.fields["username"].label = "ชื่อผู้ใช้"
        self.fields["password"].label = "รหัสผ่าน"


class NewPasswordForm(PasswordChangeForm):
    pass
