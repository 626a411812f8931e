"""What a rule costs: on a line that gives it nothing to do, and on a line that makes it load.

    python3 tests/bench/rule_cost.py [--runs 15] [--json]

Each figure is the median over fresh processes that import the guard as the hook does (quick_import), in microseconds:
"asked" is the time that the whole catalogue takes on `ls -la src`, divided by the number of modules; "load" is the first
import of one module; "judge" is its answer to its own first example.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

HOOKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "hooks")

CHILD = r"""
import sys
sys.path.insert(0, sys.argv[1])
import quick_import
quick_import.install(sys.path.pop(0))
from time import perf_counter_ns as now
from holdfast.guard import asking, catalogue
from holdfast.guard.line import World
from holdfast.guard.shell.understand import understand
world = World("/work/project", "/home/dev", "/work/project", ["/work/project", "/tmp"], "bash", {"HOME": "/home/dev"})
plain = understand("ls -la src", world)
list(asking.findings(plain))
times = []
for _ in range(20):
    start = now()
    list(asking.findings(plain))
    times.append(now() - start)
asked = sorted(times)[10] / 1000 / len(catalogue.MODULES)
rows = []
for name, _ in catalogue.MODULES:
    start = now()
    module = __import__("holdfast.guard." + name, fromlist=("RULE",))
    loaded = (now() - start) / 1000
    rules = module.PACK.patterns if hasattr(module, "PACK") else (module.RULE,)
    try:
        line = understand(rules[0].blocks[0], world)
    except Exception:  # an example that cannot be read has no Line to be judged
        rows.append((name, len(rules), loaded, 0.0))
        continue
    start = now()
    list(module.PACK.findings(line) if hasattr(module, "PACK") else module.RULE.check(line))
    rows.append((name, len(rules), loaded, (now() - start) / 1000))
print(repr((asked, rows)))
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        argv = [sys.executable, "-I", "-S", "-X", f"pycache_prefix={cache}", "-c", CHILD, os.path.realpath(HOOKS)]
        found = [eval(subprocess.run(argv, capture_output=True, text=True, check=True).stdout, {}) for _ in range(given.runs + 1)][1:]
    asked = statistics.median(one[0] for one in found)
    rows = [(name, count, statistics.median(one[1][i][2] for one in found), statistics.median(one[1][i][3] for one in found))
            for i, (name, count, _, _) in enumerate(found[0][1])]
    total = sum(count for _, count, _, _ in rows)
    if given.json:
        print(json.dumps({"asked_us": asked, "rules": total, "modules": [dict(zip(("module", "rules", "load_us", "judge_us"), r, strict=True)) for r in rows]}))
        return
    print(f"{total} rules in {len(rows)} modules. On a line that gives none of them anything to do: {asked:.2f} us a module.\n")
    print(f"{'module':48} {'rules':>5} {'load':>8} {'judge':>8}   us")
    for name, count, load, judge in rows:
        print(f"{name:48} {count:5} {load:8.0f} {judge:8.0f}")
    print(f"{'median':48} {'':5} {statistics.median(r[2] for r in rows):8.0f} {statistics.median(r[3] for r in rows):8.0f}")
    print(f"one more pattern in a pack that is loaded anyway: about {statistics.median(r[2] / r[1] for r in rows if r[1] > 3):.0f} us")


main()
