"""Text -> the commands it really runs: tables of texts with what must be listed, and the limits that nothing may cross."""

import time
from contextlib import suppress

import pytest

from holdfast.guard.line import Arg, Command, Line, Unknown, World
from holdfast.guard.shell.tree import Unreadable
from holdfast.guard.shell.understand import MAX_COMMANDS, MAX_WRAPS, understand


def world(shell: str = "bash") -> World:
    return World(
        cwd="/work/project",
        home="/home/u",
        project="/work/project",
        roots=("/work/project", "/tmp"),
        shell=shell,
        env={"HOME": "/home/u", "USER": "u"},
    )


def line(text: str, shell: str = "bash") -> Line:
    return understand(text, world(shell))


def piece(part: "str | Unknown") -> str:
    """Known text as it is, an unknown in angle brackets: its options, else as it was written."""
    return part if isinstance(part, str) else f"<{'|'.join(part.options) if part.options else part.source}>"


def text_of(arg: "Arg | None") -> str:
    return "?" if arg is None else "".join(map(piece, arg.pieces))


def shown(command: Command) -> str:
    """How it is reached > its arguments; * after one that may split; ... when more follow; @ where, unless in the project."""
    words = []
    for arg in command.argv:
        text = text_of(arg)
        words.append((text if text and not set(text) & set(" \n\t'\"") else repr(text)) + ("*" if arg.split else ""))
    return (
        "".join(f"{label} > " for label in command.via)
        + " ".join(words)
        + (" ..." if command.open_ended else "")
        + ("" if command.cwd == "/work/project" else f" @{command.cwd}")
        + (" (root)" if command.root else "")
    ).strip()


def cases(table):  # type: ignore[no-untyped-def]
    """Parameters with readable ids from rows that begin with one."""
    assert table
    return [pytest.param(*row[1:], id=row[0]) for row in table]


