"""Cohorts by columns: every rule for many records at once, as the reference would decide each."""
