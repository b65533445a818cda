"""The run of a pack's tests -> one JSON object, for programs."""

from backrec_cli.packtest.coverage import Coverage
from backrec_cli.packtest.demands import Lack
from backrec_cli.packtest.run import EntryRun, SuiteRun
from backrec_cli.packtest.runner import CaseResult, status_of
from backrec_cli.render.json_text import JsonValue, write_json


def render_run_json(run: SuiteRun) -> str:
    """Return the run as JSON that ends in a line end."""
    document: dict[str, JsonValue] = {
        "schema": "backrec.packtest/1",
        "passed": run.passed,
        "cases": len(run.results),
        "failed": len(run.failed),
        "coverage": _coverage(run.coverage),
        "entries": [_entry(each) for each in run.entries],
    }
    return write_json(document) + "\n"


def _entry(each: EntryRun) -> JsonValue:
    """Write one entry with its cases and what they leave open."""
    return {
        "entry": each.entry.id,
        "place": None if each.place is None else str(each.place),
        "cases": [_case(result) for result in each.results],
        "lacks": [_lack(lack) for lack in each.lacks],
        "coverage": _coverage(each.coverage),
        "unseen": [
            {
                "leaf": unseen.leaf.text,
                "answer": unseen.answer.value,
                "place": None if unseen.place is None else str(unseen.place),
            }
            for unseen in each.coverage.unseen
        ],
        "waived": [
            {
                "demand": waiver.demand.value,
                "what": waiver.what,
                "why": waiver.why,
                "place": str(waiver.place),
                "needed": waiver not in each.idle,
            }
            for waiver in each.waivers
        ],
    }


def _case(result: CaseResult) -> JsonValue:
    """Write one case: where it stands, what was expected, and what came out."""
    case = result.case
    return {
        "place": str(case.place),
        "number": case.number,
        "name": case.name,
        "passed": result.passed,
        "expected": case.expected.status,
        "got": status_of(result.judged),
        "differences": list(result.differences),
    }


def _lack(lack: Lack) -> JsonValue:
    """Write what no case shows."""
    return {
        "demand": lack.demand.value,
        "what": lack.what,
        "sentence": lack.sentence,
        "example": lack.example,
        "place": None if lack.place is None else str(lack.place),
    }


def _coverage(coverage: Coverage) -> JsonValue:
    """Write a share as two whole numbers, so that nobody has to round."""
    return {"seen": coverage.seen, "possible": coverage.possible}
