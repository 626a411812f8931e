"""What the worst inputs cost: CPU time (best of three) and peak memory to judge each, beyond what starting Python costs.

    python3 tests/bench/worst_cases.py [--json] [--only WORD]

Each case is decided in a process of its own. Above the bound of 100 ms the table says so, and the exit code is 1; a text that is too
much to follow must be refused by STR001 within that time.
"""

import argparse
import json
import os
import subprocess
import sys
import time

HOOKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "hooks")
BOUND = 0.100  # seconds of CPU
WORDS = " ".join(f"word{i}" for i in range(12_000))
CASES = {
    "100 KB of commands": "echo hello world; " * 5600,
    "100 KB of different commands": "".join(f"prog{i} --flag{i} file{i}.txt; " for i in range(2900)),
    "100 KB of words": "echo " + WORDS,
    "100 KB in quotes": "echo '" + "x " * 50_000 + "'",
    "100 KB of variables": "echo " + "$x" * 50_000,
    "100 KB of semicolons": "true;" * 20_000,
    "100 KB of pipes": "cat a|" * 16_000 + "cat",
    "100 KB of and": "ls a && " * 12_500 + "ls",
    "many fetches": "curl -s https://example.com/a | jq . | head; " * 300,
    "100 KB of hashes": "echo a" + "#" * 100_000,
    "many comments": "ls # b\n" * 12_000,
    "many addresses": "echo " + "http://1.2.3.4/a " * 6000,
    "100 KB heredoc": "cat > f <<'E'\n" + "line of text\n" * 8000 + "E",
    "100 KB heredoc into a shell": "bash <<'E'\n" + "echo line\n" * 10_000 + "E",
    "100 KB heredoc, written and run": "cat > f <<'E'\n" + "echo line\n" * 10_000 + "E\nsh f",
    "100 KB heredoc with variables": "cat <<E\n" + "a $x b\n" * 14_000 + "E",
    "many heredocs": "cat <<E\nx\nE\n" * 6000,
    "1,000 nested substitutions": "echo " + "$(echo " * 1000 + "x" + ")" * 1000,
    "1,000 nested groups": "{ " * 1000 + "ls; " + "}; " * 1000,
    "1,000 nested subshells": "(" * 1000 + "ls" + ")" * 1000,
    "1,000 nested ifs": "if a; then " * 1000 + "b" + "; fi" * 1000,
    "1,000 nested defaults": "echo " + "${a:-" * 1000 + "x" + "}" * 1000,
    "1,000 nested sums": "echo $((" + "(" * 1000 + "1" + ")" * 1000 + "))",
    "nested bash -c": "bash -c \"" * 11 + "ls" + "\"" * 11,
    "20,000 open quotes": "echo " + "'\"" * 20_000,
    "50,000 backticks": "echo " + "`" * 50_000,
    "50,000 open parentheses": "(" * 50_000,
    "50,000 dollars": "echo " + "$" * 50_000,
    "50,000 open braces": "echo " + "{" * 50_000,
    "brace product": "echo " + "{a,b}" * 20,
    "brace words": "echo " + "{a,b,c,d}{e,f,g,h} " * 500,
    "brace sequences": "echo " + "{1..100} " * 200,
    "long brace sequence": "echo {1..100000}",
    "open brace list": "echo " + "{a," * 10_000,
    "closed brace list": "echo " + "{," * 5000 + "}" * 5000,
    "nested loops": "".join(f"for {c} in 1 2 3 4 5 6 7 8 9; do " for c in "abcdef") + "x $a;" + " done;" * 6,
    "nested unknown loops": "while x; do y=$y$z; " * 14 + "x;" + " done;" * 14,
    "loops in a row": "for i in 1 2 3 4 5 6 7 8; do echo $i; done;" * 1000,
    "a loop over many words": "for i in " + WORDS + "; do echo $i; done",
    "a loop over many lines": "while read x; do echo $x; done <<E\n" + "a b\n" * 20_000 + "E",
    "loops that read": "while read x; do $x; done <<E\nls\npwd\nE\n" * 1000,
    "reads": "read a b c <<< 'x y z';" * 3000,
    "mapfile": "mapfile -t a <<E\n" + "a\n" * 30_000 + "E\n\"${a[@]}\"",
    "doubling text": "x=aaaaaaaaaa;" + "x=$x$x;" * 200 + "echo $x",
    "doubling unknowns": "x=a$y;" + "x=$x$x;" * 200 + "echo $x",
    "doubling arrays": "a=(1 2);" + 'a=("${a[@]}" "${a[@]}");' * 60 + 'echo "${a[@]}"',
    "functions that call twice": "".join(f"f{i}() {{ f{i + 1}; f{i + 1}; }};" for i in range(30)) + "f30() { x; }; f0",
    "many functions": "".join(f"f{i}() {{ ls {i}; }};" for i in range(3000)),
    "many traps": "trap 'ls' EXIT;" * 5000,
    "many aliases": "".join(f"alias a{i}='ls -la';" for i in range(3000)),
    "patterns": 'x="' + "a" * 99 + '";' + "echo ${x//*a*a*a*b/bb};" * 3000,
    "cuts": 'x="' + "a" * 60_000 + '";' + "echo ${x##*b};" * 1000,
    "sums": "((x=x+1));" * 8000,
    "a long sum": "echo $((" + "1+" * 30_000 + "1))",
    "power": "echo $((2**999999999))",
    "exports": "".join(f"export v{i}=1;" for i in range(3000)) + "ls;" * 1500,
    "branches over many variables": "".join(f"v{i}=x{i};" for i in range(4000)) + "if a; then v1=2; fi;" * 1000,
    "case with many arms": "case $x in " + "".join(f"a{i}) v=b{i};; " for i in range(5000)) + "esac",
    "holes": 'bash -c "' + "echo $x;" * 5000 + '"',
    "xargs with many items": "echo " + "a " * 30_000 + "| xargs -n1 rm",
    "find with many actions": "find . " + "-exec a {} \\; " * 5000,
    "one file written often": "echo x >> f;" * 5000 + "sh f",
    "many files written": "".join(f"echo x > f{i};" for i in range(4000)) + "sh f1",
    "files that grow": "echo x > a;" + "cat a a > b; cat b b > a;" * 40 + "sh a",
    "files that run each other": "".join(f"echo 'sh f{i + 1}; sh f{i + 1}' > f{i};" for i in range(20)) + "sh f0",
    "files run often": "echo ls > f;" + "sh f;" * 5000,
    "fifos": "mkfifo p;" + "cat p | sh > p;" * 1500,
    "decoding": "echo " + "bHM=" * 16_000 + " | base64 -d | sh",
    "decoding often": "echo bHM= | base64 -d | sh;" * 2500,
    "decoders in a row": "echo x" + " | rev" * 10_000,
    "filters over much": "echo '" + "ab " * 20_000 + "'" + " | tr a b | sed s/a/b/g | cut -c1-" * 8 + "",
    "globbed programs": "/???/r? x;" * 4000,
    "eval of eval": "x='eval \"$x\"'; eval \"$x\"",
    "evals": "eval 'ls a';" * 5000,
    "texts in variables": "x='rm -rf build'; $x;" * 4000,
    "hostile bytes": "echo " + "\u202e\u200b\u00e9\ufeff" * 20_000,
    "control characters": "echo " + "\x01\x02\x1b[0m" * 15_000,
    "nul characters": "echo " + "\0" * 50_000,
    "half characters": "echo " + "\ud800" * 50_000,
    "python code": "python3 -c '" + "import os; os.system(\"ls\"); " * 3500 + "'",
    "python heredoc": "python3 <<'E'\n" + "x = [i for i in range(10)]\n" * 3800 + "E",
    "sed script": "sed '" + "s/a/b/;" * 14_000 + "' f",
    "awk script": "awk '{" + "print $1; " * 10_000 + "}' f",
    "jq script": "jq '" + ".a | " * 18_000 + ".b' f",
    "options": "git " + "-c a.b=c " * 10_000 + "status",
    "paths": "rm " + "/tmp/a/../b " * 8000,
    "deep paths": "rm /tmp" + "/a/.." * 15_000,
    "unknown paths": "rm -rf " + "$x/a " * 15_000,
    "curl words": "curl " + "-H 'a: b' " * 9000 + "https://example.com",
    "sudo upon sudo": "sudo " * 20_000 + "ls",
    "env upon env": "env A=1 " * 12_000 + "ls",
}


