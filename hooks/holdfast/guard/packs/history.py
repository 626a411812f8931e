"""Commands that remove or falsify the record of what happened: shell history, logs, audit rules, times of files."""

from holdfast.guard.line import Arg, Command
from holdfast.guard.paths import is_system, resolve, within_roots
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Line

_VARIABLES = frozenset("HISTFILE HISTSIZE HISTFILESIZE SAVEHIST HISTCMD PROMPT_COMMAND".split())
_HISTORIES = frozenset(
    """.bash_history .zsh_history .zhistory .history .sh_history .ash_history .ksh_history .mksh_history .python_history
.node_repl_history .mysql_history .psql_history .sqlite_history .rediscli_history .lesshst .viminfo .wget-hsts fish_history .irb_history
.pry_history .dbshell .ConsoleHost_history ConsoleHost_history.txt""".split()
)

_RECORDS = frozenset("auth.log secure syslog messages wtmp btmp lastlog faillog audit.log kern.log tallylog system.log sudo.log utx.log "
    "utx.lastlogin "
    "utx.lastlog daemon.log user.log boot.log maillog mail.log utmp".split())


_MAIL = ("/var/spool/mail/", "/var/mail/")


def _history(command: Command, line: "Line") -> "str | None":
    if command.program == "fc":
        return f"`{command}` drops what was done from the history" if command.has_flag("p", "P", "W") else None
    if command.has_flag("c", "d"):
        return f"`{command}` drops the record of what was run"
    return None


def _unrecorded(command: Command, line: "Line") -> "str | None":
    words = [w or "" for w in command.words]
    if command.program in ("set", "setopt", "unsetopt", "shopt"):
        off = (
            words[:2] == ["+o", "history"]
            or command.program == "unsetopt"
            and any("hist" in w.lower() for w in words)
            or words[:2] == ["-u", "histappend"]
            or command.program == "set"
            and "+H" in words
            and False
        )
        return f"`{command}` stops recording what is run" if off else None
    for word in words:
        if word in _VARIABLES and word != "PROMPT_COMMAND":
            return f"`{command}` stops recording what is run"
    return None


def _history_file(command: Command, line: "Line") -> "str | None":
    for arg in command.args:
        if _is_history(arg) and (
            command.program in ("rm", "shred", "unlink", "srm", "truncate", "wipe")
            or command.operands()[-1:] == [arg]
            or arg.prefix.startswith("of=")
            or command.program == "mv"
        ):
            return f"`{command}` removes or replaces {arg.shown}, the record of what was run"
    return None


def _is_history(arg: Arg) -> bool:
    text = arg.when_empty.removeprefix("of=")
    name = text.rpartition("/")[2]
    if text.startswith(("/var/log/", "/var/run/", "/run/", "/private/var/log/")) and name in _RECORDS or text.startswith(_MAIL) and name:
        return True
    return name in _HISTORIES or name.endswith("_history") and name.startswith(".")


def _logs(command: Command, line: "Line") -> "str | None":
    program, words = command.program, [w or "" for w in command.words]
    if program == "journalctl":
        kept = [
            arg.shown for option in ("--vacuum-time", "--vacuum-size", "--vacuum-files") if (arg := command.flag_value(option)) is not None
        ]
        # Keeping some days or some hundred megabytes is housekeeping.
        bad = (
            any(
                not k.rstrip("s").endswith(("d", "day", "w", "week", "month", "y", "year", "G"))
                and not (k.endswith("M") and len(k) > 3)
                and not (k.isdigit() and int(k) > 2)
                or k[:1] == "0"
                for k in kept
            )
            or "--relinquish-var" in words
        )
    elif program == "dmesg":
        bad = command.has_flag("C", "c", "D", "n", "--clear", "--read-clear", "--console-off")
    elif program == "log":
        bad = words[:1] == ["erase"] or words[:1] == ["config"] and len(words) > 2
    elif program == "logrotate":
        bad = (
            command.has_flag("f", "--force")
            and not command.has_flag("d", "--debug")
            and any(w.startswith(("/etc/", "/var/")) and not w.startswith("/etc/logrotate.d/") for w in words)
        )
    elif program == "savelog":
        bad = any(w.startswith("/var/") for w in words)
    elif program == "utmpdump":
        bad = command.has_flag("r", "--reverse")
    elif program == "lastlog":
        bad = command.has_flag("C", "S", "--clear", "--set")
    elif program == "faillock" or program == "pam_tally2":
        bad = command.has_flag("r", "--reset")
    elif program == "praudit":
        bad = False
    else:
        bad = True
    return f"`{command}` removes records of what happened on this machine" if bad else None


def _audit(command: Command, line: "Line") -> "str | None":
    program, words = command.program, [w or "" for w in command.words]
    if program == "auditctl":
        state = command.flag_value("-e")
        bad = (
            command.has_flag("D", "d", "W")
            or state is not None
            and state.value == "0"
            or any(w in ("never,task", "task,never", "exclude,never", "-a") for w in words)
        )
    elif program == "audit":
        bad = command.has_flag("t", "n", "e")
    elif program == "augenrules":
        bad = "--load" in words
    else:
        bad = True
    return f"`{command}` changes what the system records" if bad else None


