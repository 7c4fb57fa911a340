"""What the exit codes mean. The reference page is made from this table."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """0 is success; every other code says what a script should do next."""

    DONE = 0
    FINDINGS = 1
    REFUSED = 2
    FAULT = 3
    INTERRUPTED = 130


MEANINGS: dict[Exit, str] = {
    Exit.DONE: "done",
    Exit.FINDINGS: "done, and something was found: the doctor, the ledger or a check says what",
    Exit.REFUSED: "refused: bad input, a missing file, a database out of reach; one line says what to do; what was committed stays",
    Exit.FAULT: "a fault of the program; please report it",
    Exit.INTERRUPTED: "interrupted; what was committed stays, and the next start goes on from there",
}
