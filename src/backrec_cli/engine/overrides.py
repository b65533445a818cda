"""A clinician's overrides: the finding stays flagged and printed, and counts as a caution."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from backrec_cli.assessment.model import Acceptance, Finding, Status
from backrec_cli.assessment.verdict import SEVERITY
from backrec_cli.engine.situation import calendar_day
from backrec_cli.errors import UsageError
from backrec_cli.errors.suggest import closest
from backrec_cli.profile import Override, Profile
from backrec_cli.profile.text import harmless
from backrec_cli.rulepack.model import Level, RulePack


def check_overrides(profile: Profile, pack: RulePack) -> None:
    """Refuse a profile that overrides something the pack does not have.

    What an overlay disabled may still be overridden: the profile is right at the next hospital.
    """
    ids = pack.entries.keys() | pack.disabled
    for override in profile.overrides:
        if override.rule not in ids:
            guess = closest(override.rule, ids)
            hint = f"; did you mean '{guess}'?" if guess else ""
            msg = f"{profile.name}: override of unknown rule '{harmless(override.rule)}'{hint}"
            raise UsageError(msg)


def accept(
    findings: Iterable[Finding], overrides: Iterable[Override], today: date
) -> tuple[list[Finding], list[str]]:
    """Apply the overrides; return the findings and a warning for each one without effect."""
    by_rule = {override.rule: override for override in overrides}
    accepted: list[Finding] = []
    warnings: list[str] = []
    for finding in findings:
        override = by_rule.pop(finding.rule, None)
        if override is None:
            accepted.append(finding)
            continue
        result = _apply(finding, override, today)
        if result.override is None or result.override.void:
            warnings.append(_without_effect(result, override))
        accepted.append(result)
    warnings += [f"override of {rule}: not flagged" for rule in by_rule]
    return accepted, warnings


def _apply(finding: Finding, override: Override, today: date) -> Finding:
    """Mark a flagged finding as accepted, unless the override is older than its evidence."""
    if finding.status is not Status.FLAGGED:
        return finding
    void = _void(finding, override, today)
    acceptance = Acceptance(
        by=harmless(override.by), on=override.on, reason=harmless(override.reason), void=void
    )
    level = finding.effective_level
    if void is None and SEVERITY[level] > SEVERITY[Level.CAUTION]:
        level = Level.CAUTION
    return replace(finding, override=acceptance, effective_level=level)


def _void(finding: Finding, override: Override, today: date) -> str | None:
    """Say why an override does not count: dated ahead, or before the newest evidence."""
    if override.on > today:
        return "dated after this assessment"
    newest = max((calendar_day(e.on) for e in finding.evidence if e.on), default=None)
    if newest is not None and override.on < newest:
        return f"older than the newest evidence ({newest.isoformat()})"
    return None


def _without_effect(finding: Finding, override: Override) -> str:
    """Warn about an override that changes nothing."""
    if finding.override is not None:
        return (
            f"override of {override.rule} by {finding.override.by} is void: {finding.override.void}"
        )
    if finding.status is Status.UNDECIDED:
        return f"override of {override.rule}: undecided rules cannot be overridden"
    return f"override of {override.rule}: not flagged"
