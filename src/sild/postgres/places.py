"""Where a cluster lives: its directories, sockets, logs and passwords, each made private and checked to be so.

Started by root, the server runs as the system account `sild` from a place of its own under /var/lib/sild, and the
home holds a pointer to it. No directory that was there before is changed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sild.postgres.faults import DatabaseFault, plain_reason

SYSTEM_ACCOUNT = "sild"
SYSTEM_ROOT = Path("/var/lib/sild")
SOCKET_LIMIT = 100  # bytes; the kernel's limit is 107 with the socket's own name, and psql needs the rest
SOCKET_NAME = ".s.PGSQL.5432"
FIRST_LOGIN_UID = 1000


@dataclass(frozen=True, slots=True)
class Account:
    """The system account that the server runs as when root starts it."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Place:
    """The paths of one cluster. `keys` is in the home; `base` holds the cluster; they are one for a normal user."""

    home: Path
    keys: Path
    base: Path
    socket: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The data directory of PostgreSQL."""
        return self.base / "data"

    @property
    def settings(self) -> Path:
        """The directory of postgresql.conf and pg_hba.conf, which the server's account may read and not write."""
        return self.base / "settings"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.base / "server.log"

    @property
    def passwords(self) -> Path:
        """One file per role, for the owner's eyes only."""
        return self.keys / "passwords"

    @property
    def owner(self) -> int:
        """The uid that the server runs as."""
        return self.account.uid if self.account else os.geteuid()


def prepare_place(home: Path, system_root: Path = SYSTEM_ROOT) -> Place:
    """Make (or find again) the private directories of the home's cluster. Raises DatabaseFault with what is wrong."""
    if str(home) in (".", "/"):
        raise DatabaseFault(f"SILD_HOME is {str(home)!r} or empty: name a directory of its own.")
    home = home.expanduser().absolute()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home = home.resolve()
        keys = private_directory(home / "postgres")
        private_directory(keys / "passwords")
        if os.geteuid() == 0:
            return _place_of_root(home, keys, system_root)
        return _place_of_user(home, keys)
    except OSError as error:
        hint = (
            "free some space"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else "check that it is a directory that you may write, or set SILD_HOME to another one"
        )
        raise DatabaseFault(f"The home {home} cannot be used ({error.filename or home}: {plain_reason(error)}): {hint}.") from error


def private_directory(path: Path, mode: int = 0o700, owner: int | None = None) -> Path:
    """Make the directory, or check that it is a real one of the owner's (by default: ours) with exactly this mode."""
    owner = os.geteuid() if owner is None else owner
    made = False
    try:
        path.mkdir(mode=mode)
        made = True
    except FileExistsError:
        pass
    if made:
        path.chmod(mode)  # the umask may have taken bits away
        if owner != os.geteuid():
            os.chown(path, owner, -1)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise DatabaseFault(f"{path} is not a directory: move it away and start again.")
    if found.st_uid != owner:
        raise DatabaseFault(
            f"{path} belongs to uid {found.st_uid}, not to uid {owner}: use the account that made it, or set SILD_HOME to another place."
        )
    if stat.S_IMODE(found.st_mode) != mode:
        hint = (
            "this disk does not keep permissions; set SILD_HOME to one that does"
            if made
            else f"check who wrote into it, then `chmod {mode:o} {path}`"
        )
        raise DatabaseFault(f"{path} has mode {stat.S_IMODE(found.st_mode):o} instead of {mode:o}: {hint}.")
    return path


def remove_place(place: Place) -> None:
    """Forget the cluster and its passwords. The server must be stopped, and nobody may be starting it."""
    if place.base != place.keys:
        shutil.rmtree(place.base, ignore_errors=True)
    if place.socket.parent not in (place.base, place.base.parent):
        shutil.rmtree(place.socket, ignore_errors=True)
    shutil.rmtree(place.keys, ignore_errors=True)


def _place_of_user(home: Path, keys: Path) -> Place:
    if (keys / "cluster").exists():
        raise DatabaseFault(
            f"{home} was made by root, and its database runs as the account {SYSTEM_ACCOUNT}: start as root, or set SILD_HOME."
        )
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:  # initdb looks itself up and gives up; common where a container runs under a number only
        raise DatabaseFault(
            f"The account with uid {os.geteuid()} has no name in /etc/passwd, which PostgreSQL needs: give it one, or use another account."
        ) from None
    private_directory(keys / "settings")
    return Place(home, keys, keys, _socket_directory(keys), None)


