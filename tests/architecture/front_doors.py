"""Rules about imports that layered contracts cannot say: which door of a wing may be entered, and that a check is independent.

They read plain pairs (importer, imported), which grimp takes from the source without running it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

Imports = list[tuple[str, str]]

# who may enter a wing by which doors; a wing's own rooms are bound by the contract "Rooms inside every wing"
DOORS = {
    "wings": frozenset({"public"}),
    "cli": frozenset({"commands", "public"}),
    "web": frozenset({"pages", "public"}),
    "api": frozenset({"routes", "public"}),
}

_READ = """
import json, sys, grimp
graph = grimp.build_graph("sild", cache_dir=None)
pairs = [(a, b) for a in sorted(graph.modules) for b in sorted(graph.find_modules_directly_imported_by(a))]
json.dump({"modules": len(graph.modules), "imports": pairs}, sys.stdout)
"""


def imports_of(package: Path) -> Imports:
    """Every import inside the package at `package`, read in a process of its own so that a planted house is not mistaken for ours."""
    done = subprocess.run(
        [sys.executable, "-c", _READ],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["modules"] > len(("sild", "values")), "nothing was read: the test would prove nothing"
    return [(importer, imported) for importer, imported in read["imports"]]


def closed_doors(imports: Imports) -> list[str]:
    """Imports that enter a wing elsewhere than by the doors open to the importer."""
    findings = []
    for importer, imported in imports:
        came, went = importer.split("."), imported.split(".")
        if went[:2] != ["sild", "wings"] or len(went) < 3 or len(came) < 2:
            continue
        same_wing = came[:3] == went[:3]
        doors = DOORS.get(came[1])
        if doors is None or same_wing:
            continue
        if len(went) < 4 or went[3] not in doors:
            findings.append(f"{importer} enters {imported}: the doors of a wing are {', '.join(sorted(doors))} here")
    return findings


def dependent_checks(imports: Imports) -> list[str]:
    """Checks of a core that reach anything of their core but its problem, its answer and its own parts: they could repeat its errors."""
    onward: dict[str, set[str]] = {}
    for importer, imported in imports:
        onward.setdefault(importer, set()).add(imported)
    findings = []
    for start in sorted(onward):
        parts = start.split(".")
        if parts[:2] != ["sild", "cores"] or len(parts) < 4 or parts[3] != "check":
            continue
        core, seen, ahead = ".".join(parts[:3]), {start}, [start]
        while ahead:
            for step in onward.get(ahead.pop(), ()):
                if step.startswith(core + ".") and step not in seen:
                    seen.add(step)
                    ahead.append(step)
        allowed = {f"{core}.{room}" for room in ("problem", "answer", "check", "lexicon", "vocabulary")}
        for reached in sorted(seen):
            if not any(reached == room or reached.startswith(room + ".") for room in allowed):
                findings.append(f"{start} reaches {reached}: a check works from problem and answer alone")
    return findings
