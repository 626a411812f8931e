"""Commands that format, wipe, repartition or take apart disks, volumes, arrays and backups: what they remove is gone at once."""

from holdfast.guard.line import Arg, Command
from holdfast.guard.paths import is_device, resolve, within_roots
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Line

_HARMLESS = ("/dev/null", "/dev/zero", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/shm", "/dev/fd")


def _words(command: Command) -> "list[str]":
    return [w or "" for w in command.words]


def _is_image(command: Command, line: "Line", operands: "list[Arg]") -> bool:
    """True when every operand is a plain file of the project or a temporary folder, not a device."""
    paths = [resolve(arg, command, line.world) for arg in operands]
    return bool(paths) and all(p is not None and within_roots(p, line.world) and not is_device(p) for p in paths)


def _format(command: Command, line: "Line") -> "str | None":
    if command.has_flag("-n", "--dry-run") or command.program == "mke2fs" and command.has_flag("n"):
        return None
    taking = "-t --type -L -U -b -n -O -m -i -I -E -N -T -d -R -o -l --label"
    operands = command.operands(taking + " -F" if command.program in ("mkfs.vfat", "mkfs.fat", "mkfs.msdos", "mkdosfs") else taking)
    if not operands and not command.open_ended or operands and _is_image(command, line, operands[:1]):
        return None
    if command.program == "mkswap" and operands and "swap" in operands[0].shown and not operands[0].shown.startswith("/dev/"):
        return None
    return f"`{command}` makes an empty file system of {operands[0].shown if operands else 'what it is given'}"


def _partition(command: Command, line: "Line") -> "str | None":
    words = _words(command)
    operands = command.operands("-b -C -H -S -L -u -t -n -c -d -a")
    reading = {
        "fdisk": ("-l", "--list", "-s", "-x"),
        "sfdisk": ("-l", "-d", "--dump", "-J", "--json", "-F", "-g", "-s", "-V", "-T", "-n"),
        "cfdisk": (),
        "gdisk": ("-l",),
        "sgdisk": ("-p", "-i", "-v", "--print", "--info", "--verify", "-P", "-b", "--backup"),
        "parted": ("-l", "--list", "print", "p", "free"),
        "cgdisk": (),
        "partx": ("-s", "-l", "--show", "--list"),
    }
    if any(w in reading[command.program] for w in words) and not any(
        w in ("mklabel", "rm", "mkpart", "-Z", "-o", "--zap-all", "resizepart", "mktable") for w in words
    ):
        return None
    if not operands and not command.open_ended or operands and _is_image(command, line, operands[:1]):
        return None
    return f"`{command}` rewrites the partitions of {operands[0].shown if operands else 'what it is given'}"


def _wipe(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program == "wipefs":
        wipes = command.has_flag("a", "o", "f", "--all", "--offset", "--force") and not command.has_flag("n", "--no-act")
    elif program == "nvme":
        wipes = words[:1] in (["format"], ["sanitize"], ["write-zeroes"], ["delete-ns"], ["write"], ["fw-commit"], ["reset"])
    elif program == "hdparm":
        wipes = any(
            w.startswith(
                (
                    "--security-",
                    "--trim-sector",
                    "--write-sector",
                    "--make-bad",
                    "--dco-restore",
                    "--fwdownload",
                    "--sanitize",
                    "--yes-i-know",
                )
            )
            for w in words
        )
    elif program == "badblocks" or program == "debugfs":
        wipes = command.has_flag("w")
    elif program == "shred" or program == "wipe" or program == "srm":
        return next((f"`{command}` overwrites the device {w}" for w in words if w.startswith("/dev/") and w not in _HARMLESS), None)
    else:
        wipes = bool(command.operands()) or command.open_ended
    if not wipes or program in ("wipefs", "badblocks") and _is_image(command, line, command.operands()[-1:]):
        return None
    return f"`{command}` wipes a device"


def _raw_copy(command: Command, line: "Line") -> "str | None":
    words = _words(command)
    if command.program == "ddrescue":
        target = next(iter([a.shown for a in command.operands("-i -o -s -b")][1:2]), "")
    else:
        target = next((a.shown.partition("=")[2] for a in command.args if a.shown.startswith(("of=", "hof="))), "")
    if target.startswith("/dev/") and not target.startswith(_HARMLESS):
        return f"`{command}` writes straight onto {target}"
    source = next((w[3:] for w in words if w.startswith("if=")), "")
    if target in ("/", "/boot", "/etc/passwd", "/etc/shadow") or source in ("/dev/mem", "/dev/kmem", "/proc/kcore"):
        return f"`{command}` reads or writes {target or source}"
    return None


def _verbs(*verbs: str) -> "frozenset[str]":
    return frozenset(" ".join(verbs).split())


_CRYPT = _verbs(
    "luksFormat erase luksErase luksRemoveKey luksKillSlot luksConvertKey reencrypt luksAddKey luksHeaderRestore remove close luksClose"
)


def _crypt(command: Command, line: "Line") -> "str | None":
    sub = command.sub("--type -c --cipher -d --key-file -s -h")
    if sub.program in _CRYPT and sub.program not in ("close", "luksClose", "remove"):
        return (
            None if _is_image(sub, line, sub.operands("--type -d --key-file")[:1]) else f"`{command}` makes what is on the disk unreadable"
        )
    return None


def _volumes(command: Command, line: "Line") -> "str | None":
    if command.has_flag("t", "--test"):
        return None
    if command.program == "lvresize":
        size = command.flag_value("-L", "--size", "-l", "--extents")
        return f"`{command}` makes a volume smaller" if size is not None and size.shown.startswith("-") else None
    if command.program == "dmsetup":
        return f"`{command}` takes a volume away" if command.sub().program in ("remove", "remove_all", "wipe_table", "clear") else None
    return f"`{command}` removes a volume and what is on it" if command.operands() or command.has_flag("--yes", "y") else None


def _pools(command: Command, line: "Line") -> "str | None":
    sub = command.sub()
    if sub.has_flag("n") and sub.program in ("destroy", "create", "add"):
        return None
    verbs = {
        "zpool": ("destroy", "labelclear", "create", "remove", "detach", "offline", "split", "export"),
        "zfs": ("destroy", "rollback"),
        "bcachefs": ("format", "device"),
    }[command.program]
    if sub.program in verbs and sub.operands():
        return f"`{command}` gives up what the pool or file system holds"
    return None


def _snapshots(command: Command, line: "Line") -> "str | None":
    words = _words(command)
    program = command.program
    if program == "btrfs":
        bad = words[:1] in (["subvolume"], ["sub"], ["su"], ["device"], ["dev"], ["filesystem"], ["rescue"], ["check"]) and (
            words[1:2] in (["delete"], ["del"], ["remove"], ["zero-log"], ["fix-device-size"]) or "--repair" in words
        )
    elif program == "timeshift":
        bad = command.has_flag("--delete", "--delete-all", "--restore")
    else:
        bad = any(w in ("delete", "remove", "rm", "undochange", "rollback") for w in words[:4])
    return f"`{command}` deletes a snapshot or volume" if bad else None


def _array(command: Command, line: "Line") -> "str | None":
    if command.has_flag("--zero-superblock", "--stop", "--fail", "--remove", "--create", "C", "S", "f", "r", "--kill-subarray"):
        return f"`{command}` takes an array apart or makes a new one of its disks"
    return None


def _mac_disk(command: Command, line: "Line") -> "str | None":
    words = [w.lower() for w in _words(command)]
    verbs = (
        "erasedisk",
        "erasevolume",
        "partitiondisk",
        "reformat",
        "zerodisk",
        "randomdisk",
        "secureerase",
        "eraseoptical",
        "deletecontainer",
        "deletevolume",
        "deletevolumegroup",
        "deletesnapshot",
        "splitpartition",
        "mergepartitions",
        "resizevolume",
        "unmountdisk",
        "removefromraid",
        "delete",
    )
    if command.program == "diskutil":
        bad = any(w in verbs for w in words[:2])
    elif command.program == "gpart":
        bad = words[:1] in (["destroy"], ["delete"], ["recover"], ["undo"], ["create"], ["resize"])
    elif command.program == "asr":
        bad = "--erase" in words or "-erase" in words
    else:
        bad = bool(words) and command.program in ("newfs", "newfs_apfs", "newfs_hfs", "newfs_msdos") and not command.has_flag("N")
    return f"`{command}` erases or repartitions a disk" if bad else None


def _swap(command: Command, line: "Line") -> "str | None":
    return f"`{command}` takes memory away from running programs" if command.args and not command.has_flag("-h", "V") else None


def _backups(command: Command, line: "Line") -> "str | None":
    words = _words(command)
    if "--dry-run" in words or "-n" in words and command.program in ("restic", "borg"):
        return None
    verbs = {
        "tmutil": ("disable", "delete", "deletelocalsnapshots", "thinlocalsnapshots", "removedestination", "deleteinprogress"),
        "restic": ("forget", "prune"),
        "borg": ("delete", "prune"),
        "duplicity": ("remove-all-but-n-full", "cleanup", "remove-older-than"),
        "rdiff-backup": ("--remove-older-than",),
        "bacula": ("delete", "purge", "prune"),
        "kopia": ("delete", "maintenance"),
        "velero": ("delete",),
        "rsnapshot": (),
        "proxmox-backup-client": ("forget", "prune"),
        "virsh": ("destroy", "undefine", "snapshot-delete", "vol-delete", "pool-delete", "vol-wipe"),
        "qm": ("destroy", "delsnapshot", "rollback"),
        "pct": ("destroy", "delsnapshot", "rollback"),
        "VBoxManage": ("unregistervm", "closemedium"),
        "vboxmanage": ("unregistervm", "closemedium"),
        "prlctl": ("delete",),
        "multipass": ("delete", "purge"),
        "pvesm": ("free", "remove"),
        "govc": ("vm.destroy", "datastore.rm"),
    }[command.program]
    hit = next((w for w in words[:4] if w in verbs), None)
    if hit in ("forget", "prune") and _keeps(words) > 1:
        return None  # rotation: as many as are asked for stay
    return f"`{command}` gives up backups or whole machines" if hit else None


def _keeps(words: "list[str]") -> int:
    """How many snapshots a rotation keeps: the sum over `--keep-daily 7` and its like."""
    kept = 0
    for at, word in enumerate(words):
        name, _, value = word.partition("=")
        value = value or "".join(words[at + 1:at + 2])
        if name.startswith("--keep-") or name in ("-H", "-d", "-w", "-m", "-y"):
            kept += int(value) if value.isdigit() else 2 * (value != "")
    return kept


def _boot(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if program == "efibootmgr":
        bad = command.has_flag("B", "c", "o", "O", "n", "A", "D", "--delete-bootnum", "--create", "--bootorder")
    elif program == "flashrom":
        bad = command.has_flag("w", "E", "--write", "--erase")
    elif program == "nvram":
        bad = command.has_flag("c", "d") or any("=" in w for w in words)
    elif program == "bootctl":
        bad = any(w in ("install", "remove", "set-default", "unlink", "cleanup") for w in words)
    elif program == "mokutil":
        bad = any(w.startswith(("--disable", "--reset", "--delete", "--import", "--set")) for w in words)
    elif program == "bless":
        bad = bool(words) and "--info" not in words
    elif program == "ioreg":
        bad = False
    else:
        bad = bool(command.operands() or words)
    return f"`{command}` changes how the machine starts" if bad else None


def _file_system_tools(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    taking = "-c -C -e -E -g -i -I -j -J -m -M -o -O -r -Q -s -t -T -u -U -z -p -n"
    operands = command.operands(taking if program.startswith("xfs") else taking + " -L")
    if not operands or _is_image(command, line, operands[:1]) or command.has_flag("n", "N") or words[:1] == ["-l"]:
        return None
    if program.startswith(("fsck", "e2fsck")) and not command.has_flag("y", "p", "a", "f"):
        return None
    return f"`{command}` changes the structure of a file system"


def _controller(command: Command, line: "Line") -> "str | None":
    text = " ".join(_words(command)).lower()
    bad = any(w in text.split() for w in ("del", "delete", "erase", "init", "clear")) or any(
        w in text
        for w in (
            "-cfglddel",
            "-cfgclr",
            "-ldinit",
            "-pdclear",
            "-adpfacdefset",
            "deleteconfig",
            "modify clear",
            "secureerase",
            "create type",
        )
    )
    return f"`{command}` takes the disks of a controller apart" if bad else None


_STORAGE = {
    "ceph": ("purge", "destroy", "rm", "delete", "out", "remove", "zap", "fail"),
    "rados": ("rm", "rmpool", "purge", "cleanup"),
    "rbd": ("rm", "remove", "purge", "resize", "rollback"),
    "gluster": ("delete", "stop", "remove-brick", "reset"),
    "drbdadm": ("wipe-md", "create-md", "down", "invalidate", "disconnect"),
    "iscsiadm": ("--logout", "-u", "delete"),
    "multipath": ("-F", "-f"),
    "ceph-volume": ("zap",),
    "targetcli": ("delete",),
    "stratis": ("destroy",),
    "vdo": ("remove",),
    "hdfs": ("-format", "-rm", "-rmr", "-expunge", "-rmdir"),
    "hadoop": ("-rm", "-rmr", "-expunge"),
    "beegfs-ctl": ("--removetarget", "--removenode"),
}


def _cluster(command: Command, line: "Line") -> "str | None":
    words = _words(command)
    if "--dry-run" in words:
        return None
    return f"`{command}` removes storage that many machines use" if any(w in _STORAGE[command.program] for w in words[:5]) else None


def _hypervisor(command: Command, line: "Line") -> "str | None":
    words = _words(command)
    text = " ".join(words)
    if command.program == "esxcli":
        bad = any(w in words for w in ("kill", "set", "remove", "uninstall", "unmount", "shutdown", "reboot", "format", "disable"))
    else:
        bad = any(
            w in text
            for w in (
                "snapshot.remove",
                "vmsvc/destroy",
                "vmsvc/unregister",
                "power.off",
                "power.shutdown",
                "enter_maintenance",
                "rebootHost",
            )
        )
    return f"`{command}` stops or removes machines that run here" if bad else None


PACK = Pack(
    "disks",
    Pattern(
        code="DSK001",
        title="formatting a disk",
        severity="catastrophic",
        test=_format,
        programs="mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mkfs.exfat mkfs.f2fs mkfs.minix "
        "mkfs.msdos mkfs.cramfs mkfs.bfs mkfs.jfs mkfs.reiserfs mkfs.ubifs mkfs.erofs mke2fs mkswap mkntfs mkdosfs mkreiserfs "
        "mkexfatfs mkudffs",
        why="Everything on the disk or partition is lost.",
        instead="Format an image file in the project instead; disks are for a person.",
        blocks=(
            "mkfs.ext4 /dev/sdb1",
            "sudo mkfs -t xfs /dev/nvme0n1",
            "true && mke2fs -F /dev/vda",
            "mkswap /dev/sdb2",
            'mkfs.vfat "$DISK"',
        ),
        allows=("mkfs.ext4 build/disk.img", "man mkfs.ext4", "mkfs.vfat -C /tmp/boot.img 65536", "mkfs --help", "grep mkfs.ext4 setup.sh"),
    ),
    Pattern(
        code="DSK002",
        title="repartitioning a disk",
        severity="catastrophic",
        test=_partition,
        programs="fdisk sfdisk cfdisk gdisk sgdisk cgdisk parted partx",
        why="A changed partition table makes every file system on the disk unreachable.",
        instead="Look at the partitions with `lsblk`; changing them is for a person.",
        blocks=("fdisk /dev/sda", "sgdisk --zap-all /dev/sdb", "parted -s /dev/sda mklabel gpt", "echo ',,L' | sfdisk /dev/sdc"),
        allows=("fdisk -l", "fdisk -l /dev/sda", "parted /dev/sda print", "sfdisk -d /dev/sda", "parted -s disk.img mklabel msdos"),
    ),
    Pattern(
        code="DSK003",
        title="wiping a device",
        severity="catastrophic",
        test=_wipe,
        programs="wipefs blkdiscard nvme hdparm sg_format sg_sanitize scrub nwipe badblocks dban debugfs shred wipe srm",
        why="What was on the device cannot be brought back.",
        instead="Look at it with `lsblk -f`; wiping is for a person.",
        blocks=(
            "wipefs -a /dev/sdb",
            "blkdiscard /dev/nvme0n1",
            "nvme format /dev/nvme0",
            "sudo hdparm --security-erase p /dev/sda",
            "badblocks -w /dev/sdb",
            "shred -n 3 /dev/sda",
        ),
        allows=(
            "wipefs /dev/sdb",
            "nvme list",
            "hdparm -I /dev/sda",
            "wipefs -n -a /dev/sdb",
            "badblocks -s /dev/sdb",
            "wipefs -a disk.img",
        ),
    ),
    Pattern(
        code="DSK004",
        title="writing straight onto a disk",
        severity="catastrophic",
        programs="dd gdd dcfldd dc3dd ddrescue",
        test=_raw_copy,
        why="Writing below the file system destroys what it holds.",
        instead="Write into an image file, for example `dd if=boot.bin of=disk.img bs=512 count=1 conv=notrunc`.",
        blocks=(
            "dd if=/dev/zero of=/dev/sda",
            "sudo dd if=image.iso of=/dev/disk2 bs=4m",
            "dd of=/dev/nvme0n1 if=x bs=1M && sync",
            "dcfldd if=a of=/dev/sdb",
            "xzcat os.img.xz | dd of=/dev/mmcblk0",
        ),
        allows=(
            "dd if=boot.bin of=disk.img bs=512 count=1 conv=notrunc",
            "dd if=/dev/urandom of=key.bin bs=32 count=1",
            "dd if=file of=/dev/null bs=1M",
            "echo 'dd if=/dev/zero of=/dev/sda'",
        ),
    ),
    Pattern(
        code="DSK005",
        title="destroying an encrypted volume",
        severity="catastrophic",
        programs="cryptsetup",
        test=_crypt,
        why="Without its header or keys an encrypted volume is noise.",
        instead="Look with `cryptsetup luksDump /dev/sdb1`; the rest is for a person.",
        blocks=("cryptsetup luksFormat /dev/sdb1", "sudo cryptsetup -q erase /dev/sda3", "cryptsetup luksKillSlot /dev/sdb1 0"),
        allows=(
            "cryptsetup status data",
            "cryptsetup luksDump /dev/sdb1",
            "cryptsetup luksFormat build/test.img",
            "cryptsetup isLuks /dev/sdb1",
        ),
    ),
    Pattern(
        code="DSK006",
        title="removing volumes",
        severity="catastrophic",
        test=_volumes,
        programs="lvremove vgremove pvremove lvreduce vgreduce lvresize dmsetup",
        why="The volume and what is on it are gone.",
        instead="Look at the volumes with `lvs`; removing them is for a person.",
        blocks=("lvremove -f vg0/data", "vgremove vg0", "sudo pvremove /dev/sdb1", "lvresize -L -10G vg0/root", "dmsetup remove_all"),
        allows=("lvs", "lvremove --test vg0/data", "lvresize -L +10G vg0/root", "dmsetup ls", "vgs -o name"),
    ),
    Pattern(
        code="DSK007",
        title="destroying a pool",
        severity="catastrophic",
        programs="zpool zfs bcachefs",
        test=_pools,
        why="Everything in the pool or file system is gone.",
        instead="Look first with `zfs destroy -nv pool/data`; destroying is for a person.",
        blocks=("zpool destroy tank", "zfs destroy -r tank/home", "sudo zfs rollback -r tank/db@old", "zpool labelclear -f /dev/sdb"),
        allows=("zpool status", "zfs list -t snapshot", "zfs destroy -nv pool/data", "zfs snapshot tank/home@now"),
    ),
    Pattern(
        code="DSK008",
        title="deleting snapshots",
        programs="btrfs snapper timeshift",
        test=_snapshots,
        why="A snapshot is the way back when something goes wrong.",
        instead="List them with `snapper list` and let a person choose.",
        blocks=(
            "btrfs subvolume delete /mnt/@home",
            "snapper -c root delete 1-20",
            "timeshift --delete-all",
            "btrfs device remove /dev/sdb /mnt",
        ),
        allows=("btrfs subvolume list /", "snapper list", "timeshift --list", "btrfs subvolume snapshot / /mnt/snap"),
    ),
    Pattern(
        code="DSK009",
        title="taking an array apart",
        severity="catastrophic",
        programs="mdadm",
        test=_array,
        why="An array without its disks or superblocks has lost its data.",
        instead="Look at it with `mdadm --detail /dev/md0`.",
        blocks=("mdadm --zero-superblock /dev/sdb1", "mdadm --stop /dev/md0", "sudo mdadm /dev/md0 --fail /dev/sdc --remove /dev/sdc"),
        allows=("mdadm --detail /dev/md0", "mdadm --examine /dev/sdb1", "cat /proc/mdstat"),
    ),
    Pattern(
        code="DSK010",
        title="erasing a disk on macOS or BSD",
        severity="catastrophic",
        programs="diskutil gpart asr newfs newfs_apfs newfs_hfs newfs_msdos",
        test=_mac_disk,
        why="Everything on the disk is lost.",
        instead="Look with `diskutil list`; erasing is for a person.",
        blocks=(
            "diskutil eraseDisk JHFS+ Empty disk2",
            "diskutil apfs deleteContainer disk1",
            "gpart destroy -F ada0",
            "newfs /dev/ada0p1",
        ),
        allows=("diskutil list", "diskutil info disk0", "gpart show", "diskutil apfs list"),
    ),
    Pattern(
        code="DSK011",
        title="switching off swap",
        programs="swapoff",
        test=_swap,
        why="Programs whose memory was swapped out may be killed.",
        instead="Look at it with `swapon --show`.",
        blocks=("swapoff -a", "sudo swapoff /swapfile && true"),
        allows=("swapon --show", "swapoff --help", "free -h"),
    ),
    Pattern(
        code="DSK012",
        title="deleting backups or machines",
        test=_backups,
        programs="tmutil restic borg duplicity rdiff-backup kopia velero proxmox-backup-client virsh qm pct VBoxManage "
        "vboxmanage prlctl multipass pvesm govc",
        why="A backup or a whole machine is the last copy of what it holds.",
        instead="List what there is and let a person delete it.",
        blocks=(
            "tmutil disable",
            "restic forget --keep-last 1 --prune",
            "borg delete /backup::old",
            "virsh undefine web --remove-all-storage",
            "VBoxManage unregistervm web --delete",
            "qm destroy 100",
        ),
        allows=("restic snapshots", "borg list /backup", "virsh list --all", "tmutil listbackups", "restic forget --dry-run --keep-last 1",
                "restic forget --keep-daily 7 --keep-weekly 4 --prune", "borg prune --keep-daily=7 /mnt/backup/repo"),
    ),
    Pattern(
        code="DSK013",
        title="changing how the machine starts",
        severity="danger",
        test=_boot,
        programs="efibootmgr flashrom nvram bootctl mokutil bless grub-install grub2-install lilo extlinux kexec",
        why="A machine that does not start again is lost to everybody who is not beside it.",
        instead="Describe the change and let a person make it.",
        blocks=("efibootmgr -b 0001 -B", "sudo grub-install /dev/sda", "flashrom -w bios.bin", "mokutil --disable-validation", "kexec -e"),
        allows=("efibootmgr", "efibootmgr -v", "bootctl status", "mokutil --sb-state", "nvram -p"),
    ),
    Pattern(
        code="DSK014",
        title="changing a file system's structure",
        programs="tune2fs resize2fs e2fsck fsck fsck.ext4 fsck.xfs xfs_repair xfs_growfs e2label reiserfsck ntfsfix",
        test=_file_system_tools,
        why="Repair and resizing of a file system in use destroys it.",
        instead="Look first with `fsck -n /dev/sdb1`.",
        blocks=("fsck -y /dev/sda1", "tune2fs -O ^has_journal /dev/sda1", "resize2fs /dev/sda1 10G", "sudo xfs_repair -L /dev/sdb1"),
        allows=("tune2fs -l /dev/sda1", "fsck -n /dev/sdb1", "resize2fs build/disk.img", "e2fsck -f disk.img"),
    ),
    Pattern(
        code="DSK015",
        title="taking a disk controller apart",
        severity="catastrophic",
        test=_controller,
        programs="storcli storcli64 perccli perccli64 MegaCli MegaCli64 megacli sas2ircu sas3ircu arcconf tw_cli hpssacli ssacli",
        why="Every disk behind the controller loses its data.",
        instead="Look with `storcli /c0 show`.",
        blocks=("storcli /c0/v0 del force", "MegaCli -CfgClr -aALL", "sudo ssacli ctrl slot=0 ld 1 delete forced"),
        allows=("storcli /c0 show", "MegaCli -AdpAllInfo -aALL", "ssacli ctrl all show config"),
    ),
    Pattern(
        code="DSK016",
        title="removing shared storage",
        severity="catastrophic",
        test=_cluster,
        programs="ceph rados rbd gluster drbdadm iscsiadm multipath ceph-volume targetcli stratis vdo hdfs hadoop beegfs-ctl",
        why="Many machines lose their data at once.",
        instead="Look with `ceph status`.",
        blocks=("ceph osd purge 3 --yes-i-really-mean-it", "rbd rm pool/image", "sudo drbdadm wipe-md r0", "hdfs dfs -rm -r /data && true"),
        allows=("ceph status", "rbd ls pool", "hdfs dfs -ls /", "gluster volume info"),
    ),
    Pattern(
        code="DSK017",
        title="stopping or removing machines of a hypervisor",
        severity="danger",
        programs="esxcli vim-cmd",
        test=_hypervisor,
        why="Every service on those machines stops, and their snapshots are the way back.",
        instead="Look with `vim-cmd vmsvc/getallvms`.",
        blocks=(
            "esxcli vm process kill --type force --world-id 1",
            "vim-cmd vmsvc/snapshot.removeall 1",
            "true && vim-cmd vmsvc/power.off 3",
        ),
        allows=("vim-cmd vmsvc/getallvms", "esxcli vm process list", "esxcli system version get"),
    ),
)
