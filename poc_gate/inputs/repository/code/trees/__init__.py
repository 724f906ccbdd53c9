"""TypeScript, JavaScript, Java, Go and C# by their syntax trees."""
