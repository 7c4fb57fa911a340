"""Who a password opens for. Whoever may not enter is answered as if the password were wrong."""

from __future__ import annotations

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.http import HttpRequest

from sild.kernel.accounts import Account
from sild.kernel.loopback import demo_may_enter

_FIELDS = [field.attname for field in Account._meta.concrete_fields]
_COLUMNS = ", ".join(f'"{field.column}"' for field in Account._meta.concrete_fields)
_OF_A_SESSION = f'select {_COLUMNS} from "{Account._meta.db_table}" where id = %s and is_active'


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]  # the package has no types
    """E-mail and password, less closed accounts, and less demo people where these are not let in."""

    def authenticate(self, request: HttpRequest | None, **credentials: str) -> Account | None:
        account = super().authenticate(request, **credentials)
        if not isinstance(account, Account):
            return None
        if account.demo and (request is None or not demo_may_enter(request)):
            return None
        return account

    def get_user(self, user_id: UUID) -> Account | None:
        """The account of a session, read by one plain statement, since every page begins with it; None for a closed one."""
        with connection.cursor() as cursor:
            cursor.execute(_OF_A_SESSION, [user_id])
            row = cursor.fetchone()
        return Account.from_db(connection.alias, _FIELDS, row) if row is not None else None

    @classmethod
    def _stash_user(cls, user: object) -> None:
        """A closed account is not told apart from a wrong password."""