COMMANDS = [
    ("plain words", "git status -s", ["git status -s"]),
    ("quotes are removed", "mark 'a b' \"c d\" e\\ f g''h", ["mark 'a b' 'c d' 'e f' gh"]),
    ("two commands", "mark a; mark b && mark c || mark d", ["mark a", "mark b", "mark c", "mark d"]),
    ("a variable of the text", "x=build; rm -rf $x/y", ["rm -rf build/y"]),
    ("a variable never set", 'rm -rf "$X"/*', ["rm -rf <$X>/*"]),
    ("unset is empty", 'unset X; rm -rf "$X"/*', ["unset X", "rm -rf /*"]),
    ("known text is split", "x='a  b'; mark $x \"$x\"", ["mark a b 'a  b'"]),
    ("nothing is left of an empty variable", "x=; mark $x '' \"$x\"", ["mark '' ''"]),
    ("IFS of the text", "IFS=:; x=a:b::c; mark $x", ["mark a b '' c"]),
    ("IFS that is not known", "IFS=$q; x=a:b; mark $x", ["mark <a:b>*"]),
    ("unknown text may split", 'mark $U "$U" a$U', ["mark <$U>* <$U> a<$U>*"]),
    ("home and tilde", "mark ~ ~/a '~' \"$HOME/b\" --x=~ y=~", ["mark /home/u /home/u/a ~ /home/u/b --x=~ y=/home/u"]),
    (
        "working folder",
        "cd sub && mark $PWD ~+ && cd .. && mark",
        ["cd sub", "mark /work/project/sub /work/project/sub @/work/project/sub", "cd .. @/work/project/sub", "mark"],
    ),
    ("cd to an unknown place", 'cd "$D"; mark', ["cd <$D>", "mark @None"]),
    ("cd back", "cd /tmp; cd -; mark", ["cd /tmp", "cd - @/tmp", "mark"]),
    ("cd in a subshell stays there", "(cd /tmp; mark); mark", ["cd /tmp", "mark @/tmp", "mark"]),
    (
        "pushd and popd",
        "pushd /tmp; pushd /usr; popd; mark; popd; mark",
        ["pushd /tmp", "pushd /usr @/tmp", "popd @/usr", "mark @/tmp", "popd @/tmp", "mark"],
    ),
    ("a failed cd", "cd a || mark; mark", ["cd a", "mark", "mark @None"]),
    ("a cd that must succeed", "cd a || exit 1; mark", ["cd a", "exit 1", "mark @/work/project/a"]),
    ("CDPATH makes a folder unknown", "CDPATH=/etc; cd a; mark", ["cd a", "mark @None"]),
    ("braces", "mark {a,b}{1..3} {x} {a,'b c'} '{a,b}' a{,}b", ["mark a1 a2 a3 b1 b2 b3 {x} a 'b c' {a,b} ab ab"]),
    ("brace as a command", "{rm,-rf,/}", ["rm -rf /"]),
    ("default values", 'x=1; mark ${x:-a} ${y:-b c} "${y:-b c}" ${z:+q} ${x:+r}', ["mark 1 '<${y:-b c}>'* '<${y:-b c}>' <|q>* r"]),
    ("assigning default", "unset y; : ${y:=v}; mark $y", ["unset y", ": v", "mark v"]),
    (
        "cuts",
        "x=archive.tar.gz; mark ${x%.*} ${x%%.*} ${x#*.} ${x##*.} ${x:0:3} ${x: -2} ${#x}",
        ["mark archive.tar archive tar.gz gz arc gz 14"],
    ),
    ("replacements", "x=aXbX; mark ${x/X/-} ${x//X} ${x/#a/b} ${x/%X/y} ${x^^} ${x,,} ${x^}", ["mark a-bX ab bXbX aXby AXBX axbx AXbX"]),
    ("indirect", "x=y; y=z; mark ${!x}", ["mark z"]),
    ("arrays", 'a=(1 "2 3" 4); a+=(5); a[1]=q; mark "${a[@]}" ${a[1]} ${#a[@]} "${a[*]:1:2}" $a', ["mark 1 q 4 5 q 4 'q 4' 1"]),
    ("array with an unknown", 'a=($(ls) b); mark "${a[@]}" ${a[1]}', ["$( > ls", "mark <$(ls)>* b <${a[1]}>* ..."]),
    ("arithmetic", "x=3; mark $((x*2+1)) $((1<<4)) $((7/2)) $((x++)) $x", ["mark 7 16 3 <$((x++))> <$x>"]),
    ("arithmetic unknown", "mark $((U+1))", ["mark <$((U+1))>"]),
    ("printf -v", "printf -v x '%s-%d' a 5; mark $x", ["printf -v x %s-%d a 5", "mark a-5"]),
    (
        "constant substitutions",
        "mark $(echo a b) \"$(echo a  b)\" `printf '%s' c` $(pwd)",
        ["mark a b 'a b' c /work/project", "$( > echo a b", "$( > echo a b", "` > printf %s c", "$( > pwd"],
    ),
    ("a known heredoc in a substitution", "mark \"$(cat <<'E'\na $b\nE\n)\"", ["mark 'a $b'", "$( > cat"]),
    ("output is not known", 'mark $(date) "$(id -u)"', ["mark <$(date)>* '<$(id -u)>'", "$( > date", "$( > id -u"]),
    ("read makes unknown", "x=1; read -r x y; mark $x $y", ["read -r x y", "mark <$x>* <$y>*"]),
    ("nameref", "declare -n r=x; r=1; mark $x", ["declare -n r=x", "mark <$x>*"]),
    ("both branches", "if a; then x=1; else x=2; fi; mark $x", ["a", "mark <2|1>"]),
    ("one branch", "x=1; if a; then x=2; fi; mark $x", ["a", "mark <1|2>"]),
    ("a branch that leaves", "if a; then x=/; exit; fi; x=b; mark $x", ["a", "exit", "mark b"]),
    ("or", "x=1; a || x=2; mark $x", ["a", "mark <1|2>"]),
    ("true && is certain", "true && x=1; mark $x", ["true", "mark 1"]),
    ("case", "case $q in a) x=1;; b) x=2;; esac; mark $x", ["mark <$x>*"]),
    ("loop over constants", "for i in a 'b c'; do mark \"$i\"; done", ["mark a", "mark 'b c'"]),
    ("loop over a glob", 'for f in build/*; do rm -rf "$f"; done', ["rm -rf build/<build/*>"]),
    ("loop over output", 'for f in $(ls); do mark $f; done; mark "$f"', ["$( > ls", "mark <$(ls)>*", "mark <$f>"]),
    ("loop that grows", "x=a; while t; do mark $x; x=$x/b; done; mark $x", ["t", "mark <$x>*", "mark <$x>*"]),
    ("loop with cd", 'for d in */; do cd "$d"; mark; done', ["cd <*/> @None", "mark @None"]),
    ("break keeps values", "for i in 1 2 3; do a && break; done; mark $i", ["a", "break", "a", "break", "a", "break", "mark <3|1|2>"]),
    ("while read", 'cat l | while read f; do mark "$f"; done', ["cat l", "read f", "mark <$f>"]),
    ("function", 'f() { mark "$1" $#; }; f a b', ["f a b", "function f > mark a 2"]),
    (
        "function local",
        "x=g; f() { local x=l; g; }; g() { mark $x; }; f; mark $x",
        ["f", "function f > local x=l", "function f > g", "function f > function g > mark l", "mark g"],
    ),
    ("function return", "f() { x=1; a && return; x=2; }; f; mark $x", ["f", "function f > a", "function f > return", "mark <2|1>"]),
    ("function never called", "f() { mark $1; }", ["function f > mark <$1>*"]),
    (
        "function that calls itself",
        "f() { mark $1; f $1$1; }; f a",
        [
            "f a",
            "function f > mark a",
            "function f > f aa",
            "function f > function f > mark aa",
            "function f > function f > f aaaa",
            "function f > function f > function f > mark aaaa",
            "function f > function f > function f > f aaaaaaaa",
            "function f > function f > function f > function f > mark <$1>*",
            "function f > function f > function f > function f > f <$1><$1>*",
        ],
    ),
    ("prefix of a function", "f() { mark $A; }; A=1 f; mark $A", ["f", "function f > mark 1", "mark <$A>*"]),
    ("function hides a program", "rm() { mark no; }; rm -rf /", ["rm -rf /", "function rm > mark no"]),
    ("positional parameters", 'set -- a b c; shift; mark $1 $# "$@"', ["set -- a b c", "shift", "mark b 2 b c"]),
    ("subshell keeps variables in", "x=1; (x=2; mark $x); mark $x", ["mark 2", "mark 1"]),
    ("pipeline keeps variables in", "x=1; echo a | x=2; mark $x", ["echo a", "mark 1"]),
    ("prefix comes after expansion", "x=1; x=2 mark $x", ["mark 1"]),
    ("command in an assignment", "x=$(mark)", ["$( > mark"]),
    ("command in a redirection", "> $(mark)", ["", "$( > mark"]),
    ("command in an operand", ": ${x:-$(mark)}", [": <${x:-$(mark)}>*", "$( > mark"]),
    ("command in arithmetic", ": $(( $(mark) + 1 ))", [": '<$(( $(mark) + 1 ))>'", "$( > mark"]),
    ("command in a heredoc", "cat <<E\n$(mark)\nE", ["cat", "$( > mark"]),
    ("no command in a quoted heredoc", "cat <<'E'\n$(mark)\nE", ["cat"]),
    ("command in a case subject", "case $(mark) in a) ;; esac", ["$( > mark"]),
    ("command in a condition", "[[ -n $(mark) ]]", ["$( > mark"]),
    ("command in a subscript", "a[$(mark)]=1; : ${b[$(mark)]}", ["$( > mark", ": <${b[$(mark)]}>*", "$( > mark"]),
    ("command in an evaluated subscript", "x='a[$(mark)]'; : $((x))", [": <$((x))>", "arithmetic > $( > mark"]),
    ("command in a prompt", "x='$(mark)'; : \"${x@P}\"", [": <${x@P}>", "${@P} > $( > mark"]),
    ("command behind a process substitution", "cat <(mark) > >(sh)", ["cat <<(mark)>", "<( > mark", ">( > sh"]),
    ("unknown command word", "$CMD a; $(cat f) b", ["<$CMD>* a", "$CMD? > a", "'<$(cat f)>'* b", "$( > cat f", "$(cat f)? > b"]),
    (
        "command word from branches",
        "if a; then s=sudo; else s=; fi; $s rm -rf /",
        ["a", "<|sudo>* rm -rf /", "rm -rf /", "sudo rm -rf /", "sudo > rm -rf / (root)"],
    ),
    ("perhaps empty before a command", "$SUDO rm -rf /", ["<$SUDO>* rm -rf /", "$SUDO? > rm -rf /"]),
    ("default as a command word", "${RM:-rm} -rf /", ["<${RM:-rm}>* -rf /", "${RM:-rm}? > rm -rf /"]),
    ("SHELL", "$SHELL -c 'mark a'", ["<$SHELL>* -c 'mark a'", "$SHELL? > bash -c 'mark a'", "$SHELL? > bash -c > mark a"]),
    ("a known variable as command word", "x='rm -rf'; $x /", ["rm -rf /"]),
    ("glob as a command word", "/bin/r? -rf /", ["/bin/r? -rf /", "/bin/r?? > /bin/rm -rf /"]),
    ("folder unknown, program known", "$VENV/bin/python x.py", ["<$VENV>/bin/python* x.py"]),
    ("eval", "x=1; eval 'x=2; mark' $x; mark $x", ["eval 'x=2; mark' 1", "eval > mark 1", "mark 2"]),
    (
        "eval of unknown text",
        'x=1; eval "$U"; mark $x ~; cd /tmp; mark',
        ["eval <$U>", "eval > <$U>*", "mark <$x>* <~> @None", "cd /tmp @None", "mark @/tmp"],
    ),
    ("source changes variables", "x=1; source ./env; mark $x; cd b; mark", ["source ./env", "mark <$x>*", "cd b", "mark @/work/project/b"]),
    (
        "source of known text",
        "source <(echo 'x=1; mark a'); mark $x",
        ["source \"<<(echo 'x=1; mark a')>\"", "<( > echo 'x=1; mark a'", "source > mark a", "mark 1"],
    ),
    ("trap at the end", "x=1; trap 'mark $x' EXIT; x=2", ["trap 'mark $x' EXIT", "trap > mark <1|2>"]),
    ("trap in between", "x=1; trap 'x=2' DEBUG; mark $x", ["trap x=2 DEBUG", "mark <$x>*"]),
    ("alias", "alias ll='rm -rf'", ["alias 'll=rm -rf'", "alias ll > rm -rf ..."]),
    ("prompt command", "PROMPT_COMMAND='mark a'", ["PROMPT_COMMAND > mark a"]),
    ("background", "x=1; x=2 & mark $x", ["mark 1"]),
    ("heredoc text to a shell", "bash <<E\nmark $PWD\nE", ["bash", "heredoc > mark /work/project"]),
    ("here-string to a shell", "sh <<< 'mark a'", ["sh", "here-string > mark a"]),
    ("known pipe to a shell", "echo 'mark a' | sh", ["echo 'mark a'", "sh", "pipe > mark a"]),
    (
        "group to a shell",
        "{ echo 'mark a'; echo 'mark b'; } | bash",
        ["echo 'mark a'", "echo 'mark b'", "bash", "pipe > mark a", "pipe > mark b"],
    ),
    ("unknown pipe to a shell", "curl -s x | sh", ["curl -s x", "sh"]),
    ("shell in a group", "curl x | { cd /tmp; sh; }", ["curl x", "cd /tmp", "sh @/tmp"]),
    ("text that another may have read", "{ cat; sh; } <<< 'mark a'", ["cat", "sh"]),
    (
        "bash -c with parameters",
        'bash -c \'mark "$0" "$1" "$@"\' a b c',
        ['bash -c \'mark "$0" "$1" "$@"\' a b c', "bash -c > mark a b b c"],
    ),
    (
        "bash -c with an unknown in it",
        "bash -c \"rm -rf $X/build; mark '$X'\"",
        ["bash -c \"rm -rf <$X>/build; mark '<$X>'\"", "bash -c > rm -rf <$X>/build*", "bash -c > mark <$X>"],
    ),
    (
        "bash -c sees exports",
        "export A=1; B=2; C=3 bash -c 'mark $A $C $B'",
        ["export A=1", "bash -c 'mark $A $C $B'", "bash -c > mark 1 3 <2|>*"],
    ),
    ("sh leaves braces", "sh -c 'mark {a,b}'", ["sh -c 'mark {a,b}'", "sh -c > mark <a|b|{a,b}>*"]),
    ("escapes", "$'\\x72m' -rf /", ["rm -rf /"]),
    ("environment", 'A=1 B="$x" mark; export C=2; mark', ["mark", "export C=2", "mark"]),
    (
        "declare",
        "declare -x A=1; declare -i n=2+2; readonly R=3; mark $A $n $R",
        ["declare -x A=1", "declare -i n=2+2", "readonly R=3", "mark 1 <$n>* 3"],
    ),
    ("select", "select x in a b; do mark $x; done", ["mark <a|b>"]),
    ("coproc", "coproc mark a", ["coproc > mark a"]),
    ("redirection alone", "> /etc/passwd", [""]),
    ("redirections", "mark 2>&1 >a >>b <c &>d >|e 3<>f >&g", ["mark"]),
    ("compound redirection", "{ mark a; mark b; } > out", ["", "mark a", "mark b"]),
    ("exec redirection feeds the rest", "exec <<E\nmark a\nE\nsh", ["exec", "sh", "heredoc > mark a"]),
]


