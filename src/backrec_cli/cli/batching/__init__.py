"""One run over a cohort: its outputs, how far it is, what is said of it at the end."""
