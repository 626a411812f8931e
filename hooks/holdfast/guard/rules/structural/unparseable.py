"""A text that the reader cannot follow is not let through on a guess. The finding itself is made in `decide`."""

from holdfast.guard.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Line
    from holdfast.guard.rule import Finding


def check(line: "Line") -> "tuple[Finding, ...]":
    return ()


RULE = Rule(
    code="STR001",
    title="unparseable command",
    category="structural",
    why="What cannot be read cannot be judged, and what shells disagree on can hide a command.",
    instead="Write it in plain POSIX shell, close every quote and bracket, or put the script into a file and run that.",
    severity="danger",
    blocks=("echo 'unfinished", "if true; then echo a", "&& rm -rf build", "echo $(ls", "cat <(echo a", "for x in a b; echo $x; done"),
    allows=("echo \"it's fine\"", "cat <<'EOF'\nan 'open quote\nEOF", "echo 'a && b'", "grep -c '(' file.txt", "echo \\'"),
    check=check,
)
