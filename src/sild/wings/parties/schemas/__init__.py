"""The shapes of the parties wing: the files of a mechanism, and what programs are told."""

from sild.wings.parties.schemas.files import fault_of, read_mechanism, read_parties, read_yaml

__all__ = ["fault_of", "read_mechanism", "read_parties", "read_yaml"]
