"""Cards in and out: vCard files of phones and mail programs; knows the domain, neither sheets nor the database."""
