"""The rules: plain functions over a Session, one file a noun. They flush; the caller commits."""