@pytest.mark.parametrize(("text", "expected"), cases(COMMANDS))
def test_the_commands_of_a_text_are_listed_as_they_will_run(text: str, expected: "list[str]") -> None:
    assert [shown(c) for c in line(text).commands] == expected


ZSH = [
    ("zsh does not split a variable", "x='a b'; mark $x", ["mark 'a b'"]),
    ("zsh splits output", "mark $(echo a b)", ["mark a b", "$( > echo a b"]),
    ("an option may change that", "setopt shwordsplit; x='a b'; mark $x", ["setopt shwordsplit", "mark '<a b>'*"]),
    ("zsh counts array elements from 1", "a=(x y); mark ${a[1]}", ["mark <${a[1]}>*"]),
    ("zsh runs the last stage in this shell", "x=1; echo a | x=2; mark $x", ["echo a", "mark 2"]),
    ("zsh finds =rm in PATH", "=rm -rf x", ["<=>/rm -rf x"]),
    ("zsh expands an alias", "alias q='cd /'\nq\nmark", ["alias 'q=cd /'", "alias q > cd / ...", "q", "mark @None"]),
]


@pytest.mark.parametrize(("text", "expected"), cases(ZSH))
def test_zsh_is_understood_as_zsh(text: str, expected: "list[str]") -> None:
    assert [shown(c) for c in line(text, "zsh").commands] == expected


