"""Perl: how it is written and what its functions amount to."""

from holdfast.guard.languages.reading import Dialect
from holdfast.guard.languages.tokens import Spelling

DIALECT = Dialect(
    "perl",
    Spelling("#", holes="$", run="run", sigils="$@", raw="'", perlish="qx qq qw qr q m tr s y", regex=True),
    """
system system exec CORE::system CORE::exec IPC::Open3::open3 IPC::Open2::open2 open2 open3 IPC::Run::run run IPC::System::Simple::system
  capture
system PerlIO::exec POSIX::system
sh readpipe
openperl open sysopen
rm unlink CORE::unlink
rmtree rmtree remove_tree File::Path::rmtree File::Path::remove_tree
rmdir rmdir
cp copy File::Copy::copy cp
mv rename move File::Copy::move
ln link
lns symlink
chmod chmod
chown chown
mkdir mkdir make_path
truncate truncate
write File::Slurp::write_file write_file File::Path::Tiny::spew
read read_file File::Slurp::read_file slurp
sprintf sprintf
same quotemeta lc glob bsd_glob File::Glob::bsd_glob
join join
reverse reverse
b64 decode_base64 MIME::Base64::decode_base64 MIME::Base64::decode decode
unpack unpack pack
chars chr
zlib Compress::Zlib::uncompress uncompress
eval eval
get LWP::Simple::get get getstore LWP::UserAgent.new().get HTTP::Tiny.new().get .get HTTP::Tiny.get
post LWP::UserAgent.new().post .post_form
connect connect IO::Socket::INET.new IO::Socket::INET IO::Socket::SSL.new IO::Socket::INET6.new IO::Socket::INET6 IO::Socket::IP.new
  IO::Socket::SSL
bind bind listen
receive .recv .getline
dup .fdopen fdopen dup2 POSIX::dup2
""",
    joins=".",
    bare=True,
    slashes="::",
)
