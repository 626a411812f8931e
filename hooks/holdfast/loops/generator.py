"""Made-up sessions for the self-test: loops of every kind, and honest work that looks like one. Seeded; for the slow path only."""


from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple


class Act(NamedTuple):
    """One call and what came of it. response or error; about: what names the attempt, for a call that a rule denied."""

    tool: str
    given: dict[str, Any]
    response: Any = None
    error: str | None = None
    batch: str = ""
    about: tuple[str, ...] = ()
    interrupted: bool = False


class Case(NamedTuple):
    """acts: the session.  start: where the loop begins, len(acts) for honest work.  cycle: how many acts one round takes."""

    acts: list[Act]
    start: int
    cycle: int


ROUNDS = 14  # of each loop


def loop(kind: str, seed: int) -> Case:
    """A session that begins with honest work and ends in a loop. kind: one of LOOPS."""
    world = World(Random(f"{kind}/{seed}"))
    before = world.warm_up()
    length, acts = LOOPS[kind](world)
    return Case([*before, *acts], len(before), length)


def honest(kind: str, seed: int) -> Case:
    """A session without a loop. kind: one of BENIGN."""
    world = World(Random(f"{kind}/{seed}"))
    acts = [*world.warm_up(), *BENIGN[kind](world)]
    return Case(acts, len(acts), 0)


def bash(command: str, stdout: str = "", stderr: str = "", **more: Any) -> Act:
    """A command that ended well."""
    return Act(
        "Bash",
        {"command": command, "description": command[:30]},
        {"stdout": stdout, "stderr": stderr, "interrupted": False, "isImage": False, "noOutputExpected": not stdout, **more},
    )


def failed(command: str, text: str, code: int = 1) -> Act:
    """A command that ended badly."""
    return Act("Bash", {"command": command}, error=f"Exit code {code}\n{text}")


_STEMS = (
    "invoice",
    "ledger",
    "session",
    "router",
    "parser",
    "cache",
    "worker",
    "billing",
    "account",
    "schema",
    "token",
    "report",
    "payment",
    "catalog",
    "search",
    "index",
    "config",
    "loader",
    "export",
    "metrics",
    "queue",
    "mailer",
    "signal",
    "layout",
    "policy",
    "tenant",
)
_WORDS = (
    "amount",
    "currency",
    "customer",
    "rate",
    "total",
    "period",
    "region",
    "handler",
    "context",
    "payload",
    "cursor",
    "buffer",
    "limit",
    "offset",
    "window",
    "bucket",
    "quota",
    "label",
    "status",
    "owner",
    "digest",
    "encoding",
    "locale",
    "channel",
    "variant",
    "branch",
)
_VERBS = (
    "load",
    "parse",
    "render",
    "merge",
    "apply",
    "check",
    "build",
    "resolve",
    "encode",
    "split",
    "collect",
    "update",
    "filter",
    "sort",
)


