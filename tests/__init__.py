"""The tests; each module says what it holds."""
