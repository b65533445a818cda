"""A small pack without a warning, and one change for each warning: its place and its words."""

from collections.abc import Mapping

from tests.unit.pack_files import FILES, MARK
from tests.unit.pack_mistakes import Mistake

_CHANGES = (
    ("parameters.toml", '[older_age]\ntitle = "Older age"\nvalue = 65\nmark = "LP"\n', ""),
    (
        "parameters.toml",
        "[hba1c_limit]",
        (
            '[high]\ntitle = "High"\nvalue = 100\nunit = "mmol/mol"\nmark = "LP"\n'
            '[raised]\ntitle = "Raised"\nvalue = 80\nunit = "mmol/mol"\nmark = "LP"\n[hba1c_limit]'
        ),
    ),
    ("glucose.toml", "100 'mmol/mol'", "high"),
    ("glucose.toml", "80 'mmol/mol'", "raised"),
    (
        "glucose.toml",
        'from = "-90 d"\nlevel = "relative"',
        'from = "-90 d"\nlevel = "relative"\naction_urgent = "Send it now."',
    ),
    (
        "facts.toml",
        '[medications.insulin]\ntype = "boolean"\n',
        '[medications.insulin]\ntype = "medication"\n',
    ),
    (
        "facts.toml",
        "[labs.hba1c]",
        (
            '[procedure.date]\ntype = "date"\nlabel = "day"\n'
            '[labs.kind]\ntype = "choice"\nlabel = "kind"\nchoices = ["a", "b", "none", "unsure"]\n'
            'unknown_values = ["unsure"]\n[labs.hba1c]'
        ),
    ),
    ("facts.toml", 'unit = "mmol/mol"', 'unit = "mmol/mol"\nplausible = [9, 200]'),
    (
        "glucose.toml",
        'when = "labs.hba1c >= high"',
        "when = \"labs.hba1c >= high or (labs.kind = 'a' and labs.hba1c >= hba1c_limit)\"",
    ),
)


def clean() -> dict[str, str]:
    """Return the files of a pack that gives no warning."""
    files = dict(FILES)
    for file, was, now in _CHANGES:
        assert files[file].count(was) == 1, was
        files[file] = files[file].replace(was, now)
    return files


CLEAN: Mapping[str, str] = clean()


def changed(row: Mistake) -> tuple[dict[str, str], str]:
    """Return the files with one change, and `file:line:column` of the mark in it."""
    files = clean()
    assert files[row.file].count(row.was) == 1, row.was
    before, mark, after = files[row.file].replace(row.was, row.now).partition(MARK)
    assert mark, "the changed text has no mark"
    files[row.file] = before + after
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return files, f"{row.file}:{line}:{column}"


_WHEN = 'when = "labs.hba1c >= hba1c_limit"'
_DROP = "use it in a rule, or take it out"
_EXCLUDE = "look for limits or choices that exclude each other"
_NARROW = "narrow the condition, or write 'true' if it is meant"
_BESIDE = "write 'medications.insulin and ...'"
_URGENT = 'action_urgent = "Measure glucose every hour."'
_NOW = "say what to do now, before or during the operation"
_SET = "move it to 'parameters.toml' and name it here"
_SINCE = "difference in days between medications.insulin.last_dose_on and procedure.date"
_SECOND = """[[rule]]
id = "dm-second"
topic = "glucose"
title = "Second"
applies = "conditions.diabetes"
when = §"labs.hba1c >= hba1c_limit"
level = "{level}"
action = "Look."
action_urgent = "Look now."
role = ["nurse"]
mark = "LP"

[[require]]"""


def _never(when: str) -> Mistake:
    """Return a row whose condition can never hold."""
    return Mistake(
        "glucose.toml", _WHEN, f'when = §"{when}"',
        "W306", "'when' of 'dm-high' can never hold", _EXCLUDE,
    )  # fmt: skip


def _always(when: str) -> Mistake:
    """Return a row whose condition always holds."""
    return Mistake(
        "glucose.toml", _WHEN, f'when = §"{when}"',
        "W307", "'when' of 'dm-high' always holds, so the rule is never clear", _NARROW,
    )  # fmt: skip


def _bare(when: str, number: str) -> Mistake:
    """Return a row with a threshold that is no parameter."""
    return Mistake(
        "glucose.toml", _WHEN, f'when = "labs.hba1c >= hba1c_limit and {when}"',
        "W311", f"threshold '{number}' is not a parameter", _SET,
    )  # fmt: skip


def _ownerless(when: str) -> Mistake:
    """Return a row with a date whose owner is not asked about."""
    return Mistake(
        "glucose.toml", _WHEN, f'when = "labs.hba1c >= hba1c_limit and {when}"',
        "W315",
        "'medications.insulin.last_dose_on' without 'medications.insulin' beside it", _BESIDE,
    )  # fmt: skip


_MARKED = _SINCE.replace("medications.insulin.last", "§medications.insulin.last")

