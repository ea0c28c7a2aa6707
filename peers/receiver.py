"""What the peers share: a merchant's server that receives notices, the sandbox's control, and an assertion that an act fails."""

import json
import queue
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

READY = json.load(open(sys.argv[1]))
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Receiver:
    """Receives notices at `url` and confirms them with `answer`."""

    def __init__(self, answer=b"success"):
        self.notices = queue.Queue()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.notices.put((dict(self.headers.items()), body))
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}/notify"

    def next(self):
        """The next notice: its headers and its body."""
        return self.notices.get(timeout=10)


def control(path, **order):
    """Tells the sandbox to do something."""
    request = urllib.request.Request(
        READY["url"] + "/control/" + path,
        json.dumps(order).encode(),
        {"Content-Type": "application/json"},
    )
    return json.load(DIRECT.open(request, timeout=30))


def books():
    """The sandbox's own books."""
    return json.load(DIRECT.open(READY["url"] + "/control/books", timeout=10))


def booked(number):
    """What the books say of a payment."""
    return next(one for one in books()["payments"] if one["number"] == number)


def equal(found, wanted):
    """Stops unless both are the same."""
    if found != wanted:
        raise AssertionError(f"found {found!r}, wanted {wanted!r}")


def refused(work, *kinds):
    """Stops unless the work raises one of the errors; gives the error."""
    try:
        result = work()
    except kinds or (Exception,) as error:
        return error
    raise AssertionError(f"was not refused: {result!r}")
