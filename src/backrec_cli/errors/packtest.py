"""E37: what can be wrong with the tests of a pack and nothing else, one function per message.

What a test shares with the other files of a pack (unknown keys, wrong types, statuses that do not
exist) is said by `errors.pack`, and what a patient in it shares with a profile by `errors.profile`.
"""

from collections.abc import Iterable

from backrec_cli.errors.diagnostic import Diagnostic
from backrec_cli.errors.suggest import closest
from backrec_cli.source import Span


def no_tests(folder: str) -> Diagnostic:
    """E370: a pack without a single case would pass whatever its rules say."""
    hint = "add a file like 'tests/limits.toml' with a '[[test]]'"
    return Diagnostic("E370", f"no tests in '{folder}'", hint=hint)


def unknown_entry(name: str, entries: Iterable[str], span: Span) -> Diagnostic:
    """E371: a test of something that the pack does not have."""
    near = closest(name, entries)
    hint = f"did you mean '{near}'?" if near else "name a rule, requirement or step of the pack"
    return Diagnostic("E371", f"unknown entry '{name}'", span, hint)


def unknown_baseline(name: str, baselines: Iterable[str], span: Span) -> Diagnostic:
    """E372: a patient that no `[baseline.NAME]` table describes."""
    near = closest(name, baselines)
    hint = f"did you mean '{near}'?" if near else f"add a table '[baseline.{name}]'"
    return Diagnostic("E372", f"unknown baseline '{name}'", span, hint)


def no_surgery_day(baseline: str, span: Span) -> Diagnostic:
    """E373: the days of a test count from the surgery of its baseline."""
    message = f"baseline '{baseline}' has no date of surgery to count from"
    return Diagnostic("E373", message, span, "write 'procedure.date' like '2026-03-16'")


def bad_day(text: str, span: Span) -> Diagnostic:
    """E374: a text that begins like a day relative to surgery and is none."""
    message = f"'{text}' is not a day relative to surgery"
    return Diagnostic("E374", message, span, "write 'T', 'T-20', 'T+3' or 'T-1 14:30'")


def not_for_entry(key: str, owner: str, span: Span) -> Diagnostic:
    """E375: `level` or `finding` is asked of an entry that has none."""
    return Diagnostic("E375", f"{owner} has no '{key}'", span, f"take '{key}' out")


def set_and_left_out(fact: str, span: Span) -> Diagnostic:
    """E376: a fact that one case both gives and takes away."""
    return Diagnostic(
        "E376", f"'{fact}' is in both 'facts' and 'without'", span, "keep one of them"
    )


def not_a_fact_value(kind: str, span: Span) -> Diagnostic:
    """E377: a TOML value that no profile can hold, such as a time without its day."""
    message = f"{kind} is not the value of a fact"
    return Diagnostic("E377", message, span, "write a date, or a date and time")


def no_case(owner: str, span: Span) -> Diagnostic:
    """E378: a test that checks nothing."""
    return Diagnostic("E378", f"{owner} has no case", span, "add one to 'cases'")
