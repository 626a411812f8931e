"""Programs that run other programs or code: one case per wrapper, shell and interpreter, with near misses."""

import pytest
from test_understand import cases, line, shown, text_of

from holdfast.guard.line import Arg, Command
from holdfast.guard.shell.interpreters import INTERPRETERS
from holdfast.guard.shell.launchers import LAUNCHERS, SHELLS
from holdfast.guard.shell.prefixes import PREFIXES
from holdfast.guard.shell.wrappers import _NAMES, look

# id, text, the commands, the codes
RUNS = [
    ("sudo", "sudo -u bob -E A=1 rm -rf /", ["sudo -u bob -E A=1 rm -rf /", "sudo > rm -rf / (root)"], []),
    ("sudo with --", "sudo -- rm x", ["sudo -- rm x", "sudo > rm x (root)"], []),
    ("sudo lists", "sudo -l", ["sudo -l"], []),
    ("sudo -i", "sudo -i rm x", ["sudo -i rm x", "sudo > rm x (root)"], []),
    ("doas", "doas -u a rm x", ["doas -u a rm x", "doas > rm x (root)"], []),
    ("pkexec", "pkexec --user a rm x", ["pkexec --user a rm x", "pkexec > rm x (root)"], []),
    ("su -c", "su -c 'rm x' bob", ["su -c 'rm x' bob", "su > rm x (root)"], ["sh argument: rm x"]),
    (
        "su - user -c",
        "su - bob -c 'cd; rm x'",
        ["su - bob -c 'cd; rm x'", "su - > cd @None (root)", "su - > rm x @None (root)"],
        ["sh argument: cd; rm x"],
    ),
    ("runuser -u", "runuser -u bob -- rm x", ["runuser -u bob -- rm x", "runuser > rm x (root)"], []),
    ("runuser -c", "runuser bob -c 'rm x'", ["runuser bob -c 'rm x'", "runuser > rm x (root)"], ["sh argument: rm x"]),
    ("env", "env -i A=1 B=2 rm x", ["env -i A=1 B=2 rm x", "env -i > rm x"], []),
    ("env -u", "A=1 env -u A rm x", ["env -u A rm x", "env > rm x"], []),
    ("env -S", "env -S 'A=1 rm -rf' x", ["env -S 'A=1 rm -rf' x", "env > rm -rf x"], []),
    ("env -C", "env -C /etc rm x", ["env -C /etc rm x", "env > rm x @/etc"], []),
    ("env alone", "env A=1", ["env A=1"], []),
    ("nice", "nice -n 5 rm x", ["nice -n 5 rm x", "nice > rm x"], []),
    ("nice -5", "nice -5 rm x", ["nice -5 rm x", "nice > rm x"], []),
    ("ionice", "ionice -c 3 -n 1 rm x", ["ionice -c 3 -n 1 rm x", "ionice > rm x"], []),
    ("nohup", "nohup rm x &", ["nohup rm x", "nohup > rm x"], []),
    ("timeout", "timeout -s KILL --kill-after=5 10 rm x", ["timeout -s KILL --kill-after=5 10 rm x", "timeout > rm x"], []),
    ("timeout of unknown length", "timeout $T rm x", ["timeout <$T>* rm x", "timeout > rm x ..."], []),
    ("setsid", "setsid -w rm x", ["setsid -w rm x", "setsid > rm x"], []),
    ("stdbuf", "stdbuf -oL rm x", ["stdbuf -oL rm x", "stdbuf > rm x"], []),
    ("time", "command time -f %e rm x", ["command time -f %e rm x", "command > time -f %e rm x", "command > time > rm x"], []),
    ("command", "command -p rm x", ["command -p rm x", "command > rm x"], []),
    ("command -v", "command -v rm", ["command -v rm"], []),
    ("builtin", "builtin cd /tmp; mark", ["builtin cd /tmp", "builtin > cd /tmp", "mark @/tmp"], []),
    ("command cd", "command cd /tmp; mark", ["command cd /tmp", "command > cd /tmp", "mark @/tmp"], []),
    ("exec -a", "exec -a y rm x", ["exec -a y rm x", "exec > rm x"], []),
    ("noglob", "noglob rm x", ["noglob rm x", "noglob > rm x"], []),
    (
        "chain",
        "sudo nice -n 3 env A=1 timeout 5 rm x",
        [
            "sudo nice -n 3 env A=1 timeout 5 rm x",
            "sudo > nice -n 3 env A=1 timeout 5 rm x (root)",
            "sudo > nice > env A=1 timeout 5 rm x (root)",
            "sudo > nice > env > timeout 5 rm x (root)",
            "sudo > nice > env > timeout > rm x (root)",
        ],
        [],
    ),
    ("xargs", "ls | xargs -0 -n 5 rm -f", ["ls", "xargs -0 -n 5 rm -f", "xargs > rm -f ..."], []),
    ("xargs -I", "ls | xargs -I{} rm -rf ./{}", ["ls", "xargs -I{} rm -rf ./{}", "xargs > rm -rf ./<{}>"], []),
    (
        "xargs -I%",
        "ls | xargs -I % sh -c 'rm %'",
        ["ls", "xargs -I % sh -c 'rm %'", "xargs > sh -c 'rm <%>'", "xargs > sh -c > rm <%>*"],
        ["sh argument: rm <%>"],
    ),
    ("xargs known", "echo a b c | xargs -n2 rm", ["echo a b c", "xargs -n2 rm", "xargs > rm a b", "xargs > rm c"], []),
    (
        "xargs known -I",
        "printf '%s\\n' a 'b c' | xargs -I{} rm {}/x",
        ["printf %s\\n a 'b c'", "xargs -I{} rm {}/x", "xargs > rm a/x", "xargs > rm 'b c/x'"],
        [],
    ),
    ("xargs alone", "ls | xargs", ["ls", "xargs", "xargs > echo ..."], []),
    (
        "xargs sh -c",
        "ls | xargs sh -c 'rm \"$@\"' _",
        ["ls", "xargs sh -c 'rm \"$@\"' _", "xargs > sh -c 'rm \"$@\"' _ ...", "xargs > sh -c > rm <$@>* ..."],
        ['sh argument: rm "$@"'],
    ),
    ("parallel", "parallel rm {} ::: a b", ["parallel rm {} ::: a b", "parallel > rm <a|b>*"], []),
    ("parallel appends", "parallel -j 4 rm -f ::: a b", ["parallel -j 4 rm -f ::: a b", "parallel > rm -f <a|b>*"], []),
    ("parallel stdin", "ls | parallel rm", ["ls", "parallel rm", "parallel > rm <{}>* ..."], []),
    ("watch", "watch -n 1 'ls; rm x'", ["watch -n 1 'ls; rm x'", "watch > ls", "watch > rm x"], []),
    ("watch words", "watch rm x", ["watch rm x", "watch > rm x"], []),
    (
        "find -exec",
        "find . -name a -exec rm -f {} \\; -exec sh -c 'cat {}' \\;",
        [
            "find . -name a -exec rm -f {} ; -exec sh -c 'cat {}' ;",
            "find -exec > rm -f <{}>",
            "find -exec > sh -c 'cat <{}>'",
            "find -exec > sh -c > cat <{}>*",
        ],
        ["sh argument: cat <{}>"],
    ),
    ("find +", "find . -execdir rm {} +", ["find . -execdir rm {} +", "find -execdir > rm <{}> ... @None"], []),
    ("find without", "find . -delete", ["find . -delete"], []),
    ("fd", "fd -e o -x rm", ["fd -e o -x rm", "fd -x > rm <{}>"], []),
    ("flock", "flock /tmp/l rm x", ["flock /tmp/l rm x", "flock > rm x"], []),
    ("flock -c", "flock -n /tmp/l -c 'rm x'", ["flock -n /tmp/l -c 'rm x'", "flock -c > rm x"], ["sh argument: rm x"]),
    ("strace", "strace -f -o out rm x", ["strace -f -o out rm x", "strace > rm x"], []),
    ("ltrace", "ltrace -e open rm x", ["ltrace -e open rm x", "ltrace > rm x"], []),
    ("script -c", "script -q -c 'rm x' /dev/null", ["script -q -c 'rm x' /dev/null", "script -c > rm x"], ["sh argument: rm x"]),
    ("script bsd", "script -q /dev/null rm x", ["script -q /dev/null rm x", "script > rm x"], []),
    (
        "ssh",
        "ssh -p 22 -i k me@host rm -rf '$HOME/x'",
        ["ssh -p 22 -i k me@host rm -rf $HOME/x", "ssh > rm -rf <$HOME>/x* @None"],
        ["sh argument: rm -rf $HOME/x"],
    ),
    (
        "ssh quoted",
        "ssh host 'cd /tmp && rm x'",
        ["ssh host 'cd /tmp && rm x'", "ssh > cd /tmp @None", "ssh > rm x @/tmp"],
        ["sh argument: cd /tmp && rm x"],
    ),
    ("ssh stdin", "ssh host <<'E'\nrm x\nE", ["ssh host", "ssh > rm x @None"], ["sh stdin: rm x\n"]),
    (
        "ssh proxy",
        "ssh -o ProxyCommand='sh -c \"rm x\"' host",
        ["ssh -o 'ProxyCommand=sh -c \"rm x\"' host", "ssh -o ProxyCommand > sh -c 'rm x'", "ssh -o ProxyCommand > sh -c > rm x"],
        ["sh argument: rm x"],
    ),
    ("ssh alone", "ssh -L 1:b:2 host", ["ssh -L 1:b:2 host"], []),
    (
        "docker exec",
        "docker exec -it -u root web rm -rf /data",
        ["docker exec -it -u root web rm -rf /data", "docker exec > rm -rf /data @None"],
        [],
    ),
    (
        "docker run",
        "docker run --rm -v /:/host -e A=1 alpine:3 sh -c 'rm x'",
        ["docker run --rm -v /:/host -e A=1 alpine:3 sh -c 'rm x'", "docker run > sh -c 'rm x' @None", "docker run > sh -c > rm x @None"],
        ["sh argument: rm x"],
    ),
    (
        "docker entrypoint",
        "docker run --entrypoint sh img -c 'rm x'",
        ["docker run --entrypoint sh img -c 'rm x'", "docker run > sh -c 'rm x' @None", "docker run > sh -c > rm x @None"],
        ["sh argument: rm x"],
    ),
    ("docker compose", "docker compose -f a.yml exec db rm x", ["docker compose -f a.yml exec db rm x", "docker exec > rm x @None"], []),
    ("docker ps", "docker ps -a", ["docker ps -a"], []),
    ("podman", "podman run img rm x", ["podman run img rm x", "docker run > rm x @None"], []),
    ("kubectl exec", "kubectl -n ns exec pod -c main -- rm x", ["kubectl -n ns exec pod -c main -- rm x", "kubectl exec > rm x @None"], []),
    (
        "kubectl run",
        "kubectl run tmp --image=busybox --rm -it -- rm x",
        ["kubectl run tmp --image=busybox --rm -it -- rm x", "kubectl run > rm x @None"],
        [],
    ),
    ("kubectl get", "kubectl get pods", ["kubectl get pods"], []),
    ("nix-shell", "nix-shell -p x --run 'rm x'", ["nix-shell -p x --run 'rm x'", "nix-shell > rm x"], ["sh argument: rm x"]),
    ("chroot", "chroot --userspec=a /mnt rm x", ["chroot --userspec=a /mnt rm x", "chroot > rm x @None (root)"], []),
    ("unshare", "unshare -r -m rm x", ["unshare -r -m rm x", "unshare > rm x"], []),
    ("nsenter", "nsenter -t 1 -m -u rm x", ["nsenter -t 1 -m -u rm x", "nsenter > rm x @None (root)"], []),
    ("systemd-run", "systemd-run --user -p A=b --unit u rm x", ["systemd-run --user -p A=b --unit u rm x", "systemd-run > rm x @None"], []),
    ("busybox", "busybox rm x", ["busybox rm x", "busybox > rm x"], []),
    (
        "busybox sh",
        "busybox sh -c 'rm x'",
        ["busybox sh -c 'rm x'", "busybox > sh -c 'rm x'", "busybox > sh -c > rm x"],
        ["sh argument: rm x"],
    ),
    ("toybox", "toybox rm x", ["toybox rm x", "toybox > rm x"], []),
    ("caffeinate", "caffeinate -i -t 5 rm x", ["caffeinate -i -t 5 rm x", "caffeinate > rm x"], []),
    ("unbuffer", "unbuffer rm x", ["unbuffer rm x", "unbuffer > rm x"], []),
    ("faketime", "faketime '2020-01-01' rm x", ["faketime 2020-01-01 rm x", "faketime > rm x"], []),
    (
        "ld.so",
        "/lib64/ld-linux-x86-64.so.2 --library-path /l /bin/rm x",
        ["/lib64/ld-linux-x86-64.so.2 --library-path /l /bin/rm x", "ld.so > /bin/rm x"],
        [],
    ),
    ("taskset", "taskset -c 0 rm x", ["taskset -c 0 rm x", "taskset > rm x"], []),
    ("chrt", "chrt -f 5 rm x", ["chrt -f 5 rm x", "chrt > rm x"], []),
    ("firejail", "firejail --net=none rm x", ["firejail --net=none rm x", "firejail > rm x"], []),
    (
        "bwrap",
        "bwrap --ro-bind / / --dev /dev --unshare-all rm x",
        ["bwrap --ro-bind / / --dev /dev --unshare-all rm x", "bwrap > rm x @None"],
        [],
    ),
    ("proot", "proot -r /x rm y", ["proot -r /x rm y", "proot > rm y"], []),
    ("uv run", "uv run --with x python a.py", ["uv run --with x python a.py", "uv run > python a.py"], ["python file: a.py"]),
    ("poetry", "poetry run rm x", ["poetry run rm x", "poetry run > rm x"], []),
    ("npx -c", "npx -c 'rm x'", ["npx -c 'rm x'", "npx > rm x"], []),
    ("npm exec", "npm exec -- rm x", ["npm exec -- rm x", "npm exec > rm x"], []),
    ("conda run", "conda run -n e rm x", ["conda run -n e rm x", "conda run > rm x"], []),
    ("bundle exec", "bundle exec rm x", ["bundle exec rm x", "bundle exec > rm x"], []),
    ("direnv", "direnv exec . rm x", ["direnv exec . rm x", "direnv exec > rm x"], []),
    ("mise", "mise exec -- rm x", ["mise exec -- rm x", "mise > rm x"], []),
    ("hyperfine", "hyperfine 'rm x' 'ls'", ["hyperfine 'rm x' ls", "hyperfine > rm x", "hyperfine > ls"], []),
    ("tmux", "tmux new-session -d -s a 'rm x'", ["tmux new-session -d -s a 'rm x'", "tmux new-session > rm x"], []),
    ("tmux other", "tmux ls", ["tmux ls"], []),
    ("tmux send-keys", "tmux send-keys -t a 'rm x' Enter", ["tmux send-keys -t a 'rm x' Enter", "tmux send-keys > rm x"], []),
    ("at", "echo 'rm x' | at now", ["echo 'rm x'", "at now", "at > rm x"], ["sh stdin: rm x\n"]),
    ("git bisect", "git bisect run rm x", ["git bisect run rm x", "git bisect run > rm x"], []),
    ("git submodule", "git submodule foreach 'rm x'", ["git submodule foreach 'rm x'", "git submodule foreach > rm x @None"], []),
    ("git rebase", "git rebase -i --exec 'rm x' main", ["git rebase -i --exec 'rm x' main", "git rebase --exec > rm x"], []),
    ("git", "git -c core.pager=x log", ["git -c core.pager=x log", "git -c core.pager > x"], []),
    (
        "rsync -e",
        "rsync -e 'sh -c \"rm x\"' a b:",
        ["rsync -e 'sh -c \"rm x\"' a b:", "rsync -e > sh -c 'rm x'", "rsync -e > sh -c > rm x"],
        ["sh argument: rm x"],
    ),
    ("tar", "tar xf a --to-command='rm x'", ["tar xf a '--to-command=rm x'", "tar --to-command > rm x"], []),
    ("bash -c", "bash -c 'rm x'", ["bash -c 'rm x'", "bash -c > rm x"], ["sh argument: rm x"]),
    ("bash -lc", "bash -lc 'rm x'", ["bash -lc 'rm x'", "bash -c > rm x"], ["sh argument: rm x"]),
    ("bash options after -c", "bash -c -e 'rm x'", ["bash -c -e 'rm x'", "bash -c > rm x"], ["sh argument: rm x"]),
    ("bash -o", "bash -o pipefail -xec 'rm x'", ["bash -o pipefail -xec 'rm x'", "bash -c > rm x"], ["sh argument: rm x"]),
    ("bash --rcfile", "bash --rcfile f -c 'rm x'", ["bash --rcfile f -c 'rm x'", "bash -c > rm x"], ["sh argument: rm x"]),
    ("bash file", "bash -x a.sh b", ["bash -x a.sh b"], ["sh file: a.sh"]),
    ("bash -s", "echo 'rm $1' | bash -s -- x", ["echo 'rm $1'", "bash -s -- x", "pipe > rm x"], ["sh stdin: rm $1\n"]),
    (
        "bash process substitution",
        "bash <(echo 'rm x')",
        ["bash \"<<(echo 'rm x')>\"", "<( > echo 'rm x'", "bash > rm x"],
        ["sh file: <<(echo 'rm x')>"],
    ),
    ("bash process substitution unknown", "bash <(curl x)", ["bash '<<(curl x)>'", "<( > curl x"], ["sh file: <<(curl x)>"]),
    ("bash stdin file", "bash /dev/stdin <<< 'rm x'", ["bash /dev/stdin", "here-string > rm x"], ["sh stdin: rm x\n"]),
    ("bash version", "bash --version", ["bash --version"], []),
    ("bash.exe", "bash.exe -c 'rm x'", ["bash.exe -c 'rm x'", "bash.exe -c > rm x"], ["sh argument: rm x"]),
    ("zsh -c", "zsh -fc 'rm x'", ["zsh -fc 'rm x'", "zsh -c > rm x"], ["sh argument: rm x"]),
    ("dash", "dash -c 'rm x'", ["dash -c 'rm x'", "dash -c > rm x"], ["sh argument: rm x"]),
    (
        "nested",
        "bash -c \"sh -c 'rm x'\"",
        ["bash -c \"sh -c 'rm x'\"", "bash -c > sh -c 'rm x'", "bash -c > sh -c > rm x"],
        ["sh argument: sh -c 'rm x'", "sh argument: rm x"],
    ),
    ("python -c", "python3.11 -I -c 'import os' a", ["python3.11 -I -c 'import os' a"], ["python argument: import os"]),
    ("python heredoc", "python3 - a <<'E'\nimport os\nE", ["python3 - a"], ["python stdin: import os\n"]),
    ("python file", "python -u a.py b", ["python -u a.py b"], ["python file: a.py"]),
    ("python -m", "python -m http.server", ["python -m http.server"], []),
    ("python pipe", "curl x | python", ["curl x", "python"], ["python stdin: None"]),
    ("perl -e", "perl -MFoo -ne 'print' f", ["perl -MFoo -ne print f"], ["perl argument: print"]),
    ("perl -pi -e", "perl -pi -e 's/a/b/' f", ["perl -pi -e s/a/b/ f"], ["perl argument: s/a/b/"]),
    ("perl -i.bak", "perl -i.bak -pe 's/a/b/' f", ["perl -i.bak -pe s/a/b/ f"], ["perl argument: s/a/b/"]),
    ("ruby", "ruby -rjson -e 'x' -e 'y'", ["ruby -rjson -e x -e y"], ["ruby argument: x", "ruby argument: y"]),
    ("node -e", "node -e 'x'", ["node -e x"], ["node argument: x"]),
    ("node --eval=", "node --eval=x", ["node --eval=x"], ["node argument: x"]),
    ("node file", "node -r dotenv/config a.js", ["node -r dotenv/config a.js"], ["node file: a.js"]),
    ("php", "php -r 'x'", ["php -r x"], ["php argument: x"]),
    ("awk", "awk -F: -v a=b '{print}' f", ["awk -F: -v a=b {print} f"], ["awk argument: {print}"]),
    ("awk -f", "awk -f a.awk f", ["awk -f a.awk f"], ["awk file: a.awk"]),
    ("sed", "sed -i.bak -e 's/a/b/' -e 's/c/d/' f", ["sed -i.bak -e s/a/b/ -e s/c/d/ f"], ["sed argument: s/a/b/", "sed argument: s/c/d/"]),
    ("sed plain", "sed -n '1p' f", ["sed -n 1p f"], ["sed argument: 1p"]),
    ("lua", "lua -e 'x'", ["lua -e x"], ["lua argument: x"]),
    ("osascript", "osascript -e 'x' -e 'y'", ["osascript -e x -e y"], ["osascript argument: x", "osascript argument: y"]),
    ("deno eval", "deno eval 'x'", ["deno eval x"], ["deno argument: x"]),
    ("deno run", "deno run -A a.ts", ["deno run -A a.ts"], ["deno file: a.ts"]),
    ("bun -e", "bun -e 'x'", ["bun -e x"], ["bun argument: x"]),
    ("bun test", "bun test", ["bun test"], []),
    ("pwsh", "pwsh -NoProfile -Command Remove-Item x", ["pwsh -NoProfile -Command Remove-Item x"], ["powershell argument: Remove-Item x"]),
    ("vim", "vim -c ':!rm x' f +q", ["vim -c ':!rm x' f +q", "vim > rm x"], ["vim argument: :!rm x", "vim argument: q"]),
    ("psql", "psql -d db -c 'drop table x'", ["psql -d db -c 'drop table x'"], ["sql argument: drop table x"]),
    ("psql after", "psql db -c 'drop table x'", ["psql db -c 'drop table x'"], ["sql argument: drop table x"]),
    ("mysql stdin", "mysql db <<< 'drop table x'", ["mysql db"], ["sql stdin: drop table x\n"]),
    ("sqlite3", "sqlite3 a.db 'drop table x'", ["sqlite3 a.db 'drop table x'"], ["sql argument: drop table x"]),
    ("make", "make build", ["make build"], []),
    ("tclsh", "tclsh a.tcl", ["tclsh a.tcl"], ["tcl file: a.tcl"]),
    ("Rscript", "Rscript -e 'x'", ["Rscript -e x"], ["r argument: x"]),
    ("emacs", "emacs --batch --eval '(x)'", ["emacs --batch --eval (x)"], ["lisp argument: (x)"]),
    ("gdb", "gdb -batch -ex 'shell rm x'", ["gdb -batch -ex 'shell rm x'", "gdb > rm x"], ["gdb argument: shell rm x"]),
    ("unknown program", "foo -c 'rm x'", ["foo -c 'rm x'"], []),
    ("grep is not a shell", "grep -c 'rm x' f", ["grep -c 'rm x' f"], []),
]


