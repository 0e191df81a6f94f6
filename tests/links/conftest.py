"""What tests of links share."""

from __future__ import annotations

import os

import pytest


@pytest.fixture
def no_proxy(monkeypatch):
    """Whatever proxies this machine has, tests on loopback go without."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def trusted(web, monkeypatch):
    """The web, with its authority trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(web.ca_file))
    return web
