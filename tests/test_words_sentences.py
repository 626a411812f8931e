"""What a person says that binds, beside what only sounds like it: one sentence per line, taken whole by both tests."""

import pytest

from holdfast.memory.words.constraints import constraints_in

BINDING = """
Do not touch config/prod.yaml.
Please don't edit anything in src/legacy/.
Fix the login bug, but leave the migrations alone.
Whatever you do, don't modify the public API.
The payments module is off limits.
hands off the `billing/` folder
The schema stays as it is.
package-lock.json must stay untouched.
The release/2.1 branch is frozen.
Refactor the parser without changing its public interface.
Speed up the query without breaking the existing tests.
Keep the port at 8080.
Keep config.toml as is.
Treat the vendor directory as read-only.
This is a read-only investigation: look but don't touch.
Never push to main.
Under no circumstances should you run terraform apply.
Avoid changing the database schema.
Please refrain from committing anything.
Only edit files under src/.
Touch nothing but the README.
Nothing outside tests/ may be changed.
Limit your changes to app/models.py.
Restrict yourself to the frontend code.
Confine your edits to the docs folder.
Stay within the src/ directory.
All functions must have docstrings.
Every commit message must start with the ticket number.
Always run the tests before committing.
Make sure you don't break the public API.
Ensure the .env file isn't committed.
Use at most 3 subagents.
Change no more than 5 files.
No new dependencies.
No DDL against prod.
No force pushes please.
No network calls in the tests.
Do not run npm publish.
Don't use lodash.
Use pnpm, not npm.
Stick to the standard library.
Stick with Python 3.10.
Keep using the existing logger.
Name branches feature/<ticket>.
Prefix all commit messages with [core].
Use snake_case for all function names.
Test files must be called test_*.py.
Use Python 3.10.
Staging only.
We are on Postgres 12, don't use generated columns.
The port must stay 8080.
Ask me before deleting anything.
Don't deploy until I say so.
Don't merge unless CI is green.
dont touch the db
pls dont change anything in the users table
You must not modify the users table.
You may not access prod-db-1.
You're not allowed to push to origin.
You are only allowed to change files in lib/.
I don't want you to touch the CSS.
I don't want any new dependencies.
I want the API to stay backwards compatible.
We can't change the wire format.
The tests must not be modified.
The file src/auth.py should never be changed.
No agent may touch the deploy scripts.
Tell the workers not to touch infra/.
None of you may push to main.
Neither config.py nor settings.py may be edited.
Nobody is allowed to delete backups.
Fix the typo in README.md and nothing else.
Just fix the typo, don't refactor anything.
Refactor utils.py, no behaviour changes.
Keep the changes minimal.
Keep the public signatures unchanged.
The output has to be valid JSON.
The endpoint must return 404 when the user is missing.
The new code should never block the event loop.
Make sure nothing outside of src/api changes.
Can you fix the parser without touching the tests?
Could you please leave the changelog alone?
Can you please not touch the lockfile?
Don't you dare touch my vimrc.
I'd rather you didn't change the schema.
I'd prefer if you didn't touch the migrations.
It is forbidden to change anything under infra/.
Editing generated files is forbidden.
Force pushing is not allowed.
Changes to the schema are not allowed.
Off limits: src/core, src/vendor.
config/prod.yaml: do not touch
`orders` and `invoices` tables are read-only.
Do not drop, alter or truncate any table.
Don't write to the production database.
Do not delete or rename any files.
Do not connect to api.example.com.
Everything in vendor/ is off-limits except vendor/patches.
Don't change anything other than src/app.py.
Apart from the tests, don't touch anything.
Do not install any packages.
Don't commit directly to master.
Don't rebase the branch.
Only run tests in the tests/unit folder.
Work only in the feature branch.
Write tests only for the parser; do not modify the parser itself.
If you find another bug, don't fix it.
Please be careful not to break the login flow.
Try not to touch the CSS files.
Remember not to commit the .env file.
In any case, do not remove the feature flag.
The legacy API must remain available.
You should not modify the CI config.
You shouldn't touch the Dockerfile.
Don't ever store passwords in plain text.
Never ever commit secrets.
Do not add comments to the code.
Don't explain, just do it.
Answer only in German.
Respond in English only.
Please use single quotes everywhere.
Indent with tabs.
Prefer composition over inheritance.
Follow the existing code style.
Follow PEP 8.
Adhere to the naming conventions in CONTRIBUTING.md.
Commit messages follow Conventional Commits.
Branch names must be lowercase.
We're stuck on Node 14.
This project runs on Python 3.8 only.
Stay away from the auth code.
Steer clear of src/legacy.
Keep your hands off the database.
Stay on the current branch.
Keep the line length under 100.
Functions must not exceed 50 lines.
Spend no more than 20 minutes on this.
Wait for my approval before merging.
Check with me before you change the API.
Get my approval before deploying.
Don't do anything without asking me first.
Do nothing without my permission.
Let me review the diff before you commit.
Any change to the schema needs my approval.
You can only edit files in src/.
Only the files in src/ui may be modified.
Changes must be limited to one file.
The scope is limited to src/parser.
Leave everything else untouched.
Leave src/config.ts as it is.
Leave the formatting the way it is.
Do not reformat the file.
No refactoring, please.
Without adding dependencies, make the build faster.
Make the build faster without adding any new dependency.
hey can u look at the failing ci? but pls dont mess w/ the workflow files
@claude fix flaky test in checkout, leave prod config alone thx
quick one: bump the timeout, nothing else
just a heads up - main is frozen til thursday, no merges
gonna need u to keep ur hands off the billing svc
yo don't push straight to master lol
plz no new npm packages, we're tryna keep the bundle small
refactor away but the exported types gotta stay the same
also: no drive-by formatting
ok go ahead but stay out of /infra
btw the users table is read only for you
nah don't use redux, we're on zustand
use tabs not spaces
oh and never commit the .env pls
keep it under 200 lines
one thing though — don't rename any public functions
do whatever you want in src/ but not in packages/core
only touch frontend stuff
u can refactor everything except the auth module
don't even look at the secrets folder
The agent shall not modify any file in /etc.
The implementation shall not introduce new runtime dependencies.
The solution must be compatible with Python 3.9 and later.
All public functions shall be documented.
No file outside the directory "src" shall be modified.
Modifications are restricted to the module `parser`.
Direct access to the production database is prohibited.
The API contract is to be preserved.
Existing behaviour shall remain unchanged.
It is not permitted to delete log files.
Each migration must be reversible.
The interface defined in api.proto must not be altered.
Branch names shall follow the pattern feature/<id>-<slug>.
The use of global variables is forbidden.
Third-party libraries may not be used.
Database access is limited to read operations.
Response times must not exceed 200 ms.
Test data must never contain real customer data.
Secrets must not be logged.
The file `legacy.c` is not to be modified.
AC: existing unit tests must still pass
Note: do not change the DB schema in this ticket
Out of scope: mobile app
Constraint: must work offline
Restrictions: no changes to src/core
Scope: backend only
Please note that the `orders` table is off limits.
Important: the old endpoint has to keep working.
IMPORTANT - do not remove the deprecated fields
WARNING: never run migrations against production
You are a worker. Your task is to write tests for utils.py. Do not edit utils.py itself.
You own src/a.py and nothing else.
Other agents are working on src/b.py; leave it alone.
Do not run git push, git commit or git stash.
Report back when done; do not start any other task.
Return only the JSON, no prose.
Work only inside /tmp/work.
Do not spawn further subagents.
Edit only the files listed below.
Your changes must stay within hooks/.
Don't run the whole test suite, only the tests you need.
Every night at 2am, check the logs and report errors. Never restart any service.
Every hour: pull the latest main, run the tests, and do not fix anything yourself.
If the build is red, open an issue; don't attempt a fix.
Do not send emails to customers.
Never delete anything older than 30 days without asking.
Make no changes to the working tree.
Don't touch anything under deploy/ or k8s/.
Please to not change the database.
You must to not modify this file.
Please don't to delete the old tests.
It is important that you not change the file names.
Is important: no touch the folder config.
I would like that the tests stay how they are.
Please make attention to not break the API.
Do not make any modification on the schema of the database.
You have not the right to push on main.
Please leave the file settings.py like it is.
The folder assets should not be touched.
The config must stay same.
Fass die Konfiguration nicht an.
Bitte die Migrationen nicht ändern.
Niemals auf main pushen.
Auf keinen Fall die Tabelle users löschen.
Ändere nur Dateien in src/.
Refaktoriere das Modul, ohne die Tests zu ändern.
Lass die Tests in Ruhe.
Die Datei config.yaml darf nicht geändert werden.
Ne touche pas à config/prod.yaml.
Ne modifie jamais le schéma.
N'utilise pas lodash.
Modifie seulement les fichiers dans src/.
Corrige le bug sans modifier les tests.
Laisse le dossier vendor tel quel.
No toques la carpeta config.
No modifiques los tests.
Nunca hagas push a main.
Edita solo los archivos en src/.
Arregla el error sin cambiar la API.
Deja la tabla users como está.
Não mexa em config/prod.yaml.
Nunca altere o esquema.
Altere apenas os arquivos em src/.
Corrija o bug sem alterar os testes.
Deixe a pasta vendor como está.
Until the audit is done, nobody edits the ledger code.
The staging cluster is the only place you may deploy to.
Production is a no-go zone.
Anything below /opt/data is sacrosanct.
I need you to leave the cache layer well alone.
Kindly keep clear of the feature flags.
This is not the time to upgrade React.
Let's not change the database for now.
Let us not introduce another framework.
We do not want a rewrite.
We don't use ORMs in this repo.
We never commit directly to main.
At no point may the worker write to disk.
In no case should you force push.
By no means change the invoice numbers.
Do whatever it takes, just don't break backwards compatibility.
You're welcome to refactor, provided the public API stays the same.
Feel free to restructure src/, as long as you don't touch src/vendor.
As long as the tests stay untouched, do what you like.
Please resist the temptation to clean up unrelated code.
Hold off on merging until I'm back.
Don't bother me with style nits and don't fix them either.
There must be no network access in unit tests.
There should be no changes to the schema.
There is to be no downtime.
I expect zero changes in behaviour.
I insist that the tests stay as they are.
My only condition: no new runtime deps.
One condition: the CLI flags must not change.
The one thing you can't touch is the billing table.
The only file you should edit is main.go.
The only command you may run is make test.
All changes go into src/feature/, nowhere else.
All work happens on the branch feature/login.
Every change must be covered by a test.
Each commit has to be signed off.
Any new function needs a docstring.
No function may be longer than 40 lines.
No commit without a ticket number.
No test may hit the network.
No file in migrations/ gets edited.
Not a single line in core/ is to be changed.
Nothing gets deployed today.
Nothing in /etc may be written.
Under src/gen everything is generated, so don't edit it by hand.
The generated client is not to be edited.
These files are generated; never edit them manually: a.pb.go, b.pb.go
Read the schema but do not modify it.
Look at the logs, but don't restart anything.
Analyse only, no code changes.
Just report, do not fix.
Dry run only.
For now just read the code; don't write anything yet.
Read-only access to the database, please.
Use the replica, never the primary.
Query the replica only.
Only SELECT statements are allowed.
SELECT only, no INSERT/UPDATE/DELETE.
Do not run any DDL.
No writes to the orders table, please.
You may read but not write the config table.
You can look at the prod database but you can't change anything in it.
Treat everything under third_party/ as immutable.
Consider the v1 API frozen.
v1 endpoints must continue to work.
Existing clients must keep working.
Preserve the existing error codes.
Maintain backward compatibility.
Retain the current log format.
Respect the .editorconfig.
Keep the dependency list as it is.
Keep all file names lowercase.
Keep commits small.
Keep functions short.
Keep it simple, no new abstractions.
Keep Python 3.8 support.
Keep to the existing patterns.
Keep secrets out of the logs.
Keep out of the infra folder.
Keep within the budget of 20 API calls.
Variables are to be named in camelCase.
Constants should be UPPER_CASE.
camelCase for variables, PascalCase for classes.
File names in kebab-case please.
Tables are always plural.
Env vars start with APP_.
New branches: feature/<name>.
Commit format: type(scope): subject
PR titles must contain the Jira key.
Migrations have to be named with a timestamp.
Tag releases as vX.Y.Z.
Use British spelling in all docs.
Write all comments in English.
Code comments must be in English.
Log messages in English only.
Always use parameterized queries.
Always ask before installing anything.
Always work on a copy.
When in doubt, ask; don't guess.
If something is unclear, ask me instead of guessing.
If a test fails, do not delete it.
Should you need to change the schema, ask me first.
Before you delete anything, ask.
Run the linter before every commit.
After each step, run the tests.
Test coverage must not drop below 80 %.
The build must stay green.
CI has to be green before you merge.
The bundle must not grow by more than 5 KB.
Limit yourself to three attempts.
Don't try more than twice.
Stop after 3 failed attempts.
You have at most 10 minutes.
Max. 2 retries.
Memory use must stay below 512 MB.
Could you take a look at the invoice export, and while you're in there please leave the tax calculation exactly as it is?
I'd like you to speed up the search, but the ranking must not change.
We agreed with the client that nothing in the checkout gets touched before Black Friday.
For compliance reasons we must not store IP addresses.
The ops team owns nginx.conf, so please keep your fingers off it.
Customers rely on the CSV format, so it has to remain identical.
Since marketing is running a campaign, don't deploy anything before Monday.
Fix it however you like, only the database is taboo.
You have free rein in lib/, but lib/crypto is not to be changed under any circumstances.
I'm fine with any approach as long as no new service is introduced.
Do it in small steps and commit after every step.
Do this without pulling in any third-party code.
Nothing fancy, no external packages.
It's crucial that the migration can be rolled back.
It is essential that no customer data leaves this machine.
It's important not to rename the exported functions.
It would be great if you could avoid touching the build scripts.
I would appreciate it if you didn't reformat the code.
You'd better not push this.
Better not touch the cron jobs.
Best not to touch anything in /var.
Mind the freeze: nothing goes to prod this week.
Careful with the orders table: read only!
Be careful: config/secrets.yml must not end up in git.
Beware: the staging DB is shared, so no destructive queries.
Whatever happens, the exit codes have to stay the same.
No matter what, do not disable the tests.
Even if a test is failing, don't skip it.
Even when it seems unused, never delete code in plugins/.
If you need a helper, put it in utils/, not in core/.
When adding a dependency, pin its version.
When writing tests, don't mock the database.
While refactoring, keep the log messages as they are.
Before making any change, create a backup.
After editing a file, always run prettier on it.
In all new files, add the license header.
For each bug you fix, add a regression test.
With every commit, update the changelog.
Any endpoint you add must require authentication.
Whenever you change the schema, write a migration.
Each worker may only edit its own folder.
All subagents must report in English.
Tell every subagent to stay out of docs/.
Instruct the workers never to commit.
Make sure none of the agents touches the lockfile.
Pass this on to your helpers: no installs.
Every agent works in its own worktree only.
Agents must not talk to the production API.
Workers are forbidden to spawn workers.
Do NOT, I repeat, do NOT delete the backups.
STOP touching the config file!!!
stop adding comments everywhere
quit reformatting my imports
no more than one file per commit
nope, hands off main
not on main please, use a branch
not in prod!
never in production, only in staging
in staging only please
only on my machine, don't deploy
tests only, no production code
docs only
types only, no runtime changes
css only pls
backend only - frontend belongs to another team
just the typo, nothing else
just this one file please, nothing else
only the failing test, leave the rest
leave the rest alone
leave the others as they are
the rest stays as is
everything else stays untouched
everything else is off limits
all other files are read-only
All other tables may be read but not written.
Other than that, change nothing.
Change nothing else.
Touch nothing else please.
Don't change anything else.
Do not add anything I didn't ask for.
Only do what I asked.
Do exactly what is written here, nothing more.
Nothing beyond the ticket, please.
Stay in scope.
Don't go beyond the scope of the ticket.
No scope creep.
No gold plating.
No TODOs left in the code.
No print statements in the final code.
No `any` in TypeScript.
No default exports.
No inline styles.
No magic numbers.
No abbreviations in variable names.
No emojis.
No more mocks.
Zero downtime is a must.
Backwards compatibility is mandatory.
Type hints are mandatory for all public functions.
Tests are required for every new feature.
Docstrings are compulsory.
A changelog entry is required for each change.
Signed commits are required.
SSL verification must not be disabled.
--force is not allowed.
Never use --no-verify.
Don't use sudo.
Do not use `rm -rf`.
`git reset --hard` is forbidden.
`DROP TABLE` is forbidden on every database.
Do not call the Stripe API in tests.
Don't talk to prod-db-1.internal.
No SSH to bastion-01.
No outbound connections except to pypi.org.
Only connect to localhost.
Only use the sandbox account.
Use the read replica for all queries.
Use the test key, never the live key.
Use `make test`, not pytest directly.
Use spaces, never tabs.
Use the existing helpers rather than writing new ones.
Don't reinvent the wheel, use the helpers in utils.
Prefer small functions.
Prefer stdlib over third-party.
Favour readability over cleverness.
Task for worker 3: port the billing tests to vitest. Files you may write: tests/billing/**. Anything else is read-only for you.
Goal: reduce memory use of the importer. Guard rails: do not alter the on-disk format; do not add threads.
You are agent B. Agent A edits src/parser.py at the same moment, so never write to that file.
Hand back a diff only; apply nothing.
Before you report, run the linter; it has to be clean.
Do not read anything under /secrets.
Don't open .env or any other credentials file.
Never print environment variables.
You must never reveal the API key.
Do not cat config/master.key.
The job runs unattended: never ask for input.
Don't wait for confirmation, but never delete data.
If the migration fails, roll back and do not retry.
On error, stop; do not continue with the next step.
Do not leave processes running.
Kill only processes that you started.
Only loopback connections are permitted.
Use no more than two cores.
Do not use the network except for fetching packages from the internal mirror.
Commit on the branch fix/123 and nowhere else.
Do not push; I will do that myself.
I'll handle the deployment, you just prepare the branch - don't deploy.
Leave git alone: no commits, no stashes.
No git commands that write.
Git is read-only for you.
You have read-only access to the warehouse.
The analytics database may be queried but not modified.
Rows in audit_log must never be deleted or updated.
Table audit_log is append-only.
Don't alter the columns of customers.
The customers and invoices tables are off limits, the rest is fine.
Do not run migrations on prod.
Migrations may only be run on staging.
Only deploy to staging, never to production.
Deployments to production are forbidden until Friday.
Code freeze: main is locked until the 15th.
There's a code freeze on main until Thursday.
We have a freeze on the mobile app right now, so don't touch it.
We're in a feature freeze, bug fixes only.
The old importer is going away, don't invest time in it.
The config loader is fragile, keep your changes there to a minimum.
legacy/ is full of landmines, steer clear.
Those generated protobuf stubs? Not to be edited.
As for the docs, leave them be.
Regarding tests: don't weaken any assertion.
With regard to the API: no breaking changes.
On naming: modules are snake_case, classes PascalCase.
Style: 4 spaces, no tabs, max line length 100.
Language: Go 1.21, stdlib only.
Environment: Python 3.9, no internet.
Budget: 50k tokens max.
Deadline is 5pm; whatever is not done by then stays undone - do not cut corners on tests.
Your diff should touch fewer than 10 files.
The PR should not contain unrelated changes.
The final answer must be a single JSON object.
The response must contain nothing but code.
Output must be deterministic.
Results have to be reproducible.
All timestamps must be in UTC.
All amounts are to be stored in cents.
Each module has to have a README.
Every SQL statement must use bind parameters.
Any new env var must be documented in .env.example.
Errors must never be swallowed.
Exceptions should never be caught silently.
User input must always be escaped.
The service must be able to run offline.
The CLI has to stay compatible with version 2.
It has to work without JavaScript.
It must run on Windows too.
It must not take longer than 5 seconds.
This must not change the public behaviour.
This should not affect existing users.
That must not happen in production.
You should always write a test first.
You should only use approved libraries.
You should never trust user input.
You must ask before you drop anything.
You are to work in the sandbox only.
You are supposed to only touch the frontend.
You're not supposed to edit the vendored code.
You aren't allowed to use eval.
You have no permission to change IAM roles.
We mustn't lose any data.
We can't have any downtime.
We cannot afford to break the login.
We shouldn't rely on undocumented APIs.
We need to keep supporting IE11.
We need the old URLs to keep working.
We want to keep the database schema as it is.
We'd like to avoid new dependencies.
We'd rather not change the API.
I'd rather keep the current layout.
I'd like to keep jQuery for now.
I do not want to see any changes in package.json.
I don't want the tests changed.
I don't want anyone touching prod.
I forbid you to touch the firewall rules.
I won't accept changes to the public API.
I need this to work without sudo.
I need src/api.ts unchanged.
My rule: no force pushes, ever.
Our policy is to never commit directly to main.
Our convention is that tests live next to the code.
The rule is: one commit per change.
House rule: no merge commits.
The database schema must not be altered under any circumstances.
While cleaning up the imports, leave vendor/ exactly the way you found it.
I'd like the navigation redesigned, however the footer component should remain as is.
Bump axios to 1.7 but make sure nothing else in package.json changes.
Work solely on the checkout page.
Please add pagination to the list view - nothing in the API layer should be modified.
The .github directory is strictly off limits to you.
Rewrite the importer without altering the CSV layout.
Whatever you end up doing, the public interface of `Client` has to stay identical.
We're on Node 16 in production, so no top-level await.
The staging database is read-only for this exercise.
Never, ever run `prisma migrate reset`.
Do the refactoring in place; don't move any files around.
You can restructure the tests, just don't delete any.
Add logging everywhere except in the auth middleware.
Every new endpoint must come with an integration test.
All branch names must begin with JIRA-.
Use kebab-case for CSS class names.
Write commit messages in the imperative mood.
Don't squash my commits.
Only the `reports` schema may be queried.
No raw SQL, use the query builder.
Please make no assumptions about the time zone.
Stay clear of anything related to payments.
Changes to infra/terraform require sign-off from the platform team.
The version in setup.py stays at 2.3.1.
Don't bump the version.
Don't let the bundle size exceed 250 kB.
The migration must be backwards compatible.
Refrain from using any.
Avoid global state.
Do not introduce circular imports.
Make sure that the old tests still pass.
Ensure that no secrets end up in the logs.
Please see to it that the docs are never modified by the script.
The workers should not write outside their own directory.
Let the subagents know that main is off limits.
Tell all workers: hands off the lockfile.
Keep your edits inside packages/web.
Do not go outside the packages/web folder.
Restrict changes to the files I listed.
Please limit the scope to bug fixes.
For this task use only the sandbox credentials.
It is not allowed to use third-party cookies.
Nothing in the `legacy` package may be touched.
Under no condition should the ledger table be truncated.
Do not, under any circumstances, push to production.
And please, for the love of god, don't touch the regexes.
(Don't commit the .env file!)
Note: the v2 branch is frozen.
PS: no changes to the Makefile please
FYI the config folder is out of bounds.
Reminder - never force push.
By the way, you must not use the network.
Oh, one more thing: keep the file names as they are.
I told you before: do not edit the snapshot files.
Again, do not rename the columns.
As I said, leave the CSS alone.
As mentioned above, the constants must stay unchanged.
Same as last time: no edits in core.
Do as you like but never remove the license headers.
Fix the failing test by changing the code, not the test.
Fix the code, not the tests.
Change the implementation only; the tests are correct.
Please don't edit the tests to make them pass.
Don't mark tests as skipped.
Do not lower the coverage threshold.
Do not disable any lint rules.
Never add eslint-disable comments.
Don't suppress warnings.
Don't catch Exception.
The type checker must pass without new ignores.
Deploy only after the tests are green.
Merge only when two people have approved.
Only commit when I ask you to.
Don't commit unless I tell you.
Never create a PR on your own.
Wait for my go before running the migration.
Please confirm with me before dropping tables.
Ask first if you want to add a package.
Run everything in Docker, never on the host.
Use UTC everywhere.
Amounts must always be integers.
Config values should never be hardcoded.
No hardcoded credentials.
Don't hardcode URLs.
Passwords must be hashed with argon2.
We need to stay compatible with Python 3.7.
Target ES2017.
Support for IE11 must be kept.
Don't drop support for Python 3.8.
Keep supporting Python 3.8.
The API response shape is fixed, don't alter it.
Do not exceed 80 characters per line.
Max line length is 100.
Bitte nichts an der Datenbank ändern.
Bitte keine neuen Abhängigkeiten hinzufügen.
Verwende ausschließlich die Standardbibliothek.
Finger weg von der Produktionsdatenbank.
Die Tests müssen unverändert bleiben.
Pushe niemals auf main.
Behalte die bestehende API bei.
Vermeide globale Variablen.
Pas de nouvelles dépendances.
Il ne faut pas modifier le schéma.
Le fichier config.yaml ne doit pas être modifié.
Tu ne dois jamais pousser sur main.
Évite de toucher aux migrations.
Garde les tests tels quels.
Utilise uniquement la bibliothèque standard.
No agregues dependencias nuevas.
El archivo config.yaml no debe modificarse.
No debes tocar la base de datos.
Usa solamente la biblioteca estándar.
Evita modificar los tests.
Mantén la API como está.
Está prohibido hacer push a main.
Não adicione novas dependências.
O arquivo config.yaml não deve ser alterado.
Você não pode fazer push para a main.
Use somente a biblioteca padrão.
Evite alterar os testes.
Mantenha a API como está.
Can you have a go at the flaky uploader spec, but the retry helper itself isn't up for grabs, so don't change it.
Please take the v3 schema as given; I don't want columns added or removed.
For what it's worth, ops will be angry if anything in ansible/ changes, so don't.
Anything in node_modules is not ours to edit.
Make it pass without loosening the assertions.
Get the build green again without pinning older versions.
The customer table holds real data: reading is fine, writing is not.
You can read from the events table but must never write to it.
From now on all new code goes to packages/next.
From here on, always write tests first.
In future, do not use force push.
Starting today, every PR needs two reviewers.
For the rest of this session, do not touch the frontend.
During the migration, nobody may write to the ledger table.
Until I tell you otherwise, main is off limits.
As of now the docs folder is frozen.
Temporarily leave the scheduler alone.
For security reasons, do not print tokens.
For legal reasons the license headers must be kept.
To avoid conflicts, edit only your own files.
To be on the safe side, don't run any destructive command.
Because the data is shared, never truncate tables.
Since prod runs on 3.8, don't use match statements.
As we support old browsers, no optional chaining.
Given the freeze, no deployments.
With the audit coming up, don't alter any log file.
If you must change the schema, write a migration; never alter tables by hand.
Unless I say otherwise, do not commit.
Unless absolutely necessary, don't touch base.css.
Where possible, avoid new classes.
Whenever you touch a file, keep its style.
Wherever you see tabs, keep them.
It's fine to refactor, but the exit codes may not change.
Refactoring is fine; renaming is not.
Feel free to add tests, but don't remove any.
Go wild in the sandbox but stay out of prod.
Use whatever framework you want, just not Angular.
Anything but Redux, please.
Not Redux, please.
No React please.
Please no jQuery.
Python only.
Bash only, no Python.
Just CSS, no JS.
Plain SQL only.
Pure functions only.
Metric units only.
ASCII only in source files.
One commit only.
Max one PR.
Two files at most.
Not more than 3 commits.
Less than 100 lines of code please.
Keep it below 50 lines.
Keep the response under 200 words.
Answer in one sentence.
Answer briefly and in French.
Don't use bullet points.
Don't apologise.
Be careful with prod: no writes.
Prod is sacred.
Don't you ever touch prod again.
Never again commit without running the tests.
I repeat: do not touch the migrations.
Listen carefully: the API must not change.
Rule #1: never push to main.
Rule 1: no force pushes. Rule 2: no new deps.
1) don't edit the tests 2) don't edit the docs
- [ ] do not change the public API
* leave `settings.py` alone
• No external calls
→ keep the old flag working
❌ no changes to the lockfile
⚠️ Do not run this on production!
**Never** edit `generated/`.
*Please* do __not__ touch src/core.
DO NOT TOUCH THE DATABASE
DON'T RENAME ANYTHING IN API/
never touch, edit, move or delete anything under /data
do not (!) push
please do NOT  touch   config/
do n't change the lock file
Don´t touch the tests
don`t touch the tests
do not edit/delete anything in data/
editing vendor/ = no go
config/prod.yaml -> hands off
src/legacy: frozen
main: no direct commits
tests/ (read-only)
users, orders: read only
prod-db-1 is off-limits, use stage-db-1
only stage-db-1, never prod-db-1
Implement the CSV export. The existing JSON export must keep working as before.
Don't go near the scheduler.
The `accounts` table must never be written to directly.
Make your changes in src/export only.
Please do not introduce any new third-party packages.
Leave the public signatures of the SDK untouched.
You are restricted to the files in docs/.
Keep all existing tests passing.
It is absolutely forbidden to log personal data.
No changes outside of packages/core, please.
While doing this, do not alter the behaviour of the CLI.
Every public method has to be covered by tests.
The release branch is locked, don't commit to it.
We stick to REST, no GraphQL.
You must use the logger from utils/log.py.
Names of new files must be in kebab-case.
Never call the payment provider from a test.
Just so you know, customers.csv is off limits.
I want all new code to be typed.
Please restrict yourself to read-only commands.
Don't you touch the cron file.
Do not upgrade React.
Under no circumstances may you drop a table.
Nothing but the tests may be changed.
Do not overwrite existing files.
The fix must not require a restart.
Everything except the header may be changed.
Please leave Dockerfile and docker-compose.yml alone.
Only use functions that already exist.
Use only ASCII characters in identifiers.
There must not be any breaking changes.
Ändere auf keinen Fall die öffentliche API.
Die Datei settings.py bleibt, wie sie ist.
Tu n'as pas le droit de modifier la base.
Ne supprime aucun fichier.
Sin tocar la base de datos, por favor.
No borres ningún archivo.
Não apague nenhum arquivo.
Só mexa nos arquivos de src/.
Nur lesen, nichts schreiben.
""".strip().split("\n")

