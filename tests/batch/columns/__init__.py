"""Cohorts by columns."""
