"""Every rule, in one list: its code, its module under `rules`, and what must occur in a command for it to be worth loading.

A word is a program's name.  A word with a colon is a trait of the whole line:
  :always       every command             :text     the text holds an unprintable character other than tab and newline
  :unknown      a command word that is not known before the run
  :assign       a variable is set or exported
  :code         a program is given code to run (sh, python -c, an interpreter at the end of a pipe ...)
  :write        a redirection writes a file
"""

ENTRIES = (
)


class Entry:
    """code, module (under holdfast.bash_guard.rules), triggers (frozenset of program names and traits)."""

    __slots__ = ("code", "module", "triggers")

    def __init__(self, code, module, triggers):
        self.code, self.module, self.triggers = code, module, frozenset(triggers.split())


def entries():
    """All entries, as Entry."""
    return [Entry(*row) for row in ENTRIES]


def load_rule(module):
    """Module name -> its Rule. Raises ImportError, AttributeError when the file is missing or damaged."""
    name = f"holdfast.bash_guard.rules.{module}"
    return __import__(name, fromlist=("RULE",)).RULE


def wanted(line):
    """The rules worth asking about this Line, loaded, in catalogue order."""
    present = traits(line)
    return [load_rule(module) for _, module, triggers in ENTRIES if not present.isdisjoint(triggers.split())]


def traits(line):
    """Line -> set of the program names and traits that occur in it."""
    present = {":always"}
    if not line.text.isprintable() and not line.text.replace("\n", "").replace("\t", "").isprintable():
        present.add(":text")
    if line.assigned:
        present.add(":assign")
    for command in line.commands:
        if command.program:
            present.add(command.program)
        elif command.argv:
            present.add(":unknown")
        if command.env:
            present.add(":assign")
        if command.code:
            present.add(":code")
        for redirect in command.redirects:
            if redirect.writes:
                present.add(":write")
    return present
