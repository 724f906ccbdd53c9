"""Facts of cost: prices, budgets and the economics of a request."""
