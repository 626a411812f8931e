"""What we claim to know of a command is what real shells run: generated texts around a harmless marker program, under bash and zsh.

Every text is understood first and run afterwards. Two promises are checked for each call of `mark`: whatever ran is accounted for by a
listed Command that can match it, and a Command whose arguments we claim to know in full is among those that ran. HOLDFAST_LINES sets
how many texts are tried for each shell.
"""

import os
import random
import re
import shlex
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from holdfast.guard.line import Unknown, World
from holdfast.guard.shell.tree import Unreadable
from holdfast.guard.shell.understand import understand

LINES = int(os.environ.get("HOLDFAST_LINES", "1000"))
SHELLS = ["bash", "zsh"]
SLICES = 8
UNREADABLE: "list[str]" = []  # texts that the generator put together wrongly
END = "<end>"
QUOTED_PWD, QUOTED_A, QUOTED_V = '"$PWD"', '"${A[@]}"', '"$V:h"'


class Texts:
    """Generates one text: a few statements that end in calls of `mark`, each with a number of its own."""

    def __init__(self, seed, shell):
        self.random, self.shell, self.number = random.Random(f"{shell} {seed}"), shell, 0
        self.functions, self.depth, self.doubts, self.in_function = [], 0, 0, False

    def text(self):
        return "\n".join(self.statement() for _ in range(self.random.randint(1, 6)))

    def pick(self, *choices):
        return self.random.choice(choices)

    # ---- words ----

    def name(self):
        return self.pick("V", "W", "X", "E1")

    def letters(self):
        return self.pick("a", "ab", "abc", "b-c", "x.y", "7", "12", "é")

    def word(self):
        kinds = [self.plain, self.quoted, self.parameter, self.parameter, self.brace, self.substitution, self.operator, self.joined_up]
        if self.shell == "bash":
            kinds += [self.array, self.arguments]
        return self.random.choice(kinds)()

    def plain(self):
        return self.pick(
            self.letters(), self.letters(), "~", "~/p", "a=~/b", "--o=~", "\\$V", "a\\ b", "{}", "a#b", "-n", "x:y", "{a}", "@", "%s"
        )

    def quoted(self):
        return self.pick(
            "'a b'", '"a  b"', "''", '""', "'$V'", '"a\'b"', "$'t\\tb'", "'a'\"b\"c", '"\\$V"', '"a\\\\b"', '"*"', "'{a,b}'", '"~"'
        )

    def parameter(self):
        name = self.pick(self.name(), self.name(), self.name(), "U0", "U1", "HOME", "PWD")
        return self.pick(f"${name}", f'"${name}"', f"${{{name}}}x", f'"${{{name}}} y"', f"a${name}", '"$V$W"', "$V$W", f"${name}:z")

    def brace(self):
        return self.pick(
            "{a,b}",
            "x{1..3}",
            "{a,b}{c,d}",
            "{3..1}",
            "p{a,'b c',}q",
            "{a,{b,c}}",
            "{01..03}",
            "{a..e..2}",
            "x{a}{b,c}",
            "{a,b",
            "{$V,b}",
            "{1..$V}",
        )

    def operator(self):
        name = self.pick(self.name(), self.name(), "U0", "U1")
        ops = [
            f"${{{name}:-d e}}",
            f'"${{{name}:-d e}}"',
            f"${{{name}-q}}",
            f"${{{name}:+w}}",
            f'"${{{name}+w x}}"',
            f"${{#{name}}}",
            f'"${{{name}#a}}"',
            f"${{{name}%c}}",
            f'"${{{name}##*b}}"',
            f'"${{{name}%%b*}}"',
            f'"${{{name}/b/Z}}"',
            f'"${{{name}//a/}}"',
            f'"${{{name}:0:2}}"',
            f'"${{{name}:1}}"',
            f"${{{name}:-$W}}",
            f'${{{name}:-"$W"}}',
            f"${{{name}:-'a b'}}",
            f'"${{{name}/?b/Q}}"',
            f'"${{{name}: -1}}"',
        ]
        if self.shell == "bash":
            ops += [
                f'"${{{name}^^}}"',
                f'"${{{name}^}}"',
                "$((1+2*3))",
                "$((${#V}+1))",
                f"${{{name}:=n m}}",
                '${N+"${!N}"}',
                "$(( (7-2) / 2 % 4 ))",
                "$((2**3 << 1))",
            ]
        return self.random.choice(ops)

    def substitution(self):
        word = self.pick("w", "'a b'", '"$V"', "$W", "-n", "'c  d'", "'a\\nb'")
        return self.pick(
            f"$(echo {word})",
            f'"$(echo {word})"',
            f"`echo {self.letters()}`",
            "$(pwd)",
            "\"$(printf '%s-' a b)\"",
            "$(printf 'a%sb\\n' x)",
            f'"$(cat <<< {word})"',
            '"$(echo a; echo b)"',
            "$(basename /a/b.c)",
            '"$(true)"',
            "$(echo a | tr a b)",
            "$(echo 'abc de' | rev)",
            "$(echo bWFyaw== | base64 -d)",
            f"$(echo {word} | cut -c1-2)",
            f"$(printf 'x\\ny z\\nw\\n' | {self.pick('head -n1', 'tail -1', 'head -2', 'tail -n +2', 'tac', 'head -c 3', 'tail -c 4', 'sed 1d')})",
            f"\"$(echo {word} | tr {self.pick('a-z A-Z', 'abc xyz', '-d b', 'a-m n-z', '[:lower:] [:upper:]', '-d [:space:]')})\"",
            f"\"$(echo 'a.b a+c' | sed {self.pick('s/a/b/', 's/a/b/g', 's/^a/Z/', 's/c$/Z/', 's/./Q/2', 's/.b/_/', 's,a,/,', 's/[.]/-/', 'y/ab/xy/')})\"",
            "$(echo 'a b:c' | cut -d: -f2)",
            "$(echo 'a b c' | cut -d' ' -f1,3)",
            "$(echo 'p q r' | awk '{print $2}')",
            "$(echo 6d61726b | xxd -r -p)",
            "$(cat <<< x | tee /dev/null)",
            "x$(echo {1..2})y",
        )

    def joined_up(self):
        return self.pick(self.letters(), self.quoted(), self.parameter()) + self.pick(
            self.quoted(), self.parameter(), self.operator(), self.letters()
        )

    def array(self):
        return self.pick(
            '"${A[@]}"',
            "${A[@]}",
            '"${A[*]}"',
            "${A[1]}",
            '"${A[0]}"',
            "${#A[@]}",
            "$A",
            '"${A[@]:1}"',
            '"${A[@]:0:1}"',
            '"${A[@]#a}"',
            '${A[@]+"${A[@]}"}',
        )

    def arguments(self):
        return self.pick('"$@"', "$@", '"$*"', "$1", '"$2"', "$#", '"${@:2}"', '"a$@b"', "${1:-none}", '${1+"$@"}')

    def words(self, most=3):
        return " ".join(self.word() for _ in range(self.random.randint(0, most)))

    # ---- statements ----

    def mark(self, words=None):
        self.number += 1
        return f"mark {self.number} {self.words() if words is None else words}".strip()

    def statement(self):
        if self.depth > 3:
            return self.mark()
        self.depth += 1
        kinds = [
            self.mark,
            self.mark,
            self.assignment,
            self.assignment,
            self.wrapped,
            self.chain,
            self.compound,
            self.loop,
            self.in_shell,
            self.function,
            self.call,
            self.piped,
            self.moves,
            self.odd,
            self.written,
            self.lines,
        ]
        found = self.random.choice(kinds)()
        self.depth -= 1
        return found

    def block(self):
        found = [self.statement() for _ in range(self.random.randint(1, 2))]
        return ("\n" if any("<<" in one for one in found) else "; ").join(found)

    def assignment(self):
        name = self.name()
        value = self.pick(
            self.letters(),
            self.quoted(),
            self.parameter(),
            self.substitution(),
            self.operator(),
            self.joined_up(),
            "'a b'",
            "abc",
            "a:b",
            "~/q:~",
        )
        forms = [
            f"{name}={value}",
            f"{name}={value}",
            f"{name}+={value}",
            f"export {name}={self.pick(self.letters(), self.quoted())}",
            f"unset {name}",
            f"{name}={value} W={self.letters()}",
            f"{name}={value} {self.mark()}",
        ]
        if self.shell == "bash":
            forms += [
                f"A=({self.words()})",
                f"A+=({self.word()})",
                "A[0]=z",
                f"set -- {self.words()}",
                "shift",
                f"printf -v {name} '%s.' {self.letters()} b",
                "N=V",
                "N=W",
                f"read {name} <<< 'r s'",
                f"declare {name}={value}",
                "IFS=:",
                "unset IFS",
                f"let {name}=3+4",
                f"(( {name} = 5 ))",
                f"declare -i {name}=4",
                f"declare -u {name}",
                f"declare -l {name}=AbC",
                f"read {self.pick('', '-r ')}{name} W <<< {self.pick(self.quoted(), self.parameter(), self.letters())}",
                f"IFS=: read -r {name} W <<< 'a:b c:d'",
                "IFS=, read -ra A <<< 'a,b c,,d'",
                "read -ra A <<< ' p  q r '",
                "mapfile -t A < <(printf 'a\\nb c\\n')",
                f"{{ read {name}; read W; }} <<< $'l1\\nl 2'",
                "unset M; declare -A M=([k]=v1 [j]='v 2'); V=${M[k]}",
                f"{name}=({self.words(2)})",
            ]
        return self.random.choice(forms)

    def simple(self):
        return self.mark(" ".join(self.pick(self.plain, self.quoted, self.parameter)() for _ in range(self.random.randint(0, 3))))

    def wrapped(self):
        mark = self.mark()
        forms = [
            f"env {mark}",
            f"env E2={self.letters()} {mark}",
            f"command {mark}",
            f"nice -n 3 {mark}",
            f"timeout 9 {mark}",
            f"nohup {mark} 2>/dev/null",
            f"env -u E1 {mark}",
            f"timeout -s KILL 9 nice {mark}",
            f"time {mark} 2>/dev/null",
            f"command env E1=q {mark}",
            f"setsid -w {mark}",
            f"stdbuf -o0 {mark}",
            f"./bin/{mark}",
            f"bin/../bin/{mark}",
            f"m\\ark{mark[4:]}",
            f"'mark'{mark[4:]}",
            f'"ma"rk{mark[4:]}',
            f"$(echo mark){mark[4:]}",
            f"M=mark; $M{mark[4:]}",
            f"${{U0:-mark}}{mark[4:]}",
            f"$U0 {mark}",
            f"ionice -c3 {mark}",
            f"chrt -b 0 {mark}",
            f"flock . {mark}",
            f"env -C d1 {mark}",
            f"taskset 1 {mark}",
        ]
        return self.random.choice(forms)

    def doubt(self):
        self.doubts += 1
        return self.pick("maybe", "maybe", "! maybe")

    def chain(self):
        if self.doubts > 2:
            return f"true && {self.mark()}"
        forms = [
            lambda: f"true && {self.mark()}",
            lambda: f"false || {self.mark()}",
            lambda: f"{self.doubt()} && {self.tame()}",
            lambda: f"{self.doubt()} || {self.tame()}",
            lambda: f"{self.doubt()} && {self.tame()} || {self.mark()}",
            lambda: f"{self.doubt()} && {{ {self.block()}\n}}",
        ]
        return self.random.choice(forms)()

    def tame(self):
        return self.pick(self.assignment, self.mark, self.wrapped)()

    def compound(self):
        if self.doubts > 2:
            return f"{{ {self.block()}\n}}"
        word = self.pick("$V", '"$V"', "a", "abc")
        forms = [
            lambda: f"if {self.doubt()}; then {self.block()}\nelse {self.block()}\nfi",
            lambda: f"if {self.doubt()}; then {self.block()}\nfi",
            lambda: f"( {self.block()}\n)",
            lambda: f"{{ {self.block()}\n}}",
            lambda: f"case {word} in a*) {self.mark()} ;; *) {self.mark()} ;; esac",
            lambda: f"if {self.doubt()}; then {self.name()}=q; elif {self.doubt()}; then {self.name()}=r; fi",
            lambda: f"[[ -n {word} ]] && {self.mark()}",
        ]
        return self.random.choice(forms)()

    def loop(self):
        items = self.pick("1 2", "a 'b c'", "{x,y}", '"$V" z', "$V", "$(echo p q)", "1")
        body = self.pick(self.mark(f"$i {self.word()}"), self.mark(f'"$i" {self.word()}'))
        grow = self.pick("", "", "W=$W$i; ", "V=$i; ", "W=${V}1; ")
        leave = self.pick("", "", "", f"{self.doubt()} && break; ", f"{self.doubt()} && continue; ") if self.doubts < 3 else ""
        rest = self.pick("", "; " + self.mark("$V $W"))
        counted_body = (grow + leave.replace("continue", "break") + body).replace("$i", "$n")
        counted = f"n=0\nwhile [ $n -lt 2 ]; do {counted_body}; n=$((n+1)); done"
        forms = [f"for i in {items}; do {grow}{leave}{body}{rest}; done", f"for i in {items}\ndo {body}; {grow}done", counted]
        if self.shell == "bash":
            forms += [
                f"for ((i=0;i<2;i++)); do {grow}{body}; done",
                f"printf '%s\\n' l1 'l 2' | while read i; do {grow}{body}; done",
                f"for i in 1 2; do for j in a b; do {body} $j; {grow}done; done",
            ]
        return self.random.choice(forms)

    def in_shell(self):
        inner = self.block()
        forms = [
            f"bash -c {shlex.quote(inner)}",
            f"bash -c {shlex.quote(inner)} zero one 'two 2'",
            f"eval {shlex.quote(inner)}",
            f"bash <<'EOT'\n{inner}\nEOT",
            f"bash -s p 'q r' <<'EOT'\n{inner}\nEOT",
            f"echo {shlex.quote(self.mark())} | bash",
            f'bash -c "mark {self.again()} $V"',
            f'eval "mark {self.again()} $V"',
            f"eval mark {self.again()} \\$V",
            f"source <(echo {shlex.quote(self.mark())})",
            f"env E2=k bash -c {shlex.quote(inner)}",
            f'bash <<EOT\nmark {self.again()} "$V"\nEOT',
            f"nice bash -c {shlex.quote(inner)}",
            f"( exec {self.mark()} )",
            f"bash <<< {shlex.quote(self.mark())}",
            f"trap {shlex.quote(self.mark())} EXIT" if not self.in_function and self.shell == "bash" else self.mark(),
            f"sh -c {shlex.quote(self.simple())}",
        ]
        return self.random.choice(forms)

    def again(self):
        self.number += 1
        return self.number

    def function(self):
        name = f"f{len(self.functions)}"
        before, self.in_function = self.in_function, True
        local = self.pick("", "", f"local {self.name()}=l; ", "local V=$1; ", f"local {self.name()}; ")
        leave = self.pick("", "", "", f"; {self.doubt()} && return; {self.assignment()}") if self.doubts < 3 else ""
        body = f"{local}{self.mark(self.pick('$1', chr(34) + '$@' + chr(34), '$# $V', '$*'))}{leave}; {self.statement()}"
        self.in_function = before
        if "<<" in body or "\n" in body:
            body += "\n"
        self.functions.append(name)
        return self.pick(f"{name}() {{ {body}\n}}", f"function {name} {{ {body}\n}}") + f"\n{name} {self.words(2)}"

    def call(self):
        if not self.functions:
            return self.mark()
        return self.pick("", "", "E1=c ") + f"{self.pick(*self.functions)} {self.words(2)}"

    def piped(self):
        forms = [
            f"echo a b | xargs {self.mark()}",
            f"printf '%s\\n' a 'b c' | xargs -I{{}} mark {self.again()} {{}} x",
            f"echo a b c | xargs -n 2 {self.mark('q')}",
            f"echo a | {self.mark()}",
            f"{self.mark()} | cat",
            f"find d1 -maxdepth 0 -exec {self.mark()} {{}} \\;",
            f"{self.mark()} & wait",
            f"echo a | ( {self.mark()}; {self.mark()} )",
            f"echo z | {{ cat; {self.mark()}; }} >/dev/null",
            f"{self.mark()} > /dev/null",
            f"2>/dev/null {self.mark()}",
            f": $({self.mark()})",
            f"{self.name()}=$({self.mark()}; echo k)",
            f': "${{U0:-$({self.mark()})}}"',
            f"cat <({self.mark()}) > /dev/null",
            f": <<EOT\n$({self.mark()})\nEOT",
            f"[[ -z $({self.mark()}) ]]",
            f": $(( $({self.mark()}; echo 1) + 1 ))",
            f"printf '%s\\0' a 'b c' | xargs -0 {self.mark()}",
        ]
        return self.random.choice(forms)

    def written(self):
        """A file that is written and then run; its name is used once, for what it held before would not be known."""
        inner, mark, f = self.block(), self.mark(), f"w{self.again()}"
        forms = [
            f"cat > {f} <<'EOW'\n{inner}\nEOW\nbash {f}",
            f"echo {shlex.quote(mark)} > {f}; . ./{f}",
            f"printf '%s\\n' {shlex.quote(mark)} > {f}; {self.shell} {f} a b",
            f"echo {shlex.quote(mark)} > {f}; chmod +x {f} && ./{f}",
            f"echo {shlex.quote(mark)} | tee {f} > /dev/null; bash < {f}",
            f"echo {shlex.quote(mark)} > {f}; cp {f} {f}c; cat {f}c | bash",
            f"echo 'mark {self.again()} $1 $#' > {f}; bash {f} p 'q r'",
            f"printf 'mark {self.again()} ' > {f}; echo x >> {f}; mv {f} {f}m; bash {f}m",
            f"cat > {f} <<EOW\nmark {self.again()} $V\nEOW\neval \"$(cat {f})\"",
            f"echo a > {f}; {self.doubt()} && echo b > {f}; mark {self.again()} $(cat {f})",
            f"{{ echo 'mark {self.again()} one'; echo '{self.mark('two')}'; }} > {f}; bash {f}",
            f"for i in a b; do echo mark {self.again()} $i; done > {f}; bash {f}",
            f"echo {shlex.quote(mark)} | base64 > {f}; base64 -d {f} | bash",
            f"ln -s {f} {f}l; echo {shlex.quote(mark)} > {f}; bash {f}",
            f"mkdir -p d1 && (cd d1 && echo {shlex.quote(mark)} > {f}); bash d1/{f}",
            f"mark {self.again()} $(echo k > {f}; cat {f})",
        ]
        if self.shell == "bash":
            forms += [
                f"exec 3<<< {shlex.quote(mark)}; bash <&3; exec 3<&-",
                f"echo {shlex.quote(mark)} > {f}; exec 4< {f}; bash <&4; exec 4<&-",
                f"echo 'x y' > {f}; read V W < {f}; mark {self.again()} $W $V",
                f"printf 'a b\\nc\\n' > {f}; while read i j; do mark {self.again()} $i $j; done < {f}",
                f"echo 'mark {self.again()} $(<{f}q)' > {f}; echo z > {f}q; bash {f}",
                f"eval \"$(printf 'mark {self.again()} %s' a)\"",
            ]
        return self.random.choice(forms)

    def lines(self):
        """Loops over known lines, and case, which always takes an arm when there is a last one for all."""
        name = self.name()
        leave = self.pick("", "", f"{self.doubt()} && break; ", f"{self.doubt()} && continue; ") if self.doubts < 3 else ""
        forms = [
            f"while read i; do {leave}mark {self.again()} $i; done <<E\na\nb c\nE",
            f"while read -r i; do {leave}V=$V$i; done <<E\na\nb\nE\nmark {self.again()} $V",
            f"printf '%s\\n' p q | while read i; do {leave}mark {self.again()} $i $V; V=$i; done",
            f"while read i j; do cat; mark {self.again()} $i $j; done <<E > /dev/null\na 1\nb 2\nE",
            f"case $V in a*) V=c1;; *) V=c2;; esac; mark {self.again()} $V",
            f"case $V in a*) V=c1;; esac; mark {self.again()} $V",
            f"while read i; do read j; mark {self.again()} $i $j; done <<E\n1\n2\n3\nE",
            f"echo 'a b' | {{ read i j; mark {self.again()} $j $i; }}",
            f"read {name} <<E\n  one two  \nthree\nE\nmark {self.again()} \"${name}\"",
        ]
        if self.shell == "bash":
            forms.append(f"mapfile -t A <<E\nl 1\n  l2\nE\nmark {self.again()} {QUOTED_A}")
        return self.random.choice(forms)

    def moves(self):
        forms = [
            f"cd d1 && {self.mark('$PWD')}; cd ..",
            f"(cd d1/d2; {self.mark('$(pwd)')})",
            f"cd ~ && {self.mark()}; cd -  >/dev/null",
            f'cd /; {self.mark(QUOTED_PWD)}; cd "$OLDPWD"',
            f"pushd d1 >/dev/null; {self.mark('~+')}; popd >/dev/null",
            f"cd nowhere 2>/dev/null || {self.mark('$PWD')}",
            f'cd "$HOME"/../d1; {self.mark()}; cd ..',
            f"cd d1 && cd d2 && {self.mark()}; cd ../..",
        ]
        return self.random.choice(forms)

    def odd(self):
        forms = [
            f"! {self.mark()}",
            f"( HOME=/h; {self.mark('~ $HOME')} )",
            f"V='a b' W=$V; {self.mark('$W')}",
            f"V=1; V=2 {self.mark('$V')}; {self.mark('$V')}",
            f"(V=sub); {self.mark('$V')}",
            f"V=x | true; {self.mark('$V')}",
            f"V=1; (( ${{#V}} )); {self.mark('$V')}",
            f"command -v mark >/dev/null && {self.mark()}",
            f"alias zz='{self.mark()}'" if self.number < 0 else self.mark(),
        ]
        if self.shell == "zsh":
            forms += [
                f"V=a/b.c; {self.mark(self.pick('$V:h', '$V:t', '$V:r', '$V:e', '$V:t:r', '$V:u', '$V:h/x', QUOTED_V))}",
                f"A=(p 'q r' s); {self.mark(self.pick('$A[1]', '$A[2]', '$A[-1]', '$A[4]', '$A[1]$A[3]'))}",
                f"V=abc; {self.mark(self.pick('$V[2]', '$V[-1]', '$V[9]x'))}",
                f"repeat 2 {self.mark('r')}",
                f"emulate sh -c {shlex.quote(self.mark('e'))}",
            ]
        if self.shell == "bash":
            forms += [
                f"V='*'; {self.mark('$V')}",
                f"{self.mark('d*')}",
                f"V=a:b; IFS=:; {self.mark('$V')}; unset IFS",
                f"V=; {self.mark('$V x')}",
                f"unset V; : ${{V:=dd}}; {self.mark('$V')}",
                f"X=Q; declare -n R=X; R=t; {self.mark('$X')}; unset -n R",
                f"readonly RO=1; {self.mark('$RO')}",
                f"echo l | read V; {self.mark('$V')}",
                f"mapfile -t A <<< 'm n'; {self.mark(QUOTED_A)}",
                f"set -- 1 2; while [ $# -gt 0 ]; do {self.mark('$1')}; shift; done",
                f"V=1; f9() {{ V=2; }}; f9; {self.mark('$V')}",
                f"V=1; f9() ( V=2 ); f9; {self.mark('$V')}",
                f"V=a; trap 'V=z' DEBUG; {self.mark('$V')}; trap - DEBUG",
                f"V=o; f8() {{ local V=i; f7; }}; f7() {{ {self.mark('$V')}; }}; f8; f7",
                f"getopts a: o -a x; {self.mark('$OPTARG')}",
                f"V=(1 2); {self.mark('$V')}; unset V",
                f"V=ab; {self.mark('${V@Q}')}",
                f"V=ab; {self.mark('${V@U} ${V@u}')}",
                f"hash -p $PWD/bin/mark hashed; hashed {self.again()} a; hash -r",
                f"N=V; V='a b'; {self.mark('${!N}')}",
                f"set -- mark {self.again()} a 'b c'; \"$@\"",
                f"A=(mark {self.again()} a 'b c'); \"${{A[@]}}\"",
                f"x_y=1; IFS=_; Z=mark_{self.again()}_q; $Z; unset IFS",
                f"printf -v V 'mark %s' {self.again()}; $V",
                f"env 'BASH_FUNC_ff%%=() {{ mark {self.again()} \"$1\"; }}' bash -c 'ff k'",
                f'f6() {{ [ $# -gt 0 ] || return; {self.mark("$1")}; shift; f6 "$@"; }}; f6 a b c d e',
                f"case a in a) V=c1 ;& b) W=c2 ;; esac; {self.mark('$V $W')}",
                f"export -f f0 2>/dev/null; {self.mark()}",
            ]
        return self.random.choice(forms)


