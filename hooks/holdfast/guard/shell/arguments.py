"""Options and operands by which a tool that is no runner of commands runs one all the same: `tar --to-command`, `zip -TT`, `git -c`.

`given(command)` answers with the Codes and Inners, as `look` does; `kind_of(label)` tells a rule whether a step in `via` was such an
option.
"""

from holdfast.guard.line import Arg, Code
from holdfast.guard.shell.wrappers import Inner, after, packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.guard.line import Command
    from holdfast.guard.shell.wrappers import Found

# program -> options, each with the kind of its value behind a colon:
#   (none)  a shell text or a command line; a shell there is an escape from the tool
#   use     the same, where running a script is what the option is for
#   exec    only behind `exec=` in the value          lib   a library or plug-in that is loaded
#   comma   a command line with commas for blanks     rest  this and all arguments after it are a command
#   other   code in the language of that name
OPTIONS = {
    "a2ps": "--printer",
    "agetty": "-l --login-program",
    "ansible": "-a:use --args:use",
    "aria2c": (
        "--on-bt-download-complete --on-download-complete --on-download-error --on-download-pause --on-download-start --on-download-stop"
    ),
    "bat": "--pager",
    "batcat": "--pager",
    "borg": "--rsh",
    "bpftrace": "-c --cmd",
    "bsdtar": "--use-compress-program --compress-program",
    "c++": "-wrapper:comma -fplugin:lib",
    "c89": "-wrapper:comma -fplugin:lib",
    "c99": "-wrapper:comma -fplugin:lib",
    "cc": "-wrapper:comma -fplugin:lib",
    "cdist": "-s --shell",
    "certbot": "--pre-hook:use --post-hook:use --deploy-hook:use --renew-hook:use --manual-auth-hook:use --manual-cleanup-hook:use",
    "check_ssl_cert": "--curl-bin --openssl --grep-bin --nmap-bin --date-bin --file-bin --dig-bin",
    "chef-apply": "-e:ruby",
    "clang": "-fplugin:lib -fpass-plugin:lib",
    "clang++": "-fplugin:lib",
    "cpio": "--rsh-command",
    "cpp": "-wrapper:comma -fplugin:lib",
    "ctags": "--filter-terminator",
    "curl": "--engine:lib",
    "cvs": "-e",
    "darcs": "--prehook --posthook",
    "delta": "--pager",
    "dhclient": "-sf",
    "dhcpcd": "-c --script",
    "dmsetup": "--exec",
    "dnsmasq": "--dhcp-script -6 --conf-script --dhcp-luascript:lua",
    "dpkg": "--pager",
    "dump": "-F",
    "duplicity": "--ssh-askpass --gpg-binary --rsync-options",
    "enscript": "-I --filter",
    "exiftool": "-if:perl",
    "fetchmail": "-m --mda --plugin --plugout",
    "fzf": "--preview:use --bind:bind --become",
    "g++": "-wrapper:comma -fplugin:lib",
    "gcc": "-wrapper:comma -fplugin:lib",
    "gdb": "-ex:bang -iex:bang --eval-command:bang -eval-command:bang",
    "gem": "-e --editor",
    "gfortran": "-wrapper:comma -fplugin:lib",
    "gimp": "-b:python --batch:python",
    "git-send-email": "--to-cmd --cc-cmd --header-cmd",
    "gnat": "-wrapper:comma",
    "go": "-exec -toolexec",
    "gpg": "--exec-path --photo-viewer --agent-program --dirmngr-program --pinentry-program",
    "gpg-agent": "--pinentry-program --scdaemon-program",
    "gpg2": "--photo-viewer --agent-program --dirmngr-program",
    "gpgsm": "--agent-program",
    "gsort": "--compress-program",
    "gsplit": "--filter:use",
    "gtar": (
        "--to-command -I --use-compress-program --new-volume-script -F --info-script --rsh-command --rmt-command --checkpoint-action:exec"
    ),
    "heirloom-mailx": "--exec:bang",
    "hg": "--ssh -e --config:key",
    "highlight": "--plug-in:lib",
    "java": "-javaagent:lib -agentpath:lib",
    "jj": "--config:key",
    "kak": "-e",
    "knife": "-E:ruby --exec:ruby",
    "latexmk": "-e:perl -latex -pdflatex -xelatex -lualatex -pdflualatex",
    "lftp": "-c:bang -e:bang",
    "logrotate": "-m --mail",
    "mail": "--exec:bang",
    "mailx": "--exec:bang",
    "man": "-P --pager -H --html",
    "mariadb": "--pager --plugin-dir:lib --default-auth:lib",
    "mdadm": "--program",
    "mercurial": "--ssh -e",
    "mksquashfs": "-pf",
    "mosh": "--ssh --client",
    "mpv": "--script:lib --scripts:lib --input-ipc-server:file",
    "msfconsole": "-x",
    "mt": "--rsh-command",
    "mutt": "-e:mutt",
    "mysql": "--pager --plugin-dir:lib --default-auth:lib",
    "nano": "-s --speller",
    "nc": "-e -c --exec --sh-exec",
    "nc.traditional": "-e -c",
    "ncat": "-e -c --exec --sh-exec --lua-exec:file",
    "ncat.openbsd": "-e -c",
    "netcat": "-e -c --exec --sh-exec",
    "npm": "--editor:use --viewer:use",
    "octave-cli": "--eval:octave",
    "nmap": "--script:lib",
    "openssl": "-engine:lib -provider:lib -provider-path:lib -passin:none",
    "openvpn": (
        "--up --down --ipchange --route-up --route-pre-down --client-connect --client-disconnect --learn-address "
        "--auth-user-pass-verify --tls-verify --tls-crypt-v2-verify --iproute --plugin:lib"
    ),
    "pandoc": "-L:file --lua-filter:file -F --filter",
    "perlbug": "-e -v",
    "pico": "-s --speller",
    "pidstat": "-e:rest",
    "pip": "--python --editor",
    "pip3": "--python --editor",
    "pppd": "connect init disconnect pty welcome",
    "puppet": "-e:puppet --execute:puppet",
    "rake": "-p:ruby -e:ruby -E:ruby --execute:ruby --execute-print:ruby --execute-continue:ruby",
    "rclone": "--password-command --metadata-mapper --sftp-ssh --webdav-bearer-token-command",
    "rdiff-backup": "--remote-schema",
    "restic": "--password-command -o:key",
    "restore": "-F",
    "rg": "--pre --hostname-bin",
    "ripgrep": "--pre",
    "rlwrap": "-z --filter:use",
    "rnano": "-s --speller",
    "rpm": "--pipe --eval:rpm -E:rpm --undefine --define:rpm -D:rpm",
    "rpmbuild": "--pipe --eval:rpm --define:rpm -D:rpm",
    "rpmdb": "--pipe --eval:rpm -E:rpm",
    "rpmkeys": "--pipe --eval:rpm -E:rpm",
    "rpmquery": "--pipe --eval:rpm -E:rpm",
    "rpmsign": "--pipe --eval:rpm -E:rpm",
    "rpmspec": "--eval:rpm -E:rpm --pipe",
    "rpmverify": "--pipe --eval:rpm -E:rpm",
    "rsync": "-e --rsh",
    "rtorrent": "-o:key",
    "rustc": "-C:linker --codegen:linker",
    "rustdoc": "--runtool --test-runtool",
    "s-nail": "--exec:bang -X:bang",
    "scp": "-S -o:ssh",
    "scrot": "-e --exec",
    "sftp": "-S -D -o:ssh",
    "sk": "--preview:use --bind:bind -c --cmd",
    "slogin": "-o:ssh",
    "slsh": "-e:slang",
    "smbclient": "-c:smb --command:smb",
    "socket": "-p",
    "sort": "--compress-program",
    "split": "--filter:use",
    "sqlmap": "--eval:python --sql-shell:none",
    "ssh": "-o:ssh",
    "ssh-add": "-s:lib -e:lib",
    "ssh-copy-id": "-o:ssh",
    "ssh-keygen": "-D:lib -w:lib",
    "sshfs": "-o:ssh -S",
    "sshuttle": "-e --ssh-cmd",
    "star": "-rsh-command",
    "start-stop-daemon": "-x --exec -a --startas",
    "svn": "--editor-cmd --diff-cmd --diff3-cmd",
    "sysdig": "-c:file",
    "tar": (
        "--to-command -I --use-compress-program --new-volume-script -F --info-script --rsh-command --rmt-command --checkpoint-action:exec"
    ),
    "tcpdump": "-z",
    "tmate": "-c",
    "tshark": "-X:lib",
    "unison": "-sshcmd -rshcmd",
    "uwsgi": "--exec-asap --exec-pre-jail --exec-post-jail --exec-in-jail --exec-as-root --exec-as-user --exec-pre-app",
    "valgrind": "--db-command",
    "wget": "--use-askpass",
    "wget2": "--use-askpass",
    "wireshark": "-X:lib",
    "x11vnc": "-accept -gone -afteraccept -auth",
    "xpra": "--start --start-child --exec-wrapper",
    "zip": "-TT --unzip-command",
}
# Keys of `ssh -o` and `git -c` whose value is a command.
_SSH_KEYS = frozenset("proxycommand localcommand knownhostscommand remotecommand ssh_command smartcardprogram".split())
_SSH_LIBRARIES = frozenset("pkcs11provider securitykeyprovider smartcarddevice".split())
_GIT_KEYS = frozenset(
    """core.pager core.editor core.sshcommand core.gitproxy core.askpass core.fsmonitor core.alternaterefscommand sequence.editor
diff.external gpg.program web.browser help.browser interactive.difffilter uploadpack.packobjectshook imap.tunnel sendemail.smtpserver
sendemail.tocmd sendemail.cccmd sendemail.headercmd sendemail.sendmailcmd rebase.instructionformat.cmd merge.tool.cmd""".split()
)
_GIT_ENDS = (
    ".textconv",
    ".command",
    ".clean",
    ".smudge",
    ".process",
    ".driver",
    ".cmd",
    ".program",
    ".uploadpack",
    ".receivepack",
    ".vcs.helper",
    ".sshcommand",
)
_GIT_OPTIONS = frozenset(
    "--upload-pack --receive-pack --exec -O --open-files-in-pager -x --extcmd --to-cmd --cc-cmd --smtp-server "
    "--sendmail-cmd --tree-filter --index-filter --msg-filter --env-filter --commit-filter --parent-filter "
    "--tag-name-filter --setup --pager".split()
)
_GIT_SUBS = {
    "-u": ("clone", "fetch", "ls-remote", "fetch-pack"),
    "-O": ("grep",),
    "-x": ("difftool",),
    "--exec": ("push", "archive", "ls-remote", "clone", "fetch-pack", "send-pack"),
    "--setup": ("filter-branch",),
    "--smtp-server": ("send-email",),
}


