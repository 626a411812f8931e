"""Questions about paths that rules ask. Pure: the disk is asked only through `world.realpath`."""

from holdfast.guard.line import normalise as normalise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Arg, Command, World

# Folders that a system cannot lose, and folders under which other disks are mounted.
_TOPS = frozenset(
    """/ /bin /boot /dev /etc /home /lib /lib32 /lib64 /libx32 /media /mnt /opt /proc /root /run /sbin /srv /sys /usr /var
/usr/bin /usr/lib /usr/lib64 /usr/libexec /usr/local /usr/local/bin /usr/local/lib /usr/sbin /usr/share /usr/include /usr/src
/var/lib /var/log /var/mail /var/spool /var/db /var/www /lost+found /snap /nix /nix/store /gnu /data
/System /Library /Applications /Users /Volumes /private /private/etc /private/var /cores /Network /opt/homebrew
/c /d /mnt/c /mnt/d /mnt/c/Windows /mnt/c/Users /cygdrive/c""".split()
)
# A path with a slash behind it begins with one of these when it is that folder or lies below it.
_SYSTEM = (
    "/bin/",
    "/boot/",
    "/etc/",
    "/lib/",
    "/lib32/",
    "/lib64/",
    "/libx32/",
    "/sbin/",
    "/usr/",
    "/var/",
    "/sys/",
    "/proc/",
    "/root/",
    "/run/",
    "/srv/",
    "/opt/",
    "/System/",
    "/Library/",
    "/Applications/",
    "/private/etc/",
    "/private/var/",
    "/nix/",
    "/snap/",
)
_TEMPORARY = (
    "/tmp/",
    "/var/tmp/",
    "/var/folders/",
    "/dev/shm/",
    "/private/tmp/",
    "/private/var/tmp/",
    "/private/var/folders/",
    "/usr/tmp/",
    "/var/cache/",
    "/run/user/",
)
# Writing to these does nothing but write: no disk, no memory, no other process is behind them.
_HARMLESS_DEVICES = frozenset(
    "/dev/null /dev/zero /dev/full /dev/tty /dev/stdin /dev/stdout /dev/stderr /dev/ptmx /dev/random /dev/urandom /dev/console".split()
)
SHELL_START = frozenset(
    """.bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .zlogout .kshrc
.mkshrc .cshrc .tcshrc .login .logout .inputrc .xinitrc .xsession .xprofile .xsessionrc .pam_environment .envrc .aliases .exports
.functions .zsh_aliases .bash_functions""".split()
)
SYSTEM_START = (
    "/etc/profile/",
    "/etc/profile.d/",
    "/etc/bash.bashrc/",
    "/etc/bashrc/",
    "/etc/zsh/",
    "/etc/zshrc/",
    "/etc/zshenv/",
    "/etc/zprofile/",
    "/etc/environment/",
    "/etc/default/grub/",
    "/etc/tmpfiles.d/",
    "/usr/lib/tmpfiles.d/",
    "/etc/paths/",
    "/etc/paths.d/",
    "/etc/environment.d/",
    "/etc/security/pam_env.conf/",
    "/etc/cron.d/",
    "/etc/cron.daily/",
    "/etc/cron.hourly/",
    "/etc/cron.weekly/",
    "/etc/cron.monthly/",
    "/etc/crontab/",
    "/etc/anacrontab/",
    "/var/spool/cron/",
    "/var/spool/at/",
    "/var/at/",
    "/etc/systemd/system/",
    "/etc/systemd/user/",
    "/etc/systemd/system-generators/",
    "/etc/systemd/user-generators/",
    "/etc/systemd/system-environment-generators/",
    "/lib/systemd/",
    "/usr/lib/systemd/",
    "/usr/local/lib/systemd/",
    "/run/systemd/",
    "/etc/init.d/",
    "/etc/init/",
    "/etc/rc.local/",
    "/etc/rc.d/",
    "/etc/inittab/",
    "/etc/ld.so.preload/",
    "/etc/ld.so.conf/",
    "/etc/ld.so.conf.d/",
    "/etc/network/",
    "/etc/dbus-1/",
    "/usr/share/dbus-1/",
    "/etc/logrotate.d/",
    "/lib/udev/",
    "/usr/lib/udev/",
    "/etc/skel/",
    "/etc/dhcp/",
    "/etc/ppp/",
    "/etc/acpi/",
    "/etc/pm/",
    "/etc/sv/",
    "/etc/runit/",
    "/etc/s6/",
    "/etc/local.d/",
    "/etc/conf.d/",
    "/usr/lib/cron/",
    "/var/lib/dpkg/info/",
    "/usr/local/share/dstat/",
    "/usr/share/dstat/",
    "/private/var/at/",
    "/etc/fish/",
    "/etc/csh.login/",
    "/etc/csh.cshrc/",
    "/etc/bash_completion.d/",
    "/usr/share/bash-completion/",
    "/etc/initramfs-tools/",
    "/etc/dracut.conf.d/",
    "/etc/grub.d/",
    "/boot/grub/",
    "/etc/kernel/",
    "/etc/modprobe.d/",
    "/usr/local/etc/rc.d/",
    "/usr/local/etc/periodic/",
    "/etc/binfmt.d/",
    "/usr/lib/environment.d/",
    "/etc/lightdm/",
    "/etc/gdm3/",
    "/etc/rc.common/",
    "/etc/rc.conf/",
    "/etc/ttys/",
    "/etc/gettytab/",
    "/etc/profile/",
    "/etc/bash_profile/",
    "/etc/zlogin/",
    "/etc/at.spool/",
    "/etc/incron.d/",
    "/var/spool/incron/",
    "/usr/share/autostart/",
    "/etc/selinux/",
    "/private/var/db/emondClients/",
    "/Library/Security/SecurityAgentPlugins/",
    "/Library/ScriptingAdditions/",
    "/System/Library/StartupItems/",
    "/usr/lib/systemd/",
    "/etc/xdg/autostart/",
    "/etc/X11/xinit/",
    "/etc/X11/Xsession.d/",
    "/etc/modules/",
    "/etc/modules-load.d/",
    "/etc/udev/rules.d/",
    "/etc/update-motd.d/",
    "/etc/NetworkManager/dispatcher.d/",
    "/etc/apt/apt.conf.d/",
    "/etc/inetd.conf/",
    "/etc/xinetd.d/",
    "/etc/pam.d/",
    "/etc/launchd.conf/",
    "/Library/LaunchAgents/",
    "/Library/LaunchDaemons/",
    "/Library/StartupItems/",
    "/System/Library/LaunchAgents/",
    "/System/Library/LaunchDaemons/",
    "/etc/periodic/",
    "/etc/emond.d/",
)
HOME_START = (
    ".config/systemd/",
    ".rtorrent.rc/",
    ".config/procps/toprc/",
    ".toprc/",
    ".dstat/",
    ".config/neofetch/",
    ".config/mpv/scripts/",
    ".local/share/systemd/",
    ".config/autostart/",
    ".config/autostart-scripts/",
    ".config/fish/",
    ".bashrc.d/",
    ".profile.d/",
    ".zshrc.d/",
    ".oh-my-zsh/custom/",
    ".config/environment.d/",
    ".config/plasma-workspace/",
    ".config/upstart/",
    "Library/LaunchAgents/",
    ".kde/Autostart/",
    ".config/i3/config/",
    ".config/sway/config/",
    ".xprofile.d/",
    ".config/zsh/",
    ".config/bash/",
    ".config/nushell/",
    ".config/openbox/autostart/",
    ".config/hypr/",
    ".config/bspwm/bspwmrc/",
    ".config/awesome/",
    ".config/xfce4/xinitrc/",
    ".bash_completion/",
    ".zsh/",
    ".zshrc.local/",
    ".bashrc.local/",
    ".local/share/dbus-1/services/",
    ".config/kitty/startup/",
    ".selected_editor/",
    ".cron/",
    ".config/lxsession/",
    ".fluxbox/startup/",
    ".icewm/startup/",
    ".gnomerc/",
    ".dmrc/",
    ".config/starship.toml/",
    ".config/wezterm/",
    "Library/StartupItems/",
    "Library/Preferences/com.apple.loginitems.plist/",
    "Library/Application Scripts/",
    "Library/Services/",
    ".config/powershell/",
    ".local/share/kservices5/",
    ".termux/boot/",
)


