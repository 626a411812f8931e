"""Commands that change who may use the machine, and which services and guards run on it."""

from holdfast.guard.line import Command
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Line

_POWERFUL = frozenset(
    "root sudo wheel admin adm docker lxd lxc libvirt kvm disk shadow staff sys kmem video_admin podman admins "
    "administrators netdev input utmp 0 27 80".split()
)
# They let somebody use a device or a capture of packets, and nothing more.
_EVERYDAY = frozenset(
    "dialout uucp plugdev audio video render gpio i2c spi bluetooth games scanner lp lpadmin wireshark vboxusers users".split()
)
# Services that guard a machine, record what happens on it, or keep it within reach.
_GUARDS = frozenset(
    """sshd ssh firewalld ufw iptables ip6tables nftables auditd audit apparmor selinux fail2ban rsyslog syslog syslog-ng
syslogd journald systemd-journald cron crond anacron atd chronyd ntp ntpd systemd-timesyncd systemd-resolved systemd-networkd systemd-logind
systemd-udevd NetworkManager networking network dbus polkit falcon-sensor falco osqueryd clamd clamav-daemon clamav-freshclam freshclam
cbdaemon cbagentd mdatp wazuh-agent ossec auditbeat filebeat fluentd fluent-bit td-agent splunk SplunkForwarder splunkd datadog-agent
amazon-ssm-agent google-osconfig-agent unattended-upgrades snapd apt-daily.timer apt-daily-upgrade.timer docker containerd kubelet
libvirtd lightdm gdm gdm3 display-manager sentinelone sentinelagent crowdstrike esets sophos sav-protect ds_agent nessusd tripwire aide
aidecheck samhain suricata snort zeek sysmon prelink cups_guard vmtoolsd qemu-guest-agent multipathd lvm2-lvmetad rpcbind nfs-server
com.crowdstrike.falcond com.apple.ManagedClient""".split()
)
_STOPPING = ("stop", "disable", "mask", "kill", "off", "remove", "del", "delete", "--del", "unload", "bootout")


def _words(command: Command) -> "list[str]":
    return [w or "" for w in command.words]


def _delete_user(command: Command, line: "Line") -> "str | None":
    if command.program in ("deluser", "delgroup", "userdel", "groupdel"):
        return f"`{command}` removes a user or group and what belongs to it" if command.operands() or command.open_ended else None
    words = _words(command)
    bad = (
        command.program == "dscl"
        and any(w in ("-delete", "delete") for w in words)
        or "-deleteUser" in words
        or words[:1] in (["userdel"], ["groupdel"])
    )
    return f"`{command}` removes a user or group" if bad else None


def _add_user(command: Command, line: "Line") -> "str | None":
    words, program = _words(command), command.program
    if program in ("dscl", "sysadminctl", "dseditgroup", "pw"):
        bad = (
            any(w in ("-create", "-append", "-passwd", "-change", "-merge", "create", "append", "passwd") for w in words)
            and program == "dscl"
            or any(w in ("-addUser", "-resetPasswordFor", "-secureTokenOn", "-newPassword") for w in words)
            or program == "dseditgroup"
            and any(w in ("edit", "create", "delete") for w in words)
            or words[:1] in (["useradd"], ["usermod"])
        )
        return f"`{command}` adds an account or gives one more power" if bad else None
    if command.has_flag("o", "--non-unique") or command.root:
        return f"`{command}` makes a new account on this machine"
    for option in ("-u", "--uid", "-g", "--gid", "-G", "--groups", "--ingroup"):
        value = command.flag_value(option)
        groups = (value.value or "").split(",") if value is not None else []
        if option in ("-u", "--uid") and groups == ["0"] or option not in ("-u", "--uid") and any(g in _POWERFUL for g in groups):
            return f"`{command}` makes an account with the rights of {value!r}"
    shell = command.flag_value("-s", "--shell")
    hidden = (
        command.has_flag("r", "--system")
        and command.has_flag("M", "--no-create-home")
        and shell is not None
        and (shell.value or "").endswith(("/bash", "/sh", "/zsh"))
    )
    if hidden or command.has_flag("p", "--password"):
        return f"`{command}` makes an account that somebody can log in to unseen"
    operands = [w for w in words if w[:1] != "-"]
    if program in ("adduser", "addgroup") and len(operands) == 2 and operands[1] in _POWERFUL and not command.has_flag("-G", "S", "D"):
        return f"`{command}` gives {operands[0]} the rights of {operands[1]}"
    return None


