"""poc-gate: says, on measured numbers, whether an AI pilot may go to production."""

__version__ = "0.1.0"
