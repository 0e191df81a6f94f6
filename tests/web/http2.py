"""HTTP/2, as far as tests want it: requests without bodies, answered side by side."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    ConnectionTerminated,
    Event,
    RequestReceived,
    StreamReset,
    WindowUpdated,
)

from web.conversation import CLIENT_LEFT
from web.messages import NO_BODY, End, Response, Wait, joined, steps

if TYPE_CHECKING:
    from web.conversation import Conversation
    from web.messages import Seen


async def serve_http2(conversation: Conversation) -> None:
    """Answer until the client leaves. Behaviours may give a Response, Wait, End.HANG, End.RESET."""
    server = _Server(conversation)
    try:
        await server.run()
    finally:
        await server.stop()


class _Server:
    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.state = H2Connection(H2Configuration(client_side=False))
        self.answers: dict[int, asyncio.Task[None]] = {}
        self.window_opened = asyncio.Event()

    async def run(self) -> None:
        self.state.initiate_connection()
        await self.flush()
        while data := await self.conversation.reader.read(1 << 16):
            for event in self.state.receive_data(data):
                if isinstance(event, ConnectionTerminated):
                    return
                self.react(event)
            await self.flush()

    async def stop(self) -> None:
        answers = list(self.answers.values())
        for answer in answers:
            answer.cancel()
        await asyncio.gather(*answers, return_exceptions=True)

    def react(self, event: Event) -> None:
        match event:
            case RequestReceived():
                fields = [(_text(name), _text(value)) for name, value in event.headers]
                answer = asyncio.ensure_future(self.answer(event.stream_id, fields))
                self.answers[event.stream_id] = answer
                answer.add_done_callback(functools.partial(self.answered, event.stream_id))
            case StreamReset() if event.stream_id in self.answers:
                self.answers[event.stream_id].cancel()
            case WindowUpdated():
                self.window_opened.set()

    def answered(self, stream: int, answer: asyncio.Task[None]) -> None:
        del self.answers[stream]
        error = None if answer.cancelled() else answer.exception()
        if isinstance(error, Exception) and not isinstance(error, CLIENT_LEFT):
            self.conversation.host.blame(error)
            self.conversation.transport.abort()

    async def answer(self, stream: int, fields: list[tuple[str, str]]) -> None:
        host = self.conversation.host
        pseudo = {name: value for name, value in fields if name.startswith(":")}
        plain = [(name, value) for name, value in fields if not name.startswith(":")]
        headers = joined([("host", pseudo[":authority"]), *plain])
        seen = self.conversation.note(pseudo[":method"], pseudo[":path"], headers, b"")
        with host.under_way():
            await asyncio.sleep(host.latency_of(seen))
            for step in steps(host.behaviour(seen)):
                match step:
                    case Response():
                        await self.respond(stream, seen, step)
                    case Wait(seconds):
                        await asyncio.sleep(seconds)
                    case End.HANG:
                        await asyncio.Event().wait()
                    case End.RESET:
                        self.state.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
                        await self.flush()
                    case _:
                        raise TypeError(f"no step of HTTP/2: {step!r}")

    async def respond(self, stream: int, seen: Seen, response: Response) -> None:
        fields = [(b":status", b"%d" % response.status)]
        fields += [(name.lower(), value) for name, value in response.header_fields()]
        body = b"" if seen.method == "HEAD" or response.status in NO_BODY else response.body
        self.state.send_headers(stream, fields, end_stream=not body)
        await self.flush()
        while body:
            size = min(
                self.state.local_flow_control_window(stream), self.state.max_outbound_frame_size
            )
            if size == 0:
                self.window_opened.clear()
                await self.window_opened.wait()
                continue
            piece, body = body[:size], body[size:]
            self.state.send_data(stream, piece, end_stream=not body)
            await self.flush()

    async def flush(self) -> None:
        if data := self.state.data_to_send():
            await self.conversation.send(data)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