def _times(command: Command, line: "Line") -> "str | None":
    """touch with a time of choice on files that are not the project's, or a time borrowed from a system file."""
    if command.program in ("SetFile", "setfile", "debugfs"):
        return f"`{command}` gives a file a false date" if command.has_flag("d", "m", "a") else None
    reference = command.flag_value("-r", "--reference")
    borrowed = next(
        (arg for arg in command.args if arg.value and "r" in arg.value[:5] and arg.value[:1] == "-" and arg.value[:2] != "--"), None
    )
    if reference is None and borrowed is not None:
        at = command.args.index(borrowed)
        reference = command.args[at + 1] if at + 1 < len(command.args) else None
    chosen = command.has_flag("t", "d", "r", "--date", "--reference", "A")
    if not chosen:
        return None
    operands = command.operands("-t -d --date -r --reference -A")
    outside = [a for a in operands if (p := resolve(a, command, line.world)) is not None and not within_roots(p, line.world)]
    source = resolve(reference, command, line.world) if reference is not None else None
    if source is not None and (is_system(source, line.world) or source.startswith(("/bin/", "/sbin/"))) or outside:
        return f"`{command}` gives {(outside or operands or command.args)[0].shown} a false date"
    absolute = next((a for a in operands if (a.value or "").startswith(("/tmp/", "/var/tmp/", "/dev/shm/"))), None)
    if absolute is not None and command.has_flag("t"):
        return f"`{command}` gives {absolute.shown} a false date"
    return None


PACK = Pack(
    "history",
    Pattern(
        code="LOG001",
        title="clearing the shell history",
        programs="history fc",
        test=_history,
        why="Nobody can see afterwards what was run.",
        instead="Leave the history alone; read it with `history 20`.",
        blocks=("history -c", "ls && history -cw", "history -d 42", "bash -c 'history -c && exit'"),
        allows=("history", "history 20", "history -a", "git log --history", "fc -l"),
    ),
    Pattern(
        code="LOG002",
        title="switching the history off",
        test=_unrecorded,
        programs="unset set setopt unsetopt shopt",
        why="Nobody can see afterwards what was run.",
        instead="Leave HISTFILE and HISTSIZE as they are.",
        blocks=("unset HISTFILE", "set +o history", "unset HISTFILE HISTSIZE && ls", "shopt -u histappend"),
        allows=("set -euo pipefail", "unset NODE_OPTIONS", "set -o history", "shopt -s histappend", "echo $HISTFILE"),
    ),
    Pattern(
        code="LOG003",
        title="removing a history file",
        test=_history_file,
        programs="rm shred unlink srm truncate wipe cp ln mv tee sed gsed sponge ed dd",
        why="Nobody can see afterwards what was run.",
        instead="Leave the file alone.",
        blocks=(
            "rm ~/.bash_history",
            "ln -sf /dev/null ~/.zsh_history",
            "shred -u ~/.bash_history",
            "cp /dev/null ~/.bash_history",
            "truncate -s0 ~/.mysql_history",
            "sed -i '/curl/d' ~/.bash_history",
            "shred /var/log/auth.log",
            "rm -f /var/log/wtmp",
        ),
        allows=("rm history.md", "cp ~/.bash_history backup.txt", "mv HISTORY.rst docs/", "rm -f test_history"),
    ),
    Pattern(
        code="LOG004",
        title="clearing the system's logs",
        test=_logs,
        programs="journalctl dmesg log logrotate savelog utmpdump lastlog faillock pam_tally2 logtamper wtmpclean",
        why="What happened on the machine can no longer be found out.",
        instead="Read them, for example with `journalctl -u app --since today`.",
        blocks=(
            "journalctl --rotate --vacuum-time=1s",
            "sudo dmesg -C",
            "log erase --all",
            "logrotate -f /etc/logrotate.conf",
            "journalctl --vacuum-size=1K && true",
        ),
        allows=(
            "journalctl -u app --since today",
            "journalctl -f",
            "dmesg | tail",
            "log show --last 1h",
            "logrotate -d app.conf",
            "journalctl --disk-usage",
            "journalctl --vacuum-time=7d",
        ),
    ),
    Pattern(
        code="LOG005",
        title="changing what is audited",
        programs="auditctl audit augenrules auditpol auditpol.exe",
        test=_audit,
        why="What is done next is no longer recorded.",
        instead="Read the rules with `auditctl -l`.",
        blocks=("auditctl -D", "auditctl -e 0", "sudo auditctl -d never,task", "true && audit -t"),
        allows=("auditctl -l", "auditctl -s", "ausearch -m login", "npm audit fix", "cargo audit"),
    ),
    Pattern(
        code="LOG006",
        title="falsifying the date of a file",
        programs="touch gtouch SetFile",
        test=_times,
        why="A false date hides when a file was changed.",
        instead="Use `touch src/main.c`, which gives the present time.",
        blocks=(
            "touch -r /bin/sh x.so",
            "touch -acmr /bin/ls /tmp/x",
            "touch -t 202001010000 /etc/passwd",
            "sudo touch -d '2020-01-01' /usr/bin/app",
            "touch -a -t 197001010000.00 /tmp/run.sh",
        ),
        allows=(
            "touch src/main.c",
            "touch -t 202001010000 fixture.txt",
            "touch -r old.txt new.txt",
            "touch -d '2 days ago' test/data.json",
        ),
    ),
)
