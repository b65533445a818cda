"""A chunk of a cohort -> columns of what its records say, before any of it is judged."""
