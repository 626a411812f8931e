"""What a container engine loses for good: volumes with data, images that can't be built again, services that run."""

from holdfast.guard.flow import upstream
from holdfast.guard.packs import leads, shown, when, words
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line

_ENGINES = "docker podman nerdctl"
_GLOBAL = (
    "-H --host -c --context -l --log-level --config --connection --url --root --runroot -n --namespace -f --file -p --project-name "
    "--profile --env-file --project-directory -t --timeout --filter"
)
_COMPOSE = "docker podman nerdctl docker-compose podman-compose"
_PERSON = "Leave this step to a person, and say in your report what should go and why."


def _words(command: "Command") -> "list[str]":
    """The words after the engine; those of docker-compose as if they were docker's."""
    given = words(command, _GLOBAL)
    return ["compose", *given] if command.program.endswith("-compose") else given


def _helped(command: "Command") -> bool:
    return command.has_flag("--help", "--dry-run")


def _system_prune(command: "Command", line: "Line") -> "str | None":
    everything = command.has_flag("a", "--all", "--volumes")
    given = words(command, _GLOBAL)[:2] in (["system", "prune"], ["system", "reset"])
    return (
        f"`{shown(command)}` deletes images, networks or volumes of every project"
        if given and not _helped(command) and (everything or "reset" in command.words)
        else None
    )


def _volumes(command: "Command", line: "Line") -> "str | None":
    given = words(command, _GLOBAL)
    gone = given[:2] in (["volume", "prune"], ["volume", "rm"], ["volume", "remove"])
    tests = len(given) > 2 and all(_of_tests(name) for name in given[2:])
    return f"`{shown(command)}` deletes volumes with the data in them" if gone and not tests and not _helped(command) else None


def _compose_down(command: "Command", line: "Line") -> "str | None":
    given = _words(command)
    gone = given[:2] in (["compose", "down"], ["compose", "rm"]) and command.has_flag("v", "--volumes")
    named = (command.flag_value("-f", "--file"), command.flag_value("-p", "--project-name"))
    tests = any(arg is not None and _of_tests(arg.shown) for arg in named)
    return (
        f"`{shown(command)}` deletes the project's volumes with the data in them" if gone and not tests and not _helped(command) else None
    )


def _of_tests(name: str) -> bool:
    """True for a compose file, project or volume that tests throw away."""
    return any(word in name.lower() for word in ("test", "e2e", "ci.y"))


def _every(command: "Command", line: "Line", says: str, *verbs: "list[str]") -> "str | None":
    """One of the verbs on whatever a list of all containers or images prints."""
    given = words(command, _GLOBAL)
    if not any(given[: len(verb)] == verb for verb in verbs) or _helped(command):
        return None
    listed = any(
        source.program in _ENGINES.split() and _lists_all(source) for arg in command.args for u in arg.unknowns for source in u.commands
    )
    piped = command.open_ended and any(source.program in _ENGINES.split() and _lists_all(source) for source in _feeds(command, line))
    return f"`{shown(command)}` {says}" if listed or piped or command.has_flag("a", "--all") else None


def _feeds(command: "Command", line: "Line") -> "list[Command]":
    """The commands in front of it in a pipeline, where xargs may stand between."""
    feeders = [
        other for other in line.commands if other is command or other.program in ("xargs", "parallel") and other.start == command.start
    ]
    return [source for feeder in feeders for source in upstream(feeder)]


def _lists_all(command: "Command") -> bool:
    """True for a list that no filter narrows."""
    given = words(command, "--format")
    lists = given[:1] in (["ps"], ["images"]) or given[:2] in (
        ["container", "ls"],
        ["container", "ps"],
        ["image", "ls"],
        ["volume", "ls"],
        ["container", "list"],
        ["network", "ls"],
    )
    return lists and not command.has_flag("f", "--filter") and len(given) <= 2


def _remove_all(command: "Command", line: "Line") -> "str | None":
    return _every(
        command,
        line,
        "removes every container or image, also of other projects",
        ["rm"],
        ["rmi"],
        ["container", "rm"],
        ["image", "rm"],
        ["pod", "rm"],
        ["image", "prune"],
        ["network", "rm"],
    )


def _stop_all(command: "Command", line: "Line") -> "str | None":
    return _every(
        command,
        line,
        "stops every container, also of other projects",
        ["kill"],
        ["stop"],
        ["container", "kill"],
        ["container", "stop"],
        ["pause"],
        ["pod", "kill"],
        ["pod", "stop"],
    )


def _copy_out(command: "Command", line: "Line") -> "str | None":
    """A copy into a running container replaces files that nobody can review."""
    given = words(command, _GLOBAL)
    given = given[1:] if given[:1] == ["container"] else given
    if given[:1] != ["cp"] or len(given) < 3:
        return None
    container, _, path = given[-1].partition(":")
    system = path.startswith(("/etc", "/usr", "/bin", "/sbin", "/lib", "/root")) and not container.startswith(("/", "."))
    return f"`{shown(command)}` replaces system files in a running container" if system else None