@pytest.mark.parametrize(("text", "commands", "codes"), cases(RUNS))
def test_what_a_program_runs_is_found(text: str, commands: "list[str]", codes: "list[str]") -> None:
    found = line(text)
    assert [shown(c) for c in found.commands] == commands
    assert [f"{k.language} {k.origin}: {text_of(k.text) if k.text else None}" for c in found.commands for k in c.code] == codes


def command(*words: str) -> Command:
    return Command([Arg((word,) if word else ()) for word in words])


NOT_WRAPPERS = [
    ("ls",),
    ("grep", "-c", "sh"),
    ("echo", "sudo", "rm"),
    ("git", "log"),
    ("sudoku",),
    ("envsubst", "x"),
    ("timeout",),
    ("sudo", "-v"),
    ("find", "."),
    ("ssh", "host"),
    ("docker", "build", "."),
    ("kubectl", "get", "pods"),
    ("python", "--version"),
    ("bash", "--help"),
    ("nice",),
    ("env",),
    ("command", "-V", "x"),
    ("exec",),
]


@pytest.mark.parametrize("words", NOT_WRAPPERS, ids=" ".join)
def test_a_program_that_runs_nothing_else_is_left_alone(words: "tuple[str, ...]") -> None:
    codes, inners = look(command(*words), False)
    assert not codes and not inners


