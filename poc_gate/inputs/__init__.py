"""What people wrote, what files, machines, sources and the running pilot say -> claims, measurements, observations."""
