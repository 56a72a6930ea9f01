"""The history of the schema, one revision a file of `versions`; run by `storage.migrate`.

After a change of `tables`: `python -c "from storage.schema import draft; print(draft('What it does'))"` writes the next
one; read it, mend it, add its number to `storage.schema.REVISIONS`. The tests say when tables and revisions differ.
"""
