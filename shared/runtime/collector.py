"""The garbage collector, for a process that has loaded all it needs and now serves."""

import gc

_FIRST_GENERATION = 20_000
"""A list of thousands of cases makes so many objects, none of them garbage before its transaction ends."""


def spare_what_stays() -> None:
    """Modules, models and routes live as long as the process: looking through them again and again finds nothing.

    Each such look stood in the middle of a list's transaction for a quarter of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_FIRST_GENERATION, 10, 10)
