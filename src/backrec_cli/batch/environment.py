"""What the processes of a run are told by their environment, where it does not say so already."""

GIVING_BACK = {"_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0"}
"""Memory that polars does not use is given back at once; it reads this while it is imported.

A chunk's columns are large and live for a moment, and what is kept of them for later comes to a
fifth of all that a run needs.
"""

BESIDE_OTHERS = {"POLARS_MAX_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
"""One process of several has one thread that computes, so one store of memory does for it."""
