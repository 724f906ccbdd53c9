"""The question on its way: a script, bounded processes, framed answers, a pool."""
