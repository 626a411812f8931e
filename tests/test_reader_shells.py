"""The shell reader against real shells and bashlex: what they run or accept, and what it makes of the same text."""

import random
import re
import shutil
import subprocess
import time

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from holdfast.guard.shell import selftest, tree
from holdfast.guard.shell.reader import read
from holdfast.guard.shell.selftest_cases import EVASIONS

BASH = shutil.which("bash") or "bash is not installed, and these tests compare with it"


def refusal(text):
    try:
        read(text)
    except tree.Unreadable as unreadable:
        return unreadable.what
    return None


def bash_accepts(text):
    done = subprocess.run([BASH, "--norc", "--noprofile", "-n"], input=text.encode(), capture_output=True, check=False, timeout=20,
                          env={"PATH": "/nonexistent", "LC_ALL": "C"})
    return done.returncode == 0


# ---- execution ---------------------------------------------------------------------------------------------------------

def test_every_command_a_shell_ran_was_listed():
    results = selftest.run(count=200)
    assert len(results) >= 3
    assert [(name, detail) for name, ok, detail in results if not ok] == []


def test_there_are_enough_texts_and_none_twice():
    assert len(EVASIONS) == len(set(EVASIONS)) > 600


def test_a_reader_that_overlooks_a_line_would_be_found_out(monkeypatch):
    texts = [text for text in EVASIONS if "\n" in text][:40]
    with selftest.Lab("bash", BASH) as lab:
        ran = lab.ran_in_each(texts)
    assert not any(map(selftest.missed, texts, ran))
    monkeypatch.setattr(selftest, "read", lambda text: read(text.partition("\n")[0]))
    assert any(map(selftest.missed, texts, ran))


def test_the_same_seed_gives_the_same_texts():
    assert list(selftest.generate(5, 20)) == list(selftest.generate(5, 20)) != list(selftest.generate(6, 20))


# ---- acceptance --------------------------------------------------------------------------------------------------------

