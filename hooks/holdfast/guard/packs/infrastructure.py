"""What tools that manage many machines at once destroy: Terraform and the like, configuration managers, schedulers, vaults, backups."""

from holdfast.guard.packs import any_of, leads, shown, when, words
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line

_TERRAFORM = "terraform tofu terragrunt opentofu terramate"
_VALUES = (
    "-chdir --chdir -C -s --stack --cwd -target --target -var --var -var-file --var-file --terragrunt-working-dir --working-dir -a "
    "--app --stage "
    "-r --region --profile -n --name -e --env -namespace -address -ns --stack-name --app-name"
)
_PERSON = "Leave this step to a person, and say in your report what should go and why."
_PLAN = "See what would change with `terraform plan`, and leave the rest to a person."
# What an ad-hoc command does to every machine of an inventory.
_RUINOUS = frozenset(
    "rm rmdir dd mkfs shutdown reboot halt poweroff init userdel groupdel wipefs shred fdisk parted iptables ufw kill killall pkill "
    "truncate deluser crontab chmod chown mv systemctl service yum apt apt-get dnf curl wget passwd chpasswd".split()
)


def _destroy(command: "Command", line: "Line") -> "str | None":
    given = [word for word in words(command, _VALUES) if word not in ("run-all", "run", "stack", "plan-all", "--")]
    gone = (
        given[:1] in (["destroy"], ["destroy-all"]) or given[:1] in (["apply"], ["apply-all"]) and command.has_flag("-destroy", "--destroy")
    )
    return f"`{shown(command)}` destroys everything the configuration describes" if gone and not _helped(command) else None


def _apply(command: "Command", line: "Line") -> "str | None":
    given = [word for word in words(command, _VALUES) if word not in ("run-all", "run", "stack")]
    unasked = ("-auto-approve", "--auto-approve", "-auto-approve=true", "--terragrunt-non-interactive", "--non-interactive")
    blind = given[:1] in (["apply"], ["apply-all"]) and command.has_flag(*unasked) and "--auto-approve=false" not in command.words
    planned = any(word.endswith((".tfplan", ".plan", ".out", "plan", ".bin")) for word in given[1:]) or command.has_flag(
        "-destroy", "--destroy"
    )
    return (
        f"`{shown(command)}` changes infrastructure that nobody has looked at" if blind and not planned and not _helped(command) else None
    )


def _helped(command: "Command") -> bool:
    return command.has_flag("--help", "-help", "--dry-run", "--check") or command.words[-1:] == ["-h"]


def _pulumi(command: "Command", line: "Line") -> "str | None":
    given = words(command, _VALUES)
    gone = (
        given[:1] in (["destroy"], ["down"])
        or given[:2] in (["stack", "rm"], ["state", "delete"], ["state", "unprotect"], ["org", "delete"])
        or given[:1] == ["cancel"]
    )
    return f"`{shown(command)}` destroys what the stack describes" if gone and not command.has_flag("--help", "--preview-only") else None


def _pulumi_up(command: "Command", line: "Line") -> "str | None":
    given = words(command, _VALUES)
    blind = given[:1] in (["up"], ["update"]) and command.has_flag("-y", "--yes", "--skip-preview", "-f")
    return f"`{shown(command)}` changes infrastructure that nobody has looked at" if blind else None


def _ad_hoc(command: "Command", line: "Line") -> "str | None":
    module, told = command.flag_value("-m", "--module-name"), command.flag_value("-a", "--args")
    if command.has_flag("-C", "--check", "--help", "--list-hosts", "--version", "-h"):
        return None
    name = module.shown.rpartition(".")[2] if module is not None else "command"
    text = told.shown if told is not None else ""
    if name in ("command", "shell", "raw", "script", "win_shell", "win_command"):
        run = [word.rpartition("/")[2] for part in text.replace("&&", ";").replace("|", ";").split(";") for word in part.split()[:2]]
        bad = next((word for word in run if word in _RUINOUS or word.startswith("mkfs.")), None)
    else:
        removes = name in (
            "file",
            "user",
            "group",
            "lineinfile",
            "mysql_db",
            "postgresql_db",
            "docker_volume",
            "ec2",
            "win_file",
            "win_user",
            "lvol",
            "filesystem",
        )
        bad = name if removes and ("state=absent" in text or name == "filesystem") or name in ("reboot", "shutdown", "win_reboot") else None
    return f"`{shown(command)}` runs `{bad}` on every machine of the group" if bad else None


