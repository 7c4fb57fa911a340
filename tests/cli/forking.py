"""The program loaded once, and forked for each command: what a command reads before it begins costs more than most commands do.

A fork is a process of its own, as a person starts it: its arguments, its environment, its output and its code are those of the command.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

READ_ON_LOADING = ("NO_COLOR", "SILD_HOSTS", "SILD_PROXIES", "SILD_WORDS")
"""What the program reads when it is loaded: a command that is given one of these is loaded by itself."""


@cache
def _loaded() -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "tests.cli.forking"]
    return subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[2])


def forked(arguments: tuple[str, ...], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `sild` to its end in a fork of the process that has loaded it."""
    loaded = _loaded()
    assert loaded.stdin is not None and loaded.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, name)) for name in ("output", "errors")]
        told = {"arguments": arguments, "environment": environment, "files": files, "folder": str(Path.cwd())}
        loaded.stdin.write(json.dumps(told) + "\n")
        loaded.stdin.flush()
        code = int(loaded.stdout.readline())
        output, errors = (Path(name).read_text(encoding="utf-8") for name in files)
    return subprocess.CompletedProcess(["sild", *arguments], code, output, errors)


def serve() -> None:
    """Fork for each line of the input, one after the other, and tell its code."""
    import sild.__main__ as program  # noqa: PLC0415 - whoever only asks does not load it

    asked, told = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    for line in asked:
        child = os.fork()
        if not child:
            _become(program, json.loads(line))
        _child, status = os.waitpid(child, 0)
        told.write(f"{os.waitstatus_to_exitcode(status)}\n")
        told.flush()


def _become(program: Any, told: dict[str, Any]) -> NoReturn:
    """The command, in the fork."""
    for number, name in enumerate(told["files"], 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.modules["__main__"], sys.argv = program, [program.__file__, *told["arguments"]]
    code: Any = 1
    try:
        program.main()
    except SystemExit as ended:
        code = ended.code
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    serve()