def _change_user(command: Command, line: "Line") -> "str | None":
    program = command.program
    if program in ("gpasswd", "newusers", "vigr", "vipw", "groupmems"):
        words = _words(command)
        group = words[-1] if words else ""
        return (
            f"`{command}` changes who belongs to which group"
            if program in ("newusers", "vigr", "vipw") or group in _POWERFUL or command.has_flag("r", "R")
            else None
        )
    groups = command.flag_value("-G", "--groups", "-aG", "-Ga", "-g", "--gid")
    names = (groups.value or "").split(",") if groups is not None else []
    if any(g in _POWERFUL for g in names):
        return f"`{command}` gives an account the rights of {groups!r}"
    if names and all(g in _EVERYDAY for g in names) and not command.has_flag("u", "p", "o", "L", "U", "--uid", "--password"):
        return None
    uid = command.flag_value("-u", "--uid")
    if (
        uid is not None
        and uid.value == "0"
        or command.has_flag("o", "p", "L", "U", "e", "--password", "--lock", "--unlock", "--non-unique", "--expiredate")
    ):
        return f"`{command}` changes how an account can be used"
    operands = command.operands("-G -g -u -s -d -c -aG --groups --gid --uid --shell --home --comment -l --login")
    if command.root or operands and operands[-1].value == "root":
        return f"`{command}` changes an account of this machine"
    return None


def _password(command: Command, line: "Line") -> "str | None":
    program = command.program
    if program == "passwd" and command.has_flag("S", "--status"):
        return None
    if program == "chage" and command.has_flag("l", "--list"):
        return None
    if program == "smbpasswd" and not command.args:
        return None
    return f"`{command}` changes the password or validity of an account"


def _visudo(command: Command, line: "Line") -> "str | None":
    return None if command.has_flag("c", "--check") else f"`{command}` changes who may become root"


