"""Spellings of units that wards and laboratories write, and the UCUM unit each one means.

Only spellings with one meaning stand here, matched as a whole and with their case: UCUM tells
`mL/min/{1.73_m2}` from `mL/min` and `mg` from `Mg`, so nothing is trimmed, folded or taken apart.
A spelling counts only where the fact accepts the unit it stands for; `C` is a temperature, never
a charge, because no fact is measured in coulombs.
"""

_PER_SURFACE = "mL/min/{1.73_m2}"

_SPELLINGS: dict[str, tuple[str, ...]] = {
    # Blood pressure devices print it without the brackets that UCUM demands.
    "mm[Hg]": ("mmHg", "mm Hg"),
    # The degree sign, and the bare letter on temperature charts.
    "Cel": ("°C", "C", "degC"),
    "[degF]": ("°F", "F", "degF"),
    # Monitors print beats per minute.
    "/min": ("bpm", "beats/min", "1/min"),
    # Superscripts, carets and the multiplication sign of printed blood counts.
    "10*9/L": (
        "10^9/L",
        "x10^9/L",
        "x10*9/L",
        "\N{MULTIPLICATION SIGN}10^9/L",
        "10⁹/L",
        "\N{MULTIPLICATION SIGN}10⁹/L",
        "10*9/l",
        "10^9/l",
    ),
    "10*3/uL": (
        "10^3/uL",
        "x10^3/uL",
        "10^3/µL",
        "\N{MULTIPLICATION SIGN}10^3/µL",
        "10³/µL",
        "\N{MULTIPLICATION SIGN}10³/µL",
        "K/uL",
        "K/µL",
    ),
    "/uL": ("/µL", "cells/uL", "cells/µL"),
    # Reports of renal function write the body surface without the UCUM annotation.
    _PER_SURFACE: (
        "mL/min/1.73m2",
        "mL/min/1.73 m2",
        "mL/min/1.73m²",
        "mL/min/1.73 m²",
        "ml/min/1.73m2",
        "ml/min/1.73 m2",
        "ml/min/1.73m²",
        "ml/min/1.73 m²",
    ),
    "mL/min": ("ml/min",),
    "kg/m2": ("kg/m²", "kg/m^2"),
    # UCUM knows the litre as l and as L; laboratories in Europe print the small letter.
    "mmol/L": ("mmol/l",),
    "nmol/L": ("nmol/l",),
    "umol/L": ("µmol/L", "µmol/l", "umol/l"),
    "g/L": ("g/l",),
    "g/dL": ("g/dl",),
    "mg/L": ("mg/l",),
    "mg/dL": ("mg/dl",),
    "ug/L": ("µg/L", "µg/l", "ug/l", "mcg/L"),
    "ng/L": ("ng/l",),
    "ng/mL": ("ng/ml",),
    "pg/mL": ("pg/ml",),
    "mL": ("ml",),
    "L": ("l",),
    # One monovalent equivalent; the capital E is how it is printed.
    "meq/L": ("mEq/L", "mEq/l", "meq/l"),
    "mm/h": ("mm/hr",),
    "[hnsf'U]": ("HU",),
    "[in_i]": ("in", "inch", "inches"),
    "[lb_av]": ("lb", "lbs"),
    "s": ("sec",),
    "min": ("mins", "minutes"),
    "h": ("hr", "hrs", "hours"),
    "d": ("days",),
    "wk": ("weeks",),
    "cm2": ("cm²", "cm^2"),
    "mg/d": ("mg/day",),
    "{units}/wk": ("units/wk", "units/week"),
}

# Keyboards write the micro sign, copied text often holds the Greek letter: one meaning, two codes.
_MICRO_SIGN, _GREEK_MU = "\u00b5", "\u03bc"

_MEANINGS = {
    written.replace(_MICRO_SIGN, micro): unit
    for unit, spellings in _SPELLINGS.items()
    for written in spellings
    for micro in (_MICRO_SIGN, _GREEK_MU)
}


def ucum_of(written: str) -> str | None:
    """Return the UCUM unit that a customary spelling means, or None where it is none."""
    return _MEANINGS.get(written)


def spellings_of(unit: str) -> tuple[str, ...]:
    """Return the customary spellings of a UCUM unit, for schemas and documentation."""
    return tuple(written for written, meaning in _MEANINGS.items() if meaning == unit)