class Place:
    """A folder with the marker programs, and one run of a text in it."""

    def __init__(self, folder):
        self.folder = str(folder)
        for name in ("bin", "home", "d1/d2"):
            os.makedirs(f"{folder}/{name}")
        self.log, self.decisions, self.asked = f"{folder}/.log", f"{folder}/.decisions", f"{folder}/.asked"
        self.program("mark", f'printf "%s\\0" "$PWD" "${{E1-unset}}" "${{E2-unset}}" "$@" "{END}" >> {self.log}')
        self.program(
            "maybe",
            f'read d < {self.decisions}; echo "${{d#?}}" > {self.decisions}; echo >> {self.asked}; case $d in 1*) exit 1;; esac; exit 0',
        )

    def program(self, name, text):
        path = f"{self.folder}/bin/{name}"
        with open(path, "w") as file:
            file.write(f"#!/bin/sh\n{text}\n")
        os.chmod(path, 0o755)

    def world(self, shell):
        home = f"{self.folder}/home"
        return World(cwd=self.folder, home=home, project=self.folder, roots=(self.folder,), shell=shell, env={"HOME": home})

    def run(self, shell, text, decisions):
        """(list of the calls of mark: folder, E1, E2 and arguments; how often `maybe` was asked)."""
        for path in (self.log, self.asked):
            open(path, "w").close()
        with open(self.decisions, "w") as file:
            file.write(decisions + "\n")
        env = {"PATH": f"{self.folder}/bin:/usr/bin:/bin", "HOME": f"{self.folder}/home", "U1": "u v", "LC_ALL": "C.UTF-8"}
        subprocess.run(
            [shutil.which(shell) or f"{shell} is not installed, and this test compares with it", *(["-f"] if shell == "zsh" else ["--norc"]), "-c", text],
            env=env,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
        with open(self.log) as file:
            fields = file.read().split("\0")
        calls, call = [], []
        for field in fields[:-1]:
            if field == END:
                calls.append(call)
                call = []
            else:
                call.append(field)
        with open(self.asked) as file:
            return calls, len(file.read())


def run_all_ways(place, shell, text, most=24):
    """Every call of mark over all answers of `maybe`, and whether all ways could be tried."""
    calls, todo = [], [""]
    for _ in range(most):
        answers = todo.pop()
        more, asked = place.run(shell, text, answers)
        calls += more
        todo += [answers + "0" * (k - len(answers)) + "1" for k in range(len(answers), asked)]
        if not todo:
            return calls, True
    return calls, False


def pattern(command):
    """A regular expression for the arguments that a Command may run with."""
    out = []
    for arg in command.argv[1:]:
        if arg.split or arg.glob:
            out.append("(?:[^\\x00]*\\x00)*")
            continue
        for piece in arg.pieces:
            if piece.__class__ is Unknown:
                out.append(f"(?:{'|'.join(map(re.escape, piece.options))})" if piece.options else "[^\\x00]*")
            else:
                out.append(re.escape(piece))
        out.append("\\x00")
    if command.open_ended:
        out.append("(?:[^\\x00]*\\x00)*")
    return re.compile("".join(out))


def is_known(command):
    """All arguments are known, and it is not one of several things that a computed command word may turn out to be."""
    return (
        all(a.known and not a.glob and not a.split for a in command.argv)
        and not command.open_ended
        and not any(label.endswith("?") for label in command.via)
    )


def fits(command, call):
    """Whether a call may be this Command: arguments, folder, environment."""
    folder, one, two, *args = call
    if command.cwd is not None and command.cwd != folder:
        return False
    for name, value in (("E1", one), ("E2", two)):
        arg = command.env.get(name)
        if arg is not None and arg.known and arg.value != value:
            return False
    return pattern(command).fullmatch("".join(a + "\0" for a in args)) is not None


def differences(place, shell, text):
    """Sentences about where our understanding of a text and what the shell did with it differ. Of an unreadable one nothing is claimed."""
    try:
        line = understand(text, place.world(shell))
    except Unreadable:
        UNREADABLE.append(text)
        return []
    marks = [c for c in line.commands if c.program == "mark"]
    calls, complete = run_all_ways(place, shell, text)
    opaque = any(code.language == "sh" and (code.text is None or not code.text.known) for c in line.commands for code in c.code)
    opaque = opaque or any(
        code.origin == "file" and not any(other.origin == "written" for other in c.code) for c in line.commands for code in c.code
    )
    opaque = opaque or any(not c.program and c.argv and not any(u.kind == "variable" for u in c.argv[0].unknowns) for c in line.commands)
    found = [] if opaque else [f"ran, but is not listed: {call}" for call in calls if not any(fits(c, call) for c in marks)]
    ran = {call[3] for call in calls if len(call) > 3}
    for command in marks:
        number = command.argv[1].value if len(command.argv) > 1 else None
        if complete and is_known(command) and number in ran and not any(fits(command, call) for call in calls):
            found.append(f"claimed, but did not run so: {command} in {command.cwd} with {command.env}")
    return found


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("part", range(SLICES))
def test_what_we_claim_to_know_is_what_a_real_shell_runs(shell, part, tmp_path):
    def check(seeds):
        place = Place(tmp_path / str(seeds[0]))
        found, calls = [], 0
        for seed in seeds:
            texts = Texts(seed, shell)
            text = texts.text()
            found += [(seed, text, difference) for difference in differences(place, shell, text)]
            calls += texts.number
        return found, calls

    seeds = [s for s in range(LINES) if s % SLICES == part]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(check, [seeds[0::2], seeds[1::2]] if len(seeds) > 1 else [seeds]))
    found = [f for some, _ in results for f in some]
    assert len(UNREADABLE) <= 2 + LINES // 100, UNREADABLE[-1]
    assert sum(calls for _, calls in results) > len(seeds), "the texts must call the marker"
    assert not found, "\n".join(f"seed {seed}: {text!r}\n    {difference}" for seed, text, difference in found[:5])
