"""Packs with one mistake each: where it is marked, and what is said of it."""

from typing import NamedTuple


class Mistake(NamedTuple):
    """A piece of one file of the small pack and what it is replaced by; § marks the place."""

    file: str
    was: str
    now: str
    code: str
    message: str
    hint: str


_RULE_KEYS = "'action', 'action_urgent', 'applies', 'banner', 'from', 'grade', 'id', "
_RULE_KEYS += "'last_dose', 'level', 'mark', 'note', 'optional', 'role', 'sources', "
_RULE_KEYS += "'title', 'topic', 'when'"

TABLES = (
    Mistake(
        "glucose.toml", 'level = "relative"\naction = "Refer."', '§levl = "relative"\naction = "R"',
        "E310", "unknown key 'levl' in rule 'dm-high'", "did you mean 'level'?",
    ),
    Mistake(
        "glucose.toml", 'action = "Look."', 'action = "Look."\n§colour = 1',
        "E310", "unknown key 'colour' in rule 'dm-grades'", f"use one of {_RULE_KEYS}",
    ),
    Mistake(
        "glucose.toml", "[[require]]", "[[§requires]]",
        "E310", "unknown key 'requires' in 'glucose.toml'", "did you mean 'require'?",
    ),
    Mistake(
        "glucose.toml", 'to = "-60 min"', '§too = "-60 min", to = "0 d"',
        "E310", "unknown key 'too' in 'window' of step 'dm-meter'", "did you mean 'to'?",
    ),
    Mistake(
        "glucose.toml", 'title = "Raised"', '§titel = "Raised"',
        "E310", "unknown key 'titel' in 'grade' of rule 'dm-grades'", "did you mean 'title'?",
    ),
    Mistake(
        "pack.toml", 'review_valid_for = "90 d"', 'review_valid_for = "90 d"\n§autor = "x"',
        "E310", "unknown key 'autor' in [pack]",
        "use one of 'id', 'intended_use', 'limits', 'population', 'review_valid_for', 'scope', "
        "'title', 'version'",
    ),
    Mistake(
        "facts.toml", 'valid_for = "90 d"', 'valid_for = "90 d"\n§choises = []',
        "E310", "unknown key 'choises' in fact 'labs.hba1c'", "did you mean 'choices'?",
    ),
    Mistake(
        "glucose.toml",
        '[[rule]]\nid = "dm-high"\ntopic = "glucose"\n', '§[[rule]]\nid = "dm-high"\n',
        "E311", "rule 'dm-high' has no 'topic'", "add 'topic = ...'",
    ),
    Mistake(
        "glucose.toml", '[[rule]]\nid = "dm-grades"\n', "§[[rule]]\n",
        "E311", "'rule' of 'glucose.toml' has no 'id'", "add 'id = ...'",
    ),
    Mistake(
        "glucose.toml", '{ from = "-1 d", to = "-60 min" }', '§{ from = "-1 d" }',
        "E311", "'window' of step 'dm-meter' has no 'to'", "add 'to = ...'",
    ),
    Mistake(
        "pack.toml", '[levels.urgent]\nabsolute = "absolute"\n', "§[levels.urgent]\n",
        "E311", "[levels.urgent] has no 'absolute'", "add 'absolute = ...'",
    ),
    Mistake(
        "sources.toml", '[ada]\ncitation = "A guideline"', "§[ada]",
        "E311", "source 'ada' has no 'citation'", "add 'citation = ...'",
    ),
    Mistake(
        "glucose.toml", 'level = "caution"\n', "level = §5\n",
        "E312", "'level' must be a text, not a whole number",
        "put it in double quotes",
    ),
    Mistake(
        "glucose.toml", 'role = ["nurse"]', 'role = §"nurse"',
        "E312", "'role' must be a list of texts, not a text",
        "put texts in square brackets, each in double quotes",
    ),
    Mistake(
        "glucose.toml", 'action = "Look."', 'action = "Look."\nbanner = §"yes"',
        "E312", "'banner' must be true or false, not a text",
        "write true or false, without quotes",
    ),
    Mistake(
        "glucose.toml", "[[require]]", "§[require]",
        "E312", "'require' must be a list of tables, not a table", "write [[require]]",
    ),
    Mistake(
        "glucose.toml", '"treated"\nvalue = "medications.insulin"', '"treated"\nvalue = §true',
        "E312", "'value' must be a text with an expression, not true or false",
        "put it in double quotes",
    ),
    Mistake(
        "parameters.toml", "value = 65", "value = §2026-03-16",
        "E312", "'value' must be a number, a text, or true or false, not a date or time",
        "write a number",
    ),
    Mistake(
        "sources.toml", "year = 2024", 'year = §"2024"',
        "E312", "'year' must be a whole number of at least 0, not a text",
        "write a whole number, without quotes",
    ),
    Mistake(
        "glucose.toml", 'action = "Refer."', 'action = §" "',
        "E313", "'action' is empty", "fill in 'action' or take it out",
    ),
    Mistake(
        "glucose.toml", '"conditions.diabetes"\nfacts', '§""\nfacts',
        "E313", "'applies' is empty", "fill in 'applies' or take it out",
    ),
    Mistake(
        "glucose.toml", 'facts = ["labs.hba1c"]', "facts = §[]",
        "E313", "'facts' is empty", "fill in 'facts' or take it out",
    ),
    Mistake(
        "glucose.toml", 'action = "Refer."', 'action = §"Refer\\u001b[31m."',
        "E314", "'action' holds a control character", "take the character out",
    ),
    Mistake(
        "glucose.toml", 'action = "Refer."', 'action = §"Refer\u202e."',
        "E314", "'action' holds a control character", "take the character out",
    ),
)  # fmt: skip

