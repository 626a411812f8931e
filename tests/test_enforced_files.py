"""Files and folders that a person has put out of bounds: every route to change them is stopped, and nothing that comes close is."""

import pytest
from enforced import call, codes, project_at, stated, verdict

F = "config/prod.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return project_at(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def prod(root):
    return stated(root, "Do not touch config/prod.yaml.", ["write"], [("path", F)])


PATCH = f"--- a/{F}\n+++ b/{F}\n@@ -1 +1 @@\n-db: x\n+db: q\n"
ROUTES = [
    # redirections
    f"echo x > {F}", f"echo x >> {F}", f"echo x >| {F}", f"ls &> {F}", f"ls &>> {F}", f"exec 3<> {F}", f"exec 3> {F}; echo x >&3", f": > {F}", f"> {F}", f"printf x 2> {F}",
    f"{{ echo x; }} > {F}", f"(echo x) > {F}", f"while read l; do echo $l; done < notes.md > {F}", f"cat <<'E' > {F}\nx\nE", f"make -n 2>{F}", f"git show HEAD:{F} > {F}",
    # writing programs
    f"echo x | tee {F}", f"echo x | tee -a {F}", f"echo x | sudo tee {F}", f"sed -i s/a/b/ {F}", f"sed -i.bak -e s/a/b/ {F}", f"sed -i '' s/a/b/ {F}", f"sed --in-place=.x s/a/b/ {F}",
    f"sed -ni p {F}", f"sed -n 'w {F}' notes.md", f"perl -i -pe s/a/b/ {F}", f"perl -pi.bak -e s/a/b/ {F}", f"ruby -i -pe '$_' {F}", f"awk -i inplace '{{print}}' {F}",
    f"gawk -i inplace 1 {F}", f"awk '{{print > \"{F}\"}}' notes.md", f"ed -s {F} <<< w", f"ex -sc wq {F}", f"vim -es -c wq {F}", f"nano {F}", f"emacs --batch {F} -f save-buffer",
    f"dd if=notes.md of={F}", f"truncate -s0 {F}", f"touch {F}", f"chmod 600 {F}", "chmod -R u+w config", f"chown dev {F}", f"sponge {F} < notes.md", f"split notes.md {F}",
    f"sort -o {F} notes.md", f"jq . package.json | sponge {F}", f"yq -i '.a=1' {F}", f"yq eval -i '.a=1' {F}", f"openssl enc -in notes.md -out {F}", f"gpg -o {F} notes.md",
    f"iconv -o {F} notes.md", f"pandoc notes.md -o {F}", f"python3 -m json.tool package.json {F}", f"some-tool --output {F}", f"some-tool --output={F}", f"some-tool --in-place {F}",
    f"sd a b {F}", f"crudini --set {F} a b c", f"dos2unix {F}", f"gzip {F}", f"sops -i -e {F}", f"ansible-vault encrypt {F}", f"logsave {F} ls", f"script -c ls {F}",
    # copied, moved, linked onto it or away
    f"cp notes.md {F}", f"cp -f other/{F} config", f"cp other/{F} config/", f"cp -t config other/{F}", "cp -r other/config/. config/", "cp -R other/config .", f"mv notes.md {F}", f"mv {F} b",
    f"mv {F} /tmp/x", f"install -m 644 notes.md {F}", f"rsync notes.md {F}", "rsync -a other/config/ config/", "rsync -a --delete src/ config/", f"scp h:a {F}", f"ln -sf notes.md {F}",
    f"ln -f notes.md {F}", "mv config c2", "mv config/ c2", "rename s/prod/x/ config/prod.yaml",
    # removed
    f"rm {F}", f"rm -f ./{F}", f"unlink {F}", f"shred -u {F}", "rm -rf config", "rm -rf *", "rm -r .", "find . -name prod.yaml -delete", "find . -name '*.yaml' -delete", "find config -delete",
    "find . -type f -name 'prod.*' -exec rm {} +", "find config -type f -exec sed -i s/a/b/ {} +", "find . -name prod.yaml -exec sh -c 'echo x > \"$1\"' _ {} \\;",
    "find . -path '*/config/*' -delete", f"trash {F}", f"gio trash {F}",
    # however it is reached
    "cd config && echo x > prod.yaml", "cd config; rm prod.yaml", "(cd config && echo x >> prod.yaml)", "pushd config && rm prod.yaml", "cd src/../config && rm prod.yaml",
    "cd src && echo x > ../config/prod.yaml", f"rm src/../{F}", "rm ./config//prod.yaml", "rm config/*.yaml", "rm config/pr?d.yaml", "rm config/[a-z]rod.yaml", "rm */prod.yaml",
    "rm config/{prod,dev}.yaml", f"F={F}; rm $F", f"F={F}; rm \"${{F}}\"", "d=config f=prod; rm $d/$f.yaml", f"for f in {F} a; do rm $f; done", "for f in config/*; do sed -i s/a/b/ \"$f\"; done",
    "for f in config/*; do echo > \"$f\"; done", "for f in $(find . -name '*.yaml'); do rm $f; done", "for f in $(ls config); do rm config/$f; done", f"f() {{ rm \"$1\"; }}; f {F}",
    f"a=({F} b); rm \"${{a[@]}}\"", f"rm \"$PWD/{F}\"", f"rm \"$(pwd)/{F}\"", f"rm \"$(git rev-parse --show-toplevel)/{F}\"", "rm config/current.yaml/../prod.yaml",
    "echo x > config/current.yaml", "echo x > conf/prod.yaml", "cd conf && echo x > prod.yaml", "echo x > hard.yaml", "sed -i s/a/b/ config/current.yaml",
    "ln -s prod.yaml config/y && echo a > config/y", "ln -s config c && echo a > c/prod.yaml", f"ln {F} hl && echo a > hl", f"cp -l {F} hl && echo a > hl", f"ln -s $PWD/{F} /tmp/y && tee /tmp/y < notes.md",
    # run by something else
    f"eval \"rm {F}\"", f"bash -c \"rm {F}\"", f"sh -c 'rm $0' {F}", f"sudo rm {F}", f"env A=b rm {F}", f"timeout 5 rm {F}", f"nohup rm {F}", f"nice -n 5 rm {F}", f"command rm {F}",
    f"echo {F} | xargs rm", "find . -name prod.yaml | xargs rm", "find . -name prod.yaml -print0 | xargs -0 sed -i s/a/b/", "find . -name prod.yaml | while read -r f; do rm \"$f\"; done",
    "find . -name '*.yaml' | xargs -I{} sh -c 'rm {}'", "sed -i s/a/b/ $(grep -rl db config)", "grep -rl db . | xargs sed -i s/db/y/", "git ls-files config | xargs sed -i s/a/b/",
    "fd -e yaml -x rm", "fd -e yaml . config -X sed -i s/a/b/", "rm $(ls config/*.yaml)", f"bash <<'E'\nrm {F}\nE", f"cat > s.sh <<'E'\nrm {F}\nE\nbash s.sh", f"trap 'rm {F}' EXIT",
    f"if true; then rm {F}; fi", f"true && rm {F} || true", f"! rm {F}", f"cat <<E | bash\necho x > {F}\nE", f"xargs rm <<< {F}", f"parallel rm ::: {F}",
    # git
    f"git checkout -- {F}", f"git checkout HEAD~1 {F}", f"git checkout {F}", "git checkout .", "git checkout -- .", f"git checkout main -- {F}", f"git restore {F}", "git restore .",
    f"git restore --source=HEAD~2 -- {F}", f"git restore -SW {F}", "git reset --hard", "git reset --hard HEAD~1", "git stash", "git stash push", "git stash pop", "git stash -u", "git stash apply",
    f"git stash push -- {F}", f"git rm {F}", "git rm -r config", f"git mv {F} x", "git mv config c2", "git checkout -f main", f"git -C config checkout -- {'prod.yaml'}",
    "git apply fix.patch", "git apply < fix.patch", f"git apply <<'E'\n{PATCH}E", "git am fix.patch", "patch -p1 < fix.patch", "patch -p1 -i fix.patch", f"cat <<'E' | patch -p1\n{PATCH}E",
    f"patch {F} other.patch", "git switch --discard-changes main", "cat fix.patch | git apply",
    # formatters and generators
    f"prettier --write {F}", "npx prettier --write config", "npx prettier -w .", f"yarn prettier --write {F}", f"pnpm exec prettier --write {F}", "prettier --write 'config/*.yaml'",
    f"npx -y prettier@3 --write {F}",
    # fetched, unpacked, copied from elsewhere
    f"curl -o {F} https://example.com/a", f"curl -so {F} https://example.com/a", f"curl --output {F} https://example.com", f"wget -O {F} https://example.com/a",
    "cd config && wget https://example.com/prod.yaml", "cd config && curl -O https://example.com/prod.yaml", f"curl -s https://example.com/a > {F}", f"tar -xf a.tar {F}",
    "tar xzf a.tgz -C config prod.yaml", f"unzip -o a.zip {F}", f"docker cp c:/a {F}", f"kubectl cp p:/a {F}", "gunzip config/prod.yaml.gz", "wget -P config https://example.com/prod.yaml",
    # programs in other languages
    f"python3 -c \"open('{F}','w').write('x')\"", f"python3 -c \"open('{F}', 'a').close()\"", f"python3 -c \"from pathlib import Path; Path('{F}').write_text('x')\"",
    f"python3 -c \"import os; os.remove('{F}')\"", "python3 -c \"import shutil; shutil.rmtree('config')\"", f"python3 -c \"import shutil; shutil.move('{F}','b')\"",
    f"python3 -c \"import shutil; shutil.copy('notes.md','{F}')\"", f"python3 -c \"import os; os.chmod('{F}',0o600)\"", f"python3 -c \"f=open('{F}','r+'); f.truncate()\"",
    f"python3 -c \"import os; os.rename('notes.md','{F}')\"", f"python3 -c \"import subprocess; subprocess.run(['rm','{F}'])\"", f"python3 -c \"import os; os.system('rm {F}')\"",
    f"python3 - <<'E'\nimport re\np='{F}'\ns=open(p).read()\nopen(p,'w').write(s.replace('a','b'))\nE",
    "python3 - <<'E'\nfrom pathlib import Path\np = Path('config') / 'prod.yaml'\np.write_text(p.read_text().replace('a','b'))\nE",
    f"python3 - <<'E'\nimport fileinput\nfor l in fileinput.input('{F}', inplace=True): print(l)\nE", f"python3 - <<'E'\nimport yaml\nwith open('{F}', 'w') as f:\n    yaml.dump({{}}, f)\nE",
    f"cat > e.py <<'E'\nopen('{F}','w').write('x')\nE\npython3 e.py", f"node -e \"require('fs').writeFileSync('{F}','x')\"", f"node -e \"const fs=require('fs'); fs.appendFileSync('{F}','x')\"",
    f"node -e \"require('fs').unlinkSync('{F}')\"", f"node -e \"require('fs').promises.writeFile('{F}','x')\"",
    f"node - <<'E'\nconst fs = require('fs'); const p = './{F}';\nfs.writeFileSync(p, fs.readFileSync(p,'utf8').replace('a','b'));\nE", f"ruby -e \"File.write('{F}','x')\"",
    f"perl -e 'open(F,\">\",\"{F}\"); print F 1'", f"perl -e 'unlink \"{F}\"'", f"php -r 'file_put_contents(\"{F}\",\"x\");'", f"deno eval \"Deno.writeTextFileSync('{F}','x')\"",
    "python3 -c \"import os; os.chdir('config'); open('prod.yaml','w').write('x')\"",
    "docker run --rm -v \"$PWD\":/app -w /app node rm config/prod.yaml", "docker run -v $PWD/config:/c alpine sh -c 'echo x > /c/prod.yaml'", "docker run -v .:/w alpine sed -i s/a/b/ /w/config/prod.yaml",
    "docker run --mount type=bind,source=$PWD,target=/app alpine rm /app/config/prod.yaml", "rm \"$PROJECT_ROOT/config/prod.yaml\"", "echo x > $CLAUDE_PROJECT_DIR/config/prod.yaml",
    "cd \"$REPO_ROOT\" && rm config/prod.yaml", "cd $WORKSPACE; echo x > config/prod.yaml", "cd config && python3 -c \"open('prod.yaml','w').write('x')\"",
]

