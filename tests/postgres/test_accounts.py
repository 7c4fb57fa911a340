"""Root and normal users, each with checkout and home under directories that nobody else may enter."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import sild
from sild.postgres import binaries
from sild.postgres.binaries import LIBRARIES, PACKAGE, SERVER, copied_binaries, find_binaries
from sild.postgres.faults import DatabaseFault
from sild.postgres.places import SYSTEM_ACCOUNT
from sild.postgres.supervisor import Server, running

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")

SCRIPT = """
import os, sys
from pathlib import Path
from sild.postgres.doctor import examine
from sild.postgres.faults import DatabaseFault
from sild.postgres.supervisor import running
try:
    durable = sys.argv[2] == "durable"
    with running(Path(sys.argv[1]), durable=durable) as server:
        print(server.query()("SELECT current_user AS me")[0][0], os.stat(server.place.data).st_uid, server.place.socket)
        print([finding.code for finding in examine(server) if not finding.ok] if durable else "not looked")
except DatabaseFault as fault:
    print("REFUSED", fault)
"""


class Person:
    """A normal account of this machine with a checkout of its own under a 0700 directory."""

    def __init__(self, account: pwd.struct_passwd, folder: Path, python: str) -> None:
        self.account, self.folder, self._python = account, folder, python

    def run(self, home: Path, how: str = "fast", **environment: str) -> subprocess.CompletedProcess[str]:
        """Start the home's server as this account and let the doctor look."""
        path = os.pathsep.join([str(self.folder / "checkout" / "src"), str(self.folder / "checkout" / "packages")])
        return subprocess.run(
            [self._python, "-c", SCRIPT, str(home), how], env={"PATH": "/usr/bin:/bin", "PYTHONPATH": path} | environment, cwd=self.folder,
            user=self.account.pw_uid, group=self.account.pw_gid, extra_groups=[], capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip


@pytest.fixture(scope="module")
def person() -> Iterator[Person]:
    account = next(found for name in ("games", "daemon", "nobody") if (found := _account(name)))
    python = next((path for path in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3") if _runs(path, account)), None)
    if python is None:
        pytest.skip("no Python 3.11 on this machine that another account may run")
    folder = Path(tempfile.mkdtemp(prefix="sild-person-"))
    packages = folder / "checkout" / "packages"
    source = find_binaries().folder
    shutil.copytree(Path(sild.__file__).parent / "postgres", folder / "checkout" / "src" / "sild" / "postgres")
    shutil.copy(sild.__file__, folder / "checkout" / "src" / "sild" / "__init__.py")
    shutil.copytree(source, packages / PACKAGE / SERVER, ignore=shutil.ignore_patterns("include", "*.a"))
    (packages / PACKAGE / "__init__.py").write_text("raise ImportError('this package starts things when it is imported')\n")
    shutil.copytree(source.parent.parent / LIBRARIES, packages / LIBRARIES)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    (folder / "checkout").chmod(0o700)
    yield Person(account, folder, python)
    shutil.rmtree(folder)


def _account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _runs(python: str, account: pwd.struct_passwd) -> bool:
    test = "import sys; sys.exit(sys.version_info[:2] < (3, 11))"
    try:
        told = subprocess.run([python, "-c", test], user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/", check=False)
    except OSError:
        return False
    return told.returncode == 0


def test_a_normal_user_starts_a_server_of_their_own_under_private_directories(person: Person) -> None:
    told = person.run(person.folder / "private" / "home", "durable")
    assert told.returncode == 0, told.stderr
    first, findings = told.stdout.splitlines()
    assert first.split()[:2] == ["sild_superuser", str(person.account.pw_uid)]
    assert findings == "[]"
    again = person.run(person.folder / "private" / "home", "durable")
    assert again.stdout.splitlines()[1] == "[]", again.stderr


def test_a_normal_user_with_a_very_long_home_gets_a_socket_in_the_runtime_directory(person: Person) -> None:
    runtime = person.folder / "run"
    runtime.mkdir(mode=0o700)
    os.chown(runtime, person.account.pw_uid, person.account.pw_gid)
    told = person.run(person.folder / ("long-" * 30), XDG_RUNTIME_DIR=str(runtime))
    assert told.returncode == 0, told.stderr
    assert Path(told.stdout.splitlines()[0].split()[2]).parent == runtime


def test_a_socket_directory_that_another_account_planted_in_tmp_is_refused(person: Person) -> None:
    home = person.folder / ("deep-" * 30)
    told = person.run(home)
    socket = Path(told.stdout.split()[2])
    assert socket.parent == Path("/tmp").resolve()
    shutil.rmtree(socket)
    socket.mkdir(mode=0o777)
    os.chown(socket, 12345, 12345)
    try:
        refused = person.run(home)
        assert refused.stdout.startswith("REFUSED"), refused.stderr
        assert "belongs to uid 12345" in refused.stdout
    finally:
        socket.rmdir()


def test_a_home_that_a_user_may_not_write_is_told_in_one_line(person: Person) -> None:
    closed = Path(tempfile.mkdtemp(prefix="sild-closed-"))
    told = person.run(closed / "home")
    assert told.stdout.startswith("REFUSED The home"), told.stderr
    assert "Permission denied" in told.stdout
    assert len(told.stdout.splitlines()) == 1
    closed.rmdir()


def test_an_account_without_a_name_is_told_what_postgresql_needs(person: Person) -> None:
    folder = Path(tempfile.mkdtemp(prefix="sild-nameless-"))
    code = "import os, sys; os.setgroups([]); os.setgid(54321); os.setuid(54321)\n"
    os.chown(folder, 54321, 54321)
    child = subprocess.run(
        [sys.executable, "-c", _imports_first(code), str(folder / "home"), "fast"], capture_output=True, text=True, check=False
    )
    assert child.stdout.startswith("REFUSED The account with uid 54321 has no name"), child.stderr
    shutil.rmtree(folder)


def _imports_first(then: str) -> str:
    """The script with `then` between its imports and its work: this Python may lie where another account cannot read."""
    head, mark, rest = SCRIPT.partition("try:")
    return head + then + mark + rest


def test_root_starts_the_server_as_the_system_account_with_everything_under_private_directories(home: Path) -> None:
    assert home.parent.stat().st_mode & 0o777 == 0o700
    with running(home, durable=False) as server:
        pid = server.pid
        assert pid is not None
        status = Path(f"/proc/{pid}/status").read_text()
        account = pwd.getpwnam(SYSTEM_ACCOUNT)
        assert f"Uid:\t{account.pw_uid}\t{account.pw_uid}\t{account.pw_uid}\t{account.pw_uid}" in status
        groups = next(line for line in status.splitlines() if line.startswith("Groups:"))
        assert groups.split()[1:] == [], "the server keeps groups of root"
        program = Path(f"/proc/{pid}/exe").readlink()
        assert program.is_relative_to(server.binaries.folder)
        assert not program.is_relative_to(find_binaries().folder), "it runs from a checkout that the account may be unable to read"


def test_root_and_a_normal_user_do_not_take_each_others_homes(person: Person) -> None:
    shared = Path(tempfile.mkdtemp(prefix="sild-shared-"))
    shared.chmod(0o777)
    with running(shared / "roots", durable=False):
        (shared / "roots").chmod(0o755)
        assert person.run(shared / "roots").stdout.startswith("REFUSED")
    Server(shared / "roots", durable=False).destroy()
    assert person.run(shared / "theirs").returncode == 0
    with pytest.raises(DatabaseFault, match=r"belongs to uid|normal user"):
        Server(shared / "theirs").start()
    shutil.rmtree(shared)


def test_the_programs_are_copied_once_and_readable_by_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries.os, "sync", lambda: None)  # the whole machine's disks, while other tests write
    before = os.umask(0o077)
    try:
        copy = copied_binaries(find_binaries(), tmp_path)
        mark = (copy.folder / "bin" / "postgres").stat().st_ino
        assert copied_binaries(find_binaries(), tmp_path) == copy
    finally:
        os.umask(before)
    assert (copy.folder / "bin" / "postgres").stat().st_ino == mark
    assert len(list(tmp_path.iterdir())) == 1
    for path in copy.folder.rglob("*"):
        if not path.is_symlink():
            assert path.stat().st_mode & 0o044 == 0o044, path
            assert path.stat().st_mode & 0o022 == 0, path
    told = subprocess.run([copy.program("psql"), "--version"], capture_output=True, text=True, env={}, check=False)
    assert "18" in told.stdout