UNUSED = (
    Mistake(
        "facts.toml", "[labs.hba1c]", '§[labs.crp]\ntype = "boolean"\nlabel = "x"\n[labs.hba1c]',
        "W301", "nothing uses fact 'labs.crp'", _DROP,
    ),
    Mistake(
        "parameters.toml", "[high]", '§[low]\ntitle = "x"\nvalue = 3\nmark = "LP"\n[high]',
        "W302", "nothing uses parameter 'low'", _DROP,
    ),
    Mistake(
        "sources.toml", "[ada]", '§[who]\ncitation = "x"\nmark = "V"\n[ada]',
        "W303", "nothing rests on source 'who'", "name it in 'sources' of a rule, or take it out",
    ),
    Mistake(
        "glucose.toml", "[[require]]", '[[define]]\nname = §"idle"\nvalue = "treated"\n[[require]]',
        "W304", "nothing uses definition 'idle'", _DROP,
    ),
    Mistake(
        "pack.toml", "[contacts]",
        '[[topic]]\nid = §"idle"\ntitle = "x"\nkind = "process"\n[contacts]',
        "W305", "topic 'idle' has no rule", "add a rule, or take it out",
    ),
)  # fmt: skip

DECIDED = (
    _never("labs.hba1c >= high and labs.hba1c < raised"),
    _never("labs.hba1c > high and not (labs.hba1c > raised)"),
    _never("labs.hba1c < raised and (labs.hba1c > high or labs.hba1c = high)"),
    _never("labs.kind = 'a' and labs.kind in { 'b', 'none' }"),
    _never("labs.kind != 'a' and labs.kind != 'b' and labs.kind != 'none'"),
    _never("treated and not medications.insulin"),
    _never("not conditions.diabetes"),
    _never("labs.hba1c between high and raised"),
    _never("false"),
    _always("labs.hba1c >= raised or labs.hba1c < high"),
    _always("labs.kind in { 'a', 'b', 'none' }"),
    _always("conditions.diabetes"),
    _always("conditions.diabetes implies labs.hba1c >= 9 'mmol/mol'"),
    Mistake(
        "glucose.toml", 'when = "labs.hba1c >= raised and treated"',
        'when = §"labs.hba1c > high and treated and labs.hba1c > raised"',
        "W308", "grade 'caution' is never reached: whenever it holds, 'relative' does",
        "widen its condition, or take the grade out",
    ),
    Mistake(
        "glucose.toml", 'done = "conditions.diabetes"',
        'done = §"conditions.diabetes and not conditions.diabetes"',
        "W306", "'done' of 'dm-meter' can never hold", _EXCLUDE,
    ),
    Mistake(
        "glucose.toml", 'applies = "conditions.diabetes"\nfacts',
        'applies = §"conditions.diabetes and not conditions.diabetes"\nfacts',
        "W306", "'applies' of 'dm-missing' can never hold", _EXCLUDE,
    ),
)  # fmt: skip

ALIKE = (
    Mistake(
        "glucose.toml", "[[require]]", _SECOND.format(level="absolute"),
        "W309", "same condition as 'dm-high', which calls it 'relative'",
        "make one rule of it and of glucose.toml:11:8",
    ),
    Mistake(
        "glucose.toml", "[[require]]", _SECOND.format(level="relative"),
        "W310", "same condition and level as 'dm-high'",
        "make one rule of it and of glucose.toml:11:8",
    ),
)  # fmt: skip

WRITTEN = (
    _bare("labs.hba1c < §190 'mmol/mol'", "190 'mmol/mol'"),
    _bare("labs.hba1c between high and §190 'mmol/mol'", "190 'mmol/mol'"),
    _bare("patient.age > §66", "66"),
    _bare(f"medications.insulin and {_SINCE} < §3", "3"),
    _bare(
        "medications.insulin and medications.insulin.last_dose_on after procedure.date - §3 days",
        "3 days",
    ),
    Mistake(
        "glucose.toml", '"medications.insulin"', '"medications.insulin or patient.age > §66"',
        "W311", "threshold '66' is not a parameter", _SET,
    ),
    Mistake(
        "sources.toml", "year = 2024", "year = §1989",
        "W312", "source 'ada' is of 1989, older than 1990",
        "cite a later one, or add a '[[lint.allow]]' with the reason",
    ),
    Mistake(
        "glucose.toml", _URGENT, 'action_urgent = "Measure, then §refer."',
        "W313", "'refer' in 'action_urgent', for what cannot wait", _NOW,
    ),
    Mistake(
        "glucose.toml", 'action_urgent = "Look now."', 'action_urgent = "§Rebook."',
        "W313", "'rebook' in 'action_urgent', for what cannot wait", _NOW,
    ),
    Mistake(
        "glucose.toml", 'action_urgent = "Send it now."', 'action_urgent = "Wait two §weeks."',
        "W313", "'weeks' in 'action_urgent', for what cannot wait", _NOW,
    ),
    Mistake(
        "glucose.toml", 'level = "relative"\naction_urgent = "Send it now."', 'level = §"relative"',
        "W314", "'dm-missing' is 'relative' and has no 'action_urgent'",
        "add 'action_urgent', the action when it cannot wait",
    ),
    Mistake(
        "glucose.toml", 'gate = "caution"', 'gate = §"absolute"',
        "W314", "'dm-meter' is 'absolute' and has no 'action_urgent'",
        "add 'action_urgent', the action when it cannot wait",
    ),
)  # fmt: skip

OWNERS = (
    _ownerless(f"{_MARKED} < 1"),
    _ownerless(f"(medications.insulin or {_MARKED} < 1)"),
    _ownerless(f"not (medications.insulin and conditions.diabetes) and {_MARKED} < 1"),
    Mistake(
        "glucose.toml", '"medications.insulin"', f'"{_MARKED} < 1"',
        "W315",
        "'medications.insulin.last_dose_on' without 'medications.insulin' beside it", _BESIDE,
    ),
)  # fmt: skip
