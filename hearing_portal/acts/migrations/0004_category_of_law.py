from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("acts", "0003_official_words"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="act",
            name="act_category_is_known",
        ),
        migrations.AlterField(
            model_name="act",
            name="category",
            field=models.CharField(
                choices=[
                    ("comment", "ความคิดเห็นและข้อเสนอ"),
                    ("moderation", "การดูแลความคิดเห็น"),
                    ("decision", "ผลการพิจารณา"),
                    ("publication", "การเผยแพร่ผล"),
                    ("text", "ถ้อยคำในคู่มือ"),
                    ("edition", "ฉบับ"),
                    ("session", "ประชาพิจารณ์และเวที"),
                    ("people", "บุคคล กลุ่มงาน และ สพท."),
                    ("law", "ทะเบียนกฎหมาย"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "comment",
                            "moderation",
                            "decision",
                            "publication",
                            "text",
                            "edition",
                            "session",
                            "people",
                            "law",
                        ],
                    )
                ),
                name="act_category_is_known",
            ),
        ),
    ]