def given(command: "Command") -> "Found":
    """Command -> (Codes, Inners) that its options bring in."""
    program = command.program
    inners: "list[Inner]" = []
    codes: "list[Code]" = []
    if program == "ansible" and _module(command) not in ("command", "shell", "raw", "script"):
        return (), ()  # what the other modules are given is not a command
    for option, kind, value in _options(command, OPTIONS.get(program, "")):
        _add(program, option, kind, value, command, codes, inners)
    reader = _READERS.get(program)
    if reader is not None:
        reader(command, codes, inners)
    return codes, inners


def _module(command: "Command") -> str:
    """The last part of the module's name that `ansible -m` gives: "shell" for ansible.builtin.shell; "command" without one."""
    named = command.flag_value("-m", "--module-name")
    return "command" if named is None else (named.value or "command").rpartition(".")[2]


def kind_of(label: str) -> "str | None":
    """A step of `via` -> the kind of the option by which the tool ran it ("" for an escape, "use"), or None when it was another step."""
    program, blank, option = label.partition(" ")
    if not blank:
        return None
    if program in OPTIONS:
        first = option.partition(" ")[0]
        for entry in OPTIONS[program].split():
            name, _, kind = entry.partition(":")
            if name == first:
                return kind if kind == "use" else ""
    return "" if label in _ESCAPES or program == "git" and option.startswith(("-c ", "--", "-u", "-O", "-x", "ext::")) else None


