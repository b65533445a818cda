"""The same cohort through every engine."""
