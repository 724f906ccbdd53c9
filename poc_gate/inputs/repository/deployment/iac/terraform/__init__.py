"""Terraform -> what it deploys, and what its variables and modules say."""
