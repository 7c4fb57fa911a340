"""Packs the desk's style sheets, scripts and pictures: beside each stands the same file compressed, which browsers get.

Pages are never compressed: a secret beside what a stranger sent can be guessed by the length of the answer. These files hold no secret.
Run by `make assets` after a change of one of them. `--check` writes nothing and names what is behind.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "src" / "sild" / "web" / "static"
KINDS = (".css", ".js", ".svg")


def originals() -> list[Path]:
    """The files that are packed."""
    return sorted(path for path in STATIC.rglob("*") if path.suffix in KINDS)


def behind() -> list[str]:
    """Packed files that are missing, or that are not what stands beside them, or that stand alone."""
    findings = []
    for path in originals():
        packed = path.with_name(path.name + ".gz")
        if not packed.exists() or gzip.decompress(packed.read_bytes()) != path.read_bytes():
            findings.append(f"{packed.name} is not {path.name}: run make assets")
    alone = [path for path in STATIC.rglob("*.gz") if path.with_suffix("") not in originals()]
    return [*findings, *(f"{path.name} stands alone: remove it" for path in alone)]


def main() -> None:
    """Write, or check, as the argument says."""
    if "--check" not in sys.argv:
        for path in originals():
            # no time in it: the same file packs into the same bytes
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    findings = behind()
    if findings:
        sys.exit("; ".join(findings))
    print(f"{len(originals())} files, {sum(path.with_name(path.name + '.gz').stat().st_size for path in originals())} bytes packed")


if __name__ == "__main__":
    main()
