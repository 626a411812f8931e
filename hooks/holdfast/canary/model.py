"""A scripted stand-in for the Messages API on loopback: the client asks, the script answers, every request is kept.

    with Model(Script(main=[turn(call("Bash", command="ls")), turn("done")])) as model:
        ...start a client with ANTHROPIC_BASE_URL=model.url...
    model.requests       what the client sent, in order
    model.results()      what each tool call came back with, by the call's id
"""

import json
import threading
import time
import uuid
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

MAIN, SUMMARY, SIDE, OTHER = "main", "summary", "side", "other"

Block = dict[str, Any]  # a content block as the API spells it
Body = dict[str, Any]

# What only a request for a compaction summary says, in its last user message.
SUMMARY_SIGN = "Respond with TEXT ONLY"

# The header by which the client names the subagent a request is for.
AGENT_HEADER = "x-claude-code-agent-id"

USAGE = {"input_tokens": 1000, "output_tokens": 50, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}


class Turn(NamedTuple):
    """One answer of the model."""

    blocks: tuple[Block, ...] = ()
    usage: dict[str, int] = {}
    delay: float = 0.0  # seconds before the answer begins
    error: tuple[int, str, str] | None = None  # (HTTP status, error type, message) instead of an answer
    stop_reason: str | None = None  # worked out from the blocks when None
    times: int = 1  # how many requests in a row get this answer
    before: Any = None  # called before the answer goes out, to change the world between two tool calls


class Branch(NamedTuple):
    """A conversation of its own (a subagent), known by a text in its first user message."""

    name: str
    sign: str
    turns: list[Any]  # Turn, or anything turn() takes


class Script(NamedTuple):
    main: Iterable[Any] = ()  # Turn, or anything turn() takes
    branches: list[Branch] = []
    summaries: Iterable[Any] = ()  # answers to compaction requests; a plain summary when they run out
    idle: Turn = Turn(({"type": "text", "text": "done"},))  # the answer when a conversation has no turn left


class Request(NamedTuple):
    at: float  # monotonic seconds
    path: str
    conversation: str
    body: Body
    agent: str = ""  # the subagent that asks, also for a summary of its own; "" for the main thread


class Result(NamedTuple):
    text: str
    is_error: bool


def call(tool: str, **arguments: Any) -> Block:
    """A tool call. Its "id" is what Model.results() and the audit records know it by."""
    return {"type": "tool_use", "id": "toolu_" + uuid.uuid4().hex[:24], "name": tool, "input": arguments}


def turn(*blocks: Any, **rest: Any) -> Turn:
    """turn("text", call(...), delay=0.5)"""
    return Turn(tuple({"type": "text", "text": b} if isinstance(b, str) else b for b in blocks), **rest)


def failure(status: int, kind: str, message: str, times: int = 1) -> Turn:
    return Turn(error=(status, kind, message), times=times)


class Model:
    def __init__(self, script: Script):
        self.script = script
        self.requests: list[Request] = []
        self.faults: list[BaseException] = []  # raised by a turn's `before`; the run is void then
        self._lock = threading.Lock()
        self._branches: dict[str, str] = {}  # subagent -> its branch: after a compaction the sign is gone
        self._answers: dict[str, Iterator[Turn]] = {branch.name: _answers(branch.turns) for branch in script.branches}
        self._answers[MAIN] = _answers(script.main)
        self._answers[SUMMARY] = _answers(script.summaries or [turn("<summary>nothing yet</summary>")._replace(times=99)])
        self._answers[SIDE] = iter(())
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"model": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "Model":
        # A short poll: closing waits for one round of it.
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def of(self, conversation: str) -> list[Request]:
        return [request for request in self.requests if request.conversation == conversation]

    def results(self) -> dict[str, Result]:
        return results(self.requests)

    def answer(self, path: str, body: Body, agent: str = "") -> Turn:
        """Record the request and choose what it gets. agent: the subagent that asks."""
        with self._lock:
            conversation = self._conversation(path, body, agent)
            self.requests.append(Request(time.monotonic(), path, conversation, body, agent))
            return next(self._answers.get(conversation, iter(())), self.script.idle)

    def _conversation(self, path: str, body: Body, agent: str) -> str:
        if "/messages" not in path or "count_tokens" in path:
            return OTHER
        said = [text_of(m.get("content")) for m in body.get("messages") or [] if m.get("role") == "user"]
        if said and SUMMARY_SIGN in said[-1]:
            return SUMMARY
        if agent in self._branches:
            return self._branches[agent]
        for branch in self.script.branches:
            if said and branch.sign in said[0]:
                if agent:
                    self._branches[agent] = branch.name
                return branch.name
        return MAIN if body.get("tools") else SIDE


