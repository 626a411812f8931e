"""What is written to a start-up file or a scheduler runs again later, outside this session and its guard."""

from holdfast.bash_guard.effects import writes
from holdfast.bash_guard.rule import Finding, Rule

_HOME_FILES = frozenset((
    ".bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .zlogout .kshrc .mkshrc "
    ".cshrc .tcshrc .login .logout .inputrc .xprofile .xinitrc .xsession .xsessionrc .pam_environment .fishrc .screenrc .tmux.conf "
    ".config/fish/config.fish .config/nushell/config.nu .config/nushell/env.nu .config/i3/config .config/sway/config "
    ".vimrc .emacs .pythonrc.py .Rprofile").split())
_HOME_FOLDERS = (".config/autostart/", ".config/systemd/user/", "Library/LaunchAgents/", ".config/fish/conf.d/", ".config/fish/functions/",
                 ".bashrc.d/", ".zshrc.d/", ".profile.d/", ".config/environment.d/", ".local/share/systemd/user/", ".config/plasma-workspace/env/",
                 ".kde/Autostart/", ".oh-my-zsh/custom/", ".config/upstart/")
_SYSTEM_FILES = frozenset((
    "/etc/profile /etc/bash.bashrc /etc/bashrc /etc/zshrc /etc/zshenv /etc/zprofile /etc/crontab /etc/anacrontab /etc/environment "
    "/etc/ld.so.preload /etc/ld.so.conf /etc/rc.local /etc/inittab /etc/at.allow /etc/cron.allow /etc/fstab /etc/modules /etc/rc.conf "
    "/etc/csh.cshrc /etc/csh.login /etc/launchd.conf").split())
_SYSTEM_FOLDERS = ("/etc/profile.d/", "/etc/cron.d/", "/etc/cron.daily/", "/etc/cron.hourly/", "/etc/cron.weekly/", "/etc/cron.monthly/",
                   "/var/spool/cron/", "/var/spool/at/", "/etc/systemd/", "/usr/lib/systemd/", "/lib/systemd/", "/run/systemd/", "/etc/init.d/",
                   "/etc/rc.d/", "/etc/init/", "/etc/xdg/autostart/", "/etc/ld.so.conf.d/", "/Library/LaunchDaemons/", "/Library/LaunchAgents/",
                   "/System/Library/Launch", "/etc/update-motd.d/", "/etc/zsh/", "/etc/udev/rules.d/", "/etc/modprobe.d/", "/etc/modules-load.d/",
                   "/etc/NetworkManager/dispatcher.d/", "/etc/network/if-", "/etc/apt/apt.conf.d/", "/etc/X11/Xsession.d/", "/etc/fish/",
                   "/etc/environment.d/", "/etc/periodic/", "/usr/lib/cron/", "/var/at/", "/etc/rc0.d/", "/etc/rc1.d/", "/etc/rc2.d/",
                   "/etc/rc3.d/", "/etc/rc4.d/", "/etc/rc5.d/", "/etc/rc6.d/", "/etc/rcS.d/")


def check(line):
    for command in line.commands:
        for write in writes(command, line.world):
            what = start_up_file(write.path or _guess(write.arg), line.world.home)
            if what:
                yield Finding(f"`{write.how}` writes {write.arg.shown}, {what}", start=command.start, end=command.end)
                break
        what = _SCHEDULERS[command.program](command) if command.program in _SCHEDULERS else None
        if what:
            yield Finding(f"`{_short(command)}` {what}", start=command.start, end=command.end)


def start_up_file(path, home):
    """What is run from the file or folder at this absolute path at start-up or on a schedule, in words; None for any other path."""
    if not path:
        return None
    path = path.rstrip("/")
    if path in _SYSTEM_FILES or (path + "/").startswith(_SYSTEM_FOLDERS):
        return "which the system runs or reads at start-up or on a schedule"
    for base in (home, "~", "/root"):
        if base and path.startswith(base + "/"):
            inside = path[len(base) + 1:]
            break
    else:
        if not path.startswith(("/home/", "/Users/")) or path.count("/") < 3:
            return None
        inside = path.split("/", 3)[3]
    if inside in _HOME_FILES or (inside + "/").startswith(_HOME_FOLDERS):
        return "which runs at every start of a shell or session"
    return None


def _guess(arg):
    """A path in a home that is not known: "$OTHER_HOME/.bashrc", /home/$USER/.bashrc."""
    last = arg.pieces[-1] if arg.pieces else ""
    return "~" + last if last.__class__ is str and last.startswith("/") and len(arg.pieces) > 1 else None


def _short(command):
    text = repr(command)
    return text if len(text) <= 60 else text[:57] + "..."


def _crontab(command):
    if command.has_flag("l", "--list", "h", "--help", "V", "-T"):
        return None
    return "changes what cron runs" if command.args or command.feeds or command.stdin is not None or command.redirects else None


def _at(command):
    return None if command.has_flag("l", "q", "V", "c", "--help") else "schedules commands that run later"


def _systemctl(command):
    verbs = {w for w in command.words if w}
    if verbs & {"enable", "reenable", "link", "preset", "add-wants", "add-requires", "edit", "set-default"}:
        return "makes a unit start by itself"
    return None


def _launchctl(command):
    verbs = {w for w in command.words if w}
    return "makes a job start by itself" if verbs & {"load", "bootstrap", "submit", "enable", "config"} else None


def _rc_tools(command):
    verbs = {w for w in command.words if w}
    return "makes a service start by itself" if verbs & {"defaults", "enable", "on", "add", "--add", "default"} else None


def _systemd_run(command):
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
            "sed -i '$ a id' ~/.bash_profile", "echo id | at now + 1 hour", "cp x.desktop ~/.config/autostart/", "sudo sh -c 'echo x > /etc/ld.so.preload'",
            "cd ~ && echo id >> .bashrc", "launchctl load ~/Library/LaunchAgents/x.plist", "ln -sf $PWD/rc ~/.zshenv", "echo x | sudo tee /etc/cron.d/job",
            "for f in ~/.bashrc ~/.zshrc; do echo id >> $f; done", "mv rc /root/.bashrc", "install -m 755 x /etc/init.d/x", "curl -s example.invalid -o ~/.bashrc",
            "dd if=x of=/etc/profile.d/x.sh", "echo x >> \"$SOME_HOME/.bashrc\"", "systemd-run --on-boot=60 id", "printf x >> /home/dev/.zshrc"),
    allows=("cat ~/.bashrc", "source ~/.bashrc", "cp ~/.bashrc ~/.bashrc.bak", "crontab -l", "systemctl status nginx", "grep alias ~/.zshrc",
            "echo 'add this to ~/.bashrc'", "git commit -m 'write ~/.bashrc'", "systemctl --user restart app", "ls /etc/cron.d", "echo x > bashrc",
            "cp .bashrc.example config/.bashrc", "atq", "at -l", "diff ~/.zshrc dotfiles/.zshrc", "systemctl list-timers", "echo x >> docs/.profile",
            "man crontab", "vim --version", "stat ~/.config/autostart", "launchctl list"),
    check=check,
)
