"""What one tool call costs: whole processes, interleaved on one machine in one run, medians and ratios to the bare interpreter.

    python3 tests/bench/hot_path.py [--runs 60] [--log-mb 100] [--json]

Each hook row is the command that hooks.json registers, run by /bin/sh as the client does, the audit record included. The
bare interpreter is the one the hooks use. A row's ratio is the median over the rounds of its time by the bare
interpreter's time in the same round. Memory is the largest process of the row.
"""

import argparse
import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from support import HOOKS, event, registered

sys.path.insert(0, HOOKS)

SCRIPT = "\n".join(["set -eu", "cd /work/project/src", "name=report", "for part in one two three; do",
                    "  mkdir -p build/$part", "  cat > build/$part/notes.md <<'EOF'",
                    "# Notes", "It's a heredoc with 'quotes', $dollars and `ticks`.", "EOF", "done", "cat <<EOF > build/summary.txt",
                    "Name: $name",
                    "Date: $(date +%F)", "EOF", "if [ -f package.json ]; then", "  npm run lint -- --fix", "  npm test", "else",
                    "  python3 -m pytest -q tests", "fi",
                    "case \"$name\" in", "  report) echo ok ;;", "  *) echo other ;;", "esac", "python3 - <<'PY'", "import json",
                    "data = {'a': 1}",
                    "with open('build/data.json', 'w') as f:", "    json.dump(data, f)", "PY", "grep -rn \"TODO\" . | head -20 || true",
                    "git add -A", "git status --short",
                    "git diff --stat | tail -1", "count=$(ls build | wc -l)", "echo \"made $count folders\"",
                    "[[ $count -gt 2 ]] && echo many",
                    "while read -r line; do", "  echo \"> $line\"", "done < build/summary.txt"])
WRAPPED = ("sudo -u dev env A=1 B=2 nice -n 5 timeout 30 bash -c 'cd sub && for f in a b c; do nohup sh -c \"echo $f\" & done; wait' && "
           "find . -name \"*.py\" -exec grep -l main {} + | xargs -n1 basename && x=$(echo one) && eval \"echo $x\" && "
           "docker exec app sh -lc 'ls /srv' && bash <<'E'\nstdbuf -oL ls | while read l; do command echo \"$l\"; done\nE")
ROWS = [
    ("b", "a tool that is not Bash", event(tool_name="Read", tool_input={"file_path": "/work/project/a.py"}), 1.3),
    ("c", "a plain command", event(tool_input={"command": "ls -la src && git status --short"}), 1.6),
    ("d", "a 40-line script with heredocs", event(tool_input={"command": SCRIPT}), 1.6),
    ("e", "every unwrapping", event(tool_input={"command": WRAPPED}), 2.0),
    ("e2", "a denied command", event(tool_input={"command": "cd /tmp && sudo rm -rf / --no-preserve-root"}), None),
    ("f", "row c with 20 constraints", event(session_id="5e55-20", tool_input={"command": "ls -la src && git status --short"}), 1.6),
    ("f1", "row d with 20 constraints", event(session_id="5e55-20", tool_input={"command": SCRIPT}), None),
    ("f2", "a write they forbid", event(session_id="5e55-20", tool_input={"command": "sed -i s/a/b/ config/prod7.yaml"}), None),
]


def state_twenty(home):
    """Twenty things that a person has stated in the session of rows f: files, tables, branches, commands, hosts."""
    from holdfast.kernel.constraints import in_force, state
    from holdfast.kernel.store import Store
    store = Store(f"{home}/.claude/holdfast", "/work/project")
    if in_force(store, "5e55-20", ""):
        return
    every = [(["write"], "path", f"config/prod{n}.yaml") for n in range(12)] + [(["ddl", "dml"], "table", f"table{n}") for n in range(3)]
    every += [(["push"], "branch", "main"), (["run"], "command", "npm publish"), (["connect"], "host", "api.example.com"), (["install"], "package", "lodash"),
              (["write"], "path", "tests/")]
    items = [{"id": f"C{n}", "text": f"Leave {name} as it is.", "lead": "", "kind": "must-not", "forbids": forbids, "only": False, "targets": [[kind, name]],
              "binds": "all", "turn": 1, "source": "person", "at": "", "cwd": "/work/project", "supersedes": [], "paths": [], "globs": []}
             for n, (forbids, kind, name) in enumerate(every, 1)]
    state(store, "5e55-20", "", {"what": "said", "items": items, "lifts": [], "turn": 1, "source": "person", "at": ""})