def _salt(command: "Command", line: "Line") -> "str | None":
    if command.program == "salt-key":
        gone = command.has_flag("D", "d", "R", "--delete-all", "--delete", "--reject-all", "A", "--accept-all")
        return f"`{shown(command)}` decides which machines are commanded" if gone else None
    given = words(command, "-t --timeout -c -b --batch -G -L -E -N -C -S")
    calls = given[1:2] if command.program == "salt" and not command.has_flag("-G", "-L", "-E", "-N", "-C") else given[:2]
    runs = any(
        call
        in (
            "cmd.run",
            "cmd.run_all",
            "cmd.shell",
            "cmd.script",
            "file.remove",
            "system.reboot",
            "system.shutdown",
            "system.poweroff",
            "system.halt",
            "user.delete",
            "pkg.remove",
            "pkg.purge",
            "service.stop",
            "cmd.exec_code",
            "state.sls_id",
            "file.write",
        )
        for call in calls
    )
    return f"`{shown(command)}` runs on every machine that matches" if runs and "test=True" not in given else None


def _sealed(command: "Command", line: "Line") -> "str | None":
    given = words(command, _VALUES)
    paths = (
        "delete",
        "kv delete",
        "kv destroy",
        "kv metadata delete",
        "secrets disable",
        "secrets move",
        "auth disable",
        "policy delete",
        "operator seal",
        "operator rekey",
        "operator raft remove-peer",
        "operator step-down",
        "operator generate-root",
        "lease revoke",
        "namespace delete",
        "audit disable",
        "kv put",
        "token revoke",
        "policy write",
        "operator rotate",
        "operator migrate",
    )
    found = next((path for path in paths if leads([[step] for step in path.split()], given)), None)
    if (
        found in ("kv put", "policy write", "operator rotate", "token revoke")
        or found == "lease revoke"
        and not command.has_flag("-prefix", "-force")
    ):
        return None
    return f"`{shown(command)}` deletes secrets or locks everyone out" if found and not _helped(command) else None


def _backup(command: "Command", line: "Line") -> "str | None":
    given = words(
        command,
        "-r --repo --repository-file -p --password-file -R --config --repo-path --stanza -f --tag --host --keep-daily --keep-weekly "
        "--keep-monthly --keep-last -o "
        "--remote-path -P --cache-dir --rsh -e --exclude",
    )
    kept = any(arg.prefix.startswith(("--keep", "-H", "-d", "-w", "-m")) and arg.prefix not in ("--keep-last=0",) for arg in command.args)
    name = command.program
    gone = {
        "restic": given[:1] == ["forget"]
        and (not kept or "--keep-last 0" in repr(command))
        or given[:2] in (["key", "remove"], ["rewrite", "--forget"])
        or given[:1] == ["unlock-all"],
        "borg": given[:1] == ["delete"] or given[:1] == ["prune"] and not kept or given[:1] == ["recreate"],
        "borgmatic": given[:1] in (["delete"], ["repo-delete"]),
        "kopia": given[:2]
        in (["snapshot", "delete"], ["repository", "destroy"], ["blob", "delete"], ["manifest", "delete"], ["snapshot", "expire-all"]),
        "duplicity": given[:1] in (["remove-all-but-n-full"], ["remove-older-than"], ["cleanup"]) and command.has_flag("--force"),
        "duplicacy": given[:1] == ["prune"] and command.has_flag("a", "-all", "-exhaustive", "-exclusive", "-r"),
        "pgbackrest": given[:1] in (["stanza-delete"], ["expire"]) or "stanza-delete" in given,
        "wal-g": given[:1] == ["delete"],
        "wal-e": given[:1] == ["delete"],
        "barman": given[:1] == ["delete"],
        "tarsnap": command.has_flag("d", "--nuke"),
        "rdiff-backup": command.has_flag("--remove-older-than") or given[:1] == ["remove"],
        "snapper": given[:1] in (["delete"], ["delete-config"]) or "delete" in given[:3],
        "timeshift": command.has_flag("--delete", "--delete-all"),
        "tmutil": given[:1] in (["delete"], ["deletelocalsnapshots"], ["disable"], ["thinlocalsnapshots"], ["disablelocal"]),
        "bacula": given[:1] == ["delete"],
        "bconsole": False,
    }.get(name, False)
    if name == "bconsole" and command.stdin is not None:
        gone = any(row.split()[:1] in (["delete"], ["purge"]) for row in command.stdin.shown.splitlines())
    dry = command.has_flag("--help", "--dry-run", "-dry-run") or command.has_flag("-n") and name in ("restic", "borg", "duplicacy")
    return f"`{shown(command)}` deletes backups" if gone and not dry else None


