"""A person's prompt: what it states, changes or lifts is taken in, and what the model is still owed is given."""

from holdfast.kernel.reply import Reply
from holdfast.memory.capture import MACHINE, take_in
from holdfast.memory.give import make_good
from holdfast.memory.register import note, state_of
from holdfast.memory.words.decisions import decisions_in
from holdfast.memory.words.superseding import supersedes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.run import Situation

_GOAL = 200  # characters of the first prompt that are kept as the goal


def take_prompt(situation: "Situation") -> "Reply | None":
    """Situation (UserPromptSubmit) -> Reply or None. Raises OSError, TimeoutError, DamagedConstraints.

    A prompt that the client made itself, such as the report of a worker, states nothing: a worker's words are not the person's.
    """
    event, store, at = situation.event, situation.store, situation.at
    session, agent = event.session_id, event.agent
    if event.prompt.lstrip().startswith(MACHINE):
        return None
    turn = state_of(store, session, agent)["turn"] + 1
    change = take_in(store, session, agent, event.prompt, turn, "person", at, event.cwd or store.project)
    goal = _first_sentence(change.rest) if turn == 1 else ""
    note(store, session, agent, at, {"what": "prompt", "turn": turn, **({"text": goal} if goal else {})})
    _note_decisions(situation, turn)
    situation.notes["constraints"] = bool(change.items or change.lifts)
    said = []
    if change.items:
        said.append(f"Holdfast keeps {_count(len(change.items))} from this prompt ({_ids([item['id'] for item in change.items])})")
    if change.lifts:
        said.append(f"lifted: {_ids([number for number, _ in change.lifts])}")
    return Reply(message=". ".join(said) + ". See: holdfast constraint list") if said else None


def _first_sentence(text: str) -> str:
    """How a prompt begins: enough to know the task again, and short enough to repeat nothing that the person may take back."""
    words = " ".join(text.split())
    ends = [at + 1 for mark in (". ", "? ", "! ", ": ") if (at := words.find(mark, 20)) >= 0]
    return words[:min([*ends, _GOAL])].strip()


def make_good_at_prompt(situation: "Situation") -> "Reply | None":
    """Situation (UserPromptSubmit) -> what the model is still owed."""
    return make_good(situation)


def _note_decisions(situation: "Situation", turn: int) -> None:
    """The decisions that the prompt states; a newer one about the same supersedes the older."""
    event, store = situation.event, situation.store
    for words, reason in decisions_in(event.prompt):
        live = state_of(store, event.session_id, event.agent)["decisions"]
        gone = [one["id"] for one in live if supersedes({"text": words, "kind": "decision"}, {**one, "kind": "decision"})]
        note(store, event.session_id, event.agent, situation.at,
             {"what": "decision", "text": words, "because": reason, "supersedes": gone, "by": "person", "turn": turn})


def _count(number: int) -> str:
    return "1 constraint" if number == 1 else f"{number} constraints"


def _ids(ids: "list[str]") -> str:
    return ids[0] if len(ids) == 1 else f"{ids[0]} to {ids[-1]}" if len(ids) > 3 else ", ".join(ids)
