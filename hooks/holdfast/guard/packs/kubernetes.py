"""What a cluster loses, and who may command it: kubectl, helm and what is like them."""

from holdfast.guard.packs import any_of, shown, when, words
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line

_CTL = "kubectl oc kubecolor k k3s microk8s microk8s.kubectl k9s"
_GLOBAL = (
    "-n --namespace --context --cluster --kubeconfig -s --server --user --token --as --as-group --as-uid --request-timeout -v "
    "--certificate-authority --client-key --client-certificate --cache-dir -l --selector -o --output -c --container --type -p --patch "
    "--field-selector --grace-period --timeout --field-manager --replicas --patch-file"
)
_LASTING = frozenset(
    "namespace namespaces ns node nodes no pv persistentvolume persistentvolumes pvc persistentvolumeclaim persistentvolumeclaims "
    "crd crds customresourcedefinition customresourcedefinitions storageclass storageclasses sc clusterrole clusterroles "
    "clusterrolebinding clusterrolebindings secret secrets serviceaccount serviceaccounts sa volumesnapshot volumesnapshots "
    "apiservice apiservices project projects validatingwebhookconfiguration mutatingwebhookconfiguration "
    "validatingwebhookconfigurations mutatingwebhookconfigurations quota resourcequota networkpolicy networkpolicies netpol "
    "priorityclass machine machines machineset cluster clusters role rolebinding rolebindings roles".split()
)
_RUNNING = frozenset(
    "deployment deployments deploy statefulset statefulsets sts daemonset daemonsets ds service services svc ingress ingresses ing "
    "configmap configmaps cm cronjob cronjobs cj replicaset replicasets rs hpa horizontalpodautoscaler application applications app "
    "kustomization helmrelease route routes deploymentconfig dc gateway gateways httproute ksvc certificate certificates all".split()
)
_PERSON = "Leave this step to a person, and say in your report what should go and why."
_LOOK = "Look first with `kubectl get all`, and show the change with `kubectl diff -f app.yaml`."


def _given(command: "Command") -> "list[str]":
    """The words from the verb on; "" when nothing would be done."""
    dry = command.flag_value("--dry-run")
    if command.has_flag("--help") or command.has_flag("--dry-run") and (dry is None or dry.shown not in ("none", "false")):
        return []
    given = words(command, _GLOBAL)
    return given[1:] if given[:1] == ["kubectl"] else given


def _kinds(given: "list[str]") -> "list[str]":
    """The kinds of things named: pods web -> pods; deploy/web -> deploy; pvc,pv -> both."""
    first = given[1] if len(given) > 1 else ""
    kinds = [kind for kind in first.partition("/")[0].lower().split(",")]
    kinds += [word.partition("/")[0].lower() for word in given[2:] if "/" in word]
    return [kind.partition(".")[0] for kind in kinds]


def _deletes(command: "Command", line: "Line") -> "list[str]":
    given = _given(command)
    return given if given[:1] == ["delete"] else []


def _lasting(command: "Command", line: "Line") -> "str | None":
    found = next((kind for kind in _kinds(_deletes(command, line)) if kind in _LASTING), None)
    return f"`{shown(command)}` deletes a {found} and what depends on it" if found else None


def _running(command: "Command", line: "Line") -> "str | None":
    found = next((kind for kind in _kinds(_deletes(command, line)) if kind in _RUNNING), None)
    return f"`{shown(command)}` takes away what is running" if found and not command.has_flag("--all") else None


def _everything(command: "Command", line: "Line") -> "str | None":
    if _given(command)[:1] == ["apply"] and command.has_flag("--prune") and command.has_flag("--all"):
        return f"`{shown(command)}` deletes everything that the file does not list"
    given = _deletes(command, line)
    many = (
        command.has_flag("--all", "A", "--all-namespaces", "--raw")
        or _forced(command)
        and command.flag_value("-l", "--selector") is not None
    )
    fed = command.open_ended and _kinds(given)[0] not in ("pod", "pods", "po", "job", "jobs")
    return f"`{shown(command)}` deletes everything of that kind" if given and (many or fed) else None


def _forced(command: "Command") -> bool:
    grace = command.flag_value("--grace-period")
    return command.has_flag("--force") or grace is not None and grace.shown == "0"


