"""Where sessions are kept: the framework's table, read by one plain statement, since every page begins with it."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


class SessionStore(db.SessionStore):
    """The framework's store in the database; a session that has run out or is not there is nobody's, at the very next request."""

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            read = "select session_data, expire_date from django_session where session_key = %s and expire_date > %s"
            cursor.execute(read, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return Session(session_key=self.session_key or "", session_data=row[0], expire_date=row[1])
