"""Every rule, in one list: its code, its module under `rules`, and what must occur in a command for it to be worth loading.

A word is a program's name.  A word with a colon is a trait of the whole line:
  :always       every command             :text     the text holds an unprintable character other than tab and newline
  :unknown      a command word that is not known before the run
  :assign       a variable is set or exported
  :code         a program is given code to run (sh, python -c, an interpreter at the end of a pipe ...)
  :write        a redirection or one of WRITERS writes a file
"""

ENTRIES = (
    ("TXT001", "text.control_characters", ":text"),
    ("STR001", "structural.unparseable", ":unreadable"),
    ("STR002", "structural.computed_command_word", ":unknown"),
    ("STR005", "structural.destructive_target", "rm rmdir unlink shred srm trash trash-put zf_rm wipe grm rimraf del-cli truncate "
                                                "chmod chown chgrp setfacl chattr chflags find mv rsync"),
    ("ENC001", "encoding.decode_and_run", ":code :unknown"),
    ("BSH002", "bash.dangerous_environment", ":assign"),
    ("ZSH001", "zsh.zsh_modules", "zmodload zf_rm zf_mv zf_ln zf_mkdir zf_rmdir zf_chmod zf_chown zf_chgrp zf_sync sysopen syswrite "
                                  "sysread sysseek ztcp zsocket zpty zftp sched zsystem"),
    ("PER001", "persistence.startup_persistence", ":write crontab at batch systemctl launchctl update-rc.d chkconfig rc-update insserv systemd-run"),
    ("ESC002", "escalation.remote_code", "curl wget fetch aria2c http https xh lynx links elinks w3m lwp-request GET nc ncat netcat telnet "
                                         "ftp tftp lftp scp sftp socat aws gsutil gcloud az gh glab"),
)

# The programs that `effects` knows to write files; a test holds the two together.
WRITERS = frozenset("""cp mv ln install rsync scp link ditto gcp gmv ginstall tee touch truncate sponge mkfifo gtee vim vi nano ed ex emacs
pico curl wget sort gcc cc clang go openssl gpg ssh-keygen find patch age tcpdump strace pandoc tar sed gsed perl ruby yq awk dd""".split())


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
            if command.program in WRITERS:
                present.add(":write")
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
