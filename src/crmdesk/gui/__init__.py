"""The window: shows values, calls operations."""