PACK = Pack(
    "infrastructure",
    Pattern(
        code="INF001",
        title="infrastructure destroyed",
        programs=_TERRAFORM,
        test=_destroy,
        why="Machines, networks and databases are deleted, most of them for good.",
        instead="See what would go with `terraform plan -destroy`.",
        blocks=(
            "terraform destroy",
            "terraform destroy -auto-approve",
            "terraform -chdir=prod apply -destroy -auto-approve",
            "tofu destroy",
            "terragrunt run-all destroy",
            "terragrunt destroy-all",
            "terragrunt run --all -- destroy",
            "cd infra && terraform destroy -target=aws_db_instance.shop",
        ),
        allows=(
            "terraform plan -destroy",
            "terraform plan",
            "terraform init",
            "terraform destroy -help",
            "terraform fmt -check",
            "terraform validate",
            "grep destroy main.tf",
        ),
    ),
    Pattern(
        code="INF002",
        title="infrastructure changed unseen",
        programs=_TERRAFORM,
        test=_apply,
        severity="caution",
        why="A plan that nobody has read may replace a database to change its name.",
        instead="Write the plan with `terraform plan -out=shop.tfplan` for a person to apply.",
        blocks=(
            "terraform apply -auto-approve",
            "terraform -chdir=prod apply --auto-approve -var a=b",
            "tofu apply -auto-approve",
            "terraform apply -auto-approve=true",
            "terragrunt run-all apply --terragrunt-non-interactive",
        ),
        allows=(
            "terraform apply shop.tfplan",
            "terraform plan -out=shop.tfplan",
            "terraform apply -auto-approve shop.tfplan",
            "terraform output",
        ),
    ),
    Pattern(
        code="INF003",
        title="infrastructure state changed by hand",
        programs=_TERRAFORM,
        test=when(
            "state rm,push,replace-provider|force-unlock|run-all state rm",
            "makes the tool forget or misread what exists",
            _VALUES,
            unless="-help -dry-run",
        ),
        why="The next run then makes everything twice, or destroys what it no longer knows.",
        instead="Look first with `terraform state list`.",
        blocks=("terraform state rm aws_db_instance.shop", "terraform state push old.tfstate", "terraform force-unlock -force 1"),
        allows=(
            "terraform state list",
            "terraform state show aws_x.a",
            "terraform state pull",
            "terraform state rm -dry-run aws_x.a",
            "terraform import aws_x.a 1",
        ),
    ),
    Pattern(
        code="INF004",
        title="workspace deleted or resource tainted",
        programs=_TERRAFORM,
        test=when("workspace delete|taint|run-all taint", "marks what exists for destruction", _VALUES, unless="-help"),
        why="State is lost, or the next apply destroys the resource and makes it anew.",
        instead=_PLAN,
        blocks=("terraform workspace delete -force staging", "terraform taint aws_instance.web"),
        allows=(
            "terraform workspace list",
            "terraform workspace select staging",
            "terraform untaint aws_instance.web",
            "terraform workspace new delete",
        ),
    ),
    Pattern(
        code="INF005",
        title="Pulumi stack destroyed",
        programs="pulumi",
        test=_pulumi,
        why="Machines, networks and databases are deleted, most of them for good.",
        instead="See what there is with `pulumi stack`.",
        blocks=("pulumi destroy --yes", "pulumi -C infra destroy -s prod -y", "pulumi stack rm prod --force", "pulumi state delete urn:x"),
        allows=("pulumi preview", "pulumi stack ls", "pulumi stack output", "pulumi config set x y"),
    ),
    Pattern(
        code="INF006",
        title="Pulumi stack changed unseen",
        programs="pulumi",
        test=_pulumi_up,
        severity="caution",
        why="A change that nobody has read may replace a database to change its name.",
        instead="See what would change with `pulumi preview`.",
        blocks=("pulumi up --yes", "pulumi up -y -s prod", "pulumi update --skip-preview"),
        allows=("pulumi preview", "pulumi up", "pulumi stack"),
    ),
    Pattern(
        code="INF007",
        title="deployed application removed",
        programs="cdk aws-cdk cdktf serverless sls sam amplify zappa copilot chalice eb sst arc claudia apex up waypoint nitric encore "
        "architect kamal dokku caprover cf ecs-cli",
        test=when(
            "destroy|remove|delete|undeploy|app,env,svc,job,pipeline delete|terminate|stack "
            "delete|delete-app,delete-org,delete-space,delete-service,delete-route,"
            "delete-orphaned-routes,delete-user,purge-service-instance,delete-buildpack|apps:destroy|postgres:destroy,mysql:destroy,mongo:destroy,redis:destroy,storage:destroy"
            "|remove-all|destroy-all|app remove|accessory remove|project destroy",
            "removes what is deployed, with its data",
            _VALUES,
            unless="-h",
        ),
        why="What users reach is gone at once, and buckets and tables may go with it.",
        instead=_PERSON,
        blocks=(
            "cdk destroy --force",
            "npx cdk destroy '*'",
            "sls remove --stage prod",
            "sam delete --no-prompts",
            "amplify delete",
            "zappa undeploy prod -y",
            "copilot app delete --yes",
            "cf delete shop -f",
            "eb terminate shop-prod --force",
            "dokku apps:destroy shop --force",
        ),
        allows=(
            "cdk diff",
            "cdk synth",
            "sls deploy",
            "sam build",
            "cf apps",
            "amplify status",
            "cdk deploy shop",
            "eb status",
            "cdk destroy --help",
        ),
    ),
    Pattern(
        code="INF008",
        title="ruinous command on a fleet",
        programs="ansible",
        test=_ad_hoc,
        why="A mistake reaches every machine of the inventory at once.",
        instead="Put it in a playbook, and see what it would do with `ansible-playbook --check site.yml`.",
        blocks=(
            "ansible all -m shell -a 'rm -rf /srv/data'",
            "ansible web -b -a 'reboot'",
            "ansible all -m file -a 'path=/srv state=absent'",
            "ansible db -m reboot",
            "ansible all -m ansible.builtin.shell -a 'cd /tmp && mkfs.ext4 /dev/sdb'",
        ),
        allows=(
            "ansible all -m ping",
            "ansible web -a uptime",
            "ansible all --list-hosts",
            "ansible web -m setup",
            "ansible all -C -m file -a 'path=/x state=absent'",
        ),
    ),
    Pattern(
        code="INF009",
        title="Salt command on every machine",
        programs="salt salt-ssh salt-key salt-run",
        test=_salt,
        why="A mistake reaches every machine at once.",
        instead="Try it with `salt web-1 state.apply test=True`.",
        blocks=("salt '*' cmd.run 'reboot'", "salt -G os:Debian cmd.run 'uptime; halt'", "salt-key -D -y", "salt '*' file.remove /srv"),
        allows=("salt '*' test.ping", "salt '*' grains.items", "salt-key -L", "salt web-1 state.apply test=True"),
    ),
    Pattern(
        code="INF010",
        title="Puppet or Chef node removed",
        programs="puppet knife puppetserver chef-server-ctl",
        test=when(
            "node clean,deactivate,purge,delete|cert,ca clean,revoke|client,cookbook,role,environment,data,user,org,bag "
            "delete,bulk|node,client,cookbook bulk delete|"
            "data bag delete|ca clean,revoke|uninstall|cleanse|user-delete,org-delete|ec2,azure,google server delete",
            "removes machines from management",
            "-c --config -E -e -s --server-url -u --user",
        ),
        why="Those machines are no longer kept up to date, and certificates are lost.",
        instead="Look first with `knife node list`.",
        blocks=(
            "puppet node clean web-1",
            "knife node delete web-1 -y",
            "knife cookbook bulk delete '.*'",
            "puppetserver ca clean --certname a",
        ),
        allows=("puppet agent --test --noop", "knife node list", "knife node show delete", "puppet parser validate x.pp"),
    ),
    Pattern(
        code="INF011",
        title="Nomad job purged",
        programs="nomad",
        test=when(
            "job stop,dispatch-stop|stop|namespace,volume,acl,var,node-pool,quota,deployment delete,deregister,purge,fail|volume "
            "delete,deregister|node drain,eligibility,purge|"
            "acl policy,token delete|operator raft remove-peer|server force-leave|system gc",
            "takes away what is running",
            _VALUES,
        ),
        why="Services that others use stop.",
        instead="Look first with `nomad job status web`.",
        blocks=("nomad job stop -purge web", "nomad node drain -enable -force n1", "nomad namespace delete shop"),
        allows=("nomad job status", "nomad job run web.hcl", "nomad job plan web.hcl", "nomad node status"),
    ),
    Pattern(
        code="INF012",
        title="Consul data deleted",
        programs="consul",
        test=any_of(
            when("kv delete", "takes away what services find each other by", _VALUES, "-recurse"),
            when(
                "leave|force-leave|services deregister|acl policy,token,role "
                "delete|config,intention,namespace,partition,peering delete|operator raft remove-peer|"
                "snapshot restore|acl bootstrap|maint",
                "takes away what services find each other by",
                _VALUES,
            ),
        ),
        why="Services no longer find each other or their settings.",
        instead="Look first with `consul members`.",
        blocks=("consul kv delete -recurse shop/", "consul leave", "consul snapshot restore a.snap", "consul force-leave n1 -prune"),
        allows=("consul kv get -recurse a", "consul members", "consul kv put delete 1", "consul snapshot save a.snap"),
    ),
    Pattern(
        code="INF013",
        title="Vault secrets deleted or sealed",
        programs="vault bao",
        test=_sealed,
        why="Programs that need those secrets stop, and destroyed ones never come back.",
        instead="Look first with `vault kv list secret/`.",
        blocks=(
            "vault kv delete secret/shop",
            "vault kv destroy -versions=1 secret/a",
            "vault secrets disable kv/",
            "vault operator seal",
            "vault lease revoke -prefix aws/",
            "vault delete auth/approle/role/a",
        ),
        allows=("vault kv list secret/", "vault status", "vault kv put secret/a b=c", "vault operator unseal", "vault secrets list"),
    ),
    Pattern(
        code="INF014",
        title="backups deleted",
        test=_backup,
        why="They are what everything else can be brought back from.",
        instead="Look first, for example with `restic snapshots`.",
        programs="restic borg borgmatic kopia duplicity duplicacy pgbackrest wal-g wal-e barman tarsnap rdiff-backup snapper "
        "timeshift tmutil bconsole",
        blocks=(
            "restic forget --prune latest",
            "borg delete /srv/backup::monday",
            "kopia repository destroy",
            "wal-g delete everything FORCE",
            "pgbackrest --stanza=main stanza-delete",
            "duplicity remove-all-but-n-full 1 --force file:///b",
            "tarsnap -d -f monday",
            "tmutil deletelocalsnapshots /",
            "snapper delete 1-20",
        ),
        allows=(
            "restic snapshots",
            "restic backup /srv",
            "restic forget --keep-daily 7 --prune",
            "borg list",
            "borg prune --keep-daily 7",
            "borg delete --dry-run a",
            "tmutil listbackups",
        ),
    ),
    Pattern(
        code="INF015",
        title="storage pool or volume deleted",
        programs="ceph rbd rados gluster linstor drbdadm ceph-volume longhornctl microceph radosgw-admin",
        test=when(
            "osd pool delete,rm|osd purge,destroy,out,rm,lost|fs rm,volume|rm,remove,purge|pool delete,rm|rmpool|volume "
            "delete,reset,remove-brick|lvm zap|mon remove,rm|"
            "snap purge,rm|trash purge,rm|bucket,user,object rm|resource,node,storage-pool,volume,resource-definition "
            "delete,lost|wipe-md|disk remove|image rm",
            "deletes data of the whole storage cluster",
            "-p --pool -c --id --name --cluster",
        ),
        why="Every machine that keeps its data there loses it.",
        instead="Look first with `ceph status`.",
        blocks=(
            "ceph osd pool delete rbd rbd --yes-i-really-really-mean-it",
            "rbd rm pool/image",
            "gluster volume delete gv0",
            "ceph-volume lvm zap /dev/sdb --destroy",
        ),
        allows=("ceph status", "rbd ls pool", "gluster volume info", "ceph osd pool ls", "rados df"),
    ),
)
