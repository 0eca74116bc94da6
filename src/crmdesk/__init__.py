"""An offline desktop CRM for field salespeople and small shops."""
