"""zsh modules bring file, socket and terminal operations that no program name betrays."""

from holdfast.guard.rule import Finding, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfast.guard.line import Line

_BRINGS = {"zsh/files": "file removal and moving as builtins", "zsh/system": "raw file access", "zsh/mapfile": "whole files as variables",
           "zsh/net/tcp": "network connections", "zsh/net/socket": "sockets", "zsh/zpty": "programs in hidden terminals",
           "zsh/zftp": "file transfer", "zsh/sched": "commands that run later", "zsh/clone": "copies of the shell",
           "zsh/db/gdbm": "files as variables", "zsh/attr": "file attributes", "zsh/cap": "process capabilities"}
_BUILTINS = frozenset("zf_rm zf_mv zf_ln zf_mkdir zf_rmdir zf_chmod zf_chown zf_chgrp zf_sync sysopen syswrite sysread sysseek "
                      "ztcp zsocket zpty zftp sched zsystem".split())


def check(line: "Line") -> "Iterator[Finding]":
    for command in line.commands:
        if command.program in _BUILTINS and command.argv[0].value == command.program:
            yield Finding(f"`{command.program}` is a builtin of a zsh module that works around the programs the guard knows",
                          start=command.start, end=command.end)
        elif command.program == "zmodload" and not command.has_flag("u", "L"):
            for module in command.operands():
                if module.value is None or module.value in _BRINGS:
                    brings = _BRINGS.get(module.value or "", "something only known at run time")
                    yield Finding(f"`zmodload {module.shown}` brings {brings}", start=command.start, end=command.end)
                    break


RULE = Rule(
    code="ZSH001",
    title="zsh modules",
    category="zsh",
    why="Module builtins touch files and the network without any program that could be judged.",
    instead="Use the ordinary program instead: rm, mv, cat, curl.",
    severity="danger",
    blocks=("zmodload zsh/files && zf_rm -rf src", "zmodload -F zsh/files b:zf_rm", "zmodload zsh/net/tcp; ztcp 192.0.2.1 4444",
            "zsh -c 'zmodload zsh/system; sysopen -w -u 3 f'", "builtin zmodload zsh/zpty", "zmodload $MODULE",
            "zmodload -a zsh/files zf_mv",
            "zpty hidden 'rm -rf src'", "zmodload zsh/mapfile; mapfile[f]=x", "eval 'zmodload zsh/net/socket'"),
    allows=("zmodload zsh/datetime; echo $EPOCHSECONDS", "grep zmodload ~/.zshrc", "echo 'zmodload zsh/files'", "zmodload -u zsh/files",
            "man zshmodules", "zmodload zsh/mathfunc", "zmodload", "cat zf_rm.txt", "which zpty", "./sched --list"),
    check=check,
)
