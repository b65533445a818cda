"""What can be wrong, said the same way everywhere: a code, a sentence, a place and one hint.

Each family of messages has one module: `syntax` (E1), `names` (E2), `pack` (E3), `facts` (E35),
`packtest` (E37), `profile` (E4).
A message says what is wrong (lower case, no full stop, names in quotes); the hint is one action.
"""

from backrec_cli.errors.diagnostic import (
    BackrecError,
    Diagnostic,
    DiagnosticsError,
    Severity,
    UsageError,
)

__all__ = ["BackrecError", "Diagnostic", "DiagnosticsError", "Severity", "UsageError"]