def resolve(target: "Arg | str", command: "Command", world: "World") -> "str | None":
    """Arg or text -> the absolute path it names in the command's folder, symbolic links followed and `..` collapsed.

    None when the text is not known, or is relative to a folder that is not known. Glob characters stay as they are: the
    folder before them is what is resolved. A text beginning with `~` means the home; in an Arg that is already done.
    """
    if not isinstance(target, str):
        text = target.value
    elif target[:1] == "~" and target[1:2] in ("", "/"):
        if not world.home:
            return None
        text = world.home + target[1:]
    else:
        text = target
    if text is None or "\0" in text:
        return None
    if text[:1] != "/":
        if command.cwd is None or command.cwd == "":
            return None
        text = f"{command.cwd}/{text}" if text else command.cwd
    fixed, glob = _before_glob(text)
    real = normalise_real(fixed, world)
    return normalise(real + glob) if glob else real


def normalise_real(path: str, world: "World") -> str:
    """An absolute path with links followed before `..` is collapsed, as the kernel does it."""
    return normalise(world.realpath(path))


def inside(path: str, root: str) -> bool:
    """True when path is root or lies below it."""
    root = root.rstrip("/")
    return path == root or path.startswith(root + "/") or not root


def within_roots(path: str, world: "World") -> bool:
    """True inside the folders where ordinary destructive work is fine. A home does not become one by lying in one of them."""
    home = world.home if world.home and inside(path, world.home) else None
    for root in world.roots:
        if root == "/" and (is_root_like(path) or f"{path}/".startswith((*_SYSTEM, "/home/", "/Users/"))):
            continue  # started at the top of the disk, as in a container: the system is not the project
        if root.startswith("/") and (home is None or home == root or not inside(home, root)) and (
                inside(path, root) or inside(path, normalise_real(root, world))):
            return True
    return False


