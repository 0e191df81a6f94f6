"""Mending files: what is applied to a text, how often, and comments that silence instead."""
