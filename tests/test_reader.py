"""The shell reader by itself: what it makes of a text, what it refuses and where, what it costs, and that positions hold."""

import sys
import time

import pytest

from holdfast.guard.shell import tree
from holdfast.guard.shell.reader import MAX_TEXT, read
from holdfast.guard.shell.selftest_cases import DYNAMIC, EVASIONS


def shape(node):
    """A tree as a short text: simple commands as [a b], redirections behind, everything else by its name."""
    if node is None:
        return "-"
    kind = node.__class__
    if kind is tree.Sequence:
        out = []
        for number, (operator, item) in enumerate(node.items):
            out.append(f"{operator!r} " if operator == "\n" else f"{operator} " if operator else "")
            out.append(shape(item) + ("&" if number in node.background else "") + " ")
        return "".join(out).strip()
    if kind is tree.Simple:
        return "[" + " ".join(shape(part) for part in (*node.assigns, *node.words, *node.redirs)) + "]"
    if kind is tree.Word:
        return "".join(shape(part) for part in node.parts) or "''"
    if kind is tree.Text:
        return {"": node.text, "\\": "\\" + node.text}.get(node.quote, f"{node.quote}{node.text}{node.quote[-1]}" if node.quote else "")
    if kind is tree.Param:
        index = f"[{shape(node.index)}]" if node.index else ""
        return "${" + "!" * node.indirect + node.name + index + node.op + ",".join(map(shape, node.words)) + "}"
    if kind is tree.Subst:
        return f"{node.kind}{shape(node.body)}" + ("`" if node.kind == "`" else ")")
    if kind is tree.Arith:
        return "$((" + "".join(map(shape, node.parts)) + "))"
    if kind is tree.ExtGlob:
        return f"{node.kind}(" + "|".join(map(shape, node.words)) + ")"
    if kind is tree.Assign:
        name = node.name + (f"[{shape(node.index)}]" if node.index else "") + ("+=" if node.append else "=")
        if node.array is not None:
            return name + "(" + " ".join((f"[{shape(i)}]=" if i else "") + shape(v) for i, v in node.array) + ")"
        return name + (shape(node.value) if node.value else "")
    if kind is tree.Redir:
        return f"{node.fd}{node.op}{shape(node.target)}" + (f"{{{shape(node.body)!r}}}" if node.body else "")
    if kind is tree.Pipeline:
        stages = shape(node.stages[0]) if node.stages else ""
        for join, stage in zip(node.joins, node.stages[1:], strict=True):
            stages += f" {join} {shape(stage)}"
        return ("! " if node.negated else "") + f"<{stages}>"
    redirections = "".join(" " + shape(r) for r in getattr(node, "redirs", ()))
    if kind is tree.Group:
        return node.kind + " " + shape(node.body) + {"{": " }", "(": " )"}[node.kind] + redirections
    if kind is tree.If:
        branches = " el".join(f"if {shape(test)} then {shape(body)}" for test, body in node.branches)
        return branches + (f" else {shape(node.otherwise)}" if node.otherwise else "") + " fi" + redirections
    if kind is tree.While:
        return f"{node.kind} {shape(node.test)} do {shape(node.body)} done" + redirections
    if kind is tree.For:
        head = "((" + "".join(map(shape, node.parts)) + "))" if node.kind == "((" else node.name
        words = "" if node.words is None else " in " + " ".join(map(shape, node.words))
        return f"{'for' if node.kind == '((' else node.kind} {head}{words} do {shape(node.body)} done" + redirections
    if kind is tree.Case:
        arms = " ".join("|".join(map(shape, patterns)) + f") {shape(body)} {terminator}".rstrip()
                        for patterns, body, terminator in node.arms)
        return f"case {shape(node.subject)} in {arms} esac" + redirections
    if kind is tree.Condition:
        return "[[ " + " ".join(map(shape, node.words)) + " ]]" + redirections
    if kind is tree.ArithCommand:
        return "((" + "".join(map(shape, node.parts)) + "))" + redirections
    if kind is tree.Function:
        return f"function {shape(node.name)} {shape(node.body)}"
    assert kind is tree.Coproc
    return f"coproc {shape(node.name)} {shape(node.body)}"