def is_protected(path: str, world: "World") -> bool:
    """True for what no tool call may change, and for any folder that holds such a thing."""
    for guarded in world.protected:
        for spelled in (guarded, normalise_real(guarded, world)):
            if inside(path, spelled) or inside(spelled, path.rstrip("*").rstrip("/") or "/"):
                return True
    return False


def is_root_like(path: str) -> bool:
    """True for what a machine or a person cannot lose: /, system folders, mount tops, a whole home; also with a glob for all of it."""
    path = _without_glob(path)
    if path in ("~", "~/"):
        return True
    if path[1:3] in (":", ":/", ":\\") and path[:1].isalpha():
        return True
    path = normalise(path) if path[:1] == "/" else path
    return path in _TOPS or _is_home(path) or _is_mount(path)


def is_everything(path: str) -> bool:
    """True when a glob takes all there is in its folder: `/*`, `~/.*`, `*`, `./*`, `{*,.*}`."""
    last = path.rstrip("/").rpartition("/")[2]
    return bool(last) and not last.strip("*.?[]!^{},") and "*" in last


def is_system(path: str, world: "World") -> bool:
    """True for folders that belong to the system and not to a person or a project."""
    return f"{path}/".startswith(_SYSTEM) and not f"{path}/".startswith(_TEMPORARY) and not _belongs(path, world)


