"""JavaScript and TypeScript under Node, Deno and Bun: how it is written and what its functions amount to."""

from holdfast.guard.languages.reading import Dialect
from holdfast.guard.languages.tokens import Spelling

DIALECT = Dialect(
    "node",
    Spelling("//", block=("/*", "*/"), holes="${", run="text", sigils="$", regex=True),
    """
sh child_process.exec child_process.execSync .execSync shelljs.exec shell.exec execa.command execaCommand execa.commandSync execaCommandSync
sh util.promisify(child_process.exec) std.popen os.system std.system
list child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync .spawnSync .execFileSync execa
  execa.execa
list execa.sync execaSync Bun.spawn Bun.spawnSync Deno.run Deno.Command cross-spawn cross-spawn.sync os.exec child_process.fork
sh java.lang.Runtime.getRuntime().exec Java.type().getRuntime().exec exec_java
list java.lang.ProcessBuilder
rm fs.unlink fs.unlinkSync .unlinkSync fs.promises.unlink fs/promises.unlink fsPromises.unlink Deno.remove Deno.removeSync fs.rm fs.rmSync
  .rmSync
rm fs.promises.rm fs/promises.rm fsPromises.rm fs.rmdir fs.rmdirSync .rmdirSync fs.promises.rmdir fs/promises.rmdir
rmtree fs-extra.remove fs-extra.removeSync fs-extra.emptyDir fs-extra.emptyDirSync rimraf rimraf.sync rimraf.rimraf rimraf.rimrafSync
  del.sync shelljs.rm
rmtree fse.remove fse.removeSync
cp fs.copyFile fs.copyFileSync .copyFileSync fs.cp fs.cpSync .cpSync fs.promises.copyFile fs/promises.copyFile fs.promises.cp
  fs/promises.cp Deno.copyFile
cp fs-extra.copy fs-extra.copySync
mv fs.rename fs.renameSync .renameSync fs.promises.rename fs/promises.rename Deno.rename fs-extra.move fs-extra.moveSync
lns fs.symlink fs.symlinkSync .symlinkSync fs.promises.symlink Deno.symlink
ln fs.link fs.linkSync
chmod fs.chmod fs.chmodSync .chmodSync fs.promises.chmod fs/promises.chmod Deno.chmod
chown fs.chown fs.chownSync .chownSync
truncate fs.truncate fs.truncateSync .truncateSync
write fs.writeFile fs.writeFileSync .writeFileSync fs.appendFile fs.appendFileSync .appendFileSync fs.promises.writeFile
  fs/promises.writeFile
write fs.promises.appendFile fs/promises.appendFile fs.createWriteStream Deno.writeTextFile Deno.writeTextFileSync Deno.writeFile Bun.write
write fsPromises.writeFile fs-extra.outputFile fs-extra.writeJson
read fs.readFile fs.readFileSync .readFileSync fs.promises.readFile fs/promises.readFile fs.createReadStream Deno.readTextFile
  Deno.readTextFileSync
read Deno.readFile Bun.file fsPromises.readFile readFile
open fs.open fs.openSync fs.promises.open fs/promises.open std.open
path path.join path.resolve path.posix.join
same path.normalize String JSON.stringify encodeURIComponent util.promisify .toString .trim Object.entries Object.assign .flat .text .buffer
home os.homedir Deno.homeDir
join .join
split .split
replace .replace .replaceAll
module .require require process.mainModule.require module.require process.binding process.getBuiltinModule import module.createRequire()
b64 atob
buffer Buffer.from Buffer
chars String.fromCharCode String.fromCodePoint
url decodeURIComponent unescape
zlib zlib.gunzipSync zlib.inflateSync zlib.unzipSync zlib.brotliDecompressSync
marshal .reverse
eval eval Function Function.constructor vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script globalThis.eval window.eval
  setTimeout setInterval
get fetch axios axios.get http.get https.get got axios.request superagent.get node-fetch request.get undici.request undici.fetch
post axios.post axios.put got.post superagent.post http.request https.request navigator.sendBeacon request.post needle.post
connect net.connect net.createConnection .connect tls.connect net.Socket().connect Deno.connect net.Socket Bun.connect
connect java.net.Socket
read java.io.FileReader java.io.FileInputStream java.nio.file.Files.readAllLines
write java.io.FileWriter java.io.FileOutputStream
bind net.createServer .listen
receive .recv
stdin fs.readFileSync(0)
dup .pipe
""",
    prefixes="globalThis. global. window.",
)