# Steps that the readers below make.
_ESCAPES = frozenset(("less +!", "more +!", "most +!", "socat EXEC", "socat SYSTEM", "apt -o", "busctl unixexec", "sed e", "capsh --"))


def _options(command: "Command", spec: str) -> "list[tuple[str, str, Any]]":
    """(option, kind, Arg or index for "rest") for each option of the spec that the command gives."""
    if not spec:
        return []
    kinds = {}
    for entry in spec.split():
        name, _, kind = entry.partition(":")
        kinds[name] = kind
    longs = [name for name in kinds if name[:2] == "--"]
    found: "list[tuple[str, str, Any]]" = []
    args = command.args
    i = 0
    while i < len(args):
        arg = args[i]
        i += 1
        text = arg.value if arg.value is not None else arg.prefix
        if text == "--":
            break
        if text in kinds:
            kind = kinds[text]
            if i < len(args):
                found.append((text, kind, i if kind == "rest" else args[i]))
                i += 1
            continue
        if text[:1] != "-":
            continue
        name, equals, _ = text.partition("=")
        if text[:2] == "--":
            full = name if name in kinds else next((n for n in longs if len(name) > 4 and n.startswith(name) and name != "--start"), None)
            if full is None:
                continue
            if equals:
                found.append((full, kinds[full], after(arg, len(name) + 1)))
            elif i < len(args):
                found.append((full, kinds[full], args[i]))
                i += 1
        elif equals and name in kinds:
            found.append((name, kinds[name], after(arg, len(name) + 1)))
        elif next((n for n in kinds if len(n) > 2 and n[1] != "-" and text.startswith(n) and n.isupper()), None) is not None:
            name = next(n for n in kinds if len(n) > 2 and n[1] != "-" and text.startswith(n) and n.isupper())
            found.append((name, kinds[name], after(arg, len(name))))
        elif len(text) > 2 and text[:2] in kinds:
            found.append((text[:2], kinds[text[:2]], after(arg, 2)))
        elif len(text) > 2 and text[1:].isalpha() and "-" + text[-1] in kinds and i < len(args):
            found.append(("-" + text[-1], kinds["-" + text[-1]], args[i]))
    return found


