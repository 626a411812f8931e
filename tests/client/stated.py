"""What people tell an agent to keep to, twenty sentences a set, in the middle of the rest of what they say.

Each set is a list of prompts; what binds is marked «like this» and nothing else in them binds. The sets differ in trade, tone
and language, and no sentence is in two of them.
"""

import re

SETS = {
    "shop": [
        """We're moving the checkout of the web shop from the old payment library to the new one this week. The shop has been
live for three years and most of it is boring, which is good. «Please do not touch config/prod.yaml under any circumstances.»
The build takes about four minutes, so be patient with it. «Never push to the release branch.» I have already opened a ticket
for the design team; you don't need to wait for them. «The files under legacy/tax/ are read-only for you.» Start by
reading src/checkout/cart.ts, it explains itself. «Leave the orders table alone.» I like small commits. By the way, the demo
for the board went well yesterday.""",
        """Some background: the totals are computed twice, once in the browser and once on the server, and they have disagreed
before. «You must keep the public signature of computeTotal() as it is.» The staging database has a copy of last month's data.
«Don't run any migration against the production database.» «All new modules have to be named in kebab-case.» If you find the
bug that rounds 0.005 the wrong way, tell me. «Keep using pnpm, not npm or yarn.» The readme is out of date, I know.
«Under no circumstances may the file .env.production be edited.» «Only change files below src/checkout and tests/checkout.»
Have fun.""",
        """Here's what I noticed when I tried it on my laptop. The discount field flickers when it loses focus, which is ugly but
harmless. «Do not upgrade React.» There's a helper for money in src/lib/money.ts that you'll probably want. «You may not delete
any of the snapshot files in tests/__snapshots__.» «No network calls in unit tests.» The old code has a few funny comments.
«Refactor the discount code without changing the format of the receipts.» I think the French translation is done.
«package-lock.json stays as it is.»""",
        """Last bits before you begin. «Commit messages must start with the ticket number.» The ticket is SHOP-2211. «Stay away from
the payment-gateway directory.» I'll be in meetings until four and look at it afterwards. «Never log card numbers.» The tests are
slow on Mondays for reasons nobody understands. «Whatever happens, don't restart the redis server on cache-01.» «Avoid touching
the webhook handlers in src/hooks/stripe.ts.» Thanks a lot!""",
    ],
    "warehouse": [
        """Morning! The nightly load of the warehouse has been late for a week and finance is getting nervous. «No DDL against the
finance schema.» The scheduler's log is in logs/scheduler.log and it is long. «Treat everything in dbt/models/core as read-only.»
My guess is the join in stg_invoices, but I've been wrong before. «You are not allowed to drop or truncate customer_ledger.»
«Queries on the replica must carry a LIMIT.» The replica is small. «Never write to the host warehouse-prod-1.»""",
        """Regarding the models: they were written by four people in four styles. «Don't rename any column in dim_customer.»
I've put a diagram into docs/. «New models have to start with the prefix fin_.» A few of the macros are clever in a bad way.
«Use snake_case for every column name.» «We must not change the grain of fct_sales.» The tests in dbt/tests cover about half.
«Please leave macros/currency.sql untouched.» It's fine to add tests.""",
        """Then about running things. A full refresh takes six hours. «Never run a full refresh during the day.» The sandbox is
called analytics_dev and you can do what you like in it. «Only use the analytics_dev database for experiments.» «Backfills must
not go further back than 2022.» I had coffee with the auditors, they are nice people. «Do not modify seeds/exchange_rates.csv.»""",
        """One more round and then I'm quiet. «Keep the incremental strategy of fct_events on merge.» The dashboards read from the
mart layer. «Don't grant anything to the public role.» Somebody asked about a new chart, ignore that for now. «Secrets must never
show up in a query comment.» «Under no condition edit profiles.yml.» «Without my approval nothing in the mart layer may be
deleted.» «Every new table needs a comment.» If in doubt, write it down and go on with the next thing.""",
    ],
    "cluster": [
        """Hey, the platform team asked us to tidy the cluster manifests. It's a mixture of Helm and plain YAML, and some of it is
from 2019. «Don't touch anything in the kube-system namespace.» I drew a map of the services on the whiteboard, photo is in the
wiki. «Never run kubectl delete against the context prod-eu.» «The Terraform state must not be edited by hand.» Our on-call person
this week is Mira. «Leave infra/network alone, the other team owns it.»""",
        """The ingress is the confusing part: two controllers, one of them unused. «Do not change the TLS settings of the gateway.»
You'll see a lot of duplicated labels. «Every manifest must keep its owner label.» «You can only edit files in deploy/staging.»
There is a script that renders the charts; it's slow. «terraform apply is forbidden, plan is fine.» «Keep the image tags
pinned.» I really want to get rid of the copy-and-paste.""",
        """Concerning the pipelines. They've grown wild. «.gitlab-ci.yml must stay exactly as it is.» The runners have eight cores.
«No force pushes, ever.» «Don't use latest as an image tag.» I have asked for a second runner and been told to wait.
«You mustn't scale the ingest deployment below three replicas.» «The vault policies are not to be changed.» Next week we'll look
at costs.""",
        """And finally the conventions, because reviewers are picky. «Branch names must follow the pattern platform/<ticket>.» They
were agreed on last year. «Config maps have to be named in lower case with dashes.» «Never commit a kubeconfig.» The linter
catches some of that. «Please don't open ports on bastion-2.» «Hands off charts/postgres/values.yaml.»
«Make sure that no resource ends up in the default namespace.» Cheers.""",
    ],
    "phone": [
        """The new release of our phone app should go out on Friday, and the list of small things is long. «Do not edit
ios/Podfile.lock.» The designer has left comments in the file she sent round. «You must not bump the minimum iOS version.»
Two of the crashes are from the same line. «Never disable a failing test.» I attached no screenshots because the tool was down.
«The Android signing config in android/app/build.gradle is not to be modified.» «Strings go in the localisation files, never in
code.»""",
        """A word on the structure: features live in their own packages, more or less. «Don't add any new dependency.» The
networking layer is old but solid. «Keep supporting dark mode on every screen.» «Leave core/networking/ApiClient.kt unchanged.»
There's a debug menu behind five taps on the logo. «Class names of screens must end in Screen.» «We only ship with R8 enabled.»
If the emulator hangs, start it again.""",
        """What testers said: the list jumps when it reloads, and the tablet layout wastes space. Both are known. «Do not change the
analytics event names.» It'd be nice to see the list animation fixed. «User data must not leave the device.» «Don't call the
production API from tests.» One tester's phone was in Finnish. «Never store tokens in shared preferences.» «The onboarding flow is
frozen, so please do not alter it.»""",
        """Rest of the notes. «Use the existing DateFormatter helper for all dates.» The release notes are written by marketing.
«You may change everything in feature/profile except ProfileRepository.kt.» They'll want a summary. «Do not remove the
accessibility labels.» «Don't rewrite git history on develop.» «Please refrain from touching the
generated folder build/generated.» See you Friday.""",
    ],
    "kontor": [
        """Guten Morgen, es geht um die Abrechnung unseres Kontors. Der Import der Belege ist langsam, und keiner weiß warum.
«Bitte ändere nichts in config/produktion.yml.» Die Belege kommen jede Nacht als XML. «Niemals direkt auf den Zweig main pushen.»
Ich habe gestern zwei Stunden gesucht. «Die Tabelle buchungen darf nicht verändert werden.» «Die Datei steuer.py nicht
anfassen!» Die Tests laufen bei mir durch.""",
        """On se parle en français pour la partie des factures, Amélie relira. Le module est petit et bien testé. «Ne touche pas au
dossier factures/archive.» Il y a un exemple dans la documentation. «Ne modifie jamais le fichier facturation/tva.py.» Les
montants sont en centimes. «Il ne faut pas supprimer les anciens rapports.» «Les noms des nouvelles fonctions doivent être en
snake_case.» «Utilise uniquement la base de test.» Merci d'avance.""",
        """La parte de los clientes la lleva Marta y está casi lista. «No toques el archivo clientes/contratos.json.» El informe sale
los lunes. «Nunca borres datos de la tabla clientes.» La documentación está en la carpeta docs. «No ejecutes migraciones en
producción.» «Debes mantener la versión de Python en 3.11.» «El directorio clientes/legado es de solo lectura.» Gracias.""",
        """E por fim a parte do estoque, que o João escreveu. Ela funciona bem, só é lenta. «Não altere o arquivo estoque/precos.csv.»
Os relatórios são gerados às seis. «Nunca apague a pasta estoque/backup.» «Não mexa na tabela fornecedores.» Back to English for
the rest: the team sits in three countries. «Do not translate the column headers.» «All amounts must stay in cents.» «Keep the CSV
delimiter a semicolon.» Viel Erfolg!""",
    ],
    "library": [
        """i maintain a small parsing library and would like the error messages to be better, they're terse to the point of being rude.
«don't break the public API in src/lib.rs» is the one thing people would shout about, so that's that. benchmarks are in benches/.
«never use unsafe code.» the grammar has two known ambiguities. «leave the fuzz corpus alone.» «MSRV must stay at 1.70.» i don't
mind longer messages.""",
        """- the lexer is in src/lexer and is fast
- «do not add a build script»
- the docs are generated on every push
- «keep Cargo.toml's version number unchanged»
- «no println! in library code»
- examples are in examples/ and they're used in the docs
- «error types must be named *Error»
- «tests/golden/*.txt must never be regenerated»

that's it for the rules of the house, the rest is taste.""",
        """I tried to use the iterator version over the weekend; it was slower, so I dropped it. «I don't want you to touch
src/unicode/tables.rs.» It's generated by a script that only runs on my machine. «Under no circumstances publish the crate.» The
website is separate. «It's important that you never change the licence headers.» «You are only allowed to use crates that are
already in Cargo.lock.» A reader asked for spans in the errors. «Please make sure not to modify CHANGELOG.md.»""",
        """Two more things came to mind in the shower. «From now on, run cargo fmt before every commit.» The CI is picky about it.
«The examples directory must not depend on tokio.» A friend uses the library in a game. «Do your work on the branch
better-errors and nowhere else.» «You should never edit rust-toolchain.toml.»
«Don't delete or skip existing tests.» «deny.toml is off-limits.» OK, go!""",
    ],
    "odd spellings": [
        """ok so the thing is called “Ledger” and it lives in a folder with a space in its name, sorry about that. «dont touch
'My Ledger/book 1.csv'» pls. The rest is normal. «Please don’t rename `getTotal()`.» I use curly quotes because of my keyboard.
«NEVER EVER PUSH TO origin/main!!!» Sorry for shouting. «You must **not** edit `src/core/engine.rs`.» There's a picture in the
wiki. «Leave "templates/mail/*.html" as they are.»""",
        """1. have a look at the failing test
2. «do not modify tests/conftest.py»
3. find out why it is slow
4. «keep https://api.example.org/v2 as the base URL»
5. write down what you find

* «never, ever, commit files larger than 5 MB»
* the numbers are in a sheet somewhere
* «the file "übersicht.md" must not be changed»""",
        """Concerning the build: it's fine. «You mustn't, whatever the linter says, reformat vendor/.» It complains a lot.
«The API keys in settings/keys.toml: don't touch them.» I rotate them in May. The architects
are still discussing docs/architecture.md. «Never ever ever delete anything in /srv/backups.» «Do NOT upgrade to Python 3.13 yet 🙏.»""",
        """> so what should it look like?

Like the old one. «Do not change the colours in theme.css (the client chose them).» I showed it to them on Tuesday; they liked it.
«Under no circumstances must data/*.sqlite be committed.» «We must keep using tabs in Makefiles.» «No new files in the root folder,
please.» «src/legacy is off limits.» «Only use functions that exist in lodash 4.» «Don't you dare touch billing.py ;-)» That is
all.""",
    ],
}


def sentences(name):
    """The twenty sentences of a set that bind, in their order, each in one line."""
    return [" ".join(one.split()) for prompt in SETS[name] for one in re.findall("«(.+?)»", prompt, re.DOTALL)]


def prompts(name):
    """The prompts of a set as the person typed them."""
    return [prompt.replace("«", "").replace("»", "") for prompt in SETS[name]]


def found(wanted, text):
    """Which of the sentences stand in a text, word for word; a line break counts as a space."""
    text = " ".join(text.split())
    return [one for one in wanted if one.rstrip(".!") in text]