def _service(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if not any(w in _STOPPING or w == "--del" for w in words):
        return None
    if program == "update-rc.d" and not any(w in ("remove", "disable") for w in words):
        return None
    for word in words:
        name = word.rpartition("/")[2].removesuffix(".service").removesuffix(".socket").removesuffix(".plist")
        if name in _GUARDS:
            return f"`{command}` stops {name}, which guards or records this machine or keeps it within reach"
    if program == "launchctl" and any(w.startswith(("/System/", "/Library/", "system/com.apple", "com.apple")) for w in words):
        return f"`{command}` stops a service of the system"
    return None


def _init_script(command: Command, line: "Line") -> "str | None":
    path = command.argv[0].value or ""
    if path.startswith(("/etc/init.d/", "/etc/rc.d/")) and any(w in ("stop", "disable") for w in _words(command)):
        return f"`{command}` stops {command.program}"
    return None


def _guards(command: Command, line: "Line") -> "str | None":
    """Switching off what limits programs: SELinux, AppArmor, Gatekeeper, endpoint protection."""
    program, words = command.program, [w.lower() for w in _words(command)]
    text = " ".join(words)
    off = {
        "setenforce": words[:1] in (["0"], ["permissive"]),
        "setsebool": bool(words),
        "semanage": words[1:2] == ["-d"] or "permissive" in words,
        "semodule": command.has_flag("r", "d", "D", "B"),
        "aa-disable": bool(words),
        "aa-teardown": True,
        "aa-complain": bool(words),
        "aa-remove-unknown": True,
        "apparmor_parser": command.has_flag("R", "--remove", "C", "--Complain"),
        "spctl": any(w in text for w in ("master-disable", "global-disable", "--disable", "--add", "--remove", "kext-consent")),
        "csrutil": any(w in words for w in ("disable", "clear", "authenticated-root")),
        "fdesetup": any(w in words for w in ("disable", "remove", "changerecovery", "removerecovery")),
        "mdatp": "disabled" in words or "exclusion" in words or "remove" in words,
        "falconctl": any(w in text for w in ("unload", "uninstall", "-d", "--cid", "maintenance")),
        "osqueryctl": "stop" in words,
        "systemsetup": any(w.startswith("-set") for w in words),
        "kextload": True,
        "kextunload": True,
        "profiles": any(w in words for w in ("remove", "-r", "-d", "install", "-i")),
        "tccutil": words[:1] == ["reset"],
        "softwareupdate": "off" in words,
        "aide": False,
        "authselect": words[:1] in (["disable-feature"], ["select"], ["apply-changes"]),
        "pam-auth-update": "--remove" in words or "--disable" in words,
        "authconfig": bool(words),
        "update-crypto-policies": "--set" in words,
        "fips-mode-setup": "--disable" in words,
        "sentinelctl": any(w in words for w in ("unload", "disable", "control", "unprotect")),
        "auditctl": False,
        "esets_daemon": False,
        "clamscan": False,
    }[program]
    return f"`{command}` switches off or loosens what protects this machine" if off else None


def _clock(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program in ("date", "gdate"):
        sets = command.has_flag("-s", "--set") or bool(words) and words[-1].isdigit() and len(words[-1]) in (8, 10, 12)
    elif program == "hwclock":
        sets = any(w in ("-s", "-w", "--set", "--systohc", "--hctosys", "--adjust") for w in words)
    elif program == "timedatectl":
        sets = any(w in ("set-time", "set-ntp", "set-local-rtc") for w in words)
    elif program == "hostnamectl":
        sets = any(w in ("set-hostname", "set-chassis", "set-deployment") or w == "hostname" and words[-1] != "hostname" for w in words)
    elif program == "scutil":
        sets = "--set" in words
    elif program == "hostname":
        sets = command.has_flag("F", "--file", "b") or bool(command.operands())
    else:
        sets = False
    return f"`{command}` changes the machine's clock or name" if sets else None


def _directory(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    reading = {"samba-tool": ("list", "show", "--help"), "ipa": ("user-show", "user-find", "group-find", "ping", "user-status")}
    if program in reading and (not words or any(w in reading[program] for w in words)):
        return None
    if program == "kadmin" or program == "kadmin.local":
        text = " ".join(words)
        return (
            f"`{command}` changes accounts"
            if any(w in text for w in ("addprinc", "delprinc", "cpw", "ktadd", "add_principal", "change_password", "modprinc"))
            else None
        )
    if command.has_flag("n") and program.startswith("ldap"):
        return None
    return f"`{command}` changes accounts that many machines rely on"


def _login_items(command: Command, line: "Line") -> "str | None":
    """macOS preferences that start programs or lower protections."""
    words = _words(command)
    text = " ".join(words).lower()
    if (
        words[:1] == ["write"]
        and any(
            w in text
            for w in (
                "loginhook",
                "logouthook",
                "lsquarantine",
                "autoupdate",
                "globalstate",
                "guestenabled",
                "autologinuser",
                "com.apple.alf",
                "com.apple.screensaver askforpassword",
                "autobackup",
                "dyld_",
                "loginwindow",
            )
        )
        or words[:1] in (["delete"], ["import"])
        and len(words) == 2
    ):
        return f"`{command}` changes a protecting or starting preference"
    return None


def _unscheduled(command: Command, line: "Line") -> "str | None":
    if command.program == "crontab":
        return f"`{command}` deletes every timed job of an account" if command.has_flag("r") and not command.has_flag("l") else None
    return f"`{command}` deletes timed jobs" if command.args and not command.has_flag("V") else None


def _trusts(command: Command, line: "Line") -> "str | None":
    """Certificates that every program on the machine believes from then on."""
    words = _words(command)
    if command.program == "security":
        bad = words[:1] in (
            ["add-trusted-cert"],
            ["remove-trusted-cert"],
            ["delete-certificate"],
            ["trust-settings-import"],
            ["authorizationdb"],
        ) and words[1:2] != ["read"]
    elif command.program == "trust":
        bad = words[:1] in (["anchor"], ["extract-compat"])
    else:
        bad = any(w in ("-importcert", "-import") for w in words) and "-cacerts" in words
    return f"`{command}` changes whom this machine trusts" if bad else None


PACK = Pack(
    "users",
    Pattern(
        code="USR001",
        title="deleting a user or group",
        programs="userdel deluser groupdel delgroup dscl sysadminctl pw",
        test=_delete_user,
        why="The account's files are left without an owner, or are deleted with it.",
        instead="Name the account and let a person remove it.",
        blocks=("userdel -r alice", "sudo deluser --remove-home bob", "groupdel staff && true", "dscl . -delete /Users/carol"),
        allows=("id alice", "getent passwd bob", "dscl . -list /Users", "userdel --help", "man userdel"),
    ),
    Pattern(
        code="USR002",
        title="a new account with power",
        programs="useradd adduser addgroup groupadd dscl sysadminctl dseditgroup pw",
        test=_add_user,
        why="A second way into the machine stays open after the task.",
        instead="Use the account that is there.",
        blocks=(
            "useradd -o -u 0 backdoor",
            "sudo useradd -m eve",
            "adduser eve sudo",
            "useradd -G wheel eve",
            "dscl . -create /Users/eve",
            "useradd -p '$1$x$y' eve",
        ),
        allows=(
            "useradd -m -s /bin/bash app",
            "groupadd -r redis",
            "adduser --disabled-password --gecos '' app",
            "adduser -D -H app",
            "dscl . -read /Users/dev",
            "addgroup -S app",
        ),
    ),
    Pattern(
        code="USR003",
        title="giving an account more power",
        programs="usermod gpasswd newusers vipw vigr groupmems",
        test=_change_user,
        why="Whoever uses that account can then act as root.",
        instead="Say which right is missing and let a person give it.",
        blocks=("usermod -aG sudo eve", "sudo usermod -aG docker dev", "usermod -u 0 -o eve", "gpasswd -a eve wheel", "usermod -L root"),
        allows=("usermod -u 1000 www-data", "sudo usermod -aG dialout dev", "groups dev", "id -nG", "usermod -d /srv/app app"),
    ),
    Pattern(
        code="USR004",
        title="changing a password",
        programs="passwd chpasswd chage smbpasswd dpasswd",
        test=_password,
        why="People can be locked out, or strangers let in.",
        instead="Let a person change it.",
        blocks=("echo 'root:x' | chpasswd", "passwd -d root", "sudo passwd eve", "chage -E 0 alice", "echo pw | passwd --stdin eve"),
        allows=("passwd -S root", "chage -l alice", "grep passwd /etc/nsswitch.conf", "htpasswd -c users eve", "openssl passwd -6 -stdin"),
    ),
    Pattern(
        code="USR005",
        title="editing sudoers",
        programs="visudo",
        test=_visudo,
        why="The file decides who may become root.",
        instead="Check it with `visudo -c` and let a person edit it.",
        blocks=("visudo", "sudo visudo -f /etc/sudoers.d/x", "echo x | EDITOR=tee visudo"),
        allows=("visudo -c", "visudo -cf sudoers.new", "man visudo"),
    ),
    Pattern(
        code="USR006",
        title="stopping a service that guards the machine",
        programs="systemctl service rc-service rc-update chkconfig update-rc.d launchctl initctl stop sv supervisorctl invoke-rc.d",
        test=_service,
        why="Nobody sees or stops what happens next, or nobody can reach the machine any more.",
        instead="Look at it with `systemctl status sshd`; stopping it is for a person.",
        blocks=(
            "systemctl stop auditd",
            "sudo systemctl disable --now firewalld",
            "service rsyslog stop",
            "systemctl mask fail2ban.service",
            "rc-service sshd stop",
            "chkconfig iptables off",
            "launchctl bootout system/com.apple.alf",
        ),
        allows=(
            "systemctl stop myapp",
            "service postgresql start",
            "systemctl status sshd",
            "systemctl restart nginx",
            "supervisorctl stop web",
            "sudo systemctl stop mysql",
        ),
    ),
    Pattern(
        code="USR007",
        title="stopping a base service by its script",
        test=_init_script,
        programs=" ".join(
            sorted(
                "sshd auditd rsyslog syslog cron crond firewalld ufw iptables apparmor fail2ban networking network dbus falcon-sensor "
                "clamd".split()
            )
        ),
        why="Nobody sees or stops what happens next.",
        instead="Look at it with `service rsyslog status`.",
        blocks=("/etc/init.d/rsyslog stop", "sudo /etc/init.d/auditd stop && true"),
        allows=("/etc/init.d/cron status", "ssh deploy@example.com uptime", "/etc/init.d/sshd reload"),
    ),
    Pattern(
        code="USR008",
        title="switching protection off",
        test=_guards,
        programs="setenforce setsebool semanage semodule aa-disable aa-teardown aa-complain aa-remove-unknown apparmor_parser spctl "
        "csrutil "
        "fdesetup mdatp falconctl osqueryctl systemsetup kextload kextunload profiles tccutil softwareupdate authselect "
        "pam-auth-update authconfig update-crypto-policies fips-mode-setup sentinelctl",
        why="What these limit was meant to be limited while nobody watches.",
        instead="Say what is being refused and let a person decide.",
        blocks=(
            "setenforce 0",
            "sudo aa-disable /usr/sbin/nginx",
            "spctl --master-disable",
            "csrutil disable",
            "setsebool -P httpd_can_network_connect 1",
            "mdatp config real-time-protection --value disabled",
        ),
        allows=("getenforce", "aa-status", "spctl --status", "csrutil status", "semodule -l", "softwareupdate --list"),
    ),
    Pattern(
        code="USR009",
        title="changing the clock or name of the machine",
        programs="date gdate hwclock timedatectl hostnamectl hostname scutil",
        test=_clock,
        why="Records, certificates and other machines rely on them.",
        instead="Give one program another time or zone, for example `TZ=UTC date`.",
        blocks=(
            "date -s '2020-01-01'",
            "sudo timedatectl set-ntp false",
            "hwclock --systohc",
            "hostnamectl set-hostname db1",
            "hostname evil",
        ),
        allows=(
            "date",
            "date +%s",
            "date -d yesterday +%F",
            "timedatectl",
            "hostname -f",
            "hostname",
            "scutil --get HostName",
            "hostnamectl status",
            "timedatectl set-timezone UTC",
        ),
    ),
    Pattern(
        code="USR010",
        title="changing accounts in a directory",
        programs="ldapadd ldapmodify ldapdelete ldapmodrdn ldappasswd samba-tool kadmin kadmin.local ipa smbldap-useradd",
        test=_directory,
        why="A directory's accounts are valid on every machine that trusts it.",
        instead="Look with `ldapsearch -x -b dc=example,dc=com`.",
        blocks=(
            "ldapdelete -x 'cn=a,dc=example,dc=com'",
            "samba-tool user create eve",
            "kadmin.local -q 'addprinc eve'",
            "echo dn: x | ldapmodify -x",
        ),
        allows=("ldapsearch -x -b dc=example,dc=com", "samba-tool user list", "ipa user-show dev", "ldapmodify -n -f change.ldif"),
    ),
    Pattern(
        code="USR011",
        title="preference that protects or starts",
        programs="defaults",
        test=_login_items,
        why="The setting runs programs at login or takes a protection away.",
        instead="Read it with `defaults read com.apple.loginwindow`.",
        blocks=(
            "defaults write com.apple.loginwindow LoginHook /tmp/x.sh",
            "defaults write com.apple.LaunchServices LSQuarantine -bool NO",
            "sudo defaults write /Library/Preferences/com.apple.alf globalstate -int 0",
        ),
        allows=("defaults read com.apple.loginwindow", "defaults write com.apple.dock autohide -bool true", "defaults domains"),
    ),
    Pattern(
        code="USR012",
        title="deleting timed jobs",
        programs="crontab atrm",
        test=_unscheduled,
        why="Backups and renewals that nobody thinks of stop.",
        instead="Read them with `crontab -l`.",
        blocks=("crontab -r", "sudo crontab -u root -r", "atrm 3 && true"),
        allows=("crontab -l", "at -l", "crontab -l -u dev"),
    ),
    Pattern(
        code="USR013",
        title="trusting another certificate",
        programs="security trust keytool",
        test=_trusts,
        why="Whoever holds its key can pose as any site.",
        instead="Give the one program its certificate, for example `curl --cacert ca.pem https://localhost:8443`.",
        blocks=(
            "security add-trusted-cert -d -r trustRoot ca.crt",
            "sudo trust anchor ca.crt",
            "true && keytool -importcert -cacerts -file ca.crt",
        ),
        allows=(
            "security find-certificate -a",
            "trust list",
            "keytool -list -keystore app.jks",
            "keytool -importcert -keystore app.jks -file ca.crt",
        ),
    ),
)
