"""Ruby: how it is written and what its functions amount to."""

from holdfast.guard.languages.reading import Dialect
from holdfast.guard.languages.tokens import Spelling

DIALECT = Dialect(
    "ruby",
    Spelling("#", holes="#{", run="run", sigils="$@", raw="'", perlish="%x %w %q %Q %i %r", regex=True),
    """
system system exec spawn Kernel.system Kernel.exec Kernel.spawn Process.spawn Process.exec IO.popen Open3.capture2 Open3.capture2e
  Open3.capture3
system Open3.popen2 Open3.popen2e Open3.popen3 Open3.pipeline PTY.spawn PTY.getpty syscall
callback send public_send __send__ Kernel.send Kernel.public_send Object.send
open open Kernel.open File.open File.new IO.sysopen
rm File.delete File.unlink FileUtils.rm FileUtils.rm_f FileUtils.remove FileUtils.safe_unlink .unlink .delete_file
rmtree FileUtils.rm_r FileUtils.rm_rf FileUtils.remove_dir FileUtils.remove_entry FileUtils.remove_entry_secure FileUtils.rmtree .rmtree
  rm_rf rm_r
rmdir Dir.rmdir Dir.delete Dir.unlink FileUtils.rmdir
cp FileUtils.cp FileUtils.cp_r FileUtils.copy FileUtils.copy_file FileUtils.install IO.copy_stream
mv FileUtils.mv FileUtils.move File.rename
ln FileUtils.ln File.link
lns FileUtils.ln_s FileUtils.ln_sf File.symlink
chmod File.chmod FileUtils.chmod FileUtils.chmod_R
chown FileUtils.chown FileUtils.chown_R
mkdir FileUtils.mkdir_p FileUtils.mkdir Dir.mkdir
touch FileUtils.touch
truncate File.truncate
write File.write IO.write File.binwrite .write_file IO.binwrite
read File.read IO.read File.readlines IO.readlines File.binread File.foreach IO.foreach IO.binread Pathname.read
path File.join Pathname.new
sprintf sprintf format Kernel.format Kernel.sprintf
same File.expand_path String Array .to_s .chomp .strip .freeze .join_path
home Dir.home
join .join
split .split .shellsplit Shellwords.split
b64 Base64.decode64 Base64.strict_decode64 Base64.urlsafe_decode64
unpack .unpack .unpack1 .pack
reverse .reverse
zlib Zlib::Inflate.inflate Zlib.inflate Zlib.gunzip
eval eval instance_eval class_eval Kernel.eval binding.eval RubyVM.InstructionSequence.compile module_eval .instance_eval
module require load
get URI.open Net.HTTP.get Net.HTTP.get_response URI.parse().open HTTParty.get Faraday.get RestClient.get OpenURI.open_uri URI().open
  URI().read
post Net.HTTP.post Net.HTTP.post_form HTTParty.post Faraday.post RestClient.post
connect TCPSocket.new TCPSocket.open UDPSocket.new Socket.tcp OpenSSL.SSL.SSLSocket.new UNIXSocket.new
bind TCPServer.new TCPServer.open
receive .gets .recv .readline .readpartial
dup .reopen
stdin STDIN.read $stdin.read ARGF.read STDIN.gets $stdin.gets
""",
    bare=True,
)
