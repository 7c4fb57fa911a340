"""`sild custody`: copies in others' keeping, keys split among officers, receipts. Runs where the data is; needs no home and no database."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sild.cli.exits import Exit
from sild.custody import copies, quorum
from sild.custody.faults import CustodyFault
from sild.custody.restic import Repository
from sild.kernel import terminal
from sild.kernel.progress import Progress

app = typer.Typer(
    help="Copies in others' keeping: made, verified, restored, taken away, with keys that officers hold together.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
LONGEST_CHECK_S = 3600

RepositoryArgument = Annotated[str, typer.Argument(help="Where copies lie: an absolute path, or s3:https://host/bucket.")]
ShareOption = Annotated[
    list[Path] | None, typer.Option("--share", help="An officer's opened share. Given as often as the keyring asks for.")
]
KeyOption = Annotated[Path | None, typer.Option("--key-file", help="The whole key, on a machine that copies often, instead of shares.")]
RingOption = Annotated[
    Path | None, typer.Option("--keyring", help="The keyring of the repository: shares of another key are refused before anything is done.")
]
NameOption = Annotated[str, typer.Option("--name", help="What the copy is called: the data set, as the inventory names it.")]
ReceiptOption = Annotated[Path | None, typer.Option("--receipt", help="Write the receipt (JSON) here, for the desk.")]


@app.callback()
def root() -> None:
    """Copies in others' keeping: made, verified, restored, taken away, with keys that officers hold together."""


@app.command()
def keys(
    folder: Annotated[Path, typer.Argument(help="A new folder for the sealed shares and the keyring.")],
    officer: Annotated[list[str], typer.Option("--officer", help="NAME=age1..., once for each officer who is to hold a share.")],
    needed: Annotated[int, typer.Option("--needed", min=quorum.LEAST, max=quorum.MOST, help="How many of them open it together.")],
) -> None:
    """Make a repository's key, split it, and seal each officer's share to their own key. The key itself is kept nowhere."""
    named = dict(one.partition("=")[::2] for one in officer)
    if len(named) < len(officer):
        raise CustodyFault("Two officers have the same name. Name each of them differently.")
    ring = quorum.make_keyring(folder, named, needed)
    out = terminal.console()
    out.print(f"{len(named)} shares in {folder}; any {needed} of them open what is kept under key {ring.fingerprint}.", markup=False)
    out.print(
        "Give each officer their share; they open it with sild unseal when it is needed. Keep the keyring with the copies.", markup=False
    )


@app.command("key")
def put_together(
    out: Annotated[Path, typer.Option("--out", help="The new key file.")],
    share: ShareOption = None,
    keyring: RingOption = None,
) -> None:
    """Put the key together from shares into a file, for a machine that copies every night. Whoever reads that file reads every copy."""
    key = _key(share, None, keyring)
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise CustodyFault(f"{out} cannot be made ({fault.strerror}). Name another file.") from fault
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    terminal.console().print(f"The key stands in {out}. Whoever reads it reads every copy: destroy it when it is not needed.", markup=False)


@app.command()
def copy(
    source: Annotated[Path, typer.Argument(help="The folder to copy.")],
    repository: RepositoryArgument,
    name: NameOption,
    share: ShareOption = None,
    key_file: KeyOption = None,
    keyring: RingOption = None,
    receipt: ReceiptOption = None,
) -> None:
    """Copy a folder into custody, encrypted, with a manifest of every file. Broken off and started again it uses what was stored."""
    target = _new(receipt)
    with _bars() as bars:
        told = copies.make_copy(Repository(repository, _key(share, key_file, keyring)), source.absolute(), name, bars)
    _tell(told, target)


@app.command("list")
def show(repository: RepositoryArgument, share: ShareOption = None, key_file: KeyOption = None, keyring: RingOption = None) -> None:
    """The copies of a repository by name and time."""
    found = copies.copies(Repository(repository, _key(share, key_file, keyring)))
    out = terminal.console()
    for called, one in found:
        out.print(f"{one.at[:19]}  {one.id[:8]}  {called}", markup=False)
    if not found:
        out.print("No copy lies there.", markup=False)


@app.command()
def verify(
    repository: RepositoryArgument,
    name: NameOption,
    share: ShareOption = None,
    key_file: KeyOption = None,
    keyring: RingOption = None,
    receipt: ReceiptOption = None,
) -> None:
    """Read every byte that is stored and hold it against its hash. Ends with 1 where something is damaged, and names it."""
    target = _new(receipt)
    with _bars() as bars:
        told = copies.verify_copy(Repository(repository, _key(share, key_file, keyring)), name, bars)
    _tell(told, target)


