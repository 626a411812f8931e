"""`holdfast note`: the one command with which an agent adds to its own record what only it can know."""

import click

from holdfast.cli.here import NoSession, session_meant, situation
from holdfast.cli.output import plain, say
from holdfast.memory.register import note as append
from holdfast.memory.register import state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.store import Store

_KINDS = {"decision": "decision", "done": "completed", "doing": "in_progress", "blocked": "blocked", "next": "next", "fact": "fact",
          "question": "question", "risk": "risk", "summary": "summary", "task": "task"}


@click.command()
@click.argument("kind", type=click.Choice(list(_KINDS)))
@click.argument("text")
@click.option("--because", default="", help="The reason: of a decision, or of a block.")
@click.option("--supersedes", "replaced", default="", help="The decision that this one replaces, such as D2.")
@click.option("--session", default="", help="The session whose id begins with this (default: this shell's).")
@click.option("--agent", default="", help="A worker's id; the main thread's record is the default.")
def note(kind: str, text: str, because: str, replaced: str, session: str, agent: str) -> None:
    """Add to the record of this session: what is given back after every compaction, and handed over to the next session.

    KIND is one of decision, done, doing, blocked, next, fact, question, risk, summary (two or three sentences), task (a name).
    """
    case = situation()
    text = " ".join(text.split())
    if not text:
        raise click.UsageError("there is no text")
    try:
        whose = session_meant(case, session)
        if kind == "decision":
            say(_decided(case.store, whose, agent, case.at, text, because, replaced))
            return
        fields = {"what": "progress", "state": _KINDS[kind]} if kind in ("done", "doing", "blocked", "next") else {
            "what": "note", "kind": _KINDS[kind]}
        append(case.store, whose, agent, case.at, {**fields, "text": text, "because": because, "by": "agent"})
    except (NoSession, OSError, TimeoutError) as bad:
        raise click.ClickException(str(bad)) from None
    say(f"noted as {kind}: {plain(text)}")


def _decided(store: "Store", session: str, agent: str, at: int, text: str, because: str, replaced: str) -> str:
    from holdfast.memory.words.superseding import supersedes  # the grammar costs other commands a tenth of a second
    state = state_of(store, session, agent)
    live = {one["id"]: one for one in state["decisions"]}
    if replaced and replaced not in live:
        raise click.ClickException(f"{replaced} is not a decision in force. In force: {', '.join(live) or 'none'}")
    gone = [replaced] if replaced else [one["id"] for one in live.values()
                                        if supersedes({"text": text, "kind": "decision"}, {**one, "kind": "decision"})]
    number = append(store, session, agent, at, {"what": "decision", "text": text, "because": because, "supersedes": gone, "by": "agent",
                                                "turn": state["turn"]})
    return f"noted as D{number}: {plain(text)}" + (f" (supersedes {', '.join(gone)})" if gone else "")
