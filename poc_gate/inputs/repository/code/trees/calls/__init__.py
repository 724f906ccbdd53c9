"""What calls in TypeScript, Java, Go and C# mean: models, systems, passages, destinations."""