ROUTES += [
    "printf '%s' x | dd of=config/prod.yaml", 'cat notes.md > "config/prod.yaml"', "cat notes.md >'config/prod.yaml'", "echo x >config/prod.yaml", "echo x 1>config/prod.yaml",
    "echo x >& config/prod.yaml", "tee config/dev.yaml config/prod.yaml < notes.md", "tee < notes.md -- config/prod.yaml", "echo x | tee config/{dev,prod}.yaml",
    "cp notes.md config/prod.yaml && echo ok", "cp -T notes.md config/prod.yaml", "cp --target-directory=config other/config/prod.yaml", "mv -f other/config/prod.yaml config/",
    "mv -t config other/config/prod.yaml", "ln -sfn notes.md config/prod.yaml", "install -D notes.md config/prod.yaml", "rsync --remove-source-files config/prod.yaml /tmp/",
    "rsync -av other/config config/..", "find config -name '*.yaml' -print0 | xargs -0 -n1 truncate -s 0", "find config -maxdepth 1 -type f | xargs rm -f",
    "find . -iname 'PROD.yaml' -exec rm {} ;", "find . -regex '.*prod.yaml' -delete", "find . \\( -name prod.yaml -o -name x \\) -delete",
    "find . -newer notes.md -name '*.yaml' -delete", "find . -not -name '*.py' -type f -delete", "sed -i -n '1p' config/prod.yaml", "sed -i'' -e 's/a/b/' config/prod.yaml",
    "sed -E -i 's/a/b/' -- config/prod.yaml", "sed --expression=s/a/b/ -i config/prod.yaml", "sed -s -i s/a/b/ config/*.yaml", "sed -i -f x.sed config/prod.yaml",
    "sed -i s/a/b/ config/dev.yaml config/prod.yaml", "gsed -i s/a/b/ config/prod.yaml", "perl -0777 -i -pe 's/a/b/' config/prod.yaml",
    "perl -i.orig -ne 'print unless /x/' config/prod.yaml", "perl -Mutf8 -i -pe 1 config/prod.yaml", 'perl -e \'rename "config/prod.yaml", "x"\'',
    'perl -MFile::Copy -e \'copy("a","config/prod.yaml")\'', 'perl -e \'open(my $f, ">>", "config/prod.yaml"); print $f 1\'', "perl -pi -e 's/a/b/' $(git ls-files '*.yaml')",
    'ruby -i.bak -pe \'gsub(/a/,"b")\' config/prod.yaml', 'ruby -e \'IO.write("config/prod.yaml","x")\'', 'ruby -e \'File.open("config/prod.yaml","w"){|f| f.puts 1}\'',
    'ruby -rfileutils -e \'FileUtils.rm("config/prod.yaml")\'', 'ruby -e \'File.delete("config/prod.yaml")\'',
    'python3 -c "import pathlib; pathlib.Path(\'config/prod.yaml\').unlink()"', 'python3 -c "import os; os.truncate(\'config/prod.yaml\', 0)"',
    'python3 -c "import os; os.replace(\'notes.md\', \'config/prod.yaml\')"', 'python3 -c "import io; io.open(\'config/prod.yaml\',\'wb\').write(b\'x\')"',
    'python3 -c "from pathlib import Path; Path(\'config/prod.yaml\').open(\'w\').write(\'x\')"',
    'python3 -c "from pathlib import Path; Path(\'config\',\'prod.yaml\').write_bytes(b\'\')"',
    'python3 -c "import os; f=os.open(\'config/prod.yaml\', os.O_WRONLY); os.write(f, b\'x\')"', 'python3 -c "import shutil; shutil.copyfile(\'notes.md\',\'config/prod.yaml\')"',
    'python3 -c "from pathlib import Path; p=Path(\'config/prod.yaml\'); p.rename(\'x\')"', 'python3 -c "import os; os.rename(\'config\',\'c2\')"',
    'python3 -c "import sys; open(sys.argv[1],\'w\').write(\'x\')" config/prod.yaml',
    "python3 - <<'E'\nimport json, pathlib\nfor name in ['config/prod.yaml', 'x']:\n    pathlib.Path(name).write_text('x')\nE",
    "python3 - <<'E'\nimport os\nbase = 'config'\nwith open(os.path.join(base, 'prod.yaml'), 'w') as f:\n    f.write('x')\nE",
    'python3 - <<\'E\'\nf = f"config/{\'prod\'}.yaml"\nopen(f, \'w\').write(\'x\')\nE',
    "python3 - <<'E'\nimport re, sys\npath = 'config/prod.yaml'\ntext = open(path).read()\ntext = re.sub('a', 'b', text)\nwith open(path, mode='w') as out:\n    out.write(text)\nE",
    'node -e "const fs = require(\'node:fs\'); fs.rmSync(\'config\', {recursive: true})"', 'node -e "require(\'fs\').renameSync(\'config/prod.yaml\',\'x\')"',
    'node -e "require(\'fs\').copyFileSync(\'notes.md\',\'config/prod.yaml\')"', 'node -e "require(\'fs\').createWriteStream(\'config/prod.yaml\').end(\'x\')"',
    'node --input-type=module -e "import fs from \'fs\'; fs.truncateSync(\'config/prod.yaml\')"', 'bun -e "Bun.write(\'config/prod.yaml\',\'x\')"',
    'php -r \'unlink("config/prod.yaml");\'', 'lua -e \'io.open("config/prod.yaml","w"):write(1)\'', 'awk \'BEGIN{print "x" > "config/prod.yaml"}\'',
    "awk '{print}' notes.md > config/prod.yaml", "jq '.a=1' package.json > config/prod.yaml", "ex -s config/prod.yaml <<< 'wq'", "vim -c ':%s/a/b/g' -c ':wq' config/prod.yaml",
    "nvim --headless -c 'wq' config/prod.yaml", "printf '1d\\nw\\nq\\n' | ed config/prod.yaml", "ed config/prod.yaml <<'E'\n1d\nw\nq\nE",
    "emacs -Q --batch config/prod.yaml --eval '(save-buffer)'", "git checkout HEAD -- config/", "git checkout main -- 'config/*'", "git checkout HEAD^ -- .",
    "git checkout stash@{0} -- config/prod.yaml", "git restore -s main config", "git restore --worktree config/prod.yaml", "git stash push -m wip", "git stash save x",
    "git stash branch y", "git stash -- config/prod.yaml", "git -c core.x=y stash", "git reset --hard origin/main", "git reset --merge", "git read-tree -u --reset HEAD",
    "git checkout-index -f -a", "git apply --3way fix.patch", "git apply --index fix.patch", "git apply -R fix.patch", "git apply --reverse < fix.patch", "cat fix.patch | git am",
    "git am < fix.patch", "patch -p0 config/prod.yaml < other.patch", "patch --strip=1 --input=fix.patch", "patch -Np1 < fix.patch", "cd config && patch -p2 < ../fix.patch",
    "git clean -fdx && rm config/prod.yaml", "git show HEAD~1:config/prod.yaml | tee config/prod.yaml", "git cat-file -p HEAD:config/prod.yaml > config/prod.yaml",
    "git mv -f other/config/prod.yaml config/prod.yaml", "git rm -rf --quiet config/", 'cd "$(git rev-parse --show-toplevel)" && rm config/prod.yaml',
    "cd $PWD/config && rm prod.yaml", "cd ./config/ && : > prod.yaml", "cd config/.. && rm config/prod.yaml", "(cd config; sed -i s/a/b/ prod.yaml)",
    "bash -c 'cd config && rm prod.yaml'", "env -C config rm prod.yaml", "make -C config x; rm config/prod.yaml", "pushd config >/dev/null; truncate -s 0 prod.yaml; popd",
    'D=$(pwd)/config; rm "$D/prod.yaml"', "X=prod; rm config/${X}.yaml", "X=config/prod; rm $X.yaml", "export T=config/prod.yaml; bash -c 'rm $T'",
    'read -r f <<< config/prod.yaml; rm "$f"', "f=config/dev.yaml; rm ${f/dev/prod}", 'set -- config/prod.yaml; rm "$1"', "rm $(echo config/prod.yaml)",
    "rm `echo config/prod.yaml`", "rm config/$(echo prod).yaml", "rm config/prod.{yaml,bak}", "rm -- config/prod.yaml", "rm config/'prod'.yaml", 'rm config/pro"d".yaml',
    "rm config/pr\\od.yaml", "rm $'config/prod.yaml'", "/bin/rm config/prod.yaml", "\\rm config/prod.yaml", "busybox rm config/prod.yaml",
    "sudo -u root sed -i s/a/b/ config/prod.yaml", "doas rm config/prod.yaml", "su -c 'rm config/prod.yaml'", "ionice -c3 rm config/prod.yaml", "setsid rm config/prod.yaml",
    "stdbuf -oL tee config/prod.yaml < notes.md", "time rm config/prod.yaml", "exec rm config/prod.yaml", "flock /tmp/l rm config/prod.yaml", "watch -n1 'rm config/prod.yaml'",
    "coproc rm config/prod.yaml", "echo 'rm config/prod.yaml' | sh", "echo 'rm config/prod.yaml' > /tmp/r.sh; sh /tmp/r.sh",
    "cat > /tmp/r.py <<'E'\nimport os\nos.remove('config/prod.yaml')\nE\npython3 /tmp/r.py", "printf 'config/prod.yaml\\n' | xargs -I% rm %",
    "tr '\\n' '\\0' <<< config/prod.yaml | xargs -0 rm", "case x in x) rm config/prod.yaml;; esac", "[ -f config/prod.yaml ] && rm config/prod.yaml",
    "test -w config/prod.yaml || chmod +w config/prod.yaml", "for i in 1; do echo $i >> config/prod.yaml; done", "while :; do rm config/prod.yaml; break; done",
    "until rm config/prod.yaml; do :; done", "select x in a; do rm config/prod.yaml; done", "prettier -w config/prod.yaml", 'npx prettier --write "**/*.yaml"',
    "npx prettier --write .", "yarn exec prettier -- --write config/prod.yaml", "npm exec -- prettier --write config/prod.yaml", "pnpm dlx prettier --write config/prod.yaml",
    "bunx prettier --write config", "deno fmt config/prod.yaml", "dprint fmt config/prod.yaml", "yq --inplace '.a=1' config/prod.yaml", "yq e '.a=1' -i config/prod.yaml",
    "yq -iy '.a=1' config/prod.yaml", "dasel put -f config/prod.yaml a 1", "sponge -a config/prod.yaml <<< x", "sops --encrypt --in-place config/prod.yaml",
    "age -o config/prod.yaml notes.md", "gpg --output config/prod.yaml -d x", "tar -C config -xf a.tar prod.yaml", "tar xf a.tar config",
    "tar --extract --file a.tar config/prod.yaml", "unzip a.zip 'config/*'", "bsdtar -xf a.zip config/prod.yaml", "7z x a.7z config/prod.yaml", "zcat a.gz > config/prod.yaml",
    "gzip -d config/prod.yaml.gz", "xz config/prod.yaml", "zip -m a.zip config/prod.yaml", "tar --remove-files -cf a.tar config/prod.yaml", "docker cp app:/etc/prod.yaml config/",
    "kubectl cp ns/p:/x config/prod.yaml", "aws s3 cp s3://b/prod.yaml config/prod.yaml", "gsutil cp gs://b/prod.yaml config/", "kubectl get cm x -o yaml > config/prod.yaml",
    "helm template . > config/prod.yaml", "wget -q https://example.com -O config/prod.yaml", "wget --output-document=config/prod.yaml https://example.com",
    "curl https://example.com > config/prod.yaml", "curl -Lo config/prod.yaml https://example.com", "aria2c -o config/prod.yaml https://example.com",
    "http --download -o config/prod.yaml example.com", "scp host:prod.yaml config/", "sftp host <<< 'get prod.yaml config/prod.yaml'", "mkfifo config/prod.yaml",
    "mount --bind /tmp/x config/prod.yaml", "mount -o bind /tmp config", "setfacl -m u:x:r config/prod.yaml", "chattr +i config/prod.yaml", "chmod -R 700 .", "chown -R dev config",
    "touch -d yesterday config/prod.yaml", "touch config/*", "shred config/prod.yaml", "wipe config/prod.yaml", "rmdir config; rm -r config", "rm -r conf*", "rm -rf {config,docs}",
    "rm -rf ./*", 'rm -rf "$PWD"/config', "mv {config,c2}", "mv * /tmp/x", "cp -f /dev/null config/prod.yaml", "cat /dev/null > config/prod.yaml", "true > config/prod.yaml",
    "envsubst < notes.md > config/prod.yaml", "m4 a.m4 > config/prod.yaml", "rename 's/prod/x/' config/*.yaml", "prename s/prod/x/ config/prod.yaml", "mmv 'config/*.yaml' '#1.yml'",
    "cpio -i config/prod.yaml < a.cpio", "csplit -f config/prod.yaml notes.md 1", "xxd -r a.hex config/prod.yaml", "uudecode -o config/prod.yaml a",
    "base64 -d <<< eA== > config/prod.yaml", "openssl base64 -d -in a -out config/prod.yaml",
]


