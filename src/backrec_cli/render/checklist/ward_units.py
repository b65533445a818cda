"""UCUM units in the texts of a sheet -> the units that a ward writes: 36.0 °C, 164 mmHg.

UCUM's spellings are made for programs; on paper "Cel" and "mm[Hg]" make a reader stop. Only a unit
behind a number, or behind the blank for one, is rewritten. Micrograms are written mcg: a
handwritten or smudged µg has been read as mg (ISMP's list of error-prone abbreviations).
"""

import re
from dataclasses import replace

from backrec_cli.render.checklist.model import Flag, Group, Risk, Row, Sheet

_WARD = {
    "Cel": "°C",
    "[degF]": "°F",
    "mm[Hg]": "mmHg",
    "10*9/L": "× 10⁹/L",
    "10*3/uL": "× 10³/µL",
    "/uL": "/µL",
    "umol/L": "µmol/L",
    "ug/L": "mcg/L",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "kg/m2": "kg/m²",
    "cm2": "cm²",
    "[in_i]": "in",
    "[lb_av]": "lb",
    "[hnsf'U]": "HU",
    "{units}/wk": "units/wk",
}
_UNIT = re.compile(
    r"(?<=[\d_][ \u00a0])(?:"
    + "|".join(re.escape(unit) for unit in sorted(_WARD, key=len, reverse=True))
    + r")(?![\w*\[{/])"
)


def ward_text(text: str) -> str:
    """Return a text with its units as a ward writes them."""
    return _UNIT.sub(lambda found: _WARD[found[0]], text)


def in_ward_units(sheet: Sheet) -> Sheet:
    """Return the sheet with its units as a ward writes them; identity stays as it is."""
    return replace(
        sheet,
        banners=_texts(sheet.banners),
        blocks=_flags(sheet.blocks),
        review=_flags(sheet.review),
        accepted=_texts(sheet.accepted),
        obtain=tuple(replace(each, text=ward_text(each.text)) for each in sheet.obtain),
        awaited=_texts(sheet.awaited),
        now=_group(sheet.now),
        later=tuple(map(_group, sheet.later)),
        perhaps=_texts(sheet.perhaps),
        finished=_texts(sheet.finished),
        risks=tuple(map(_risk, sheet.risks)),
        advice=_texts(sheet.advice),
    )


def _texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(ward_text, texts))


def _flags(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    return tuple(
        replace(flag, text=ward_text(flag.text), action=ward_text(flag.action)) for flag in flags
    )


def _group(group: Group) -> Group:
    return replace(group, rows=tuple(map(_row, group.rows)))


def _row(row: Row) -> Row:
    return replace(
        row,
        text=ward_text(row.text),
        action=ward_text(row.action),
        recorded=ward_text(row.recorded),
        note=ward_text(row.note),
        results=_texts(row.results),
    )


def _risk(risk: Risk) -> Risk:
    return replace(risk, drivers=ward_text(risk.drivers), prevent=ward_text(risk.prevent))
