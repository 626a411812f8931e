"""What code hosting, CI and application platforms can lose for everyone, or hand to somebody else."""

from holdfast.guard.packs import shown, when, words
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line

_REPO = "-R --repo --hostname -a --app -g --group"
_GONE = "There is no way back, and others depend on it."
_PERSON = "Leave this step to a person, and say in your report what should go and why."
_MUTATIONS = ("delete", "remove", "archive", "transfer", "mergepullrequest", "closepullrequest", "updatebranchprotection", "closeissue")


def _method(command: "Command") -> str:
    """The HTTP method, in capitals, "" when it is not given: -X M, -sXM, --request=M, or the first word of `http M URL`."""
    given = command.flag_value("-X", "--method", "--request")
    if given is not None:
        return given.shown.upper()
    for arg in command.args:
        text = arg.shown
        letters, found, method = text.partition("X")
        if found and letters[:1] == "-" and letters[1:].isalpha() and letters[1:].islower() and method:
            return method.upper()
    first = words(command)[:1] if command.program in ("http", "https", "xh") else []
    return first[0] if first and first[0].isupper() else ""


def _api(command: "Command", line: "Line") -> "str | None":
    if words(command, _REPO)[:1] != ["api"] or command.has_flag("--help"):
        return None
    if _method(command) == "DELETE":
        return f"`{shown(command)}` deletes through the API"
    if "graphql" in words(command, "-H --header -f -F --field --raw-field -q --jq -X --method --input -t --template")[1:2]:
        text = " ".join(a.shown for a in command.args).lower()
        after = text.partition("mutation")[2]
        return (
            f"`{shown(command)}` changes or deletes through the API"
            if any(f"{{{m}" in after.replace(" ", "").replace("\n", "") for m in _MUTATIONS)
            else None
        )
    return None


def _api_rights(command: "Command", line: "Line") -> "str | None":
    """Changes of who may do what: collaborators, keys, hooks, branch protection, secrets."""
    given = words(command, f"{_REPO} -H --header -f -F --field --raw-field -q --jq -X --method --input -t --template")
    if given[:1] != ["api"] or len(given) < 2:
        return None
    writes = (
        _method(command) in ("PUT", "POST", "PATCH")
        or not _method(command)
        and command.has_flag("f", "F", "--field", "--raw-field", "--input")
    )
    path = given[1].lower()
    rights = any(
        part in path
        for part in (
            "/collaborators",
            "/keys",
            "/hooks",
            "/protection",
            "/rulesets",
            "/secrets/",
            "/transfer",
            "/memberships",
            "user/gpg_keys",
            "/visibility",
            "/environments/",
        )
    )
    settings = any(
        arg.prefix.startswith(("archived=", "private=", "visibility=", "default_branch=", "-farchived", "-fprivate"))
        for arg in command.args
    )
    rights |= settings and path.strip("/").startswith("repos/") and path.strip("/").count("/") == 2
    merges = path.endswith(("/merge", "/merges"))
    return f"`{shown(command)}` changes who may do what in the repository" if writes and (rights or merges) else None


def _visibility(command: "Command", line: "Line") -> "str | None":
    given = words(command, _REPO)
    if given[:2] == ["repo", "sync"] and command.has_flag("--force"):
        return f"`{shown(command)}` overwrites the branch there"
    if given[:2] != ["repo", "edit"] or command.has_flag("--help"):
        return None
    return f"`{shown(command)}` changes who can see the repository" if command.has_flag("--visibility", "--default-branch") else None


def _merge(command: "Command", line: "Line") -> "str | None":
    given = words(command, f"{_REPO} -b --body -t --subject -F --body-file --match-head-commit -A --author-email")
    if given[:2] not in (["pr", "merge"], ["mr", "merge"], ["mr", "accept"], ["pr", "m"], ["pulls", "merge"]) or command.has_flag("--help"):
        return None
    waits = command.has_flag("--auto", "--disable-auto", "--auto-merge", "--when-pipeline-succeeds") and not command.has_flag("--admin")
    return None if waits else f"`{shown(command)}` merges without waiting for checks or a review"


