"""Declarations -> plans, and plans -> what a source showed."""