@pytest.mark.parametrize("text", ROUTES)
def test_every_route_to_a_protected_file_is_stopped(root, prod, text):
    assert codes(text, root, prod) == ["CON001"]


@pytest.mark.parametrize("text", [text for text in ROUTES if not text.startswith(("cd ", "git reset --hard", "rm -r"))][::7])
def test_without_what_was_stated_no_constraint_objects(root, text):
    assert codes(text, root) == []


NEAR = [
    # reading it
    f"cat {F}", f"less {F}", f"head -5 {F}", f"grep db {F}", "grep -rn db config", f"wc -l {F}", f"diff {F} other/{F}", f"cp {F} /tmp/prod.yaml", f"cp {F} backup.yaml", "cp -r config /tmp/c",
    "cp -r config other/", "rsync -a config/ other/config/", "tar -czf /tmp/c.tgz config", f"zip /tmp/c.zip {F}", f"md5sum {F}", f"stat {F}", "ls -la config", f"file {F}", f"sed -n 1p {F}", f"sed s/a/b/ {F}",
    f"sed s/a/b/ {F} > /tmp/x", f"sed -e 's/a/b/' {F} > config/dev.yaml", f"awk '{{print}}' {F}", f"yq .db {F}", f"sort {F}", f"python3 -c \"print(open('{F}').read())\"", f"python3 -m json.tool < {F}",
    f"node -e \"console.log(require('fs').readFileSync('{F}','utf8'))\"", f"perl -Mstrict -ne 'print' {F}", f"perl -ne 'print if /i/' {F}", f"ruby -ne 'puts $_' {F}", f"source <(cat {F})", f"scp {F} h:/tmp/",
    f"base64 {F}", f"view {F}", f"vim -R {F}", f"gzip -k {F}", f"gzip -c {F} > /tmp/x.gz", f"test -f {F} && echo yes", f"[ -w {F} ] || true",
    f"docker cp {F} c:/a", f"docker run -v $PWD/{F}:/etc/x:ro image", f"ln -s {F} /tmp/link", f"ln -s ../{F} docs/prod.yaml", f"openssl dgst {F}", f"jq . {F}", f"cat < {F}", f"tee /tmp/x < {F}", f"while read l; do echo $l; done < {F}",
    # names that come close
    "echo x > config/prod.yaml.bak", "echo x > config/prod.yaml.md", "echo x > config/prod.yml", "echo x > config/my-prod.yaml", "echo x > config/prod", "echo x > config/prod.json", "sed -i s/a/b/ config/dev.yaml",
    "echo x > config/preprod.yaml", "touch config/prod.yamlx", "rm config/prod.json", "echo x > other/config/prod.yaml", "rm -rf other/config", "sed -i s/a/b/ other/config/*.yaml", "echo x > src/config/prod.yaml",
    "cd other && sed -i s/a/b/ config/prod.yaml", "cd other/config && rm prod.yaml", "echo x > prod.yaml", "cp config/prod.yaml config/staging.yaml", "rm config/dev.yaml", "mv config/dev.yaml config/test.yaml",
    "rm config/d*.yaml", "rm -rf configs", "rm -rf config2", "mkdir -p config", "mkdir config/new", "echo x > config/new.yaml", "touch config/new.yaml", "cp notes.md config/", "chmod 600 config/dev.yaml", "rm config/current.yaml",
    "echo x > /tmp/config/prod.yaml", "echo x > /tmp/prod.yaml", "mkdir -p /tmp/w/config && echo x > /tmp/w/config/prod.yaml", "cd /tmp && mkdir -p config && echo x > config/prod.yaml", "cd src && touch config.py",
    # its name in texts
    f"echo {F}", f"echo 'rm {F}'", f"echo \"do not rm {F}\" > notes.md", f"echo '> {F}'", f"git commit -m 'Leave {F} alone'", f"git commit -m 'sed -i s/a/b/ {F}'", f"grep -rn '{F}' src", f"rg 'rm {F}'",
    f"printf '%s\\n' {F} >> notes.md", f"cat > notes.md <<'E'\nrm {F}\nE", f"cat > docs/x.md <<'E'\necho x > {F}\nE", f"ls # rm {F}", f"# sed -i s/a/b/ {F}\nls", f"python3 -c \"print('{F}')\"", f"sed -i 's#a#{F}#' notes.md",
    "sed -i '/prod.yaml/d' notes.md", "awk '/prod.yaml/' notes.md", f"git log --grep '{F}'", f"test \"$x\" = '{F}'", f"F={F}; cat $F", f"export CONFIG={F}", f"CONFIG={F} npm test", f"app --config {F}", f"app --config={F} --output out.txt",
    f"pytest --config {F}", f"docker compose -f {F} ps", f"kubectl apply --dry-run=client -f {F}", f"python3 app.py {F}", f"node server.js --env {F}", f"gh issue create --title 'prod.yaml' --body 'rm {F}'", f"git notes list {F}",
    # git that leaves it alone
    f"git status {F}", f"git diff {F}", f"git diff HEAD~1 -- {F}", f"git log -p {F}", f"git show HEAD:{F}", f"git blame {F}", f"git add {F}", "git add -A", "git add .", "git commit -am x", f"git commit {F} -m x", "git checkout -b x",
    "git checkout main", "git switch main", "git switch -c y", "git stash list", "git stash show", "git stash drop", "git fetch", "git pull", "git push", "git merge main", "git rebase main", "git branch -d x", "git tag v1", "git reset",
    "git reset --soft HEAD~1", f"git reset {F}", f"git reset HEAD {F}", f"git restore --staged {F}", "git checkout -- src", "git checkout -- config/dev.yaml", "git restore src/app.py", "git apply other.patch", "git apply --check fix.patch",
    "git apply --stat fix.patch", "patch --dry-run -p1 < fix.patch", "patch -p1 < other.patch", "git rm src/app.py", "git mv src/app.py src/main.py", "git clean -fd", "git clean -fdn", "git clean -n", "git stash push -- src", f"git rm --cached {F}x",
    "git cherry-pick abc", "git revert abc", "git bisect start", "git worktree add ../w", f"git check-ignore {F}", f"git ls-files {F}", f"git rev-parse HEAD:{F}", "git diff > /tmp/x.patch", "git show HEAD:config/prod.yaml > /tmp/old.yaml",
    # tools that only check, or change others
    f"prettier --check {F}", f"prettier {F}", "prettier --write src", "prettier --write config/dev.yaml", "npx prettier --check .", "eslint --fix src", "black src", "black --check .", "black .", "ruff check --fix src", "ruff check .", "ruff format src",
    "isort .", "gofmt -l .", "gofmt -w lib", "yamllint config", f"yamllint {F}", f"actionlint {F}", "npm run build", "npm test", "npm install", "npm ci", "make test", "pytest", "pytest tests -q", "cargo fmt", "go fmt ./...", "terraform fmt -check",
    "tsc --noEmit", "docker build -t app .", "helm template . -f config/prod.yaml", "ansible-playbook --check site.yml", "tar -xzf a.tgz -C /tmp", "unzip -l a.zip", "tar -tf a.tar config/prod.yaml", "unzip -p a.zip config/prod.yaml",
    "curl -s https://example.com/prod.yaml", "wget -O /tmp/prod.yaml https://example.com/config/prod.yaml", "curl -o other/config/prod.yaml https://example.com/a", "rm -rf build", "rm -rf src", "rm -rf node_modules dist", "find src -delete",
    "find . -name '*.py' -exec sed -i s/a/b/ {} +", "find . -name dev.yaml -delete", "find . -type f -name '*.yaml' | xargs cat", "find . -name '*.yaml' -exec grep db {} +", "find . -name '*.pyc' -delete", "find . -type d",
    "grep -rl nothinglikeit . | xargs sed -i s/x/y/", "grep -rl x src | xargs sed -i s/x/y/", "git ls-files src | xargs sed -i s/a/b/", "for f in src/*; do sed -i s/a/b/ $f; done", "for f in config/*; do cat \"$f\"; done",
    "find . -name '*.yaml' -not -path './config/*' -delete", "grep -rl db . --include='*.py' | xargs sed -i s/x/y/", "grep -rl db . | grep -v prod | xargs sed -i s/x/y/", "ssh host 'rm config/prod.yaml'", "docker exec app rm config/prod.yaml",
    "python3 -c \"open('config/dev.yaml','w').write('x')\"", "python3 -c \"import yaml; c=yaml.safe_load(open('config/prod.yaml')); open('/tmp/x','w').write(str(c))\"", "python3 -c \"open('/tmp/prod.yaml','w').write(open('config/prod.yaml').read())\"",
    "cd config && sed -i s/a/b/ dev.yaml", "cd config && ls > /tmp/x && cat prod.yaml", "echo x | tee config/dev.yaml", "cp other/config/prod.yaml other/config/prod.old.yaml", "rsync -a config/ /tmp/backup/", "rm -f /tmp/config/prod.yaml",
    "sed -i s/a/b/ src/*.py", "perl -pi -e s/a/b/ src/app.py", "ls > out.txt", "echo done > build/prod.yaml.log", "cd \"$d\" && rm config/prod.yaml", "rm \"$TMPDIR/config/prod.yaml\"", "echo x > \"$OUT/config/prod.yaml\"",
    "for d in other src; do (cd $d && rm -f config/prod.yaml); done", "uniq config/prod.yaml", "kubectl --kubeconfig config/prod.yaml get pods", "tar -C config -czf /tmp/x.tgz prod.yaml", "tar -czf /tmp/x.tgz -C config .", "patch --dry-run config/prod.yaml other.patch", "rsync -an other/config/ config/",
    "rsync --dry-run notes.md config/prod.yaml", "rename -n s/prod/x/ config/prod.yaml", "ssh-keygen -l -f config/prod.yaml", "docker run -v $PWD:/app alpine rm /config/prod.yaml", "docker run -v $PWD:/app alpine cat /app/config/prod.yaml", "docker run alpine rm -rf config",
    "truncate -s0 notes.md", "dd if=config/prod.yaml of=/tmp/x", "install -m 600 config/prod.yaml /tmp/x", "ln -s config/prod.yaml x",
    "mv notes.md config/", "chmod +x src/app.py", "chown -R dev src", "sqlite3 data/app.db 'select 1'", "sort -o notes.md notes.md", "yq -i '.a=1' config/dev.yaml", "sed -i 's/prod.yaml/dev.yaml/' src/app.py", "touch src/prod.yaml.py",
]