ORDINARY = r"""
ls -la
cd src && ls
pwd; whoami; date
git status --short && git diff --stat HEAD~1
git log --oneline -10 | cat
git add -A && git commit -m "Fix the parser's edge case"
git commit -m "$(cat <<'EOF'
Fix the parser

It's better now: (a) no crash, (b) "quotes" work.
EOF
)"
git checkout -b feature/x || git checkout feature/x
git diff main...HEAD -- '*.py' | head -200
git rev-parse --show-toplevel 2>/dev/null || echo "not a repository"
git for-each-ref --format='%(refname:short) %(objectname)' refs/heads | while read -r name sha; do echo "$name"; done
git log --pretty=format:'%h %an %s (%cr)' --since="2 weeks ago"
git show HEAD:src/main.py | sed -n '10,20p'
git stash list | grep -q 'stash@{0}' && git stash pop
grep -rn "TODO" --include='*.ts' . | wc -l
grep -E '^(foo|bar)\b' file.txt || true
grep -rlE "useState\(|useEffect\(" src | xargs -r sed -i 's/foo/bar/g'
rg -n "class \w+\(" -g '!tests' | head -50
find . -name '*.pyc' -not -path './node_modules/*' -delete
find . -type f \( -name '*.js' -o -name '*.ts' \) -exec grep -l foo {} +
find . -type f -name '*.sh' -exec chmod +x {} \;
find src -name "*.go" -print0 | xargs -0 -I{} sh -c 'echo "{}"'
sed -i 's/^version = .*/version = "1.2.3"/' pyproject.toml
sed -n '/^## /,/^## /p' CHANGELOG.md
sed -e 's#/usr/bin#/opt/bin#g' -e '$d' in.txt > out.txt
awk '{ print $1 }' file | sort | uniq -c | sort -rn | head
awk -F: '$3 >= 1000 { printf "%s\t%s\n", $1, $6 }' /etc/passwd
awk 'BEGIN { FS=","; OFS="\t" } NR > 1 && $2 != "" { sum[$1] += $2 } END { for (k in sum) print k, sum[k] }' data.csv
jq -r '.[] | select(.name == "x") | .id' data.json
jq '.scripts.test = "vitest"' package.json > tmp.json && mv tmp.json package.json
curl -s https://example.com/api?x=1\&y=2 | jq .
curl -fsSL -H "Authorization: Bearer $TOKEN" -H 'Accept: application/json' "https://api.example.com/v1/items?page=${PAGE:-1}"
curl -X POST -d '{"a": [1, 2], "b": "it'"'"'s"}' http://localhost:8080/
npm ci && npm run build --if-present && npm test -- --coverage
npx --yes prettier --write "src/**/*.{ts,tsx}" && npx eslint . --max-warnings=0
npm install --save-dev typescript@latest @types/node 2>&1 | tail -5
NODE_ENV=production node -e 'console.log(process.env.NODE_ENV, `${1 + 1}`)'
node -e "const x = require('./package.json'); console.log(x.version)"
python3 -c 'import sys; print(sys.version_info[:2])'
python3 -c "
import json
with open('a.json') as f:
    print(json.load(f)['key'])
"
python3 - <<'EOF'
import re
text = "it's $HOME `date` $(x)"
print(re.sub(r"\s+", " ", text))
EOF
python3 <<EOF
print("$HOME", "${USER:-nobody}", "$(date +%s)")
EOF
cat > src/app.py <<'EOF'
def main():
    # It's a test.
    print(f"{1 + 1}" if True else 'x')
EOF
cat <<EOF > config.yml
name: ${NAME:-default}
path: \$HOME/bin
date: $(date)
EOF
cat <<-EOF
	indented
	EOF
cat <<A; cat <<'B'
one
A
two's
B
tee -a log.txt <<< "$(date): done" > /dev/null
pytest -x -q tests/test_a.py::TestA::test_b[param-1] 2>&1 | tail -20
python -m pytest -k "not slow and (a or b)" --tb=short
python -m venv .venv && . .venv/bin/activate && pip install -r requirements.txt
pip install 'requests>=2.0,<3' "flask[async]"
uv run ruff check --fix . && uv run mypy --strict src
cargo build --release 2>&1 | grep -E "^(warning|error)" | head
cargo test -- --nocapture some::path
go test ./... -run 'TestA|TestB' -count=1
make -j"$(nproc)" all CFLAGS="-O2 -Wall" || exit 1
make test V=1 2>&1 | tee build.log; exit ${PIPESTATUS[0]}
cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build --parallel 4
docker build -t app:latest --build-arg VERSION=$(git describe --tags) .
docker run --rm -it -v "$PWD":/app -w /app -e A=1 image sh -c 'npm ci && npm test'
docker ps --format '{{.Names}}\t{{.Status}}' | column -t
docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' app
docker compose -f docker-compose.yml up -d --build && docker compose logs -f --tail=50 web
kubectl get pods -n prod -o jsonpath='{.items[*].metadata.name}'
kubectl exec -it "$(kubectl get pod -l app=web -o name | head -1)" -- sh
helm upgrade --install app ./chart --set image.tag="${GITHUB_SHA::7}" --wait
terraform plan -out=plan.tfplan -var="region=eu-west-1" | tee plan.txt
aws s3 cp s3://bucket/key - | gunzip -c | head -c 100
aws ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,State.Name]' --output text
ssh -o StrictHostKeyChecking=no user@host "cd /srv && git pull && echo \"done: \$(date)\""
ssh host 'for i in 1 2 3; do echo $i; done'
rsync -avz --delete --exclude='node_modules' ./ user@host:/srv/app/
tar -czf - src | ssh host 'tar -xzf - -C /srv'
tar xf archive.tar.gz --strip-components=1 -C /tmp/x
for f in *.txt; do mv "$f" "${f%.txt}.md"; done
for i in $(seq 1 10); do echo "$i"; sleep 1; done
for i in {1..5}; do curl -s localhost:3000 && break || sleep 2; done
for ((i = 0; i < 10; i++)); do echo "$i"; done
for d in */; do (cd "$d" && [ -f package.json ] && npm test); done
for x in a b c
do
  echo "$x" # note
done
while read -r line; do echo "> $line"; done < file.txt
while IFS=, read -r a b _; do printf '%s %s\n' "$a" "$b"; done < <(tail -n +2 data.csv)
while ! nc -z localhost 5432; do sleep 0.1; done
until curl -sf http://localhost:8080/health > /dev/null; do sleep 1; done
while true; do date; sleep 5; done &
if [ -f .env ]; then set -a; . ./.env; set +a; fi
if [[ "$BRANCH" =~ ^(main|release/.*)$ ]]; then echo deploy; else echo skip; fi
if [[ -n "${CI:-}" && "$OSTYPE" == linux* ]]; then echo ci; fi
if ! command -v jq >/dev/null 2>&1; then echo "jq missing" >&2; exit 1; fi
if (( $(wc -l < file) > 100 )); then echo long; fi
if grep -q foo file; then echo yes; elif grep -q bar file; then echo maybe; else echo no; fi
[ "$a" = "b" ] && echo yes || echo no
[[ $x == *.tar.gz || $x == *.tgz ]] && tar xzf "$x"
[[ $line =~ ^[[:space:]]*([a-z]+)[[:space:]]*=[[:space:]]*(.*)$ ]] && echo "${BASH_REMATCH[1]}"
[[ "$v" =~ ^v?([0-9]+)\.([0-9]+)\.([0-9]+)(-.*)?$ ]] || exit 1
[[ ! -d "$dir" ]] && mkdir -p "$dir"
test -d node_modules || npm ci
case "$1" in
  start|restart) echo starting ;;
  -h | --help)
    echo "usage: $0 [start|stop]"
    ;;
  *) exit 2 ;;
esac
case $(uname -s) in Linux*) os=linux;; Darwin*) os=mac;; *) os="unknown";; esac
case "$f" in *.jpg|*.png) echo image;; *.[ch]) echo code;; esac; true
foo() { local x="$1"; echo "${x^^}"; }; foo bar
function die { echo "error: $*" >&2; exit 1; }
cleanup() {
  rm -rf "$tmp"
}
trap cleanup EXIT INT TERM
trap 'echo "line $LINENO"; exit 1' ERR
set -euo pipefail
set -- "$@" --flag; shift; echo "$#" "${!#}"
export PATH="$HOME/.local/bin:$PATH" FOO='bar baz'
export A=1 B="$(pwd)/x"
declare -A map=([a]=1 [b]="two words"); echo "${map[a]}" "${!map[@]}"
declare -a list=(one "two three" $(seq 3)); echo "${#list[@]}" "${list[@]:1:2}" "${list[-1]}"
arr=(
  a  # first
  b
)
arr+=("c d"); arr[5]=x; unset 'arr[0]'; arr[i+1]=y; arr[$i]=z
local_var=${1:-default}; echo ${local_var##*/} ${local_var%.*} ${local_var//\//_}
readonly VERSION=1.2.3
x=$((x + 1)); ((y++)); ((z += 2)) || true; let w=1+2
echo $((16#ff)) $(( (1 << 4) | 3 )) $(( x > 1 ? 2 : 3 ))
echo "$(( $(date +%s) - $(stat -c '%Y' "$file") ))"
echo "${arr[*]/#/-}" "${x:+--flag}" "${y:?must be set}" "${z,,}" "${p@Q}"
echo "${JSON:-{\}}" "${A:-${B:-c}}" "${PATH//:/$'\n'}"
echo "a \"quoted\" word" 'single' $'tab\there' "back\\slash" it\'s
echo 'it'"'"'s' "it's" "\$HOME" "\`date\`" '`date`' "$(echo "nested $(echo "deep")")"
echo "Total: $(ls | wc -l) files" # a comment with 'quotes' and `ticks`
echo hello > out.txt 2>&1; echo x >> out.txt; echo y 1>&2
echo -e "a\nb" | while read x; do echo "[$x]"; done
echo {a,b}{1..3} ~/x ~user *.{js,ts} [a-z]* file?.txt
echo "done" && { echo a; echo b; } | cat
echo a \
  b \
  c
printf '%s\n' "${files[@]}" | sort -u > list.txt
printf "\033[32m%s\033[0m\n" ok
cmd 2>/dev/null | tee >(grep err > errors.log) | head
diff <(sort a.txt) <(sort b.txt)
diff -u <(git show HEAD:a) a || :
exec 3< file; read -u 3 line; exec 3<&-
exec > >(tee -a log) 2>&1
{ echo a; echo b >&2; } > out.log 2> err.log
( cd sub && make ) && ( exit 0 )
(sleep 5; kill $$) & wait $!
nohup ./server > server.log 2>&1 & echo $! > server.pid
kill -9 $(lsof -t -i:3000) 2>/dev/null || true
kill "$(cat server.pid)" && wait
timeout 30 ./run.sh --flag=value || echo "timed out: $?"
time make -s
time -p ls
! grep -q secret file
sudo apt-get update -qq && sudo apt-get install -y --no-install-recommends curl ca-certificates
sudo tee /etc/apt/sources.list.d/x.list <<< "deb [signed-by=/usr/share/keyrings/x.gpg] https://example.com stable main"
sudo sh -c 'echo 1 > /proc/sys/vm/drop_caches'
env -i PATH="$PATH" bash --noprofile -c 'echo "$0" "$@"' x y
bash -c "$(curl -fsSL https://example.com/install.sh)"
bash -lc 'source ~/.nvm/nvm.sh && nvm use 20'
eval "$(ssh-agent -s)" && ssh-add ~/.ssh/id_ed25519
eval "$cmd" && source ./env.sh
xargs -n1 -P4 -I{} sh -c 'echo "$1"' _ {} < list.txt
xargs -0 rm -f < <(find . -name '*.tmp' -print0)
wc -l < file; cat file1 - file2 <<< middle
ps aux | grep '[n]ode' | awk '{print $2}' | xargs -r kill
df -h | awk 'NR==1 || /\/$/'
du -sh */ 2>/dev/null | sort -h | tail -5
lsof -i :8080 | tail -n +2
tail -f /var/log/syslog | grep --line-buffered -i error
head -c 32 /dev/urandom | base64 | tr -d '\n=+/' | cut -c1-20
openssl rand -hex 16 | tee secret.txt >/dev/null
perl -pe 's/(\w+)\s+\$1/$2/g; s{a/b}{c}' file
perl -0777 -ne 'print "$1\n" while /<a href="([^"]+)"/g' index.html
ruby -e 'puts [1,2,3].map { |x| x * 2 }.inspect'
psql "$DATABASE_URL" -c "SELECT count(*) FROM users WHERE name = 'x' AND id > 10;"
psql -v ON_ERROR_STOP=1 <<-EOSQL
	CREATE USER docker;
	GRANT ALL ON DATABASE db TO docker;
EOSQL
sqlite3 db.sqlite "select * from t where a like '%x%'" ".mode csv"
mysql -u root -p"$PASS" -e 'SHOW DATABASES;'
mkdir -p a/b/{c,d} && touch a/b/{c,d}/file.txt && cp -r a b
ln -sf ../x y; chmod 755 script.sh; chown -R "$(id -u):$(id -g)" .
mv file{,.bak}; cp config.{example,local}.json
rm -rf build dist *.egg-info && rm -f "$tmp"/*.log
echo "name=value" >> "$GITHUB_OUTPUT"; echo "key=${value}" >> $GITHUB_ENV
echo "::set-output name=tag::${GITHUB_REF#refs/tags/}"
echo "| a | b |" >> "$GITHUB_STEP_SUMMARY"; echo '<details>' >> "$GITHUB_STEP_SUMMARY"
gh pr create --title "Fix (again)" --body "$(cat <<'EOF'
## Summary
- don't break `code`
- [x] done; "quoted" & (parenthesised)
EOF
)"
gh api repos/{owner}/{repo}/pulls --jq '.[].number'
gh run list --limit 5 --json status,name -q '.[] | "\(.status) \(.name)"'
VERSION=$(grep -oP '(?<=version = ")[^"]+' pyproject.toml); echo "v$VERSION"
VAR=`git rev-parse HEAD`; echo "${VAR:0:7}"
DIR="$( cd "$( dirname "${BASH_SOURCE[0]}" )" >/dev/null 2>&1 && pwd )"
IFS=$'\n' read -r -d '' -a lines < <(ls && printf '\0')
read -r -p "Continue? [y/N] " answer; [[ "$answer" =~ ^[Yy]$ ]]
select x in a b; do echo "$x"; break; done <<< 1
coproc nc -l 1234
shopt -s nullglob globstar; for f in **/*.py; do wc -l "$f"; done
watch -n 1 'ps aux | head -5'
crontab -l | { cat; echo "0 5 * * * /x.sh"; } | crontab -
base64 -d <<< "$ENCODED" > key.json
convert in.png -resize 50% \( +clone -blur 0x5 \) -composite out.png
ffmpeg -i in.mp4 -vf "scale=-1:720,fps=30" -c:v libx264 out.mp4 -y 2>&1 | tail -1
tmux new-session -d -s dev 'npm run dev' \; split-window -h
comm -23 <(sort a) <(sort b) | sed 's/^/- /'
seq 1 3 | xargs -I % echo "number %"
paste -sd+ numbers | bc
column -t -s $'\t' <<< "$table"
date -d '1 day ago' +%F; date +"%Y-%m-%dT%H:%M:%SZ"
test "$(id -u)" -eq 0 || { echo "run as root"; exit 1; }
[ $# -ge 1 ] || { echo "usage: $0 <file>" >&2; exit 64; }
: "${FOO:=default}" && echo "$FOO"
: > empty.log
true && (false || true) && echo "#not a comment" # a comment
ls *.md | sed 's/\.md$//' | while read -r n; do echo "- [$n]($n.md)"; done
echo "$x" | tr '[:upper:]' '[:lower:]' | sed -E 's/[^a-z0-9]+/-/g; s/^-|-$//g'
cat file.txt | grep -v '^#' | cut -d'=' -f2- | tr -d '"'
cat package.json | python3 -c "import json,sys; print(json.load(sys.stdin)['version'])"
"""


