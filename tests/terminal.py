"""Running a command as a person at a terminal does: a pseudo-terminal, and no client among the ancestors.

As a script it is what the second process runs: tests may themselves be started by the client, so it leaves that tree.
"""

import json
import os
import pty
import subprocess
import sys
import time


def at_terminal(words, env, cwd, answer="", seconds=60):
    """(exit code, what the terminal showed). answer: "{word}" stands for the number that the terminal asks for."""
    out = f"{cwd}/.terminal-{os.getpid()}-{time.monotonic_ns()}"
    subprocess.run([sys.executable, "-I", __file__, out, str(cwd), json.dumps(env), answer, *words], check=True, timeout=seconds)
    deadline = time.monotonic() + seconds
    while not os.path.exists(out):
        assert time.monotonic() < deadline, f"{words} did not end"
        time.sleep(0.02)
    with open(out) as file:
        code, text = json.load(file)
    os.unlink(out)
    return code, text


def main(out, cwd, env, answer, *words):
    if os.fork():
        os._exit(0)
    os.setsid()
    child, terminal = pty.fork()
    if not child:
        os.chdir(cwd)
        os.execvpe(words[0], words, json.loads(env))
    shown, answered = b"", not answer
    while True:
        try:
            data = os.read(terminal, 65_536)
        except OSError:
            break
        if not data:
            break
        shown += data
        if not answered and b" type " in shown and shown.rstrip().endswith(b":"):
            word = shown.rpartition(b" type ")[2].partition(b":")[0].decode()
            os.write(terminal, (answer.replace("{word}", word) + "\n").encode())
            answered = True
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(out + ".new", "w") as file:
        json.dump([code, shown.decode(errors="replace").replace("\r\n", "\n")], file)
    os.rename(out + ".new", out)


if __name__ == "__main__":
    main(*sys.argv[1:])
