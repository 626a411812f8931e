"""PHP: how it is written and what its functions amount to."""

from holdfast.guard.languages.reading import Dialect
from holdfast.guard.languages.tokens import Spelling

DIALECT = Dialect(
    "php",
    Spelling("// #", block=("/*", "*/"), holes="$", run="run", sigils="$", raw="'"),
    """
sh system exec shell_exec passthru popen proc_open expect_popen mail_exec \\system \\exec \\shell_exec
list pcntl_exec
rm unlink
rmtree Storage.deleteDirectory File.deleteDirectory
rmdir rmdir
cp copy
mv rename move_uploaded_file
ln link
lns symlink
chmod chmod
chown chown chgrp
touch touch
mkdir mkdir
truncate ftruncate
write file_put_contents SplFileObject
open fopen
read readfile file highlight_file show_source fpassthru file_get_contents
sprintf sprintf vsprintf
callback call_user_func call_user_func_array array_map array_walk array_filter forward_static_call
same escapeshellarg escapeshellcmd realpath trim strval strtolower
b64 base64_decode
hex hex2bin
rot13 str_rot13
reverse strrev
url urldecode rawurldecode
uu convert_uudecode
zlib gzuncompress gzinflate gzdecode
chars chr
join implode join
eval eval assert create_function
get curl_init
connect fsockopen pfsockopen stream_socket_client socket_connect
bind socket_bind stream_socket_server socket_listen
receive fgets fread socket_read stream_get_contents
send fwrite fputs socket_write
stdin fgets(STDIN)
""",
    joins=".",
    slashes="::",
)
