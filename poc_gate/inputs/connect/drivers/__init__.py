"""What connectors share: SQL texts, HTTP on a socket, Kafka reads, files."""
