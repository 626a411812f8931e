"""What a cloud account loses, shows to everyone or hands over: machines, buckets, databases, keys, rights, records."""

from holdfast.guard.packs import shown, when, words
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line
    from holdfast.guard.rule import Test

_AWS = "--profile --region --output --endpoint-url --query --ca-bundle --cli-read-timeout --cli-connect-timeout --color --cli-binary-format"
_GCLOUD = "--project --account --configuration --format --verbosity --zone --region --impersonate-service-account --billing-project"
_AZ = "-g --resource-group -n --name -o --output --subscription --query -s -l --location --account-name -c --vault-name --ids"
_OTHER = (
    "-c --config -o --output --context --project --region --zone -p --profile -t --token --access-token --api-key --compartment-id "
    "--endpoint --os-cloud -n --cli-profile"
)
_BUILT = (
    "dist",
    "build",
    "public",
    "out",
    "_site",
    "site",
    "www",
    ".next",
    "target",
    "html",
    "docs",
    "storybook-static",
    "coverage",
    "_book",
)
_ANYWHERE = ("0.0.0.0/0", "::/0", "0.0.0.0", "Internet", "*")
_ADMIN = (
    "AdministratorAccess",
    "IAMFullAccess",
    "PowerUserAccess",
    "roles/owner",
    "roles/editor",
    "Owner",
    "User Access Administrator",
    "roles/iam.securityAdmin",
    "roles/resourcemanager.projectIamAdmin",
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/iam.serviceAccountUser",
    "Contributor",
)
_PERSON = "Leave this step to a person, and say in your report what should go and why."
_GONE = "What it holds is gone at once, and others depend on it."


def _harmless(command: "Command") -> bool:
    return (
        command.has_flag("--help", "--dry-run", "--dryrun", "--generate-cli-skeleton", "--validate-only", "--what-if")
        or "help" in command.words[-1:]
    )


def _text(command: "Command") -> str:
    return " ".join(arg.shown for arg in command.args)


def _aws(says: str, told: str, needs: str = "") -> "Test":
    """A test for operations of aws: "ec2 terminate-instances,delete-*" where a "*" at the end of a word stands for the rest of it."""
    routes = [(path.split()[0], path.split()[1].split(",")) for path in told.split("|")]

    def test(command: "Command", line: "Line") -> "str | None":
        given = words(command, _AWS)
        if len(given) < 2 or _harmless(command) or needs and not any(mark in _text(command) for mark in needs.split()):
            return None
        for service, operations in routes:
            if service in (given[0], "*") and any(_fits(given[1], operation) for operation in operations):
                return f"`{shown(command)}` {says}"
        return None

    return test


def _fits(word: str, told: str) -> bool:
    return word.startswith(told[:-1]) if told.endswith("*") else word == told


def _bucket(command: "Command", line: "Line") -> "str | None":
    given = words(command, f"{_AWS} --exclude --include")
    if given[:1] != ["s3"] or _harmless(command):
        return None
    many = given[1:2] == ["rm"] and command.has_flag("--recursive") or given[1:2] == ["rb"]
    return f"`{shown(command)}` deletes a bucket or all that is in it" if many else None


def _mirrored(command: "Command", line: "Line") -> "str | None":
    """sync --delete deletes at its target all that is not in its source, which is what publishing a build output wants."""
    given = words(command, f"{_AWS} {_OTHER} --exclude --include -x --cache-control --acl --transfers --filter")
    given = given[1:] if given[:1] in (["s3"], ["storage"]) else given
    if (
        given[:1] not in (["sync"], ["rsync"], ["mirror"], ["syncs"])
        or _harmless(command)
        or command.program == "gsutil"
        and command.has_flag("n")
    ):
        return None
    deletes = (
        command.program == "rclone"
        or command.has_flag("--delete", "--delete-destination", "--remove", "--delete-removed", "--delete-unmatched-destination-objects")
        or command.program == "gsutil"
        and command.has_flag("d")
        or command.program == "b2"
        and command.has_flag("--keepDays")
    )
    source = given[1].rstrip("/").rpartition("/")[2] if len(given) > 2 else ""
    remote = len(given) > 2 and ":" in given[2]
    return f"`{shown(command)}` deletes at the target what is not in the source" if deletes and remote and source not in _BUILT else None