SHAPES = {
    "nothing": ("", ""),
    "a comment alone": ("# a; b", ""),
    "words": ("a  b\tc", "[a b c]"),
    "quotes are kept apart": ("a'b c'\"d\"\\e$'\\t'", "[a'b c'\"d\"\\e$'\t']"),
    "an empty word": ("a '' \"\"", "[a '' \"\"]"),
    "# inside a word is no comment": ("a#b c # d", "[a#b c]"),
    "# behind a separator is a comment": ("a;#b", "[a]"),
    "operators": ("a; b & c && d || e\nf", "[a] ; [b]& & [c] && [d] || [e] '\\n' [f]"),
    "a pipeline": ("a | b |& c", "<[a] | [b] |& [c]>"),
    "a negated pipeline": ("! a | b", "! <[a] | [b]>"),
    "! twice": ("! ! a", "[a]"),
    "! inside a word": ("!a", "[!a]"),
    "time is a prefix": ("time -p a | b", "<[a] | [b]>"),
    "timex is a command": ("timex a", "[timex a]"),
    "a reserved word as an argument": ("echo if then fi", "[echo if then fi]"),
    "a backslash alone at the end": ("a b \\", "[a b \\]"),
    "a quoted reserved word": ("'if' a", "['if' a]"),
    "line continuation in a word": ("ec\\\nho a", None),
    "line continuation in an argument": ("echo a\\\nb", "[echo ab]"),
    "line continuation between words": ("a \\\n b", "[a b]"),
    "carriage return is an ordinary character": ("a\r\nb", "[a\r] '\\n' [b]"),
    "a parameter": ("$a ${b} $1 ${10} $@", "[${a} ${b} ${1} ${10} ${@}]"),
    "$10 is $1 and a zero": ("echo $10", "[echo ${1}0]"),
    "a lone dollar": ("echo $ a$ \"$\"", "[echo $ a$ \"$\"]"),
    "parameter operators": ("echo ${a:-b} ${a#b} ${a//b/c} ${a:1:2} ${#a} ${!a} ${!a*} ${a[1]} ${a@Q}",
                            "[echo ${a:-b} ${a#b} ${a//b,c} ${a:1,2} ${a#len} ${a!} ${!a*} ${a[1]} ${a@Q}]"),
    "a brace in quotes does not close": ("echo ${a:-\"}\"} b", "[echo ${a:-\"}\"} b]"),
    "an escaped brace does not close": ("echo ${a:-\\}} b", "[echo ${a:-\\}} b]"),
    "nested parameters": ("echo ${a:-${b:-c}}", "[echo ${a:-${b:-c}}]"),
    "a substitution": ("echo $(a b)", "[echo $([a b])]"),
    "a substitution in quotes": ("echo \"a$(b \"c\")d\"", "[echo \"a\"$([b \"c\"])\"d\"]"),
    "a parenthesis in quotes does not close": ("echo $(a ')' \")\") b", "[echo $([a ')' \")\"]) b]"),
    "a parenthesis in a comment does not close": ("echo $(a # )\n) b", "[echo $([a]) b]"),
    "case inside a substitution": ("echo $(case a in a) b;; esac) c", "[echo $(case a in a) [b] ;; esac) c]"),
    "backticks": ("echo `a b`", "[echo `[a b]`]"),
    "nested backticks": ("echo `a \\`b\\``", "[echo `[a `[b]`]`]"),
    "backticks in quotes": ("echo \"`a \\\"b\\\"`\"", "[echo `[a \"b\"]`]"),
    "process substitution": ("a <(b) >(c) < <(d)", "[a <([b]) >([c]) <<([d])]"),
    "arithmetic": ("echo $((1 + (2) * $a)) $[3]", "[echo $((1 + (2) * ${a})) $((3))]"),
    "$(( may be two parentheses": ("echo $((a); (b))", "[echo $(( [a] ) ; ( [b] ))]"),
    "$( ( is not arithmetic": ("echo $( (a) )", "[echo $(( [a] ))]"),
    "(( is arithmetic": ("((a = 1))", "((a = 1))"),
    "(( may be two parentheses, too": ("((a); (b))", "( ( [a] ) ; ( [b] ) )"),
    "assignments": ("a=1 b= c+=x d", "[a=1 b= c+=x d]"),
    "an assignment as an argument": ("a b=1", "[a b=1]"),
    "a name that is none": ("1a=b", "[1a=b]"),
    "an element": ("a[1]=b a[i+1]+=c", "[a[1]=b a[i+1]+=c]"),
    "a glob that looks like an element": ("a[1]", "[a[1]]"),
    "an array": ("a=(b [1]=c $(d)\n# e )\n[f]*)", "[a=(b [1]=c $([d]) [f]*)]"),
    "declare takes assignments": ("declare -a a=(b) c=d", "[declare -a a=(b) c=d]"),
    "redirections": ("a >b 2>>c 3<&4 <&- &>d {e}>f <<<g >|h <>i", "[a >b 2>>c 3<&4 <&- &>d {e}>f <<<g >|h <>i]"),
    "a number that is no descriptor": ("a b2>c", "[a b2 >c]"),
    "braces that are no descriptor": ("a {b,c}>d", "[a {b,c} >d]"),
    "a redirection first": (">a b", "[b >a]"),
    "a redirection alone": (">a", "[>a]"),
    "a here-document": ("a <<E b\n$c d\nE\ne", "[a b <<E{'${c}\" d\\n\"'}] '\\n' [e]"),
    "a quoted here-document": ("a <<'E'\n$c\nE", "[a <<'E'{\"'$c\\n'\"}]"),
    "tabs before the delimiter": ("a <<-E\n\tb\n\tE\nc", "[a <<-E{'\"b\\n\"'}] '\\n' [c]"),
    "blanks before the delimiter do not count": ("a <<E\n E\nE\nb", "[a <<E{'\" E\\n\"'}] '\\n' [b]"),
    "two here-documents": ("a <<A <<B\n1\nA\n2\nB", "[a <<A{'\"1\\n\"'} <<B{'\"2\\n\"'}]"),
    "a here-document in a pipeline": ("a <<E | b\n1\nE", "<[a <<E{'\"1\\n\"'}] | [b]>"),
    "a here-document in a substitution": ("a $(b <<E\n)\nE\n)", "[a $([b <<E{'\")\\n\"'}])]"),
    "a here-document to the end": ("a <<E\nb", "[a <<E{'\"b\"'}]"),
    "an empty here-document": ("a <<E\nE", "[a <<E{\"''\"}]"),
    "a substitution in a here-document": ("a <<E\n`b` \\$(c)\nE", "[a <<E{'`[b]`\" $(c)\\n\"'}]"),
    "a group": ("{ a; b; } >c", "{ [a] ; [b] } >c"),
    "a brace word is no group": ("{a; b}", "[{a] ; [b}]"),
    "a subshell": ("(a; b) && c", "( [a] ; [b] ) && [c]"),
    "if": ("if a; then b; elif c; then d; else e; fi", "if [a] then [b] elif [c] then [d] else [e] fi"),
    "if with a background condition": ("if a & then b; fi", "if [a]& then [b] fi"),
    "while and until": ("while a; do b; done; until c; do d; done", "while [a] do [b] done ; until [c] do [d] done"),
    "for": ("for a in b $c; do d; done", "for a in b ${c} do [d] done"),
    "for without in": ("for a do b; done", "for a do [b] done"),
    "for with a group": ("for a in b; { c; }", "for a in b do [c] done"),
    "arithmetic for": ("for ((i=0;;i++)); do a; done", "for ((i=0;;i++)) do [a] done"),
    "select": ("select a in b; do c; done", "select a in b do [c] done"),
    "case": ("case $a in b|c) d;; (e) f;& *) g;;& h) esac", "case ${a} in b|c) [d] ;; e) [f] ;& *) [g] ;;& h) esac"),
    "case with comments": ("case a in # b)\nb) c;; # d)\nesac", "case a in b) [c] ;; esac"),
    "functions": ("a() { b; }; function c { d; }; function e() (f)", "function a { [b] } ; function c { [d] } ; function e ( [f] )"),
    "a function with an odd name": ("a-b.c:d() { e; }", "function a-b.c:d { [e] }"),
    "a condition": ("[[ -f a && $b == c* ]]", "[[ -f a && ${b} == c* ]]"),
    "a regular expression": ("[[ a =~ ^(b|c d)+$ ]]", "[[ a =~ ^(b|c d)+$ ]]"),
    "an extended glob": ("[[ a == @(b|!(c)) ]]", "[[ a == @(b|!(c)) ]]"),
    "coproc": ("coproc a b; coproc c { d; }", "coproc - [a b] ; coproc c { [d] }"),
    "a closing word as a name": ("echo } done", "[echo } done]"),
}