NEAR += [
    "echo 'config/prod.yaml' >> .gitignore", "git diff --no-index config/prod.yaml other/config/prod.yaml", "diff -u config/prod.yaml config/dev.yaml > /tmp/d.patch",
    "colordiff config/prod.yaml config/dev.yaml", "comm config/prod.yaml config/dev.yaml", "cmp config/prod.yaml config/dev.yaml", "paste config/prod.yaml config/dev.yaml",
    "sort -u config/prod.yaml -o /tmp/x", "uniq config/prod.yaml /tmp/x", "cut -d: -f1 config/prod.yaml", "tr a b < config/prod.yaml", "xargs echo < config/prod.yaml",
    "envsubst < config/prod.yaml > /tmp/x", "nl config/prod.yaml", "tail -f config/prod.yaml & sleep 1; kill $!", "cp config/prod.yaml{,.bak}",
    "cp config/prod.yaml config/test.yaml && sed -i s/a/b/ config/test.yaml", "mv config/dev.yaml config/dev.old", "ln -s prod.yaml config/other.yaml",
    "ln config/prod.yaml /tmp/hl", "tar czf backup.tgz config/prod.yaml", "zip backup.zip config/prod.yaml", "gzip < config/prod.yaml > /tmp/x.gz",
    "gzip -c config/prod.yaml > x.gz", "gpg -e -r x -o /tmp/x config/prod.yaml", "openssl enc -in config/prod.yaml -out /tmp/x", "split -l1 config/prod.yaml /tmp/part",
    "rsync -a config/prod.yaml host:/x", "scp config/prod.yaml host:", "docker cp config/prod.yaml app:/etc/", "kubectl cp config/prod.yaml p:/x",
    "kubectl create cm x --from-file=config/prod.yaml --dry-run=client -o yaml > /tmp/x.yaml", "aws s3 cp config/prod.yaml s3://b/",
    "curl -F file=@config/prod.yaml https://example.com", "curl --data-binary @config/prod.yaml -o /tmp/out https://example.com",
    'python3 -c "import yaml; print(yaml.safe_load(open(\'config/prod.yaml\')))"', 'python3 -c "open(\'out.txt\',\'w\').write(open(\'config/prod.yaml\').read())"',
    'python3 -c "from pathlib import Path; Path(\'x.txt\').write_text(Path(\'config/prod.yaml\').read_text())"',
    'python3 -c "import shutil; shutil.copy(\'config/prod.yaml\',\'/tmp/x\')"', "python3 - <<'E'\n# rm config/prod.yaml\nprint('open(\\'config/prod.yaml\\', \\'w\\')')\nE",
    "python3 - <<'E'\nsrc = 'config/prod.yaml'\nwith open(src) as a, open('/tmp/x', 'w') as b:\n    b.write(a.read())\nE",
    "python3 - <<'E'\nimport os\nassert os.path.exists('config/prod.yaml')\nos.makedirs('build', exist_ok=True)\nE",
    'node -e "const a=require(\'fs\').readFileSync(\'config/prod.yaml\'); require(\'fs\').writeFileSync(\'/tmp/x\', a)"', 'node -e "console.log(\'config/prod.yaml\')"',
    'ruby -ryaml -e \'puts YAML.load_file("config/prod.yaml")\'', "perl -ne 'print' config/prod.yaml > /tmp/x", 'perl -e \'open(F,"<","config/prod.yaml"); print <F>\'',
    'awk \'{print > "/tmp/x"}\' config/prod.yaml', "awk -F: '{print $1}' config/prod.yaml | tee /tmp/x", "sed -n '/a/,/b/p' config/prod.yaml", "sed 's/i/x/' config/prod.yaml",
    "sed -e 's/-i/x/' config/prod.yaml", "yq '.a' config/prod.yaml > /tmp/x", "yq -o json config/prod.yaml", "jq -n --arg f config/prod.yaml '$f'", "vim -R config/prod.yaml -c q",
    "less +F config/prod.yaml", "git grep -n x -- config/prod.yaml", "git log --follow config/prod.yaml > /tmp/log", "git diff config/prod.yaml | tee /tmp/x",
    "git add -p config/prod.yaml", "git commit config/dev.yaml -m 'x'", "git checkout -b config/prod.yaml-fix", "git checkout feature/x", "git branch config/prod",
    "git tag config/prod.yaml", "git stash show -p stash@{0}", "git reset -- config/prod.yaml", "ls", "git worktree list", "git switch -", "git merge --abort",
    "git apply --numstat fix.patch", "git diff HEAD -- config/prod.yaml > fix2.patch", "git format-patch -1 -o /tmp", "git archive HEAD config | tar -x -C /tmp",
    "git show HEAD:config/prod.yaml | diff - config/prod.yaml", "git ls-files -m config", "git update-index --assume-unchanged config/dev.yaml", "find . -name prod.yaml",
    "find . -name prod.yaml -exec cat {} +", "find . -name prod.yaml -exec cp {} /tmp/ \\;", "find config -name 'dev*' -delete",
    "find . -path ./config -prune -o -type f -name '*.py' -print | xargs sed -i s/a/b/", "find src -type f -exec chmod 644 {} +", "find . -name '*.log' -delete",
    "find . -name node_modules -prune -exec rm -rf {} +", "find . -maxdepth 1 -type f -name '*.yaml' -delete", "grep -rl foo src | xargs perl -pi -e s/a/b/", "ls config | wc -l",
    "ls config/*.yaml | head -1", 'for f in config/*.yaml; do echo "$f"; done > list.txt', 'for f in config/*; do [ -f "$f" ] && wc -l "$f"; done',
    "for f in $(ls config); do echo $f; done", 'while read -r l; do echo "$l" >> /tmp/x; done < config/prod.yaml', "mapfile -t a < config/prod.yaml",
    'a=$(cat config/prod.yaml); echo "$a" > /tmp/x', "source .env; app --config config/prod.yaml > out.log 2>&1", "CONFIG=config/prod.yaml python3 app.py > out.txt",
    'docker run -v "$PWD/config/prod.yaml:/etc/app.yaml" app rm -rf /etc/other', "docker compose --env-file config/prod.yaml up -d",
    "helm upgrade --dry-run x . -f config/prod.yaml", "terraform plan -var-file=config/prod.yaml -out=plan.out", "ansible-playbook -e @config/prod.yaml site.yml --check",
    "promtool check config config/prod.yaml", "yamllint -c .yamllint config/prod.yaml", "prettier --list-different config/prod.yaml", 'prettier --check "**/*.yaml"',
    "npx eslint --fix src tests", "pytest -c config/prod.yaml -o log_file=out.log", "tox -c config/prod.yaml", "mypy --config-file config/prod.yaml src",
    "coverage run --rcfile=config/prod.yaml -m pytest", "gunicorn -c config/prod.yaml app:app", "uvicorn app:app --log-config config/prod.yaml",
    "celery -A app --config config/prod.yaml worker", "java -jar app.jar --spring.config.location=config/prod.yaml", "go run . -config config/prod.yaml -o bin/app",
    "make run CONFIG=config/prod.yaml", "npm start -- --config config/prod.yaml", "cargo run -- --config config/prod.yaml --output out.txt", "./app -c config/prod.yaml -o out.txt",
    "tool convert config/prod.yaml --to json > /tmp/x", "kubeval config/prod.yaml", "sha256sum config/prod.yaml > sums.txt", "md5sum config/*", "stat -c %a config/prod.yaml",
    "namei -l config/prod.yaml", "realpath config/prod.yaml", "basename config/prod.yaml", "lsof config/prod.yaml", "fuser config/prod.yaml", "getfacl config/prod.yaml",
    "tree config", "du -sh config", "touch config/.keep", "rm config/*.bak", "rm -f config/*.json", "mv config/prod.json /tmp/", "rm -rf config.bak",
    "rm -rf build/config/prod.yaml", "mkdir -p build/config && cp config/prod.yaml build/config/prod.yaml", "sed -i s/a/b/ build/config/prod.yaml",
    "echo x > build/config/prod.yaml", "cp -r config build/ && sed -i s/a/b/ build/config/prod.yaml", "mkdir -p /tmp/p && cp -r . /tmp/p && cd /tmp/p && rm config/prod.yaml",
    "cd /tmp && git clone x && cd x && rm config/prod.yaml", "cd $(mktemp -d) && mkdir config && echo x > config/prod.yaml",
    "tmp=$(mktemp -d); cp -r config $tmp; sed -i s/a/b/ $tmp/config/prod.yaml", "echo x > $HOME/config/prod.yaml", "echo x > ../config/prod.yaml",
    "cd docs && mkdir -p config && touch config/prod.yaml", "gh pr create --title x --body 'Leaves config/prod.yaml as it is; sed -i was not run'",
    "git commit -F - <<'E'\nDo not rm config/prod.yaml\nE", "cat <<'E' > README.txt\n$ echo x > config/prod.yaml\nE", 'echo "$(cat config/prod.yaml)" > /tmp/copy',
    "printf 'rm %s\\n' config/prod.yaml", "echo rm config/prod.yaml | tee -a /tmp/todo", "bash -n script.sh", "history | grep 'config/prod.yaml'",
    "tmux new -d 'cat config/prod.yaml'", "chmod --reference=config/prod.yaml config/dev.yaml", "touch -r config/prod.yaml config/dev.yaml", "truncate -r config/prod.yaml /tmp/x",
    "cp --attributes-only config/prod.yaml config/dev.yaml", "dd if=config/prod.yaml of=config/dev.yaml", "cat config/prod.yaml | sed s/a/b/ > config/dev.yaml",
    "cat config/prod.yaml | tee config/dev.yaml", "install config/prod.yaml /tmp/", "xxd config/prod.yaml /tmp/x.hex", "iconv -f utf8 -t ascii config/prod.yaml -o /tmp/x",
    "pandoc config/prod.yaml -o /tmp/x.html", "tsc --outFile /tmp/x.js config/prod.ts", 'sqlite3 data/app.db ".import config/prod.yaml t"',
]


