"""What one agent of a session has come to: a log of small records, and the state folded from it.

The log `register.jsonl` takes one record for each thing that happened; "what" says which:

    prompt      turn, text (the first one only: the goal)     a person's prompt
    progress    text, state (completed, in_progress, blocked, next), because
    decision    text, because, supersedes [ID, ...]; its id is D and the record's number
    note        kind (fact, question, risk, summary, task), text
    wrote       path                                          a file tool or a command wrote this file
    did         kind (commit, test, build ...), text, ok      a command worth remembering
    compacted   epoch, trigger                                the conversation was compacted
    given       epoch, where                                  the state was put into the model's context
    restored    state, checkpoint                             a checkpoint's state was put back

`register.json` holds the state, and how far into the log it goes, so that only what is new is read. Every record carries "by":
"hook", "agent" or "person". Texts are redacted before they are written. What a person has forbidden is kept in the kernel
(`kernel.constraints`), because the guard reads it too.
"""

from holdfast.kernel.clock import iso
from holdfast.kernel.files import Damage, append, read, records_after, replace, sealed, unseal
from holdfast.kernel.redact import redact, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from holdfast.kernel.jsontext import JsonObject
    from holdfast.kernel.store import Store

    State = dict[str, Any]

LOG, DOCUMENT = "register.jsonl", "register.json"
STATES = ("completed", "in_progress", "blocked", "next")
NOTES = {"fact": "facts", "question": "questions", "risk": "risks"}
LONGEST = 1_000  # characters of one text
_MOST = 200  # entries of one list in the state; the log keeps them all


def note(store: "Store", session: str, agent: str, at: int, fields: "JsonObject") -> int:
    """Append one record, its texts redacted and cut to LONGEST; its number. Raises OSError, TimeoutError."""
    clean = {key: shortened(redact(value), LONGEST) if isinstance(value, str) and key in ("text", "because") else value
             for key, value in fields.items()}
    return append(store.agent(session, agent, LOG), {"at": iso(at), **clean})


def state_of(store: "Store", session: str, agent: str) -> "State":
    """The State of one agent, {} of everything when nothing is known. Raises OSError.

    "damage" counts the stretches of the log that could not be read: what they held is lost, the rest stands.
    """
    document = store.agent(session, agent, DOCUMENT)
    log = store.agent(session, agent, LOG)
    state, start, tail = empty(), 0, ""
    try:
        known = unseal(read(document).rstrip(b"\n"))
    except (OSError, ValueError):
        known = None
    if known is not None:
        state, start, tail = known["state"], known["size"], known["tail"]
    try:
        found = records_after(log, start, tail)
        if found is None:  # the log is no longer the one that was folded: what is left of it counts
            state, start = empty(), 0
            state["damage"] += 1
            found = records_after(log, 0, "") or ([], 0, "")
    except FileNotFoundError:
        return state
    new, end, tail = found
    for record in new:
        if isinstance(record, Damage):
            state["damage"] += 1
        else:
            fold(state, record)
    if end > start:
        try:
            replace(document, sealed({"size": end, "tail": tail, "state": state}))
        except OSError:
            pass  # only slower: the log is folded again the next time
    return state


def empty() -> "State":
    """The State of an agent of which nothing is known."""
    return {"task": "", "goal": "", "turn": 0, "decisions": [], "completed": [], "in_progress": [], "blocked": [], "next": "",
            "facts": [], "questions": [], "risks": [], "files": [], "did": [], "summary": "", "epoch": 0, "given": 0, "fails": 0,
            "turns_compacted": [], "records": 0, "damage": 0}


def fold(state: "State", record: "JsonObject") -> None:
    """Take one record into the State."""
    what = record["what"]
    state["records"] += 1
    if what == "prompt":
        state["turn"] = record["turn"]
        state["goal"] = state["goal"] or record.get("text", "")
    elif what == "progress":
        _progress(state, record)
    elif what == "decision":
        gone = set(record.get("supersedes", ()))
        # The same once more, after a death in the middle of what recorded it, takes the place of the first.
        state["decisions"] = [one for one in state["decisions"] if one["id"] not in gone and one["text"] != record["text"]][-_MOST:]
        state["decisions"].append({"id": f"D{record['n']}", **{key: record.get(key, "") for key in ("text", "because", "by", "turn")}})
    elif what == "note":
        if record["kind"] in NOTES:
            _keep(state[NOTES[record["kind"]]], record["text"])
        elif record["kind"] in ("summary", "task"):
            state[record["kind"]] = record["text"]
    elif what == "wrote":
        _keep(state["files"], record["path"])
    elif what == "did":
        state["did"] = [one for one in state["did"] if one["text"] != record["text"]][-_MOST:]
        state["did"].append({"kind": record["kind"], "text": record["text"], "ok": record["ok"]})
    elif what == "compacted":
        state["epoch"] = record["epoch"]
        state["turns_compacted"] = [*state["turns_compacted"], state["turn"]][-5:]
        state["fails"] = 0
    elif what == "failed":
        state["fails"] += 1
    elif what == "restored":
        names = ("task", "goal", "decisions", *STATES, "facts", "questions", "risks", "summary")
        state.update({name: record["state"][name] for name in names})
    elif what == "given":
        state["given"] = record["epoch"]


def _progress(state: "State", record: "JsonObject") -> None:
    text, place = record["text"], record["state"]
    for name in ("completed", "in_progress", "blocked"):
        state[name] = [one for one in state[name] if one["text"] != text]
    if state["next"] == text:
        state["next"] = ""
    if place == "next":
        state["next"] = text
    else:
        state[place] = [*state[place], {"text": text, "because": record.get("because", "")}][-_MOST:]


def _keep(entries: "list[str]", text: str) -> None:
    """Put a text at the end of a list that holds it once."""
    if text in entries:
        entries.remove(text)
    entries.append(text)
    del entries[:-_MOST]