def is_temporary(path: str, world: "World") -> bool:
    """True for the usual temporary folders and what is in them, a project or a home that lies there left out."""
    return f"{path}/".startswith(_TEMPORARY) and not _belongs(path, world)


def _belongs(path: str, world: "World") -> bool:
    """Whether a path is the project's or the person's."""
    return bool(len(world.project) > 1 and inside(path, world.project) or world.home and inside(path, world.home))


def is_device(path: str) -> bool:
    """True for a device behind which something else than text is: a disk, memory, a network connection."""
    return (
        path.startswith("/dev/")
        and path not in _HARMLESS_DEVICES
        and not path.startswith(("/dev/fd/", "/dev/shm/", "/dev/pts/"))
        and not (path.startswith("/dev/tty") and path[8:].isdigit())
    )


def destroys(path: str, world: "World") -> "str | None":
    """How bad it is to lose everything at a resolved path: "root", "home", "project", "protected", "system", "outside" or None (fine)."""
    bare = _without_glob(path)
    if world.home and inside(world.home, bare) and bare != "/" and not is_root_like(bare):
        return "home"
    if is_root_like(path):
        return "root"
    if world.project and inside(world.project, bare):
        return "project"
    if is_protected(path, world):
        return "protected"
    if within_roots(path, world):
        return None
    return "system" if is_system(path, world) else "outside"


def names(path: str) -> "list[str]":
    """The parts of a path, folder by folder: "/a/b" -> ["a", "b"]."""
    return [part for part in path.split("/") if part]


def _before_glob(path: str) -> "tuple[str, str]":
    """Split before the folder entry that holds the first glob character: "/a/b*/c" -> ("/a", "/b*/c")."""
    if "*" not in path and "?" not in path and "[" not in path:
        return path, ""
    first = min(at for at in (path.find("*"), path.find("?"), path.find("[")) if at >= 0)
    cut = path.rfind("/", 0, first)
    return path[:cut] or "/", path[cut:]


def _without_glob(path: str) -> str:
    """Less a last part that takes everything: "/etc/*" -> "/etc", "/*" -> "/"."""
    while is_everything(path):
        path = path.rstrip("/").rpartition("/")[0] or ("/" if path[:1] == "/" else "")
    return path.rstrip("/") or ("/" if path[:1] == "/" else "")


def _is_home(path: str) -> bool:
    return path.startswith(("/home/", "/Users/", "/mnt/c/Users/")) and path.count("/") == (4 if path.startswith("/mnt/") else 2)


def _is_mount(path: str) -> bool:
    return path.startswith(("/mnt/", "/Volumes/", "/media/")) and path.count("/") == 2


def matches(pattern: str, path: str) -> bool:
    """Whether a shell glob matches a path: entry by entry, a leading dot only by a dot."""
    one, other = pattern.split("/"), path.split("/")
    if len(one) != len(other):
        return False
    return all(p == n or _matches(p, n) and not (n[:1] == "." and p[:1] in "*?[") for p, n in zip(one, other, strict=True))


def _matches(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    head = pattern[0]
    if head == "*":
        rest = pattern.lstrip("*")
        return not rest or any(_matches(rest, name[at:]) for at in range(len(name) + 1))
    if not name:
        return False
    if head == "[":
        end = pattern.find("]", 2)
        if end > 0:
            return _in_set(pattern[1:end], name[0]) and _matches(pattern[end + 1:], name[1:])
    return head in ("?", name[0]) and _matches(pattern[1:], name[1:])


def _in_set(content: str, letter: str) -> bool:
    negated, at = content[:1] in ("!", "^"), 0
    content, found = content[1:] if negated else content, False
    while at < len(content):
        if content[at + 1:at + 2] == "-" and at + 2 < len(content):
            found, at = found or content[at] <= letter <= content[at + 2], at + 3
        else:
            found, at = found or content[at] == letter, at + 1
    return found != negated
