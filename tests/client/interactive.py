"""Sessions that go on: the real client in a sandbox, talked to prompt by prompt, with the scripted model as its only server.

    with Stream(sandbox) as session:              # `claude -p` fed line by line: the quickest, about 40 ms a prompt
        session.say("do not touch a.py")          # the requests that this prompt led to
        session.compact("<summary>all is done</summary>")
    with Terminal(sandbox, resume=session.id) as session:   # the interactive client in a pseudo-terminal, as a person has it
        ...

Both have the same methods. A turn given to say() is what the model answers next; without one it answers "done". What the
client did is known from hooks of a few words given on its command line (`events`), never from waiting for a while.
"""

import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections import deque

from holdfast.canary.client import NOBODY
from holdfast.canary.model import MAIN, SUMMARY, Model, Script, call, failure, text_of, turn

WATCHED = ("PreToolUse", "PostToolUse", "UserPromptSubmit", "SessionStart", "SessionEnd", "Stop", "SubagentStart", "SubagentStop",
           "PreCompact", "PostCompact")
WINDOW = {"CLAUDE_CODE_AUTO_COMPACT_WINDOW": "200000"}  # compaction begins at 167,000 tokens in use
FULL = {"input_tokens": 170_000}  # the usage that makes the next request of a conversation compact it
TOO_LONG = failure(400, "invalid_request_error", "prompt is too long: 250000 tokens > 200000 maximum")
WAYS = ("between prompts", "between tool calls", "when the server refuses")  # how a compaction comes about without a person
PASTE = b"\x1b[200~%s\x1b[201~"  # how a terminal marks pasted text
QUIET = 0.05  # seconds without output after which the screen has taken in what was typed
STILL = 0.15  # and after which it does not even show that something is being done

_HOOKS = re.compile(r"\s*<system-reminder>\s*\S+ hook (?:success|additional context): ")  # how other models than the default are told


class Feed:
    """Turns of the model that are put in while it answers."""

    def __init__(self, otherwise):
        self.turns, self.otherwise = deque(), otherwise

    def __iter__(self):
        while True:
            yield self.turns.popleft() if self.turns else self.otherwise