@pytest.mark.parametrize("text, expected", [pytest.param(*case, id=name) for name, case in SHAPES.items() if case[1] is not None])
def test_a_text_is_read_into_the_shape(text, expected):
    assert shape(read(text)) == expected


# Each: text, the phrase the reason holds, the position.
REFUSED = {
    "an open single quote": ("a 'b", "single quote not closed", 2),
    "an open double quote": ("a \"b", "double quote not closed", 2),
    "an open $'": ("a $'b\\'", "$' not closed", 2),
    "an open backtick": ("a `b", "` not closed", 2),
    "an open substitution": ("a $(b", ") expected", 5),
    "an open parameter": ("a ${b", "${ not closed", 2),
    "a stray parenthesis": ("a )", "unexpected )", 2),
    "a stray closing word": ("a; fi", "unexpected fi", 3),
    "a pipe at the end": ("a |", "command expected", 3),
    "&& at the end": ("a &&", "command expected", 4),
    "two semicolons": ("a;; b", "unexpected ;;", 1),
    "an empty group": ("{ }", "empty block", 2),
    "an empty subshell": ("( )", "empty subshell", 2),
    "an empty then": ("if a; then fi", "empty block", 11),
    "a missing fi": ("if a; then b;", "fi expected", 13),
    "a missing target": ("a >", "word expected", 3),
    "a comment as target": ("a > #b", "word expected", 4),
    "text behind a group": ("{ a; } b", "unexpected b", 7),
    "NUL": ("a\0b", "NUL", 1),
    "${ command; }": ("${ a; }", "${ command; }", 0),
    "zsh flags": ("echo ${(e)a}", "zsh expansion flags", 5),
    "zsh's =(..)": ("a =(b)", "unexpected (", 3),
    "zsh glob qualifier": ("a *(e:b:)", "unexpected (", 3),
    "zsh glob qualifier in [[": ("[[ -n *(#qe:b:) ]]", "glob qualifier", 6),
    "zsh's >!": ("a >! b", ">!", 2),
    "zsh's } without a semicolon": ("{ a } always { b; }", "zsh takes for the end", 4),
    "zsh's short if": ("if [[ a ]] { b }", "unexpected {", 11),
    "zsh's short for": ("for a (b) c", "do expected", 6),
    "zsh's short function": ("a() b", "function body expected", 4),
    "zsh's nested expansion": ("echo ${$(a)}", "bad substitution", 5),
    "zsh's $=name": ("$=a", "$= that zsh expands", 0),
    "a brace in ${..}": ("echo ${a:-{}; b; echo }", "{ inside ${..}", 10),
    "disputed quotes in ${..}": ("echo \"${a:-'}'}\"", "quote inside", 11),
    "process substitution in a quoted ${..}": ("echo \"${a:-<(b)}\"", "<( inside", 11),
    "a bracket that hides a brace": ("echo ${a[}]}", "subscript", 8),
    "an expansion in a descriptor name": ("exec {a[$(b)]}>c", "redirection with a subscript", 5),
    "quoted expansion in arithmetic": ("echo $(('$(a)'))", "quoting in arithmetic", 5),
    "brackets that do not pair in arithmetic": ("(( a[ ))", "(( that shells read differently", 0),
    "text behind an array": ("a=(b)c", "text behind an array", 5),
    "a subscript with a separator": ("a[b;c]=d", "subscript", 1),
    "a broken first word": ("a\\\n=1 b", "first word broken", 1),
    "a broken reserved word": ("i\\\nf a; then b; fi", "reserved word broken", 0),
    "a broken &&": ("a &\\\n& b", "command expected", 5),
    "a broken redirection": ("a 2\\\n>b", "redirection broken", 3),
    "a broken $(": ("a \"$\\\n(b)\"", "$ broken", 3),
    "a broken name": ("$a\\\nb", "name broken", 2),
    "an expansion as delimiter": ("a <<$b\nc\n$b", "delimiter", 2),
    "a delimiter made by a continuation": ("a <<E\n\\\nE\nb", "delimiter made by", 8),
    "a here-document closed by its substitution": ("a $(b <<E\nc)", "not closed", 10),
    "an escape that differs": ("echo $'\\q'", "escape", 7),
    "a backslash at the end": ("a b\\", "backslash at the end", 3),
    "a quoted expansion behind >&": ("a >&'$(b)'", "behind >&", 2),
    "a quoted subscript in [[": ("[[ -v 'a[$(b)]' ]]", "-eq or -v", 6),
    "an unterminated [[": ("[[ a", "]] expected", 0),
    "a separator in [[": ("[[ a; ]]", "unexpected ; in [[", 4),
}


