"""How the pilot is deployed -> containers, resources, schedules, workflows."""