@app.command()
def restore(  # noqa: PLR0913 - a command's parameters are its options: people count them, not callers
    repository: RepositoryArgument,
    target: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    name: NameOption,
    share: ShareOption = None,
    key_file: KeyOption = None,
    keyring: RingOption = None,
    check: Annotated[
        str | None, typer.Option("--check", help="A program that looks whether the restored data works; it is started in the folder.")
    ] = None,
    receipt: ReceiptOption = None,
) -> None:
    """Restore the newest copy from custody alone, timed, and hold each file against the manifest. Ends with 1 where one differs."""
    written = _new(receipt)
    with _bars() as bars:
        opened = Repository(repository, _key(share, key_file, keyring))
        told = copies.restore_copy(opened, name, target.absolute(), check=_checked_by(check) if check else None, watch=bars)
    _tell(told, written)


@app.command()
def drop(
    repository: RepositoryArgument,
    name: NameOption,
    share: ShareOption = None,
    key_file: KeyOption = None,
    keyring: RingOption = None,
    sure: Annotated[bool, typer.Option("--sure", help="Yes, for good: nothing brings it back.")] = False,
) -> None:
    """Take all copies of a name away for good, such as when their time is over or they were returned."""
    if not sure:
        raise CustodyFault("All copies of that name would be gone for good. Say --sure.")
    gone = copies.take_away(Repository(repository, _key(share, key_file, keyring)), name)
    terminal.console().print(f"Gone: {gone} of {name}.", markup=False)


def _key(shares: list[Path] | None, key_file: Path | None, keyring: Path | None) -> str:
    ring = quorum.read_keyring(keyring).fingerprint if keyring is not None else ""
    if bool(shares) == (key_file is not None):
        raise CustodyFault("Give the opened shares of enough officers (--share, several times), or the key's file (--key-file).")
    if key_file is None:
        return quorum.key_from_shares(shares or [], ring)
    try:
        if key_file.stat().st_mode & 0o077:
            raise CustodyFault(f"Others may read the key {key_file}. Take that away first: chmod 600 {key_file}")
        key = key_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise CustodyFault(f"{key_file} cannot be read as a key.") from fault
    if len(key) != 2 * quorum.BYTES or ring not in ("", quorum.fingerprint_of(key)):
        raise CustodyFault(f"{key_file} is not the key of this repository.")
    return key


def _new(receipt: Path | None) -> Path | None:
    if receipt is not None and (receipt.exists() or not receipt.absolute().parent.is_dir()):
        raise CustodyFault(f"{receipt} is there already, or there is no folder for it. Name a new file for the receipt.")
    return receipt


def _tell(told: copies.Receipt, target: Path | None) -> None:
    if target is not None:
        target.write_text(told.as_json(), encoding="utf-8")
    out = terminal.console()
    many = f"{told.files} files, {told.bytes} bytes" if told.files else "no file"
    out.print(f"{told.name}: {told.deed} in {told.seconds:.1f} s, {many}, copy {told.copy[:8] or 'unknown'}", markup=False)
    if not told.sound:
        out.print(f"NOT AS IT SHOULD BE: {told.found}", markup=False)
        raise typer.Exit(Exit.FINDINGS)


def _checked_by(program: str) -> copies.Check:
    def look(folder: Path) -> str:
        try:
            ended = subprocess.run([program], cwd=folder, capture_output=True, timeout=LONGEST_CHECK_S, check=False)
        except (OSError, subprocess.TimeoutExpired) as fault:
            return f"the check {program} could not be done ({fault})"
        words = (ended.stderr or ended.stdout).decode("utf-8", "replace").strip()
        return "" if ended.returncode == 0 else f"the check {program} ended with {ended.returncode}: {words[-400:]}"

    return look


class _Bars:
    """Bytes on the terminal's bars, in megabytes."""

    def __init__(self, bars: Progress) -> None:
        self.bars, self.left = bars, 0

    def stage(self, words: str, total: int) -> None:
        """A new stage begins."""
        self.left = 0
        self.bars.stage(words, total // 1_000_000 or None)

    def step(self, done: int) -> None:
        """So many bytes more."""
        self.left += done
        while self.left >= 1_000_000:
            self.bars.step()
            self.left -= 1_000_000


@contextmanager
def _bars() -> Iterator[_Bars]:
    with terminal.bars() as bars:
        yield _Bars(bars)
