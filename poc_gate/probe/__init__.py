"""This machine -> measurements; one probe a file, the C kernels beside them."""