ROUTES_OF_ARCHIVES = [("tar -czf config/a.tgz src", True), ("tar cf config/a.tar src", True), ("tar -xf a.tar -C config", True), ("tar -C config -czf /tmp/x.tgz .", False), ("tar -czf /tmp/x.tgz config", False),
                      ("unzip a.zip -d config", True), ("unzip -l a.zip -d config", False), ("zip -r config/a.zip src", True), ("zip -r a.zip config", False), ("docker cp app:/x config/", True), ("docker cp config/ app:/x", False),
                      ("rsync -an src/ config/", False), ("install -d config/new", True), ("git clone https://example.com/a config/a", True), ("git clone https://example.com/config", False),
                      ("git worktree add config/w", True), ("git worktree add ../w", False), ("git submodule add https://example.com/a config/a", True)]


@pytest.mark.parametrize("text, stopped", ROUTES_OF_ARCHIVES)
def test_archives_are_told_by_whether_they_are_made_or_unpacked(root, text, stopped):
    item = stated(root, "Leave config/ alone", ["write"], [("path", "config/")])
    assert bool(codes(text, root, item)) is stopped


def test_there_are_enough_near_misses():
    assert len(set(NEAR)) > 200 and len(set(ROUTES)) > 150


@pytest.mark.parametrize("text", NEAR)
def test_what_comes_close_to_a_protected_file_is_not_stopped(root, prod, text):
    assert codes(text, root, prod) == []


