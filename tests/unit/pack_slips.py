"""Packs with one slip each in a whole file, a list, or the name of a table; § marks the place."""

from tests.unit.pack_mistakes import Mistake

FILES = (
    Mistake(
        "glucose.toml", 'level = "caution"\n', 'level = "caution"\n§level = "caution"\n',
        "E308", "'level' is there twice", "take one of them out",
    ),
    Mistake(
        "glucose.toml", 'when = "labs.hba1c >= hba1c_limit"',
        'when = """\nlabs.hba1c >= hba1c_limit"""\n§when = """\nx = 1\n"""',
        "E308", "'when' is there twice", "take one of them out",
    ),
    Mistake(
        "parameters.toml", "value = 64", "value = 64§,5",
        "E305", "not TOML: expected newline or end of document after a statement",
        "write a decimal point in place of the comma",
    ),
    Mistake(
        "glucose.toml", 'title = "Meter at hand"', 'title = "Meter "§at" hand"',
        "E305", "not TOML: expected newline or end of document after a statement",
        "put a text with double quotes in it between single quotes",
    ),
    Mistake(
        "facts.toml", 'valid_for = "90 d"',
        'valid_for = [{ when = "labs.hba1c > §hba1c_limit", valid_for = "1 d" },'
        ' { valid_for = "90 d" }]',
        "E346", "'hba1c_limit' cannot be used in 'facts.toml', only in rules",
        "write the figure or the condition itself",
    ),
    Mistake(
        "glucose.toml", 'role = ["surgeon", "patient"]', 'role = ["surgeon" §"patient"]',
        "E305", "not TOML: unclosed array", "put a comma before it",
    ),
    Mistake(
        "parameters.toml", 'value = 64\nunit = "mmol/mol"', "value = 64 §mmol/mol",
        "E305", "not TOML: expected newline or end of document after a statement",
        "put the unit under 'unit', in double quotes",
    ),
    Mistake(
        "parameters.toml", "value = 64", 'value = §"64"',
        "E312", "'value' must be a number, not a text", "write a number, without quotes",
    ),
    Mistake(
        "parameters.toml", 'value = 64\nunit = "mmol/mol"', "value = §64",
        "E209", "number without a unit against 'labs.hba1c'",
        'give the parameter its unit, for example unit = "mmol/mol"',
    ),
    Mistake(
        "parameters.toml", 'unit = "mmol/mol"', 'unit = §"mg/dL"',
        "E210", "'labs.hba1c' is not measured in 'mg/dL'", "use one of 'mmol/mol'",
    ),
    Mistake(
        "glucose.toml", '[[rule]]\nid = "dm-high"', '§[rule]\nid = "dm-high"',
        "E312", "'rule' must be a list of tables, not a table", "write [[rule]]",
    ),
    Mistake(
        "pack.toml", "[[topic]]", "[[§topix]]",
        "E310", "unknown key 'topix' in 'pack.toml'", "did you mean 'topic'?",
    ),
    Mistake(
        "glucose.toml", 'id = "dm-high"', 'id = §"dm_high"',
        "E315", "'dm_high' cannot be a rule id", "write it like 'dm-hba1c-high'",
    ),
    Mistake(
        "facts.toml", "[labs.hba1c]", "§[conditions.diabetes]\n[labs.hba1c]",
        "E308", "'conditions.diabetes' is there twice", "take one of them out",
    ),
    Mistake(
        "facts.toml", "[labs.hba1c]", '[[§rule]]\nid = "x"\n[labs.hba1c]',
        "E318", "'[[rule]]' does not belong in 'facts.toml'", "move it to a file of its own",
    ),
    Mistake(
        "parameters.toml", "[older_age]", '[[§step]]\nid = "x"\n[older_age]',
        "E318", "'[[step]]' does not belong in 'parameters.toml'", "move it to a file of its own",
    ),
    Mistake(
        "glucose.toml", "[[require]]", '[[§topic]]\nid = "x"\n[[require]]',
        "E318", "'[[topic]]' does not belong in 'glucose.toml'", "move it to 'pack.toml'",
    ),
    Mistake(
        "facts.toml", "[labs.hba1c]", '[[§checks]]\nid = "x"\n[labs.hba1c]',
        "E310", "unknown key 'checks' in 'facts.toml'", "did you mean 'check'?",
    ),
    Mistake(
        "glucose.toml", 'role = ["nurse"]', 'role = ["nurse", §5]',
        "E312", "'role' must be a list of texts, not a list with a whole number in it",
        "put texts in square brackets, each in double quotes",
    ),
    Mistake(
        "pack.toml", "[[topic]]", "[[§topics]]",
        "E310", "unknown key 'topics' in 'pack.toml'", "did you mean 'topic'?",
    ),
    Mistake(
        "facts.toml", 'unit = "mmol/mol"', '§unti = "mmol/mol"',
        "E310", "unknown key 'unti' in fact 'labs.hba1c'", "did you mean 'unit'?",
    ),
    Mistake(
        "glucose.toml", 'id = "dm-high"', "id = §5",
        "E312", "'id' must be a text, not a whole number", "put it in double quotes",
    ),
    Mistake(
        "glucose.toml", 'sources = ["ada"]', '§source = ["ada"]',
        "E310", "unknown key 'source' in rule 'dm-high'", "did you mean 'sources'?",
    ),
)  # fmt: skip
