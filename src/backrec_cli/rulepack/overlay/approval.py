"""`reason`, `approved_by` and `expires`: who answers for a loosening, and until when."""

from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli.errors import overlay as say
from backrec_cli.rulepack.overlay.judgement import Effect
from backrec_cli.rulepack.overlay.model import Loosened, Loosening
from backrec_cli.rulepack.table import PackTable

APPROVAL_KEYS = frozenset({"reason", "approved_by", "expires"})

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Approval:
    """What an amendment says of its approval; None where it says nothing."""

    reason: str | None
    approved_by: str | None
    expires: date | None

    @property
    def lacking(self) -> tuple[str, ...]:
        """The keys that a loosening still needs."""
        said = {
            "reason": self.reason,
            "approved_by": self.approved_by,
            "expires": self.expires,
        }
        return tuple(key for key, value in said.items() if value is None)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes something else: what, and how people read both."""

    kind: Loosened
    name: str
    was: str
    now: str
    grade: str | None = None

    def __str__(self) -> str:
        if self.kind is Loosened.DISABLED:
            return f"disabling '{self.name}'"
        return f"'{self.name}' {self.was} -> {self.now}"


def read_approval(table: PackTable, today: date) -> Approval:
    """Read the approval of one amendment; a day that has passed is a complaint."""
    expires = _read_day(table, "expires")
    if expires is not None and expires < today:
        place = table.place("expires")
        table.add(say.expired(table.owner, expires.isoformat(), today.isoformat(), place))
    return Approval(table.text("reason"), table.text("approved_by"), expires)


def approved(
    table: PackTable, change: Change, effects: tuple[Effect, ...], approval: Approval
) -> Loosening | None:
    """Return the loosening that a change is; None where it tightens, or is complained of."""
    if not effects:
        return None
    reason, approved_by, expires = approval.reason, approval.approved_by, approval.expires
    if reason is None or approved_by is None or expires is None:
        if table.content.keys() >= set(approval.lacking):
            return None
        why = "; ".join(effect.why for effect in effects[:_MOST_NAMED])
        more = len(effects) - _MOST_NAMED
        why += f"; and {more} more" if more > 0 else ""
        table.add(say.not_approved(str(change), why, approval.lacking, table.place()))
        return None
    return Loosening(
        kind=change.kind,
        name=change.name,
        was=change.was,
        now=change.now,
        at=tuple(dict.fromkeys(effect.entry for effect in effects)),
        reason=reason,
        approved_by=approved_by,
        expires=expires,
        grade=change.grade,
        source=table.document.source,
        span=table.place(),
    )


def _read_day(table: PackTable, key: str) -> date | None:
    """Read a day, written as a text or as TOML's own date."""
    value = table.content.get(key)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = table.text(key)
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if text[4:5] == text[7:8] == "-" else _no_day()
    except ValueError:
        table.add(say.not_a_day(key, text, table.place(key)))
        return None


def _no_day() -> date:
    """Refuse the other forms of ISO 8601, which are easily mistaken."""
    raise ValueError