@pytest.mark.parametrize("text, reason, position", [pytest.param(*case, id=name) for name, case in REFUSED.items()])
def test_a_text_is_refused_with_reason_and_position(text, reason, position):
    with pytest.raises(tree.Unreadable) as refused:
        read(text)
    assert reason in refused.value.what
    assert refused.value.position == position


HOSTILE = {
    "100 KB of commands": "echo 'a b' \"$x\" $(c); " * 4_500,
    "1,000 nested substitutions": "$(" * 1_000 + "a" + ")" * 1_000,
    "1,000 nested quoted substitutions": "\"$(" * 1_000 + "a" + ")\"" * 1_000,
    "100k unclosed $(": "$(" * 50_000,
    "100k of (": "(" * 100_000,
    "100k of {": "{" * 100_000,
    "100k of { and blanks": "{ " * 50_000,
    "100k of [": "[" * 100_000,
    "100k of a[": "a[" * 50_000,
    "50k of a[ and blanks": "a[ " * 33_000,
    "100k of a[b]": "a[b] " * 20_000,
    "100k of a=(": "a=(" * 33_000,
    "unclosed ${x:-": "${x:-" * 20_000,
    "nested ${x:-..}": "${x:-" * 1_000 + "}" * 1_000,
    "many backticks": "`a` " * 25_000,
    "many escaped backticks": "`" + "\\`a\\` " * 16_000 + "`",
    "backslashes before backticks": "`" + "\\" * 100_000 + "`",
    "nothing but backslashes": "\\" * 100_000,
    "unclosed $((": "$((" * 33_000,
    "unclosed ((": "((" * 50_000,
    "(( that are subshells": "((a) ; " * 50 + ")" * 50,
    "<(( in quotes": "<((\"$(" * 50 + "a" + ")\"))" * 50,
    "$(( around 100 KB that is not arithmetic": "$((" * 9 + "$(a) " * 20_000 + ") ) " * 9,
    "100k of $[": "$[" * 50_000,
    "huge here-document": "cat <<E\n" + "line of text\n" * 7_500 + "E",
    "here-document never closed": "cat <<E\n" + "line\\\n" * 16_000,
    "here-document of tabs": "cat <<-E\n" + "\t" * 100_000,
    "many here-documents": "cat <<E\nx\nE\n" * 8_000,
    "many pending here-documents": "cat" + " <<E" * 20_000,
    "100k comments": "#\n" * 50_000,
    "100k newlines": "\n" * 100_000,
    "100k continuations": "\\\n" * 50_000,
    "one long word": "a" * 100_000,
    "one long quoted word": "\"" + "a" * 100_000 + "\"",
    "100k quotes": "''" * 50_000,
    "100k of !": "! " * 50_000,
    "100k of time": "time " * 20_000,
    "100k of if": "if " * 33_000,
    "100k of coproc": "coproc " * 14_000,
    "100k of function": "function a " * 9_000,
    "100k of case": "case a in a) " * 7_500,
    "100k of @(": "[[ a == " + "@(" * 50_000,
    "100k of |": "|" * 100_000,
    "100k of a|": "a|" * 50_000,
    "100k of ;": ";" * 100_000,
    "100k of &": "a&" * 50_000,
    "100k of <": "<" * 100_000,
    "100k digits": "1" * 100_000 + ">a",
    "100k of 1>": "1>a " * 25_000,
    "100k of {a}>": "{a}>b " * 16_000,
    "100k open braces in words": "{a " * 33_000,
    "regular expression": "[[ a =~ " + "(a|b)" * 20_000 + " ]]",
    "hostile characters": "".join(map(chr, range(1, 256))) * 390,
    "astral and surrogates": "\U0001f600\udcff\ud800 " * 25_000,
    "$' escapes": "$'" + "\\x41\\n\\101" * 9_000 + "'",
    "$ at every character": "$" * 100_000,
    "quoted $": "\"" + "$" * 100_000 + "\"",
}


