"""A profile -> the columns and cells of one row that say the same."""

import json

ATTRIBUTES = ("unit", "measured_on", "on", "last_dose_on")


def flattened(document: dict[str, object]) -> dict[str, str]:
    """Return the cells of a profile by column."""
    cells: dict[str, str] = {}
    for section, content in document.items():
        if section == "reviewed":
            cells[section] = _reviewed(content)
            continue
        if section == "overrides":
            cells[section] = json.dumps(content)
            continue
        assert isinstance(content, dict), f"{section} has no column"
        for name, value in content.items():
            path = f"{section}.{name}"
            if isinstance(value, dict):
                cells |= {
                    path if key == "value" else f"{path}.{key}": _cell(part)
                    for key, part in value.items()
                }
                assert set(value) <= {"value", *ATTRIBUTES}
            else:
                cells[path] = _cell(value)
    return cells


def _cell(value: object) -> str:
    """Return the text of one value."""
    if isinstance(value, list):
        return ";".join(map(str, value)) or "[]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _reviewed(content: object) -> str:
    """Return the sections reviewed with their dates; who reviewed them has no place in a row."""
    if isinstance(content, dict):
        return ";".join(
            f"{section}={review['on']}" if "on" in review else section
            for section, review in content.items()
        )
    assert isinstance(content, list)
    return ";".join(content)
