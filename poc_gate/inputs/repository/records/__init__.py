"""Records and words of people -> results of evaluations, the purpose, owners as questions."""