VERSIONED = [
    ("python3.12", "python"),
    ("python3", "python"),
    ("perl5.36.0", "perl"),
    ("lua5.4", "lua"),
    ("php8.2", "php"),
    ("nodejs", "node"),
    ("Python", "python"),
    ("ruby3.2", "ruby"),
]


@pytest.mark.parametrize(("program", "language"), VERSIONED, ids=[v[0] for v in VERSIONED])
def test_a_version_in_the_name_hides_no_interpreter(program: str, language: str) -> None:
    flag = "-r" if language == "php" else "-c" if language == "python" else "-e"
    codes, _ = look(command(program, flag, "x"), False)
    assert [code.language for code in codes] == [language]


@pytest.mark.parametrize("program", ["bash-5.2", "SH", "bash.exe", "zsh-5.9", "/usr/local/bin/bash5"])
def test_a_version_in_the_name_hides_no_shell(program: str) -> None:
    assert [shown(c) for c in line(f"{program} -c 'rm x'").commands][-1].endswith("> rm x")


def test_an_argument_that_may_be_several_leaves_the_rest_open() -> None:
    commands = line("timeout $T rm -rf /").commands
    assert [shown(c) for c in commands] == ["timeout <$T>* rm -rf /", "timeout > rm -rf / ..."]


def test_an_unknown_before_a_command_hides_nothing() -> None:
    for text in (
        "sudo $OPTS rm -rf /",
        "env $A rm -rf /",
        "nice $N rm -rf /",
        "$A $B rm -rf /",
        "xargs $X rm -rf /",
        "bash $F -c 'rm -rf /'",
    ):
        assert any(c.program == "rm" for c in line(text).commands), text