FOLDER = [  # (text, whether it touches tests/)
    ("echo x > tests/test_new.py", True), ("sed -i s/a/b/ tests/test_app.py", True), ("rm tests/unit/test_b.py", True), ("rm -rf tests", True), ("rm -rf tests/unit", True), ("mv tests t", True),
    ("git checkout -- tests", True), ("cp notes.md tests/", True), ("mkdir tests/new", True), ("touch tests/x", True), ("cd tests && touch x", True), ("black tests", True), ("black .", True),
    ("ruff format .", True), ("find tests -name '*.py' -delete", True), ("find . -name 'test_*.py' -exec sed -i s/a/b/ {} +", True), ("git mv tests/test_app.py x.py", True), ("git stash", True),
    ("rm -rf tests/*", True), ("rm tests/test_*.py", True), ("python3 -c \"open('tests/x.py','w').write('')\"", True), ("chmod -R a-w tests", True), ("rsync -a x/ tests/", True),
    ("pytest tests", False), ("cat tests/test_app.py", False), ("ls tests > out.txt", False), ("rm -rf tests2", False), ("echo x > src/tests.py", False), ("mkdir -p tests", False), ("git add tests", False),
    ("grep -rn x tests", False), ("cp -r tests /tmp/t", False), ("black src", False), ("rm -rf src", False), ("echo x > test/x", False), ("sed -i s/a/b/ src/test_app.py", False),
    ("python -m pytest tests --junitxml=out.xml", False), ("coverage run -m pytest tests", False), ("rm -rf .pytest_cache", False), ("git diff tests > /tmp/x", False), ("npx prettier --write src", False),
]


