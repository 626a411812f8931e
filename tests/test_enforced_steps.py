"""Programs, steps in git, tables, hosts, installations and deployments that a person has ruled out, each beside what comes close."""

import pytest
from enforced import call, codes, project_at, stated

CASES = {
    "npm publish": ("CON002", ["run"], [("command", "npm publish")], "Never run npm publish.", [
        "npm publish", "cd pkg && npm publish --tag next", "bash -c 'npm publish'", "npx npm publish", "sudo npm publish", "npm --silent publish", "npm run build && npm publish", "echo $(npm publish)",
        "if true; then npm publish; fi", "eval 'npm publish'", "timeout 60 npm publish", "f() { npm publish; }; f", "npm publish ./pkg", "env NPM_TOKEN=x npm publish", "python3 -c \"import os; os.system('npm publish')\"",
        "find . -name pkg -exec npm publish {} \\;", "nohup npm publish &", "cat > r.sh <<'E'\nnpm publish\nE\nbash r.sh",
    ], ["npm publish --help", "npm publish --dry-run", "yarn publish", "echo npm publish", "npm run publish-docs", "npm test", "grep 'npm publish' README.md", "git commit -m 'npm publish'", "npm pack", "npm run publish:check",
        "cat <<'E' > notes.md\nnpm publish\nE", "npm view publish", "pnpm build"]),
    "a script": ("CON002", ["run"], [("path", "scripts/deploy.sh")], "Do not run scripts/deploy.sh", [
        "bash scripts/deploy.sh", "./scripts/deploy.sh", "sh ./scripts/deploy.sh prod", "source scripts/deploy.sh", "scripts/deploy.sh", "cd scripts && ./deploy.sh", "sudo bash scripts/deploy.sh",
    ], ["cat scripts/deploy.sh", "bash scripts/build.sh", "chmod +x scripts/deploy.sh", "shellcheck scripts/deploy.sh", "grep x scripts/deploy.sh", "git add scripts/deploy.sh", "bash scripts/deploy.sh --help"]),
    "make deploy": ("CON002", ["run"], [("command", "make deploy")], "Don't run `make deploy`", ["make deploy", "make -C sub deploy", "make -j4 build deploy", "make deploy ENV=x"], ["make", "make test", "make deploy-docs", "make -n build"]),
    "the migrations": ("CON002", ["run"], [("area", "the migrations")], "Don't run the migrations.", [
        "alembic upgrade head", "python manage.py migrate", "rails db:migrate", "npx prisma migrate deploy", "npm run migrate", "make migrate", "flask db upgrade", "php artisan migrate", "knex migrate:latest", "bundle exec rake db:migrate",
    ], ["alembic history", "python manage.py makemigrations", "python manage.py runserver", "npm test", "ls migrations", "cat migrations/1.sql", "rails server"]),
    "only make test": ("CON002", ["run"], [("command", "make test")], "Run tests only with make test.", ["pytest", "python -m pytest", "npm test", "go test ./...", "npx jest", "yarn run test", "cargo test", "uv run pytest"],
                       ["make test", "ls", "python a.py", "make build", "git status", "make -C sub test", "npm run build", "cargo build", "go build"]),
    "only pnpm": ("CON002", ["run"], [("command", "pnpm")], "Only use pnpm.", ["npm install", "yarn add x", "bun install"], ["pnpm install", "node a.js", "ls", "make", "git pull"]),
    "push to main": ("CON002", ["push"], [("branch", "main")], "Do not push to main.", [
        "git push origin main", "git push origin HEAD:main", "git push -u origin main", "git push origin x:main", "git push --all", "git checkout main && git push", "git push origin +main", "git push origin :main",
        "git push --delete origin main", "git -C . push origin main", "git switch main && git push origin HEAD", "git push origin refs/heads/main", "git push --mirror", "bash -c 'git push origin main'", "git push origin feature/x main",
    ], ["git push origin feature/x", "git push", "git push origin HEAD", "git push origin feature/main-fix", "git checkout -b y && git push -u origin y", "git push origin HEAD:feature/main", "git push --tags", "git push origin main --dry-run",
        "git commit -m 'push to main'", "git log origin/main", "git fetch origin main", "git pull origin main", "git diff main", "git merge main", "git push origin main2", "git push origin v1.0", "git rebase main"]),
    "no push": ("CON002", ["push"], [], "Don't push anything.", ["git push", "git push origin x", "git push --tags", "git push -f", "hg push", "git subtree push --prefix x origin y"], ["git status", "git commit -m x", "git pull", "git push --dry-run", "git stash push", "docker images"]),
    "force push": ("CON002", ["push"], [], "Never force-push.", ["git push -f", "git push --force", "git push --force-with-lease", "git push origin +x"], ["git push", "git push origin x", "git push -u origin x"]),
    "force push named": ("CON002", ["push", "run"], [("command", "git push --force")], "Never run git push --force", ["git push --force origin x", "git push -f"], ["git push origin x", "git push"]),
    "no commit": ("CON002", ["commit"], [], "Do not commit.", ["git commit -m x", "git commit -am x", "git cherry-pick abc", "git -c a=b commit -m x", "git commit --amend", "git revert HEAD", "cd src && git commit -m x"],
                  ["git status", "git add .", "git log", "git commit --dry-run", "git stash", "git cherry-pick -n abc", "git diff", "git commit --help"]),
    "commit on main": ("CON002", ["commit"], [("branch", "main")], "Don't commit to main directly", ["git checkout main && git commit -m x", "git switch main && git commit -am x"], ["git commit -m x", "git checkout -b y && git commit -m x", "git commit -m main"]),
    "a file not to commit": ("CON002", ["commit"], [("path", ".env")], "Don't commit .env", ["git add -f .env", "git add .env", "git commit .env -m x"], ["git add src", "git commit -m x", "git add .", "cat .env", "git add .env.example", "git status"]),
    "rebase": ("CON002", ["rebase"], [], "Don't rebase.", ["git rebase main", "git pull --rebase", "git rebase -i HEAD~2"], ["git pull", "git rebase --abort", "git merge x", "git log --grep rebase"]),
    "merge into main": ("CON002", ["merge"], [("branch", "main")], "Do not merge into main.", ["git checkout main && git merge x", "gh pr merge 5", "git switch main; git merge --no-ff feature/x"], ["git merge main", "git merge --abort", "gh pr view 5", "git merge-base main x", "gh pr create"]),
    "merge a branch": ("CON002", ["merge"], [("branch", "legacy")], "Don't merge legacy.", ["git merge legacy", "git merge origin/legacy"], ["git merge main", "git log legacy", "git checkout legacy"]),
    "users": ("CON003", ["ddl", "dml"], [("table", "users")], "Do not touch the users table.", [
        "psql -c 'DROP TABLE users'", "psql -c \"delete from public.users where id=1\"", "echo 'alter table users add x int' | psql", "mysql -e 'UPDATE `users` SET a=1 WHERE id=2'", "sqlite3 data/app.db 'insert into users values (1)'",
        "psql <<E\nTRUNCATE users;\nE", "cat > a.sql <<'E'\ndrop table users;\nE\npsql -f a.sql", "psql -f drop.sql", "psql < drop.sql", "cat drop.sql | psql", "mysql app < drop.sql",
        "python3 -c \"import sqlite3; c=sqlite3.connect('a.db'); c.execute('DELETE FROM users')\"", "mongosh --eval 'db.users.deleteMany({})'", "psql -c 'drop table if exists \"public\".\"users\" cascade'",
        "psql -c 'create index i on users(id)'", "psql -c 'with x as (select 1) update users set a=1 where id=3'", "docker exec db psql -U app -c 'drop table users'", "psql -c 'select 1; drop table orders, users'",
        "psql -c 'COPY users FROM stdin' < notes.md", "duckdb a.db 'alter table users rename to u'", "psql -c 'INSERT INTO users(id) SELECT 1'", "psql -c 'MERGE INTO users u USING x ON true WHEN MATCHED THEN DELETE'",
        "psql -qtAc 'truncate table only users'", "clickhouse-client --query 'ALTER TABLE users DELETE WHERE 1'", "bash -c \"psql -c 'drop table users'\"", "psql -c 'REPLACE INTO users VALUES (1)'",
        "psql -c 'create trigger t before insert on users execute function f()'", "sqlite3 data/app.db < drop.sql", "sqlite3 data/app.db <<E\nDELETE FROM users;\nE", "bq query 'DELETE FROM ds.users WHERE true'",
    ], ["psql -c 'SELECT * FROM users'", "psql -c 'DROP TABLE users_old'", "psql -c \"insert into logs values ('drop table users')\"", "psql -c 'select 1 -- drop table users'", "psql -c 'insert into a select * from users'",
        "psql -c 'create table orders (user_id int references users(id))'", "grep -r 'DROP TABLE users' db", "echo 'drop table users' > notes.md", "pg_dump -t users app", "psql -f seed.sql", "psql -c '/* drop table users */ select 1'",
        "psql -c 'update user_settings set a=1 where id=2'", "psql -c 'explain delete from users'", "cat drop.sql", "psql -c 'delete from other.users_archive where id=1'", "mongosh --eval 'db.users.find()'", "git commit -m 'drop table users'",
        "psql -c 'drop index users_idx'", "psql -c 'create view v as select * from users'", "sqlite3 data/app.db '.schema users'", "psql -c '\\d users'", "python3 -c \"print('users')\""]),
    "a table with its schema": ("CON003", ["ddl", "dml"], [("table", "billing.invoices")], "Don't change billing.invoices", ["psql -c 'update billing.invoices set a=1 where id=1'", "psql -c 'drop table invoices'"],
                                ["psql -c 'update archive.invoices set a=1 where id=1'", "psql -c 'select * from billing.invoices'"]),
    "write a table": ("CON003", ["write"], [("table", "orders")], "Leave the orders table as it is", ["psql -c 'delete from orders where id=1'", "psql -c 'alter table orders add x int'"], ["psql -c 'select * from orders'", "echo x > src/orders.py", "rm notes.md"]),
    "no DDL on prod": ("CON003", ["ddl"], [("database", "prod")], "No DDL against prod.", [
        "psql -h prod-db -c 'alter table a add b int'", "psql postgres://u@db.prod.internal/app -c 'create table x(i int)'", "psql -d prod -c 'drop table x'", "PGDATABASE=prod psql -c 'drop table x'",
        "psql \"$PROD_DATABASE_URL\" -c 'drop index a'", "RAILS_ENV=production rails db:migrate", "mysql -h prod.example.com app -e 'ALTER TABLE a ADD b int'", "psql prod -c 'create table x(i int)'",
    ], ["psql -h localhost -c 'create table x(i int)'", "psql -d prod -c 'select 1'", "psql -d product -c 'create table x(i int)'", "psql -d prod -c 'insert into a values (1)'", "rails db:migrate", "psql -h staging-db -c 'alter table a add b int'",
        "echo 'alter table a' > prod.sql"]),
    "no DDL": ("CON003", ["ddl"], [], "No schema changes.", ["psql -c 'alter table a add b int'", "alembic upgrade head", "mysql -e 'create table x (i int)'", "python manage.py migrate"], ["psql -c 'select 1'", "psql -c 'insert into a values (1)'", "alembic history", "npm test"]),
    "a host": ("CON004", ["connect"], [("host", "api.example.com")], "Do not contact api.example.com", [
        "curl https://api.example.com/v1", "wget -q http://api.example.com", "ssh deploy@api.example.com ls", "psql -h api.example.com", "python3 -c \"import requests; requests.get('https://api.example.com/x')\"", "scp a api.example.com:/x",
        "git clone https://api.example.com/a.git", "curl -s https://v2.api.example.com/", "git push git@api.example.com:a/b.git x", "node -e \"fetch('https://api.example.com/x')\"", "nc api.example.com 443",
    ], ["curl https://docs.example.com", "grep api.example.com src -r", "echo https://api.example.com", "curl https://api.example.com.evil.org", "curl http://localhost:3000/api.example.com", "git commit -m api.example.com", "curl https://example.com"]),
    "the production server": ("CON004", ["connect"], [("host", "the production server")], "Do not connect to the production server", ["ssh prod-1.example.com", "psql -h db.production.internal"], ["ssh staging.example.com", "curl https://example.com/product", "ssh localhost"]),
    "the network": ("CON004", ["connect"], [("area", "the internet")], "Do not access the internet.", ["curl https://example.com", "wget http://example.com/a", "git clone https://example.com/a.git"], ["curl http://localhost:8080", "ls", "git status"]),
    "new dependencies": ("CON005", ["install"], [("area", "dependencies")], "No new dependencies.", [
        "npm install left-pad", "yarn add x", "pnpm add -D x", "pip install requests", "uv add x", "poetry add x", "cargo add serde", "go get example.com/x", "python -m pip install x", "uv pip install x", "gem install x", "bun add x", "npm i x@1",
        "cd web && npm install --save-dev jest", "bundle add rails", "composer require a/b", "pip install 'x>=1'", "pdm add x", "sudo pip3 install x", "dotnet add package X",
    ], ["npm ci", "npm install", "pip install -r requirements.txt", "pip install -e .", "pip install .", "npm run build", "yarn", "yarn install", "uv sync", "cargo build", "go build ./...", "pip install --help", "poetry install", "brew install jq",
        "pip list", "npm ls x", "npm outdated", "pip show x", "bundle install", "pip install -e '.[dev]'", "go mod download", "cargo test", "pip freeze", "apt-get install -y jq", "pip download x", "npm uninstall x"]),
    "a package": ("CON005", ["install"], [("package", "lodash")], "Don't install lodash", ["npm install lodash", "yarn add lodash@4", "pnpm add axios lodash"], ["npm install lodash-es", "npm install axios", "npm ci"]),
    "a version": ("CON005", ["install"], [("package", "react")], "Do not upgrade react", ["npm install react@19", "npm update react", "yarn upgrade react"], ["npm install react-dom", "npm run react", "npm ls react"]),
    "deploy": ("CON005", ["deploy"], [], "Do not deploy.", [
        "kubectl apply -f x", "terraform apply", "helm upgrade a b", "vercel --prod", "npm run deploy", "./deploy.sh", "git push heroku main", "make deploy", "fly deploy", "gcloud run deploy x", "aws s3 sync a s3://b", "bash scripts/deploy-prod.sh",
        "netlify deploy --prod", "kubectl rollout restart deployment/x", "serverless deploy", "ansible-playbook site.yml", "docker stack deploy -c a x",
    ], ["kubectl get pods", "terraform plan", "helm list", "npm run build", "kubectl apply --dry-run=client -f x", "cat deploy.sh", "kubectl rollout status x", "kubectl logs x", "terraform validate", "git push origin x", "grep deploy Makefile", "vercel ls",
        "docker build .", "kubectl describe pod x", "echo deploy"]),
    "deploy to production": ("CON005", ["deploy"], [("area", "production")], "Don't deploy to production.", ["vercel --prod", "kubectl apply -f k8s/prod", "make deploy ENV=production", "npm run deploy"],
                             ["vercel", "kubectl apply -f k8s/staging", "make deploy ENV=staging", "terraform plan"]),
}


