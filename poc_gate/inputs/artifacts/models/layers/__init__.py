"""The layers of a model, one by one: which attend to what, how wide, how many."""
