"""What all peers share: our client as a process, the keys of its tests, and a channel's server on loopback."""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "crates" / "connect" / "testdata"
PAYMENT = "pay_" + "0" * 25 + "1"
ORDER = "ord_" + "0" * 25 + "2"
REFUND = "rfd_" + "0" * 25 + "3"
AMOUNT = {"amount": 1990, "currency": "CNY"}

passed = 0


def data(name):
    return (DATA / name).read_text()


def check(what, holds):
    """Counts what holds and stops at what does not, also in a thread of a server."""
    global passed
    if not holds:
        print(f"channels: {what}: does not hold", file=sys.stderr, flush=True)
        if threading.current_thread() is threading.main_thread():
            sys.exit(1)
        os._exit(1)
    passed += 1


def done(peer):
    print(f"channels: {peer}: {passed} passed")


class Client:
    """Our client, asked in JSON lines."""

    def __init__(self, account, gateways=None):
        program = ROOT / "target" / "debug" / "examples" / "channels"
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.always = {"account": account, "gateways": gateways or {}}

    def ask(self, op, **more):
        question = {"op": op, "seconds": int(time.time()), "payment": PAYMENT, "order": ORDER, "refund": REFUND,
                    "amount": AMOUNT, "total": AMOUNT} | self.always | more
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            sys.exit(f"channels: {op}: {answer['error']}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Server:
    """A channel: `answer(method, path, headers, body)` gives status, headers and body."""

    def __init__(self, answer):
        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length).decode()
                status, headers, text = answer(self.command, self.path, self.headers, body)
                out = text.encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)

            do_GET = do_POST = handle_any

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