def _extension(command: "Command", line: "Line") -> "str | None":
    given = words(command, _REPO)
    known = len(given) > 2 and given[2].startswith(("github/gh-", "cli/"))
    runs = given[:2] in (["extension", "install"], ["ext", "install"], ["extensions", "install"], ["extension", "exec"]) and not known
    return f"`{shown(command)}` runs a program of an unknown author with your access" if runs and "." not in given[2:3] else None


_HEROKU = (
    "destroy reset unset remove rm clear delete revoke kill killall stop leave rename disable detach transfer rotate promote copy restore "
    "push unattach"
)


def _heroku(command: "Command", line: "Line") -> "str | None":
    given = words(command, "-a --app -r --remote -t --team")
    topic, _, verb = given[0].partition(":") if given else ("", "", "")
    verb = verb.rpartition(":")[2] or topic
    gone = verb in _HEROKU.split() or given[:1] in (["access:add"], ["maintenance:on"], ["pg:upgrade"])
    plain = topic in ("container", "plugins", "auth", "git") and verb != "rm" or verb == "promote" and topic == "pipelines"
    return (
        f"`{shown(command)}` destroys or replaces what is in use" if gone and not plain and not command.has_flag("-h", "--help") else None
    )


def _fly(command: "Command", line: "Line") -> "str | None":
    given = words(command, "-a --app -c --config -o --org -r --region")
    gone = len(given) > 0 and (
        given[0] == "destroy"
        or given[:2]
        in (
            ["apps", "destroy"],
            ["volumes", "destroy"],
            ["volumes", "delete"],
            ["machine", "destroy"],
            ["machines", "destroy"],
            ["postgres", "destroy"],
            ["secrets", "unset"],
            ["redis", "destroy"],
            ["ips", "release"],
            ["orgs", "delete"],
            ["storage", "destroy"],
            ["vol", "destroy"],
            ["certs", "remove"],
        )
    )
    return f"`{shown(command)}` destroys what is in use" if gone and not command.has_flag("-h", "--help") else None


def _supabase(command: "Command", line: "Line") -> "str | None":
    given = words(command, "--project-ref --workdir --db-url")
    if (
        given[:2] == ["db", "reset"]
        and command.has_flag("--linked", "--db-url")
        or given[:2] in (["projects", "delete"], ["functions", "delete"], ["secrets", "unset"], ["branches", "delete"], ["storage", "rm"])
    ):
        return f"`{shown(command)}` deletes data or functions that are in use"
    return None


def _curl(command: "Command", line: "Line") -> "str | None":
    """The same deletion over HTTP, at a provider, in a data store or in a cluster."""
    method = _method(command)
    for arg in command.operands("-X --request -H --header -d --data -u --user -o --output --cacert --cert --key -A -e -m --max-time"):
        address = arg.shown.partition("://")[2] or arg.shown
        host, _, path = address.partition("/")
        host = host.rpartition("@")[2].lower()
        if method == "DELETE" and host in _APIS:
            return f"`{shown(command)}` deletes through a provider's API"
        if host.endswith(_STORES) and (method == "DELETE" and path.strip("/") or "_delete_by_query" in path):
            return f"`{shown(command)}` deletes from a data store"
        if method == "DELETE" and path.startswith(("api/v1/", "apis/")) and "namespaces" in path:
            return f"`{shown(command)}` deletes in a cluster through its API"
    return None


# The ports of Elasticsearch, CouchDB, InfluxDB, Solr, Neo4j, Qdrant, ArangoDB, RabbitMQ, Consul, etcd, Vault, Meilisearch, Typesense.
_STORES = (":9200", ":9201", ":5984", ":8086", ":8983", ":7474", ":6333", ":8529", ":15672", ":8500", ":2379", ":8200", ":7700", ":8108")
_APIS = (
    "api.github.com",
    "gitlab.com",
    "api.bitbucket.org",
    "api.cloudflare.com",
    "api.heroku.com",
    "api.digitalocean.com",
    "api.hetzner.cloud",
    "api.vercel.com",
    "api.netlify.com",
    "api.stripe.com",
    "management.azure.com",
    "api.linode.com",
    "registry.npmjs.org",
    "hub.docker.com",
    "api.fly.io",
    "api.machines.dev",
    "api.supabase.com",
    "api.render.com",
    "storage.googleapis.com",
    "compute.googleapis.com",
    "slack.com",
    "api.telegram.org",
    "circleci.com",
    "app.terraform.io",
    "api.pulumi.com",
    "api.mongodb.com",
    "cloud.mongodb.com",
    "api.vultr.com",
    "api.openai.com",
    "api.anthropic.com",
)


