"""Tables of clearance."""

from sild.wings.clearance.models.cases import LicenceCase
from sild.wings.clearance.models.conditions import ConditionWord
from sild.wings.clearance.models.documents import CaseDocument
from sild.wings.clearance.models.donations import Donation
from sild.wings.clearance.models.handovers import Handover
from sild.wings.clearance.models.line_bound import LineBound
from sild.wings.clearance.models.objections import Objection

__all__ = ["CaseDocument", "ConditionWord", "Donation", "Handover", "LicenceCase", "LineBound", "Objection"]
