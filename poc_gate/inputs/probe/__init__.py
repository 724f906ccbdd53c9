"""This machine -> measurements; one probe a folder, the C kernels beside them."""
