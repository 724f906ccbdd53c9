"""Traces of a running pilot -> its request path, the systems it really calls, times, errors, tokens, arrivals."""