FEEDS = [
    ("a pipe", "a | b", {"b": ["a"]}),
    ("any number of stages", "a | b | c", {"b": ["a"], "c": ["b"]}),
    ("a group", "{ a; b; } | c", {"c": ["a", "b"]}),
    ("into a loop", "a | while read x; do b; done", {"read": ["a"], "b": ["a"]}),
    ("through sudo", "a | sudo b", {"sudo": ["a"], "b": ["a"]}),
    ("out of sudo", "sudo a | b", {"b": ["sudo", "a"]}),
    ("not what only a word of it runs", "a $(x) | b", {"b": ["a"]}),
    ("a process substitution", "b < <(a)", {"b": ["a"]}),
    ("into a process substitution", "a > >(b)", {"b": ["a"]}),
    ("a redirection takes its place", "a | b < f", {}),
    ("xargs keeps it to itself", "a | xargs b", {"xargs": ["a"]}),
]


@pytest.mark.parametrize(("text", "expected"), cases(FEEDS))
def test_what_feeds_a_command_is_known(text: str, expected: "dict[str, list[str]]") -> None:
    assert {c.program: [f.program for f in c.feeds] for c in line(text).commands if c.feeds} == expected


ASSIGNED = [
    ("plain", "A=1", [("A", "1", "shell")]),
    ("prefix", "A=1 ls", [("A", "1", "command")]),
    ("exported", "export A=1; A=2", [("A", "1", "export"), ("A", "2", "export")]),
    ("exported later", "A=1; export A", [("A", "1", "shell"), ("A", "1", "export")]),
    ("declare -x", "declare -x A=1", [("A", "1", "export")]),
    ("unknown", "A=$(id)", [("A", "<$(id)>", "shell")]),
    ("all are exported", "set -a; A=1", [("A", "1", "export")]),
    ("read", "read PATH", [("PATH", "<$PATH>", "shell")]),
    ("printf -v", "printf -v PATH '%s' /x", [("PATH", "/x", "shell")]),
    ("loop", "for PATH in /a; do :; done", [("PATH", "/a", "shell")]),
    ("default", ": ${PATH:=/x}", [("PATH", "<${PATH:=/x}>", "shell")]),
    ("append", "P=/a; P+=:/b", [("P", "/a", "shell"), ("P", "/a:/b", "shell")]),
    ("array", "a=(b c)", [("a", "b c", "shell")]),
    ("quoted operand of export", "export 'A=1 2'", [("A", "1 2", "export")]),
    ("inside a shell", "bash -c 'A=1'", [("A", "1", "shell")]),
]


