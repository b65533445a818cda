"""Spec tests."""
