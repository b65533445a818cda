"""Amounts with a UCUM unit, and exact or rounded conversion between units."""

from backrec_cli.units.quantity import Quantity

__all__ = ["Quantity"]
