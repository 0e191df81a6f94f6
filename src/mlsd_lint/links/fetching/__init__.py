"""One request to one server: resolved, checked, sent, read, all of it bounded.

`fetcher` is the way in. Only here is httpx imported.
"""
