"""What folders and files of a course are called."""

from __future__ import annotations

import re

_OF_A_COURSE = "modules?|lessons?|weeks?|days?|chapters?|units?|labs?|sessions?|exercises?"
CHAPTER = re.compile(
    rf"(?i)(?:(?P<kind>{_OF_A_COURSE}|parts?|steps?|sections?|tutorials?)[-_ ]?)?\d+(?:[-_. /]|$)"
)
"""How folders of a course begin, none of which ships with another: `module_4_rag`, `lab1`, `02-search`, `2`."""
LESSON = re.compile(rf"(?i)(?:m|{_OF_A_COURSE}|lectures?|homeworks?)[-_. ]?\d{{1,2}}(?:[-_. ]|$)")
"""Folders and files that can be of nothing but a course: `module-1`, `lesson_2.py`, `m1.5_homework.py`."""