@pytest.mark.parametrize(("text", "expected"), cases(ASSIGNED))
def test_every_assignment_is_listed(text: str, expected: "list[tuple[str, str, str]]") -> None:
    assert [(a.name, text_of(a.value), a.scope) for a in line(text).assigned] == expected


KINDS = [
    ("never set", 'mark "$X"', "variable", "X"),
    ("output", 'mark "$(id)"', "output", ""),
    ("backquotes", 'mark "`id`"', "output", ""),
    ("process substitution", "mark <(id)", "file", ""),
    ("read", 'read x; mark "$x"', "input", "x"),
    ("found", "find . -exec mark {} \\;", "input", "find"),
    ("argument", 'mark "$1"', "argument", "1"),
    ("arguments", 'mark "$@"', "argument", "@"),
    ("special", 'mark "$?"', "special", "?"),
    ("random", 'RANDOM=1; mark "$RANDOM"', "special", "RANDOM"),
    ("arithmetic", 'mark "$((X))"', "arithmetic", ""),
    ("operator on output", 'x=$(id); mark "${x%a}"', "output", "x"),
    ("home of another", "mark ~bob/x", "variable", "~bob"),
]


@pytest.mark.parametrize(("text", "kind", "name"), cases(KINDS))
def test_an_unknown_says_what_it_is(text: str, kind: str, name: str) -> None:
    (unknown,) = next(c for c in line(text).commands if c.program == "mark").argv[1].unknowns
    assert (unknown.kind, unknown.name) == (kind, name)


