"""A cluster as an operator has it: Debian's PostgreSQL programs, its own certificate, TLS and scram on a loopback port, nobody trusted."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
SETTINGS = """\
listen_addresses = 'localhost'
port = {port}
unix_socket_directories = '{folder}'
ssl = on
ssl_cert_file = '{folder}/server.pem'
ssl_key_file = '{folder}/server.key'
password_encryption = 'scram-sha-256'
"""
RULES = """\
local all postgres trust
hostssl all sild_operator,sild_migrate,sild_backup,sild_sequencer,sild_app localhost scram-sha-256
"""
# the first line is for the tests' own superuser; the socket lies in a directory that only the server's account may enter


def oldest_programs() -> Path | None:
    """The bin folder of the oldest PostgreSQL of Debian's that Sild promises to work on, or None where there is none."""
    found = sorted(int(path.parent.parent.name) for path in PROGRAMS.glob("*/bin/initdb") if path.parent.parent.name.isdigit())
    fit = [major for major in found if major >= 15]
    return PROGRAMS / str(fit[0]) / "bin" if fit else None


class Cluster:
    """One cluster of one test session: `address(user, database)` for a DATABASE_URL, `superuser(sql)` for what only a superuser does."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.account = "postgres" if os.geteuid() == 0 else None  # PostgreSQL does not run as root; the package brings this account
        self.folder = Path(tempfile.mkdtemp(prefix="sild-own-"))
        self.data = self.folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._certify()
        if self.account:
            found = pwd.getpwnam(self.account)
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, found.pw_uid, found.pw_gid)
        words = ["--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--auth=trust", "--no-sync"]
        self._run("initdb", "-D", str(self.data), *words)
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS.format(port=self.port, folder=self.folder))
        (self.data / "pg_hba.conf").write_text(RULES)

    @property
    def certificate(self) -> Path:
        """What a client believes; signed by itself."""
        return self.folder / "server.pem"

    def address(self, user: str = "", database: str = "sild") -> str:
        """A DATABASE_URL; `user` may carry a password after a colon."""
        who = f"{user}@" if user else ""
        return f"postgresql://{who}localhost:{self.port}/{database}?sslmode=verify-full&sslrootcert={self.certificate}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        """Stop it, ending what is connected."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop")

    def remove(self) -> None:
        """Stop it and forget it."""
        subprocess.run(self._line("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop"), capture_output=True, cwd="/", check=False)
        shutil.rmtree(self.folder)

    def superuser(self, *statements: str, database: str = "postgres") -> str:
        """Run statements as the cluster's superuser; what they print."""
        words = [word for statement in statements for word in ("-c", statement)]
        line = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-p", str(self.port), "-U", "postgres"]
        return self._run(*line, *words, database).strip()

    def _certify(self) -> None:
        kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "2"]
        name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        out = ["-keyout", str(self.folder / "server.key"), "-out", str(self.certificate)]
        subprocess.run(["openssl", "req", *kind, *name, *out], check=True, capture_output=True)
        (self.folder / "server.key").chmod(0o600)

    def _line(self, program: str, *words: str) -> list[str]:
        first = ["runuser", "-u", self.account, "--"] if self.account else []
        return [*first, str(self.programs / program), *words]

    def _run(self, program: str, *words: str) -> str:
        told = subprocess.run(self._line(program, *words), capture_output=True, text=True, cwd="/", check=False, stdin=subprocess.DEVNULL)
        assert told.returncode == 0, told.stderr
        return told.stdout
