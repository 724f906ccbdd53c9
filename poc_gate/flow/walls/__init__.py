"""Where a pilot breaks first, hop by hop, and the value that moves it."""
