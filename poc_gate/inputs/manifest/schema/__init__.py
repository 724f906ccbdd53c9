"""The manifest's sections, as classes whose fields say what they mean."""
