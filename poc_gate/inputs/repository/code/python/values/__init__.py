"""What an expression of Python is worth without running it; prices."""
