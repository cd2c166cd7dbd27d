"""How expensive a password is to check: as OWASP asks for at least, and no more than a hall can pay that signs in at
once (docs/decisions/0071)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class HallPasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: about 25 ms of one core. Django's own choice takes 200 ms."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