def ordinary_commands():
    """The list above, cut where bash finds a complete command (a text of several lines stays whole)."""
    commands, waiting = [], ""
    for line in ORDINARY.strip("\n").split("\n"):
        waiting += line + "\n"
        if "<<" in waiting and "<<<" not in waiting:
            complete = bash_complete(waiting)
        else:
            complete = bash_accepts(waiting)
        if complete and not line.endswith("\\"):
            commands.append(waiting.rstrip("\n"))
            waiting = ""
    assert not waiting
    return commands


def bash_complete(text):
    done = subprocess.run([BASH, "-n"], input=text.encode(), capture_output=True, check=False)
    return done.returncode == 0 and b"here-document" not in done.stderr


def test_no_ordinary_command_is_refused():
    commands = ordinary_commands()
    assert len(commands) >= 180
    assert {command: refusal(command) for command in commands if refusal(command)} == {}


def test_generated_commands_that_bash_accepts_are_read():
    accepted, refused = 0, []
    for text in selftest.generate(31, 150):
        if bash_accepts(text):
            accepted += 1
            if refusal(text):
                refused.append((refusal(text), text))
    assert accepted > 100
    # $(( around commands instead of a sum is refused where quotes or comments hold parentheses.
    assert len(refused) <= 0.02 * accepted, refused[:3]