def _public(command: "Command", line: "Line") -> "str | None":
    given, text = words(command, _AWS), _text(command).replace(" ", "")
    acl = command.flag_value("--acl")
    opened = (
        acl is not None
        and acl.shown.startswith("public")
        or given[1:2] == ["delete-public-access-block"]
        or given[1:2] == ["put-public-access-block"]
        and "=false" in text.lower()
        or given[1:2] == ["put-bucket-policy"]
        and ('"Principal":"*"' in text or '"AWS":"*"' in text)
        or given[1:2] == ["add-permission"]
        and "--principal*" in text
        or given[1:2] in (["modify-snapshot-attribute"], ["modify-image-attribute"], ["modify-db-snapshot-attribute"])
        and any(mark in text for mark in ("--group-namesall", "Group=all", "--values-to-add", "UserId=", "--operation-typeadd"))
        or given[1:2] == ["modify-db-instance"]
        and command.has_flag("--publicly-accessible")
        or "--grant-read" in text
        and "AllUsers" in text
    )
    return f"`{shown(command)}` shows it to everyone" if opened and not _harmless(command) else None


_WAYS_IN = (["ec2-instance-connect", "send-ssh-public-key"], ["ssm", "send-command"], ["ec2", "associate-iam-instance-profile"],
            ["ec2", "get-password-data"], ["ec2", "replace-iam-instance-profile-association"], ["sts", "get-federation-token"])


def _iam(command: "Command", line: "Line") -> "str | None":
    given, text = words(command, _AWS), _text(command)
    if (given[:2] in _WAYS_IN or given[:2] == ["ec2", "modify-instance-attribute"] and "--user-data" in text) and not _harmless(command):
        return f"`{shown(command)}` opens a way into machines of the account"
    if given[:1] not in (["iam"], ["sso-admin"], ["organizations"]) or len(given) < 2 or _harmless(command):
        return None
    operation = given[1]
    grants = (
        operation
        in (
            "create-access-key",
            "create-login-profile",
            "update-login-profile",
            "put-user-policy",
            "put-role-policy",
            "put-group-policy",
            "update-assume-role-policy",
            "add-user-to-group",
            "deactivate-mfa-device",
            "create-service-specific-credential",
            "attach-policy",
            "create-account-assignment",
            "update-account-password-policy",
            "upload-ssh-public-key",
            "set-default-policy-version",
            "add-role-to-instance-profile",
            "create-user",
            "delete-account-password-policy",
            "create-open-id-connect-provider",
            "create-saml-provider",
        )
        or operation == "create-policy-version"
        and "--set-as-default" in text
    )
    attached = operation.startswith("attach-") and any(name in text for name in _ADMIN) or operation.startswith("attach-user-")
    return (
        f"`{shown(command)}` gives away or weakens access to the account"
        if given[0] == "iam" and (grants or attached) or given[0] != "iam" and grants
        else None
    )


def _open_port(command: "Command", line: "Line") -> "str | None":
    text = _text(command)
    wide = any(f"{sep}{net}" in f" {text}" for net in _ANYWHERE[:3] for sep in (" ", "=", '"', ",", "'"))
    if command.program == "aws":
        given = words(command, _AWS)
        opens = given[1:2] in (["authorize-security-group-ingress"], ["create-network-acl-entry"])
    elif command.program == "gcloud":
        given = words(command, _GCLOUD)
        opens = "firewall-rules" in given and ("create" in given or "update" in given) and "--action=deny" not in text.lower()
        wide = wide and True
    else:
        given = words(command, _AZ)
        opens = "rule" in given and ("create" in given or "update" in given) and "Deny" not in text or given[:2] == ["vm", "open-port"]
        wide = (
            wide
            or given[:2] == ["vm", "open-port"]
            or any(
                f"{flag}{sep}{net}" in text
                for flag in ("--source-address-prefixes", "--source-address-prefix")
                for sep in (" ", "=")
                for net in ("*", "Internet", "'*'")
            )
        )
    return f"`{shown(command)}` opens a port to the whole internet" if opens and wide and not _harmless(command) else None


def _dns(command: "Command", line: "Line") -> "str | None":
    given, text = words(command, _AWS), _text(command)
    deletes = (
        given[:2] == ["route53", "change-resource-record-sets"]
        and '"DELETE"' in text.replace(" ", "")
        or given[:2]
        in (
            ["route53", "delete-hosted-zone"],
            ["route53domains", "delete-domain"],
            ["route53domains", "transfer-domain-to-another-aws-account"],
        )
    )
    return f"`{shown(command)}` takes names out of the DNS" if deletes and not _harmless(command) else None


_NAMED = ("s3", "kms", "cloudtrail", "guardduty", "organizations", "account")  # have patterns of their own


