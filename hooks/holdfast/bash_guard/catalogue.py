"""Every rule, in one list: its code, its module under `rules`, and what must occur in a command for it to be worth loading.

A word is a program's name.  Others are traits of the whole line:
  :always       every command             :text     the text holds an unprintable character other than tab and newline
  :unknown      a command word that is not known before the run
  NAME=         the variable NAME is set, exported, or given to one command
  :write        a redirection or one of WRITERS writes a file
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.bash_guard.line import Line
    from holdfast.bash_guard.rule import Rule

ENTRIES = (
    ("TXT001", "text.control_characters", ":text"),
    ("STR001", "structural.unparseable", ":unreadable"),
    ("STR002", "structural.computed_command_word", ":unknown"),
    ("STR005", "structural.destructive_target", "rm rmdir unlink shred srm trash trash-put zf_rm wipe grm rimraf del-cli truncate "
                                                "chmod chown chgrp setfacl chattr chflags find mv rsync"),
    ("ENC001", "encoding.decode_and_run", "base64 gbase64 base32 base16 basenc base58 gunzip zcat bunzip2 bzcat unxz xzcat lzcat unzstd "
                                          "zstdcat uncompress lz4cat uudecode rev tr rot13 caesar gzip bzip2 xz zstd lz4 lzma compress "
                                          "pigz xxd openssl gpg gpg2 age unzip 7z 7za bsdtar tar"),
    ("BSH002", "bash.dangerous_environment",
     "LD_PRELOAD= LD_AUDIT= LD_LIBRARY_PATH= DYLD_INSERT_LIBRARIES= DYLD_LIBRARY_PATH= DYLD_FRAMEWORK_PATH= GCONV_PATH= OPENSSL_CONF= "
     "OPENSSL_MODULES= LD_PROFILE_OUTPUT= BASH_ENV= PYTHONSTARTUP= PYTHONHOME= ZDOTDIR= LUA_INIT= R_PROFILE= R_ENVIRON= PERL5DB= INPUTRC= "
     "PYTHONBREAKPOINT= VIMINIT= EXINIT= SHELLOPTS= PYTHONUSERBASE= ENV= PROMPT_COMMAND= PS0= PS1= PS4= PROMPT= RPROMPT= PATH= path= "
     "FPATH= CDPATH= NODE_OPTIONS= BUN_OPTIONS= PERL5OPT= RUBYOPT= JAVA_TOOL_OPTIONS= _JAVA_OPTIONS= JDK_JAVA_OPTIONS= MAVEN_OPTS= "
     "GRADLE_OPTS= GIT_SSH_COMMAND= GIT_SSH= GIT_EDITOR= GIT_SEQUENCE_EDITOR= GIT_PAGER= GIT_EXTERNAL_DIFF= GIT_ASKPASS= "
     "GIT_PROXY_COMMAND= EDITOR= VISUAL= FCEDIT= PAGER= MANPAGER= SYSTEMD_PAGER= PSQL_PAGER= PSQL_EDITOR= LESSOPEN= LESSCLOSE= BROWSER= "
     "SUDO_ASKPASS= SSH_ASKPASS= SUDO_EDITOR= RSYNC_RSH= CVS_RSH= SVN_SSH= SVN_EDITOR= HGEDITOR= LESSEDIT= DELTA_PAGER= BAT_PAGER= "
     "AWS_PAGER= GH_PAGER= GH_BROWSER= GH_EDITOR= MANROFFOPT= TEXEDIT= KUBE_EDITOR= TAR_OPTIONS= GIT_TEMPLATE_DIR= GIT_EXEC_PATH= "
     "GIT_CONFIG_PARAMETERS= GIT_CONFIG_COUNT="),
    ("ZSH001", "zsh.zsh_modules", "zmodload zf_rm zf_mv zf_ln zf_mkdir zf_rmdir zf_chmod zf_chown zf_chgrp zf_sync sysopen syswrite "
                                  "sysread sysseek ztcp zsocket zpty zftp sched zsystem"),
    ("PER001", "persistence.startup_persistence", ":write crontab at batch systemctl launchctl update-rc.d chkconfig rc-update insserv "
                                                      "systemd-run"),
    ("ESC002", "escalation.remote_code", "curl wget fetch aria2c http https xh lynx links elinks w3m lwp-request GET nc ncat netcat telnet "
                                         "ftp tftp lftp scp sftp socat aws gsutil gcloud az gh glab"),
)

# The programs that `effects` knows to write files; a test holds the two together.
WRITERS = frozenset("""cp mv ln install rsync scp link ditto gcp gmv ginstall tee touch truncate sponge mkfifo gtee vim vi nano ed ex emacs
pico curl wget sort gcc cc clang go openssl gpg ssh-keygen find patch age tcpdump strace pandoc tar sed gsed perl ruby yq awk dd""".split())


class Entry:
    """code, module (under holdfast.bash_guard.rules), triggers (frozenset of program names and traits)."""

    __slots__ = ("code", "module", "triggers")

    def __init__(self, code: str, module: str, triggers: str) -> None:
        self.code, self.module, self.triggers = code, module, frozenset(triggers.split())


def entries() -> "list[Entry]":
    """All entries, as Entry."""
    return [Entry(*row) for row in ENTRIES]


def load_rule(module: str) -> "Rule":
    """Module name -> its Rule. Raises ImportError, AttributeError when the file is missing or damaged."""
    name = f"holdfast.bash_guard.rules.{module}"
    rule: "Rule" = __import__(name, fromlist=("RULE",)).RULE
    return rule


def wanted(line: "Line") -> "list[Rule]":
    """The rules worth asking about this Line, loaded, in catalogue order."""
    present = traits(line)
    return [load_rule(module) for _, module, triggers in ENTRIES if not present.isdisjoint(triggers.split())]


def traits(line: "Line") -> "set[str]":
    """Line -> set of the program names and traits that occur in it."""
    present = {":always"}
    if not line.text.isprintable() and not line.text.replace("\n", "").replace("\t", "").isprintable():
        present.add(":text")
    for assigned in line.assigned:
        present.add(assigned.name + "=")
    for command in line.commands:
        if command.program:
            present.add(command.program)
            if command.program in WRITERS:
                present.add(":write")
        elif command.argv:
            present.add(":unknown")
        for name in command.env:
            present.add(name + "=")
        for redirect in command.redirects:
            if redirect.writes:
                present.add(":write")
    return present
