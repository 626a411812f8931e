"""Prompt -> what binds the agent from now on, verbatim. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from typing import NamedTuple

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words import grammar, languages, lifts, norms, standing
from holdfast.memory.words.areas import area_of, is_quality
from holdfast.memory.words.lexicon import ACTS as ACTS
from holdfast.memory.words.lexicon import ING, ORDERABLE
from holdfast.memory.words.mentions import targets_in
from holdfast.memory.words.weighing import DOUBT, SURE, no_order, weigh
from holdfast.memory.words.passages import NO_MARKS, Passage, passages, worth_reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Said(NamedTuple):
    """A constraint in the person's words.

    text is an exact substring of the prompt, prompt[start:end]: a sentence, or a list item without its bullet; lead is the line that
    introduces the list ("" for none). A sentence that binds in two ways gives two Saids with the same text.

    kind: "do-not-touch", "must-not", "read-only", "only", "must", "keep", "naming" or "environment".
    forbids: the acts (of ACTS) that code can stop; () when only a reader can follow it.
    only: the acts are permitted on the targets alone.
    targets: (kind, name) with kind "path" (a folder ends with "/"), "glob", "table", "database", "branch", "host", "command",
    "package", "identifier" or "area"; ("except", name) is free of the prohibition.
    binds: "agent", or "all" when every worker is bound too.
    """

    text: str
    lead: str
    start: int
    end: int
    kind: str
    forbids: "tuple[str, ...]"
    only: bool
    targets: "tuple[tuple[str, str], ...]"
    binds: str


_CUE = pattern(
    r"n't|n'|\b(?:not|dont|don t|donot|dnt|cant|mustnt|shouldnt|never|no|without|w/o|zero|only|solely|exclusively|just|merely|nothing|nobody|none|neither|nowhere|keep|leave|retain|preserve|maintain|respect|avoid|refrain|abstain|desist|stop|quit|cease|resist|steer"
    r"|stay\w*|remain\w*|off|hands|paws|fingers|out of|read-?only|frozen|freeze|locked|immutable|untouch\w*|unchanged|sacred|sacrosanct|forbid\w*|forbidden|prohibit\w*|banned|disallow\w*|verboten|taboo|limit\w*|restrict\w*|confin\w*|constrain\w*|scope\w*|within|treat|consider\w*|regard"
    r"|must|has to|have to|needs?|should|shall|ought|always|every|each|all|any|ensure|sure|certain|careful|care|guarantee|insist|except|excluding|apart|besides|own|right|scope|at most|at least|max\w*|min\w*|under|below|than|exceed|up to|cap|capped|budget|ask|check|confirm|approval|permission|consult|wait|require\w*"
    r"|use|using|target\w*|stick|prefer\w*|favou?r|follow|adhere|conform|comply|obey|abide|name|naming|prefix\w*|suffix\w*|called|\w*case|title|start|begin|we're|we are|stuck|runs on|version|want|rather|protected|mandatory|obligatory|compulsory|optional|negotiable|allowed|permitted"
    r"|minimi[sz]e|hold off|lay off|write|run|whatever|before|until|unless|alone|intact|answer|reply|respond|indent|format|environment|language|runtime|off-limits|limits|there is|there's|will|are to|is to|supposed|expected"
    r"|nicht|nichts|nie|niemals|nur|kein\w*|lass\w*|fass\w*|finger|muss|müssen|darf|dürfen|soll\w*|ohne|bleib\w*|immer|ausschließlich|ausschliesslich|lediglich|verboten|tabu|unverändert|vermeide\w*|behalt\w*|belass\w*|stets|niemand|bloß|vorher|benutz\w*|verwend\w*|nutz\w*|halt\w*"
    r"|ne|pas|jamais|sans|seulement|uniquement|rien|aucun\w*|laisse\w*|doit|doivent|toujours|interdit\w*|évite\w*|evite\w*|garde\w*|conserve\w*|touche\w*|que|lecture seule|personne|limite\w*|restez?|utilise\w*|faut"
    r"|nunca|jamás|jamas|sin|solo|sólo|solamente|únicamente|unicamente|nada|deja\w*|dejen|debe\w*|siempre|prohibid\w*|evita\w*|mantén|manten\w*|conserva\w*|usa|usen|use|utiliza\w*|ningún|ninguna|ningun|nadie|hay que|tiene que|intact\w*|não|nao|sem|apenas|somente|deixe\w*|deve\w*|sempre|proibid\w*|mantenha|mexa\w*|nenhum\w*|ninguém|jamais"
    r")\b|[<≤\ue000-\ue002]", re.I)
_ALL = pattern(r"\b(?:no|every|each|all|any|the|your|other|both|tell|remind|instruct|including|none of the|neither|and|or|with|for|to|by)\s+(?:\w+\s+)?(?:(?:sub-?|background )?agents?|workers?|helpers?|teammates?|delegates?|sub-?tasks?|forks?|agenten|unteragenten|sous-agents|subagentes)\b|\b(?:sub-?agents|workers|agents)\b(?! (?:page|table|module|api|code|pool|process|thread|folder|directory|queue))"
                  r"|\b(?:nobody|no one|no-one|none of you|all of you|everyone|everybody|anyone|y'all|pass (?:this|it) on|applies to (?:all|every\w+|any)|whoever)\b", re.I)


def constraints_in(prompt: str) -> "list[Said]":
    """What a person's prompt binds the agent to, in order. [] for a prompt made by a machine, and for one that binds nothing."""
    return _in_order(prompt, _weighed)


