from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "hearing_portal.jobs"
    label = "jobs"
    verbose_name = "งานของระบบและไฟล์"
