"""Cohorts: inputs, results, and the same answers as `check`."""