@pytest.mark.parametrize("text, stopped", FOLDER)
def test_a_folder_stands_for_all_below_it(root, text, stopped):
    item = stated(root, "Leave the tests folder alone.", ["write"], [("path", "tests/")])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("text, stopped", [
    ("echo x > tests/unit/test_c.py", True), ("rm -rf tests", True), ("sed -i s/a/b/ src/test_x.py", True), ("rm src/app.py", False), ("echo x > src/contest.py", False), ("rm -rf build", False), ("rm -rf node_modules", False),
    ("git stash", False), ("pytest", False), ("black src", False),
])
def test_an_area_is_the_globs_that_were_worked_out_for_it(root, text, stopped):
    item = stated(root, "Do not change the tests.", ["write"], [("area", "the tests")], globs=["tests/**", "**/tests/**", "**/test_*.py"])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("text, stopped", [
    ("echo x > src/secrets.py", True), ("sed -i s/a/b/ src/secrets.py", True), ("cd src && rm secrets.py", True), ("rm -rf src", True), ("echo x > src/secrets_test.py", False), ("echo x > my_secrets.py", False),
    ("echo x > src/secrets.py.bak", False), ("echo x > docs/secrets.py.md", False), ("echo x > src/secrets.pyi", False), ("cat src/secrets.py", False), ("python3 -c 'import secrets'", False), ("echo x > lib/secrets.py", False),
    ("pytest tests/test_secrets.py", False), ("echo x > tests/test_secrets.py", False), ("git add src/secrets.py", False), ("rm -rf build", False), ("echo x > src/Secrets.py", False), ("rm src/secrets.txt", False),
])
def test_a_file_named_with_its_folder_is_that_file_alone(root, text, stopped):
    item = stated(root, "Don't edit src/secrets.py", ["write"], [("path", "src/secrets.py")])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("text, stopped", [
    ("echo x > deploy.yaml", True), ("echo x > a/b/deploy.yaml", True), ("cd src && touch deploy.yaml", True), ("echo x > my-deploy.yaml", False), ("echo x > deploy.yaml.j2", False), ("echo x > /tmp/deploy.yaml", False),
    ("rm *.yaml", False), ("cat deploy.yaml", False),
])
def test_a_bare_name_that_is_not_there_yet_counts_anywhere_in_the_project(root, text, stopped):
    item = stated(root, "Do not create deploy.yaml.", ["write", "create"], [("path", "deploy.yaml")])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("text, stopped", [
    ("echo x > src/new.py", False), ("sed -i s/a/b/ src/app.py", False), ("rm src/app.py", False), ("echo x > /tmp/x", False), ("git commit -am x", False), ("git checkout -b x", False), ("git stash", False), ("ls > /dev/null", False),
    ("cat config/prod.yaml", False), ("black src", False), ("git add -A", False), ("cp config/prod.yaml src/x.yaml", False), ("pytest", False), ("cp src/app.py /tmp/", False), ("mkdir -p src/new", False),
    ("rm -rf build", False), ("mkdir -p build", False), ("npm install", False), ("rm -rf node_modules", False), ("echo x > dist/a.js", False), ("npm install left-pad", True),
    ("echo x > lib/util.py", True), ("sed -i s/a/b/ config/dev.yaml", True), ("rm notes.md", True), ("mv src/app.py lib/", True), ("rm -rf .", True), ("touch new.py", True), ("git checkout -- docs/guide.md", True), ("git rm lib/util.py", True),
    ("python3 -c \"open('lib/x.py','w').write('')\"", True), ("cp src/app.py lib/", True), ("cd lib && touch x", True), ("black lib", True),
])
def test_only_src_leaves_src_and_temporary_folders(root, text, stopped):
    item = stated(root, "Only edit files in src/.", ["write"], [("path", "src/")], only=True)
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("text, stopped", [
    ("sed -i s/a/b/ config/prod.yaml", True), ("rm config/prod.json", True), ("echo x > config/new.yaml", True), ("sed -i s/a/b/ config/dev.yaml", False), ("echo x > config/dev.yaml", False), ("cat config/prod.yaml", False),
])
def test_what_is_excepted_stays_free(root, text, stopped):
    item = stated(root, "Do not change anything in config/ except config/dev.yaml", ["write"], [("path", "config/"), ("except", "config/dev.yaml")])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("text, stopped", [
    ("cat .env", True), ("grep A .env", True), ("head .env", True), ("cp .env /tmp/x", True), ("source .env", True), ("python3 -c \"print(open('.env').read())\"", True), ("base64 < .env", True), ("git diff .env", True),
    ("cat .env.example", False), ("ls -la", False), ("echo .env >> .gitignore", False), ("test -f .env", False), ("git status", False), ("cat notes.md", False), ("stat .env", False),
    ("grep -rn TODO .", False), ("rg TODO", False), ("cp -r . /tmp/copy", False), ("cat *", False), ("cat .e*", True), ("tail -n1 ./.env", True), ("cd src && cat ../.env", True), ("xargs < .env", True),
    ("git add .env", False), ("rm -f x && ls .env", False), ("export $(cat .env | xargs)", True), ("docker run --env-file .env app", False), ("vim .env", True), ("node -e \"require('fs').readFileSync('.env')\"", True),
])
def test_a_file_that_is_not_to_be_read_is_not_opened(root, text, stopped):
    item = stated(root, "Don't read .env", ["read"], [("path", ".env")])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("forbids, text, stopped", [
    (["delete"], "rm docs/guide.md", True), (["delete"], "rm -rf docs", True), (["delete"], "git rm docs/guide.md", True), (["delete"], "find docs -delete", True), (["delete"], "sed -i s/a/b/ docs/guide.md", False),
    (["delete"], "echo x > docs/new.md", False), (["delete"], "mv docs/guide.md docs/x.md", False), (["rename"], "mv docs/guide.md x", True), (["rename"], "git mv docs d", True), (["rename"], "rm docs/guide.md", False),
    (["rename"], "mv notes.md docs/", False), (["create"], "touch docs/new.md", True), (["create"], "echo x > docs/new.md", True), (["create"], "mkdir docs/sub", True), (["create"], "echo x >> docs/guide.md", False),
    (["create"], "sed -i s/a/b/ docs/guide.md", False), (["create"], "rm docs/guide.md", False),
])
def test_only_the_acts_that_were_named_are_stopped(root, forbids, text, stopped):
    item = stated(root, "…", forbids, [("path", "docs/")])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("target, text, stopped", [
    ("package.json", "npm install left-pad", True), ("package.json", "npm pkg set name=x", True), ("package.json", "npm version patch", True), ("package.json", "npm install", False), ("package.json", "npm ci", False),
    ("package.json", "npm run build", False), ("package.json", "npm pkg get name", False), ("package.json", "npm install -g x", False), ("package-lock.json", "npm install", True), ("package-lock.json", "npm ci", False),
    ("pyproject.toml", "poetry add x", True), ("pyproject.toml", "uv add x", True), ("pyproject.toml", "uv sync --frozen", False), ("pyproject.toml", "pip install -e .", False), ("go.mod", "go get example.com/x", True),
    ("go.mod", "go mod tidy", True), ("go.mod", "go build ./...", False), ("Cargo.toml", "cargo add serde", True), ("Cargo.toml", "cargo build", False), ("src/app.py", "black src", True), ("src/app.py", "black --check src", False),
    ("src/app.py", "ruff check --fix .", True), ("src/app.py", "ruff check .", False), ("src/app.py", "isort src/app.py", True), ("src/app.py", "autopep8 -i src/app.py", True), ("src/app.py", "autopep8 src/app.py", False),
    ("src/app.py", "python -m black src/app.py", True), ("src/app.py", "poetry run black src", True), ("src/app.py", "eslint --fix .", False), ("src/app.py", "prettier --write .", False), ("src/app.py", "pyupgrade src/app.py", True),
    ("data/app.db", "rm data/app.db", True),
])
def test_package_managers_and_formatters_write_the_files_that_they_keep(root, target, text, stopped):
    item = stated(root, f"Do not change {target}.", ["write"], [("path", target)])
    assert bool(codes(text, root, item)) is stopped


