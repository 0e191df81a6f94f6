"""The proxies that the environment names: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from mlsd_lint.links.fetching.failures import FetchError

if TYPE_CHECKING:
    from mlsd_lint.links.addresses import Address
    from mlsd_lint.links.fetching.certificates import Trust


def proxy_for(address: Address, trust: Trust) -> httpcore.Proxy | None:
    """The proxy through which an address is asked; None if it is asked directly.

    Raises:
        FetchError: the environment names one that cannot be used.
    """
    proxies = getproxies()
    written = proxies.get(address.scheme) or proxies.get("all")
    if not written or proxy_bypass(f"{address.host}:{address.port}"):
        return None
    try:
        proxy = httpx.Proxy(written if "://" in written else f"http://{written}")
    except (ValueError, httpx.InvalidURL):
        name = f"{address.scheme.upper()}_PROXY"
        raise FetchError("setup", f"{name} or ALL_PROXY holds no address of a proxy") from None
    url = httpcore.URL(
        scheme=proxy.url.raw_scheme,
        host=proxy.url.raw_host,
        port=proxy.url.port or (1080 if proxy.url.scheme.startswith("socks") else None),
        target=b"/",
    )
    context = trust.context if proxy.url.scheme == "https" else None
    return httpcore.Proxy(url, auth=proxy.raw_auth, ssl_context=context)
