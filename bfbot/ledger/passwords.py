"""How passwords are hashed: Argon2id at the second setting that RFC 9106 recommends, 64 MiB and three passes.

Django's own setting takes 100 MiB for each sign-in, so that four at once would take twice what all of bfbot holds.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """A password hashed at another setting still opens the door, and is hashed anew then."""

    time_cost = 3
    memory_cost = 64 * 1024  # KiB
    parallelism = 4