# What the reader may say of a text that `bash -n` accepts; each is an entry of its docstring.
ON_PURPOSE = ("broken by a line continuation", "made by a line continuation", "shells read differently", "that zsh",
              "zsh expansion flags", "${ command; }", "bad substitution",
              "that -eq or -v would run", "that bash expands again", "too many (( that are")
# These bash parses only when it runs them, or (in [[) complains about and exits 0.
PARSED_LATE = ("<<", "`", "((", "${", "[[")


def on_purpose(what, text):
    return any(phrase in what for phrase in ON_PURPOSE) or any(mark in text for mark in PARSED_LATE)


def test_mutated_commands_never_surprise():
    """Characters are added, doubled or lost: bash -n and the reader may disagree only in the direction that asks."""
    chance = random.Random(77)
    commands = ordinary_commands()
    compared = refused = 0
    for _ in range(400):
        text = chance.choice(commands)
        place = chance.randrange(len(text) + 1)
        text = chance.choice((text[:place] + text[place + 1:], text[:place] + chance.choice("'\"`$(){}[];&|<>\\#\n ") + text[place:],
                              text[:place] + chance.choice(("$(", "${", "<<E\n", "\\\n", "((", "[[ ", "case ", "`")) + text[place:]))
        what = refusal(text)
        if bash_accepts(text):
            compared += 1
            if what is not None:
                refused += 1
                assert on_purpose(what, text), (what, text)
    assert compared > 150
    assert refused <= 0.06 * compared, (refused, compared)