def _registry(command: "Command", line: "Line") -> "str | None":
    if command.program in ("crane", "regctl", "oras", "reg"):
        given = words(command)
        gone = given[:1] in (["delete"], ["rm"]) or given[:2] in (
            ["image", "delete"],
            ["tag", "delete"],
            ["manifest", "delete"],
            ["tag", "rm"],
            ["repo", "delete"],
            ["blob", "delete"],
        )
    else:
        gone = (
            words(command, "--creds --authfile --src-creds --dest-creds --cert-dir")[:1] == ["delete"]
            or words(command)[:1] == ["sync"]
            and command.has_flag("--remove")
        )
    return f"`{shown(command)}` deletes an image that others pull" if gone and not _helped(command) else None


_MACHINES = {
    "podman": ("machine rm", "machine reset"),
    "docker-machine": ("rm",),
    "colima": ("delete",),
    "limactl": ("delete", "factory-reset"),
    "lima": ("delete",),
    "orbctl": ("delete", "reset"),
    "multipass": ("delete", "purge"),
    "finch": ("vm remove",),
    "rdctl": ("factory-reset",),
    "incus": ("delete", "storage delete", "storage volume delete", "image delete", "snapshot delete", "project delete", "network delete"),
    "virsh": ("undefine", "destroy", "vol-delete", "vol-wipe", "pool-delete", "snapshot-delete", "pool-destroy", "net-destroy"),
    "vboxmanage": ("unregistervm", "closemedium", "snapshot * delete"),
    "qm": ("destroy", "delsnapshot"),
    "pct": ("destroy", "delsnapshot"),
    "vagrant": ("destroy", "snapshot delete"),
    "prlctl": ("delete",),
}


def _machine(command: "Command") -> "str | None":
    name = command.program.lower()
    paths = _MACHINES.get("incus" if name == "lxc" else name, ())
    given = words(command, "-c --connect -p --profile --tty-log --machine-readable")
    gone = any(leads([[step] for step in path.split()], given) for path in paths) and not _helped(command) and not command.has_flag("-h")
    # closemedium alone keeps the file; vagrant asks first unless it is told not to.
    kept = given[:1] == ["closemedium"] and not command.has_flag("--delete") or name == "vagrant" and not command.has_flag("f", "--force")
    return f"`{shown(command)}` deletes a machine with all that is in it" if gone and not kept else None


