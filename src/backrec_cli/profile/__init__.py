"""One patient's document: read, and settled into what the rules may use on a given day."""

from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.profile.model import Override, Profile, RecordedFact, Review
from backrec_cli.profile.reader import read_nodes, read_profile
from backrec_cli.profile.settle import Readings, settle

__all__ = [
    "Knowledge",
    "Override",
    "Profile",
    "Readings",
    "RecordedFact",
    "Review",
    "read_nodes",
    "read_profile",
    "settle",
]
