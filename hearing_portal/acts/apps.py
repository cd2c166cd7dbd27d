from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "hearing_portal.acts"
    label = "acts"
    verbose_name = "บันทึกการดำเนินการ"
