"""What Holdfast adds to a Bash call in the real client: scripted sessions with and without it in turn, by hand.

    python3 tests/bench/client_cost.py [--calls 100] [--rounds 4]

A call's time is the time from one request of the client to the next: the hooks, the command and the client's own work.
Sessions with and without Holdfast alternate, so that a busy machine slows both. p10 is close to an idle machine.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "hooks"), str(Path(__file__).resolve().parents[1] / "client")]

import conftest as lab  # noqa: E402

from holdfast.canary.client import NoClient, find, scratch_folder  # noqa: E402
from holdfast.canary.model import call, turn  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=100, help="calls of each kind in all (default: 100)")
    parser.add_argument("--rounds", type=int, default=4, help="sessions of each kind they are spread over (default: 4)")
    parser.add_argument("--command", default="echo {}", help="the command, {} being its number (default: echo {})")
    options = parser.parse_args()
    try:
        client = find()
    except NoClient as missing:
        sys.exit(str(missing))
    with tempfile.TemporaryDirectory(prefix="source-", dir=scratch_folder(drop=os.geteuid() == 0)) as folder:
        os.chmod(folder, 0o755)
        lab.copy_repository(Path(folder))
        bench = lab.InstalledBench(client, Path(folder))
        with bench.bare() as bare, bench.guarded() as guarded:
            # Counted, and never met: a call that is held back would be measured for its wait.
            guarded.write(guarded.config / "holdfast.json", {"rate": {"calls": 100_000}})
            kinds = {"without": bare, "with Holdfast": guarded}
            times = {kind: [] for kind in kinds}
            for sandbox in kinds.values():
                session(sandbox, options.command, 3)  # bytecode and caches are there from now on
            for _ in range(options.rounds):
                for kind, sandbox in kinds.items():
                    times[kind] += session(sandbox, options.command, options.calls // options.rounds)
    print(f"{len(times['without'])} Bash calls of each kind, milliseconds per call, load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':<16}{'p10':>8}{'p50':>8}{'p95':>8}")
    for kind, values in times.items():
        print(f"{kind:<16}" + "".join(f"{percentile(values, part):8.1f}" for part in (10, 50, 95)))
    added = [percentile(times["with Holdfast"], part) - percentile(times["without"], part) for part in (10, 50, 95)]
    print(f"{'added':<16}" + "".join(f"{value:8.1f}" for value in added))


def session(sandbox, command, calls):
    """Milliseconds of each call. A call that did not run would make the figures worthless, so that is an error."""
    made = [call("Bash", command=command.format(number)) for number in range(calls)]
    run = sandbox.run([turn(one) for one in made], timeout=60 + calls)
    results = run.results()
    for one in made:
        told = results.get(one["id"])
        if told is None or told.is_error:
            sys.exit(f"`{one['input']['command']}` did not run: {told.text if told else run.stderr[-300:]}")
    at = [request.at for request in run.of("main")]
    return [1000 * (after - before) for before, after in zip(at, at[1:], strict=False)]


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, len(values) * part // 100)]


if __name__ == "__main__":
    main()
