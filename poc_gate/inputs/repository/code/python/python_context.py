"""What is known while a module of Python is passed over: its names, its file, and where the pass is."""

from __future__ import annotations

import ast

from poc_gate.inputs.repository.code.python.python_walk import members_of
from poc_gate.inputs.repository.code.python.values.python_scopes import Scopes
from poc_gate.inputs.repository.files.text_file import TextFile
from poc_gate.inputs.repository.noting.notes import Notes
from poc_gate.model.claim import Place


class PythonContext:
    """Names and place of one pass over one module."""

    def __init__(self, file: TextFile, notes: Notes, first_line: int) -> None:
        """Take the file; `first_line` is added to every line."""
        self.file, self.notes, self.first_line = file, notes, first_line
        self.imports: dict[str, str] = {}
        self.scopes = Scopes(self.imports)
        self.in_class: list[ast.ClassDef] = []
        self.in_function = 0
        self.in_branch = 0
        """Conditions that must hold for what is passed over to run."""
        self.turned_on: frozenset[str] = frozenset()
        """Options that are on wherever the lines run that are passed over."""
        self.weight = 2
        """Of what dictionaries say: less within a constant that holds for one family of models alone."""
        self.filled_in: set[str] = set()
        """Fields of others that the branch which is passed over fills in only where they are empty."""
        self.of_jobs: set[int] = set()
        """Decorators of functions that are jobs beside the service, by identity; the tree keeps them alive."""
        self.weighed: dict[int, int] = {}
        """Dictionaries that weigh less than others, by identity; the tree keeps them alive."""

    def place(self, node: ast.AST) -> Place:
        """Return the place of a node."""
        line = getattr(node, "lineno", 0) + self.first_line
        return Place(self.file.path, line, getattr(node, "col_offset", 0) + 1)

    def siblings(self) -> frozenset[str]:
        """Return the names that are set beside one of a class."""
        in_body = self.in_class and not self.in_function
        return frozenset(members_of(self.in_class[-1])) if in_body else frozenset()
