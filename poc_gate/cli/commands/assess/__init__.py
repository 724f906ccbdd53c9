"""Commands that judge one pilot and show the answer."""
