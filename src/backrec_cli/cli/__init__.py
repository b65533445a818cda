"""The command line: one module a command; the only place that reads clock and environment."""
