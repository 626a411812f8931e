"""Every rule and pack, in one list: its module, and what must occur in a command for it to be worth loading.

A word is a program's name.  Others are traits of the whole line:
  :always       every command             :text     the text holds an unprintable character other than tab and newline
  :unknown      a command word that is not known before the run
  NAME=         the variable NAME is set, exported, or given to one command
  :write        a redirection or one of WRITERS writes a file
A module holds RULE (a validator) or PACK (patterns). The order here is the order of the documentation.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from holdfast.guard.line import Line
    from holdfast.guard.rule import Finding, Rule

MODULES = (
    ("rules.text.control_characters", ":text"),
    ("rules.structural.unparseable", ":unreadable"),
    ("rules.structural.computed_command_word", ":unknown"),
    ("rules.structural.destructive_target", "rm rmdir unlink shred srm trash trash-put zf_rm wipe grm rimraf del-cli truncate "
                                                "chmod chown chgrp setfacl chattr chflags find mv rsync"),
    ("rules.encoding.decode_and_run", "base64 gbase64 base32 base16 basenc base58 gunzip zcat bunzip2 bzcat unxz xzcat lzcat unzstd "
                                          "zstdcat uncompress lz4cat uudecode rev tr rot13 caesar gzip bzip2 xz zstd lz4 lzma compress "
                                          "pigz xxd openssl gpg gpg2 age unzip 7z 7za bsdtar tar"),
    ("rules.bash.dangerous_environment", "LD_PRELOAD= LD_AUDIT= LD_LIBRARY_PATH= DYLD_INSERT_LIBRARIES= "
     "DYLD_LIBRARY_PATH= DYLD_FRAMEWORK_PATH= GCONV_PATH= OPENSSL_CONF= "
     "OPENSSL_MODULES= LD_PROFILE_OUTPUT= BASH_ENV= PYTHONSTARTUP= PYTHONHOME= ZDOTDIR= LUA_INIT= R_PROFILE= R_ENVIRON= PERL5DB= INPUTRC= "
     "PYTHONBREAKPOINT= VIMINIT= EXINIT= SHELLOPTS= PYTHONUSERBASE= ENV= PROMPT_COMMAND= PS0= PS1= PS4= PROMPT= RPROMPT= PATH= path= "
     "FPATH= CDPATH= NODE_OPTIONS= BUN_OPTIONS= PERL5OPT= RUBYOPT= JAVA_TOOL_OPTIONS= _JAVA_OPTIONS= JDK_JAVA_OPTIONS= MAVEN_OPTS= "
     "GRADLE_OPTS= GIT_SSH_COMMAND= GIT_SSH= GIT_EDITOR= GIT_SEQUENCE_EDITOR= GIT_PAGER= GIT_EXTERNAL_DIFF= GIT_ASKPASS= "
     "GIT_PROXY_COMMAND= EDITOR= VISUAL= FCEDIT= PAGER= MANPAGER= SYSTEMD_PAGER= PSQL_PAGER= PSQL_EDITOR= LESSOPEN= LESSCLOSE= BROWSER= "
     "SUDO_ASKPASS= SSH_ASKPASS= SUDO_EDITOR= RSYNC_RSH= CVS_RSH= SVN_SSH= SVN_EDITOR= HGEDITOR= LESSEDIT= DELTA_PAGER= BAT_PAGER= "
     "AWS_PAGER= GH_PAGER= GH_BROWSER= GH_EDITOR= MANROFFOPT= TEXEDIT= KUBE_EDITOR= TAR_OPTIONS= GIT_TEMPLATE_DIR= GIT_EXEC_PATH= "
     "GIT_CONFIG_PARAMETERS= GIT_CONFIG_COUNT="),
    ("rules.zsh.zsh_modules", "zmodload zf_rm zf_mv zf_ln zf_mkdir zf_rmdir zf_chmod zf_chown zf_chgrp zf_sync sysopen syswrite "
                                  "sysread sysseek ztcp zsocket zpty zftp sched zsystem"),
    ("rules.persistence.startup_persistence", ":write crontab at batch systemctl launchctl update-rc.d chkconfig rc-update insserv "
                                                      "systemd-run"),
    ("rules.escalation.remote_code", "curl wget fetch aria2c http https xh lynx links elinks w3m lwp-request GET nc ncat netcat telnet "
                                         "ftp tftp lftp scp sftp socat aws gsutil gcloud az gh glab"),
)

# The programs that `effects` knows to write files; a test holds the two together.
WRITERS = frozenset("""cp mv ln install rsync scp link ditto gcp gmv ginstall tee touch truncate sponge mkfifo gtee vim vi nano ed ex emacs
pico curl wget sort gcc cc clang go openssl gpg ssh-keygen find patch age tcpdump strace pandoc tar sed gsed perl ruby yq awk dd""".split())


def all_rules() -> "list[Rule]":
    """Every Rule and Pattern, loaded, in catalogue order. Raises ImportError, AttributeError when a file is missing or damaged."""
    found: "list[Rule]" = []
    for name, _ in MODULES:
        module = _load(name)
        found += module.PACK.patterns if hasattr(module, "PACK") else (module.RULE,)
    return found


def rule_of(code: str) -> "Rule | None":
    """The Rule with this code, or None."""
    return next((rule for rule in all_rules() if rule.code == code), None)


def findings(line: "Line") -> "Iterator[Finding]":
    """What every rule worth asking finds in a Line, in catalogue order, each Finding with its rule."""
    present = traits(line)
    for name, triggers in MODULES:
        if present.isdisjoint(triggers.split()):
            continue
        module = _load(name)
        if hasattr(module, "PACK"):
            yield from module.PACK.findings(line)
            continue
        rule = module.RULE
        for found in rule.check(line):
            finding = _finding(found) if isinstance(found, str) else found
            finding.rule = rule
            yield finding


def _load(name: str) -> "Any":
    return __import__(f"holdfast.guard.{name}", fromlist=("RULE",))


def _finding(what: str) -> "Finding":
    from holdfast.guard.rule import Finding
    return Finding(what)


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