def measured(name):
    """{"cpu": seconds, "peak": MB, "decision": ...} of a case, in a process of its own."""
    done = subprocess.run([sys.executable, "-I", "-S", os.path.abspath(__file__), "--case", name], capture_output=True, text=True, timeout=300)
    return json.loads(done.stdout) if done.returncode == 0 else {"cpu": 0, "peak": 0, "decision": "crash", "why": done.stderr.strip()[-200:]}


def one(name):
    import resource
    sys.path.insert(0, HOOKS)
    from holdfast.guard.decide import decide
    from holdfast.guard.line import World
    levels = {"rules": {}, "tighten": {}}

    def judged(text):
        world = World("/work/project", "/home/dev", "/work/project", ["/work/project", "/tmp"], "bash", {"HOME": "/home/dev"})
        return decide(text, world, levels, False)

    judged("ls")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best, verdict = 99.0, None
    for _ in range(3):
        start = time.process_time()
        verdict = judged(CASES[name])
        best = min(best, time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({"cpu": best, "peak": peak / 1024, "decision": verdict.decision, "why": verdict.reason[:60]}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.case:
        one(options.case)
        return 0
    found = {name: measured(name) for name in CASES if options.only in name}
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        print(f"{'case':36} {'CPU ms':>8} {'+MB':>6}  answer")
        for name, row in sorted(found.items(), key=lambda pair: -pair[1]["cpu"]):
            slow = " SLOW" if row["cpu"] > BOUND else ""
            print(f"{name:36} {row['cpu'] * 1000:8.1f} {row['peak']:6.1f}  {row['decision'] or 'passes'} {row['why']}{slow}")
    return 1 if not found or any(row["cpu"] > BOUND or row["decision"] == "crash" for row in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
