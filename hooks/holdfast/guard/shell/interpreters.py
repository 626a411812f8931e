"""Programs that are given code, such as python -c and sed -e: a table, and how to find the code."""

from holdfast.guard.line import Code
from holdfast.guard.shell.options import read_options
from holdfast.guard.shell.wrappers import after, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from holdfast.guard.line import Arg, Command

# Programs given code: "language | code options | options with another value | letters whose value is attached | marks".
#   marks: first: without a code option the first operand is the code.  nofile: operands are never code.  file=-f: options naming a
#   file of code.  sub: only after this subcommand.
INTERPRETERS = {
    "R": "r|-e|||nofile file=-f",
    "Rscript": "r|-e|||",
    "awk": "awk|--source -e|-F -v --assign --field-separator -i --include -l||first file=-f,--file",
    "bc": "bc||||",
    "bpython": "python|-c|||",
    "bq": "sql||||nofile",
    "bun": "bun|-e -p --eval --print|-r --preload --cwd -c|| run",
    "clickhouse": "sql|-q --query|||nofile",
    "clickhouse-client": "sql|-q --query|-h -u -d --host --user --port --database||nofile",
    "clisp": "lisp|-x|-K -M||",
    "clj": "clojure|-e --eval|-i||",
    "clojure": "clojure|-e --eval|-i -M -A||",
    "cmd": "cmd|/c /C /k /K|||rest nofile",
    "cockroach": "sql|-e --execute|||nofile",
    "coffee": "node|-e --eval|-r||",
    "cqlsh": "sql|-e --execute|-u -p -k||nofile",
    "csi": "scheme|-e -eval|||",
    "d8": "node|-e|||",
    "dc": "dc|-e --expression|||file=-f,--file",
    "deno": "deno||--config -c --import-map|| run sub=eval",
    "duckdb": "sql|-c -s -cmd|-init||sqlite",
    "ed": "ed||-p||nofile",
    "elixir": "elixir|-e --eval|-r -pr --require||",
    "emacs": "lisp|--eval -eval --execute|-l --load -f --funcall -d||nofile file=-l,--load,--script",
    "emacsclient": "lisp|-e --eval|-s -f -a||nofile",
    "erl": "erlang|-eval|-name -sname -setcookie -pa||nofile",
    "ex": "vim|-c --cmd|||nofile plus",
    "expect": "tcl|-c|||file=-f",
    "gawk": "awk|--source -e|-F -v -i -l --assign --field-separator --include||first file=-f,--file",
    "gdb": "gdb|-ex -eval-command -iex --eval-command|-p -c -d -b||nofile file=-x,--command",
    "ghc": "haskell|-e|||nofile",
    "ghci": "haskell|-e|||nofile",
    "gmake": "make|--eval|-C -I -j -l||nofile file=-f,--file",
    "gnuplot": "gnuplot|-e|-d||",
    "goawk": "awk||-F -v -i -o||first file=-f",
    "gp": "gp||||",
    "groovy": "groovy|-e|-cp -classpath -D||",
    "gsed": "sed|-e --expression|-l --line-length|i|first file=-f,--file",
    "guile": "scheme|-c|-L -l -e||",
    "iex": "elixir|-e --eval|-r||",
    "ipython": "python|-c|-W --profile||stop=-m",
    "irb": "ruby||-r -I||nofile",
    "jq": "jq||||nofile",
    "jruby": "ruby|-e|-I|r|",
    "jrunscript": "node|-e|-l -cp||file=-f",
    "jshell": "java||||",
    "julia": "julia|-e -E --eval --print|-L -J -t -p --load --project||",
    "jython": "python|-c|||stop=-m",
    "kotlin": "kotlin|-e|-cp||",
    "lldb": "lldb|-o -O --one-line|-p -n -c -k||nofile file=-s,--source",
    "lua": "lua|-e|-l||",
    "luajit": "lua|-e|-l -b -j||",
    "m4": "m4||-D -U -I||",
    "make": "make|--eval|-C -I -j -l -o -W -O --directory --include-dir||nofile file=-f,--file,--makefile",
    "mariadb": "sql|-e --execute|-h -P -u -D -S --host --port --user --database||nofile",
    "matlab": "matlab|-r -batch|||nofile",
    "mawk": "awk||-F -v -W||first file=-f",
    "maxima": "maxima|--batch-string|-b||nofile",
    "micropython": "python|-c|-X||stop=-m",
    "mongo": "mongo|--eval|--host --port -u -p||",
    "mongosh": "mongo|--eval|--host --port -u -p --username --password||",
    "mycli": "sql|-e|||nofile",
    "mysql": "sql|-e --execute|-h -P -u -D -S --host --port --user --database --socket||nofile",
    "nawk": "awk||-F -v||first file=-f",
    "node": "node|-e -p -pe --eval --print|-r --require --import --loader --experimental-loader --env-file -C --conditions --input-type||",
    "nodejs": "node|-e -p -pe --eval --print|-r --require||",
    "nvim": "vim|-c --cmd -S|-u -i -w -W -r -t -q||nofile plus",
    "ocaml": "ocaml|-e|-I||",
    "octave": "octave|--eval|-p||",
    "osascript": "osascript|-e|-l -s||",
    "perl": "perl|-e -E|-I|iMmIlF0CDxVdt|",
    "perl6": "perl|-e|-I -M||",
    "pgcli": "sql||||nofile",
    "php": "php|-r -R -B -E|-d -c -z -t -S||file=-f",
    "php-cgi": "php||-d -c||",
    "powershell": (
        "powershell|-c -Command -command -C -EncodedCommand -e -ec -enc -encodedcommand|-ExecutionPolicy -ep -ex "
        "-WindowStyle -w -OutputFormat -InputFormat -Version||rest file=-File,-f,-file"
    ),
    "psql": "sql|-c --command|-h -p -U -d -v -o -F -R -P -T -L --host --port --username --dbname --set --output||nofile file=-f,--file",
    "pwsh": (
        "powershell|-c -Command -command -C -EncodedCommand -e -ec -enc -encodedcommand|-ExecutionPolicy -ep -ex "
        "-WindowStyle -w -OutputFormat -InputFormat -Version -ConfigurationName -WorkingDirectory||rest "
        "file=-File,-f,-file"
    ),
    "pypy": "python|-c|-W -X||stop=-m",
    "python": "python|-c|-W -X --check-hash-based-pycs|Q|stop=-m",
    "qjs": "node|-e --eval|||",
    "racket": "scheme|-e --eval|-l -t -r -u||",
    "raku": "perl|-e|-I -M||",
    "ruby": "ruby|-e|-I -C -E|iKrFTWx0|",
    "runghc": "haskell||||",
    "rvim": "vim|-c --cmd|||nofile plus",
    "sage": "python|-c|||",
    "sbcl": "lisp|--eval|--core --dynamic-space-size||nofile file=--load,--script",
    "scala": "scala|-e|-cp -classpath||",
    "sed": "sed|-e --expression|-l --line-length|i|first file=-f,--file",
    "snowsql": "sql|-q --query|-a -u -d -s||nofile",
    "sqlcmd": "sql|-Q -q|-S -U -P -d -i -o||nofile",
    "sqlite": "sql|-cmd|-separator -init||sqlite",
    "sqlite3": "sql|-cmd|-separator -init -newline -nullvalue||sqlite",
    "ssed": "sed|-e|-l|i|first file=-f",
    "swift": "swift|-e|||",
    "swipl": "prolog|-g|-s -f -l -t||",
    "tclsh": "tcl|||| ",
    "texlua": "lua|-e|-l||",
    "trino": "sql|--execute|||nofile",
    "ts-node": "node|-e -p -pe --eval --print|-r -P -O --require --project||",
    "tsx": "node|-e -p --eval --print|-r --tsconfig||",
    "vi": "vim|-c --cmd|-u -t -r||nofile plus",
    **dict.fromkeys("gview gvim gvimdiff rgview rgvim rview vimdiff evim".split(), "vim|-c --cmd -S|-u -i -w -W -r -t -q||nofile plus"),
    "view": "vim|-c --cmd|-u||nofile plus",
    "vim": "vim|-c --cmd -S|-u -i -T -w -W -r -t -q||nofile plus",
    "wish": "tcl||||",
}


