"""The workflow as callers read it."""