TABLES_INSIDE = (
    Mistake(
        "glucose.toml",
        'window = { from = "-1 d", to = "-60 min" }',
        'window = §"-1 d"',
        "E312",
        "'window' must be a table, not a text",
        "write a table in braces, like { key = value }",
    ),
    Mistake(
        "pack.toml",
        "[contacts]",
        "[§contact]",
        "E310",
        "unknown key 'contact' in 'pack.toml'",
        "did you mean 'contacts'?",
    ),
    Mistake(
        "facts.toml",
        'valid_for = "90 d"\n',
        'valid_for = "90 d"\n§[check]\nid = "x"\n',
        "E312",
        "'check' must be a list of tables, not a table",
        "write [[check]]",
    ),
    Mistake(
        "glucose.toml",
        '[[rule]]\nid = "dm-high"\ntopic = "glucose"\n'
        'title = "HbA1c at or above the limit"\napplies = "conditions.diabetes"\n'
        'when = "labs.hba1c >= hba1c_limit"\nlevel = "relative"\naction = "Refer."\n',
        '§[[rule]]\nid = "dm-high"\ntopic = "glucose"\n'
        'title = "HbA1c at or above the limit"\napplies = "conditions.diabetes"\n'
        'when = "labs.hba1c >= hba1c_limit"\nlevel = "relative"\n',
        "E311",
        "rule 'dm-high' has no 'action'",
        "add 'action = ...'",
    ),
)

