from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "hearing_portal.directory"
    label = "directory"
    verbose_name = "กลุ่มงาน สพท. และบุคคล"
