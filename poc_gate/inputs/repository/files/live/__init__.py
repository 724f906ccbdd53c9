"""What of a checkout's code can run: from what is started, by the names that it writes."""