def read_in(prompt: str) -> "list[Said]":
    """The same by the grammar alone."""
    return _in_order(prompt, _said)


def _in_order(prompt: str, read: "Callable[[Passage], list[Said]]") -> "list[Said]":
    said: list[Said] = []
    for passage in worth_reading(passages(prompt), _CUE):
        said += read(passage)
    # What only introduces a list is said by its items.
    leads = {(one.lead.strip(), bool(one.targets)) for one in said if one.lead}
    return [one for one in said if one.lead or one.targets or (one.text.strip(), True) not in leads and (one.text.strip(), False) not in leads]


_NEGATED = pattern(r"\b(?:not|never|no|none|nothing|nobody|without|nicht|kein\w*|niemals|nie|pas|jamais|aucun\w*|nunca|sin|sem|não|nao|ningun\w*|nenhum\w*)\b|n't")
_SENTENCE = 60  # words; what is longer is no sentence, and was not learned from


def _weighed(p: Passage) -> "list[Said]":
    """What the grammar reads in a passage, unless that is most unlikely; else what reads like a constraint all the same."""
    said = _said(p)
    if len(p.text.split()) > _SENTENCE:
        return said
    if said:
        return said if p.lead or weigh(p.text) >= DOUBT else []
    if p.lead or len(p.text.split()) < 3 or lifts.lifts_in(p.text) or no_order(p.text) or weigh(p.text) <= SURE:
        return said
    kind = "must-not" if _NEGATED.search(p.shadow) else "must"
    return [Said(p.text, p.lead, p.start, p.end, kind, (), False, targets_in(p.text, p.shadow, 0, len(p.shadow), "touch", ("write",)), "agent")]


def _said(p: Passage) -> "list[Said]":
    lifted = lifts.is_lift(p.shadow)
    found = grammar.bound_in(p, standing.EXCEPTIONS) if lifted == "whole" else [*_english(p), *languages.bound_in(p)]
    if lifted == "part":
        found = [f for f in found if not lifts.within_lift(p.shadow, f.at)] + grammar.bound_in(p, standing.EXCEPTIONS)
    found = _under_lead(p, found) if lifted != "whole" else found
    binds = "all" if _ALL.search(p.shadow) or p.lead and _ALL.search(p.lead_shadow) else "agent"
    found = [_of_kind(_stoppable(_before_what_to_do(f, p), p.shadow), p.shadow) for f in found]
    return [Said(p.text, p.lead, p.start, p.end, f.kind, f.forbids, f.only, f.targets, binds) for f in _merged(found)]


# "Don't modify the tests, fix the code": what stands behind is what is to be done instead.
_INSTEAD = pattern(r"[,;:–—-] (?:and |but |just |instead,? |rather,? |please |simply |only |then )*(?:fix|use|adapt|change|update|work|write|add|do|put|edit|generate|make|create|modify|patch|correct|refactor|rewrite|move|extend|improve|run|call|wrap|copy|start|switch|build|implement)\b")


