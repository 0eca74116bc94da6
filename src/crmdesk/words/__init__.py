"""Codes and numbers in, sentences in the user's language out."""
