"""What images, resources of clouds, services and schedules stand for."""