def _before_what_to_do(f: "grammar.Found", p: Passage) -> "grammar.Found":
    """With the targets that are named before the sentence turns to what is to be done instead, where there are some."""
    turn = None if f.only else _INSTEAD.search(p.shadow, f.at)
    if not turn:
        return f
    low = p.text.lower()
    near = tuple(target for target in f.targets if 0 <= low.find(target[1].lower().rstrip("/"), f.at) < turn.start() or 0 <= low.find(target[1].lower().rstrip("/")) < turn.start())
    return f._replace(targets=near) if any(kind != "except" for kind, _ in near) else f


def _english(p: Passage) -> "list[grammar.Found]":
    return grammar.bound_in(p, grammar.RULES + standing.RULES + norms.RULES)


# Words that forbid an act on whatever there is. Without them, and without a name, no single act can be stopped.
_ON_ALL = pattern(r"\b(?:(?:delete|remove|create|add|rename|move|edit|change|modify) files|anything|any (?:of the )?(?:\w+ )?(?:files?|code|changes|edits)|(?:no|zero|without(?: any)?) (?:(?:code|file|source|any) )*(?:changes|edits|writes|modifications)|a single (?:file|line)|touch|(?:new|extra|additional|more|further) (?:source |code )?files?)\b|\bread[- ]?only (?:task|session|run|job|investigation|review|audit|analysis|exploration|mode)\b|\bthis (?:task |session |run |job )?is (?:strictly |a )?read[- ]only\b")
_NOT_ALL = pattern(r"\b(?:else|others?|rest|prod|production|access|destructive|about|warehouse)\b")


def _stoppable(f: "grammar.Found", shadow: str) -> "grammar.Found":
    """With the acts that code can stop without stopping what was meant to go on."""
    things = [t for t in f.targets if t[0] != "except"]
    left = f.forbids
    if things and all(kind == "area" and is_quality(name) for kind, name in things):
        left = tuple(act for act in left if act not in ("write", "create", "delete", "rename"))
    if not things and (not _ON_ALL.search(shadow) or _NOT_ALL.search(shadow)):
        left = tuple(act for act in left if act not in ("write", "create", "delete", "rename"))
    if not things:
        left = tuple(act for act in left if act not in ("run", "read", "query") and not (act == "connect" and len(f.targets) > 0))
    if f.only and ("install" in left and not any(kind == "package" for kind, _ in things) or things and all(kind == "area" and not area_of(name) for kind, name in things)):
        left = ()
    return f._replace(forbids=left)


_NAMED = pattern(r"\b(?:(?:are|is|be|been) (?:named|called|prefixed|suffixed)|carr(?:y|ies) the (?:prefix|suffix)|(?:end|begin|start)s? (?:in|with) [\ue000-\ue002A-Z_<]|follow the pattern|beginnen|heißen)\b")
_KEPT = pattern(r"\b(?:be (?:kept|preserved|retained|the same)|(?:exactly )?as before|unchanged|stay identical|remain identical|rester (?:compatible|identique)|seguir igual|erhalten bleiben)\b")
_RUNS_ON = pattern(r"\b(?:run|runs|work|works|compile|compiles|build|builds|support|supports|load|start|laufen|läuft|use|using|target|only|mandatory|features|nothing newer|tourner|funcionar|rodar)\b[^.;!?]*?(?<![\w/-])(?:python|node|nodejs|java|php|ruby|golang|go|gcc|clang|msvc|windows|linux|macos|mac|ubuntu|debian|ios|android|firefox|safari|chrome|edge|postgres\w*|mysql|oracle|rabbitmq|kafka|redis|dev container|helm|terraform|kubernetes|c\+\+|c99|c11|es\d+|opengl|cuda|vs code|virtualenv|pytorch|tensorflow|browsers?|offline)(?![\w/-])|(?<![\w/-])(?:python|node|java|php|c99|c\+\+\d*|go|rust|ruby) ?[\d.]*(?: language features)?,? (?:only|nothing newer|is mandatory|is required|no later)\b")
_AT_MOST = pattern(r"\W*(?:no\b(?! (?:matter|doubt))|not more|not a|there (?:may|must|should|shall|is to) be no)\b")