# (what, the Item for a project, what is stopped, what comes close)
MORE = [
    ("push main", lambda root: stated(root, "Never push to the main branch.",["push"],[("branch","main")]),
 ["git push origin feature/x:main","git push origin HEAD:refs/heads/main","git push --force-with-lease origin main","git push origin 'main'","B=main; git push origin $B","git push https://github.com/a/b.git main","git checkout main; git merge feature/x; git push origin HEAD","git push -u origin HEAD:main","for b in main dev; do git push origin $b; done","git push --no-verify origin main","git push origin main --tags","sh -c 'git push origin main'","git push upstream main:main","git push origin main","git push origin x && git push origin main"],
 ["git push origin maintenance","git push origin main-backup","git push origin feature/main","git push origin main:feature/x","git fetch origin main:main","git push origin v1.2.0","git push origin refs/tags/main","git branch -D main","git rev-parse main","echo git push origin main","git remote show origin","git log --oneline main..HEAD","git push origin HEAD","git push origin @","git stash push -m main","git push --set-upstream origin feature/x","git checkout -b release && git push origin release","git diff origin/main...HEAD","gh pr create --base main"]),
    ("no npm", lambda root: stated(root, "Use pnpm, not npm.",["run"],[("command","npm")]),["npm install","npm run build","npm test","cd web && npm ci"],["pnpm install","pnpm run build","cat npm-debug.log","grep npm README.md","echo npm","npm --version","ls node_modules/npm"]),
    ("sudo", lambda root: stated(root, "Never use sudo.",["run"],[("command","sudo")]),["sudo ls","sudo -E make install","echo x | sudo tee y"],["echo sudo","grep sudo README.md","ls"]),
    ("tf", lambda root: stated(root, "Do not run terraform apply or terraform destroy.",["run"],[("command","terraform apply"),("command","terraform destroy")]),["terraform apply","terraform -chdir=infra apply -auto-approve","terraform destroy","cd infra && terraform apply plan.out"],["terraform plan","terraform init","terraform validate","terraform output","terraform plan -destroy","terraform state list"]),
    ("docker", lambda root: stated(root, "Don't use docker compose down",["run"],[("command","docker compose down")]),["docker compose down","docker compose -f a.yml down -v","docker-compose down"],["docker compose up -d","docker compose ps","docker ps"]),
    ("rm -rf", lambda root: stated(root, "Never use rm -rf.",["run"],[("command","rm -rf")]),["rm -rf build","rm -fr build","rm -r -f build","rm -rf x","find . -name x -exec rm -rf {} +"],["rm a.txt","rm -r build","rm -f a","echo rm -rf","git rm -r x"]),
    ("tests area run", lambda root: stated(root, "Don't run the test suite.",["run"],[("area","the test suite")]),["pytest","npm test","make test" ,"python -m unittest","go test ./..."],["ls tests","npm run build","python app.py"]),
    ("git stash", lambda root: stated(root, "Don't use git stash.",["run"],[("command","git stash")]),["git stash","git stash pop","git -C . stash"],["git status","git add stash"]),
    ("orders", lambda root: stated(root, "Don't run any DELETE or UPDATE against orders.",["dml"],[("table","orders")]),["psql -c 'delete from orders where id=1'","psql -c 'UPDATE orders SET a=1 WHERE id=2'","psql -d app -c 'begin; delete from orders; commit'","psql <<'E'\nBEGIN;\nUPDATE orders SET x = 1 WHERE id = 1;\nCOMMIT;\nE","echo \"DELETE FROM orders WHERE id=1;\" | mysql app","sqlite3 data/app.db \"update orders set a=1 where id=1\"","docker compose exec db psql -U postgres -c 'delete from orders where true and id=2'","kubectl exec db-0 -- psql -c 'delete from orders where id=3'","python3 -c \"cur.execute('UPDATE orders SET a=1 WHERE id=1')\"","node -e \"db.query('DELETE FROM orders WHERE id=1')\"","PGPASSWORD=x psql -h h -U u -d d -c \"UPDATE public.orders SET a=1 WHERE id=1\"","ssh db 'psql -c \"delete from orders where id=1\"'"],
 ["psql -c 'select * from orders'","psql -c 'delete from order_items where id=1'","psql -c 'update customers set orders=1 where id=2'","psql -c \"select 'delete from orders'\"","psql -c 'select count(*) from orders; -- update orders'","psql -c 'insert into audit select * from orders'","mysql -e 'show create table orders'","grep -rn 'UPDATE orders' src","psql -c '\\dt orders'","psql -c 'create index on orders (id)'"]),
    ("prod db", lambda root: stated(root, "Only read from the prod database.",["ddl","dml"],[("database","prod")]),["psql -h prod.db.internal -c 'insert into a values (1)'","psql service=prod -c 'drop table a'","mysql -h db-prod-1 -e 'update a set b=1 where id=1'","psql \"host=prod-db dbname=app\" -c 'delete from a where id=1'","psql prod <<'E'\ninsert into a values (1);\nE","psql -d prod -c 'truncate a'"],
 ["psql -h prod.db.internal -c 'select 1'","psql -h dev.db.internal -c 'insert into a values (1)'","psql -d products -c 'insert into a values (1)'","mysql -h localhost -e 'truncate a' --database dev"]),
    ("host", lambda root: stated(root, "Don't call the production API at https://api.acme.io.",["connect"],[("host","api.acme.io")]),["curl -X POST https://api.acme.io/v1/x -d a=1","http POST api.acme.io/x","python3 - <<'E'\nimport requests\nrequests.post('https://api.acme.io/x')\nE","curl --url https://api.acme.io","wget https://api.acme.io/a -O /tmp/a","H=api.acme.io; curl https://$H/x","ssh api.acme.io"],["curl https://staging.api-acme.io/","curl https://acme.io/","echo api.acme.io","git commit -m 'call api.acme.io'","curl https://example.com/?u=api.acme.io","sed -i s/api.acme.io/localhost/ src/app.py","ping -c1 localhost"]),
    ("deps", lambda root: stated(root, "Do not add any dependencies.",["install"],[("area","dependencies")]),["npm install --save express","npm i -D typescript","yarn add --dev jest","pip install flask==2.0","pip3 install -U requests","python3 -m pip install 'django<5'","poetry add --group dev black","uv add --dev pytest","uv pip install numpy","cargo add tokio --features full","go get github.com/x/y@latest","bundle add rspec","composer require --dev phpunit/phpunit","pnpm add react","npm install ../lib.tgz","conda install numpy","pipenv install requests","bun add zod","deno add jsr:@std/x","npm install git+https://github.com/a/b.git","pip install git+https://github.com/a/b"],
 ["npm ci --silent","npm ci","pip install -r requirements-dev.txt","pip check","pip install -e '.[test]'","pip install -r a.txt -r b.txt","poetry install --no-root","poetry lock --no-update","uv sync --all-extras","uv run pytest","npm run install-hooks","npm run add","yarn install --frozen-lockfile","bundle install --jobs 4","composer install","cargo install --path ." ,"cargo fetch","go mod tidy","go install ./...","apt-get install -y curl","pnpm install --frozen-lockfile","npm rebuild","npm prune","pip uninstall -y x","make install","docker build ."]),
    ("commit", lambda root: stated(root, "Please do not commit, I'll do it myself.",["commit"],[]),["git add -A && git commit -m 'x'","git commit --allow-empty -m x","git commit --amend --no-edit","git cherry-pick abc123","git revert --no-edit HEAD"],["git diff --cached","git add -A","git log -1","git show","git stash","ls","npm run commitlint"]),
    ("deploy", lambda root: stated(root, "Nothing may be deployed today.",["deploy"],[]),["kubectl apply -k overlays/prod","helm upgrade --install app ./chart","terraform apply -auto-approve","npx vercel --prod","npx netlify deploy","flyctl deploy","gcloud app deploy","aws ecs update-service --service x","cdk deploy","npx serverless deploy","firebase deploy","make deploy-prod","npm run deploy:prod","ansible-playbook deploy.yml","./scripts/deploy.sh staging","docker stack deploy -c a b","cap production deploy"],["kubectl get all","kubectl diff -f x","helm template .","terraform plan","cdk synth","cdk diff","npm run build","docker build .","vercel env ls","firebase emulators:start","gcloud app logs read","aws s3 ls","aws ecs describe-services","kubectl rollout history x","ls deploy","cat scripts/deploy.sh","vim deploy.yml","git log deploy","make deploy --dry-run","make -n deploy","grep -rn deploy ."]),
    ("only staging", lambda root: stated(root, "Only connect to staging.example.com.",["connect"],[("host","staging.example.com")],only=True),["curl https://prod.example.com"],["curl https://staging.example.com/x","curl localhost:3000","ls","git status"]),
    ("rebase", lambda root: stated(root, "Never rewrite history.",["write"],[("area","history")]),["git rebase -i HEAD~3","git commit --amend","git push --force","git filter-branch x","git reset --soft HEAD~2"],["git commit -m x","git push","git log","git reset","git merge x","history | tail","git reset HEAD src/app.py"]),
    ("read-only", lambda root: stated(root, "This is read-only: don't change anything.",["write"],[]),["echo x > a.py","git checkout -- .","sed -i s/a/b/ src/app.py","npm install x","black src","rm notes.md"],["ls","pytest","git diff","cat a","npm test","grep -r x .","git log > /tmp/x","python3 -c 'print(1)'","npm run build","make test","curl -s localhost"]),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return project_at(tmp_path_factory.mktemp("project"))


def cases(number):
    return [pytest.param(name, text, id=f"{name}: {text[:60]}") for name, case in CASES.items() for text in case[number]]


def item_of(root, name):
    code, forbids, targets, text, _, _ = CASES[name]
    return stated(root, text, forbids, targets, only=name.startswith("only "))


@pytest.mark.parametrize("name, text", cases(4))
def test_what_was_ruled_out_is_stopped(root, name, text):
    assert CASES[name][0] in codes(text, root, item_of(root, name))


@pytest.mark.parametrize("name, text", cases(5))
def test_what_comes_close_runs(root, name, text):
    assert codes(text, root, item_of(root, name)) == []


@pytest.mark.parametrize("item, text", [pytest.param(case[1], text, id=f"{case[0]}: {text[:60]}") for case in MORE for text in case[2]])
def test_what_was_ruled_out_in_other_words_is_stopped(root, item, text):
    assert codes(text, root, item(root))


@pytest.mark.parametrize("item, text", [pytest.param(case[1], text, id=f"{case[0]}: {text[:60]}") for case in MORE for text in case[3]])
def test_what_comes_close_to_other_words_runs(root, item, text):
    assert codes(text, root, item(root)) == []


def test_what_comes_close_to_one_is_not_stopped_by_all_of_them_but_for_its_own_reasons(root):
    """Twenty things stated at once: ordinary work goes on."""
    items = [item_of(root, name) | {"id": f"C{number}"} for number, name in enumerate(CASES) if not name.startswith(("only", "no ", "deploy", "the network", "new"))]
    for text in ("ls -la", "git status --short", "git diff", "npm test", "pytest -q", "echo x > src/app.py", "git add -A && git commit -m 'Fix the parser'", "cat README.md | head", "grep -rn TODO src", "make build",
                 "sed -i s/a/b/ src/app.py", "python3 -m pytest tests", "mkdir -p build && cp src/app.py build/", "curl -s https://docs.example.com/x", "git push origin feature/x", "psql -c 'select 1'", "rm -rf build"):
        assert codes(text, root, *items) == [], text


@pytest.mark.parametrize("name, given, item, stopped", [
    ("WebFetch", {"url": "https://api.example.com/x", "prompt": "p"}, "a host", True), ("WebFetch", {"url": "https://docs.example.com/api.example.com", "prompt": "p"}, "a host", False),
    ("mcp__web__get", {"url": "https://api.example.com/x"}, "a host", True), ("mcp__db__query", {"sql": "DROP TABLE users"}, "users", True), ("mcp__db__query", {"sql": "select * from users"}, "users", False),
    ("mcp__postgres__execute", {"query": "update users set a=1 where id=2"}, "users", True), ("mcp__shell__run", {"command": "npm publish"}, "npm publish", True), ("mcp__shell__run", {"command": "npm test"}, "npm publish", False),
])
def test_other_tools_are_held_to_it(root, name, given, item, stopped):
    judged = call(name, given, root, item_of(root, item))
    assert (judged is not None and any(finding.rule.category == "constraint" for finding in judged.findings)) is stopped


def test_a_branch_that_nothing_tells_counts_as_the_one_that_was_named(tmp_path):
    """No repository and no refspec: `git push` may be for main; a branch that is named is not."""
    item = stated(str(tmp_path), "Do not push to main.", ["push"], [("branch", "main")])
    assert codes("git push", str(tmp_path), item) == ["CON002"]
    assert codes("git push origin feature/x", str(tmp_path), item) == []
