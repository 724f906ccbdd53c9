"""Facts -> the values that formulas take: machine, model, path, load axis."""
