"""Lua, R, Julia, Tcl-free scripting, the JVM's, Go, Swift, awk, AppleScript, Lisp and more: dialects that need only a table."""

from holdfast.guard.languages.reading import Dialect
from holdfast.guard.languages.tokens import Spelling

_C = ("/*", "*/")


def dialect(name: str) -> Dialect:
    """The Dialect of a language that DIALECTS names."""
    return DIALECTS[name]()


def _lua() -> Dialect:
    return Dialect(
        "lua",
        Spelling("--", long=True),
        """
sh os.execute io.popen vim.fn.system vim.cmd
rm os.remove
mv os.rename
open io.open io.lines
write io.output
same tostring
chars string.char
reverse string.reverse .reverse
eval load loadstring dofile
get http.request socket.http.request
connect .connect
bind .bind .listen
receive .receive
socket socket.tcp
module require
stdin io.read
""",
        joins="..",
    )


def _r() -> Dialect:
    return Dialect(
        "r",
        Spelling("#", raw=""),
        """
sh system shell pipe
list system2 processx::run sys::exec_wait
vector c list
unlink_r unlink fs::dir_delete
rm file.remove fs::file_delete
cp file.copy
mv file.rename
write writeLines_to sink write.csv_to
open file
read readLines readRDS scan
path file.path
same path.expand normalizePath
eval eval
compile parse
get source download.file url httr::GET curl::curl_download curl::curl RCurl::getURL
post httr::POST
connect socketConnection
receive readLines_socket
""",
        slashes="::",
    )


def _julia() -> Dialect:
    return Dialect(
        "julia",
        Spelling("#", holes="$", run="run", triple=True),
        """
system shell
rm rm
cp cp
mv mv
chmod chmod
open open
write write
read read
path joinpath
home homedir
receive readline readavailable
get download Downloads.download
connect connect
eval eval include_string
compile Meta.parse
""",
        joins="*",
    )


def _jvm() -> Dialect:
    return Dialect(
        "groovy",
        Spelling("//", block=_C, holes="$", triple=True),
        """
sh .execute
sh Runtime.getRuntime().exec Runtime.runtime.exec java.lang.Runtime.getRuntime().exec java.lang.Runtime.exec .exec Process .lineStream
list ProcessBuilder java.lang.ProcessBuilder Seq
rmtree .deleteDir FileUtils.deleteDirectory
rm .delete Files.delete Files.deleteIfExists java.nio.file.Files.delete
write Files.write Files.writeString FileWriter PrintWriter FileOutputStream java.io.FileWriter
read Files.readString Files.readAllLines Files.lines FileReader java.io.FileReader FileInputStream java.io.FileInputStream RandomAccessFile
read java.nio.file.Files.readAllLines java.nio.file.Files.readString
same File java.io.File Paths.get Path.of java.nio.file.Paths.get BufferedReader
b64 Base64.getDecoder().decode java.util.Base64.getDecoder().decode .decodeBase64
same String
eval Eval.me GroovyShell().evaluate evaluate
get URL java.net.URL
connect Socket java.net.Socket
bind ServerSocket java.net.ServerSocket
receive .readLine
""",
    )


def _go() -> Dialect:
    return Dialect(
        "go",
        Spelling("//", block=_C, run="text", raw=""),
        """
list exec.Command exec.CommandContext syscall.Exec os.StartProcess
rm os.Remove
rmtree os.RemoveAll
write os.WriteFile os.Create ioutil.WriteFile
read os.ReadFile os.Open ioutil.ReadFile
mv os.Rename
chmod os.Chmod
path filepath.Join path.Join
get http.Get
post http.Post http.PostForm
connect net.Dial tls.Dial net.DialTimeout
bind net.Listen
""",
    )


def _swift() -> Dialect:
    return Dialect(
        "swift",
        Spelling("//", block=_C, triple=True),
        """
sh system
rmtree .removeItem
read String
""",
    )


def _awk() -> Dialect:
    return Dialect(
        "awk",
        Spelling("#", quotes='"', regex=True),
        """
sh system
same sprintf
""",
        joins=" ",
    )


def _osascript() -> Dialect:
    return Dialect(
        "osascript",
        Spelling("--", quotes='"', run=""),
        """
sh doshellscript system .system .doShellScript
""",
        joins="&",
        bare=True,
    )


def _elixir() -> Dialect:
    return Dialect(
        "elixir",
        Spelling("#", holes="#{", triple=True),
        """
sh os.cmd :os.cmd System.shell os:cmd
list System.cmd Port.open
rmtree File.rm_rf
rm File.rm
write File.write
read File.read
chars _
eval Code.eval_string
connect gen_tcp.connect
""",
    )


def _erlang() -> Dialect:
    return Dialect(
        "erlang",
        Spelling("%", quotes="'\""),
        """
sh cmd os:cmd
rm file:delete
rmtree file:del_dir_r
connect gen_tcp:connect
""",
    )


def _plain() -> Dialect:
    """Languages whose calls look like f("text"): Octave, Haskell, OCaml, Prolog, gnuplot, Maxima, GP, Scala."""
    return Dialect(
        "script",
        Spelling("//", block=_C),
        """
sh system shell unix dos shell_exec Sys.command System.Process.callCommand callCommand System.Process.system Unix.system Process popen
  extern
sh System.Cmd.system readProcess syscmd esyscmd process_create shell_cmd Runtime.getRuntime().exec sys.process.Process
rmtree rmdir_r removeDirectoryRecursive confirm_recursive_rmdir
rm delete delete_file unlink removeFile Sys.remove
write writeFile
read fileread readFile read_file_to_string
""",
        bare=True,
    )


DIALECTS = {
    "lua": _lua,
    "r": _r,
    "julia": _julia,
    "groovy": _jvm,
    "java": _jvm,
    "kotlin": _jvm,
    "scala": _jvm,
    "go": _go,
    "swift": _swift,
    "awk": _awk,
    "osascript": _osascript,
    "elixir": _elixir,
    "erlang": _erlang,
    "haskell": _plain,
    "ocaml": _plain,
    "matlab": _plain,
    "octave": _plain,
    "prolog": _plain,
    "gnuplot": _plain,
    "maxima": _plain,
    "gp": _plain,
    "bc": _plain,
}