def _of_kind(f: "grammar.Found", shadow: str) -> "grammar.Found":
    """With the kind that the words name more closely than "must"."""
    if f.forbids or f.only or f.kind not in ("must", "keep"):
        return f
    if _NAMED.search(shadow):
        return f._replace(kind="naming")
    if _RUNS_ON.search(shadow):
        return f._replace(kind="environment")
    if f.kind == "must" and _KEPT.search(shadow):
        return f._replace(kind="keep")
    return f._replace(kind="must-not") if f.kind == "must" and _AT_MOST.match(shadow) else f


# A lead that forbids whatever its items do.
_FORBIDS_ALL = pattern(
    r"\W*(?:(?:please|things|stuff|what|actions|you|agents|workers|the agent|we|i|to|that|which|list of|absolutely|strictly|also|and|hard|the following|following|is|are|that are|never do|must|should|shall|may|things to|do|any of) )*"
    r"(?:never|don't|don'ts|donts|do not|dont|do nots|avoid|forbidden|prohibited|not allowed|not permitted|must not|mustn't|may not|should not|shouldn't|cannot|can't|shall not|banned|disallowed|no-gos|no-no's|no gos|refrain from|niemals|verboten|nicht erlaubt|interdit|jamais|prohibido|nunca|proibido|disallow|never ever|no)"
    r"(?: (?:do|ever|do any of|allowed|actions|things|operations|commands|any of|the following|these|under any circumstances|to do|do the following|things|activities))*\W*\Z")


def _under_lead(p: Passage, found: "list[grammar.Found]") -> "list[grammar.Found]":
    """What a list item means under the line that introduces it."""
    if p.item and not found and p.shadow[:1] and p.shadow[0] in NO_MARKS:
        cut = len(p.shadow) - len(p.shadow[1:].lstrip(" \ufe0f"))
        return _marked(p._replace(text=p.text[cut:], shadow=p.shadow[cut:]))
    if not p.lead or p.lead_shadow.rstrip().endswith("?"):
        return found
    opening = p.lead_shadow.rstrip(" :*_\r\n")
    if p.item and not found and opening.strip() in NO_MARKS and opening.strip():
        return _marked(p)
    if p.item and not found and _FORBIDS_ALL.match(opening):
        return _forbidden_item(p) or [grammar.Found(0, "must-not", (), False, ())]
    lead = Passage(0, len(opening) + 1, p.lead.ljust(len(opening) + 1)[:len(opening)] + ":", opening + ":", "", "", False)
    said = [*_english(lead), *languages.bound_in(lead)]
    open_ended = [f for f in said if _ends_open(lead, f)]
    if found and open_ended and open_ended[0].kind in ("keep", "must", "naming", "environment"):
        return found  # "Please keep to these:" introduces rules that speak for themselves
    if open_ended and p.item:
        return _applied(p, lead, open_ended[0], found)
    if found or not p.item:
        return found
    if grammar.is_rules(p.lead_shadow) and (p.lead_shadow.rstrip(" *_\r").endswith(":") or len(p.lead_shadow.split()) <= 6) and not p.shadow.rstrip().endswith("?"):
        return [grammar.Found(0, "must", (), False, ())]
    return found


_STATUS = pattern(r"\b(?:fail\w*|errors?|broken|missing|was|is|are|has|timed out|red)\b")


def _marked(p: Passage) -> "list[grammar.Found]":
    """What a cross before an item forbids; nothing when the item only tells what went wrong ("the build fails")."""
    word = re.match(r"\W*([a-z]+(?:-[a-z]+)?)", p.shadow)
    acting = word and (word[1] in ORDERABLE or word[1] in ING) or p.text.lstrip(" `")[:3].islower() and targets_in(p.text, p.shadow, 0, len(p.shadow), "run", ("run",))
    return _forbidden_item(p) if acting and not _STATUS.search(p.shadow) else []


