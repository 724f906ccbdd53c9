"""A checkout, before anything is typed -> what it says, with places and certainty."""
