"""Tables, datasets and the jobs that fill them -> freshness, owners, rights."""