FREE = """
I did not touch config/prod.yaml.
We never changed the schema.
He told me not to touch the config.
Don't forget to update the changelog.
Don't forget to touch the file before the build.
Never mind, I found it.
Don't worry about the tests.
Don't hesitate to ask.
There is no need to run the tests.
No need to update the docs.
You don't have to write tests.
Feel free not to add comments.
Should I not touch the config?
Why does it never finish?
Can you only log in once?
If we never touched the schema, why did it fail?
It would be bad to change the schema.
Imagine you could never push to main.
The parser never returns None.
This only happens on Mondays.
Users can only log in with their email.
The docs say "do not edit this file".
The error says: permission denied, do not retry.
Write a README section saying that users must never share their password.
Add the comment "# do not edit" to the file.
Change the text to "Do not enter".
Rename the button from "Never" to "Always".
Fix the bug in `never_cache`.
The `read-only` flag is broken.
Fix the login bug.
Update the docs.
Add a read-only mode to the editor.
Only then does the page load.
It is not only slow but also wrong.
If only it were that easy.
It must have been the cache.
I can't seem to reproduce it.
Keep in mind that the cache is cold.
Keep me posted.
Keep going.
Keep up the good work.
Only 3 tests fail.
I only have an hour.
The tests never touch the database.
The function does not modify its input.
I don't think it's the parser.
I don't know why this fails.
We don't have tests for that.
It doesn't work without restarting the server.
The page crashes without changing anything.
I was told not to touch it.
Why don't you use a cache?
Don't you think we should refactor this?
What happens if I don't set the flag?
Is the users table read-only?
Do not worry, it's fine.
No worries.
No problem, go ahead.
No tests failed.
No errors were found.
The user must not have had an account.
There must be a bug in the parser.
It must be the cache.
You must be tired.
I must say this is great work.
I have to leave at five.
I need to understand how this works.
We should talk about the schema.
The build always fails on Mondays.
It always returns null.
The server keeps crashing.
Leave a comment on the PR.
I'll leave it to you.
Keep an eye on the logs.
Find out why the tests don't run.
Explain why we can't use Postgres 12.
Check whether the table is read-only.
Show me the files that must not be changed.
Implement a rule that users may not delete their own comments.
Add validation so that the name must not be empty.
Write a test that verifies the parser never returns None.
Fix the test that should never pass.
The linter complains that we should not use eval.
According to the docs, you must never call this twice.
The previous agent said we should leave the config alone.
Document that the API must not be called without a token.
Translate "do not touch" into German.
What does "read-only" mean?
Please update the constraint in the schema.
Please rename the variable to never_touch.
I never said that.
You never know.
Stop the server and restart it.
Nothing works anymore.
Nobody knows why it fails.
No one has looked at it yet.
It's not only the parser.
The disk is read-only so the write fails.
The UI is frozen when I click save.
I get a 403 Forbidden error.
The request was not allowed by CORS.
Make the page load faster.
Make the users table read-only.
Add a "Do not disturb" toggle.
Let's get started.
Remove the unused imports.
Delete the file src/old.py.
Push the branch to origin.
Run the tests.
Use the search tool to find the bug.
Deploy to staging.
lol nvm, it works now
did u see the error? it only shows up in safari
i didnt change anything and it broke
can u check why the tests dont run anymore
no idea whats going on here
not sure if thats the right file
dont think thats it
works fine for me, no issues
no clue, ask bob
its been broken since yesterday, only on prod
we could maybe drop the table, what do you think?
i havent touched that file in ages
nobody uses that endpoint anyway
looks good, ship it
sounds good, keep me in the loop
the button does nothing when clicked
just checking in, any news?
it must be something with the cache
why is main frozen?
nothing to see here
The system processes orders as they arrive.
The user can only view their own orders.
The function returns nothing.
This document describes the interface of the module.
The cache is never invalidated, which causes stale data.
The import fails because the table does not exist.
As a user, I want to log in so that I can see my orders.
Steps to reproduce: open the page, click save, nothing happens.
Expected: 200. Actual: 500.
Given a logged-in user, when they click logout, then they see the home page.
The old code did not handle nulls.
Customers complained that they could not log in.
The config was not changed in this release.
Users are not allowed to upload files larger than 5 MB, and the error message is wrong.
The migration has not been run on staging yet.
Bug: the dialog cannot be closed.
The job doesn't stop until it's killed.
Add a button that lets users delete their account.
Create a new table for invoices.
Investigate why writes to the replica fail.
You are working on the checkout service.
Your task is to write tests for utils.py.
Report back when you're done.
The worker before you already fixed the parser.
Read the README first.
Summarise what the last commit changed.
Every night at 2am, check the logs and report errors.
Check the disk usage and tell me if it is above 80%.
Pull the latest main and run the tests.
If the build is red, open an issue.
Add a test for the case where the user must not be an admin.
Make the error message say "You must not leave this empty".
The button should say "Never show again".
Log a warning when the config is read-only.
Explain what "no-op" means.
I forgot to not include the header.
Why can't I modify the schema?
How do I keep git from pushing?
Is it ok to delete the folder?
Would it be possible to avoid the extra query?
Do we never close the connection?
> do not touch the config
I don't understand the output.
I do not have access to prod.
I can't push to main, it says permission denied.
We don't know who changed it.
They don't want to pay for it.
My colleague said he would never use tabs.
He never pushes to main.
The intern deleted the table without asking.
She only edits the docs.
Vergiss nicht, die Tests zu starten.
Ich habe die Konfiguration nicht geändert.
Warum funktioniert das nicht?
N'oublie pas de lancer les tests.
Je n'ai pas touché au fichier.
Pourquoi ça ne marche pas ?
No olvides ejecutar los tests.
No he cambiado nada.
¿Por qué no funciona?
Não esqueça de rodar os testes.
Eu não mexi no arquivo.
Das passiert nur montags.
Il ne se passe rien.
Solo falla en producción.
Corrige le bug dans le parseur.
Schreibe Tests für das Modul.
Until yesterday the audit was still running.
The staging cluster is down.
Production is on fire.
Where is the ledger code?
Let's change the database.
Let's see what happens.
Let me know when you're done.
Let me know if anything is unclear.
We don't have an ORM in this repo yet, add SQLAlchemy.
We want a rewrite of the parser.
The worker writes to disk every minute.
There is no network access in the container, that's why it fails.
There are no tests for this module.
There was no downtime.
My only idea is that the cache is stale.
The only file that changed is main.go.
The only problem is the timeout.
All changes were merged yesterday.
Every test fails.
Each request takes a second.
Any ideas?
No function is longer than 40 lines, so that's fine.
No commits since May.
No file was edited.
Nothing gets logged.
Nothing in the log explains it.
The generated client is broken.
These files are missing: a.go, b.go
Read the schema and summarise it.
Look at the logs.
Analyse the performance of the parser.
Write a report.
The replica lags behind the primary.
SELECT statements are slow.
The table has no index on user_id.
The v1 API returns XML.
Existing clients use the v1 endpoint.
The error codes are documented in errors.md.
The log format changed in May.
The dependency list is long.
File names are lowercase.
Variables in this file use camelCase.
The constants are defined in consts.py.
The branch was deleted.
PR titles contain the Jira key already.
The docs are in British English.
I always use parameterized queries.
I'm in doubt whether this works.
If a test fails, tell me.
Before the release we deleted the old files.
After the last step the tests failed.
Test coverage is 80 %.
The build is green.
CI was red before I merged.
The bundle is 5 KB bigger.
It failed after 3 attempts.
It took at most 10 minutes.
Memory use is below 512 MB.
The retry count is limited to 2 in the current code.
Please check if the file exists.
Please add a comment explaining the algorithm.
Please rename all variables in utils.py to snake_case.
Convert the project to TypeScript.
Upgrade to Python 3.12.
Migrate from npm to pnpm.
Add support for Postgres 15.
Replace lodash with native functions.
Create a branch named feature/login.
Name the new class OrderService.
Call the function parse_date.
Rename the file to index.ts.
Bump the version to 2.0.
Change the port to 8081.
Change the button colour from red to green.
Move the helper functions to utils.py.
Drop the column legacy_id from users.
Truncate the table temp_import.
Restart the staging server.
Install lodash.
Commit the changes and push them.
Merge the PR when CI is green.
Delete all log files older than 30 days.
Remove the feature flag and its code.
Disable the cache.
Make the field optional.
Make the sidebar sticky.
Hide the button for users who may not edit.
Show an error if the user is not allowed to edit.
Return early when there is nothing to do.
Throw an exception if the config must not be loaded.
Allow only admins to delete users.
Only admins can delete users right now, change that so that editors can too.
Restrict the endpoint to admins.
Limit the number of results to 50.
Add rate limiting of at most 10 requests per minute.
Prevent users from editing archived posts.
Ensure the modal closes on escape.
Make sure the button is visible on mobile.
Block all requests without a token.
Add a check so that nobody can delete the last admin.
Implement read-only sharing links.
Write docs on how to keep secrets out of the logs.
Avoid is spelled wrong in the README, fix it.
The word "never" appears twice in the heading.
The variable do_not_track is unused.
What's the difference between must and should?
Nobody complained so far.
I never got an answer.
That will never work.
It would never have worked.
You never told me that.
This has never been tested.
That's not what I meant.
Not sure what to do here.
Not bad!
Why not use Redis?
Can't we just delete it?
Couldn't we use Redis instead?
Don't we have a helper for this?
Isn't the table read-only?
Could you take a look at the invoice export?
I'd like you to speed up the search.
We agreed with the client on a new design.
The ops team owns nginx.conf.
Customers rely on the CSV format.
Marketing is running a campaign.
You have free rein.
I'm fine with any approach.
It's crucial to understand why it fails.
It would be great if you could fix the search.
I would appreciate a quick answer.
You'd better have a look at the logs.
The freeze ends on Monday.
The orders table has 3 million rows.
The staging DB is shared by three teams.
The exit codes are listed in the README.
A test is failing.
It seems unused.
I need a helper for parsing dates.
While refactoring I noticed a typo.
After editing the file the tests failed.
In all the files I looked at there is a license header.
For each user there is a folder.
With every commit the build gets slower.
Every endpoint requires authentication, but /health returns 401 too, please fix.
The schema changed last week.
Each worker has its own folder.
All subagents finished.
The agents stopped working.
Stop.
Stop the container.
Stop here for today.
Wait a minute.
Not now.
No.
No thanks.
No, the other one.
None of these work.
Only you can help me.
Only the first request fails.
Only when the cache is cold does it fail.
Just a question.
Just checking.
Just the usual.
Everything else works.
The rest is fine.
All other tests pass.
All other files are unchanged in the diff.
Nothing more to add.
That's all.
Is that in scope?
The ticket is out of date.
There are TODOs left in the code.
There is a print statement in line 12.
TypeScript complains about `any`.
The default export is missing.
Zero tests were collected.
The downtime was announced.
Type hints are used in most functions.
Signed commits are supported by GitHub.
SSL verification fails.
The --force flag is documented in the man page.
What does --no-verify do?
sudo asks for a password.
`git reset --hard` removed my changes, can you restore them?
Calling the Stripe API fails with 401.
prod-db-1.internal is unreachable.
Connect to localhost and check the port.
Use `make test` to reproduce the bug.
Use this file as an example.
Use the following data to fill the table.
I prefer small functions.
We usually prefer stdlib.
The code avoids recursion.
The function must have been called twice, otherwise the log makes no sense.
It must have changed.
Someone must have deleted it.
That must be it.
Things I must remember: milk, bread.
I must have missed that.
We must be close to the limit.
The user has to click twice to log in; that's the bug.
You have to click the button twice, which is annoying.
It has to do with the cache.
The cache has nothing to do with it.
The team needs a report by Friday.
I need help with the parser.
I need it by noon.
She said to never mind.
They decided not to use Redis.
We chose not to cache the result.
The reason for not caching is documented.
The author recommends not using globals.
A function that never returns is a bug.
Functions which must not throw are marked noexcept.
It tells you which files you must not delete.
The list of tables we cannot change is in the wiki.
The policy that nobody may push to main was dropped.
The rule against globals comes from the linter.
How do I make a field read-only?
Which files are off limits?
Who may push to main?
Is main frozen?
Are we allowed to use lodash?
Do I have to keep the old API?
Must the tests pass first?
May I delete this?
Shall we leave it as is?
Did you change anything else?
Didn't I tell you about the config?
Haven't we fixed this already?
Won't that break the API?
So you never touched the config?
You only changed one file?
And nothing else?
What if we don't migrate?
What would happen if the tables were read-only?
Suppose the file must not be changed; how would you test it?
Let's say nobody may push; what then?
Hypothetically, could we never use mocks?
In theory the cache should never be empty.
Write an email to the team saying that nobody may push to main this week.
Draft a policy: employees must not share passwords.
Add a line to CONTRIBUTING.md that says tests must not use the network.
Put a banner on the page: "Do not turn off your computer".
Generate a poem about never giving up.
Change the error message from "must not be empty" to "is required".
The label reads "Do not touch" but should read "Please do not touch".
Update the docs to say that only admins can delete users.
Document in the README that the config must not be edited by hand.
Explain in a comment why the loop must not be unrolled.
Task for worker 3: port the billing tests to vitest.
Goal: reduce memory use of the importer.
You are agent B. Agent A edits src/parser.py.
Hand back a diff.
Read everything under /docs.
Open .env.example and list the variables.
Print the environment variables.
The job runs unattended.
If the migration fails, roll back and retry.
On error, retry three times.
The processes are still running.
The network is down.
Commit on the branch fix/123.
Push it when you're done.
I'll handle the deployment.
Git shows no changes.
I have read-only access to the warehouse.
He has read-only access.
The reporting schema has ten tables.
Rows in audit_log are written by a trigger.
Table audit_log is huge.
The customers table has a column called locked.
Run the migrations on staging.
Deploy to staging, then to production.
The deployment to production failed on Friday.
The freeze was lifted yesterday.
The old importer is going away.
The config loader is fragile.
legacy/ is full of landmines.
Those generated protobuf stubs are 20k lines long.
As for the docs, they're fine.
Regarding tests: they pass.
What style do we use, tabs or spaces?
Language detection is broken.
The environment has Python 3.9 installed.
The budget page is slow.
The deadline is 5pm.
Your diff touched ten files.
The PR contains unrelated changes.
The final answer was wrong.
The response contained nothing but whitespace.
The output is deterministic.
The results are reproducible.
All timestamps are off by one hour.
All amounts are wrong.
Each module has a README.
Errors are swallowed in parse().
The exception is never caught.
User input is always escaped by the framework.
The service runs offline.
It works without JavaScript.
It took longer than 5 seconds.
This changed the public behaviour.
This does not affect existing users.
That happened in production.
You wrote a test first, great.
You only used approved libraries, right?
You never trust anyone.
You asked before you dropped the table.
You worked in the sandbox.
You were supposed to be done yesterday.
We lost some data.
We have no downtime planned.
We broke the login.
We rely on undocumented APIs.
We are supporting IE11.
The old URLs keep working, which surprised me.
We kept the database schema.
We avoided new dependencies.
I kept the current layout.
I like jQuery.
I see changes in package.json.
The tests changed.
Someone touched prod.
I like inline comments.
The firewall rules are fine.
I accept the changes.
This works without sudo.
src/api.ts is unchanged.
We had a rule about force pushes.
Our policy page is outdated.
Our convention is documented in the wiki.
Why is there a rule against merge commits?
Could it be that the cache is never cleared?
I wonder whether we should never have merged this.
Not that I know of.
Not really.
Not only the tests but also the docs are outdated.
No doubt it's the cache.
No luck so far.
No response from the server.
No such file or directory.
No matter how often I retry, it fails.
No way!
No longer needed.
No change since this morning.
There's nothing I can do.
There's only one way to find out.
There isn't anything in the logs.
I'll only be here until noon.
I'm only asking.
It's only a prototype.
It's just a typo.
It is what it is.
Leave it to me.
Leave me a note.
Leave a TODO there.
Keep trying.
Keep me in the loop.
Keep your fingers crossed.
Keep an eye on memory.
Stay tuned.
Stay safe!
Avoiding this bug is hard.
The workaround avoids the crash.
The patch prevents users from logging in twice.
Prevent the form from being submitted twice.
Stop the timer when the dialog closes.
Disable the button while loading.
Hide the menu unless the user is an admin.
Skip the step if the file is missing.
Exclude test files from the coverage report.
Filter out rows that must not be exported.
Ignore case when comparing names.
Limit uploads to 5 MB.
Restrict access to the admin page.
Lock the row while it is being edited.
Freeze the header row of the table.
Mark the field as read-only.
Set the file to read-only after saving.
Protect the route with a login.
Require a password for deletion.
Forbid empty names in the form.
Only show the banner to new users.
Never show the dialog again once it was dismissed.
Always show the total in the footer.
The database schema was altered last night.
I cleaned up the imports and left vendor/ the way I found it.
The footer component remains broken.
Bump axios to 1.7.
I worked solely on the checkout page.
Please add pagination to the list view.
The .github directory contains our workflows.
Rewrite the importer.
The public interface of `Client` is documented.
We're on call this week.
What is the staging database used for?
I ran `prisma migrate reset` by accident.
I moved some files around.
You can restructure the tests.
Add logging everywhere.
Every new endpoint came with an integration test.
Which branch names begin with JIRA-?
I don't remember the name of the CSS class.
He wrote the commit message.
She squashed my commits.
The query builder doesn't support that.
I made no assumptions.
The version in setup.py is 2.3.1.
The bundle size exceeds 250 kB.
The migration ran without errors.
Don't be afraid to ask.
Don't get me wrong, I like it.
Don't take this personally.
Don't sweat it.
Please don't feel rushed.
Please don't forget the changelog.
Don't forget that the tests need a database.
Do not forget to run the linter.
Never forget to close the file.
It never hurts to check.
Better late than never.
Now or never.
Make sure to include the screenshot.
Make sure to push when you are finished.
Be sure to update the README.
Remember to run the tests.
You might want to look at core.py.
You may need to restart the server.
You may find the logs useful.
You can use the sandbox credentials.
The workers did not write anything.
The subagents don't know about main.
I keep getting a timeout.
It keeps failing.
They keep asking for a refund.
Keep it up!
Keep calm.
Let it run overnight.
Leave the office at six.
The page is only visible to admins.
There are only two options.
It only happens when the cache is warm.
I can only reproduce it on Windows.
The API only accepts JSON.
This endpoint only returns active users.
Not all tests pass.
No one answered.
No tests ran.
No module named foo.
No file changed, no idea why.
The user doesn't have to log in.
You don't need to add tests.
There's no need for a migration.
It need not be perfect.
It doesn't have to be pretty.
It's fine if the layout changes.
It's ok to delete it.
I'm not allowed to install software here.
I was not able to reproduce it.
I couldn't find the file.
I won't be available tomorrow.
We shouldn't have merged that.
We could not connect to the database.
They must have changed the password.
That must have hurt.
The migration must have failed.
Must be nice.
You must have seen the error.
I should never have upgraded.
He should not have pushed to main.
Had I known, I would not have touched it.
If I don't set the flag, it crashes.
If you never call close(), the file stays open.
When the disk is full, nothing is written.
Unless the cache is cleared, the old value stays.
The log says "never retry on 4xx".
The comment reads: do not remove.
The README tells people not to use the old API.
My boss asked me not to work overtime.
The linter told me to never use var.
The commit message was "never mind".
The function is called doNotTouch.
There's a file named DO_NOT_EDIT.txt.
The sign says keep out.
The class `ReadOnlyList` has a bug.
Add an option --no-color.
Add a `--dry-run` flag.
Implement a keep-alive header.
Create a must-have list.
Rename `do_not_use` to `deprecated`.
Translate the string "Never again" to French.
Replace "must not" with "may not" in the spec.
Write a test for the case that the user must not see the button.
Write a blog post about why you should never use globals.
Tell me why we should not use globals.
Describe what the user must not do.
List all files that must not be deleted.
Explain the difference between "may not" and "must not".
Is there anything I must not touch?
Should the file stay unchanged?
Can we keep the old API?
Could we avoid the join?
Why must the port be 8080?
Do all functions need docstrings?
Ich darf das nicht vergessen.
Das habe ich nie verstanden.
Kannst du nicht einfach neu starten?
Der Test läuft nur lokal.
Keine Ahnung, warum das passiert.
Je ne comprends pas l'erreur.
Ça ne marche que sur Firefox.
Est-ce que je ne dois pas toucher au fichier ?
No entiendo el error.
No sé por qué falla.
Nunca he visto este error.
Solo quería preguntar.
Não entendo o erro.
Nunca vi esse erro.
Não sei por que falha.
Can you have a go at the flaky uploader spec?
Please take the v3 schema and draw a diagram.
Ops will be angry.
We ship on Friday.
Clean up whatever you find in lib/.
node_modules is huge.
Make it pass.
Get the build green again.
The customer table holds real data.
You can read from the events table.
All new code was in packages/next.
Starting today I'm on vacation.
During the migration the ledger table was locked.
The scheduler runs every night.
For security reasons the token expires after an hour.
To avoid conflicts, I rebased.
To be on the safe side I made a backup.
Because the data is shared, the query is slow.
Since prod runs on 3.8, the match statement failed.
As we support old browsers, the bundle is big.
With the audit coming up, I'm a bit nervous.
If the schema changes, the tests fail.
Wherever I look I see tabs.
Refactoring is fun.
Adding tests is fine.
Feel free to add tests.
Go wild!
Use whatever framework you want.
Anything else?
Which units do we use?
The sentence is too long.
French is hard.
Prod is slow today.
I repeat: it failed again.
Listen, I have an idea.
Rule #1 is about style.
1) fix the tests 2) update the docs
- [ ] add the public API docs
* fix `settings.py`
• check the external calls
→ see the old flag
✅ changes to the lockfile are committed
⚠️ This runs on production.
**Note** the file `generated/`.
I never touch, edit, move or delete anything by hand.
They only use stage-db-1.
users, orders: 2 tables
src/legacy: 300 files
tests/ (all green)
main: 3 commits ahead
config/prod.yaml -> config/dev.yaml
I don't mind.
I don't care which one.
We don't know yet.
Nothing for now.
Nothing new here.
Nothing beats a good test suite.
Only a few more days.
Only Bob knows.
Not today.
Never!
Without it the build fails.
Without further ado, here is the log.
No changes in the log.
No new messages.
No update from them yet.
No access to the server since this morning.
There was no new version.
We have no new customers.
The tests don't touch the network.
Our code never calls the API directly.
This module must be the culprit.
There must be an easier way.
It has to be the firewall.
He has to leave early.
You have to see this.
You need to update the config.
You should look into the scheduler.
You must fix the parser.
We must ship on Friday.
I always forget the syntax.
It is always the cache.
As always, great work.
Always fails on Mondays.
Ensure the server is running.
Make sure the server is up, then run the script.
Check that the file exists.
Please check that nothing is broken.
Verify that the button works.
Avoidable errors are annoying.
Limit reached.
Restricted mode is on.
Keep-alive is enabled.
Leaves are rendered last.
Stay on the line.
Stick around.
Follow the link below.
Follow up with Bob.
Use it or lose it.
Use the logs to find the cause.
Name three reasons.
Start with the parser.
End of file reached.
Implement the CSV export.
The JSON export stopped working.
The scheduler does not run at night.
The `accounts` table is written to by the importer.
I made my changes in src/export only yesterday.
We introduced three new packages.
The signatures of the SDK changed.
The docs folder has 40 files.
All existing tests pass.
It logs personal data, which is bad.
The CLI behaves differently since the last release.
The release branch was locked last week.
Do we stick to REST?
The logger lives in utils/log.py.
The provider never answers.
Where is customers.csv?
All new code was typed.
Run a few read-only commands and show me the output.
Who touched the cron file?
React was upgraded.
The header is the only thing that changed.
Please build the Dockerfile and run it.
Which functions already exist?
There must be a better approach.
There are no breaking changes in this release.
Don't be surprised if it is slow.
Don't forget to drop the temp table afterwards.
If the file already exists, overwrite it.
The fix requires a restart.
Does the fix require a restart?
Die Datei settings.py ist kaputt.
Ich weiß nicht, was das soll.
Il n'y a pas de fichier.
Je n'ai jamais vu ça.
No hay ningún archivo.
No me acuerdo del nombre.
Não há nenhum arquivo.
Não me lembro.
Vergiss den Header nicht.
Can you tell me what this does?
""".strip().split("\n")


@pytest.mark.parametrize("sentence", BINDING)
def test_a_standing_constraint_is_found_verbatim(sentence):
    found = constraints_in(sentence)
    assert found
    for said in found:
        assert said.text and sentence[said.start:said.end] == said.text


@pytest.mark.parametrize("sentence", FREE)
def test_what_binds_nobody_is_left_alone(sentence):
    assert constraints_in(sentence) == []


@pytest.mark.parametrize("sentence", BINDING[::7])
def test_a_constraint_is_found_beside_other_text(sentence):
    prompt = f"The importer crashed twice yesterday.\n\n{sentence}\n\nPlease have a look at the log and fix it."
    assert [prompt[said.start:said.end] for said in constraints_in(prompt)] == [said.text for said in constraints_in(prompt)]
    assert {said.text for said in constraints_in(prompt)} == {said.text for said in constraints_in(sentence)}


def test_the_tables_are_broad():
    assert len(BINDING) > 500 and len(FREE) > 500