def from_a_deep_stack(depth, call):
    return call() if depth == 0 else from_a_deep_stack(depth - 1, call)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_a_hostile_text_costs_little_and_never_overflows_the_stack(text):
    assert sys.getrecursionlimit() <= 1_000
    spent = []
    for _ in range(5):  # the best of five: what else runs on this machine is not the reader's cost
        before = time.process_time()
        try:
            from_a_deep_stack(100, lambda: read(text))
        except tree.Unreadable:
            pass
        spent.append(time.process_time() - before)
    # Under 0.1 s on a machine of its own; two busy threads on one core take more than twice as long.
    assert min(spent) < 0.25 * max(1, len(text) / 100_000)


@pytest.mark.parametrize("opening, closing", [
    ("$(", ")"), ("\"$(", ")\""), ("${x:-", "}"), ("\"${x:-", "}\""), ("$((", "))"), ("$[", "]"), ("{ ", "; }"), ("( ", ")"),
    ("<(", ")"), ("a=($(", "))"),
    ("if a; then ", "; fi"), ("while a; do ", "; done"), ("case a in a) ", ";; esac"), ("f() { ", "; }"), ("cat <<E\n$(", ")\nE\n"),
    ("[[ a == @(", ") ]]"),
    ("\"${a[$(", ")]}\""), ("for i in $(", "); do a; done"), ("coproc { ", "; }"), ("(( $(", ") ))"), ("! { ", "; }"), ("a | { ", "; }"),
])
def test_the_deepest_text_that_is_read_leaves_room_on_the_stack(opening, closing):
    outcomes = set()
    for depth in (1, 5, 10, 15, 20, 25, 28, 29, 30, 31, 40, 50, 58, 59, 60, 61, 200):
        try:
            from_a_deep_stack(100, lambda depth=depth: read(opening * depth + "a" + closing * depth))
            outcomes.add("read")
        except tree.Unreadable:
            outcomes.add("refused")
    assert "refused" in outcomes


