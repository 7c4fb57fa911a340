"""Files of public money flows -> plain records. The form is recognised by what a file holds, never by its name."""

from sild.formats.flows.reading import MOST_BYTES, read_flows
from sild.formats.flows.rows import ClaimRow, FlowFile, FlowRow, NotFlows

__all__ = ["MOST_BYTES", "ClaimRow", "FlowFile", "FlowRow", "NotFlows", "read_flows"]
