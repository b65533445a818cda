"""Cohorts: what goes in, what comes out, and that nothing is lost between."""