def results(requests: list[Request]) -> dict[str, Result]:
    """Tool call id -> what the client told the model about it (the last telling wins)."""
    found = {}
    for request in requests:
        for message in request.body.get("messages") or []:
            for block in message["content"] if isinstance(message.get("content"), list) else ():
                if block.get("type") == "tool_result":
                    found[block["tool_use_id"]] = Result(text_of(block.get("content")), bool(block.get("is_error")))
    return found


def text_of(content: Any) -> str:
    """The text of a message's content, tool results included."""
    if isinstance(content, str):
        return content
    parts = []
    for block in content or ():
        if block.get("type") == "text":
            parts.append(str(block.get("text", "")))
        elif block.get("type") == "tool_result":
            parts.append(text_of(block.get("content")))
    return "\n".join(parts)


def _answers(turns: Iterable[Any]) -> Iterator[Turn]:
    for one in turns:
        one = one if isinstance(one, Turn) else turn(one)
        for _ in range(one.times):
            yield one


class _Handler(BaseHTTPRequestHandler):
    model: Model
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._json(200, {})

    def do_GET(self) -> None:
        self._json(200, {})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            body = json.loads(raw)
        except ValueError:
            body = {}
        try:
            self._answer(body if isinstance(body, dict) else {})
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client went away, which some scenarios want

    def _answer(self, body: Body) -> None:
        one = self.model.answer(self.path, body, self.headers.get(AGENT_HEADER) or "")
        if "count_tokens" in self.path:
            self._json(200, {"input_tokens": 1000})
        elif "/messages" not in self.path:
            self._json(200, {})
        else:
            self._say(one, body)

    def _say(self, one: Turn, body: Body) -> None:
        if one.before:
            try:
                one.before()
            except BaseException as fault:  # kept for the thread that runs the scenario, which raises it there
                self.model.faults.append(fault)
        if one.delay:
            time.sleep(one.delay)
        if one.error:
            status, kind, text = one.error
            self._json(status, {"type": "error", "error": {"type": kind, "message": text}})
            return
        calls = any(block["type"] == "tool_use" for block in one.blocks)
        message = {
            "id": "msg_" + uuid.uuid4().hex[:24], "type": "message", "role": "assistant",
            "model": body.get("model", "scripted"), "content": list(one.blocks),
            "stop_reason": one.stop_reason or ("tool_use" if calls else "end_turn"), "stop_sequence": None,
            "usage": {**USAGE, **one.usage},
        }
        if body.get("stream"):
            self._stream(message)
        else:
            self._json(200, message)

    def _json(self, status: int, value: Body) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self, message: Body) -> None:
        """The same message as server-sent events, one delta per block."""
        events: list[Body] = [
            {"type": "message_start", "message": {**message, "content": [], "stop_reason": None}},
        ]
        for index, block in enumerate(message["content"]):
            opening: Block = {**block, "text": ""} if block["type"] == "text" else {**block, "input": {}}
            if block["type"] == "text":
                delta = {"type": "text_delta", "text": block["text"]}
            else:
                delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
            events += [
                {"type": "content_block_start", "index": index, "content_block": opening},
                {"type": "content_block_delta", "index": index, "delta": delta},
                {"type": "content_block_stop", "index": index},
            ]
        ending = {"stop_reason": message["stop_reason"], "stop_sequence": None}
        events += [{"type": "message_delta", "delta": ending, "usage": message["usage"]}, {"type": "message_stop"}]
        data = b"".join(f"event: {e['type']}\ndata: {json.dumps(e)}\n\n".encode() for e in events)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Trap:
    """A loopback web server that serves one shell script and remembers who asked for it. Nobody should."""

    def __init__(self, script: str):
        self.hits: list[str] = []
        trap = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                trap.hits.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(script.encode())

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/x.sh"

    def __enter__(self) -> "Trap":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
