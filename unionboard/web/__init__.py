"""ASGI around the pages: what happens at start, our routes, and what every response passes through."""