NAMES = (
    Mistake(
        "glucose.toml", 'id = "dm-meter"', 'id = §"DM meter"',
        "E315", "'DM meter' cannot be a rule id", "write it like 'dm-hba1c-high'",
    ),
    Mistake(
        "glucose.toml",
        'insulin"\n\n', 'insulin"\n[[define]]\nname = §"on insulin"\nvalue = "true"\n',
        "E315", "'on insulin' cannot be a name", "write it like 'hba1c_limit'",
    ),
    Mistake(
        "parameters.toml", "[older_age]", "§[older-age]",
        "E315", "'older-age' cannot be a name", "write it like 'hba1c_limit'",
    ),
    Mistake(
        "glucose.toml", 'id = "dm-grades"', 'id = §"dm-high"',
        "E316", "id 'dm-high' is there twice", "the first is at glucose.toml:7:6; rename one",
    ),
    Mistake(
        "glucose.toml", 'id = "dm-meter"', 'id = §"dm-missing"',
        "E316", "id 'dm-missing' is there twice", "the first is at glucose.toml:37:6; rename one",
    ),
    Mistake(
        "glucose.toml", 'insulin"\n\n', 'insulin"\n[[define]]\nname = §"treated"\nvalue = "true"\n',
        "E316", "definition 'treated' is there twice",
        "the first is at glucose.toml:3:8; rename one",
    ),
    Mistake(
        "glucose.toml",
        'insulin"\n\n', 'insulin"\n[[define]]\nname = §"older_age"\nvalue = "true"\n',
        "E316", "name 'older_age' is there twice",
        "the first is at parameters.toml:9:1; rename one",
    ),
    Mistake(
        "pack.toml", "[contacts]",
        '[[topic]]\nid = §"glucose"\ntitle = "x"\nkind = "process"\n[contacts]',
        "E316", "topic 'glucose' is there twice", "the first is at pack.toml:39:6; rename one",
    ),
    Mistake(
        "parameters.toml", "[older_age]", "§[days]",
        "E317", "'days' is a word of the expression language",
        "rename it, for example 'days_limit'",
    ),
    Mistake(
        "glucose.toml", 'level = "caution"\n', 'level = §"cautoin"\n',
        "E320", "unknown level 'cautoin'", "did you mean 'caution'?",
    ),
    Mistake(
        "glucose.toml", 'role = ["surgeon", "patient"]', 'role = ["surgeon", §"pateint"]',
        "E320", "unknown role 'pateint'", "did you mean 'patient'?",
    ),
    Mistake(
        "glucose.toml", 'mark = "GK"', 'mark = §"X"',
        "E320", "unknown mark 'X'", "use one of 'V', 'V2', 'GK', 'LP'",
    ),
    Mistake(
        "glucose.toml", 'gate = "caution"', 'phase = §"posisioning"\ngate = "caution"',
        "E320", "unknown phase 'posisioning'", "did you mean 'positioning'?",
    ),
    Mistake(
        "pack.toml", '"clinical"', '§"medical"',
        "E320", "unknown kind 'medical'", "use one of 'clinical', 'process', 'theatre'",
    ),
    Mistake(
        "glucose.toml", '"glucose"\ntitle = "HbA1c"', '§"sugar"\ntitle = "HbA1c"',
        "E321", "unknown topic 'sugar'", "add a '[[topic]]' to 'pack.toml'",
    ),
    Mistake(
        "glucose.toml", 'sources = ["ada"]', 'sources = ["ada", §"adda"]',
        "E322", "unknown source 'adda'", "did you mean 'ada'?",
    ),
    Mistake(
        "parameters.toml", 'sources = ["ada"]', 'sources = [§"who"]',
        "E322", "unknown source 'who'", "add it to 'sources.toml'",
    ),
    Mistake(
        "glucose.toml", 'optional = ["labs.hba1c"]', 'optional = ["labs.hba1c", §"labs.hba1"]',
        "E323", "unknown fact 'labs.hba1'", "did you mean 'labs.hba1c'?",
    ),
    Mistake(
        "glucose.toml", 'facts = ["labs.hba1c"]', 'any = [§"hba1c"]',
        "E323", "unknown fact 'hba1c'", "did you mean 'labs.hba1c'?",
    ),
    Mistake(
        "glucose.toml", 'hold_if = ["dm-high"]', 'hold_if = [§"dm-hihg"]',
        "E324", "unknown rule 'dm-hihg'", "did you mean 'dm-high'?",
    ),
    Mistake(
        "glucose.toml", 'hold_if = ["dm-high"]',
        'last_dose = { drugs = [§"medications.insulim"], days = "3" }',
        "E323", "unknown fact 'medications.insulim'", "did you mean 'medications.insulin'?",
    ),
    Mistake(
        "glucose.toml", 'hold_if = ["dm-high"]',
        'last_dose = { drugs = [§"medications.insulin"], days = "3" }',
        "E341", "'medications.insulin' is a boolean, not a medication",
        "name facts of type 'medication'",
    ),
    Mistake(
        "glucose.toml", 'hold_if = ["dm-high"]', 'last_dose = §{ days = "3" }',
        "E311", "'last_dose' of step 'dm-meter' has no 'drugs'", "add 'drugs = ...'",
    ),
)  # fmt: skip