PACK = Pack(
    "containers",
    Pattern(
        code="CNT001",
        title="engine emptied",
        programs=_ENGINES,
        test=_system_prune,
        why="Images and volumes of every project on this machine go, not only of this one.",
        instead="Use `docker image prune -f`, which takes only images without a name.",
        blocks=(
            "docker system prune -a",
            "docker system prune -af --volumes",
            "podman system prune --all --force",
            "podman system reset -f",
            "docker system prune -fa",
            "docker system prune --volumes",
        ),
        allows=(
            "docker system df",
            "docker image prune -f",
            "docker system prune -f",
            "docker system prune --help",
            "docker builder prune -f",
        ),
    ),
    Pattern(
        code="CNT002",
        title="volume deleted",
        programs=_ENGINES,
        test=_volumes,
        why="A volume holds what must outlive its container, such as a database.",
        instead="See which are there with `docker volume ls`, and leave the deletion to a person.",
        blocks=(
            "docker volume rm shop_db",
            "docker volume prune -f",
            "docker volume rm $(docker volume ls -q)",
            "sudo podman volume prune",
            "docker volume ls -q | xargs docker volume rm",
            "docker --context prod volume rm x",
        ),
        allows=(
            "docker volume ls",
            "docker volume create x",
            "docker volume inspect x",
            "docker run --rm -v x:/x alpine ls",
            "docker rm x",
        ),
    ),
    Pattern(
        code="CNT003",
        title="project volumes deleted",
        programs=_COMPOSE,
        test=_compose_down,
        why="The project's databases are in those volumes.",
        instead="Use `docker compose down`, which keeps them.",
        blocks=(
            "docker compose down -v",
            "docker-compose down --volumes",
            "docker compose -f x.yml -p shop down --rmi all -v",
            "docker compose rm -fsv db",
            "docker-compose down --vol",
        ),
        allows=(
            "docker compose down",
            "docker-compose down --remove-orphans",
            "docker compose up -d",
            "docker run -v /a:/a x",
            "docker compose ps",
            "docker compose -f compose.test.yml down -v",
        ),
    ),
    Pattern(
        code="CNT004",
        title="every container or image removed",
        programs=_ENGINES,
        test=_remove_all,
        why="Containers and images of other projects and other people are among them.",
        instead="Name the ones that you started: `docker rm -f web`.",
        blocks=(
            "docker rm -f $(docker ps -aq)",
            "docker rmi -f $(docker images -q)",
            "docker ps -aq | xargs docker rm -f",
            "podman rm -fa",
            "docker image prune -a",
            "docker rmi $(docker image ls -q) -f",
        ),
        allows=(
            "docker rm -f web",
            "docker rmi shop:dev",
            "docker ps -aq",
            "docker rm $(docker ps -aq -f status=exited)",
            "docker image prune -f",
            "docker rm -f $(docker ps -q --filter name=test)",
        ),
    ),
    Pattern(
        code="CNT005",
        title="every container stopped",
        programs=_ENGINES,
        test=_stop_all,
        why="Services of other projects and other people are among them.",
        instead="Name the ones that you started: `docker stop web`.",
        blocks=("docker kill $(docker ps -q)", "docker stop $(docker ps -q)", "docker ps -q | xargs docker kill", "podman stop --all"),
        allows=("docker stop web", "docker kill web", "docker ps -q", "docker compose stop", "docker stop $(docker ps -qf name=web)"),
    ),
    Pattern(
        code="CNT006",
        title="swarm taken apart",
        programs="docker",
        test=when(
            "swarm leave|stack,service rm,remove|node rm,demote,remove|secret,config rm,remove|swarm ca|plugin rm,disable",
            "takes running services away",
            _GLOBAL,
        ),
        why="Services that others use stop, and with the last manager the cluster's state is lost.",
        instead="Look first with `docker service ls`.",
        blocks=(
            "docker swarm leave --force",
            "docker stack rm shop",
            "docker service rm web",
            "docker secret rm key",
            "docker node rm n1 -f",
        ),
        allows=(
            "docker service ls",
            "docker stack ls",
            "docker swarm join-token worker",
            "docker service logs web",
            "docker stack deploy -c x shop",
        ),
    ),
    Pattern(
        code="CNT007",
        title="build cache emptied",
        programs="docker podman nerdctl buildctl",
        test=when("buildx,builder prune|builder rm|buildx rm|prune", "deletes the build cache of every project", _GLOBAL, "a --all"),
        why="Every project on this machine builds from nothing again.",
        instead="Use `docker builder prune -f`, which takes only what is unused.",
        blocks=("docker buildx prune -af", "docker builder prune --all --force", "buildctl prune --all"),
        allows=("docker buildx build .", "docker builder prune -f", "docker buildx ls", "docker build --no-cache ."),
    ),
    Pattern(
        code="CNT008",
        title="files replaced in a container",
        programs=_ENGINES,
        test=_copy_out,
        why="The running system is then no longer what its image says.",
        instead="Change the Dockerfile and run `docker build -t shop .`.",
        blocks=("docker cp ./passwd web:/etc/passwd", "podman cp x web:/usr/bin/x", "docker container cp a web:/root/.ssh/authorized_keys"),
        allows=("docker cp web:/app/out .", "docker cp ./app web:/app", "docker cp web:/etc/nginx/nginx.conf ."),
    ),
    Pattern(
        code="CNT009",
        title="image deleted from a registry",
        programs="skopeo crane regctl oras reg",
        test=_registry,
        why="Machines that start from that image stop working.",
        instead="List what is there with `skopeo list-tags docker://example.com/a`.",
        blocks=(
            "skopeo delete docker://registry.example.com/a:1",
            "crane delete registry.example.com/a:1",
            "regctl tag delete registry.example.com/a:1",
        ),
        allows=("skopeo inspect docker://a/b", "crane ls a/b", "skopeo copy docker://a/b docker://c/b", "crane digest a/b"),
    ),
    Pattern(
        code="CNT010",
        title="virtual machine or engine deleted",
        programs="podman docker-machine colima limactl lima orbctl multipass finch rdctl incus lxc virsh "
        "VBoxManage vboxmanage qm pct vagrant prlctl",
        test=lambda command, line: _machine(command),
        why="All containers, images and data in it are gone with it.",
        instead="Stop it instead, and leave the deletion to a person.",
        blocks=(
            "podman machine rm -f",
            "colima delete -f",
            "limactl delete default",
            "multipass delete --purge vm",
            "virsh undefine vm --remove-all-storage",
            "lxc delete -f web",
            "VBoxManage unregistervm vm --delete",
            "vagrant destroy -f",
            "docker-machine rm -y prod",
            "qm destroy 100",
        ),
        allows=(
            "podman machine list",
            "colima stop",
            "limactl list",
            "virsh list",
            "lxc list",
            "VBoxManage list vms",
            "vagrant halt",
            "vagrant up",
            "lxc exec web -- ls",
            "vagrant box list",
        ),
    ),
)