def _forced_deletion(command: "Command", line: "Line") -> "str | None":
    given = _deletes(command, line)
    return f"`{shown(command)}` kills it without waiting for it to end" if given and _forced(command) else None


def _file_deletion(command: "Command", line: "Line") -> "str | None":
    given = _deletes(command, line)
    named = command.flag_value("-f", "--filename", "-k", "--kustomize") is not None and not command.has_flag("--force")
    return f"`{shown(command)}` deletes whatever the file lists" if given and named else None


def _nodes(command: "Command", line: "Line") -> "str | None":
    given = _given(command)
    verb = given[:1] in (["drain"], ["cordon"], ["taint"]) or given[:2] in (["adm", "drain"], ["adm", "cordon"], ["adm", "taint"])
    removed = given[-1:] and given[-1].endswith("-") and "taint" in given[:2]
    return f"`{shown(command)}` takes a node out of work" if verb and not removed else None


def _scaled(command: "Command", line: "Line") -> "str | None":
    given, count = _given(command), command.flag_value("--replicas")
    return f"`{shown(command)}` stops the service" if given[:1] == ["scale"] and count is not None and count.shown == "0" else None


def _replaced(command: "Command", line: "Line") -> "str | None":
    return (
        f"`{shown(command)}` deletes it before it is made anew"
        if _given(command)[:1] == ["replace"] and command.has_flag("--force")
        else None
    )


def _remote_manifest(command: "Command", line: "Line") -> "str | None":
    named = command.flag_value("-f", "--filename", "-k", "--kustomize")
    given = _given(command)
    if given[:1] not in (["apply"], ["create"], ["replace"]) or named is None:
        return None
    text = named.shown
    plain = text.startswith("http://") and not text.startswith(("http://localhost", "http://127."))
    raw = (
        any(part in text for part in ("pastebin.", "gist.", "://raw.gist", "transfer.sh", "ngrok", "bit.ly"))
        or "://" in text
        and text.partition("://")[2][:1].isdigit()
        and not text.partition("://")[2].startswith("127.")
    )
    return f"`{shown(command)}` gives the cluster a text that anybody can change" if plain or raw else None


def _rights(command: "Command", line: "Line") -> "str | None":
    given = _given(command)
    strong = command.flag_value("--clusterrole", "--role")
    binding = (
        given[:2] in (["create", "clusterrolebinding"], ["create", "rolebinding"])
        and strong is not None
        and strong.shown in ("cluster-admin", "admin", "system:masters")
    )
    roles = given[:2] in (["create", "clusterrole"], ["create", "role"]) and any(
        a.shown in ("*", "--verb=*", "--verb='*'") for a in command.args
    )
    policy = given[:2] == ["adm", "policy"] and len(given) > 2 and given[2].startswith("add-")
    approved = given[:2] in (["certificate", "approve"], ["adm", "certificate"])
    wide = any(
        arg is not None and arg.shown in ("0.0.0.0", "^*$", ".*", "*")
        for arg in (command.flag_value("--address"), command.flag_value("--accept-hosts"))
    )
    group = given[:2] == ["set", "subject"] or given[:1] == ["proxy"] and wide
    return f"`{shown(command)}` gives away command of the cluster" if binding or roles or policy or approved or group else None


def _patched(command: "Command", line: "Line") -> "str | None":
    given, patch = _given(command), command.flag_value("-p", "--patch")
    accounts = ("eks.amazonaws.com/role-arn=", "iam.gke.io/gcp-service-account=")
    if given[:1] == ["annotate"] and any(word.startswith(accounts) for word in given):
        return f"`{shown(command)}` gives an account of the cluster rights in the cloud"
    if given[:1] == ["label"] and any("pod-security" in word and word.endswith("=privileged") for word in given):
        return f"`{shown(command)}` takes away a protection"
    if given[:1] != ["patch"] or patch is None:
        return None
    plain = patch.shown.replace(" ", "")
    bad = (
        "finalizers" in plain
        and ("null" in plain or "[]" in plain or "remove" in plain)
        or '"privileged":true' in plain
        or '"hostPID":true' in plain
        or '"hostPath"' in plain
        or "cluster-admin" in plain
        or '"verbs":["*"]' in plain
    )
    return f"`{shown(command)}` takes away a protection" if bad else None


