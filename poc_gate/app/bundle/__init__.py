"""An assessment that can be judged again elsewhere, byte for byte."""
