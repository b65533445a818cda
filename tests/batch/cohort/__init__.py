"""Inputs of `batch`, one file for each kind."""
