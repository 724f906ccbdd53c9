"""What is off by default -> left with a note, or asked about, before anything is concluded."""
