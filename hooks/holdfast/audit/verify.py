"""Reading the audit log back: is it whole, and if not, where does it first break?"""

from holdfast.kernel.files import Damage, read_head, records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.kernel.jsontext import JsonObject


class Check:
    """The state of one log.

    count: whole records.  broken: (record number expected, what is wrong) for the first record that was changed, removed or
    put in, or None.  torn: list of Damage left by a writer that was killed or had no space (not counted as records).
    cut: (last number in the log, last number written) when records are missing at the end, or None.  open_calls: ids of
    calls with an intent and no outcome.
    """

    __slots__ = ("count", "broken", "torn", "cut", "open_calls")

    def __init__(self) -> None:
        self.count = 0
        self.broken: "tuple[int, str] | None" = None
        self.torn: "list[Damage]" = []
        self.cut: "tuple[int, int] | None" = None
        self.open_calls: "list[str]" = []

    @property
    def whole(self) -> bool:
        return self.broken is None and self.cut is None


def verify(path: str) -> Check:
    """Path of a log -> Check. A missing log is whole and has no records, unless its head says that there were some."""
    check = Check()
    last: "JsonObject | None" = None
    waiting: "dict[str, JsonObject]" = {}
    damage: "Damage | None" = None
    head = read_head(path)  # before the log: somebody may append to it meanwhile
    for record in records(path):
        if isinstance(record, Damage):
            damage = damage or record
            check.torn.append(record)
            continue
        expected = last["n"] + 1 if last else 1
        if check.broken is None:
            if record["n"] != expected:
                hidden = f"line {damage.line} is damaged" if damage else "records were removed or put in"
                check.broken = (expected, f"record {expected} is missing: after {expected - 1} comes {record['n']}; {hidden}")
            elif record.get("prev", "") != (last["sum"] if last else ""):
                check.broken = (record["n"], f"record {record['n']} does not continue record {expected - 1}")
        last, damage = record, None
        check.count += 1
        if record.get("kind") == "intent" and record.get("verdict") not in ("deny", "ask"):
            waiting[record.get("call", "")] = record
        elif record.get("kind") == "outcome":
            waiting.pop(record.get("call", ""), None)
    check.open_calls = list(waiting)
    number = last["n"] if last else 0
    # The head is written just after the record: one behind is a writer killed in between, ahead is a log cut short.
    if head and head[0] > number:
        check.cut = (number, head[0])
    if check.broken is None and head and last and head[0] == number and head[1] != last["sum"]:
        check.broken = (number, f"record {number} is not the one that was written last")
    return check
