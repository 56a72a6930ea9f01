"""The history of the schema, one revision a file of `versions`; run by `storage.migrate`."""