def test_the_names_that_are_looked_up_are_those_of_the_tables() -> None:
    tables = {"launcher": LAUNCHERS, "shell": SHELLS, "interpreter": INTERPRETERS, "prefix": PREFIXES}
    assert {kind: set(names.split()) for kind, names in _NAMES} == {kind: set(table) for kind, table in tables.items()}


def test_a_program_whose_name_has_a_blank_is_in_no_table() -> None:
    assert line("'env genv' ls").commands[-1].program == "env genv"


def test_what_is_passed_over_quickly_has_nothing_to_be_read() -> None:
    """The shortcuts of `look` against the tables they spare."""
    from holdfast.guard.shell.arguments import OPTIONS
    from holdfast.guard.shell.wrappers import _ALL, _EVERYDAY, _NONE

    assert not _NONE & set(_ALL.split())
    for program, begins in _EVERYDAY.items():
        for entry in OPTIONS.get(program, "").split():
            assert entry.partition(":")[0].startswith(begins), (program, entry)
    for text in ("docker ps", "kubectl get pods", "npm test", "find . -name x"):
        assert [c.program for c in line(text).commands] == [text.split()[0]]
    for text in ("docker run -t x sh -c ls", "kubectl exec p -- ls", "npm exec -- ls", "find . -exec ls {} +", "sort --compress-program=ls x"):
        assert any(c.program == "ls" for c in line(text).commands), text
