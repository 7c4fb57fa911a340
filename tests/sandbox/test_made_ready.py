"""What the readers make ready at their first file is made in the server, once, and not again in every child."""

from __future__ import annotations

import subprocess
import sys

COUNTED = """
from re import _compiler
from sild import sample
from sild.formats import read_document
from sild.formats.sandbox.server import _prepare

_prepare()
compiled, compile = [], _compiler.compile
_compiler.compile = lambda pattern, flags=0: compiled.append(str(pattern)) or compile(pattern, flags)
read = 0
for path in sorted(sample.INBOX.iterdir()):
    if path.suffix == ".eml":
        read_document(path.name, path.read_bytes())
        read += 1
# what bounds the parts of a letter differs in each, and is no word of ours
own = [pattern for pattern in compiled if not pattern.startswith("(?P<sep>")]
print(read, len(own), own[:3])
"""


def test_letters_of_the_sample_find_their_patterns_made_but_for_a_rare_one() -> None:
    ended = subprocess.run([sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True)
    read, own = ended.stdout.split()[:2]
    assert int(read) > 50
    assert int(own) <= 1, ended.stdout