def _aws_deletion(command: "Command", line: "Line") -> "str | None":
    given = words(command, _AWS)
    if len(given) < 2 or _harmless(command) or given[0] in _NAMED or command.has_flag("--no-execute-changeset"):
        return None
    gone = given[1].startswith(
        (
            "delete-",
            "terminate-",
            "purge-",
            "deregister-",
            "batch-delete-",
            "destroy-",
            "remove-tags-off",
            "decrease-",
            "reject-",
            "release-",
            "revoke-",
            "remove-",
            "disable-",
            "cancel-keys",
            "force-",
            "reset-",
            "reboot-",
            "admin-delete-",
        )
    )
    plain = (
        given[1]
        in (
            "delete-message",
            "delete-message-batch",
            "deregister-task-definition",
            "delete-item",
            "reset-image-attribute",
            "delete-object",
            "release-hosts",
            "delete-alarms-dry",
            "remove-tags",
            "remove-tags-from-resource",
            "delete-tags",
            "force-unlock",
        )
        or given[0] == "configure"
    )
    return f"`{shown(command)}` deletes or switches off in the account" if gone and not plain else None


# The verb comes before the name it is about, so what follows one of these is a name.
_QUIET = frozenset(
    "list describe show get create update add set upload download start deploy invoke export import login ssh scp submit copy cp ls help "
    "get-credentials print-access-token tail info search watch wait status exists generate apply build".split()
)


def _verbs(given: "list[str]", most: int) -> "list[str]":
    """The words up to the one that says what is done."""
    end = next((at for at, word in enumerate(given[:most]) if word in _QUIET), most)
    return given[:end]


def _gcloud_deletion(command: "Command", line: "Line") -> "str | None":
    given = words(command, _GCLOUD)
    local = given[:1] in (["config"], ["auth"], ["components"], ["topic"], ["help"], ["info"])
    gone = next(
        (
            word
            for word in _verbs(given, 6)[1:]
            if word
            in (
                "delete",
                "destroy",
                "purge",
                "reset",
                "disable",
                "delete-access-config",
                "delete-instances",
                "delete-backup",
                "abandon-instances",
                "delete-iam-policy",
            )
            or word.startswith("delete-")
        ),
        None,
    )
    if gone in ("reset", "disable") and not ("services" in given or "instances" in given or "versions" in given or "keys" in given):
        gone = None
    return f"`{shown(command)}` deletes or switches off in the project" if gone and not local and not _harmless(command) else None


def _google_rights(command: "Command", line: "Line") -> "str | None":
    text, given = _text(command), words(command, _GCLOUD)
    if command.program == "gsutil":
        opened = given[:2] in (["iam", "ch"], ["acl", "ch"], ["acl", "set"], ["defacl", "set"], ["defacl", "ch"]) and any(
            word in text for word in ("allUsers", "AllUsers", "allAuthenticatedUsers", "public-read", "AllAuthenticatedUsers")
        )
        return f"`{shown(command)}` shows the bucket to everyone" if opened else None
    bindings = ("add-iam-policy-binding", "set-iam-policy", "add-iam-policy")
    binds = given[:3] == ["iam", "roles", "update"] or any(word in bindings for word in given)
    wide = (
        any(f"{role}" in text for role in ("roles/owner", "roles/editor", "allUsers", "allAuthenticatedUsers", *_ADMIN[7:11]))
        or "set-iam-policy" in given
        or given[:2] == ["iam", "roles"] and "--add-permissions" in text
    )
    keys = given[:4] == ["iam", "service-accounts", "keys", "create"] or any(
        word in given for word in ("add-metadata", "ssh-keys", "os-login")
    ) and ("ssh-keys" in text or "startup-script" in text) and any(word in given for word in ("add-metadata", "add", "import"))
    return f"`{shown(command)}` gives away access to the project" if (binds and wide or keys) and not _harmless(command) else None


def _objects(command: "Command", line: "Line") -> "str | None":
    """Recursive deletion by gsutil and gcloud storage, and of whole buckets."""
    given = words(command, _GCLOUD)
    given = given[1:] if given[:1] in (["storage"], ["alpha"], ["beta"]) else given
    many = (
        given[:1] == ["rm"]
        and (command.has_flag("r", "R", "a", "--recursive") or any("*" in word for word in given[1:]))
        or given[:1] == ["rb"]
        or given[:2] == ["buckets", "delete"]
    )
    return f"`{shown(command)}` deletes a bucket or all that is in it" if many and not _harmless(command) else None


