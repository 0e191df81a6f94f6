"""A web for tests: real servers on 127.0.0.0/8, each with a behaviour, and a log of requests.

    from web import End, Response, Wait, Web, behaviours, hostile

    def test_head_then_get(web):                    # the fixture; or: with Web() as web:
        host = web.host(behaviours.by_method(head=behaviours.status(405), get=behaviours.page("a")))
        check(host.url("/page#a"))                  # http://127.0.0.2:23456/page#a
        assert host.methods("/page") == ["HEAD", "GET"]

A **host** is an address of its own on the web's one port, added at any time: web.host(behaviour,
tls="", http2=False, name="", ip="", latency=0.0). Of these
- `behaviour` may also be a table {path: behaviour}, with 404 for the rest;
- `latency` is seconds, or a function of the request that gives them;
- `tls` is "valid", "expired", "not-yet-valid", "wrong-name", "unknown-ca", "self-signed",
  "not-spoken" (http behind https://) or "hangs" (the handshake never ends); trust web.ca_file, as
  SSL_CERT_FILE or by create_default_context(cafile=...); certificates.expired_on() is the day;
- `name` stands in the URL and the certificate, and web.names has its address for a resolver of the
  test's; web.proxy() (a recording forward proxy: its url() is the HTTP_PROXY) knows it too.
host.behaviour, host.latency and host.on_connect (steps before the first request, such as
[End.RESET]) may be set later.

    host.url("/x"), host.origin, host.authority, host.ip, host.port
    host.log, web.log     list[Seen]: method, target (as received), path, query, headers, body,
                          at (time.monotonic, comparable between processes), connection, number
                          (of this path at this host, from 1), host_number, tls, http2
    host.methods("/x")    ["HEAD", "GET"], of all paths without an argument
    host.gaps             seconds between the beginnings of successive requests
    host.max_running      the most requests under way at once; host.running: those now
    host.connections, host.failed_handshakes

A **behaviour** is a function of the request (Seen) that gives a Response(status, body, headers),
bytes sent as they are, or an iterable of steps: bytes, a Response, Wait(seconds), End.RESET,
End.CLOSE, End.HALF_CLOSE, End.HANG. After a Response the connection is kept, else closed. A Response
is a behaviour itself. `behaviours` and `hostile` have them ready-made, each to be called:

    page("id", names=("n",)) github_page("id") scripted_page() file(b"..") text("..") status(404)
    redirect("/x", 301) chain(3, page()) loop() self_loop() endless_redirects() cookie_wall(page())
    throttled("2") throttled(date_in(2, "rfc850")) in_turn(status(503), page()) routes({"/": page()})
    in_turn_of_host(..) by_method(head=, get=) if_header(name, value, then, otherwise)
    slow(0.5, page()) soft_404({"/": page()}) basic_auth(..) bearer(..) cloudflare_403() waf_202()
    hostile: reset() close() hang() stops_halfway() cut_short() trickled_body() endless_head() bomb()

What a behaviour raises, and a request that is no HTTP, is raised again when the web is closed. The
times of `at` are the server's: on a busy machine a gap may come out some milliseconds short.
"""

from __future__ import annotations

from web import behaviours, hostile
from web.hosts import Host, Tls, Web
from web.messages import Answer, Behaviour, End, Response, Seen, Step, Tunnel, Wait

__all__ = [
    "Answer",
    "Behaviour",
    "End",
    "Host",
    "Response",
    "Seen",
    "Step",
    "Tls",
    "Tunnel",
    "Wait",
    "Web",
    "behaviours",
    "hostile",
]