def _socket_directory(keys: Path) -> Path:
    """A 0700 directory with a path short enough for a socket: in the home, else in the user's runtime directory, else in /tmp."""
    near = keys / "socket"
    if len(os.fsencode(near / SOCKET_NAME)) < SOCKET_LIMIT:
        return private_directory(near)
    name = hashlib.sha256(os.fsencode(keys)).hexdigest()[:16]
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    if _is_private(runtime) and len(os.fsencode(runtime / f"sild-{name}" / SOCKET_NAME)) < SOCKET_LIMIT:
        return private_directory(runtime / f"sild-{name}")
    shared = Path("/tmp").resolve()  # noqa: S108 - only a 0700 directory of ours inside it is used, checked by owner and mode
    found = shared.stat()
    if found.st_uid not in (0, os.geteuid()) or (found.st_mode & 0o002 and not found.st_mode & stat.S_ISVTX):
        raise DatabaseFault(
            f"{shared} lets others rename our directories: set XDG_RUNTIME_DIR to a private directory, or SILD_HOME to a shorter path."
        )
    return private_directory(shared / f"sild-{os.geteuid()}-{name}")


def _is_private(path: Path) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) == 0o700


def _place_of_root(home: Path, keys: Path, system_root: Path) -> Place:
    """A cluster of the account `sild`: base and settings stay root's, so that the server cannot change its own rules."""
    account = system_account()
    if (keys / "data").exists():
        raise DatabaseFault(f"{home} was made by a normal user: start as that user, or set SILD_HOME to another place.")
    clusters = public_directory(public_directory(system_root) / "clusters")
    base = _claimed_base(home, keys, clusters)
    private_directory(base, 0o750, owner=0)
    os.chown(base, 0, account.gid)
    private_directory(base / "settings", 0o750, owner=0)
    os.chown(base / "settings", 0, account.gid)
    socket = base / "socket"
    if len(os.fsencode(socket / SOCKET_NAME)) >= SOCKET_LIMIT:
        raise DatabaseFault(f"The path of {socket} is too long for a socket: choose a shorter place for the clusters.")
    return Place(home, keys, base, private_directory(socket, owner=account.uid), account)


def _claimed_base(home: Path, keys: Path, clusters: Path) -> Path:
    """The cluster that the home's pointer names, or a new one. A copied home does not get the original's cluster."""
    pointer = keys / "cluster"
    try:
        base = Path(pointer.read_text().strip())
    except FileNotFoundError:
        base = _unused(clusters / hashlib.sha256(os.fsencode(home)).hexdigest()[:16])
        write_private(pointer, f"{base}\n")
    if base.parent != clusters:
        raise DatabaseFault(
            f"{pointer} names {base}, which is not under {clusters}: correct the pointer, or set SILD_HOME to another place."
        )
    claim = base / "home"
    claimant = Path(claim.read_text().strip()) if claim.exists() else home
    if claimant != home:
        twin = claimant / "postgres" / "cluster"
        if twin.exists() and twin.read_text().strip() == str(base):
            raise DatabaseFault(
                f"{home} is a copy of {claimant}, which owns the database at {base}: use that one, or remove {keys} to begin an empty one."
            )
    private_directory(base, 0o750, owner=0)
    write_private(claim, f"{home}\n")
    return base


def _unused(wanted: Path) -> Path:
    """The wanted path, or the next free one: a cluster whose home was deleted is never taken over in silence."""
    candidate, number = wanted, 1
    while candidate.exists():
        number += 1
        candidate = wanted.with_name(f"{wanted.name}-{number}")
    return candidate


def public_directory(path: Path) -> Path:
    """A directory of root's that others may enter and not write; made when missing."""
    try:
        path.mkdir(mode=0o755)
        path.chmod(0o755)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0 or found.st_mode & 0o022:
            raise DatabaseFault(f"{path} must be a directory of root's that nobody else may write: move it away and start again.") from None
    except OSError as error:
        raise DatabaseFault(f"{path} cannot be made ({plain_reason(error)}): start Sild as a normal user instead of root.") from error
    return path


def system_account(name: str = SYSTEM_ACCOUNT) -> Account:
    """The account that the server runs as, made when missing. Raises DatabaseFault when it cannot be made or is a person's."""
    found = _account(name)
    if found is None:
        program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if program is None:
            raise DatabaseFault(
                f"PostgreSQL does not run as root and there is no `useradd` to make the account {name}: "
                "make it yourself, or start as a normal user."
            )
        line = [program, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]
        told = subprocess.run(line, capture_output=True, text=True, check=False)
        found = _account(name)
        if found is None:
            raise DatabaseFault(
                f"The account {name} could not be made ({told.stderr.strip() or told.returncode}): "
                "make it yourself, or start as a normal user."
            )
    if found.pw_uid == 0 or (found.pw_uid >= FIRST_LOGIN_UID and not found.pw_shell.endswith(("/nologin", "/false"))):
        raise DatabaseFault(
            f"The account {name} (uid {found.pw_uid}) is a person's, not a system account: start as a normal user instead of root."
        )
    return Account(name, found.pw_uid, found.pw_gid)


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def write_private(path: Path, text: str, mode: int = 0o600, group: int = -1) -> None:
    """Put a file in place by one rename, never readable by others on the way."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        os.write(handle, text.encode())
        if group != -1:
            os.fchown(handle, -1, group)
        os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)
    fresh.rename(path)