# ---- bashlex -----------------------------------------------------------------------------------------------------------

# Where bashlex finds a command word that the reader does not list: why the reader is right, and how to tell.
BASHLEX_IS_WRONG = {
    "it reads (( as two subshells": lambda text, word: re.search(r"\(\( ?" + re.escape(word) + r"\b", text),
    "it reads a here-document inside a group as commands": lambda text, word: re.search(r"<<.*\n(.*\n)*" + re.escape(word) + r"\n", text),
    "it does not see a comment right behind an operator": lambda text, word: f"# {word}" in text,
    "it ends a subscript at the first blank": lambda text, word: word == "a[1" and "a[1 + 1]" in text,
    "it does not know {name} before a redirection": lambda text, word: word == "{fd}",
    "it expands single quotes when the word goes on": lambda text, word: re.search(r"'[`$(]*" + re.escape(word), text),
    "it takes an arithmetic operand for a command": lambda text, word: word == "x" and "(( x " in text,
}


def test_bashlex_finds_no_command_that_the_reader_lacks():
    import bashlex  # noqa: F401  # without it nothing would be compared
    # bashlex never comes back from a $'..' before an open ${..; such texts would only cost the time limit.
    texts = [text for text in (*EVASIONS, *selftest.generate(41, 200)) if not ("${" in text and "$'" in text)]
    answers = selftest.bashlex_words(texts)
    assert len(answers) == len(texts)
    compared, unexplained, seen = 0, [], set()
    for text, found in zip(texts, answers, strict=True):
        if found is None or refusal(text):
            continue
        compared += 1
        listed, _ = selftest.command_words(read(text))
        for word in set(found) - listed:
            reasons = {reason for reason, applies in BASHLEX_IS_WRONG.items() if applies(text, word)}
            seen |= reasons
            if not reasons:
                unexplained.append((text, word))
    assert compared > 300
    assert unexplained == []
    assert len(seen) >= 5


