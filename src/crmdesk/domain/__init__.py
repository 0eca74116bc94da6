"""What the business means: values in, values out."""
