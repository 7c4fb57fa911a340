"""Which form a file of flows has, and its reading. A file that is none of them is refused with the forms that are known."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import yaml

from sild.formats.flows import facts, fts, kiel
from sild.formats.flows.rows import FlowFile, NotFlows

MOST_BYTES = 128 * 2**20
Table = Callable[[Sequence[Mapping[str, str]]], FlowFile]

TABLES: tuple[tuple[frozenset[str], Table], ...] = (
    (fts.FLOW_COLUMNS, fts.read_table),
    (fts.PLAN_COLUMNS, fts.read_plans),
    (fts.HAPI_COLUMNS, fts.read_hapi),
    (kiel.MONTHS, kiel.read_months),
    (kiel.TOTALS, kiel.read_totals),
    (kiel.WAYS, kiel.read_ways),
    (kiel.WEAPON_COLUMNS, kiel.read_weapons),
    (kiel.SHARE_COLUMNS, kiel.read_shares),
    (kiel.RELEASE, kiel.read_release),
    (facts.FACT_COLUMNS, facts.read_table_of_facts),
)
"""The columns that a form must have, and who reads it; the first that fits."""
KNOWN = (
    "flows of the Financial Tracking Service (its API's answers as JSON, its tables as CSV), the tables of the Ukraine Support Tracker "
    "(CSV), compiled facts (YAML with meta and entries, or CSV with fact_id and topic)"
)


def read_flows(data: bytes, name: str) -> FlowFile:
    """The flows and claims of a file. Raises NotFlows for a file of no known form."""
    if len(data) > MOST_BYTES:
        raise NotFlows(f"{name}: {len(data) / 2**20:.0f} MB; at most {MOST_BYTES // 2**20} MB. Cut it into parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotFlows(f"{name}: it is not UTF-8 text (byte {fault.start}). Known are {KNOWN}.") from fault
    if text.lstrip()[:1] in ("{", "["):
        return _read_json(text, name)
    if text.lstrip().startswith(("meta:", "entries:", "---")):
        return _read_yaml(text, name)
    return _read_table(text, name)


def _read_json(text: str, name: str) -> FlowFile:
    try:
        told = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as fault:
        raise NotFlows(f"{name}: it is no JSON: {str(fault)[:120]}") from fault
    if not fts.is_answer(told):
        raise NotFlows(f"{name}: it holds no flows. Known are {KNOWN}.")
    return fts.read_answer(told)


def _read_yaml(text: str, name: str) -> FlowFile:
    try:
        told = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        raise NotFlows(f"{name}: it is no YAML: {str(fault)[:120]}") from fault
    if not facts.is_facts(told):
        raise NotFlows(f"{name}: it holds no facts. Known are {KNOWN}.")
    return facts.read_facts(told)


def _read_table(text: str, name: str) -> FlowFile:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as fault:
        raise NotFlows(f"{name}: it is no table: {fault}") from fault
    heads = [head.strip() for head in rows[0]] if rows else []
    for columns, reader in TABLES:
        if columns <= set(heads):
            told = [row for row in rows[1:] if any(cell.strip() for cell in row)]
            for number, row in enumerate(told, 2):
                if len(row) != len(heads):
                    raise NotFlows(f"{name}: row {number} has {len(row)} cells, its head {len(heads)}. Export the table anew.")
            return reader([dict(zip(heads, row, strict=True)) for row in told])
    raise NotFlows(f"{name}: no known form has these columns: {', '.join(heads)[:200] or 'none'}. Known are {KNOWN}.")