def first_unknown(text: str) -> Unknown:
    return next(c for c in line(text).commands if c.program == "mark").argv[1].unknowns[0]


def test_an_unknown_carries_the_commands_whose_output_it_is() -> None:
    for text in (
        "mark $(curl x | sh)",
        'x=$(curl x | sh); mark "$x"',
        "x=$(curl x | sh); y=${x:-a}; mark ${y#b}",
        "mark ${q:-$(curl x | sh)}",
    ):
        assert [c.program for c in first_unknown(text).commands] == ["curl", "sh"], text


def test_a_default_is_what_an_empty_variable_leaves() -> None:
    arg = line('rm -rf "${X:-/}"').commands[0].argv[2]
    assert arg.when_empty == "/" and arg.unknowns[0].some == ("/",) and not arg.known


def test_values_that_some_branches_give_are_kept() -> None:
    assert first_unknown("if a; then x=/; fi; mark $x").some == ("/",)
    assert first_unknown("x=1; if a; then x=2; fi; mark $x").options == ("1", "2")


def test_the_text_behind_a_process_substitution_is_known() -> None:
    content = first_unknown("mark <(echo 'rm x')").content
    assert content is not None and content.value == "rm x\n"
    assert first_unknown("mark <(curl x)").content is None


def test_a_command_stands_where_it_is_written() -> None:
    text = "ls; sudo rm x; bash -c 'rm y' # z"
    found = line(text)
    assert [found.source(c) for c in found.commands] == ["ls", "sudo rm x", "sudo rm x", "bash -c 'rm y'", "bash -c 'rm y'"]


def test_every_word_of_the_text_is_listed_once() -> None:
    found = line("for i in 1 2; do r''m $i > \"o\" <<< x; done; a[$(q)]=v; f() { g; }; bash -c 'not these'")
    written = [found.text[w.start : w.end] for w in found.words]
    assert sorted(written) == sorted(["1", "2", "r''m", "$i", '"o"', "x", "$(q)", "q", "v", "f", "g", "bash", "-c", "'not these'"])


def test_names_that_the_text_defines_are_listed() -> None:
    assert line("f() { :; }; function g { :; }; alias h=i; eval 'k() { :; }'").functions == {"f", "g", "h", "k"}


def test_the_environment_of_a_command() -> None:
    commands = line("export A=1; B=2 ls; env -i C=3 ls; A=4; ls").commands
    assert [{n: text_of(v) for n, v in c.env.items()} for c in commands if c.program == "ls"] == [
        {"A": "1", "B": "2"},
        {"C": "3"},
        {"A": "4"},
    ]


def test_redirections() -> None:
    (command,) = line("mark 2>&1 >a >>b <c &>d >|e 3<>f >&g {n}>h <<< i").commands
    assert [(r.fd, r.op, text_of(r.target), r.writes, r.reads) for r in command.redirects] == [
        (2, ">&", "1", False, False),
        (1, ">", "a", True, False),
        (1, ">>", "b", True, False),
        (0, "<", "c", False, True),
        (-1, "&>", "d", True, False),
        (1, ">|", "e", True, False),
        (3, "<>", "f", True, True),
        (-1, ">&", "g", True, False),
        (-2, ">", "h", True, False),
        (0, "<<<", "i", False, False),
    ]


