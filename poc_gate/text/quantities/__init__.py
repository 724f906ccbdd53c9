"""Text -> amounts, durations, dates and schedules as people write them."""
