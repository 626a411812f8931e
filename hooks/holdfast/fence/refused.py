"""Why the client itself refused a call: its own words name no reason, and for file tools it asks no hook (2.1.329, measured)."""

from holdfast.kernel.reply import Reply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.constraints import Item
    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.run import Situation

# How a refusal by a deny rule begins (client 2.1.329).
_FILE = ("<tool_use_error>File is in a directory that is denied", "<tool_use_error>File is covered by a Read deny rule",
         "Permission to edit ", "Permission to read ")
_COMMAND = ("Permission to use Bash with command ", "Output redirection to ")
# What the client stops in Bash although it changes nothing (see fence.rules), and what does the same and runs.
_ONLY_READS = ("The same rule stops a few commands that only read it or leave it as it is (cp -r, sed without -n, mkdir -p); "
               "cat, sed -n and cp of single files run.")
_PATHS = ("file_path", "notebook_path", "path")


def explain_refusals(situation: "Situation") -> "Reply | None":
    """Situation (PostToolBatch) -> the person's words behind calls that our deny rules stopped, or None. Raises what `binding` raises."""
    refused = [one for one in situation.event.tool_calls or () if isinstance(one, dict) and isinstance(one.get("tool_response"), str)
               and one["tool_response"].startswith(_FILE + _COMMAND)]
    if not refused:
        return None
    from holdfast.fence.changed import said
    from holdfast.fence.raising import kept_for
    from holdfast.kernel.clock import iso
    from holdfast.kernel.files import append
    from holdfast.kernel.redact import redact, shortened
    from holdfast.kernel.workers import binding
    if not kept_for(situation.store, situation.event.session_id):
        return None
    items = binding(situation.store, situation.event, situation.at)
    facts: "dict[str, None]" = {}
    for one in refused:
        item = _behind(one, items, situation.store.project)
        if item is not None:
            readable = "write" in item["forbids"] and "read" not in item["forbids"]
            harmless = f" {_ONLY_READS}" if readable and one["tool_response"].startswith(_COMMAND[0]) else ""
            facts[f"{one.get('tool_name')} was refused by a rule of the client's that stands for a person's words. "
                  f"{said('', item)} ({item['id']}).{harmless}"] = None
            given = one.get("tool_input") or {}
            what = next((str(given[name]) for name in (*_PATHS, "command") if name in given), "")
            append(situation.store.session(situation.event.session_id, "protected.jsonl"), {
                "what": "refused", "ids": [item["id"]], "tool": one.get("tool_name") or "", "ran": shortened(redact(what), 200),
                "call": one.get("tool_use_id") or "", "agent": situation.event.agent, "at": iso(situation.at)})
    return Reply(context=facts) if facts else None


def _behind(one: "JsonObject", items: "list[Item]", project: str) -> "Item | None":
    """The Item that a refused call goes against, None when the rule was somebody else's."""
    from holdfast.fence.rules import rules
    from holdfast.fence.targets import places
    given = one.get("tool_input") or {}
    path = next((given[name] for name in _PATHS if isinstance(given.get(name), str)), None)
    command = given.get("command")
    for item in items:
        where = places(item, project)
        if where is None or not rules([item], project):
            continue
        if path is not None and where.holds(path):
            return item
        if path is None and isinstance(command, str):
            names = [own.rpartition("/")[2] for own in where.exact] + [text for kind, text in item["targets"] if kind == "command"]
            if any(name and name in command for name in names):
                return item
    return None
