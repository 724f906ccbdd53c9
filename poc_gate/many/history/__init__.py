"""Records of many runs -> what changed and why, the course of numbers, and which of their changes are not noise; pure."""
