"""Lines of text for terminals and Markdown, made inert on their way in."""