def _forbidden_item(p: Passage) -> "list[grammar.Found]":
    """What an item under "Never:" forbids: "push to main", "pushing to main", "direct pushes to main", "npm publish"."""
    commands = tuple(t for t in targets_in(p.text, p.shadow, 0, len(p.shadow), "run", ("run",)) if t[0] == "command")
    if commands and p.text.strip(" `.*_").startswith(commands[0][1]):
        return [grammar.Found(0, "must-not", ("run",), False, commands)]
    for start in ("do not ", "avoid ", "no "):
        word = re.match(r"\W*([a-z]+(?:-[a-z]+)?)", p.shadow)
        fits = word and (word[1] in ORDERABLE if start == "do not " else word[1] in ING if start == "avoid " else True)
        if fits and (told := _english(p._replace(text=start + p.text, shadow=start + p.shadow, lead="", lead_shadow="", previous=("", "")))):
            return told
    return []


def _applied(p: Passage, lead: Passage, first: "grammar.Found", found: "list[grammar.Found]") -> "list[grammar.Found]":
    """The lead's constraint with the item as its object: "Do not touch:" and "src/legacy/"."""
    whole = len(p.shadow)
    targets = targets_in(p.text, p.shadow, 0, whole, "touch", first.forbids or ("write",))
    stop = re.search(r"\s[-–—(]|:\s|, (?:it|they|because|which|as)\b|\b(?:because|since)\b", p.shadow)
    if stop and (front := targets_in(p.text, p.shadow, 0, stop.start(), "touch", first.forbids or ("write",))):
        targets = front
    if not targets and len(p.shadow.split()) <= 5:
        targets = (("area", p.text.strip(" .;,*_`")),)
    verb = re.search(r"\b([a-z]+(?:-[a-z]+)?)(?: (?:to|in|into|on|with|any of|the following|these|those|following|files|commands|these files|these commands|anything in|anything under))*\W*\Z", lead.shadow)
    base = verb[1] if verb and verb[1] in ORDERABLE else "touch" if first.kind in ("do-not-touch", "read-only") or first.only else ""
    acts = grammar.acts_of(base, " " + p.shadow, targets) if base else first.forbids
    kind = "do-not-touch" if first.kind == "must-not" and targets and "write" in acts and not first.only else first.kind
    return [grammar.Found(0, kind, acts or first.forbids, first.only, targets), *[f for f in found if f.forbids and set(f.targets) != set(targets)]]


def _ends_open(lead: Passage, f: "grammar.Found") -> bool:
    """Whether a lead-in leaves its object to the list: "Do not touch:", "These are off limits:"."""
    s = lead.shadow
    return not {k for k, _ in f.targets} - {"except", "area", "identifier"} and (
        bool(re.search(r"\b(?:following|these|those|below|any of|list|touch|change|edit|modify|delete|remove|run|use|install|push|commit|to|not|never|files?|folders?|paths?|in|under|limits|off|only|alone|read-only|frozen|bounds|no|avoid|from|without|tables?|commands?|branches|packages|things|keep|unchanged|untouched|nicht|an|folgende\w*|pas|à|toques|mexa|intact|out of scope|areas|hosts?|servers?|anything)\W*\Z|\b(?:following|these|those|folgende\w*|suivants?|suivantes?|siguientes?|seguintes?|diese)\b", s)) or len(s.split()) <= 4)


def _merged(found: "list[grammar.Found]") -> "list[grammar.Found]":
    """One record for what is bound in the same way; the weaker reading of the same words goes."""
    kept: list[grammar.Found] = []
    for f in found:
        for at, other in enumerate(kept):
            same_way = (f.forbids, f.only) == (other.forbids, other.only) and (f.kind == other.kind or not f.forbids)
            if same_way or not f.forbids and (not f.targets or set(f.targets) <= set(other.targets)) or not other.forbids and (not other.targets or set(other.targets) <= set(f.targets)):
                strong, weak = (f, other) if f.forbids and not other.forbids else (other, f)
                extra = weak.targets if same_way else ()
                kept[at] = strong._replace(targets=tuple(dict.fromkeys((*strong.targets, *extra))))
                break
        else:
            kept.append(f)
    strong_only = [f for f in kept if f.only and f.forbids]
    if strong_only:  # "only edit X, nothing else" says one thing
        kept = [f for f in kept if f in strong_only[:1] or not (f.only and set(f.targets) <= set(strong_only[0].targets))] if len(strong_only) > 1 else kept
    return kept
