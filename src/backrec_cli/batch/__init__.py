"""Cohorts: many records in, one row each out, in their order, by the rules `check` goes by."""
