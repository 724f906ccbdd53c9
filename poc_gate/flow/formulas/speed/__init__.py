"""How fast language models run: one step, a prompt, a server, on which devices, and what nobody has stated of them."""
