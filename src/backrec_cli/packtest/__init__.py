"""The tests that ship inside a pack: read, run, and asked whether they are enough."""

from backrec_cli.packtest.folder import load_suite
from backrec_cli.packtest.plan import TestPlan, plan_tests
from backrec_cli.packtest.run import SuiteRun, run_suite

__all__ = ["SuiteRun", "TestPlan", "load_suite", "plan_tests", "run_suite"]
