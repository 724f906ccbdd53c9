"""The version of poc-gate, on its own so that every room can name it."""

__version__ = "0.1.0"
