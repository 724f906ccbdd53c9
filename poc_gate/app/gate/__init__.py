"""One gate run: configuration, the base compared with, reports, and the exit code."""
