"""What files of a running pilot show: traces, load tests, evaluations, scans, clusters -> observations."""
