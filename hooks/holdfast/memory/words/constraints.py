"""Prompt -> what binds the agent from now on, verbatim. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from typing import NamedTuple

from holdfast.memory.words import grammar, languages, lifts
from holdfast.memory.words.areas import area_of, is_quality
from holdfast.memory.words.lexicon import ACTS as ACTS
from holdfast.memory.words.lexicon import ING, ORDERABLE
from holdfast.memory.words.mentions import targets_in
from holdfast.memory.words.passages import Passage, passages, worth_reading


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


_CUE = re.compile(
    r"n't|n'|\b(?:not|dont|don t|donot|dnt|cant|mustnt|shouldnt|never|no|without|w/o|zero|only|solely|exclusively|just|merely|nothing|nobody|none|neither|nowhere|keep|leave|retain|preserve|maintain|respect|avoid|refrain|abstain|desist|stop|quit|cease|resist|steer"
    r"|stay\w*|remain\w*|off|hands|paws|fingers|out of|read-?only|frozen|freeze|locked|immutable|untouch\w*|unchanged|sacred|sacrosanct|forbid\w*|forbidden|prohibit\w*|banned|disallow\w*|verboten|taboo|limit\w*|restrict\w*|confin\w*|constrain\w*|scope\w*|within|treat|consider\w*|regard"
    r"|must|has to|have to|needs?|should|shall|ought|always|every|each|all|any|ensure|sure|certain|careful|care|guarantee|insist|except|excluding|apart|besides|own|right|scope|at most|at least|max\w*|min\w*|under|below|than|exceed|up to|cap|capped|budget|ask|check|confirm|approval|permission|consult|wait|require\w*"
    r"|use|using|target\w*|stick|prefer\w*|favou?r|follow|adhere|conform|comply|obey|abide|name|naming|prefix\w*|suffix\w*|called|\w*case|title|start|begin|we're|we are|stuck|runs on|version|want|rather|protected|mandatory|obligatory|compulsory|optional|negotiable|allowed|permitted"
    r"|minimi[sz]e|hold off|lay off|write|run|whatever|before|until|unless|alone|intact|answer|reply|respond|indent|format|environment|language|runtime|off-limits|limits|there is|there's|will|are to|is to|supposed|expected"
    r"|nicht|nichts|nie|niemals|nur|kein\w*|lass\w*|fass\w*|finger|muss|müssen|darf|dürfen|soll\w*|ohne|bleib\w*|immer|ausschließlich|ausschliesslich|lediglich|verboten|tabu|unverändert|vermeide\w*|behalt\w*|belass\w*|stets|niemand|bloß|vorher|benutz\w*|verwend\w*|nutz\w*|halt\w*"
    r"|ne|pas|jamais|sans|seulement|uniquement|rien|aucun\w*|laisse\w*|doit|doivent|toujours|interdit\w*|évite\w*|evite\w*|garde\w*|conserve\w*|touche\w*|que|lecture seule|personne|limite\w*|restez?|utilise\w*|faut"
    r"|nunca|jamás|jamas|sin|solo|sólo|solamente|únicamente|unicamente|nada|deja\w*|dejen|debe\w*|siempre|prohibid\w*|evita\w*|mantén|manten\w*|conserva\w*|usa|usen|use|utiliza\w*|ningún|ninguna|ningun|nadie|hay que|tiene que|intact\w*|não|nao|sem|apenas|somente|deixe\w*|deve\w*|sempre|proibid\w*|mantenha|mexa\w*|nenhum\w*|ninguém|jamais"
    r")\b|[<≤\ue000-\ue002]", re.I)
_ALL = re.compile(r"\b(?:no|every|each|all|any|the|your|other|both|tell|remind|instruct|including|none of the|neither|and|or|with|for|to|by)\s+(?:\w+\s+)?(?:(?:sub-?|background )?agents?|workers?|helpers?|teammates?|delegates?|sub-?tasks?|forks?|agenten|unteragenten|sous-agents|subagentes)\b|\b(?:sub-?agents|workers|agents)\b(?! (?:page|table|module|api|code|pool|process|thread|folder|directory|queue))"
                  r"|\b(?:nobody|no one|no-one|none of you|all of you|everyone|everybody|anyone|y'all|pass (?:this|it) on|applies to (?:all|every\w+|any)|whoever)\b", re.I)


def constraints_in(prompt: str) -> "list[Said]":
    """What a person's prompt binds the agent to, in order. [] for a prompt made by a machine, and for one that binds nothing."""
    said: list[Said] = []
    for passage in worth_reading(passages(prompt), _CUE):
        said += _said(passage)
    # What only introduces a list is said by its items.
    leads = {(one.lead.strip(), bool(one.targets)) for one in said if one.lead}
    return [one for one in said if one.lead or one.targets or (one.text.strip(), True) not in leads and (one.text.strip(), False) not in leads]


