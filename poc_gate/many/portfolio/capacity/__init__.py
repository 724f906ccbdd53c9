"""What several pilots take of one resource -> bounds of their joint peak, and whether what is there is enough."""
