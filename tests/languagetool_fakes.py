"""Servers that answer as LanguageTool does, or do not, and a Java that is no Java.

Run as a program, this is that Java: it takes the arguments that the JVM gets and serves on the
port they name. How it behaves, the environment variable FAKE_JAVA says; it writes its process ID
into the file `pids` of the folder that FAKE_JAVA_FOLDER names.
"""

import json
import os
import sys
import threading
import time
import zipfile
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

POM = "META-INF/maven/org.languagetool/languagetool-server/pom.properties"
LIBRARIES = ("languagetool-core", "language-en", "language-de", "commons-text")


def text_of(data):
    """The text that a server checks, and the one in which its offsets count."""
    parts = json.loads(data)["annotation"]
    return "".join(part.get("text", part.get("markup", "")) for part in parts)


def found(text, word, rule="EN_A_VS_AN", category="MISC", replacements=("a",), message="Wrong."):
    """A match for every occurrence of a word, as LanguageTool would give it."""
    matches = []
    start = text.find(word)
    while start >= 0:
        matches.append(
            {
                "offset": len(text[:start].encode("utf-16-le")) // 2,
                "length": len(word.encode("utf-16-le")) // 2,
                "message": message,
                "replacements": [{"value": value} for value in replacements],
                "rule": {"id": rule, "category": {"id": category}},
            }
        )
        start = text.find(word, start + 1)
    return matches


class FakeServer:
    """Answers /v2/check with what `answer` makes of the parameters.

    That is a status, a body and perhaps headers, or None, and the connection ends without an
    answer. A body that is neither text nor to be JSON is made of parts, as long as somebody reads;
    then the connection ends.
    """

    def __init__(self, answer=None, limit="20000", version="6.8"):
        self.answer = answer or (lambda _: (200, {"matches": []}))
        self.limit = limit
        self.version = version
        self.asked = []

    def reply(self, path, parameters):
        if path == "/v2/maxtextlength":
            return (404, "") if self.limit is None else (200, self.limit)
        if path == "/v2/info":
            return 200, {"software": {"name": "LanguageTool", "version": self.version}}
        if path == "/v2/healthcheck":
            return 200, "OK"
        self.asked.append(parameters)
        return self.answer(parameters)


def _handler(fake):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self._reply({})

        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply({key: values[0] for key, values in parse_qs(content).items()})

        def _reply(self, parameters):
            reply = fake.reply(self.path, parameters)
            if reply is None:
                self.close_connection = True
                return
            status, body, *others = reply
            headers = others[0] if others else {}
            self.send_response(status)
            if isinstance(body, str | dict | list):
                parts = [(body if isinstance(body, str) else json.dumps(body)).encode()]
                headers = {"Content-Length": len(parts[0])} | headers
            else:
                parts = body
                self.close_connection = True
            for name, value in headers.items():
                self.send_header(name, str(value))
            self.end_headers()
            with suppress(OSError):  # whoever asked has heard enough
                for part in parts:
                    self.wfile.write(part)

        def log_message(self, *_):
            pass

    return Handler


@contextmanager
def serving(fake, port=0):
    """Serve on a port of this machine; the address is given."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(fake))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def write_jar(file, **content):
    with zipfile.ZipFile(file, "w") as jar:
        for name, text in content.items():
            jar.writestr(name, text)


def write_server(file, version="6.8"):
    paths = " ".join(f"libs/{name}.jar" for name in LIBRARIES)
    manifest = f"Manifest-Version: 1.0\r\nClass-Path: ./ {paths[:40]}\r\n {paths[40:]}\r\n\r\n"
    write_jar(file, **{"META-INF/MANIFEST.MF": manifest, POM: f"artifactId=x\nversion={version}\n"})


def write_libraries(folder, suffix=""):
    folder.mkdir(parents=True, exist_ok=True)
    for name in LIBRARIES:
        content = {"org/languagetool/language/AmericanEnglish.class": ""}
        write_jar(folder / f"{name}{suffix}.jar", **content if name == "language-en" else {})


def write_java(folder, behaviour="", version="17.0.1"):
    """Write a `java` into a folder, and return the environment in which it is found."""
    folder.mkdir(exist_ok=True)
    java = folder / "java"
    java.write_text(
        "#!/bin/sh\n"
        f'if [ "$1" = -version ]; then echo \'openjdk version "{version}"\' >&2; exit; fi\n'
        f'exec "{sys.executable}" "{__file__}" "$@"\n'
    )
    java.chmod(0o755)
    return {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "FAKE_JAVA": behaviour,
        "FAKE_JAVA_FOLDER": str(folder),
    }


def pids(folder):
    """The process IDs of all fakes that were started with this folder."""
    file = folder / "pids"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def until(condition):
    """Wait for what is to come true; nothing but a fault makes it take long."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.02)


def _answer(behaviour, starts):
    def answer(parameters):
        if behaviour == "dies" or (behaviour == "dies-once" and starts == 1):
            os._exit(3)
        if behaviour == "refuses":
            return 400, "No"
        if behaviour == "hangs":
            time.sleep(60)
        text = text_of(parameters["data"]) if "data" in parameters else parameters["text"]
        return 200, {"matches": found(text, "an")}

    return answer


def _main():
    behaviour, folder = os.environ["FAKE_JAVA"], Path(os.environ["FAKE_JAVA_FOLDER"])
    with (folder / "pids").open("a") as file:
        file.write(f"{os.getpid()}\n")
    starts = len(pids(folder))
    if behaviour == "ends":
        sys.stderr.write("Error: the machine has a headache\n")
        sys.exit(1)
    if behaviour == "never-ready":
        time.sleep(60)
    port = int(sys.argv[sys.argv.index("--port") + 1])
    with serving(FakeServer(_answer(behaviour, starts)), port):
        time.sleep(600)


if __name__ == "__main__":
    _main()
