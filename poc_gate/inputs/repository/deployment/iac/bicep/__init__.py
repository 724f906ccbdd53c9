"""Bicep and ARM templates -> what they deploy on Azure."""