def _node_entered(command: "Command", line: "Line") -> "str | None":
    given = _given(command)
    space = command.flag_value("-n", "--namespace")
    inside = given[:1] == ["exec"] and space is not None and space.shown in ("kube-system", "kube-public", "istio-system")
    host = given[:1] == ["debug"] and any(word.startswith(("node/", "nodes/")) for word in given[1:])
    overridden = given[:1] == ["run"] and any(
        mark in arg.shown.replace(" ", "")
        for arg in command.args
        for mark in ('"privileged":true', '"hostPID":true', '"hostPath"', "--privileged")
    )
    return f"`{shown(command)}` enters a node or the control plane" if inside or host or overridden else None


def _local(command: "Command", line: "Line") -> "str | None":
    given = words(command, "--config --region --name -f --profile")
    gone = (
        given[:2]
        in (
            ["delete", "cluster"],
            ["delete", "nodegroup"],
            ["destroy", "cluster"],
            ["delete", "fargateprofile"],
            ["delete", "clusters"],
            ["delete", "instancegroup"],
            ["delete", "iamserviceaccount"],
            ["delete", "addon"],
            ["delete", "ig"],
        )
        or given[:1] in (["reset"], ["remove"], ["down"])
        and command.program in ("kubeadm", "rke", "k0s", "k0sctl", "talosctl")
    )
    return f"`{shown(command)}` takes a cluster apart" if gone and not command.has_flag("--help", "--dry-run") else None


_HELM = "-n --namespace --kube-context --kubeconfig -f --file -e --environment -l"