def _jenkins(command: "Command", line: "Line") -> "str | None":
    given = [w or "" for w in command.words]
    client = command.program != "java" or any(w.endswith("jenkins-cli.jar") for w in given)
    gone = next(
        (
            w
            for w in given
            if client
            and w
            in (
                "delete-job",
                "delete-builds",
                "delete-node",
                "delete-view",
                "delete-credentials",
                "groovy",
                "groovysh",
                "shutdown",
                "disable-job",
                "clear-queue",
                "quiet-down",
            )
        ),
        None,
    )
    return f"`{shown(command)}` changes or deletes on the build server" if gone else None


def _service(command: "Command", line: "Line") -> "str | None":
    if command.program == "nsupdate":
        told = command.stdin.shown if command.stdin is not None else ""
        gone = any(row.split()[:2] == ["update", "delete"] for row in told.splitlines())
    else:
        given = words(command, "--vault --account --project -p --config -c --env -t --token -o --org --service-id -s --path")
        verbs = [word for word in given[:5] if word in _VERBS or word in _READS]
        gone = bool(verbs) and verbs[0] in _VERBS
    return f"`{shown(command)}` removes what others rely on" if gone and not command.has_flag("--help", "--dry-run") else None


_VERBS = frozenset("delete remove rm unregister purge destroy reset revoke archive delete-all clean empty".split())
_READS = frozenset("run exec list get show create add set edit update import export open login read inject upload describe".split())

