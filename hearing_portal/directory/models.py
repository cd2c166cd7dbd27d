"""Who there is: work groups, area offices, people and their dated roles. The only table with names is User."""

import re
from datetime import date
from typing import Self

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hearing_portal.acts.history import ActHistory
from hearing_portal.shipped_lists import ListedModel
from hearing_portal.thai.numbering import arabic_digits


class ValidOnQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows with validity dates: valid_from is the first day, valid_until the last one (open when null)."""

    def valid_on(self, day: date) -> Self:
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day
        )


class WorkGroup(ListedModel):
    """กลุ่มงาน. "The ten" are those valid on the hearing's date; 2553 had others."""

    class Kind(models.TextChoices):
        GROUP = "group", "กลุ่ม"
        UNIT = "unit", "หน่วย"

    key = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.GROUP)
    order = models.PositiveSmallIntegerField()
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    duties = models.JSONField(
        default=list, blank=True
    )  # [{"clause": "(ก)", "text": …}]; "announced": true
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = ValidOnQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="work_group_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def duties_are_announced(self) -> bool:
        """In the words of the notification; else they are a summary of it."""
        return bool(self.duties) and all(
            duty.get("announced") is True for duty in self.duties
        )


class AreaOffice(ListedModel):
    """สพท.: 183 primary (สพป.) and 62 secondary (สพม.) offices."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", "สพป."
        SECONDARY = "secondary", "สพม."

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=100)
    provinces = ArrayField(models.CharField(max_length=60))
    area_no = models.PositiveSmallIntegerField(null=True, blank=True)
    official_code = models.CharField(max_length=20, null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = ValidOnQuerySet.as_manager()

    class Meta:
        # Code-point order would put เกาะ last; the collation is PostgreSQL's own for Thai
        ordering = [
            "kind",
            models.functions.Collate("short_name", "th-x-icu"),
            "area_no",
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="area_office_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, password: str | None = None, **fields: object
    ) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, password: str | None = None, **fields: object
    ) -> "User":
        """With the role that administers the portal: without it, a superuser sees the back door alone."""
        from hearing_portal.acts.services import act

        from .acts import ROLE_GRANTED, about_role  # which name these models

        with act(by=None) as done:
            user = self.create_user(
                username, password, is_staff=True, is_superuser=True, **fields
            )
            role = RoleAssignment(
                user=user,
                role=RoleAssignment.Role.ADMIN,
                valid_from=timezone.localdate(),
            )
            role.save()
            done.record(ROLE_GRANTED, about_role(role), detail=role.role)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Names stand in this table only, and are shown only where product.md allows."""

    username = models.CharField(
        "ชื่อผู้ใช้",
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "ชื่อผู้ใช้นี้มีอยู่แล้ว โปรดใช้ชื่ออื่น"},
    )
    title = models.CharField("คำนำหน้า", max_length=40, blank=True)
    given_name = models.CharField("ชื่อ", max_length=100)
    family_name = models.CharField("นามสกุล", max_length=100)
    position = models.CharField("ตำแหน่ง", max_length=200, blank=True)
    # Theirs alone: they enter it, it is shown to nobody else, and taking it away stops the mail
    email = models.EmailField("อีเมล", max_length=200, blank=True)
    office = models.ForeignKey(
        AreaOffice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name="สพท.",
    )
    is_active = models.BooleanField("ใช้งานอยู่", default=True)
    is_staff = models.BooleanField("เข้าส่วนจัดการระบบ", default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["given_name", "family_name"]

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return f"{self.title}{self.given_name} {self.family_name}".strip()

    def get_short_name(self) -> str:
        return self.given_name

    @property
    def shown_name(self) -> str:
        """Who did something, for colleagues; the username of an account without a name."""
        return self.get_full_name() or self.username


class RoleAssignmentQuerySet(ValidOnQuerySet["RoleAssignment"]):
    def held_by(self, user: User) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user)

    def now(self) -> Self:
        return self.valid_on(timezone.localdate())


class RoleAssignment(models.Model):
    """A role somebody holds from a day to a day, for a work group or an office or the whole portal."""

    class Role(models.TextChoices):
        ADMIN = "admin", "ผู้ดูแลระบบ"
        FACILITATOR = "facilitator", "ผู้ดำเนินเวที"
        DRAFTER = "drafter", "คณะทำงานยกร่าง"
        DELEGATE = "delegate", "ผู้แทน"
        OFFICE_HEAD = "office_head", "ผอ.สพท."
        EXPERT = "expert", "ผู้ทรงคุณวุฒิ"
        CENTRAL_BUREAU = "central_bureau", "ผู้แทนสำนักส่วนกลาง"

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=14, choices=Role)
    work_group = models.ForeignKey(
        WorkGroup, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    office = models.ForeignKey(
        AreaOffice, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    history = ActHistory()
    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role="delegate")
                | Q(work_group__isnull=False, office__isnull=False),
                name="delegate_has_work_group_and_office",
            ),
            models.CheckConstraint(
                condition=~Q(role="office_head") | Q(office__isnull=False),
                name="office_head_has_office",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["drafter", "facilitator"])
                | Q(work_group__isnull=False),
                name="drafter_and_facilitator_have_work_group",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="role_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "work_group", "office", "valid_from"],
                nulls_distinct=False,
                name="one_role_per_person_scope_and_first_day",
            ),
        ]

    def __str__(self) -> str:
        scope = self.work_group_id or self.office_id or "-"
        return f"{self.user_id} {self.role} {scope}"


class PasswordSetting(models.Model):
    """Who gave somebody a password. The latest row counts: one by somebody else is to be replaced by an own one."""

    user = models.ForeignKey(User, models.PROTECT, related_name="password_settings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="password_setting_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} by {self.by_id}"


class SignInAttempt(models.Model):
    """A password that was not right, or is being checked. Holds no name and no address, only keyed hashes of them."""

    username = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    device = models.CharField(
        max_length=64, blank=True
    )  # of a device the person signed in from before
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["username", "address", "device", "-at"],
                name="attempt_by_person_and_source",
            ),
            models.Index(fields=["address", "-at"], name="attempt_by_address"),
            models.Index(fields=["at"], name="attempt_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.username[:8]} {self.at:%H:%M:%S}"


class ContactVersion(models.Model):
    """Whom to ask about the portal, as an administrator wrote it; the latest row is shown."""

    name = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=100, blank=True)
    email = models.EmailField(max_length=200, blank=True)
    line = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def dialled(self) -> str:
        """The first number as a telephone dials it, without blanks and without what comes after "ต่อ"."""
        number = re.match(r"[+\d\s()-]+", arabic_digits(self.telephone))
        return re.sub(r"[^\d+]", "", number.group()) if number else ""


class PrivacyNoticeVersion(models.Model):
    """What the portal tells people about their data; the latest row is shown, before the first one the text that comes
    with the portal."""

    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text[:40]