def _az_deletion(command: "Command", line: "Line") -> "str | None":
    given = words(command, _AZ)
    gone = next(
        (
            word
            for word in _verbs(given, 5)[1:]
            if word in ("delete", "purge", "delete-batch", "destroy", "deallocate", "remove", "empty", "delete-policy")
            or word.startswith("delete-")
        ),
        None,
    )
    local = given[:1] in (["config"], ["account"], ["cloud"], ["extension"], ["cache"], ["configure"], ["group"], ["keyvault"])
    if given[:3] == ["storage", "blob", "delete"]:
        return None
    if gone == "remove" and "member" not in given and "owner" not in given and "lock" not in given:
        gone = None
    return f"`{shown(command)}` deletes in the subscription" if gone and not local and not _harmless(command) else None


def _az_rights(command: "Command", line: "Line") -> "str | None":
    given, role = words(command, _AZ), command.flag_value("--role")
    grants = given[:3] == ["role", "assignment", "create"] and role is not None and role.shown in _ADMIN
    logins = (
        given[:3]
        in (
            ["ad", "sp", "create-for-rbac"],
            ["ad", "app", "credential"],
            ["ad", "sp", "credential"],
            ["ad", "user", "create"],
            ["ad", "user", "update"],
        )
        and "list" not in given
    )
    logins = logins or given[:3] == ["vm", "run-command", "invoke"] or given[:3] == ["vm", "user", "update"]
    public = given[:1] == ["storage"] and any(
        f"{flag}{sep}{value}" in _text(command)
        for flag in ("--public-access", "--allow-blob-public-access")
        for sep in (" ", "=")
        for value in ("blob", "container", "true")
    )
    return f"`{shown(command)}` gives away access to the subscription" if (grants or logins or public) and not _harmless(command) else None


def _other_deletion(command: "Command", line: "Line") -> "str | None":
    given = [word.lower() for word in words(command, _OTHER)]
    gone = next(
        (
            word
            for word in _verbs(given, 5)
            if word in ("delete", "destroy", "rm", "remove", "terminate", "purge", "del", "rebuild", "reset", "d")
            or word.endswith(("-delete", "-remove", "-terminate", "-destroy", "-rm"))
            or word.startswith(
                ("delete-", "deletein", "deletedb", "terminate", "releaseinst", "deletebucket", "deletevpc", "deletecluster")
            )
        ),
        None,
    )
    local = given[:1] in (["auth"], ["config"], ["context"], ["profile"], ["plugin"], ["completion"], ["configure"], ["help"])
    if gone in ("reset", "d") and command.program not in ("hcloud", "doctl"):
        gone = None
    return f"`{shown(command)}` deletes in the account" if gone and not local and not _harmless(command) else None


def _store(command: "Command", line: "Line") -> "str | None":
    name, given = command.program, words(command, f"{_OTHER} -P --transfers --include --exclude --older-than --host --filter")
    every = command.has_flag("r", "R", "--recursive", "--all", "--versions") or any("*" in word for word in given[1:])
    if name == "rclone":
        gone = given[:1] in (["purge"], ["delete"], ["rmdirs"], ["cleanup"], ["move"], ["dedupe"]) and (
            given[:1] != ["move"] or "--delete-empty-src-dirs" in _text(command)
        )
        remote = any(":" in word for word in given[1:])
        gone = gone and remote
    elif name in ("s3cmd", "s4cmd", "s5cmd"):
        gone = given[:1] in (["rb"], ["rmdir"]) or given[:1] in (["del"], ["rm"], ["delete"]) and every or given[:1] == ["expire"]
    elif name in ("mc", "mcli"):
        gone = (
            given[:1] == ["rb"]
            or given[:1] == ["rm"]
            and every
            or given[:1] == ["admin"]
            and any(w in given for w in ("remove", "rm", "stop"))
        )
    elif name == "azcopy":
        gone = given[:1] in (["rm"], ["remove"]) and every
    elif name in ("b2", "backblaze-b2"):
        gone = given[:1] in (["delete-bucket"], ["rm"], ["delete_bucket"], ["delete-all"]) or given[:2] in (
            ["bucket", "delete"],
            ["bucket", "empty"],
        )
    else:
        gone = given[:1] in (["delete"], ["rm"], ["post"]) and (name != "swift" or given[0] == "delete")
    return f"`{shown(command)}` deletes in a store" if gone and not _harmless(command) and not command.has_flag("-n", "--fake") else None