def given_code(command: "Command", fed: bool, spec: str) -> "list[Code]":
    language, giving, taking, attached, marked = spec.split("|")
    code, values, args, marks = frozenset(giving.split()), frozenset(taking.split()), command.args, marked.split()
    files = frozenset(option for mark in marks if mark.startswith("file=") for option in mark[5:].split(","))
    stop = frozenset(option for mark in marks if mark.startswith("stop=") for option in mark[5:].split(","))
    start = 0
    if "run" in marks and args:
        sub = args[0].value
        if any(mark == f"sub={sub}" for mark in marks):
            options = read_options(args, values, "", 1)
            return [Code(language, "argument", args[options.at])] if options.at < len(args) else []
        if sub == "run":
            start = 1
        elif sub is not None and sub.isalpha() and language in ("deno", "bun"):
            return []
    found: "list[Code]" = []
    options = read_options(args, code | values | files | stop, attached, start)
    for name, value in options.given:
        if name in stop:
            return found
        if value is None:
            continue
        if name in code:
            found.append(Code(language, "argument", value))
            if "rest" in marks:
                at = next((i for i, arg in enumerate(args) if arg is value), None)
                return [Code(language, "argument", joined(args[at:]) if at is not None else value)]
        elif name in files:
            found.append(
                Code(language, "file", value) if value.value not in ("-", "/dev/stdin") else Code(language, "stdin", command.stdin)
            )
    operands = args[options.at :]
    if "plus" in marks:
        found += [Code(language, "argument", after(arg, 1)) for arg in args if arg.prefix.startswith("+")]
        found += [Code(language, "argument", args[i + 1]) for i in range(options.at, len(args) - 1) if args[i].value in code]
    if found and "plus" not in marks:
        return found
    if "first" in marks:
        return [Code(language, "argument", operands[0])] if operands else []
    if "sqlite" in marks:
        return found + [Code(language, "argument", arg) for arg in operands[1:]] or (
            [Code(language, "stdin", command.stdin)] if fed else []
        )
    if "nofile" not in marks and operands and operands[0].value not in ("-", "/dev/stdin"):
        return [Code(language, "file", operands[0])]
    if "nofile" in marks and any(arg.value in code for arg in operands):
        # Options after operands: psql mydb -c TEXT.
        later = _options_anywhere(operands, code)
        if later:
            return found + [Code(language, "argument", value) for value in later]
    if language in ("make", "jq"):
        return found
    return found + [Code(language, "stdin", command.stdin)] if fed else found


def _options_anywhere(args: "Sequence[Arg]", code: "Collection[str]") -> "list[Arg]":
    return [args[i + 1] for i in range(len(args) - 1) if args[i].value in code]