@pytest.mark.parametrize("name, given, stopped", [
    ("Write", {"file_path": "config/prod.yaml", "content": "x"}, True), ("Edit", {"file_path": "config/prod.yaml", "old_string": "a", "new_string": "b"}, True),
    ("MultiEdit", {"file_path": "config/prod.yaml", "edits": [{"old_string": "a", "new_string": "b"}]}, True), ("Write", {"file_path": "config/current.yaml", "content": "x"}, True),
    ("Write", {"file_path": "hard.yaml", "content": "x"}, True), ("Write", {"file_path": "conf/prod.yaml", "content": "x"}, True), ("NotebookEdit", {"notebook_path": "config/prod.yaml", "new_source": "x"}, True),
    ("Read", {"file_path": "config/prod.yaml"}, False), ("Grep", {"pattern": "x", "path": "config/prod.yaml"}, False), ("Write", {"file_path": "config/dev.yaml", "content": "config/prod.yaml"}, False),
    ("Write", {"file_path": "config/prod.yaml.bak", "content": "x"}, False), ("Write", {"file_path": "other/config/prod.yaml", "content": "x"}, False), ("Glob", {"pattern": "config/*.yaml"}, False),
    ("mcp__fs__write_file", {"path": "config/prod.yaml", "content": "x"}, True), ("mcp__fs__edit_file", {"path": "config/prod.yaml", "edits": []}, True), ("mcp__fs__move_file", {"source": "config/prod.yaml", "destination": "/tmp/x"}, True),
    ("mcp__fs__delete", {"file": "config/prod.yaml"}, True), ("mcp__fs__delete_directory", {"path": "config"}, True), ("mcp__shell__run", {"command": "sed -i s/a/b/ config/prod.yaml"}, True),
    ("mcp__fs__read_file", {"path": "config/prod.yaml"}, False), ("mcp__fs__write_file", {"path": "notes.md", "content": "rm config/prod.yaml"}, False), ("mcp__fs__list_directory", {"path": "config"}, False),
    ("mcp__shell__run", {"command": "cat config/prod.yaml"}, False), ("mcp__fs__copy_file", {"source": "notes.md", "destination": "config/prod.yaml"}, True),
])
def test_other_tools_are_held_to_it_too(root, prod, name, given, stopped):
    full = {key: f"{root}/{value}" if key in ("file_path", "path", "notebook_path", "source", "destination", "file") and not str(value).startswith("/") else value for key, value in given.items()}
    for one in (given, full):
        judged = call(name, one, root, prod)
        found = judged is not None and any(finding.rule.code == "CON001" for finding in judged.findings)
        assert found is stopped, one


def test_the_refusal_carries_the_persons_words_and_how_it_is_lifted(root):
    item = stated(root, "Do not touch config/prod.yaml.", ["write"], [("path", F)], id="C7", turn=5)
    judged = verdict("sed -i s/a/b/ config/prod.yaml", root, item)
    assert judged.decision == "deny"
    assert judged.reason == ("CON001: `sed -i s/a/b/ config/prod.yaml` would change config/prod.yaml. In turn 5 the person said: “Do not touch config/prod.yaml.” Leave it as it is, and say in your "
                             "answer what you would have changed. Only the person can lift this (`holdfast constraint lift C7`, or by saying so).")
    assert verdict("sed -i s/a/b/ config/prod.yaml", root, item, attended=True).decision == "deny"


def test_a_long_sentence_is_repeated_and_the_advice_is_kept(root):
    words = "Do not touch config/prod.yaml, " + "because it is what the whole of the company runs on " * 5 + "today."
    judged = verdict("rm config/prod.yaml", root, stated(root, words, ["write"], [("path", F)], lead="While you work on the migration:"))
    assert words in judged.reason and "While you work on the migration:" in judged.reason and "holdfast constraint lift C1" in judged.reason
    longer = verdict("rm config/prod.yaml", root, stated(root, words * 20, ["write"], [("path", F)]))
    assert len(longer.reason) <= 900 and "holdfast constraint lift C1" in longer.reason


def test_what_is_catastrophic_is_told_first(root, prod):
    judged = verdict("rm -rf / --no-preserve-root; rm config/prod.yaml", root, prod)
    assert judged.findings[0].rule.category != "constraint" and "CON001" in judged.reason


@pytest.mark.parametrize("source, words", [("person", "In turn 3 the person said: "), ("dispatch", "The task that you were given says: "), ("command", "The person has set: "), ("CLAUDE.md:4", "CLAUDE.md:4 says: ")])
def test_the_refusal_says_who_stated_it(root, source, words):
    assert words in verdict("rm config/prod.yaml", root, stated(root, "Keep it", ["write"], [("path", F)], source=source)).reason


@pytest.mark.parametrize("text", ["Do not change how the login works.", "Do not add abstractions."])
def test_a_sentence_that_names_no_file_does_not_stop_every_write(root, text):
    assert codes("echo x > src/app.py", root, stated(root, text, ["write"], [])) == []


@pytest.mark.parametrize("text", ["Do not change any files.", "This is read-only.", "Make no changes.", "Don't touch anything."])
def test_a_sentence_about_everything_stops_every_write_in_the_project(root, text):
    item = stated(root, text, ["write"], [])
    assert codes("echo x > src/app.py", root, item) == ["CON001"] and codes("echo x > /tmp/x", root, item) == [] and codes("git status", root, item) == []
    assert codes("rm -rf build node_modules && npm install", root, item) == []


def test_what_forbids_nothing_or_names_only_an_identifier_stops_nothing(root):
    assert codes("rm config/prod.yaml", root, stated(root, "Use tabs.", [], [("path", F)])) == []
    assert codes("mv src/app.py x", root, stated(root, "Don't rename parse().", ["rename"], [("identifier", "parse()")])) == []
