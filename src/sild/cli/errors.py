"""How a command ends: the answer on the output, or one line on the error stream and a code."""

from __future__ import annotations

import logging
import os
import sys
import traceback

import psycopg
import typer
from django.db import Error as DatabaseError
from django.db import OperationalError

from sild.cli.exits import Exit
from sild.custody.faults import CustodyFault
from sild.kernel import terminal
from sild.kernel.refusals import Refused
from sild.postgres.faults import DatabaseFault


def ended_with(app: typer.Typer) -> int:
    """Run the command line and return its exit code. Nothing but a code leaves this function."""
    logging.captureWarnings(True)
    try:
        code = app(standalone_mode=False)
        if code == Exit.INTERRUPTED:
            raise KeyboardInterrupt
        return int(code) if isinstance(code, int) else Exit.DONE
    except typer.TyperException as usage:
        return _usage(usage)
    except typer.Abort:
        terminal.complain("stopped: the question was not answered. Nothing was done.")
        return Exit.REFUSED
    except KeyboardInterrupt:
        terminal.complain("interrupted. What was committed stays; start the same command again, and it goes on from there.")
        return Exit.INTERRUPTED
    except (Refused, DatabaseFault, CustodyFault) as refusal:
        terminal.complain(str(refusal))
        detail = getattr(refusal, "detail", "") or getattr(refusal.__cause__, "detail", "")
        if detail and os.environ.get("SILD_TRACE"):
            sys.stderr.write(detail + "\n")
        return Exit.REFUSED
    except (OperationalError, psycopg.OperationalError) as problem:
        first = str(problem).strip().splitlines()
        terminal.complain(
            f"The database does not answer: {first[0] if first else 'no reason given'}. Start the command again; run sild doctor."
        )
        return Exit.REFUSED
    except BrokenPipeError:
        # whoever read our output stopped reading; Python would complain once more while it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return Exit.DONE
    except MemoryError:
        terminal.complain("The machine ran out of memory. What was committed stays; close other programs and run again.")
        return Exit.REFUSED
    except Exception as fault:
        if os.environ.get("SILD_TRACE"):
            traceback.print_exc()
        where = "in the database" if isinstance(fault, DatabaseError) else "in the program"
        terminal.complain(
            f"A fault {where}: {type(fault).__name__}: {fault}. What was committed stays. "
            "Set SILD_TRACE=1 to see where it happened, and report it (SECURITY.md, CONTRIBUTING.md)."
        )
        return Exit.FAULT


def _usage(usage: typer.TyperException) -> int:
    message = getattr(usage, "format_message", lambda: str(usage))()
    context = getattr(usage, "ctx", None)
    if type(usage).__name__ == "NoArgsIsHelpError" and context is not None:
        typer.echo(context.get_help())
        return Exit.REFUSED
    command = context.command_path if context is not None else "sild"
    terminal.complain(f"{message} See `{command} --help`.")
    return Exit.REFUSED
