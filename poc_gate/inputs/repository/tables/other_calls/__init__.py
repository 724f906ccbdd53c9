"""Names in TypeScript, Java, Go, C# and others -> facts, as rows of tables."""