# ---- any text at all ---------------------------------------------------------------------------------------------------

PIECES = st.sampled_from([
    *"'\"`$(){}[]\\\n ;&|<>#=!a1\t\0\ré\ud800", "$(", "${", "$((", "((", "))", "<<E\n", "\nE\n", "<<-'E'\n",
    "[[ ", " ]]", "=~ ",
    "case a in ", "a) ", ";;", "esac", "if ", "then ", "fi", "for i in ", "do ", "done", "f() ",
    "function ", "coproc ", "time ", "a=(", "a[", "${x:-",
    "\"${x:-", "$'", "$\"", "\\\n", "@(", "<(", "{fd}>", "2>&1",
])


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)))
@example("")
@example("\ud800")
def test_any_text_is_read_or_refused_and_quickly(text):
    before = time.process_time()
    try:
        root = read(text)
    except tree.Unreadable as unreadable:
        assert unreadable.what and 0 <= unreadable.position <= len(text)
    else:
        assert isinstance(root, tree.Sequence) and (root.start, root.end) == (0, len(text))
    assert time.process_time() - before < 0.2


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_what_is_read_stays_the_same_with_a_comment_behind(text):
    if text.endswith("\\"):
        return  # it would take the newline with it
    try:
        words, _ = selftest.command_words(read(text))
    except tree.Unreadable:
        return
    try:
        more, _ = selftest.command_words(read(text + "\n# it's (a) `comment"))
    except tree.Unreadable:
        return  # the comment became part of an open here-document
    assert words <= more
