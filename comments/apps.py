from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = "ประชาพิจารณ์"

    def ready(self) -> None:
        from manuals.comparing.restated_reasons import RestatedReasons

        from .tracing.queries.restated_reasons import find_restated_reasons

        RestatedReasons.ask(find_restated_reasons)
