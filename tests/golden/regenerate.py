"""Write what the program says of every example: `python -m tests.golden.regenerate`.

Read the difference before committing it: these files are what a surgeon and a script would get.
"""

from pathlib import Path

from backrec_cli.assessment.verdict import exit_code
from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from backrec_cli.render.json_document import render_json
from backrec_cli.render.text import render_text
from tests.shipped import Example, examples, pack

WIDTH = 100


def outputs(example: Example) -> dict[str, str]:
    """Return the files that stand beside an example's patient, by name."""
    data = Path(example.path).read_bytes()
    profile = read_profile(data, example.name, pack().dictionary)
    result = assess(profile, pack(), example.as_of)
    text = render_text(result, verbose=False, width=WIDTH, ascii_only=False)
    return {
        "expected.txt": text.rstrip("\n") + "\n",
        "expected.json": render_json(result).rstrip("\n") + "\n",
        "expected.code": f"{int(exit_code(result.verdict))}\n",
    }


if __name__ == "__main__":
    for one in examples():
        for name, content in outputs(one).items():
            (Path(one.path).parent / name).write_text(content, encoding="utf-8")