class Session:
    """What both kinds share. `requests` are the model's, in order; `events` what the client told its hooks."""

    def __init__(self, sandbox, *arguments, resume="", fork=False, branches=(), variables=None, seconds=30):
        self.sandbox, self.seconds = sandbox, seconds
        self._answers, self._summaries = Feed(turn("done")), Feed(turn("<summary>nothing of note</summary>"))
        self.model = Model(Script(main=self._answers, summaries=self._summaries, branches=list(branches)))
        self._events = sandbox.root / f"events-{time.monotonic_ns()}.jsonl"
        self._arguments = [*sandbox.arguments, *arguments, "--settings", json.dumps({"hooks": self._watchers()})]
        if resume:
            self._arguments += ["--resume", resume] + ["--fork-session"] * fork
        self._variables = {**WINDOW, **(variables or {})}

    def __enter__(self):
        self.model.__enter__()
        self._events.touch()
        self.sandbox.give()
        self.sandbox.give(self._events)
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.kill()
        self.model.__exit__()

    # --- what happened

    @property
    def requests(self):
        return list(self.model.requests)

    @property
    def events(self):
        """Every input of a hook so far, the client's own fields."""
        text, decoder, found, at = self._events.read_text(), json.JSONDecoder(), [], 0
        while text[at:].strip():
            at += len(text[at:]) - len(text[at:].lstrip())
            try:
                one, at = decoder.raw_decode(text, at)
            except ValueError:  # being written at this moment
                break
            found.append(one)
        return found

    @property
    def id(self):
        """The session's id: another one after /clear and in a fork."""
        return self.happened("SessionStart")[-1]["session_id"]

    def happened(self, event, **fields):
        return [one for one in self.events if one["hook_event_name"] == event and all(one.get(k) == v for k, v in fields.items())]

    def compactions(self, agent=None):
        """How often a summary has taken the place of the conversation; agent: of one agent, None for the main thread."""
        return len(self.happened("PostCompact", agent_id=agent))

    # --- doing something

    def say(self, text, *turns):
        """A prompt, and the wait until its turn has ended: the main thread's requests of that turn."""
        before, known = len(self.model.requests), len(self._prompts())
        self._answers.turns.extend(turns)
        self._say(text, lambda: self._answered(known))
        return [one for one in self.requests[before:] if one.conversation == MAIN]

    def fill(self, prompts):
        """Prompts that say nothing of importance."""
        for number in range(prompts):
            self.say(f"And now step {number} of the plan, please.")

    def compact(self, summary=None, words=""):
        """/compact by hand."""
        seen = self.compactions()
        if summary is not None:
            self._summaries.turns.append(turn(summary))
        self._command(f"/compact {words}".strip(), lambda: self.compactions() > seen)

    def overflow(self, summary=None, way="between prompts"):
        """The client compacts by itself (way: one of WAYS): the main thread's requests of the turn in which it does."""
        seen = self.compactions()
        if summary is not None:
            self._summaries.turns.append(turn(summary))
        text = "Have a look at the list, please."
        if way == "between prompts":
            self.say(text, turn("There it is.", usage=FULL))
            made = self.say("Go on, please.")
        elif way == "between tool calls":
            made = self.say(text, turn(call("Bash", command="echo looked"), usage=FULL), turn("I have looked."))
        else:
            made = self.say(text, TOO_LONG)
        if self.compactions() != seen + 1:
            raise AssertionError(f"the client did not compact: {[one['hook_event_name'] for one in self.events[-6:]]}")
        return made

    def summarise_with(self, *summaries):
        """What the model answers to the next requests for a summary: texts or turns."""
        self._summaries.turns.extend(one if isinstance(one, tuple) else turn(one) for one in summaries)

    def clear(self):
        """/clear: a new conversation, with an id of its own."""
        seen = len(self.happened("SessionStart", source="clear"))
        self._command("/clear", lambda: len(self.happened("SessionStart", source="clear")) > seen)

    def until(self, holds, what):
        """Wait for something to be true."""
        end = time.monotonic() + self.seconds
        while not holds():
            if self.model.faults:
                raise self.model.faults[0]
            if time.monotonic() > end or self.process.poll() is not None:
                state = "ended" if self.process.poll() is not None else "still runs"
                raise AssertionError(f"waited in vain for {what}; the client {state} and last said:\n{self._said()[-1500:]}")
            time.sleep(0.005)

    def kill(self):
        """As a crash or a power cut would end it: the client and what it started, at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)  # the session we made, nobody else's
            self.process.wait()

    def crash_while_compacting(self, by_itself=False):
        """The client is killed while it waits for a summary: of a /compact, or of a compaction that begins by itself."""
        if by_itself:
            self.say("Have a look at the list.", turn("There it is.", usage=FULL))
        self._summaries.turns.append(turn("<summary>never read</summary>", before=self.kill))
        self._crash("Go on, please." if by_itself else "/compact")

    def crash_while_answering(self, text):
        """The client is killed while it waits for the answer to a prompt."""
        self._answers.turns.append(turn("never read", before=self.kill))
        self._crash(text)

    def _crash(self, text):
        try:
            self._command(text, lambda: False)
        except (AssertionError, OSError):  # waited in vain, or wrote to what was gone
            pass
        if self.process.poll() != -signal.SIGKILL:
            raise AssertionError("the client did not get to the point where it was to be killed")

    def end(self):
        """As a person ends it; its SessionEnd hooks have run."""
        self._end()
        self.process.wait(self.seconds)

    # --- within

    process = None

    def _watchers(self):
        command = {"type": "command", "command": f"{{ cat; echo; }} >>{self._events}"}
        return {event: [{"hooks": [command]}] for event in WATCHED}

    def _prompts(self):
        """The prompts of the person so far, without those that the client makes itself."""
        return [one for one in self.happened("UserPromptSubmit") if not one["prompt"].startswith("<task-notification>")]

    def _answered(self, known):
        """Whether a turn has ended that began with a prompt after the first `known` ones."""
        prompts = self._prompts()[known:]
        events = self.events
        return bool(prompts) and any(one["hook_event_name"] == "Stop" for one in events[events.index(prompts[0]):])

    def _launch(self, *words, **streams):
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if self.sandbox.drop else {}
        variables = {**self.sandbox.environment(self.model.url), **self._variables}
        self.process = subprocess.Popen([str(self.sandbox.client), *words, *self._arguments], cwd=self.sandbox.project, env=variables,
                                        start_new_session=True, **streams, **who)


class Stream(Session):
    """`claude -p` that reads its prompts as they come."""

    def _start(self):
        self._lines = []
        self._launch("-p", "--input-format", "stream-json", "--output-format", "stream-json", "--verbose", stdin=subprocess.PIPE,
                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._lines.append(line.decode(errors="replace"))

    def _said(self):
        return "".join(self._lines)

    def _results(self):
        return sum('"type":"result"' in line for line in list(self._lines))

    def _say(self, text, done):
        before = self._results()
        line = json.dumps({"type": "user", "message": {"role": "user", "content": text}})
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        self.until(lambda: self._results() > before and done(), f"the end of the turn {text[:60]!r}")

    def _command(self, text, done):
        self._say(text, done)

    def _end(self):
        self.process.stdin.close()

    def __exit__(self, *_):
        super().__exit__()
        if self.process is not None:
            self.process.stdin.close()


class Unhooked(Stream):
    """The same where no hook runs, ours included: only what the client prints and asks is known."""

    def compactions(self, agent=None):
        return sum(one.conversation == SUMMARY and one.agent == (agent or "") for one in self.requests)

    def _answered(self, known):
        return True


class Terminal(Session):
    """The interactive client in a pseudo-terminal."""

    def _start(self):
        self._shown, self._at = b"", time.monotonic()
        self._answer_the_dialogs()
        self._keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
        self._variables["TERM"] = "xterm-256color"
        self._launch(stdin=screen, stdout=screen, stderr=screen)
        os.close(screen)
        threading.Thread(target=self._read, args=(self._keyboard,), daemon=True).start()
        self.until(lambda: self.happened("SessionStart"), "the start of the session")

    def _answer_the_dialogs(self):
        """What a person's answers to the first dialogs write: onboarding, the key in the environment, trust in the folder."""
        path = self.sandbox.home / ".claude.json"
        known = json.loads(path.read_text())
        key = self.sandbox.environment()["ANTHROPIC_API_KEY"]
        known.update(theme="dark", customApiKeyResponses={"approved": [key[-20:]], "rejected": []}, bypassPermissionsModeAccepted=True)
        known["projects"][str(self.sandbox.project)]["hasCompletedProjectOnboarding"] = True
        self.sandbox.give(self.sandbox.write(path, known))

    def _read(self, keyboard):
        while True:
            try:
                shown = os.read(keyboard, 65_536)
            except OSError:
                return
            if not shown:
                return
            self._shown, self._at = self._shown + shown, time.monotonic()

    def _said(self):
        return self._shown.decode(errors="replace")

    def _type(self, keys):
        """Keys, then Enter once the screen has shown them: an Enter that comes with a text is part of that text."""
        before = len(self._shown)
        os.write(self._keyboard, keys)
        self.until(lambda: len(self._shown) > before and time.monotonic() - self._at > QUIET, "the screen")
        os.write(self._keyboard, b"\r")

    def _say(self, text, done):
        self._type(PASTE % text.encode())
        self.until(done, f"the end of the turn {text[:60]!r}")
        self._rest()

    def _command(self, text, done):
        self._type(text.encode())
        self.until(done, text)
        self._rest()

    def _rest(self):
        """Wait for the screen to stop moving: while it says that hooks run, it moves."""
        self.until(lambda: time.monotonic() - self._at > STILL, "the screen to come to rest")

    def _end(self):
        self._type(b"/exit")

    def __exit__(self, *_):
        super().__exit__()
        if self.process is not None:
            os.close(self._keyboard)


