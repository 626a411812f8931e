"""holdfast.json as a pydantic model: the source of the published JSON Schema. The only importer of pydantic."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from holdfast.kernel.settings import MAX_KEPT

Level = Literal["off", "ask", "deny"]
Kept = Annotated[int, Field(strict=True, ge=0, le=MAX_KEPT)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Guard(_Part):
    """How commands are judged."""

    fail: Literal["closed", "open"] = Field(default="closed", description=(
        "What happens to a call when the guard itself fails: `closed` refuses it, `open` lets it run and tells the person."))
    attended: Literal["auto", "no"] = Field(default="auto", description=(
        "Whether a person can answer questions: `auto` asks the client, `no` turns every `ask` into a refusal."))
    rules: dict[str, Level] = Field(default_factory=dict, description=(
        "Rule code (`GIT001`) or category (`git`) -> `off`, `ask` or `deny`; a code goes before its category. "
        "A catastrophic finding is always refused. A project's file can only tighten."))
    roots: list[str] = Field(default_factory=list, description=(
        "More folders, as absolute paths, in which ordinary destructive work is fine, besides the project and temporary folders."))


class Audit(_Part):
    """What is kept of every tool call."""

    keep_characters: Kept = Field(default=4096, description=(
        "Characters of a command that are kept; of a longer one the hash of the whole is kept too."))


class Egress(_Part):
    """Which hosts may be reached."""

    allow: list[str] = Field(default_factory=list, description=(
        "The only hosts that commands and fetches may name (`example.com`, `*.example.com`, `example.com:8443`); empty: any. "
        "This machine (localhost) is always permitted to shell commands."))


class Rate(_Part):
    """How many shell commands a session's agent may run in a while."""

    calls: Annotated[int, Field(strict=True, ge=0, le=100_000)] = Field(default=30, description=(
        "Shell commands within `seconds`; one more is held back or refused with the time to wait. 0: no limit."))
    seconds: Annotated[int, Field(strict=True, ge=1, le=86_400)] = Field(default=60, description="The length of the while.")


class Output(_Part):
    """What of a tool's output the model gets."""

    line_characters: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] = Field(
        default=10_000, description="Characters of one line; the rest is cut and counted. 0: no limit.")
    lines: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] = Field(
        default=50_000, description="Lines of one output; the rest is cut and counted. 0: no limit.")


class Alerts(_Part):
    """Who is told when a call was refused."""

    notify: list[str] = Field(default_factory=list, description=(
        "Addresses in Apprise's form (`tgram://...`, `slack://...`, `json://...`), told at the end of a session that had refusals. "
        "A project's file cannot set them."))


class Memory(_Part):
    """What is kept of a session, and how it is given back after a compaction."""

    inject_characters: Annotated[int, Field(strict=True, ge=1_000, le=18_000)] = Field(default=18_000, description=(
        "The most that is added to the model's context after a compaction or at a resume; constraints come first."))
    checkpoints: Annotated[int, Field(strict=True, ge=1, le=1_000)] = Field(
        default=20, description="How many checkpoints of an agent are kept.")
    stamp: Literal["named", "all", "none"] = Field(default="named", description=(
        "Which of a person's constraints are written into the prompt of a worker that is started: `named`, those that say they "
        "are for workers too; `all`; `none`. All of them are enforced on workers in any case."))
    fence: Literal["auto", "on", "off"] = Field(default="auto", description=(
        "Whether permission rules in .claude/settings.local.json stop forbidden writes even where no hook can run: "
        "`auto` does so in unattended runs."))
    window: Annotated[int, Field(strict=True, ge=0, le=10_000_000)] = Field(default=0, description=(
        "Tokens of the model's context window, for the warnings before it is full. 0: what the client says, else by the model's name."))


class Settings(_Part):
    """Settings of Holdfast, in ~/.claude/holdfast.json or PROJECT/.claude/holdfast.json."""

    schema_: str | None = Field(default=None, alias="$schema", description="Where an editor finds this schema.")
    guard: Guard = Field(default_factory=Guard)
    audit: Audit = Field(default_factory=Audit)
    egress: Egress = Field(default_factory=Egress)
    rate: Rate = Field(default_factory=Rate)
    output: Output = Field(default_factory=Output)
    alerts: Alerts = Field(default_factory=Alerts)
    memory: Memory = Field(default_factory=Memory)


def schema() -> dict[str, object]:
    """The JSON Schema that editors use."""
    made = Settings.model_json_schema(by_alias=True)
    made["properties"]["$schema"] = {"type": "string", "description": "Where an editor finds this schema."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
