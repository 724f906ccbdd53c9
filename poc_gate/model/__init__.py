"""The frozen values that flow through poc-gate; no input or output, no clock."""