# --- reading what the model received -------------------------------------------------------------------------------------


def after_compactions(requests, agent=""):
    """The first request after each compaction of one agent ("" for the main thread), in order."""
    mine = [one for one in requests if one.agent == agent and one.path.startswith("/v1/messages") and "count_tokens" not in one.path
            and (one.body.get("tools") or one.conversation == SUMMARY)]
    return [after for before, after in zip(mine, mine[1:], strict=False)
            if before.conversation == SUMMARY and after.conversation != SUMMARY]


def everything(request):
    """Every text in a request, the system prompt included."""
    return "\n".join(_texts([request.body.get("system"), request.body.get("messages")]))


def told(requests):
    """Tool call id -> what the model was told about it first: the result, and what hooks added after it."""
    found = {}
    for request in requests:
        messages = request.body.get("messages") or []
        for message, after in zip(messages, [*messages[1:], {}], strict=True):
            content = message["content"] if isinstance(message.get("content"), list) else []
            new = [block["tool_use_id"] for block in content if block.get("tool_use_id") and block["tool_use_id"] not in found]
            if new:
                added = "\n" + text_of(after["content"]) if after.get("role") == "system" else ""
                found.update(dict.fromkeys(new, text_of(content) + added))
    return found


def injected(request):
    """What hooks have put into a request, and what else the client says in the same place; no file that it shows again."""
    found = []
    for message in request.body.get("messages") or []:
        blocks = message.get("content")
        blocks = [{"type": "text", "text": blocks}] if isinstance(blocks, str) else blocks or []
        found += [block["text"] for block in blocks if block.get("type") == "text"
                  and (message["role"] == "system" or _HOOKS.match(block["text"]))]
    return "\n".join(found)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
