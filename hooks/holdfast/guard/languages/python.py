"""Python: how it is written and what its functions amount to."""

from holdfast.guard.languages.reading import Dialect
from holdfast.guard.languages.tokens import Spelling

DIALECT = Dialect(
    "python",
    Spelling("#", triple=True),
    """
sh os.system os.popen os.popen2 os.popen3 os.popen4 posix.system nt.system subprocess.getoutput subprocess.getstatusoutput
  commands.getoutput
sh commands.getstatusoutput popen2.popen2 popen2.popen3 asyncio.create_subprocess_shell pexpect.run pexpect.spawn get_ipython().system
sh invoke.run fabric.run sh.bash pty.spawn
popen subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen sp.run sp.call sp.check_output sp.Popen
popen os.startfile _posixsubprocess.fork_exec
list asyncio.create_subprocess_exec trio.run_process plumbum.local
execl os.execl os.execle os.execlp os.execlpe os.execv os.execve os.execvp os.execvpe os.spawnl os.spawnle os.spawnlp os.spawnlpe os.spawnv
execl os.spawnve os.spawnvp os.spawnvpe os.posix_spawn os.posix_spawnp
rm os.remove os.unlink posix.remove posix.unlink .unlink Path.unlink
rmtree shutil.rmtree distutils.dir_util.remove_tree send2trash.send2trash .rmtree
rmdir os.rmdir os.removedirs .rmdir
cp shutil.copy shutil.copy2 shutil.copyfile shutil.copytree
mv shutil.move os.rename os.replace os.renames .rename
ln os.link
lns os.symlink
chmod os.chmod os.lchmod .chmod
chown os.chown os.lchown shutil.chown
mkdir os.mkdir os.makedirs .mkdir
touch .touch
truncate os.truncate
open open io.open codecs.open os.open gzip.open bz2.open lzma.open .open
write .write_text .write_bytes
inplace fileinput.input fileinput.FileInput FileInput
into .to_csv .to_json .to_parquet .to_excel .to_pickle .savefig np.save np.savetxt numpy.save numpy.savetxt
read .read_text .read_bytes
path os.path.join posixpath.join pathlib.Path Path pathlib.PosixPath PosixPath pathlib.PurePath PurePath .joinpath
same os.path.expanduser os.path.abspath os.path.realpath os.path.normpath os.fspath str bytes repr memoryview list tuple dict shlex.quote
same .expanduser .resolve .absolute .as_posix .encode .strip .rstrip .lstrip os.path.expandvars vars bytearray sorted set textwrap.dedent
home Path.home pathlib.Path.home
join .join
replace .replace
format .format
split shlex.split .split
module __import__ importlib.import_module importlib.__import__ import_module
getattr getattr
env os.getenv os.environ.get
b64 base64.b64decode base64.decodebytes base64.decodestring base64.urlsafe_b64decode base64.standard_b64decode binascii.a2b_base64
b32 base64.b32decode
a85 base64.a85decode base64.b85decode base64.b16decode
hex bytes.fromhex bytearray.fromhex binascii.unhexlify binascii.a2b_hex codecs.decode_hex base64.b16decode
zlib zlib.decompress gzip.decompress
marshal bz2.decompress lzma.decompress marshal.loads pickle.loads dill.loads cloudpickle.loads
codec codecs.decode codecs.encode .decode
reverse reversed
chars chr
bytes bytes
url urllib.parse.unquote
eval exec eval execfile runpy.run_path builtins.exec builtins.eval __builtins__.exec __builtins__.eval timeit.timeit cProfile.run
eval types.FunctionType code.interact subprocess.list2cmdline
compile compile types.CodeType
get urllib.request.urlopen urllib2.urlopen urllib.urlopen requests.get httpx.get requests.head urllib.request.urlretrieve
  requests.Session().get
get urllib.request.Request urllib3.request aiohttp.request requests.Session().post http.client.HTTPConnection().request
get http.client.HTTPSConnection().request
post requests.post requests.put requests.patch requests.request httpx.post httpx.put urllib3.PoolManager().request
connect .connect .connect_ex socket.create_connection asyncio.open_connection telnetlib.Telnet
bind .bind .listen socket.create_server
socket socket.socket ssl.wrap_socket
receive .readline .readuntil .recv .recvfrom .recv_into .makefile .recvmsg
send .send .sendall .sendto .sendfile
dup os.dup2 os.dup
stdin sys.stdin.read sys.stdin.readline sys.stdin.buffer.read sys.stdin.readlines input raw_input
""",
    prefixes="builtins. __builtins__. __builtin__.",
)
