"""Assess one patient against one pack on one day: pure, without clock or files."""

from backrec_cli.engine.assess import assess
from backrec_cli.engine.explain import explain

__all__ = ["assess", "explain"]