PACK = Pack(
    "kubernetes",
    Pattern(
        code="KUB001",
        title="namespace, volume or other foundation deleted",
        programs=_CTL,
        test=_lasting,
        why="Everything in it goes with it, data included, and nothing brings it back.",
        instead=_PERSON,
        blocks=(
            "kubectl delete namespace shop",
            "kubectl delete ns/shop",
            "kubectl -n shop delete pvc data-0",
            "kubectl delete crd x.example.com",
            "kubectl --context prod delete node n1",
            "oc delete project shop",
            "kubectl delete pvc,pv --all",
            "k3s kubectl delete ns shop",
        ),
        allows=(
            "kubectl get namespace",
            "kubectl delete pod web-1",
            "kubectl delete ns shop --dry-run=client",
            "kubectl create ns delete",
            "kubectl describe pvc data",
            "kubectl delete --help",
        ),
    ),
    Pattern(
        code="KUB002",
        title="everything of a kind deleted",
        programs=_CTL,
        test=_everything,
        why="It takes what other people run there, too.",
        instead="Name the one that you mean: `kubectl delete pod web-1`.",
        blocks=(
            "kubectl delete pods --all",
            "kubectl delete all --all -n shop",
            "kubectl delete deploy -A --all",
            "kubectl delete jobs --all-namespaces -l a=b",
            "kubectl get deploy -o name | xargs kubectl delete",
        ),
        allows=(
            "kubectl get pods --all-namespaces",
            "kubectl delete pod web-1",
            "kubectl get all -A",
            "kubectl delete pods --all --dry-run=server",
            "kubectl delete pod -l app=web",
        ),
    ),
    Pattern(
        code="KUB003",
        title="running service deleted",
        programs=_CTL,
        test=_running,
        why="Whoever uses it finds nothing there.",
        instead=_LOOK,
        blocks=(
            "kubectl delete deployment web",
            "kubectl delete svc/web ingress/web",
            "kubectl -n shop delete statefulset db",
            "kubectl delete configmap settings",
            "kubectl delete deployments.apps web",
        ),
        allows=(
            "kubectl delete pod web-1",
            "kubectl rollout restart deployment web",
            "kubectl get deployment web",
            "kubectl delete job once",
            "kubectl delete deploy web --dry-run=client",
        ),
    ),
    Pattern(
        code="KUB004",
        title="deletion without waiting",
        programs=_CTL,
        test=_forced_deletion,
        why="Two copies may then write the same data, and clean-up never runs.",
        instead="Use `kubectl delete pod web-1`, which lets it end.",
        blocks=("kubectl delete pod web-1 --force --grace-period=0", "kubectl delete pod db-0 --grace-period 0"),
        allows=("kubectl delete pod web-1", "kubectl delete pod web-1 --grace-period=30", "kubectl get pod --watch"),
    ),
    Pattern(
        code="KUB005",
        title="deletion by file",
        programs=_CTL,
        test=_file_deletion,
        severity="caution",
        why="The file may list namespaces and volumes.",
        instead="Look first with `kubectl get -f app.yaml`.",
        blocks=("kubectl delete -f app.yaml", "kubectl delete -k overlays/prod", "cat app.yaml | kubectl delete -f -"),
        allows=(
            "kubectl apply -f app.yaml",
            "kubectl get -f app.yaml",
            "kubectl diff -f app.yaml",
            "kubectl delete -f app.yaml --dry-run=client",
        ),
    ),
    Pattern(
        code="KUB006",
        title="node taken out of work",
        programs=_CTL,
        test=_nodes,
        why="What runs there is stopped and may find no other place.",
        instead="Look first with `kubectl describe node n1`.",
        blocks=(
            "kubectl drain n1 --ignore-daemonsets --force",
            "kubectl cordon n1",
            "kubectl taint nodes n1 a=b:NoExecute",
            "oc adm drain n1",
        ),
        allows=("kubectl uncordon n1", "kubectl get nodes", "kubectl taint nodes n1 a=b:NoExecute-", "kubectl drain n1 --dry-run=client"),
    ),
    Pattern(
        code="KUB007",
        title="service scaled to nothing",
        programs=_CTL,
        test=_scaled,
        why="Nothing answers any more.",
        instead="Restart it with `kubectl rollout restart deployment web`.",
        blocks=("kubectl scale deployment web --replicas=0", "kubectl -n shop scale --replicas 0 sts/db"),
        allows=("kubectl scale deployment web --replicas=3", "kubectl get rs", "kubectl scale deploy web --replicas=0 --dry-run=client"),
    ),
    Pattern(
        code="KUB008",
        title="forced replacement",
        programs=_CTL,
        test=_replaced,
        why="It is gone until the new one runs, if it ever does.",
        instead="Use `kubectl apply -f app.yaml`.",
        blocks=("kubectl replace --force -f app.yaml", "kubectl -n shop replace -f app.yaml --force"),
        allows=("kubectl replace -f app.yaml", "kubectl apply -f app.yaml --force-conflicts --server-side"),
    ),
    Pattern(
        code="KUB009",
        title="manifest from anywhere",
        programs=_CTL,
        test=_remote_manifest,
        why="A manifest runs programs in the cluster, with whatever rights it asks for.",
        instead="Download it with `curl -fsSL URL -o app.yaml`, read it, and apply the file.",
        blocks=(
            "kubectl apply -f http://example.invalid/x.yaml",
            "kubectl create -f https://192.0.2.1/x.yaml",
            "kubectl apply -f https://gist.githubusercontent.com/eve/1/raw/x.yaml",
        ),
        allows=(
            "kubectl apply -f app.yaml",
            "kubectl apply -f https://github.com/a/b/releases/download/v1/x.yaml",
            "kubectl get -f http://example.com/x",
        ),
    ),
    Pattern(
        code="KUB010",
        title="command of the cluster given away",
        programs=_CTL,
        test=_rights,
        why="Whoever holds it can read every secret and run anything anywhere.",
        instead="Ask what is allowed now with `kubectl auth can-i --list`.",
        blocks=(
            "kubectl create clusterrolebinding x --clusterrole=cluster-admin --serviceaccount=a:b",
            "kubectl certificate approve csr-1",
            "kubectl create clusterrole all --verb='*' --resource='*'",
            "oc adm policy add-cluster-role-to-user cluster-admin eve",
        ),
        allows=(
            "kubectl auth can-i list pods",
            "kubectl create rolebinding x --clusterrole=view --user=a",
            "kubectl get clusterrolebinding",
            "kubectl create role x --verb=get --resource=pods",
        ),
    ),
    Pattern(
        code="KUB011",
        title="protection patched away",
        programs=_CTL,
        test=_patched,
        why="Finalizers hold a deletion until clean-up is done; privileges let a container reach its host.",
        instead="Look at what holds it with `kubectl get ns shop -o yaml`.",
        blocks=(
            'kubectl patch ns shop -p \'{"metadata":{"finalizers":null}}\' --type=merge',
            'kubectl patch pvc d -p \'{"metadata": {"finalizers": []}}\'',
            'kubectl patch deploy web -p \'{"spec":{"hostPID":true,"x":{"hostPath":{}}}}\'',
        ),
        allows=('kubectl patch deploy web -p \'{"spec":{"replicas":2}}\'', "kubectl get ns -o jsonpath='{.metadata.finalizers}'"),
    ),
    Pattern(
        code="KUB012",
        title="node or control plane entered",
        programs=_CTL,
        test=_node_entered,
        why="From there every secret and every program of the cluster is in reach.",
        instead="Look from outside with `kubectl describe node n1`.",
        blocks=(
            "kubectl debug node/n1 -it --image=busybox",
            "kubectl -n kube-system exec etcd-0 -- sh",
            'kubectl run x --image=a --overrides=\'{"spec":{"hostPID": true}}\'',
        ),
        allows=(
            "kubectl debug pod/web -it --image=busybox",
            "kubectl -n kube-system get pods",
            "kubectl exec web -- ls",
            "kubectl run x --image=a",
        ),
    ),
    Pattern(
        code="KUB013",
        title="release uninstalled",
        programs="helm helm3 helmfile",
        test=any_of(
            when("uninstall,delete,del,un,destroy", "takes a release away", _HELM),
            when("rollback", "takes a release back by deleting what is in the way", _HELM, "--force"),
        ),
        why="Its services stop, and volumes may go with them.",
        instead="Look first with `helm status web`, and try with `--dry-run`.",
        blocks=(
            "helm uninstall web",
            "helm -n shop delete web --purge",
            "helm rollback web 1 --force",
            "helmfile destroy",
            "helm ls -q | xargs helm uninstall",
        ),
        allows=("helm list", "helm upgrade --install web ./chart", "helm uninstall web --dry-run", "helm status web", "helm template ."),
    ),
    Pattern(
        code="KUB014",
        title="delivery or mesh removed",
        programs="argocd flux istioctl linkerd velero cilium longhornctl rancher kn tkn knative crossplane kubectl-argo argo",
        test=when(
            "app,proj,cluster,repo,appset,account delete,delete-resource,rm|uninstall,delete,terminate|backup,restore,schedule,"
            "backup-location,snapshot-location delete|service,trigger,broker,source delete|experimental uninstall|delete|x "
            "uninstall|clusters delete"
            "|namespaces delete|apps delete",
            "takes away what delivers or protects other services",
            "-n --namespace --context --server --auth-token",
        ),
        why="Every service that it delivers, connects or backs up is affected.",
        instead="Look first, for example with `argocd app list`.",
        blocks=(
            "argocd app delete shop --cascade",
            "flux uninstall --silent",
            "istioctl uninstall --purge -y",
            "velero backup delete all --confirm",
            "argocd proj delete shop",
        ),
        allows=(
            "argocd app list",
            "argocd app sync shop",
            "flux get all",
            "istioctl analyze",
            "velero backup create x",
            "flux uninstall --dry-run",
        ),
    ),
    Pattern(
        code="KUB015",
        title="cluster taken apart",
        programs="eksctl kops kubeadm rke k0s k0sctl talosctl clusterctl openshift-install gardenctl",
        test=_local,
        why="Everything that runs in it stops, and its state is lost.",
        instead=_PERSON,
        blocks=(
            "eksctl delete cluster --name shop",
            "kops delete cluster shop.example.com --yes",
            "kubeadm reset -f",
            "openshift-install destroy cluster",
            "talosctl reset -n n1",
        ),
        allows=(
            "eksctl get cluster",
            "kind delete cluster",
            "minikube delete",
            "k3d cluster delete dev",
            "kops validate cluster",
            "kubeadm token list",
        ),
    ),
)