PACK = Pack(
    "cloud",
    Pattern(
        code="CLD001",
        title="bucket emptied or deleted",
        programs="aws",
        test=_bucket,
        why=_GONE,
        instead="See what would go: add `--dryrun`.",
        blocks=(
            "aws s3 rm s3://shop --recursive",
            "aws s3 rb s3://shop --force",
            "aws --profile prod s3 rm --recursive s3://shop/a/",
            "aws s3 rm s3://b --recurs",
        ),
        allows=("aws s3 ls s3://shop", "aws s3 cp s3://shop/a .", "aws s3 rm s3://shop --recursive --dryrun", "aws s3 rm s3://shop/a.txt"),
    ),
    Pattern(
        code="CLD002",
        title="mirror onto a store",
        programs="aws rclone gsutil gcloud s3cmd mc azcopy s5cmd",
        test=_mirrored,
        why="One wrong source folder and everything at the target is deleted.",
        instead="Copy without deleting: `aws s3 sync assets s3://shop`.",
        blocks=(
            "aws s3 sync . s3://shop --delete",
            "rclone sync /srv/data remote:data",
            "gsutil -m rsync -r -d data gs://shop",
            "gcloud storage rsync data gs://s --delete-unmatched-destination-objects",
        ),
        allows=(
            "aws s3 sync dist s3://shop --delete",
            "aws s3 sync . s3://shop",
            "rclone copy /srv/data remote:data",
            "rclone sync --dry-run a remote:a",
            "gsutil rsync -r data gs://shop",
        ),
    ),
    Pattern(
        code="CLD003",
        title="data shown to everyone",
        programs="aws",
        test=_public,
        why="What was public once has been copied by somebody.",
        instead=_PERSON,
        blocks=(
            "aws s3api put-bucket-acl --bucket shop --acl public-read",
            "aws s3api delete-public-access-block --bucket shop",
            "aws s3 cp dump.sql s3://shop/ --acl public-read",
            "aws ec2 modify-snapshot-attribute --snapshot-id s-1 --group-names all",
            "aws rds modify-db-instance --db-instance-identifier a --publicly-accessible",
        ),
        allows=(
            "aws s3api get-bucket-acl --bucket shop",
            "aws s3 cp a s3://shop/ --acl private",
            "aws s3api put-bucket-acl --bucket a --acl private",
        ),
    ),
    Pattern(
        code="CLD004",
        title="machine terminated",
        programs="aws",
        test=_aws(
            "terminates machines and what is on them",
            "ec2 terminate-instances|autoscaling "
            "delete-auto-scaling-group,terminate-instance-in-auto-scaling-group|lightsail delete-instance",
        ),
        why=_GONE,
        instead="Look first with `aws ec2 describe-instances`.",
        blocks=(
            "aws ec2 terminate-instances --instance-ids i-1",
            "aws --region eu-west-1 ec2 terminate-instances --instance-ids $(cat ids)",
        ),
        allows=(
            "aws ec2 describe-instances",
            "aws ec2 terminate-instances --dry-run --instance-ids i-1",
            "aws ec2 start-instances --instance-ids i-1",
        ),
    ),
    Pattern(
        code="CLD005",
        title="cloud database deleted",
        programs="aws",
        test=_aws(
            "deletes a database",
            "rds delete-*|dynamodb delete-table,delete-backup|redshift delete-*|elasticache delete-*|docdb delete-*|neptune delete-*"
            "|opensearch delete-*|es delete-*|timestream-write delete-*|keyspaces delete-*|efs delete-*|fsx delete-*|backup "
            "delete-*|memorydb delete-*"
            "|redshift-serverless delete-*|dms delete-*|glue delete-*|kinesis delete-stream|athena delete-*",
        ),
        why=_GONE,
        instead="Take a snapshot first with `aws rds create-db-snapshot --db-instance-identifier shop --db-snapshot-identifier s1`.",
        blocks=(
            "aws rds delete-db-instance --db-instance-identifier shop --skip-final-snapshot",
            "aws dynamodb delete-table --table-name orders",
        ),
        allows=("aws rds describe-db-instances", "aws dynamodb delete-item --table-name a --key '{}'", "aws dynamodb list-tables"),
    ),
    Pattern(
        code="CLD006",
        title="stack or cluster deleted",
        programs="aws",
        test=_aws(
            "deletes everything in it",
            "cloudformation delete-*|eks delete-*|ecs delete-*|elasticbeanstalk terminate-*,delete-*|emr terminate-clusters|"
            "apprunner delete-*|amplify delete-*|batch delete-*|sagemaker delete-*|codepipeline delete-*|codebuild "
            "delete-*|codecommit delete-*",
        ),
        why=_GONE,
        instead="Look first with `aws cloudformation list-stack-resources --stack-name shop`.",
        blocks=(
            "aws cloudformation delete-stack --stack-name shop",
            "aws eks delete-cluster --name shop",
            "aws ecs delete-service --service web --force",
        ),
        allows=(
            "aws cloudformation describe-stacks",
            "aws ecs update-service --service web --force-new-deployment",
            "aws eks list-clusters",
        ),
    ),
    Pattern(
        code="CLD007",
        title="key or secret destroyed",
        programs="aws",
        test=_aws(
            "destroys what others are encrypted or logged in with",
            "kms schedule-key-deletion,disable-key,delete-*,disable-key-rotation|secretsmanager delete-secret"
            "|ssm delete-parameter,delete-parameters|acm delete-certificate|acm-pca delete-*|cloudhsmv2 delete-*",
        ),
        why="Whatever is encrypted with it can never be read again, and programs that need it stop.",
        instead=_PERSON,
        blocks=(
            "aws kms schedule-key-deletion --key-id k --pending-window-in-days 7",
            "aws secretsmanager delete-secret --secret-id s --force-delete-without-recovery",
        ),
        allows=("aws kms list-keys", "aws kms encrypt --key-id k --plaintext a", "aws ssm describe-parameters"),
    ),
    Pattern(
        code="CLD008",
        title="access to the account given away",
        programs="aws",
        test=_iam,
        why="A key or role made now works long after this session.",
        instead="Look at what there is with `aws iam list-users`.",
        blocks=(
            "aws iam create-access-key --user-name x",
            "aws iam attach-role-policy --role-name r --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
            "aws iam put-user-policy --user-name x --policy-name p --policy-document file://p",
            "aws iam create-login-profile --user-name x --password y",
        ),
        allows=(
            "aws iam list-access-keys",
            "aws iam get-user",
            "aws sts get-caller-identity",
            "aws iam list-attached-role-policies --role-name r",
        ),
    ),
    Pattern(
        code="CLD009",
        title="records of the account switched off",
        programs="aws",
        test=_aws(
            "takes away what is recorded or watched",
            "cloudtrail stop-logging,delete-*,put-event-selectors,update-trail|guardduty delete-*,disassociate-*,update-detector,"
            "stop-monitoring-members|logs delete-*,put-retention-policy|configservice delete-*,stop-*|securityhub "
            "disable-*,delete-*|macie2 disable-*|"
            "ec2 delete-flow-logs|accessanalyzer delete-analyzer|cloudwatch delete-alarms,disable-alarm-actions|wafv2 "
            "delete-*,disassociate-*|inspector2 disable",
        ),
        why="Nobody can see any more what was done, by whom.",
        instead="Read it with `aws cloudtrail describe-trails`.",
        blocks=(
            "aws cloudtrail stop-logging --name t",
            "aws guardduty delete-detector --detector-id d",
            "aws logs delete-log-group --log-group-name g",
        ),
        allows=(
            "aws cloudtrail describe-trails",
            "aws logs tail g",
            "aws logs filter-log-events --log-group-name g",
            "aws guardduty list-detectors",
        ),
    ),
    Pattern(
        code="CLD010",
        title="port open to the internet",
        programs="aws gcloud az",
        test=_open_port,
        why="Machines are scanned and attacked within minutes.",
        instead="Name the one address that needs it.",
        blocks=(
            "aws ec2 authorize-security-group-ingress --group-id g --protocol tcp --port 22 --cidr 0.0.0.0/0",
            "gcloud compute firewall-rules create a --allow tcp:22 --source-ranges=0.0.0.0/0",
            "az network nsg rule create -g g --nsg-name n -n a --source-address-prefixes '*' --access Allow",
        ),
        allows=(
            "aws ec2 authorize-security-group-ingress --group-id g --protocol tcp --port 22 --cidr 192.0.2.1/32",
            "gcloud compute firewall-rules list",
            "aws ec2 revoke-security-group-egress --group-id g --cidr 0.0.0.0/0 --dry-run",
        ),
    ),
    Pattern(
        code="CLD011",
        title="DNS record deleted",
        programs="aws",
        test=_dns,
        why="Mail and services under that name stop, and somebody else may take it.",
        instead="Look first with `aws route53 list-resource-record-sets --hosted-zone-id z`.",
        blocks=(
            "aws route53 delete-hosted-zone --id z",
            'aws route53 change-resource-record-sets --hosted-zone-id z --change-batch \'{"Changes":[{"Action": "DELETE"}]}\'',
        ),
        allows=(
            "aws route53 list-hosted-zones",
            'aws route53 change-resource-record-sets --hosted-zone-id z --change-batch \'{"Changes":[{"Action":"UPSERT"}]}\'',
        ),
    ),
    Pattern(
        code="CLD012",
        title="account closed or cut off",
        programs="aws",
        severity="catastrophic",
        test=_aws(
            "closes or cuts off an account",
            "organizations leave-organization,close-account,delete-*,remove-account-from-organization,detach-policy|account close*",
        ),
        why="Everything in that account goes with it.",
        instead=_PERSON,
        blocks=("aws organizations leave-organization", "aws organizations close-account --account-id 1"),
        allows=("aws organizations list-accounts", "aws organizations describe-organization"),
    ),
    Pattern(
        code="CLD013",
        title="deletion at Amazon",
        programs="aws",
        test=_aws_deletion,
        why=_GONE,
        instead="Look first with the matching describe or list operation, such as `aws lambda list-functions`.",
        blocks=(
            "aws lambda delete-function --function-name f",
            "aws ec2 delete-volume --volume-id v",
            "aws sqs purge-queue --queue-url q",
            "aws iam delete-role --role-name r",
            "aws ecr batch-delete-image --repository-name a --image-ids imageTag=1",
            "aws s3api delete-bucket --bucket b",
            "aws elbv2 delete-load-balancer --load-balancer-arn a",
        ),
        allows=(
            "aws lambda list-functions",
            "aws sqs delete-message --queue-url q --receipt-handle r",
            "aws lambda invoke --function-name delete out",
            "aws ec2 delete-volume --dry-run --volume-id v",
            "aws ecr get-login-password",
            "aws lambda delete-function help",
        ),
    ),
    Pattern(
        code="CLD014",
        title="Google project deleted",
        programs="gcloud",
        severity="catastrophic",
        test=when(
            "projects,organizations,folders delete|billing projects unlink|resource-manager folders delete|alpha,beta projects delete",
            "deletes everything in it",
            _GCLOUD,
        ),
        why="Everything in that project goes with it.",
        instead="Look first with `gcloud projects describe shop`.",
        blocks=("gcloud projects delete shop -q", "gcloud --quiet projects delete shop"),
        allows=("gcloud projects list", "gcloud projects describe delete"),
    ),
    Pattern(
        code="CLD015",
        title="deletion at Google",
        programs="gcloud",
        test=_gcloud_deletion,
        why=_GONE,
        instead="Look first with the matching list command, such as `gcloud sql instances list`.",
        blocks=(
            "gcloud compute instances delete web --quiet",
            "gcloud sql instances delete shop",
            "gcloud container clusters delete c --zone z -q",
            "gcloud kms keys versions destroy 1 --key k",
            "gcloud logging sinks delete s",
            "gcloud run services delete web",
            "gcloud beta functions delete f",
            "gcloud secrets delete s",
            "gcloud services disable compute.googleapis.com",
        ),
        allows=(
            "gcloud compute instances list",
            "gcloud config configurations delete x",
            "gcloud compute instances describe delete-me",
            "gcloud auth revoke",
            "gcloud run deploy web",
            "gcloud builds submit",
        ),
    ),
    Pattern(
        code="CLD016",
        title="access to a Google project given away",
        programs="gcloud gsutil",
        test=_google_rights,
        why="Whoever is named, or everyone, has it from then on.",
        instead="Look at what there is with `gcloud projects get-iam-policy shop`.",
        blocks=(
            "gcloud projects add-iam-policy-binding p --member=user:a --role=roles/owner",
            "gsutil iam ch allUsers:objectViewer gs://shop",
            "gcloud run services add-iam-policy-binding s --member=allUsers --role=roles/run.invoker",
            "gcloud iam service-accounts keys create k.json --iam-account=a",
        ),
        allows=(
            "gcloud projects get-iam-policy p",
            "gsutil iam get gs://shop",
            "gcloud projects add-iam-policy-binding p --member=user:a --role=roles/viewer",
        ),
    ),
    Pattern(
        code="CLD017",
        title="Google bucket emptied or deleted",
        programs="gsutil gcloud",
        test=_objects,
        why=_GONE,
        instead="Look first with `gsutil ls gs://shop`.",
        blocks=("gsutil -m rm -r gs://shop", "gsutil rb gs://shop", "gcloud storage rm --recursive gs://shop", "gsutil rm gs://shop/**"),
        allows=("gsutil ls -r gs://shop", "gsutil cp -r dist gs://shop", "gsutil rm gs://shop/a.txt", "gcloud storage cp a gs://shop"),
    ),
    Pattern(
        code="CLD018",
        title="dataset deleted",
        programs="bq",
        test=when("rm,delete", "deletes tables or a whole dataset", "--project_id --location --dataset_id"),
        why=_GONE,
        instead="Look first with `bq ls shop`.",
        blocks=("bq rm -r -f shop", "bq --project_id=p rm -t shop.orders", "bq rm --recursive -d shop"),
        allows=("bq ls", "bq show shop.orders", "bq query 'select 1'", "bq rm --help"),
    ),
    Pattern(
        code="CLD019",
        title="resource group or vault deleted",
        programs="az",
        test=when(
            "group delete|keyvault delete,purge|keyvault secret,key,certificate delete,purge|account management-group "
            "delete|deployment group,sub delete|lock delete"
            "|resource delete|policy assignment,definition delete|monitor diagnostic-settings,activity-log delete",
            "deletes everything in it",
            _AZ,
            unless="--what-if",
        ),
        why="Everything in it goes with it, or can never be decrypted again.",
        instead="Look first with `az resource list -g shop -o table`.",
        blocks=(
            "az group delete -n shop --yes --no-wait",
            "az keyvault purge --name v",
            "az keyvault secret delete --vault-name v -n s",
            "az lock delete --name l",
        ),
        allows=("az group list", "az group show -n delete", "az keyvault list", "az group delete --help"),
    ),
    Pattern(
        code="CLD020",
        title="deletion at Azure",
        programs="az",
        test=_az_deletion,
        why=_GONE,
        instead="Look first with the matching list command, such as `az vm list -o table`.",
        blocks=(
            "az vm delete -g g -n web --yes",
            "az sql db delete -g g -s s -n shop -y",
            "az storage blob delete-batch -s c --account-name a",
            "az aks delete -g g -n c --yes",
            "az storage account delete -n a",
            "az acr repository delete -n a --image x",
        ),
        allows=(
            "az vm list",
            "az vm start -g g -n web",
            "az account clear",
            "az storage blob upload -f delete",
            "az extension remove -n x",
            "az aks get-credentials -g g -n c",
        ),
    ),
    Pattern(
        code="CLD021",
        title="access to an Azure subscription given away",
        programs="az",
        test=_az_rights,
        why="A login made now works long after this session.",
        instead="Look at what there is with `az role assignment list`.",
        blocks=(
            "az role assignment create --assignee a --role Owner --scope /subscriptions/1",
            "az ad sp create-for-rbac -n x",
            "az ad app credential reset --id 1",
            "az storage container set-permission -n c --public-access blob",
        ),
        allows=(
            "az role assignment list",
            "az role assignment create --assignee a --role Reader",
            "az ad user list",
            "az ad app credential list --id 1",
        ),
    ),
    Pattern(
        code="CLD022",
        title="deletion at another provider",
        test=_other_deletion,
        why=_GONE,
        instead="Look first with the provider's list command, such as `hcloud server list`.",
        programs="doctl linode-cli hcloud oci ibmcloud scw vultr-cli exo ovhcloud openstack nova cinder neutron aliyun tccli upctl "
        "civo flarectl cloudflared yc gridscale ionosctl "
        "metal packet katapult brightbox rack triton equinix scaleway huaweicloud hcloud-cli clever scalingo koyeb northflank dokku "
        "cli53 dnscontrol porkbun namecheap",
        blocks=(
            "doctl compute droplet delete 1 --force",
            "hcloud server delete web",
            "oci compute instance terminate --instance-id o --force",
            "linode-cli linodes delete 1",
            "openstack server delete web",
            "ibmcloud is instance-delete i -f",
            "aliyun ecs DeleteInstance --InstanceId i",
            "scw instance server delete 1",
            "dokku apps:destroy shop --force; hcloud volume delete 1",
        ),
        allows=(
            "doctl compute droplet list",
            "hcloud server list",
            "doctl auth remove --context x",
            "openstack server show delete",
            "hcloud context delete x",
            "linode-cli linodes list",
        ),
    ),
    Pattern(
        code="CLD023",
        title="deletion in an object store",
        programs="rclone s3cmd s4cmd s5cmd mc mcli azcopy b2 backblaze-b2 swift ossutil ossutil64 coscmd qshell uplink",
        test=_store,
        why=_GONE,
        instead="Look first with a listing, such as `rclone lsf remote:data`.",
        blocks=(
            "rclone purge remote:data",
            "rclone delete remote:data",
            "s3cmd del --recursive --force s3://shop",
            "mc rm --recursive --force s3/shop",
            "mc rb --force s3/shop",
            "azcopy rm 'https://a.blob.core.windows.net/c' --recursive",
            "s5cmd rm 's3://shop/*'",
        ),
        allows=(
            "rclone ls remote:data",
            "rclone delete --dry-run remote:data",
            "s3cmd ls",
            "mc ls s3/shop",
            "mc cp a s3/shop",
            "mc rm s3/shop/a.txt",
            "s3cmd del s3://shop/a",
        ),
    ),
)