def _add(program: str, option: str, kind: str, value: "Any", command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    """What one option brings in."""
    label = f"{program} {option}"
    if kind == "rest":
        inners.append(Inner(label, argv=command.args[value:]))
        return
    if kind in ("none", "lib", "file") or not value.pieces or value.prefix[:1] == "-":
        return
    if kind in ("", "use"):
        inners.append(Inner(label, text=value))
    elif kind == "exec":
        if value.prefix.startswith("exec="):
            inners.append(Inner(label, text=after(value, 5)))
    elif kind == "key":
        key, text = _pair(value)
        if text.prefix.startswith("!"):
            inners.append(Inner(label, text=after(text, 1)))
        elif key.startswith("hooks.") or key.endswith(("command", ".cmd", ".ssh", ".editor", ".pager", "execute", ".executable")):
            inners.append(Inner(label, text=text))
    elif kind == "linker":
        if value.prefix.startswith("linker="):
            inners.append(Inner(label, text=after(value, 7)))
    elif kind == "comma":
        if value.value:
            inners.append(Inner(label, argv=tuple(Arg((w,) if w else ()) for w in value.value.split(","))))
    elif kind == "bang" or kind == "smb":
        for line in (value.value or "").replace(";", "\n").split("\n"):
            line = line.strip()
            if line.startswith("!") and line[1:].strip():
                inners.append(Inner(label, text=Arg((line[1:].strip(),))))
    elif kind == "bind":
        bound = value.value or ""
        for word in ("execute", "become", "reload", "execute-silent", "transform"):
            at = bound.find(word + "(")
            if at >= 0:
                inners.append(Inner(label, text=Arg((bound[at + len(word) + 1 :].rpartition(")")[0],))))
    elif kind == "rpm":
        _rpm(label, value, inners)
    elif kind == "ssh":
        key, command_text = _pair(value)
        if key.lower() in _SSH_KEYS and command_text.pieces:
            inners.append(Inner(f"{label} {key}", text=command_text))
    else:
        codes.append(Code(kind, "argument", value))


def loaded(command: "Command") -> "list[tuple[str, Arg]]":
    """(option, Arg) for each library or plug-in that the command's options load."""
    found = [(option, value) for option, kind, value in _options(command, OPTIONS.get(command.program, "")) if kind == "lib"]
    for _, kind, value in _options(command, OPTIONS.get(command.program, "")):
        if kind == "ssh":
            key, text = _pair(value)
            if key.lower() in _SSH_LIBRARIES:
                found.append((key, text))
    return found


def _pair(value: "Arg") -> "tuple[str, Arg]":
    """`Key=value` or `Key value` as (key, value)."""
    text = value.prefix
    key, mark, _ = text.partition("=")
    if not mark or " " in key.strip():
        key, mark, _ = text.lstrip().partition(" ")
    return key.strip(), after(value, text.find(mark) + 1) if mark else Arg(())


def _rpm(label: str, value: "Arg", inners: "list[Inner]") -> None:
    """%(text) in an rpm macro is run by a shell."""
    text = value.value or ""
    at = text.find("%(")
    if at >= 0:
        inners.append(Inner(label, text=Arg((text[at + 2 :].rpartition(")")[0],))))


def _git(command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    args = command.args
    sub, i = "", 0
    while i < len(args):
        arg = args[i]
        text = arg.value if arg.value is not None else arg.prefix
        i += 1
        if not sub and text == "-c" and i < len(args):
            _git_key(args[i], inners)
            i += 1
        elif not sub and text.startswith("-c") and "=" in text:
            _git_key(after(arg, 2), inners)
        elif not sub and text in ("-C", "--git-dir", "--work-tree", "--namespace", "--config-env"):
            i += 1
        elif text == "--":
            break
        elif text.startswith("-"):
            name, equals, _ = text.partition("=")
            if not sub and name == "--exec-path" and equals and i < len(args):
                program = Arg(packed((*after(arg, 12).pieces, "/git-", *args[i].pieces)))
                inners.append(Inner("git --exec-path", argv=(program, *args[i + 1 :])))
            elif sub == "clone" and name in ("-c", "--config"):
                _git_key(after(arg, len(name) + 1) if equals else args[i] if i < len(args) else arg, inners)
            elif (name in _GIT_OPTIONS or name == "-u") and sub in _GIT_SUBS.get(name, (sub,)):
                if equals:
                    value: "Arg | None" = after(arg, len(name) + 1)
                else:
                    value = args[i] if i < len(args) and name not in ("-O", "--open-files-in-pager") else None
                if value is not None and value.pieces:
                    inners.append(Inner(f"git {name}", text=value))
            elif sub == "grep" and text.startswith("-O") and len(text) > 2:
                inners.append(Inner("git -O", text=after(arg, 2)))
        elif not sub:
            sub = text
        elif text.startswith("ext::"):
            inners.append(Inner("git ext::", text=after(arg, 5)))
        elif sub == "config" and text.lower().startswith("alias.") and i < len(args) and args[i].prefix[:1] == "!":
            inners.append(Inner("git alias", text=after(args[i], 1)))


def _git_key(arg: "Arg", inners: "list[Inner]") -> None:
    """`-c key=value` where git runs the value."""
    name, equals, _ = arg.prefix.partition("=")
    key, value = name.lower(), after(arg, len(name) + 1)
    if not equals or not value.pieces:
        return
    if key.startswith("alias.") or key == "credential.helper" or key.startswith("credential.") and key.endswith(".helper"):
        if value.prefix.startswith("!"):
            inners.append(Inner(f"git -c {name}", text=after(value, 1)))
        elif value.prefix.startswith("/"):
            inners.append(Inner(f"git -c {name}", text=value))
    elif key in _GIT_KEYS or key.endswith(_GIT_ENDS) or key.startswith("pager."):
        if value.value not in ("true", "false", "", "0", "1", "no", "yes", "on", "off", "cat"):
            inners.append(Inner(f"git -c {name}", text=value))
    elif ".insteadof" in key and "ext::" in key:
        inners.append(Inner(f"git -c {name}", text=Arg((name[name.find("ext::") + 5 : key.find(".insteadof")],))))


def _apt(command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    """-o Key=value, where the key is a hook."""
    for _, _, value in _options(command, "-o --option"):
        key, equals, _ = value.prefix.partition("=")
        if equals and any(part in key.lower() for part in ("invoke", "install-pkgs", "success", "dir::bin", "::command")):
            inners.append(Inner("apt -o", text=after(value, len(key) + 1)))


def _socat(command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    for arg in command.args:
        kind, colon, _ = arg.prefix.partition(":")
        name = kind.rpartition("!!")[2].upper()
        if colon and name in ("EXEC", "SYSTEM", "SHELL"):
            value = after(arg, len(kind) + 1)
            if value.value is not None:
                text = value.value
                for mark in (
                    ",pty",
                    ",stderr",
                    ",setsid",
                    ",sigint",
                    ",sane",
                    ",nofork",
                    ",fdin",
                    ",fdout",
                    ",ctty",
                    ",su",
                    ",chroot",
                    ",raw",
                    ",echo",
                    ",pipes",
                ):
                    text = text.partition(mark)[0]
                value = Arg((text,))
            if value.pieces:
                inners.append(Inner("socat EXEC" if name == "EXEC" else "socat SYSTEM", text=value))


def _pager(command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    """`less +!text` runs the text before it shows anything."""
    for arg in command.args:
        if arg.prefix.startswith(("+!", "+:!")):
            inners.append(Inner(f"{command.program} +!", text=after(arg, arg.prefix.index("!") + 1)))


def _busctl(command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    for arg in command.args:
        text = arg.value or ""
        at = text.find("unixexec:")
        if at >= 0:
            words = [part.partition("=")[2] for part in text[at + 9 :].split(",") if part.startswith(("path=", "argv"))]
            inners.append(Inner("busctl unixexec", argv=tuple(Arg((w,)) for w in words if w)))


def _sed(command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    """sed's e command: `sed e`, `1e text`, and the flag of s."""
    texts = [value.value or "" for _, _, value in _options(command, "-e --expression")]
    if not texts:
        operands = command.operands("-l --line-length -f --file")
        texts = [operands[0].value or ""] if operands and not command.has_flag("f", "--file") else []
    for text in texts:
        for line in text.replace(";", "\n").split("\n"):
            bare = line.lstrip(" 0123456789,$")
            if bare == "e":
                inners.append(Inner("sed e", argv=(Arg(("sh",)),)))
            elif bare.startswith("e ") and len(bare) > 2:
                inners.append(Inner("sed e", text=Arg((bare[2:],))))


def _capsh(command: "Command", codes: "list[Code]", inners: "list[Inner]") -> None:
    args = command.args
    at = next((i for i, a in enumerate(args) if a.value in ("--", "==")), None)
    if at is not None:
        inners.append(Inner("capsh --", argv=(Arg(("bash",)), *args[at + 1 :])))


_READERS = {
    "git": _git,
    **dict.fromkeys("apt apt-get aptitude apt-cache apt-mark apt-config".split(), _apt),
    **dict.fromkeys(("socat", "socat1"), _socat),
    "busctl": _busctl,
    **dict.fromkeys("less more most".split(), _pager),
    **dict.fromkeys("sed gsed ssed".split(), _sed),
    "capsh": _capsh,
}
