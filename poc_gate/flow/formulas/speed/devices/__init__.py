"""Devices by name -> how fast they compute, launch and unpack, which kernels they have, and what a power limit leaves of it."""