EVERYWHERE = [
    "x=$(hid)",
    "x[$(hid)]=1",
    "x=(a $(hid))",
    "x=([$(hid)]=1)",
    "export x=$(hid)",
    "$(hid)",
    "a$(hid)",
    '"$(hid)"',
    "`hid`",
    "ls > $(hid)",
    "ls <<< $(hid)",
    "ls <<E\n$(hid)\nE",
    "ls <(hid)",
    "ls >(hid)",
    "ls < <(hid)",
    "x=<(hid)",
    "${x:-$(hid)}",
    '"${x:+$(hid)}"',
    "x=1; : ${x:-$(hid)}",
    "${x#$(hid)}",
    "${x/a/$(hid)}",
    "${x/$(hid)}",
    "${x:$(hid)}",
    "${x[$(hid)]}",
    "${x:=`hid`}",
    "${x:?$(hid)}",
    "${@:-$(hid)}",
    "${x[@]+$(hid)}",
    "${x^$(hid)}",
    "$((1+$(hid)))",
    "((x=$(hid)))",
    "$[ $(hid) ]",
    "let x=$(hid)",
    "[[ a == $(hid) ]]",
    "[[ a =~ $(hid) ]]",
    "case $(hid) in a) ;; esac",
    "case a in $(hid)) ;; esac",
    "case a in a) hid;; esac",
    "for x in $(hid); do :; done",
    "for x in; do hid; done",
    "for ((x=$(hid);;)); do break; done",
    "for ((;;)); do hid; done",
    "while hid; do :; done",
    "until false; do hid; done",
    "if hid; then :; fi",
    "if a; then :; elif b; then :; else hid; fi",
    "select x in $(hid); do :; done",
    "f() { hid; }",
    "f() { hid; }; f",
    "f() { ls > $(hid); }",
    "coproc hid",
    "(hid)",
    "{ hid; }",
    "! hid",
    "time hid",
    "a && hid",
    "a || hid",
    "a | hid",
    "hid &",
    "exit; hid",
    "return; hid",
    "for x in a; do break; hid; done",
    "false && hid",
    "trap hid EXIT",
    "trap 'x=$(hid)' INT",
    "alias x=hid",
    "eval hid",
    "eval 'x=$(hid)'",
    "source <(echo hid)",
    "x='a[$(hid)]'; : $((x))",
    "test -v 'a[$(hid)]'",
    "printf -v 'a[$(hid)]' x",
    "x='$(hid)'; : ${x@P}",
    "PS1='$(hid)'",
    "PROMPT_COMMAND=hid",
    "mapfile -C hid x",
    "if a; then x=hid; else x=b; fi; $x",
    "${x:-hid}",
    "$x hid",
    "$x{,} hid",
    "{hid,a}",
    "x=hid; $x",
    "$(echo hid)",
    "x=(hid a); ${x[@]}",
    "set -- hid; $1",
    "f() { $1; }; f hid",
    'f() { "$@"; }; f sudo hid',
    'x=hid; bash -c "$x"',
    'bash -c "$u; hid"',
    "bash -c 'eval \"$1\"' _ hid",
    "xargs hid",
    "echo hid | sh",
    "printf '\\150id' | sh",
    "cat <<< hid | bash",
    "while read x; do $x; done <<< hid; hid",
    "f() { f; hid; }; f",
    "> $(hid)",
    "{ :; } > $(hid)",
    "while :; do :; done < <(hid)",
    "readonly x=$(hid)",
    "local x=$(hid)",
    "x=$(hid) y",
    "echo ${x:-${y:-$(hid)}}",
    "echo $(echo $(echo `hid`))",
    "diff <(a) <(b; hid)",
    "tee >(a | hid)",
    "a=b c=d hid",
    "if [ $(hid) ]; then :; fi",
]


@pytest.mark.parametrize("text", EVERYWHERE)
def test_no_construct_hides_a_command(text: str) -> None:
    assert "hid" in [c.program for c in line(text).commands] or "hid" in [c.program for c in line(text, "zsh").commands]


NEAR = [
    "echo hid",
    "echo '$(hid)'",
    "cat <<'E'\n$(hid)\nE",
    "git commit -m 'hid; hid'",
    "# hid",
    "echo \\$(hid\\)".replace("(", "\\("),
    "x=hid",
    "grep hid f",
    "echo 'hid' > f",
    "man hid",
    "echo hid | cat",
    "command -v hid",
    "x='$(hid)'; echo \"$x\"",
    "printf '%s' '`hid`'",
    "cat <<E\nhid\nE",
    "[[ hid == a ]]",
    "case hid in hid) ;; esac",
    "for x in hid; do :; done",
]


@pytest.mark.parametrize("text", NEAR)
def test_words_that_are_only_words_are_no_commands(text: str) -> None:
    assert "hid" not in [c.program for c in line(text).commands]


