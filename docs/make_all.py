"""Write everything that is generated: schema, pages, examples, picture. Read the difference.

python docs/make_all.py
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "rules" / "pack.schema.json"
PROGRAM = ("-m", "backrec_cli")
SCRIPTS = (
    ("docs/make_errors.py",),
    ("docs/make_seed_coverage.py",),
    (*PROGRAM, "rules", "docs", "-o", "docs/rules.md"),
    ("-m", "tests.spec.print_language"),
    ("-m", "tests.golden.regenerate"),
    ("docs/make_picture.py",),
    ("docs/make_sheet_picture.py",),
)


def run(*arguments: str) -> str:
    """Run Python in the repository and return what it prints; a failure ends the run."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


if __name__ == "__main__":
    schema = run(*PROGRAM, "schema", "pack")
    SCHEMA.write_text(schema, encoding="utf-8")
    for script in SCRIPTS:
        sys.stdout.write(run(*script))