MEANING = (
    Mistake(
        "glucose.toml", 'from = "-90 d"', 'from = §"90 days"',
        "E330", "'from' is '90 days', not a number of days or minutes",
        "write '-28 d', '0 d' or '-60 min'",
    ),
    Mistake(
        "pack.toml", '"90 d"', '§"3 mo"',
        "E331", "'review_valid_for' is '3 mo', not a number of days", "write '90 d'",
    ),
    Mistake(
        "glucose.toml", '{ from = "-1 d", to = "-60 min" }', '§{ from = "-1 d", to = "-28 d" }',
        "E332", "the window closes at '-28 d', before it opens at '-1 d'", "swap 'from' and 'to'",
    ),
    Mistake(
        "glucose.toml", '{ from = "-1 d", to = "-60 min" }', '§{ from = "-5 min", to = "-9 min" }',
        "E332", "the window closes at '-9 min', before it opens at '-5 min'",
        "swap 'from' and 'to'",
    ),
    Mistake(
        "glucose.toml", 'action = "Look."', 'action = "Look."\n§when = "true"',
        "E333", "rule 'dm-grades' has both 'when' and 'grade'", "keep 'when' or 'grade'",
    ),
    Mistake(
        "glucose.toml", 'facts = ["labs.hba1c"]', 'facts = ["labs.hba1c"]\n§any = ["labs.hba1c"]',
        "E333", "require 'dm-missing' has both 'facts' and 'any'", "keep 'facts' or 'any'",
    ),
    Mistake(
        "glucose.toml", 'level = "caution"\n', 'level = §"absolute"\naction_urgent = "Now."\n',
        "E334", "grade 'absolute' is worse than 'relative' above it", "put the worst grade first",
    ),
    Mistake(
        "glucose.toml",
        """[[rule.grade]]
level = "relative"
when = "labs.hba1c >= 100 'mmol/mol'"
action_urgent = "Look now."
""",
        """§[[rule.grade]]
level = "relative_elective"
when = "labs.hba1c >= 100 'mmol/mol'"
""",
        "E335", "'grade' of rule 'dm-grades' is 'relative_elective' and has no 'action_urgent'",
        "add 'action_urgent', the action when it cannot wait",
    ),
    Mistake(
        "glucose.toml", 'mark = "GK"', 'mark = §"V2"',
        "E336", "step 'dm-meter' is marked 'V2' and names no source",
        "add 'sources', or mark it 'GK' or 'LP'",
    ),
    Mistake(
        "pack.toml", '[levels.urgent]\nabsolute = "absolute"\n',
        '[levels.urgent]\nabsolute = §"absolute_elective"\n',
        "E337", "'absolute_elective' is not an effective level",
        "use one of 'absolute', 'relative', 'caution', 'information'",
    ),
    Mistake(
        "glucose.toml", '"medications.insulin"', '§"treated or conditions.diabetes"',
        "E338", "definition in terms of itself: 'treated' -> 'treated'",
        "take one of the references out",
    ),
    Mistake(
        "parameters.toml", "value = 65", 'value = "old"\nunit = §"a"',
        "E339", "'unit' beside a text", "give a number, or take 'unit' out",
    ),
)  # fmt: skip

_AGE = '[patient.age]\ntype = "integer"\nlabel = "age"\n'
_SCORE = '[scores.x]\ntype = "integer"\nlabel = "x"\n{}[[scores.x.item]]\ntitle = "a"\n{}\n'
_ONE = 'points = 1\nwhen = "{}"'

SCORES = (
    Mistake(
        "facts.toml", _AGE, _SCORE.format("", _ONE.format("§conditions.diabets")) + _AGE,
        "E201", "unknown fact 'conditions.diabets'", "did you mean 'conditions.diabetes'?",
    ),
    Mistake(
        "facts.toml", _AGE, _SCORE.format("", _ONE.format("§patient.age")) + _AGE,
        "E217", "Boolean wanted here, this is an Integer", "compare it with a limit",
    ),
    Mistake(
        "facts.toml", _AGE, _SCORE.format("", _ONE.format("§conditions.diabetes is null")) + _AGE,
        "E215", "a rule must not act on the absence of a fact", "use '[[require]]' or 'optional'",
    ),
    Mistake(
        "facts.toml", _AGE, _SCORE.format("", 'points = §"patient.age"') + _AGE,
        "E349", "'points' is 'patient.age', which has no least and most",
        "choose between whole numbers, or read integers with a 'plausible' range",
    ),
    Mistake(
        "facts.toml", _AGE,
        _SCORE.format("plausible = §[0, 2]\n", _ONE.format("conditions.diabetes")) + _AGE,
        "E360", "the items add up to 0 to 1, but 'plausible' is 0 to 2",
        "add the items that lack, or write 0 to 1",
    ),
)  # fmt: skip

SYNTAX = (
    Mistake(
        "glucose.toml", 'action = "Refer."', 'action = "Refer.§',
        "E305", "not TOML: illegal character '\\n'", "close the text with a quote",
    ),
    Mistake(
        "glucose.toml", 'action = "Refer."', "action = §Refer.",
        "E305", "not TOML: unreadable value", "put a text in double quotes",
    ),
    Mistake(
        "glucose.toml", 'role = ["nurse"]', 'role = ["nurse§"\ngate',
        "E305", "not TOML: unclosed array", "close the list with ']'",
    ),
    Mistake(
        "parameters.toml", "value = 65", "value = §nan",
        "E307", "'nan' is not a usable number", "write a plain number",
    ),
    Mistake(
        "parameters.toml", "value = 65", "value = §1e999",
        "E307", "'1e999' is not a usable number", "write a plain number",
    ),
)  # fmt: skip