class World:
    """One project with its names, and what tools say about it."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.root = draw.choice(("/work/shop", "/home/dev/ledger", "/srv/app", "/repo", "/workspace/billing", "/Users/kim/src/atlas"))
        self.suffix = draw.choice(("py", "py", "ts", "go", "rs", "js", "rb", "java"))
        self.clock = draw.randint(0, 80_000)

    # ---- what differs from call to call ----

    def time(self) -> str:
        self.clock += self.draw.randint(1, 90)
        return f"{self.clock // 3600 % 24:02}:{self.clock // 60 % 60:02}:{self.clock % 60:02}"

    def stamp(self) -> str:
        return f"2026-{self.draw.randint(1, 12):02}-{self.draw.randint(1, 28):02}T{self.time()}.{self.draw.randint(0, 999):03}Z"

    def seconds(self) -> str:
        return f"{self.draw.uniform(0.01, 9):.2f}s"

    def hexes(self, size: int) -> str:
        return "".join([self.draw.choice("0123456789abcdef") for _ in range(size - 2)]) + "4e"

    def uuid(self) -> str:
        return "-".join([self.hexes(n) for n in (8, 4, 4, 4, 12)])

    def temporary(self) -> str:
        return "/tmp/tmp" + "".join([self.draw.choice("abcdefghijklmnop0123456789_") for _ in range(8)])

    # ---- files and code ----

    def path(self, folder: str = "") -> str:
        folder = folder or self.draw.choice(("src", "lib", "app", "core", "pkg/api"))
        return f"{self.root}/{folder}/{self.word()}_{self.draw.choice(_STEMS)}.{self.suffix}"

    def word(self) -> str:
        return self.draw.choice(_WORDS)

    def name(self) -> str:
        return f"{self.draw.choice(_VERBS)}_{self.word()}_{self.draw.choice(_STEMS)}"

    def code(self, lines: int) -> str:
        made = []
        for _ in range(lines):
            made.append(
                self.draw.choice(
                    (
                        f"def {self.name()}({self.word()}, {self.word()}):",
                        f"    {self.word()} = {self.name()}({self.word()}[{self.draw.randint(0, 99)}])",
                        f"    return {self.word()}.{self.word()} or {self.draw.randint(2, 900)}",
                        f"    if {self.word()} is None or {self.word()} > {self.draw.randint(1, 500)}:",
                        f'        raise ValueError("{self.word()} of {self.word()} {self.word()}")',
                        f"    for {self.word()} in {self.name()}():",
                        f"import {self.draw.choice(_STEMS)}_{self.word()}",
                        f"# {self.word()} {self.word()} before {self.word()} {self.draw.choice(_STEMS)}",
                        f"{self.word().upper()}_{self.draw.choice(_STEMS).upper()} = {self.draw.randint(1, 9000)}",
                    )
                )
            )
        return "\n".join(made)

    def read(self, path: str | None = None, lines: int = 0, start: int = 1, text: str | None = None, **more: Any) -> Act:
        path = path or self.path()
        text = text if text is not None else self.code(lines or self.draw.randint(12, 90))
        count = text.count("\n") + 1
        return Act(
            "Read",
            {"file_path": path, **more},
            {
                "type": "text",
                "file": {"filePath": path, "content": text, "numLines": count, "startLine": start, "totalLines": start + count},
            },
        )

    def edit(self, path: str, old: str, new: str) -> Act:
        return Act(
            "Edit",
            {"file_path": path, "old_string": old, "new_string": new, "replace_all": False},
            {
                "filePath": path,
                "oldString": old,
                "newString": new,
                "originalFile": old + "\n" + path,
                "structuredPatch": [],
                "userModified": False,
                "replaceAll": False,
            },
        )

    def write(self, path: str, text: str) -> Act:
        return Act(
            "Write",
            {"file_path": path, "content": text},
            {"type": "update", "filePath": path, "content": text, "structuredPatch": [], "originalFile": "", "userModified": False},
        )

    def fresh_edit(self, path: str | None = None) -> Act:
        path = path or self.path()
        return self.edit(path, self.code(2), self.code(3)) if self.draw.random() < 0.8 else self.write(path, self.code(20))

    def grep(self, hits: int) -> Act:
        pattern = self.name() if self.draw.random() < 0.7 else self.word()
        found = "\n".join([f"{self.path()}:{self.draw.randint(1, 400)}:{self.code(1)}" for _ in range(hits)])
        if self.draw.random() < 0.5:
            return bash(f'grep -rn "{pattern}" {self.root}/src', found) if hits else failed(f'grep -rn "{pattern}" {self.root}/src', "")
        return Act(
            "Grep",
            {"pattern": pattern, "path": self.root, "output_mode": "content"},
            {"mode": "content", "numFiles": hits, "filenames": [], "content": found, "numLines": hits},
        )

    # ---- test runs ----

    def test_command(self) -> str:
        stem = self.draw.choice(_STEMS)
        return self.draw.choice(
            (
                f"pytest tests/test_{stem}.py -q",
                f"cd {self.root} && python -m pytest tests/test_{stem}.py 2>&1 | tail -30",
                f"npx jest src/{stem}.test.ts",
                f"go test ./pkg/{stem}/...",
                f"cargo test {stem}",
                f"npm test -- {stem}",
                f"python -m unittest tests.test_{stem}",
                f"npx mocha test/{stem}.spec.js",
                f"./gradlew test --tests '*{stem.title()}*'",
            )
        )

    def test_output(self, command: str, passing: int, failing: int, cause: str, line: int = 0) -> str:
        """What a runner prints; cause: names the failure, and stays from run to run. line moves with every edit."""
        line = line or self.draw.randint(20, 300)
        seconds = self.seconds()
        if "jest" in command or "npm test" in command:
            body = (
                f'  ● {cause}\n\n    expect(received).toBe(expected)\n\n    Expected: "{cause}"\n    Received: undefined\n\n      at '
                f"Object.<anonymous> (src/x.test.ts:{line}:14)\n\n"
                if failing
                else ""
            )
            return (
                f"{body}Test Suites: {1 if failing else 0} failed, 3 passed, 4 total\nTests:       {failing} failed, {passing} passed, "
                f"{passing + failing} total\n"
                f"Snapshots:   0 total\nTime:        {seconds[:-1]} s, estimated 4 s"
            )
        if "go test" in command:
            if not failing:
                return f"ok  \texample.org/pkg/x\t{seconds}"
            name = cause.title().replace("_", "")
            return f"--- FAIL: Test{name} ({seconds})\n    x_test.go:{line}: got {cause}, want nil\nFAIL\tx\t{seconds}"
        if "cargo" in command:
            body = (
                f"---- {cause} stdout ----\nthread '{cause}' panicked at src/lib.rs:{line}:9:\nassertion `left == right` failed: {cause}\n"
                if failing
                else ""
            )
            end = f"{'FAILED' if failing else 'ok'}. {passing} passed; {failing} failed; 0 ignored; 0 measured; 0 filtered out"
            return f"running {passing + failing} tests\n{body}\ntest result: {end}; finished in {seconds}"
        if "unittest" in command:
            body = (
                f'FAIL: test_{cause} (tests.test_x.TestX)\n----------\nTraceback (most recent call last):\n  File "x.py", line {line}, in '
                f"test\nAssertionError: {cause} != None\n"
                if failing
                else ""
            )
            end = f"FAILED (failures={failing})" if failing else "OK"
            return f"{body}{'-' * 70}\nRan {passing + failing} tests in {seconds}\n\n{end}"
        if "mocha" in command:
            return f"  {passing} passing ({self.draw.randint(9, 400)}ms)\n" + (
                f"  {failing} failing\n\n  1) {cause}:\n     AssertionError: expected {cause} to equal undefined\n      at "
                f"Context.<anonymous> (test/x.js:{line}:20)\n"
                if failing
                else ""
            )
        if "gradlew" in command:
            return (
                f"> Task :test{' FAILED' if failing else ''}\n\n"
                + (
                    f"XTest > {cause} FAILED\n    java.lang.AssertionError at XTest.java:{line}\n\n{passing + failing} tests completed, "
                    f"{failing} failed\n"
                    if failing
                    else f"{passing} tests passed\n"
                )
                + f"\nBUILD {'FAILED' if failing else 'SUCCESSFUL'} in {self.draw.randint(2, 30)}s"
            )
        body = (
            f"____ test_{cause} ____\n\n    def test_{cause}():\n>       assert compute() == 3\nE       AssertionError: assert {cause} == "
            f"3\nE        +  where {cause} = <app.Thing object at 0x7f{self.hexes(10)}>\n\ntests/test_x.py:{line}: "
            f"AssertionError\n=== short test summary info ===\nFAILED tests/test_x.py::test_{cause} - AssertionError: assert {cause} "
            f"== 3\n"
            if failing
            else ""
        )
        end = f"{failing} failed, {passing} passed" if failing else f"{passing} passed"
        return f"{'F' if failing else '.'}....                [100%]\n{body}{'=' * 10} {end} in {seconds} {'=' * 10}"

    def test(self, command: str, passing: int, failing: int, cause: str) -> Act:
        text = self.test_output(command, passing, failing, cause)
        return failed(command, text) if failing and "| tail" not in command else bash(command, text)

    def warm_up(self) -> list[Act]:
        """A few steps of ordinary work before what is tested."""
        acts: list[Act] = []
        for _ in range(self.draw.randint(0, 8)):
            acts.append(
                self.draw.choice(
                    (
                        lambda: self.read(),
                        lambda: self.grep(self.draw.randint(2, 9)),
                        lambda: self.fresh_edit(),
                        lambda: bash("ls " + self.path().rpartition("/")[0], "\n".join([self.name() for _ in range(6)])),
                    )
                )()
            )
        return acts


# ---- loops -------------------------------------------------------------------------------------------------------------------------------


def _steady(world: World) -> Act:
    """A call that changes nothing, with the output it gives each time."""
    w, draw = world, world.draw
    path, stem, word = w.path(), draw.choice(_STEMS), w.word()
    return draw.choice(
        (
            lambda: w.read(path),
            lambda: w.grep(draw.randint(1, 6)),
            lambda: w.grep(0),
            lambda: bash(f"cat {path}", w.code(20)),
            lambda: bash(f"ls -la {w.root}/{stem}", f"total {draw.randint(8, 90)}\n-rw-r--r-- 1 dev dev 420 Nov 21 18:49 {stem}.py"),
            lambda: bash("git status", f"On branch {word}\nChanges not staged for commit:\n\tmodified:   src/{stem}.py"),
            lambda: bash(f"git diff src/{stem}.py", f"@@ -1,4 +1,5 @@\n-{w.code(1)}\n+{w.code(1)}"),
            lambda: bash(f"git log --oneline -5 {stem}", "\n".join([f"{w.hexes(7)} {w.name()}" for _ in range(5)])),
            lambda: bash("pwd", w.root),
            lambda: bash(f"cd {w.root}/{stem}", ""),
            lambda: bash(f"find . -name '{stem}*.ts'", f"./src/{stem}.ts\n./test/{stem}.test.ts"),
            lambda: failed(
                f"python {stem}.py",
                f'Traceback (most recent call last):\n  File "{stem}.py", line 12, in <module>\n    main()\nAttributeError: module '
                f"'{word}' has no attribute '{stem}'",
            ),
            lambda: failed(
                f"npm run build:{stem}",
                f"> build:{stem}\n> tsc -p .\n\nsrc/{stem}.ts(14,7): error TS2339: Property '{word}' does not exist on type 'Config'.",
                2,
            ),
            lambda: failed(f"make {stem}", f"make: *** No rule to make target '{stem}'.  Stop.", 2),
            lambda: Act(
                "Edit",
                {"file_path": path, "old_string": w.code(2), "new_string": w.code(2)},
                error="<tool_use_error>String to replace not found in file.\nString: " + word + "</tool_use_error>",
            ),
            lambda: Act(
                "str_replace_editor",
                {"command": "str_replace", "path": path, "old_str": w.code(2), "new_str": w.code(2)},
                f"No replacement was performed, old_str `{word}` did not appear verbatim in {path}.",
            ),
            lambda: Act(
                "Glob",
                {"pattern": f"**/{stem}*.py"},
                {"filenames": [f"src/{stem}.py"], "numFiles": 1, "durationMs": draw.randint(3, 90), "truncated": False},
            ),
            lambda: Act(
                "WebFetch",
                {"url": f"https://docs.example.org/{stem}/{word}", "prompt": "what does it say"},
                {
                    "bytes": 2000,
                    "code": 200,
                    "result": f"The page describes {w.name()} and {w.name()}.",
                    "durationMs": draw.randint(100, 900),
                },
            ),
            lambda: Act(
                "mcp__playwright__browser_click",
                {"element": f"{word} button", "ref": f"e{draw.randint(3, 99)}"},
                [{"type": "text", "text": f'- Page URL: https://shop.example/{stem}\n- Page Title: {word}\n- button "{stem}" [ref=e3]'}],
            ),
            lambda: Act(
                "mcp__tracker__submit_answer",
                {"answer": str(draw.randint(1, 99))},
                "The answer was not accepted: the field `reason` is empty.",
            ),
            lambda: bash(f"psql -c 'select count(*) from {stem}s'", f" count \n-------\n   {draw.randint(2, 900)}\n(1 row)"),
            lambda: bash(f"python -c 'import {stem}; print({stem}.__version__)'", f"{draw.randint(1, 9)}.{draw.randint(0, 20)}.1"),
            lambda: failed(f"go build ./cmd/{stem}", f"cmd/{stem}/main.go:31:5: undefined: {word}"),
            lambda: bash(f"touch {w.root}/.{stem}", ""),
            lambda: bash(f"git add src/{stem}.py", ""),
            lambda: Act("Read", {"file_path": path}, error=f"File does not exist. Note: your current working directory is {w.root}."),
        )
    )()


def _cycle(length: int) -> Callable[[World], tuple[int, list[Act]]]:
    def make(world: World) -> tuple[int, list[Act]]:
        calls: list[Act] = []
        while len(calls) < length:
            call = _steady(world)
            if all([call.given != other.given for other in calls]):
                calls.append(call)
        return length, calls * ROUNDS

    return make


def _volatile(world: World) -> tuple[int, list[Act]]:
    w, draw = world, world.draw
    stem, word, command, count = draw.choice(_STEMS), w.word(), w.test_command(), draw.randint(3, 40)
    cause = w.name()
    kinds: tuple[Callable[[], Act], ...] = (
        lambda: w.test(command, count, 1, cause),
        lambda: w.test(command, count, 0, cause),
        lambda: failed(
            "npm ci",
            f"npm ERR! code EINTEGRITY\nnpm ERR! {stem}@2.1.0\nnpm ERR! A complete log of this run can be found in: "
            f"/root/.npm/_logs/{w.stamp().replace(':', '_')}-debug-0.log",
        ),
        lambda: bash(
            "python app.py --check",
            f"{w.stamp()} INFO [{draw.randint(1000, 60000)}] {stem}: starting on port {draw.randint(32768, 60000)}\n{w.stamp()} ERROR "
            f"[{draw.randint(1000, 60000)}] {stem}: {word} is missing",
        ),
        lambda: bash(
            f"terraform plan -target=module.{stem}",
            f"module.{stem}: Refreshing state... [id={w.hexes(17)}]\nmodule.{stem}: Still reading... [{draw.randint(10, 50)}s "
            f"elapsed]\nNo changes. Your infrastructure matches the configuration.",
        ),
        lambda: bash(
            f"docker build -t {stem} .",
            f"#5 [2/4] RUN pip install {word}\n#5 sha256:{w.hexes(64)}\n#5 DONE {w.seconds()}\n#6 exporting to image\n#6 writing image "
            f"sha256:{w.hexes(64)} done\nreal\t0m{draw.uniform(1, 9):.3f}s",
        ),
        lambda: failed(
            f"python {stem}.py",
            f'Traceback (most recent call last):\n  File "{stem}.py", line 9, in <module>\nValueError: <{word}.Thing object at '
            f"0x7f{w.hexes(10)}> is no {stem}",
        ),
        lambda: bash(
            f"curl -si https://api.example.org/v1/{stem}",
            f"HTTP/2 404\ndate: Sat, 21 Nov 2026 {w.time()} GMT\nx-request-id: {w.uuid()}\ncontent-length: "
            f'31\n\n{{"error":"no such {stem}"}}',
        ),
        lambda: bash(
            f"mktemp -d && ./run.sh {stem}",
            f"{w.temporary()}\nprocess {draw.randint(2000, 60000)} has ended in {w.seconds()}\nwrote {draw.randint(100, 999)} KB to "
            f"{w.temporary()}/{stem}.csv",
        ),
        lambda: failed(
            "make all",
            f"cc -c {stem}.c -o /tmp/cc{w.hexes(6)}.o\n{stem}.c:12:3: error: '{word}' undeclared\nmake: *** [Makefile:8: {stem}.o] Error "
            f"1\nfinished at {w.time()}",
            2,
        ),
        lambda: bash(
            f"node scripts/{stem}.js",
            f"[{w.time()}] {word}: begin {w.uuid()}\n[{w.time()}] {word}: nothing to do (took {draw.randint(3, 900)}ms)",
        ),
        lambda: failed(
            f"cargo build -p {stem}",
            f"   Compiling {stem} v0.1.0 ({w.root})\nerror[E0308]: mismatched types\n  --> src/{stem}.rs:44:9\nerror: could not compile "
            f"`{stem}`\n    Finished in {w.seconds()}",
            101,
        ),
        lambda: bash(
            f"ps aux --sort=-rss > /dev/null; ./bin/{stem} status-report",
            f"{stem}[{draw.randint(1000, 60000)}]: {word} at 127.0.0.1:{draw.randint(32768, 60000)} {draw.randint(1, 99)} MiB up "
            f"{draw.randint(1, 59)} seconds",
        ),
    )
    make = draw.choice(kinds)
    return 1, [make() for _ in range(ROUNDS)]


def _varied_errors(world: World) -> tuple[int, list[Act]]:
    w, draw = world, world.draw
    stem, word = draw.choice(_STEMS), w.word()
    host = f"{stem}.internal.example"
    extra = (
        "",
        "-v",
        "--force",
        "--verbose",
        "--no-cache",
        "--retries 3",
        "-q",
        "--yes",
        "--debug",
        "--timeout 60",
        "--insecure",
        "-x",
        "--all",
        "--trace",
    )
    path = w.path()
    kinds: tuple[Callable[[int], Act], ...] = (
        lambda at: failed(
            f"pip install {extra[at]} {stem}=={at}.0",
            f"ERROR: Could not find a version that satisfies the requirement {stem}=={at}.0\nERROR: No matching distribution found for "
            f"{stem}=={at}.0",
        ),
        lambda at: failed(
            f"git clone {extra[at]} https://{host}/{word}-{at}.git",
            f"Cloning into '{word}-{at}'...\nfatal: unable to access 'https://{host}/{word}-{at}.git/': Could not resolve host: {host}",
            128,
        ),
        lambda at: failed(
            f"cp {w.word()}.conf /etc/{stem}/site-{at}.conf",
            f"cp: cannot create regular file '/etc/{stem}/site-{at}.conf': Permission denied",
        ),
        lambda at: failed(
            f"psql {extra[at]} -h {host} -p 5432 -c 'select {at}'",
            f'psql: error: connection to server at "{host}" (10.0.3.7), port 5432 failed: Connection refused',
            2,
        ),
        lambda at: failed(
            f"gh api {extra[at]} repos/acme/{stem}/issues/{at}", "gh: Bad credentials (HTTP 401)\nTry authenticating with:  gh auth login"
        ),
        lambda at: failed(f"aws s3 cp out-{at}.csv s3://{stem}-{word}/{at}.csv", "upload failed: Unable to locate credentials"),
        lambda at: failed(
            f"python tools/{stem}.py --part {at}",
            'Traceback (most recent call last):\n  File "x.py", line 3, in <module>\nKeyError: \'OPENAI_API_KEY environment variable is '
            "not set'",
        ),
        lambda at: Act(
            "Edit",
            {"file_path": path, "old_string": w.code(1), "new_string": w.code(2)},
            error="<tool_use_error>String to replace not found in file.\nString: " + w.code(1) + "</tool_use_error>",
        ),
        lambda at: failed(
            f"node {extra[at]} dist/{stem}-{at}.js",
            f"node:internal/modules/cjs/loader:1215\nError: Cannot find module '{w.root}/dist/{stem}-{at}.js'",
        ),
        lambda at: failed(f"{stem}ctl {w.word()} --id {at}", f"/bin/bash: line 1: {stem}ctl: command not found", 127),
        lambda at: failed(
            f"curl -sf {extra[at]} https://api.{host}/v2/{w.word()}?page={at}",
            f"curl: (22) The requested URL returned error: 429 Too Many Requests for api.{host}",
            22,
        ),
        lambda at: Act(
            "Write",
            {"file_path": f"/usr/share/{stem}/{w.word()}-{at}.txt", "content": w.code(3)},
            error=f"EACCES: permission denied, open '/usr/share/{stem}/part-{at}.txt'",
        ),
        lambda at: failed(
            f"dd if=/dev/zero of=/data/{stem}/{at}.bin bs=1M count={at}",
            f"dd: error writing '/data/{stem}/{at}.bin': No space left on device",
        ),
        lambda at: failed(f"ssh -i ~/.ssh/key{at} deploy@{host} {w.word()}", f"deploy@{host}: Permission denied (publickey).", 255),
        lambda at: Act(
            "mcp__db__run_query", {"sql": f"select {w.word()} from {stem} limit {at}"}, error=f"connect ECONNREFUSED 10.0.3.7:{5432}"
        ),
        lambda at: Act(
            "Bash",
            {"command": f"make slow-{stem} JOBS={at}"},
            {"stdout": "", "stderr": "", "interrupted": False, "timedOutAfterMs": 120000},
        ),
    )
    make = draw.choice(kinds)
    return 1, [make(at) for at in range(ROUNDS)]


def _same_failure(world: World) -> tuple[int, list[Act]]:
    w, draw = world, world.draw
    command, path, cause, count = w.test_command(), w.path(), w.name(), draw.randint(1, 40)
    script = f"reproduce_{draw.choice(_STEMS)}.py"
    runs = draw.random() < 0.3
    reads = draw.random() < 0.4
    known = w.read(path)
    acts: list[Act] = []
    for _ in range(ROUNDS):
        if reads:
            acts.append(known)
        acts.append(w.edit(path, w.code(1), w.code(2)))
        acts.append(
            failed(
                f"python {script}",
                f'Traceback (most recent call last):\n  File "{script}", line {draw.randint(5, 60)}, in <module>\n    run()\n  File '
                f'"{path}", line {draw.randint(5, 400)}, in run\nTypeError: {cause}() takes 2 positional arguments but 3 were given',
            )
            if runs
            else w.test(command, count, 1, cause)
        )
    return len(acts) // ROUNDS, acts


def _revert(world: World) -> tuple[int, list[Act]]:
    w, draw = world, world.draw
    path, one, two, command, count = w.path(), w.code(2), w.code(2), w.test_command(), draw.randint(2, 30)
    whole, tested = draw.random() < 0.4, draw.random() < 0.6
    first, second = w.name(), w.name()
    acts: list[Act] = []
    for _ in range(ROUNDS):
        acts.append(w.write(path, one + "\n" + two) if whole else w.edit(path, one, two))
        if tested:
            acts.append(w.test(command, count, 1, first))
        acts.append(w.write(path, two + "\n" + one) if whole else w.edit(path, two, one))
        if tested:
            acts.append(w.test(command, count, 2, second))
    return len(acts) // ROUNDS, acts


def _denied(world: World) -> tuple[int, list[Act]]:
    w, draw = world, world.draw
    thing = draw.choice(("config/prod.yaml", "/etc/hosts", "data/customers.db", ".git/hooks/pre-commit", "~/.ssh/config"))
    wordings = [
        f"rm -f {thing}",
        f"unlink {thing}",
        f"find . -path '*{thing}' -delete",
        f"python -c \"import os; os.remove('{thing}')\"",
        f"mv {thing} /tmp/gone",
        f"> {thing}",
        f"truncate -s 0 {thing}",
        f"git rm -f {thing}",
        f"perl -e 'unlink \"{thing}\"'",
        f"sh -c 'rm {thing}'",
        f"cp /dev/null {thing}",
        f"node -e \"fs.rmSync('{thing}')\"",
        f"sed -i d {thing}",
        f"tee {thing} < /dev/null",
    ]
    draw.shuffle(wordings)
    acts: list[Act] = []
    looks = draw.random() < 0.4
    for at in range(ROUNDS):
        acts.append(Act("Bash", {"command": wordings[at]}, about=(f"CRD:{thing}", f"STR:{w.word()}")))
        if looks:
            acts.append(bash(f"ls -la {thing}", f"-rw-r--r-- 1 dev dev 812 {thing}"))
    return len(acts) // ROUNDS, acts


def _wander(world: World) -> tuple[int, list[Act]]:
    """The same few looks in any order."""
    known = [_steady(world) for _ in range(6)]
    known = [act for act in known if act.error is None and not act.given.get("command", "").startswith(("touch", "git add"))] or [
        world.read()
    ]
    acts = []
    for _ in range(ROUNDS):
        world.draw.shuffle(known)
        acts.extend(known)
    return len(known), acts


def _interleaved(world: World) -> tuple[int, list[Act]]:
    """One call again and again, with another word to itself in between."""
    call, acts = _steady(world), []
    for _ in range(ROUNDS):
        acts.append(call)
        acts.append(bash(f'echo "{world.word()} {world.word()}" > /dev/null', ""))
    return 2, acts


def _barren(world: World) -> tuple[int, list[Act]]:
    return 1, [world.grep(0) for _ in range(2 * ROUNDS)]


LOOPS: dict[str, Callable[[World], tuple[int, list[Act]]]] = {
    "exact": _cycle(1),
    "ABAB": _cycle(2),
    "ABC": _cycle(3),
    "ABCD": _cycle(4),
    "volatile output": _volatile,
    "varied-argument errors": _varied_errors,
    "edit and test, same failure": _same_failure,
    "edit and revert": _revert,
    "denied and rephrased": _denied,
    "wandering": _wander,
    "one call between others": _interleaved,
    "searches without a hit": _barren,
}
# Signal of LIMITS that sets the threshold of a loop's kind, where it is not three rounds.
THRESHOLDS = {"searches without a hit": 6}


# ---- honest work -------------------------------------------------------------------------------------------------------------------------


def _poll(world: World) -> Iterator[Act]:
    draw = world.draw
    stem, number = draw.choice(_STEMS), draw.randint(10_000, 99_999)
    same, after, command = draw.choice(
        (
            ("in_progress", "completed\tsuccess", f"gh run view {number}"),
            ("* build  pending", "build  pass", f"gh pr checks {number % 900}"),
            (
                f"{stem}-7d9f8b6c5d-x2x4q   0/1   ContainerCreating   0",
                f"{stem}-7d9f8b6c5d-x2x4q   1/1   Running   0",
                f"kubectl get pods -l app={stem}",
            ),
            (
                "Waiting for deployment rollout to finish: 0 of 3 updated",
                "successfully rolled out",
                f"kubectl rollout status deploy/{stem} --timeout=10s",
            ),
            ("compiling...", "done", f"sleep 30; tail -n 5 build-{stem}.log"),
            ('{"status":"starting"}', '{"status":"ok"}', "curl -s http://localhost:8080/health"),
            ("activating", "active", f"systemctl is-active {stem}"),
            (f"{stem}  Up 3 seconds (health: starting)", f"{stem}  Up (healthy)", "docker ps"),
            ("", "ready", f"sleep 10 && cat {stem}.status"),
            ('{"state":"RUNNING"}', '{"state":"DONE"}', f"curl -s https://ci.example.org/api/builds/{number}/status"),
        )
    )
    for _ in range(draw.randint(4, 18)):
        yield bash(command, same)
        if draw.random() < 0.3:
            yield bash(f"sleep {draw.randint(5, 60)}", "")
    yield bash(command, after)


def _background(world: World) -> Iterator[Act]:
    shell = world.hexes(6)
    yield bash("npm run build", "", backgroundTaskId=shell)
    for at in range(world.draw.randint(4, 18)):
        yield Act(
            "BashOutput", {"bash_id": shell}, {"status": "running", "stdout": "" if at % 3 else f"[{at}/40] {world.name()}", "stderr": ""}
        )
    yield Act("BashOutput", {"bash_id": shell}, {"status": "completed", "exitCode": 0, "stdout": "built", "stderr": ""})


def _watched_build(world: World) -> Iterator[Act]:
    for percent in range(3, 100, world.draw.randint(3, 9)):
        yield bash("sleep 20; tail -n 3 build.log", f"[{percent}%] Building CXX object {world.path()}.o\n[{percent}%] {world.name()}")


def _batch_read(world: World) -> Iterator[Act]:
    licence = "\n".join([f"# {world.word()} licensed under the {world.word()} licence {at}" for at in range(12)])
    for at in range(world.draw.randint(15, 45)):
        text = licence + "\n" + world.code(world.draw.randint(8, 40))
        read = world.read(f"{world.root}/src/part{at}.{world.suffix}", text=text)
        yield read._replace(batch=f"msg_{at // 4}") if world.draw.random() < 0.7 else bash(f"cat {world.root}/src/other{at}.py", text)


def _batch_edit(world: World) -> Iterator[Act]:
    old, new = world.code(1), world.code(1)
    how = world.draw.randint(0, 2)
    for at in range(world.draw.randint(10, 40)):
        path = f"{world.root}/src/module{at}/{world.word()}.{world.suffix}"
        if how == 0:
            yield world.edit(path, old, new)
        elif how == 1:
            yield bash(f"sed -i 's/{old[:9]}/{new[:9]}/g' {path}", "")
        else:
            yield Act(
                "str_replace_editor",
                {"command": "str_replace", "path": path, "old_str": old, "new_str": new},
                f"The file {path} has been edited. Review the changes.",
            )


def _rerun(world: World) -> Iterator[Act]:
    command, count = world.test_command(), world.draw.randint(3, 50)
    for _ in range(world.draw.randint(5, 15)):
        yield world.fresh_edit()
        yield world.test(command, count, 0, "")


def _progress(world: World) -> Iterator[Act]:
    command, path, count = world.test_command(), world.path(), world.draw.randint(6, 16)
    for failing in range(count, -1, -1):
        for _ in range(world.draw.randint(1, 2)):
            yield world.fresh_edit(path)
        yield world.test(command, 40 - failing, failing, world.name())


def _research(world: World) -> Iterator[Act]:
    w, draw = world, world.draw
    pages: list[Act] = []
    for at in range(draw.randint(30, 90)):
        kind = draw.randint(0, 5)
        if kind == 0:
            act = Act(
                "WebSearch",
                {"query": f"{w.word()} {w.word()} {w.name()}"},
                {
                    "results": [{"title": w.name(), "url": f"https://x.example/{w.name()}"} for _ in range(5)],
                    "durationSeconds": draw.uniform(0.3, 4),
                },
            )
        elif kind == 1:
            act = Act(
                "WebFetch",
                {"url": f"https://docs.example.org/{w.name()}/{at}", "prompt": "how does it work"},
                {
                    "bytes": draw.randint(500, 90_000),
                    "code": 200,
                    "result": " ".join([w.name() for _ in range(30)]) + "\n" + w.code(6),
                    "durationMs": draw.randint(90, 4000),
                },
            )
        elif kind == 2:
            act = w.grep(draw.randint(1, 9))
        elif kind == 3 and len(pages) > 8:
            act = pages.pop(draw.randint(0, len(pages) - 6))  # a page is looked up again
            yield act
            continue
        elif kind == 4 and draw.random() < 0.3:
            act = w.grep(0)
        else:
            act = w.read()
        pages.append(act)
        pages = pages[-25:]
        yield act


def _retries(world: World) -> Iterator[Act]:
    w, draw = world, world.draw
    for at in range(draw.randint(3, 8)):
        stem, word = draw.choice(_STEMS), w.word()
        kind = draw.randint(0, 3)
        if kind == 0:
            for _ in range(draw.randint(1, 2)):
                yield failed(
                    f"npm install {stem}-{at}",
                    f"npm ERR! code ECONNRESET\nnpm ERR! network request to https://registry.example.org/{stem} failed",
                )
            yield bash(f"npm install {stem}-{at}", f"added {draw.randint(2, 80)} packages in {w.seconds()}")
        elif kind == 1:
            path = w.path()
            yield Act(
                "Edit",
                {"file_path": path, "old_string": w.code(1), "new_string": w.code(1)},
                error="<tool_use_error>String to replace not found in file.</tool_use_error>",
            )
            yield w.read(path)
            yield w.fresh_edit(path)
        elif kind == 2:
            yield failed(f"python {stem}.py", f"python: can't open file '{stem}.py': [Errno 2] No such file or directory", 2)
            yield bash(f"find . -name '{stem}*'", f"./tools/{at}/{stem}.py")
            yield bash(f"python tools/{at}/{stem}.py", f"{w.name()} {at}\n{w.code(2)}")
        else:
            yield failed(f"git push origin {word}-{at}", " ! [rejected] (fetch first)\nerror: failed to push some refs")
            yield bash("git pull --rebase", f"Successfully rebased and updated refs/heads/{word}-{at}.")
            yield bash(f"git push origin {word}-{at}", f"   {w.hexes(7)}..{w.hexes(7)}  {word}-{at} -> {word}-{at}")


def _pages(world: World) -> Iterator[Act]:
    w, draw = world, world.draw
    path, how = w.path(), draw.randint(0, 3)
    for at in range(draw.randint(8, 40)):
        text = w.code(40)
        if how == 0:
            yield w.read(path, text=text, start=at * 40 + 1, offset=at * 40 + 1, limit=40)
        elif how == 1:
            yield bash(f"sed -n '{at * 40 + 1},{at * 40 + 40}p' {path}", text)
        elif how == 2:
            yield bash(
                "scroll_down",
                f"[File: {path} (1800 lines total)]\n" + "\n".join([f"{at * 40 + n}:{line}" for n, line in enumerate(text.split(chr(10)))]),
            )
        else:
            yield bash(
                f"gh api 'repos/acme/{path.rpartition('/')[2]}/issues?page={at}'",
                "\n".join([f"#{draw.randint(1, 9999)} {w.name()}" for _ in range(10)]),
            )


def _parallel_failures(world: World) -> Iterator[Act]:
    """Calls made at once that fail for one cause, cancelled siblings, and a person who says no: none of them is a try of its own."""
    w, draw = world, world.draw
    for round_ in range(draw.randint(2, 4)):
        for at in range(draw.randint(4, 7)):
            how = draw.randint(0, 2)
            batch = f"msg_{round_}"
            if how == 0:
                yield failed(
                    f"curl -s https://{w.word()}.example/{at}", f"curl: (6) Could not resolve host: api{round_}.example", 6
                )._replace(batch=batch)
            elif how == 1:
                yield Act(
                    "Bash",
                    {"command": f"ls {w.word()}{at}"},
                    error="<tool_use_error>Sibling tool call errored</tool_use_error>",
                    batch=batch,
                )
            else:
                yield Act(
                    "Bash",
                    {"command": f"git push {w.word()}"},
                    error="The user doesn't want to proceed with this tool use. The tool use was rejected.",
                    batch=batch,
                )
        yield w.read()
        yield w.fresh_edit()


def _known_failure(world: World) -> Iterator[Act]:
    """One test was broken before; the work goes on in many files, and the whole suite runs after each."""
    command, count, cause = world.test_command(), world.draw.randint(50, 400), world.name()
    for at in range(world.draw.randint(4, 12)):
        if at == 0:
            yield world.test(command, count, 1, cause)
        for _ in range(world.draw.randint(1, 3)):
            yield world.read()
            yield world.fresh_edit()
        yield world.test(command, count + at + 1, 1, cause)


def _commits(world: World) -> Iterator[Act]:
    for _ in range(world.draw.randint(4, 12)):
        path, word = world.path(), world.name()
        yield world.fresh_edit(path)
        yield bash("git status --short", f" M {path}")
        yield bash("git add -A", "")
        yield bash(f"git commit -m 'Change {word}'", f"[main {world.hexes(7)}] Change {word}\n 1 file changed, 3 insertions(+)")


def _proof(world: World) -> Iterator[Act]:
    """A fix is taken out once to see the test fail without it, then put back."""
    command, count = world.test_command(), world.draw.randint(3, 40)
    for _ in range(world.draw.randint(2, 5)):
        path, old, new, cause = world.path(), world.code(1), world.code(2), world.name()
        yield world.read(path)
        yield world.edit(path, old, new)
        yield world.test(command, count, 0, "")
        yield world.edit(path, new, old)
        yield world.test(command, count - 1, 1, cause)
        yield world.edit(path, old, new)
        yield world.test(command, count, 0, "")


def _recall(world: World) -> Iterator[Act]:
    """What was read is read a second time, as after a compaction, and the work goes on."""
    reads = [world.read() for _ in range(world.draw.randint(2, 5))]
    yield from reads
    for _ in range(world.draw.randint(1, 4)):
        yield world.fresh_edit()
    yield from reads
    for _ in range(3):
        yield world.fresh_edit()
        yield world.read()


def _browse(world: World) -> Iterator[Act]:
    w = world
    for at in range(w.draw.randint(10, 30)):
        page = "\n".join([f'- link "{w.name()}" [ref=e{n}]' for n in range(12)])
        yield Act(
            "mcp__playwright__browser_click",
            {"element": "Next", "ref": "e7"},
            [{"type": "text", "text": f"- Page URL: https://shop.example/list?page={at}\n{page}"}],
        )


def _questions(world: World) -> Iterator[Act]:
    w = world
    for _ in range(world.draw.randint(10, 30)):
        yield bash(
            f"psql -c 'select {w.word()}, {w.word()} from {w.draw.choice(_STEMS)} limit 5'",
            "\n".join([f" {w.word()} | {w.draw.randint(1, 9999)}" for _ in range(5)]),
        )


def _set_up(world: World) -> Iterator[Act]:
    w = world
    for at in range(world.draw.randint(8, 25)):
        yield w.draw.choice(
            (
                lambda at=at: bash(f"mkdir -p {w.root}/pkg{at}", ""),
                lambda at=at: bash(f"pip install {w.draw.choice(_STEMS)}-{at}", f"Successfully installed {w.word()}-{at}.0"),
                lambda at=at: bash(f"touch {w.root}/pkg{at}/__init__.py", ""),
                lambda at=at: w.write(f"{w.root}/pkg{at}/{w.word()}.py", w.code(8)),
                lambda at=at: bash(f"cp template.py {w.root}/pkg{at}/main.py", ""),
            )
        )()


BENIGN: dict[str, Callable[[World], Iterator[Act]]] = {
    "poll": _poll,
    "background output": _background,
    "build watched": _watched_build,
    "batch read": _batch_read,
    "batch edit": _batch_edit,
    "rerun after edit": _rerun,
    "edit and test with progress": _progress,
    "long research": _research,
    "retries that succeed": _retries,
    "long listing paged": _pages,
    "parallel failures": _parallel_failures,
    "known failure, other work": _known_failure,
    "many commits": _commits,
    "proof by undoing": _proof,
    "read again later": _recall,
    "pages of a site": _browse,
    "many questions": _questions,
    "setting up": _set_up,
}
