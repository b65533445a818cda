"""What an author can get wrong in a test, and what is said of it."""

from tests.unit.pack_tests_bench import BASELINES, HEAD

_FACTS = "cases = [{ facts = { %s }, expect = 'clear' }]\n"
_OTHER = "baseline = 'adult'\n[[test]]\n"

# text, code, message, hint
MISTAKES = [
    (
        _OTHER + "entry = §'dm-hihg'\ncases = []",
        "E371",
        "unknown entry 'dm-hihg'",
        "did you mean 'dm-high'?",
    ),
    (
        "baseline = §'adutl'\n[[test]]\nentry = 'dm-high'\ncases = []",
        "E372",
        "unknown baseline 'adutl'",
        "did you mean 'adult'?",
    ),
    (
        "§[[test]]\nentry = 'dm-high'\ncases = [{ expect = 'clear' }]",
        "E311",
        "test of 'dm-high' has no 'baseline'",
        "add 'baseline = ...'",
    ),
    (
        HEAD + "cases = [{ §fakts = {}, expect = 'clear' }]",
        "E310",
        "unknown key 'fakts' in case 1 of 'dm-high'",
        "did you mean 'facts'?",
    ),
    (
        HEAD + "cases = [{ expect = §'flaged' }]",
        "E320",
        "unknown expect 'flaged'",
        "did you mean 'flagged'?",
    ),
    (HEAD + "cases = [{ expect = §'done' }]", "E320", "unknown expect 'done'", ""),
    (
        _OTHER + "entry = 'dm-meter'\ncases = [{ expect = §'clear' }]",
        "E320",
        "unknown expect 'clear'",
        "",
    ),
    (HEAD + "cases = [§{}]", "E311", "case 1 of 'dm-high' has no 'expect'", "add 'expect = ...'"),
    (
        HEAD + "cases = [{ expect = 'clear', §finding = 'flagged' }]",
        "E375",
        "'dm-high' has no 'finding'",
        "take 'finding' out",
    ),
    (
        HEAD + "cases = [{ expect = 'clear', level = §'relativ' }]",
        "E320",
        "unknown level 'relativ'",
        "did you mean 'relative'?",
    ),
    (
        HEAD + "cases = [{ without = [§'labs.hba1'], expect = 'clear' }]",
        "E323",
        "unknown fact 'labs.hba1'",
        "did you mean 'labs.hba1c'?",
    ),
    (
        HEAD + "cases = [{ unreviewed = [§'condition'], expect = 'clear' }]",
        "E420",
        "unknown section 'condition'",
        "did you mean 'conditions'?",
    ),
    (
        HEAD + "cases = [{ as_of = §'T-20 d', expect = 'clear' }]",
        "E374",
        "'T-20 d' is not a day relative to surgery",
        "write 'T', 'T-20', 'T+3' or 'T-1 14:30'",
    ),
    (
        HEAD + _FACTS % "conditions.stroke = §'T -20'",
        "E374",
        "'T -20' is not a day relative to surgery",
        "write 'T', 'T-20', 'T+3' or 'T-1 14:30'",
    ),
    (
        HEAD + _FACTS % "conditions.stroke = §08:30:00",
        "E377",
        "a date or time is not the value of a fact",
        "write a date, or a date and time",
    ),
    (
        HEAD + _FACTS % "labs.§hba1 = { value = 64 }",
        "E421",
        "unknown fact 'labs.hba1'",
        "did you mean 'labs.hba1c'?",
    ),
    (
        HEAD + _FACTS % "§lab.hba1c = { value = 64 }",
        "E420",
        "unknown section 'lab'",
        "did you mean 'labs'?",
    ),
    (
        HEAD + _FACTS % "labs.hba1c = { value = §'64', unit = '%%' }",
        "E424",
        "'labs.hba1c' must be a number with its unit, not text",
        "",
    ),
    (
        HEAD + _FACTS % "labs.hba1c = { value = 64, §units = '%%' }",
        "E422",
        "unknown attribute 'units' of 'labs.hba1c'",
        "did you mean 'unit'?",
    ),
    (
        HEAD + _FACTS % "conditions.diabetes = §'yes'",
        "E424",
        "'conditions.diabetes' must be true or false, not text",
        "",
    ),
    (
        HEAD + "cases = [{ facts = { labs.hba1c = 'unknown' },"
        " without = §['labs.hba1c'], expect = 'clear' }]",
        "E376",
        "'labs.hba1c' is in both 'facts' and 'without'",
        "keep one of them",
    ),
    (
        _OTHER.replace("[[", "§[[") + "entry = 'dm-high'\n",
        "E378",
        "test of 'dm-high' has no case",
        "add one to 'cases'",
    ),
    (
        HEAD + "cases = [{ expect = 'clear' }]\nwaive = [{ demand = §'stail', why = 'x' }]",
        "E320",
        "unknown demand 'stail'",
        "did you mean 'stale'?",
    ),
    (
        HEAD + "cases = [{ expect = 'clear' }]\nwaive = [§{ demand = 'stale' }]",
        "E311",
        "'waive' of test of 'dm-high' has no 'why'",
        "add 'why = ...'",
    ),
    (
        BASELINES.replace("adult", "other").replace(
            "[baseline.other]", "[baseline.other]\n§age = 5"
        ),
        "E310",
        "unknown key 'age' in baseline 'other'",
        "",
    ),
    (
        BASELINES.replace("adult", "other").replace('"2026-03-16"', '§"T"'),
        "E373",
        "baseline 'other' has no date of surgery to count from",
        "write 'procedure.date' like '2026-03-16'",
    ),
    ("[baseline.§adult]\ntitle = 'x'\nprofile = {}", "E316", "baseline 'adult' is there twice", ""),
    (
        "[baseline.young]\ntitle = 'x'\nlike = §'adutl'\nprofile = {}",
        "E372",
        "unknown baseline 'adutl'",
        "did you mean 'adult'?",
    ),
    ("§tests = []", "E310", "unknown key 'tests' in 'some.toml'", "did you mean 'test'?"),
]
