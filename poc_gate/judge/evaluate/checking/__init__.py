"""One rule over the facts of one subject: what it sees, whether it holds, and what that rests on."""