UNREADABLE = [
    ("unclosed", "echo 'a", "single quote not closed"),
    ("inside bash -c", "ls; bash -c 'if'", None),
    ("inside eval", "eval 'a ('", None),
    ("inside a known pipe", "echo 'if' | sh", None),
    ("wrapped too deeply", "sudo " * (MAX_WRAPS + 1) + "ls", "wrapped too deeply"),
    ("too many commands", "ls;" * (MAX_COMMANDS + 1), "too much to follow"),
    ("braces without end", "echo " + "{a,b}" * 20, "too much to follow"),
    ("eval that evals", 'x=\'eval "$x"\'; eval "$x"', "wrapped too deeply"),
    ("half a character", "echo \ud800", "half a character"),
]


@pytest.mark.parametrize(("text", "what"), cases(UNREADABLE))
def test_what_cannot_be_followed_is_unreadable(text: str, what: "str | None") -> None:
    with pytest.raises(Unreadable) as caught:
        line(text)
    assert what is None or caught.value.what == what
    assert 0 <= caught.value.position <= len(text)


def test_the_place_of_what_is_unreadable_inside_a_text_is_where_that_text_is_run() -> None:
    with pytest.raises(Unreadable) as caught:
        line("ls; bash -c 'if'")
    assert caught.value.position == 4


DEPTH = ["sudo " * (MAX_WRAPS - 1) + "ls", "f() { f; f; g; }; g() { f; g; }; f", ":(){ :|:& };:"]


@pytest.mark.parametrize("text", DEPTH)
def test_up_to_the_limits_everything_is_followed(text: str) -> None:
    assert line(text).commands


BOMBS = [
    ("nested loops", "".join(f"for {c} in 1 2 3 4 5 6 7 8 9; do " for c in "abcdef") + "x $a;" + " done;" * 6),
    ("nested unknown loops", "while x; do y=$y$z; " * 14 + "x;" + " done;" * 14),
    ("many rounds", "for a in {1..1000}; do " * 4 + "x $a;" + " done;" * 4),
    ("doubling text", "x=aaaaaaaaaa;" + "x=$x$x;" * 200 + "echo $x"),
    ("doubling unknowns", "x=a$y;" + "x=$x$x;" * 200 + "echo $x"),
    ("doubling arrays", "a=(1 2);" + 'a=("${a[@]}" "${a[@]}");' * 60 + 'echo "${a[@]}"'),
    ("functions that call twice", "".join(f"f{i}() {{ f{i + 1}; f{i + 1}; }};" for i in range(30)) + "f30() { x; }; f0"),
    ("open braces", "echo " + "{a," * 10_000),
    ("closed braces", "echo " + "{," * 5000 + "}" * 5000),
    ("long sequence", "echo {1..100000}"),
    ("patterns", 'x="' + "a" * 99 + '";' + "echo ${x//*a*a*a*b/bb};" * 3000),
    ("cuts", 'x="' + "a" * 60_000 + '";' + "echo ${x##*b};" * 1000),
    ("power", "echo $((2**999999999))"),
    ("long sum", "echo $((" + "1+" * 30_000 + "1))"),
    ("exports", "".join(f"export v{i}=1;" for i in range(3000)) + "ls;" * 1500),
    ("many variables", "".join(f"v{i}=x{i};" for i in range(4000)) + "if a; then v1=2; fi;" * 1000),
    ("commands", "echo hello world; " * 5500),
    ("words", "echo " + "ab " * 33_000),
    ("holes", 'bash -c "' + "echo $x;" * 5000 + '"'),
    ("items", "echo " + "a " * 30_000 + "| xargs -n1 rm"),
    ("actions", "find . " + "-exec a {} \\; " * 5000),
]


@pytest.mark.parametrize("text", cases(BOMBS))
def test_no_text_takes_long(text: str) -> None:
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        with suppress(Unreadable):
            line(text)
        best = min(best, time.process_time() - start)
    assert best < 0.4, "0.1 s and less is usual, this is for slow machines"


def test_an_ordinary_command_is_understood_at_once() -> None:
    text = "cd src && git diff --stat HEAD~1 -- '*.py' | head -20"
    start = time.process_time()
    for _ in range(200):
        line(text)
    assert (time.process_time() - start) / 200 < 0.001, "0.1 ms is usual, this is for slow machines"


def test_private_use_characters_are_ordinary_and_placeholders_are_never_shown() -> None:
    understood = line("echo \U000f0000; bash -c \"echo '\U000f0000' $x ${y:-$x}\"")
    assert [text for c in understood.commands for text in c.words if text == "\U000f0000"] == ["\U000f0000"] * 2
    "".join(arg.source + arg.shown + "".join(u.source for u in arg.unknowns) for c in understood.commands for arg in c.argv).encode()
