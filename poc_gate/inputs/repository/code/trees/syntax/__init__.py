"""Syntax trees of TypeScript, Java, Go and C#: their nodes, what surrounds them, under which conditions they count."""
