"""Records of calls -> percentiles with intervals."""
