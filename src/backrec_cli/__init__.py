"""backrec: a patient against documented contraindications and preparation steps."""

__version__ = "0.1.0"
