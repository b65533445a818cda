"""backrec: checks a patient's profile against documented contraindications and preparation steps."""

__version__ = "0.1.0"