def _said(p: Passage) -> "list[Said]":
    lifted = lifts.is_lift(p.shadow)
    found = [] if lifted == "whole" else [*grammar.bound_in(p), *languages.bound_in(p)]
    if lifted == "part":
        found = [f for f in found if not lifts.within_lift(p.shadow, f.at)]
    found = _under_lead(p, found) if lifted != "whole" else []
    binds = "all" if _ALL.search(p.shadow) or p.lead and _ALL.search(p.lead_shadow) else "agent"
    return [Said(p.text, p.lead, p.start, p.end, f.kind, f.forbids, f.only, f.targets, binds) for f in _merged([_stoppable(f, p.shadow) for f in found])]


# Words that forbid an act on whatever there is. Without them, and without a name, no single act can be stopped.
_ON_ALL = re.compile(r"\b(?:anything|any (?:of the )?(?:\w+ )?(?:files?|code|changes|edits)|(?:no|zero|without(?: any)?) (?:(?:code|file|source|any) )*(?:changes|edits|writes|modifications)|a single (?:file|line)|touch)\b|\bread[- ]?only (?:task|session|run|job|investigation|review|audit|analysis|exploration|mode)\b|\bthis (?:task |session |run |job )?is (?:strictly |a )?read[- ]only\b")
_NOT_ALL = re.compile(r"\b(?:else|others?|rest|prod|production|access|destructive|about|warehouse)\b")


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


# A lead that forbids whatever its items do.
_FORBIDS_ALL = re.compile(
    r"\W*(?:(?:please|things|stuff|what|actions|you|agents|workers|the agent|we|i|to|that|which|list of|absolutely|strictly|also|and|hard|the following|following|is|are|that are|never do|must|should|shall|may|things to|do|any of) )*"
    r"(?:never|don't|don'ts|donts|do not|dont|do nots|avoid|forbidden|prohibited|not allowed|not permitted|must not|mustn't|may not|should not|shouldn't|cannot|can't|shall not|banned|disallowed|no-gos|no-no's|no gos|refrain from|niemals|verboten|nicht erlaubt|interdit|jamais|prohibido|nunca|proibido|disallow|never ever|no)"
    r"(?: (?:do|ever|do any of|allowed|actions|things|operations|commands|any of|the following|these|under any circumstances|to do|do the following|things|activities))*\W*\Z")


def _under_lead(p: Passage, found: "list[grammar.Found]") -> "list[grammar.Found]":
    """What a list item means under the line that introduces it."""
    if not p.lead or p.lead_shadow.rstrip().endswith("?"):
        return found
    opening = p.lead_shadow.rstrip(" :*_\r\n")
    if p.item and not found and _FORBIDS_ALL.match(opening):
        return _forbidden_item(p) or [grammar.Found(0, "must-not", (), False, ())]
    lead = Passage(0, len(opening) + 1, p.lead.ljust(len(opening) + 1)[:len(opening)] + ":", opening + ":", "", "", False)
    said = [*grammar.bound_in(lead), *languages.bound_in(lead)]
    open_ended = [f for f in said if _ends_open(lead, f)]
    if open_ended and p.item:
        return _applied(p, lead, open_ended[0], found)
    if found or not p.item:
        return found
    if grammar.is_rules(p.lead_shadow) and (p.lead_shadow.rstrip(" *_\r").endswith(":") or len(p.lead_shadow.split()) <= 6) and not p.shadow.rstrip().endswith("?"):
        return [grammar.Found(0, "must", (), False, ())]
    return found


def _forbidden_item(p: Passage) -> "list[grammar.Found]":
    """What an item under "Never:" forbids: "push to main", "pushing to main", "direct pushes to main"."""
    for start in ("do not ", "avoid ", "no "):
        word = re.match(r"\W*([a-z]+(?:-[a-z]+)?)", p.shadow)
        fits = word and (word[1] in ORDERABLE if start == "do not " else word[1] in ING if start == "avoid " else True)
        if fits and (told := grammar.bound_in(p._replace(text=start + p.text, shadow=start + p.shadow, lead="", lead_shadow="", previous=("", "")))):
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