def test_a_text_beyond_the_limit_is_refused():
    read("a" * MAX_TEXT)
    with pytest.raises(tree.Unreadable, match="longer than"):
        read("a" * (MAX_TEXT + 1))


# ---- positions ---------------------------------------------------------------------------------------------------------

def children(node):
    todo = [getattr(node, name) for name in node.__slots__]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple)):
            todo.extend(item)
        elif isinstance(item, tree.Node):
            yield item


def texts_with_positions():
    texts = [case[0] for case in SHAPES.values()] + list(EVASIONS) + [text for texts in DYNAMIC.values() for text in texts]
    read_ones = []
    for text in texts:
        try:
            read_ones.append((text, read(text)))
        except tree.Unreadable:
            pass
    return read_ones


def test_positions_lie_in_the_text_and_children_in_their_parents():
    texts = texts_with_positions()
    assert len(texts) > 600
    for text, root in texts:
        todo = [root]
        while todo:
            node = todo.pop()
            assert 0 <= node.start <= node.end <= len(text), (text, node)
            for child in children(node):
                # A here-document's body stands behind the line it is named in.
                if not (isinstance(node, tree.Redir) and child is node.body):
                    inside = node.start <= child.start and child.end <= node.end
                    assert inside or (isinstance(child, tree.Word) and "<<" in text), (text, node, child)
                todo.append(child)


def test_a_node_read_again_from_its_place_is_the_same():
    seen = 0
    for text, root in texts_with_positions():
        if "<<" in text or "`" in text or "time" in text:  # a body elsewhere; a text that was unescaped; a word that counts by its place
            continue
        todo = [root]
        while todo:
            node = todo.pop()
            todo.extend(children(node))
            if isinstance(node, (tree.Simple, tree.Group, tree.If, tree.While, tree.For, tree.Case, tree.Condition, tree.Function)):
                again = read(text[node.start:node.end])
                assert len(again.items) == 1, text
                assert shape(again.items[0][1]) == shape(node), text
                seen += 1
    assert seen > 800