def timed(argv, data, env):
    """(wall milliseconds, CPU milliseconds, peak KiB) of one process."""
    with tempfile.TemporaryFile() as stdin:
        stdin.write(data)
        stdin.seek(0)
        before = time.perf_counter()
        actions = [(os.POSIX_SPAWN_DUP2, stdin.fileno(), 0), (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0),
                   (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)]
        pid = os.posix_spawn(argv[0], argv, env, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        wall = (time.perf_counter() - before) * 1000
    assert os.waitstatus_to_exitcode(status) == 0, argv
    return wall, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss


def measure(home, runs):
    """[(key, title, target, walls, cpus, peak)] with the bare interpreter first."""
    env = {"PATH": os.environ["PATH"], "HOME": home, "CLAUDE_PROJECT_DIR": "/work/project", "CLAUDE_CODE_SESSION_ATTENDED": "0"}
    shell = ["/bin/sh", "-c", registered("PreToolUse")]
    for _, _, payload, _ in ROWS:  # bytecode and the interpreter's path are found at the first call
        timed(shell, payload, env)
    with open(f"{home}/.claude/holdfast/interpreter") as file:
        python = file.readline().strip()
    rows = [("a", "python -I -S -c pass", [python, "-I", "-S", "-c", "pass"], b"", None)]
    rows += [(key, title, shell, payload, target) for key, title, payload, target in ROWS]
    state_twenty(home)
    rows += [("p", "the record after the call", ["/bin/sh", "-c", registered("PostToolUse")], event("PostToolUse"), None)]
    if shutil.which("node"):
        rows += [("n", "node -e 0", [shutil.which("node"), "-e", "0"], b"", None)]
    taken = {row[0]: [] for row in rows}
    for round_ in range(runs):
        for counted in glob.glob(f"{home}/.claude/holdfast/projects/*/sessions/*/main/calls"):
            os.unlink(counted)  # no agent makes as many calls in a minute, and a limit that is met is another path
        for key, _, argv, payload, _ in rows if round_ % 2 else rows[::-1]:
            taken[key].append(timed(argv, payload, env))
    return [(key, title, target, [t[0] for t in taken[key]], [t[1] for t in taken[key]], max(t[2] for t in taken[key]))
            for key, title, _, _, target in rows]


def report(title, measured, as_json):
    bare = measured[0][3]
    lines = []
    for key, name, target, walls, cpus, peak in measured:
        ratio = statistics.median(w / b for w, b in zip(walls, bare, strict=True))
        lines.append({"row": key, "what": name, "median_ms": round(statistics.median(walls), 2), "min_ms": round(min(walls), 2),
                      "cpu_ms": round(statistics.median(cpus), 2), "ratio": round(ratio, 2), "target": target,
                      "peak_mib": round(peak / 1024, 1)})
    if as_json:
        print(json.dumps({"title": title, "rows": lines}, indent=1))
        return
    print(f"\n{title}\n     {'what':32} {'median':>8} {'min':>8} {'cpu':>8} {'x bare':>7} {'target':>7} {'memory':>9}")
    for line in lines:
        target = f"{line['target']:.1f}" if line["target"] else ""
        late = " over" if line["target"] and line["ratio"] > line["target"] else ""
        print(f"  {line['row']:2} {line['what']:32} {line['median_ms']:6.2f}ms {line['min_ms']:6.2f}ms {line['cpu_ms']:6.2f}ms "
              f"{line['ratio']:7.2f} {target:>7} {line['peak_mib']:6.1f}MiB{late}")


def grow(home, megabytes):
    """Make the audit log `megabytes` long with real records of one session, 10,000 of them or more."""
    from holdfast.kernel.files import append
    from holdfast.kernel.store import Store
    path = Store(f"{home}/.claude/holdfast", "/work/project").audit
    size = max(200, megabytes * 1_048_576 // 10_000 - 400)
    for i in range(10_000):
        append(path, {"kind": "intent", "session": "5e55-1", "agent": "main", "call": f"toolu_{i}", "input": {"command": "x" * size}})


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=60)
    options.add_argument("--log-mb", type=int, default=0, help="also measure with an audit log of this size and a 10,000-event session")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        report("An empty log", measure(home, given.runs), given.json)
        if given.log_mb:
            grow(home, given.log_mb)
            report(f"A log of {given.log_mb} MB, 10,000 events in the session", measure(home, given.runs), given.json)
    system = subprocess.run(["uname", "-sr"], capture_output=True, text=True).stdout.strip()
    print(f"\n{sys.platform}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {system}"
          if not given.json else "", end="\n" if not given.json else "")


if __name__ == "__main__":
    main()
