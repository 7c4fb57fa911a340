"""A store that speaks as much of S3 as restic asks for: objects in memory, lists, ranges. It holds no signature against a secret."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
WHEN = "Mon, 02 Feb 2026 08:00:00 GMT"


class Store(ThreadingHTTPServer):
    """The server with its buckets: {bucket: {key: bytes}}."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.buckets: dict[str, dict[str, bytes]] = {}
        self.turn = threading.Lock()

    @property
    def address(self) -> str:
        """Where restic finds a bucket."""
        return f"s3:http://127.0.0.1:{self.server_port}"


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Store

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""

    def _asked(self) -> tuple[str, str, dict[str, list[str]]]:
        told = urlsplit(self.path)
        bucket, _, key = unquote(told.path).lstrip("/").partition("/")
        return bucket, key, parse_qs(told.query, keep_blank_values=True)

    def _answer(self, status: int, body: bytes = b"", *, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _missing(self, code: str) -> None:
        self._answer(404, f"<Error><Code>{code}</Code><Message>not there</Message></Error>".encode(), Content_Type="application/xml")

    def do_PUT(self) -> None:
        bucket, key, _ = self._asked()
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("x-amz-content-sha256", "").startswith("STREAMING"):
            data = _unchunked(data)
        with self.server.turn:
            objects = self.server.buckets.setdefault(bucket, {})
            if key:
                objects[key] = data
        self._answer(200, ETag='"0"')

    def do_GET(self) -> None:
        bucket, key, asked = self._asked()
        objects = self.server.buckets.get(bucket)
        if "location" in asked:
            self._answer(200, f"<LocationConstraint {NAMESPACE}></LocationConstraint>".encode(), Content_Type="application/xml")
        elif objects is None:
            self._missing("NoSuchBucket")
        elif not key:
            self._list(bucket, objects, asked)
        elif key not in objects:
            self._missing("NoSuchKey")
        else:
            self._object(objects[key])

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        bucket, key, _ = self._asked()
        with self.server.turn:
            self.server.buckets.get(bucket, {}).pop(key, None)
        self._answer(204)

    def _object(self, data: bytes) -> None:
        common = {"Last_Modified": WHEN, "ETag": '"0"', "Content_Type": "application/octet-stream"}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if wanted is None:
            self._answer(200, data, length=len(data), **common)
            return
        first, last = int(wanted[1]), min(int(wanted[2] or len(data) - 1), len(data) - 1)
        part = data[first : last + 1]
        self._answer(206, part, length=len(part), Content_Range=f"bytes {first}-{last}/{len(data)}", **common)

    def _list(self, bucket: str, objects: dict[str, bytes], asked: dict[str, list[str]]) -> None:
        prefix, delimiter = asked.get("prefix", [""])[0], asked.get("delimiter", [""])[0]
        keys = sorted(key for key in objects if key.startswith(prefix))
        inside = [key for key in keys if not delimiter or delimiter not in key[len(prefix) :]]
        below = sorted({prefix + key[len(prefix) :].split(delimiter)[0] + delimiter for key in keys if key not in inside})
        rows = [
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-02-02T08:00:00.000Z</LastModified><ETag>0</ETag>"
            f"<Size>{len(objects[key])}</Size><StorageClass>STANDARD</StorageClass></Contents>"
            for key in inside
        ]
        rows += [f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in below]
        told = f"<Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(rows)}</KeyCount><MaxKeys>10000</MaxKeys>"
        body = f"<ListBucketResult {NAMESPACE}>{told}<IsTruncated>false</IsTruncated>{''.join(rows)}</ListBucketResult>"
        self._answer(200, body.encode(), Content_Type="application/xml")


def _unchunked(data: bytes) -> bytes:
    """The bytes out of signed pieces: each begins with its length in hex and a signature."""
    out, at = b"", 0
    while at < len(data):
        end = data.index(b"\r\n", at)
        size = int(data[at:end].split(b";")[0], 16)
        out += data[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
    return out


@contextmanager
def store() -> Iterator[Store]:
    """A running store for the length of the block."""
    with Store() as server:
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield server
        finally:
            server.shutdown()
            serving.join()