PACK = Pack(
    "hosting",
    Pattern(
        code="HST001",
        title="repository deleted",
        programs="gh glab tea hub",
        severity="catastrophic",
        test=when("repo,repos delete,rm|delete", "deletes a repository", _REPO),
        why=_GONE,
        instead=_PERSON,
        blocks=("gh repo delete a/b --yes", "gh repo delete b", "hub delete -y a/b", "glab repo delete a/b", "cd x && gh repo delete a/b"),
        allows=("gh repo view a/b", "gh repo list", "gh repo delete --help", "gh repo clone a/delete", "gh issue list -S 'repo delete'"),
    ),
    Pattern(
        code="HST002",
        title="repository archived, renamed or given away",
        programs="gh glab",
        test=when("repo archive,rename,transfer,unarchive,sync-delete|project transfer", "changes the repository for everyone", _REPO),
        why="Clones, links, packages and deployments that name it stop working.",
        instead=_PERSON,
        blocks=("gh repo archive a/b -y", "gh repo rename new", "glab repo transfer a/b --target-namespace c"),
        allows=("gh repo view", "gh repo archive --help", "glab repo archive -f zip a/b --help", "gh repo fork a/b"),
    ),
    Pattern(
        code="HST003",
        title="visibility or branch changed",
        programs="gh",
        test=_visibility,
        why="A private repository shown once can't be made secret again.",
        instead=_PERSON,
        blocks=("gh repo edit --visibility public", "gh repo edit a/b --visibility=public --accept-visibility-change-consequences"),
        allows=("gh repo edit --description x", "gh repo view --json visibility", "gh repo edit --add-topic cli"),
    ),
    Pattern(
        code="HST004",
        title="release deleted",
        programs="gh glab hub tea",
        test=when("release,releases delete,delete-asset,rm", "deletes a published release", _REPO),
        why="People and machines download it by that name.",
        instead="Mark it instead with `gh release edit v1 --prerelease`.",
        blocks=(
            "gh release delete v1 --yes",
            "gh release delete-asset v1 app.zip",
            "gh -R a/b release delete v1 --cleanup-tag",
            "glab release delete v1",
        ),
        allows=("gh release view v1", "gh release create v1", "gh release list", "gh release upload v1 app.zip --clobber"),
    ),
    Pattern(
        code="HST005",
        title="CI secret changed",
        programs="gh glab",
        test=when("secret set,delete,remove|variable delete,remove|securefile remove", "changes secrets that every run uses", _REPO),
        why="Runs break, or take a value that nobody has looked at.",
        instead=_PERSON,
        blocks=("gh secret set TOKEN --body x", "gh secret delete TOKEN", "gh variable delete X", "glab variable delete X"),
        allows=("gh secret list", "gh variable list", "gh variable get X", "gh secret set --help", "gh variable set X --body 1"),
    ),
    Pattern(
        code="HST006",
        title="deletion through an API",
        programs="gh glab",
        test=_api,
        why="The API deletes without a question, and some of it for good.",
        instead="Read first with `gh api repos/a/b`.",
        blocks=(
            "gh api -X DELETE repos/a/b",
            "gh api --method=DELETE /repos/a/b/releases/1",
            "glab api -X delete projects/1",
            "gh api graphql -f query='mutation { deleteIssue(input: {issueId: \"x\"}) { clientMutationId } }'",
        ),
        allows=(
            "gh api repos/a/b",
            "gh api graphql -f query='query { viewer { login } }'",
            "gh api -X GET search/issues -f q=DELETE",
            "gh api repos/a/b/issues/1/comments -f body='-X DELETE'",
        ),
    ),
    Pattern(
        code="HST007",
        title="rights changed through an API",
        programs="gh glab",
        test=_api_rights,
        why="Someone gains access, or a protection that stops mistakes goes away.",
        instead="Read first with `gh api repos/a/b/collaborators`.",
        blocks=(
            "gh api -X PUT repos/a/b/collaborators/eve",
            "gh api repos/a/b/keys -f key=x",
            "gh api -X PATCH repos/a/b/branches/main/protection",
            "gh api -X PUT repos/a/b/pulls/1/merge",
        ),
        allows=(
            "gh api repos/a/b/collaborators",
            "gh api repos/a/b/hooks",
            "gh api repos/a/b/issues -f title=x",
            "gh api -X POST repos/a/b/statuses/abc -f state=success",
        ),
    ),
    Pattern(
        code="HST008",
        title="workflow or run taken away",
        programs="gh glab",
        test=when(
            "workflow disable|run delete|ci delete|schedule delete|runner delete|pipeline delete",
            "takes away checks or their record",
            _REPO,
        ),
        why="The checks and their record are what others rely on.",
        instead="Look at it with `gh run view`, and run it again with `gh run rerun`.",
        blocks=("gh workflow disable ci.yml", "gh run delete 12", "glab ci delete 12"),
        allows=("gh workflow run ci.yml", "gh workflow list", "gh run list", "gh run rerun 12", "gh run watch 12", "gh run cancel 12"),
    ),
    Pattern(
        code="HST009",
        title="merge without review",
        programs="gh glab tea",
        test=_merge,
        why="What is merged is deployed or built upon, and nobody has looked at it.",
        instead="Ask for it with `gh pr merge --auto --squash`, which waits for checks and reviews.",
        blocks=("gh pr merge 12", "gh pr merge --admin --squash", "gh pr merge --auto --admin 12", "glab mr merge 3 --yes"),
        allows=("gh pr merge --auto --squash 12", "gh pr checks 12", "gh pr view --json mergeable", "gh pr merge --help", "gh pr create"),
    ),
    Pattern(
        code="HST010",
        title="pull request or issue closed",
        programs="gh glab tea hub",
        severity="caution",
        test=when("pr,mr,pull,pulls close|issue,issues close", "closes what others work on", _REPO),
        why="Closing is a decision about other people's work.",
        instead="Say why it can be closed: `gh pr comment 12 --body 'can be closed'`.",
        blocks=("gh pr close 12", "gh pr close 12 --delete-branch", "gh issue close 3 --comment done", "glab mr close 3"),
        allows=(
            "gh pr view 12",
            "gh pr list --state closed",
            "gh issue list",
            "gh issue create -t close",
            "gh pr comment 12 -b close",
            "gh pr reopen 12",
            "gh pr ready 12",
        ),
    ),
    Pattern(
        code="HST011",
        title="issue or discussion deleted or moved",
        programs="gh glab tea",
        test=when(
            "issue,issues delete,transfer|pr,mr delete|label delete|milestone delete|gist delete|snippet delete|project,projects delete"
            "|discussion delete|codespace,cs delete|package delete|org delete|group delete|environment delete|deploy-key delete",
            "deletes for good",
            _REPO,
        ),
        why=_GONE,
        instead="Close or rename it, or leave it to a person.",
        blocks=(
            "gh issue delete 3 --yes",
            "gh issue transfer 3 a/b",
            "gh label delete bug --yes",
            "gh gist delete abc",
            "gh codespace delete --all",
        ),
        allows=("gh issue list", "gh label list", "gh label create delete", "gh cache list", "gh issue edit 3 --remove-label x"),
    ),
    Pattern(
        code="HST012",
        title="key added or removed",
        programs="gh glab tea",
        test=when(
            "ssh-key,gpg-key,ssh-keys add,delete|repo deploy-key add,delete|deploy-key add|token create,revoke,rotate|auth "
            "refresh,setup-ssh",
            "changes who can get in as you",
            _REPO,
        ),
        why="A key or a wider scope is access that outlives this session.",
        instead=_PERSON,
        blocks=("gh ssh-key add k.pub", "gh gpg-key delete 12", "gh repo deploy-key add k.pub -w", "gh auth refresh -s delete_repo"),
        allows=("gh ssh-key list", "gh auth status", "gh repo deploy-key list", "gh auth refresh --help"),
    ),
    Pattern(
        code="HST013",
        title="extension of an unknown author",
        programs="gh",
        test=_extension,
        why="An extension runs with your token.",
        instead="Look for it with `gh extension search`, and have a person install it.",
        blocks=("gh extension install eve/gh-tool", "gh ext install https://example.invalid/gh-x"),
        allows=("gh extension list", "gh extension install github/gh-copilot", "gh extension upgrade --all", "gh extension install ."),
    ),
    Pattern(
        code="HST014",
        title="Heroku resource destroyed",
        programs="heroku",
        test=_heroku,
        why="Applications, data or settings in use are gone at once.",
        instead="Look first with `heroku apps:info`.",
        blocks=("heroku apps:destroy -a shop --confirm shop", "heroku pg:reset DATABASE_URL", "heroku config:unset KEY -a shop"),
        allows=("heroku logs -t", "heroku config -a shop", "heroku pg:info", "heroku apps:destroy --help", "heroku ps:restart"),
    ),
    Pattern(
        code="HST015",
        title="Fly resource destroyed",
        programs="fly flyctl",
        test=_fly,
        why="Applications or volumes in use are gone at once.",
        instead="Look first with `fly status`.",
        blocks=("fly apps destroy shop --yes", "flyctl volumes destroy vol_1", "fly destroy shop", "fly secrets unset KEY"),
        allows=("fly deploy", "fly logs", "fly apps list", "fly volumes list", "fly machine restart 1"),
    ),
    Pattern(
        code="HST016",
        title="deployed site removed",
        programs="vercel vc now netlify netlify-cli ntl surge railway render firebase firebase-tools wrangler deployctl "
        "pscale turso neonctl neon",
        test=when(
            "remove,rm,teardown,down,delete|project,projects rm,remove,delete|sites,site,sites:delete "
            "delete|sites:delete|domains,dns,certs "
            "rm,remove|env rm,remove|env:unset|alias rm|hosting:disable,projects:delete,functions:delete,firestore:delete,"
            "database:remove,apps:delete|kv:namespace,kv:key,kv:bulk delete|kv * delete|d1,queues,vectorize,hyperdrive delete|r2 bucket,"
            "object delete|secret delete|pages project delete|environment delete|volume delete|"
            "db,database,group destroy,delete|branch,branches,databases,roles delete|service,services delete|secrets rm|teams rm",
            "removes what is deployed",
            "--cwd --scope -t --token -S -s --site --project -P --account -c --config -e --env",
        ),
        why="What users reach, or its data and settings, is gone at once.",
        instead=_PERSON,
        blocks=(
            "vercel remove shop --yes",
            "netlify sites:delete 12",
            "firebase firestore:delete --all-collections",
            "wrangler delete",
            "wrangler kv namespace delete --namespace-id x",
            "railway down",
            "vercel env rm KEY production",
            "turso db destroy shop",
            "pscale database delete shop --force",
        ),
        allows=(
            "vercel deploy",
            "vercel ls",
            "netlify deploy --prod",
            "firebase deploy",
            "wrangler dev",
            "wrangler d1 list",
            "railway up",
            "vercel env ls",
        ),
    ),
    Pattern(
        code="HST017",
        title="Supabase project emptied",
        programs="supabase",
        test=_supabase,
        why="The linked database or its functions are in use.",
        instead="Reset the local one with `supabase db reset --local`.",
        blocks=(
            "supabase db reset --linked",
            "supabase projects delete abc",
            "supabase functions delete hello",
            "supabase db reset --db-url x",
        ),
        allows=("supabase db reset", "supabase db push", "supabase start", "supabase stop", "supabase functions deploy"),
    ),
    Pattern(
        code="HST018",
        title="API asked to delete",
        programs="curl wget http https xh",
        test=_curl,
        why="The API deletes without a question, and some of it for good.",
        instead="Read first with `curl https://api.github.com/repos/a/b`.",
        blocks=(
            "curl -X DELETE https://api.github.com/repos/a/b",
            "curl -sXDELETE -H 'x: y' https://api.digitalocean.com/v2/droplets/1",
            "curl --request delete https://api.cloudflare.com/client/v4/zones/1",
            "http DELETE https://api.github.com/repos/a/b",
            "curl -X DELETE localhost:9200/_all",
            "curl -XPOST es:9200/a/_delete_by_query -d '{}'",
            "curl -k -X DELETE https://192.0.2.1:6443/api/v1/namespaces/shop",
        ),
        allows=(
            "curl https://api.github.com/repos/a/b",
            "curl -X DELETE http://localhost:3000/items/1",
            "curl -X POST https://slack.com/api/x",
            "curl -d 'DELETE' https://api.github.com/x",
            "curl localhost:9200/_cat/indices",
            "curl -XPOST localhost:9200/a/_search -d '{}'",
        ),
    ),
    Pattern(
        code="HST019",
        title="build server changed",
        programs="jenkins-cli java jenkins",
        test=_jenkins,
        why="Jobs, their history and the secrets of every project are there.",
        instead="Look first with `jenkins-cli list-jobs`.",
        blocks=("jenkins-cli delete-job deploy", "java -jar jenkins-cli.jar -s http://localhost:8080 groovy = x"),
        allows=("jenkins-cli list-jobs", "java -jar app.jar delete-job", "jenkins-cli build test"),
    ),
    Pattern(
        code="HST020",
        title="CI project settings removed",
        programs="circleci travis buildkite-agent drone tfx codefresh bk appveyor",
        test=when(
            "context delete,remove-secret,store-secret|env unset,clear|cache --delete|settings --unset|repo rm,disable|secret rm|disable"
            "|orgsecret rm|runner resource-class,token delete|namespace delete|delete|build delete|sshkey --delete",
            "removes settings that every build uses",
            "-r --repo --org-id --host --token -t",
        ),
        why="Builds of every branch break, or secrets are lost.",
        instead=_PERSON,
        blocks=("circleci context delete github acme prod", "travis env unset KEY", "travis disable", "drone repo rm a/b"),
        allows=("circleci config validate", "travis status", "drone build ls a/b", "travis env list"),
    ),
    Pattern(
        code="HST021",
        title="settings of a service removed",
        programs="doppler op infisical fastly ldcli newrelic pd sentry-cli algolia sendgrid unleash flipt gitlab-runner akamai kong deck "
        "nsupdate splunk bw chamber berglas confluent auth0 okta clerk contentful sanity",
        test=_service,
        why="Applications that read it fail, or the service stops for everyone.",
        instead=_PERSON,
        blocks=(
            "doppler secrets delete KEY -y",
            "op item delete x --vault v",
            "gitlab-runner unregister --all-runners",
            "fastly service delete --force",
            "printf 'update delete a.example.com A\\nsend\\n' | nsupdate",
            "confluent kafka cluster delete lkc-1",
        ),
        allows=(
            "doppler run -- rm x.txt",
            "op item list",
            "gitlab-runner list",
            "fastly service list",
            "sentry-cli releases list",
            "op item get delete",
        ),
    ),
)
