"""The tests that ship inside a pack: read, run, and asked whether they are enough."""

from backrec_cli.packtest.folder import load_suite
from backrec_cli.packtest.run import SuiteRun, run_suite

__all__ = ["SuiteRun", "load_suite", "run_suite"]
