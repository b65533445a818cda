"""A quantity: a decimal number and its UCUM unit."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as CQL and FHIR have it; `unit` is a UCUM string, "1" for a bare number."""

    value: Decimal
    unit: str
