"""One German, French, Spanish or Portuguese passage -> what it binds: the basic forms. Pure."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

import re
from typing import NamedTuple

from holdfast.memory.words.lazily import pattern
from holdfast.memory.words.grammar import Found, acts_of
from holdfast.memory.words.mentions import targets_in
from holdfast.memory.words.passages import Passage

# Stems of verbs -> the English verb whose acts they name. Longest first where one begins with another.
_STEMS = {
    "de": "ver채nder=change|veränder=change|änder=change|aender=change|bearbeit=edit|editier=edit|modifizier=modify|anpass=change|anfass=touch|fass=touch|berühr=touch|anrühr=touch|rühr=touch|schreib=write|überschreib=overwrite|lösch=delete|entfern=remove|"
          "umbenenn=rename|benenn=rename|verschieb=move|verschob=move|erstell=create|anleg=create|leg=create|push=push|commit=commit|merg=merge|rebas=rebase|ausführ=run|führ=run|starte=run|aufruf=run|installier=install|deploy=deploy|veröffentlich=publish|ausroll=deploy|"
          "les=read|öffn=open|verbind=connect|zugreif=access|greif=access|benutz=use|verwend=use|nutz=use|hinzufüg=add|füg=add|formatier=format|aktualisier=update|refaktorier=refactor|refactor=refactor|umbau=refactor|brech=break|kaputt=break|berühr=touch|angefasst=touch|angerührt=touch|verlass=leave|änder=change|tausch=replace|ersetz=replace|droppe=drop|mach=make|geänd=change|gelösch=delete|umbenann=rename|gepush=push|gemerg=merge|ausgeführ=run|hochlad=upload|antast=touch|entfernt=remove",
    "fr": "touch=touch|modifi=modify|chang=change|édit=edit|edit=edit|supprim=delete|efface=delete|effac=delete|renomm=rename|déplac=move|deplac=move|cré=create|écri=write|ecri=write|ajout=add|pouss=push|push=push|commit=commit|fusionn=merge|merg=merge|rebas=rebase|exécut=run|execut=run|lanc=run|"
          "install=install|déploi=deploy|deploi=deploy|déploy=deploy|publi=publish|li=read|ouvr=open|connect=connect|accéd=access|utilis=use|emploi=use|cass=break|bris=break|alter=alter|altér=alter|mett=update|remplac=replace|refactor=refactor|format=format|reformat=format|écras=overwrite|ecras=overwrite|fai=do|retir=remove|enlev=remove|demand=ask",
    "es": "toc=touch|toqu=touch|modifi=modify|cambi=change|edit=edit|borr=delete|elimin=delete|renombr=rename|muev=move|mov=move|cre=create|escrib=write|agreg=add|añad=add|anad=add|hag=do|sub=push|push=push|empuj=push|commit=commit|fusion=merge|mezcl=merge|merge=merge|ejecut=run|corr=run|lanz=run|instal=install|"
          "despleg=deploy|desplieg=deploy|public=publish|le=read|abr=open|conect=connect|acced=access|us=use|utili=use|romp=break|alter=alter|sobrescrib=overwrite|reemplac=replace|refactori=refactor|format=format|actuali=update|quit=remove|introdu=introduce",
    "pt": "mex=touch|toqu=touch|toc=touch|alter=alter|modifi=modify|mud=change|edit=edit|apag=delete|delet=delete|exclu=delete|remov=remove|renomei=rename|renome=rename|mov=move|cri=create|escrev=write|adicion=add|faç=do|fac=do|faz=do|envi=push|push=push|commit=commit|mescl=merge|merge=merge|execut=run|rod=run|instal=install|implant=deploy|"
          "public=publish|le=read|lei=read|abr=open|conect=connect|acess=access|us=use|utili=use|quebr=break|sobrescrev=overwrite|substitu=replace|refator=refactor|format=format|atuali=update|tir=remove|introdu=introduce",
}
_VERBS = {language: [(stem, verb) for stem, _, verb in sorted((pair.partition("=") for pair in stems.split("|")), key=lambda x: -len(x[0]))] for language, stems in _STEMS.items()}
_EDGE = pattern(r"[;()!?…]|\.(?=\s|\Z)|\s[-–—]+\s|,\s*(?:aber|und|sondern|weil|denn|da|sonst|mais|et|car|parce|sinon|pero|y|porque|sino|mas|e|pois|senão)\b|\b(?:weil|denn|parce que|porque|pois|puisque|ya que|sonst|bevor|bis|jusqu'à|hasta que|até que)\b")


class _Form(NamedTuple):
    language: str
    kind: str      # kind of constraint, "" when the verb decides
    how: str       # where its object stands: "after", "before", "around", "none"
    form: "re.Pattern[str]"


def _form(language: str, kind: str, how: str, source: str) -> _Form:
    return _Form(language, kind, how, pattern(source))


_W = r"[a-zà-ÿœß]+"
_FORMS = (
    # German
    _form("de", "", "around", r"(?:(?:bitte|auch|aber|und|,|:|^|-)\s*)(?P<verb>fass|ändere?|änder|bearbeite|editiere?|modifiziere|verändere|lösche?|lösch|entferne|benenne|benenn|verschiebe|schreibe?|pushe?|committe|merge|rebase|führe?|starte|installiere|deploye?|benutze?|verwende|nutze?|füge?|formatiere|aktualisiere|refaktoriere|rühre?|berühre?|mache?|lege?|überschreibe|ersetze|lies|öffne|greife?|erstelle|brich|ändern sie|fassen sie|löschen sie|verwenden sie|benutzen sie|pushen sie|bearbeiten sie|führen sie)\b(?P<what>[^.;!?]{0,120}?)\b(?:nicht|nichts|nie|niemals|keine[nrms]?|kein|unter keinen umständen|auf keinen fall)\b(?P<what2>[^.;!?]{0,60})"),
    _form("de", "", "before", rf"(?P<what>[^.;!?:]{{0,120}}?)\b(?:nicht|nie|niemals|auf keinen fall|unter keinen umständen|keinesfalls|keinesfalls|bloß nicht)\s+(?:mehr |direkt |einfach |auf |in |an |nach |zu |mit |den |die |das |dem |main |master |prod |selbst |von hand |dort )*(?P<verb>(?:an|be|ver|über|um|aus|hinzu|ein|ent|auf|er|zu)?(?:geändert|gefasst|gelöscht|gerührt|geführt|gepusht|gemergt|committet|angefasst|angerührt|verändert|bearbeitet|überschrieben|umbenannt|verschoben|ausgeführt|entfernt|installiert|benutzt|verwendet|{_W}en|{_W}rn|{_W}ln))\b"),
    _form("de", "", "after", r"\b(?:niemals|auf keinen fall|unter keinen umständen|nie|bitte nie|bitte niemals|bitte nichts?|nichts|keinesfalls)\s+(?P<what>[^.;!?]{0,120}?)\b(?P<verb>[a-zäöüß]+(?:en|rn|ln))\b"),
    _form("de", "", "around", r"\b(?P<what>[^.;!?:]{0,100}?)\b(?:darf|dürfen|darfst|sollst|soll|sollen|sollte|sollten|muss|müssen)\b(?P<what2>[^.;!?]{0,80}?)\b(?:nicht|nie|niemals|keinesfalls|keine[nrms]?|unter keinen umständen|auf keinen fall)\b(?P<what3>[^.;!?]{0,60}?)\b(?P<verb>[a-zäöüß]+(?:t|en|rn))\b(?:\s+werden)?"),
    _form("de", "", "after", r"\bohne\s+(?P<what>[^.;!?]{1,100}?)\bzu\s+(?P<verb>[a-zäöüß]+(?:en|rn|ln))\b"),
    _form("de", "", "after", r"\bohne\s+(?P<what>[^.;!?]{1,100}?)(?P<verb>(?:an|um|aus|hinzu|ein|auf)zu(?:fassen|rühren|benennen|führen|fügen|tasten|greifen|passen))\b"),
    _form("de", "do-not-touch", "around", r"\b(?:lass|lasse|lasst|lassen sie|belasse|belass)\b(?P<what>[^.;!?]{1,100}?)\b(?:in ruhe|unverändert|wie (?:es|sie|er) (?:ist|sind)|so wie|unangetastet|so,? wie|stehen|unberührt)\b"),
    _form("de", "do-not-touch", "after", r"\b(?:finger|hände) weg (?:von|vom)\b(?P<what>[^.;!?]{1,100})"),
    _form("de", "do-not-touch", "before", r"(?P<what>[^.;!?:]{1,100}?)\s+(?:ist|sind|bleibt|bleiben|muss|müssen|soll|sollen),?\s+(?:absolut |auch |strikt |so |genau )?(?:tabu|unverändert|unangetastet|wie (?:es|sie|er) (?:ist|sind)|gesperrt|eingefroren|so bleiben|unverändert bleiben|unberührt|schreibgeschützt|verboten|off limits|nicht anzufassen)\b"),
    _form("de", "only", "after", r"(?:^|[,;:]\s*|\b(?:bitte|und|aber|arbeite|ändere?|bearbeite|benutze?|verwende|nutze|editiere|schreibe?|nimm|teste|lies|deploye|darfst(?: du)?|dürfen|soll|sollst(?: du)?|ändern sie|verwenden sie)\b[^.;!?,]{0,30}?)\b(?:nur|ausschließlich|ausschliesslich|lediglich)\s+(?P<what>[^.;!?]{2,100})"),
    _form("de", "must", "after", r"(?P<what>[^.;!?:]{1,80}?)\b(?:muss|müssen)\b(?!\s+(?:ich|wir)\b)(?P<what2>[^.;!?]{3,100})"),
    _form("de", "must", "after", r"(?:^|[,;:]\s*|\b(?:bitte|und|aber)\s+|\b(?:benutze?|verwende|schreibe?|nutze?|nimm|führe?|antworte|teste)\b[^.;!?]{0,40}?)\b(?:immer|stets|grundsätzlich)\s+(?P<what>[^.;!?]{2,100})"),
    _form("de", "keep", "after", r"(?:^|[,;:]\s*|\b(?:bitte|und|aber)\s+)(?:behalte?|halte? dich an|bleib(?:e)? bei|bleibe? (?:in|auf|bei)|halten sie sich an|halte)\b(?P<what>[^.;!?]{2,100})"),
    _form("de", "must-not", "after", r"(?:^|[,;:]\s*|\b(?:bitte|und|aber)\s+)(?:keine?[nrms]?|vermeide|verzichte auf)\s+(?P<what>(?:neue[nrms]?\s+)?[a-zäöüß-]+[^.;!?]{0,80})"),
    _form("de", "must", "none", r"\b(?:frag(?:e|t)?|fragen sie)\b[^.;!?]{0,40}\b(?:bevor|vorher|zuerst|erst)\b"),
    _form("de", "must", "after", r"\b(?:stell(?:e)? sicher|achte darauf|sorge dafür|pass auf),?\s+dass\s+(?P<what>[^.;!?]{3,120})"),
    _form("de", "must", "after", r"(?:^|[,;:]\s*|\b(?:bitte)\s+)(?:verwende|benutze?|nutze)\s+(?P<what>[^.;!?]{2,60}?)\b(?:statt|anstatt|anstelle|und nicht|, nicht|für alle)\b"),
    # French
    _form("fr", "", "after", rf"(?:\bn'|\bne\s+)(?P<verb>{_W})\s*(?:-?\s*(?:y|le|la|les))?\s*\b(?:pas|jamais|rien|aucun(?:e)?|plus|que|surtout pas|en aucun cas|sous aucun prétexte)\b(?P<what>[^.;!?]{{0,120}})"),
    _form("fr", "", "after", rf"\b(?:ne (?:pas|jamais|surtout pas|rien|plus)|surtout pas|(?:il )?(?:est )?(?:strictement |formellement )?(?:interdit|défense|défendu) d(?:e |'))\s*(?:les? |la |y |en |l')?(?P<verb>{_W}(?:er|ir|re|oir|e))\b(?P<what>[^.;!?]{{0,120}})"),
    _form("fr", "", "after", r"(?:^|[,;:]\s*|\b(?:et|mais|s'il te plaît|svp|stp|surtout)\s+)(?P<verb>touche|touchez|modifie|modifiez|change|changez|supprime|utilise|utilisez|pousse|lance|installe|renomme|déploie|commit|édite|fais|faites)\s+(?:surtout\s+)?(?:pas|jamais|rien)\b(?P<what>[^.;!?]{0,120})"),
    _form("fr", "", "after", rf"\bsans\s+(?:rien\s+|jamais\s+|en\s+|y\s+|les?\s+|la\s+)?(?P<verb>{_W}(?:er|ir|re|oir))\b(?P<what>[^.;!?]{{0,100}})"),
    _form("fr", "", "around", rf"\b(?P<what>[^.;!?:]{{1,100}}?)\s+ne\s+(?:doi(?:t|vent|s)|devez|peu(?:t|vent|x)|devrai(?:t|ent|s)|faut)\s+(?:surtout |absolument )?(?:pas|jamais|en aucun cas|rien|plus)\s+(?:être\s+|y |l'|les? )?(?P<verb>{_W})\b(?P<what2>[^.;!?]{{0,80}})"),
    _form("fr", "", "after", rf"\b(?:il\s+ne\s+faut|ne\s+faut-il|faut)\s+(?:surtout\s+)?(?:pas|jamais|rien)\s+(?P<verb>{_W})\b(?P<what>[^.;!?]{{0,100}})"),
    _form("fr", "", "after", rf"\b(?:n'(?:as|avez|a|ont)|tu n'es|vous n'êtes) pas (?:le droit|la permission|l'autorisation|autorisée?s?) (?:de |d'|à )(?:les? |la )?(?P<verb>{_W})\b(?P<what>[^.;!?]{{0,100}})"),
    _form("es", "", "after", rf"\bno (?:tienes|tiene|tenéis|tienen) (?:permiso|derecho|autorización) (?:para|a|de) (?P<verb>{_W})\b(?P<what>[^.;!?]{{0,100}})"),
    _form("pt", "", "after", rf"\b(?:não|nao) (?:tem|tens|têm) (?:permissão|direito|autorização) (?:para|de|a) (?P<verb>{_W})\b(?P<what>[^.;!?]{{0,100}})"),
    _form("fr", "do-not-touch", "around", r"\b(?:laisse|laissez|garde|gardez|conserve|conservez|maintiens)\b(?P<what>[^.;!?]{1,100}?)\b(?:tel(?:le)?s? quel(?:le)?s?|intact(?:e|s|es)?|tranquilles?|inchangée?s?|en l'état|comme (?:il|elle|ils|elles|c')\s?\w*|en paix|de côté)\b"),
    _form("fr", "keep", "after", r"(?:^|[,;:]\s*|\b(?:et|mais|svp|stp)\s+)(?:garde|gardez|conserve|conservez|reste(?:z)? (?:sur|dans|à)|continue(?:z)? (?:à|d')\s*utiliser|respecte(?:z)?|suis|suivez|tiens-toi)\b(?P<what>[^.;!?]{2,100})"),
    _form("fr", "do-not-touch", "before", r"(?P<what>[^.;!?:]{1,100}?)\s+(?:est|sont|reste|restent|doit rester|doivent rester)\s+(?:strictement |en |absolument )?(?:interdite?s?|intouchables?|gelée?s?|figée?s?|intact(?:e|s|es)?|lecture seule|hors limites?|hors périmètre|inchangée?s?|tel(?:le)?s? quel(?:le)?s?|off limits)\b"),
    _form("fr", "only", "after", r"(?:^|[,;:]\s*|\b(?:et|mais|modifie|modifiez|utilise|utilisez|touche|touchez|change|travaille|travaillez|édite|écris|lis|déploie|limite-toi|édite|change[z]?|teste|dans|sur)\b[^.;!?]{0,60}?)\b(?:seulement|uniquement|exclusivement|rien que)\b(?P<what>[^.;!?]{0,100})"),
    _form("fr", "only", "after", r"\b(?:limite-toi|limitez-vous|limite(?:z)? (?:tes|les|vos) (?:changements|modifications)|contente-toi|cantonne-toi|contentez-vous)\s+(?:à|aux|au|de|d')\b(?P<what>[^.;!?]{1,100})"),
    _form("fr", "must", "after", r"(?P<what>[^.;!?:]{1,80}?)\b(?:doi(?:t|vent)|devez|dois)\b(?!\s+(?:je|pas))(?P<what2>[^.;!?]{3,100})"),
    _form("fr", "must", "after", r"(?:^|[,;:]\s*|\b(?:et|mais|utilise|utilisez|écris|lance|vérifie|teste|demande|réponds|exécute)\b[^.;!?]{0,30}?)\btoujours\b(?P<what>[^.;!?]{2,100})"),
    _form("fr", "must-not", "after", r"(?:^|[,;:]\s*|\b(?:et|mais|surtout)\s+)(?:évite(?:z)?(?: de| d')?|aucune?|pas (?:de |d')|jamais (?:de |d')|interdit de |interdiction de |interdiction d')\s*(?P<what>[^.;!?]{2,100})"),
    _form("fr", "must", "none", r"\bdemande(?:z)?(?:-moi)?\b[^.;!?]{0,50}\bavant\b"),
    _form("fr", "must", "after", r"\b(?:assure-toi|assurez-vous|veille|veillez|fais en sorte|faites en sorte)\s+(?:à ce )?(?:que|qu'|de ne|à ne|à)\b(?P<what>[^.;!?]{3,120})"),
    # Spanish
    _form("es", "", "after", rf"(?:^|[,;:(]\s*|\b(?:y|e|pero|por favor|que|también|favor de|te pido que|ni)\s+)(?:no|nunca|jamás|jamas|bajo ningún concepto|en ningún caso|ni se te ocurra)\s+(?:se\s+|lo\s+|la\s+|los\s+|las\s+|me\s+|le\s+|debes?\s+|deben\s+|hay que\s+|puedes?\s+)*(?P<verb>{_W})\b(?P<what>[^.;!?]{{0,120}})"),
    _form("es", "", "after", rf"\bsin\s+(?P<verb>{_W}(?:ar|er|ir|arlo|arla|arlos|arlas|erlo|irlo))\b(?P<what>[^.;!?]{{0,100}})"),
    _form("es", "", "around", rf"(?P<what>[^.;!?:]{{1,100}}?)\s+(?:no|nunca|jamás)\s+(?:se\s+)?(?:debe(?:n|s|ría|rían)?|puede(?:n|s)?|ha de|han de|tiene(?:n)? que)\s+(?:ser\s+|de\s+)?(?P<verb>{_W})\b(?P<what2>[^.;!?]{{0,80}})"),
    _form("es", "", "after", rf"\b(?:está|queda|estan|están)\s+(?:estrictamente |terminantemente |totalmente )?prohibid[oa]s?\s+(?P<verb>{_W})\b(?P<what>[^.;!?]{{0,100}})|\b(?:prohibido)\s+(?P<verb2>{_W})\b(?P<what2>[^.;!?]{{0,100}})"),
    _form("es", "do-not-touch", "around", r"\b(?:deja|dejen|deje|dejad|mantén|manten|mantenga|conserva)\b(?P<what>[^.;!?]{1,100}?)\b(?:como est[áa]n?|intact[oa]s?|en paz|sin cambios|tal cual|tal como est[áa]n?|quiet[oa]s?|igual|sin tocar)\b"),
    _form("es", "keep", "after", r"(?:^|[,;:]\s*|\b(?:y|pero|por favor)\s+)(?:mantén|manten|mantenga|conserva|conserve|sigue usando|siga usando|respeta|respete|quédate en|sigue las|preserva)\b(?P<what>[^.;!?]{2,100})"),
    _form("es", "do-not-touch", "before", r"(?P<what>[^.;!?:]{1,100}?)\s+(?:es|son|está|están|queda|quedan|permanece|debe quedar|deben quedar|debe permanecer|se queda)\s+(?:de |en |totalmente |estrictamente )*(?:intocables?|sól?o lectura|solo lectura|congelad[oa]s?|prohibid[oa]s?|fuera de límites|vedad[oa]s?|como está|intact[oa]s?|fuera de alcance|tal cual|off limits)\b"),
    _form("es", "only", "after", r"(?:^|[,;:]\s*|\b(?:y|e|pero|por favor|modifica|edita|cambia|toca|usa|trabaja|escribe|lee|ejecuta|utiliza|puedes|debes|despliega|prueba)\b[^.;!?]{0,30}?)\b(?:solo|sólo|solamente|únicamente|unicamente|exclusivamente|nada más que)\b(?P<what>[^.;!?]{2,100})"),
    _form("es", "only", "after", r"\b(?:limítate|limitate|limita (?:tus|los) cambios|limite (?:sus|los) cambios|restringe)\s+(?:a|al)\b(?P<what>[^.;!?]{1,100})"),
    _form("es", "must", "after", r"(?P<what>[^.;!?:]{1,80}?)\b(?:debe(?:n|s)?|tienen? que|ha de|han de|hay que)\b(?P<what2>[^.;!?]{3,100})"),
    _form("es", "must", "after", r"(?:^|[,;:]\s*|\b(?:y|pero|por favor|usa|escribe|ejecuta|utiliza|responde|prueba)\b[^.;!?]{0,30}?)\bsiempre\b(?!\s+(?:falla|pasa|ocurre|da|sale|que))(?P<what>[^.;!?]{2,100})"),
    _form("es", "must-not", "after", r"(?:^|[,;:]\s*|\b(?:y|pero|por favor)\s+)(?:evita|eviten|evite|nada de|ningún|ninguna|cero)\s+(?P<what>[^.;!?]{2,100})"),
    _form("es", "must", "none", r"\b(?:pregúntame|preguntame|pregunta|consulta|consúltame|pide permiso)\b[^.;!?]{0,40}\bantes\b"),
    _form("es", "must", "after", r"\b(?:asegúrate|asegurate|asegúrese|procura)\s+(?:de\s+)?(?:que|no)\b(?P<what>[^.;!?]{3,120})"),
    # Portuguese
    _form("pt", "", "after", rf"(?:^|[,;:(]\s*|\b(?:e|mas|por favor|favor|que|também|nem)\s+)(?:não|nao|nunca|jamais|de jeito nenhum|em hipótese alguma|em nenhuma hipótese)\s+(?:se\s+|deve(?:m)?\s+|pode(?:m)?\s+|é para\s+|o\s+|a\s+)*(?P<verb>{_W})\b(?P<what>[^.;!?]{{0,120}})"),
    _form("pt", "", "after", rf"\bsem\s+(?P<verb>{_W}(?:ar|er|ir))\b(?P<what>[^.;!?]{{0,100}})"),
    _form("pt", "", "around", rf"(?P<what>[^.;!?:]{{1,100}}?)\s+(?:não|nao|nunca|jamais)\s+(?:deve(?:m|ria|riam)?|pode(?:m)?|tem que|têm que|é para|precisa)\s+(?:ser\s+)?(?P<verb>{_W})\b(?P<what2>[^.;!?]{{0,80}})"),
    _form("pt", "", "after", rf"\b(?:é|está|fica)\s+(?:estritamente |terminantemente |expressamente )?proibid[oa]\s+(?P<verb>{_W})\b(?P<what>[^.;!?]{{0,100}})|\bproibido\s+(?P<verb2>{_W})\b(?P<what2>[^.;!?]{{0,100}})"),
    _form("pt", "do-not-touch", "around", r"\b(?:deixe|deixa|deixem|mantenha|mantém|conserve)\b(?P<what>[^.;!?]{1,100}?)\b(?:como est(?:á|ão|a|ao)|intact[oa]s?|em paz|inalterad[oa]s?|do jeito que est(?:á|ão)|quiet[oa]s?|tal como|sem alterações|igual)\b"),
    _form("pt", "keep", "after", r"(?:^|[,;:]\s*|\b(?:e|mas|por favor)\s+)(?:mantenha|mantém|conserve|preserve|continue usando|respeite|siga|fique (?:em|no|na|dentro))\b(?P<what>[^.;!?]{2,100})"),
    _form("pt", "do-not-touch", "before", r"(?P<what>[^.;!?:]{1,100}?)\s+(?:é|são|está|estão|fica|ficam|deve ficar|devem ficar|deve permanecer)\s+(?:de |em |totalmente |estritamente )*(?:intocá(?:vel|veis)|somente leitura|só leitura|apenas leitura|congelad[oa]s?|proibid[oa]s?|fora dos limites|como está|intact[oa]s?|fora do escopo|off limits|inalterad[oa]s?)\b"),
    _form("pt", "only", "after", r"(?:^|[,;:]\s*|\b(?:e|mas|por favor|modifique|edite|altere|mude|use|trabalhe|escreva|leia|execute|mexa|utilize|pode|deve|rode)\b[^.;!?]{0,30}?)\b(?:apenas|somente|só|unicamente|exclusivamente)\b(?P<what>[^.;!?]{2,100})"),
    _form("pt", "only", "after", r"\b(?:limite-se|restrinja(?:-se)?|limite (?:suas|as) (?:alterações|mudanças))\s+(?:a|ao|à|aos|às)\b(?P<what>[^.;!?]{1,100})"),
    _form("pt", "must", "after", r"(?P<what>[^.;!?:]{1,80}?)\b(?:deve(?:m)?|tem que|têm que|precisa(?:m)?)\b(?P<what2>[^.;!?]{3,100})"),
    _form("pt", "must", "after", r"(?:^|[,;:]\s*|\b(?:e|mas|por favor|use|escreva|execute|rode|utilize|responda|teste)\b[^.;!?]{0,30}?)\bsempre\b(?!\s+(?:falha|que|passa|dá))(?P<what>[^.;!?]{2,100})"),
    _form("pt", "must-not", "after", r"(?:^|[,;:]\s*|\b(?:e|mas|por favor)\s+)(?:evite|evitem|nada de|nenhum|nenhuma|zero)\s+(?P<what>[^.;!?]{2,100})"),
    _form("pt", "must", "none", r"\b(?:pergunte|me pergunte|consulte|peça permissão|pergunta)\b[^.;!?]{0,40}\bantes\b"),
    _form("pt", "must", "after", r"\b(?:certifique-se|garanta|assegure(?:-se)?)\s+(?:de\s+)?que\b(?P<what>[^.;!?]{3,120})"),
)
_WORDS = {
    "de": frozenset("der die das den dem des ein eine einen einem einer und oder nicht nichts nie niemals kein keine keinen nur bitte mit auf im in für ohne zu ist sind darf muss müssen bleib bleibt fass lass lasse alle von vom ändern änder ändere ändern datei dateien du dich aber auch immer werden wird soll sollen finger weg bevor frag sicher dass unverändert auf keinen fall lösche nach sonst niemand verwende benutze behalte vermeide bei beibehalten nutze nimm arbeite antworte führe neue neuen bestehende bestehenden achte verzichte stelle nichts kein keiner halte dürfen an wie anfassen löschen verändern ausführen tabellen tabelle ordner außer ausser ausschließlich umständen stets tabu committen pushen beim zum zur".split()),
    "fr": frozenset("le la les un une des du de et ou ne pas jamais rien que dans sur sans pour avec est sont laisse touche touchez modifie modifier change utilise toujours seulement uniquement fichier fichiers aucun aucune doit doivent à au aux ce cette ces mais surtout tel quel telle quelle quels quelles demande avant n' l' d' base données dossier s'il plaît te vous tu il faut interdit évite évitez garde gardez intact intacts pousse y lance stp svp évite éviter evite nouvelles nouvelle nouveau dépendances dépendance ajoute ajouter toucher pousser supprimer supprime modifie exécute lance réponds réponse veille assure-toi respecte reste sois toute toutes tous".split()),
    "es": frozenset("el la los las un una de del y o no nunca jamás solo sólo sin para con en es son deja toques modifiques cambies uses archivo archivos carpeta debe deben siempre por favor todo todos está que como ni nada tabla base datos al se lo pero usa pregunta pregúntame antes hagas rama ejecutes borres cambiar modificar tocar ningún ninguna asegúrate únicamente solamente directorio pruebas mantén agregues añadas dependencias nuevas nueva nuevos hacer prohibido prohibida evita evitar edita modifica trabaja respeta quiero quería asegúrate cambiar estándar biblioteca rompas borrar instales instala renombres".split()),
    "pt": frozenset("o a os as um uma de do da dos das e ou não nao nunca apenas somente só sem para com em no na é são deixe mexa mexas altere alterar use arquivo arquivos pasta deve devem sempre por favor tudo todos está que como nem nada tabela banco dados ao se mas faça antes pergunte mantenha toque modifique rode execute certifique-se nenhum nenhuma testes nos nas esta este adicione adicionar novas nova novos evite evitar somente dependências biblioteca padrão fazer proibido proibida edite trabalhe respeite garanta responda instale renomeie apague remova você quebre".split()),
}
for _language, _more in {
    "de": "braucht brauchen einen jede jeder jedes funktion wird werden wurde ohne freigabe geht datei bleibt bleiben höchstens maximal pro ein alle auf englisch sind noch wir also tabu jetzt dann wenn musst du dem zur zum vom beim kommt gehört kommentare bevor",
    "fr": "maximum trois deux par noms colonnes restent reste toute chaque passe avant cette nous on tout rien donc plus sont français anglais avec notre vos lecture seule veuillez",
    "es": "antes borrar cualquier cosa cada necesita permiten permite variables globales nunca seguimos sigue tiene tienen hay cuatro tres como mucho máximo sus son este esta nombres inglés",
    "pt": "cada precisa um uma máximo duas três por tarefa antes qualquer fale tudo inglês todo novo ficam fica são não pode podem tem nosso você estamos"}.items():
    _WORDS[_language] = _WORDS[_language] | frozenset(_more.split())
_TOKEN = pattern(r"[a-zà-ÿœß]+'?|\ue000+")
_NOT_ORDER = {
    "de": pattern(r"\b(?:ich|er|sie|wir|man|es|hat|habe|haben|hatte|war|wurde|wurden)\b"),
    "fr": pattern(r"\b(?:je|j'|il|elle|on|nous|ils|elles|ai|as|a|avons|ont|était|étaient)\b"),
    "es": pattern(r"\b(?:yo|él|ella|nosotros|ellos|he|ha|hemos|han|había|fue|fueron)\b"),
    "pt": pattern(r"\b(?:eu|ele|ela|nós|nos|eles|elas|foi|foram|tinha|havia|estava)\b"),
}
_NO_TASK = {  # "vergiss nicht", "n'oublie pas", "no olvides", "não esqueça": tasks; and what nobody forbids
    "de": pattern(r"\b(?:vergiss|vergesst|vergessen|sorge dich|keine sorge|kein problem|keine ahnung|keine angst|zögere?|scheue|macht nichts|nicht nur|keine eile|kein stress|geht nicht|funktioniert nicht|nicht mehr nötig|kein fehler|keine fehler|keine zeit)\b"),
    "fr": pattern(r"\b(?:oublie|oubliez|hésite|hésitez|inquiète|inquiétez|t'inquiète|marche pas|fonctionne pas|pas seulement|pas de problème|pas de souci|pas grave|gêne|sais pas|comprends pas|pourquoi|pas encore|pas besoin|est-ce)\b"),
    "es": pattern(r"\b(?:olvides|olvide|olviden|dudes|dude|preocupes|preocupe|funciona|no solo|no sólo|no hay problema|ningún problema|sé|no se puede|no hay|no es|no está|no tengo|no tiene|no he|no ha|entiendo)\b|\bno (?:es|era|fue|son|hay|tengo|sé|puedo|entiendo|funciona)\b"),
    "pt": pattern(r"\b(?:esqueça|esqueca|esquece|hesite|preocupe|funciona|não só|não apenas|nao apenas|sem problemas?|não é|não há|não tem|não sei|não consigo|entendo|não foi|nenhum problema)\b"),
}


def language_of(shadow: str) -> str:
    """"de", "fr", "es", "pt", or "" when the words are of none of them (English, mostly)."""
    words = [w.strip("'") if len(w) > 2 else w for w in _TOKEN.findall(shadow)]
    if not words:
        return ""
    score = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    english = sum(word in _ENGLISH for word in words)
    best = max(score, key=lambda language: score[language])
    if best in ("es", "pt") and score["es"] == score["pt"]:
        best = "pt" if re.search(r"[ãõçê]|\b(?:não|nao|em|sem|os|uma?|do|da|mexa|ao|nem|apenas)\b", shadow) else "es"
    return best if score[best] > english and (score[best] >= 2 or score[best] == len(words)) or score[best] >= 1 and not english and len(words) <= 4 else ""


_ENGLISH = frozenset("the a an and or do don't not never only with without to of is are be in on for it this that you please must should keep leave no any all use make sure files file from by touch change edit i we my our your at as if but".split())


# What was done, what nobody has to do, what someone else says: no order in any form of words.
_NO_ORDER = {
    "de": pattern(r"\b(?:mach dir keine|keiner weiß|niemand weiß|im leben|kein wunder|nicht nötig|muss(?:t)?\b[^,;.]{0,40}\bnicht|müss(?:en|t)\b[^,;.]{0,40}\bnicht|brauchst (?:du )?nicht|brauchst (?:du )?(?:dir )?keine|läuft nie|antwortet immer|halt mich|immer mit der ruhe|(?:readme|schild|doku|regel) (?:steht|sagt)|steht:|so ist das|nicht schlecht|zurzeit|man könnte|es wäre|wenn sich|liest immer|schreibe? eine? \w+, (?:auf|in) de[rm]|das muss am)\b"),
    "fr": pattern(r"\b(?:n'es pas obligée?|n'êtes pas obligée?s?|pas la peine|plus nécessaire|pas nécessaire|pas obligé|ne sais|ne répond|il n'y a (?:pas|plus|rien|aucun)|paraît-il|s'inquiéter|ça ne doit pas être|m'attends? pas|rien de neuf|ne contient|ne sont jamais|n'a (?:été|jamais|pas)|n'ont (?:été|jamais|pas)|dit :|décalé|quelque part|bravo|ne se passe|est passée?|ne marche|ne fonctionne|jamais vu|non seulement|comme toujours|ne manquait|pour l'instant|imagine|ce serait bien|ajoute une|deux fois|n'accepte pas plus)\b|\bdit\s*:"),
    "es": pattern(r"\b(?:debe de (?:haber|estar|ser)|no debe de|no puede (?:cambiar|entrar|ver|abrir)|no esperes|no es que|tardará|coinciden?|dos veces|añade una|error: |ocurre|compila|solo (?:he|me sale|vi|he visto)|sólo (?:he|me sale|vi)|toqué|actualicé|cambié|hice|puse|probé|borré|subí|lo prometo|qué recuerdos|no hace falta|no hay que preocuparse|no tienes que|no tienes por qué|no es necesario|arréglalo|corrígelo)\b|\b(?:dice|decía|dijo|pone)\b|\bdebe decir"),
    "pt": pattern(r"\b(?:não precisa|não precisam|não tem que|não é necessário|hoje em dia|duas vezes|deixe o campo|mexi|fiz|alterei|usei|achei|rodei|mudei|apaguei|coloquei|testei|tentei|usou|reclamaram|apagou|rodaram|aprovou|apareceu|só (?:achei|agora|faltava|vi|vou)|sem pressa|que alívio|mantenha-me|muito bem|obrigad[oa]|coloque uma|já sabem|disse|faltava|deve dizer|venceu)\b|\b(?:diz|disse)\s*:"),
}
# What marks a report, a question or a task; nothing in it is a norm.
_NEWS = {
    "de": pattern(r"\b(?:hat|habe|haben|hatte|hatten|wurde|wurden|war|waren|gestern|warum|wieder|fehler|leider|kaputt|bug|schon|angeblich|vielleicht|wohl|steht|sagt|sagte|meint|wunder|sorgen|keiner weiß|niemand weiß|offenbar|scheint|montags|letzte[nrs]?|schreib(?:e)? (?:eine?n?|das)|baue? eine?n?|füge? eine?n?|erstelle? eine?n?|liegen|musst[^.;]*nicht|müssen[^.;]*nicht (?:mehr )?(?:sein|ausführen))\b|\?\s*\Z"),
    "fr": pattern(r"\b(?:ai|avait|avaient|était|étaient|hier|pourquoi|erreur|bug|déjà|encore|apparemment|peut-être|dit|disait|semble|cassé|échoue|échoué|a été|ont été|ajoute une page|quelque part|je crois|je pense)\b|\?\s*\Z"),
    "es": pattern(r"\b(?:he|ha|han|había|fue|fueron|era|eran|ayer|error|falla|fallan|falló|por qué|ya|dice|decía|dijo|parece|quizás|tal vez|roto|creo|desde que|debe de|deben de|añade|agrega|crea|arréglalo|toqué|hice|cambié|puse|tengo|tenemos)\b|¿|\?\s*\Z"),
    "pt": pattern(r"\b(?:foi|foram|tinha|havia|estava|ontem|erro|falha|falhou|por que|já|diz|disse|parece|talvez|quebrado|acho|desde que|mexi|fiz|mudei|rodei|rodaram|apareceu|achei|vi|adicione|crie|coloque|consegui|aprovou|faltava|não precisa)\b|\?\s*\Z"),
}
# Norms beside the plain orders: what is allowed, needed, kept, at most; (kind, form).
_NORMS = {
    "de": tuple((kind, pattern(form)) for kind, form in (
        ("must-not", r"\b(?:darf|dürfen|darfst|dürft|wird|werden|geht|kommt|gehört|gehören|gibt)\b[^.;!?]{0,90}?\b(?:nicht|nichts|keine?[nrsm]?|nie|niemals|niemand)\b|\b(?:nichts|niemand|keine?[nrsm]?)\b[^.;!?]{0,80}?\b(?:darf|dürfen|wird|werden|geht|kommt)\b"),
        ("must-not", r"\b(?:also|daher|deshalb|somit|bitte|und) (?:keine?[nrsm]?|nichts)\b|^\W*(?:kein|keine|keinen|keinerlei|nie|niemals)\b|,\s*(?:nie|niemals|keinesfalls|auch nicht|nicht)\s|\bich (?:möchte|will) (?:nicht|kein)\b|\bfass(?:t|en)?\b[^.;!?]{0,60}\bnicht an\b|\bohne (?:mein|unser|vorherige|zusätzliche|weitere)"),
        ("keep", r"\b(?:bleibt|bleiben)\b(?!\s+(?:leer|hängen|stehen|weiß|schwarz|aus))"),
        ("must", r"\b(?:höchstens|maximal|mindestens|durchgehend|ausnahmslos|grundsätzlich|ausschließlich|pflicht|vertraglich|verbindlich|tabu|heilig)\b|^\W*pro\s\w+\s(?:ein|nur|höchstens)|\b(?:jede[rs]?|alle)\b[^.;!?]{1,60}\b(?:braucht|brauchen|bekommt|bekommen|gehört|gehören|muss|müssen|sind in|ist in|in)\b|\bimmer (?:auf|in|nur|erst|mit|über|als)\b|\bnur (?:nach|über|in|auf|mit|lesbar|lesend|im|für)\b|\b(?:auf|in) (?:englisch|deutsch)\W*\Z|\bbevor du\b[^.;!?]{3,80},\s*(?:frag|hol|sag|melde|warte)|\bmache? ich selbst\b|\bist meine sache\b|\bhol(?:st)? (?:du )?(?:dir )?(?:bitte )?(?:das|mein|die|erst)\b"),
        ("environment", r"\bwir sind (?:noch )?(?:auf|bei)\b[^.;!?]*\d"))),
    "fr": tuple((kind, pattern(form)) for kind, form in (
        ("must-not", r"\b(?:ne|n')\s?[^.;!?,]{1,30}?\b(?:pas|jamais|rien|plus|aucune?|personne)\b|\bpas (?:de|d'|question|plus de|toi)\b|\bpersonne ne\b|\bplus aucune?\b|\bhors de question\b|\bet non\b|\brien de plus\b|\brien d'autre\b|\brien (?:de|d')\b"),
        ("keep", r"\b(?:reste|restent|restes|restez|rester|garde|gardons|on garde)\b"),
        ("only", r"\b(?:uniquement|seulement|exclusivement|lecture seule)\b|^\W*seule?s? "),
        ("must", r"\b(?:maximum|au maximum|au plus|au moins|minimum|toujours|obligatoire|il faut que|veuillez|je (?:préfère|veux|souhaite|voudrais) que|sans exception)\b|^\W*(?:toute?s?|chaque|tous les)\s[^.;!?]{2,60}\b(?:passent?|doi(?:t|vent)|nécessitent?|en|a|ont|sont)\b|^\W*une? \w+, une? \w+|\bavant de\b[^.;!?]{3,60},\s*(?:demande|préviens|consulte|attends)|\bréponds(?:-moi)? en\b"))),
    "es": tuple((kind, pattern(form)) for kind, form in (
        ("must-not", r"\bno (?:se (?:permite|permiten|puede|pueden|usa|edita|fusiona|toca|guardan|publica|borra|hace|acepta|admite)|puede|pueden|podrá|podrán|debe|deben|superará|más de|está permitido|es tuyo|son tuyos|lo inventes|inventes)\b|\bnunca (?:pueden?|debe|se)\b|\bnada de\b|\bni (?:una sola|un solo|lo|la|los|se te)\b|\bse prohíbe\b|\bprohibid[oa]s?\b|\bsin (?:tildes|excepci|mi|permiso)\w*|\bno quier[oe]\b"),
        ("keep", r"\b(?:se mantienen?|mantener|tienen? que seguir|debes? mantener|conservar|seguir igual)\b"),
        ("must", r"\b(?:siempre|solamente|únicamente|como mucho|como máximo|máximo|a lo sumo|al menos|por norma|sin excepci[oó]n\w*|hay que|ha de|han de|deberán?|tienen? que|es obligatorio|visto bueno|necesita mi|debes pedir)\b|^\W*(?:cada|todas? las|todos los|todo|toda)\s[^.;!?]{2,60}\b(?:llevan?|van?|debe|necesita|pasa|tiene que|ha de|se)\b|\bantes de\b[^.;!?]{3,60},\s*(?:pregúnta|pide|avisa|consulta|habla)\w*|\bsi (?:falta|falla)\b[^.;!?]*,\s*pregunta|\ben lugar de\b|\bva cubierto\b|\bse documenta en\b|\bes del? coordinador\b|\btu encargo es\b|\bcontesta\w* (?:siempre )?en\b|\bvan en (?:singular|plural|min|may)"),
        ("environment", r"\b(?:seguimos en|trabajamos (?:en|con|sin)|estamos en)\b[^.;!?]*(?:\d|así que|conque)"))),
    "pt": tuple((kind, pattern(form)) for kind, form in (
        ("must-not", r"\bnão (?:podem?|devem?|pode haver|ultrapasse|se pode)\b|\bnada de\b|\bnem (?:uma|um) só\b|\bvedad[oa]s?\b|\bproibid[oa]s?\b|\bsem (?:acesso|voz|exceç|meu|minha|mais|records)\w*|\bnão contorne\b"),
        ("keep", r"\b(?:ficam?|permanecem?|mantenha|continuar)\b"),
        ("must", r"\b(?:sempre|somente|apenas|no máximo|pelo menos|tem de|têm de|tem que|têm que|precisam|é obrigatório|só pode(?:m)?)\b|^\W*(?:cada|todo|toda|todos os|todas as)\s[^.;!?]{2,60}\b(?:precisa|deve|tem|leva|passa)\b|\bantes de\b[^.;!?]{3,60},\s*(?:fale|peça|pergunte|avise|consulte)|\bse precisar\b[^.;!?]*peça|\bvocê (?:cuida|só)\b|\btudo em (?:inglês|português)\b|\bsão imutáveis\b|\bpara? mais nada\b|\be de mais nada\b"),
        ("environment", r"\bestamos presos ao?\b"))),
}


def _norms_in(p: Passage, language: str) -> "list[Found]":
    """The norms told as facts in one passage of this language; at most one."""
    s = p.shadow
    if _NEWS[language].search(s) or _NO_TASK[language].search(s) or re.match(r"\W*(?:wenn|falls|ob)\b[^,]*\Z", s):
        return []
    for kind, form in _NORMS[language]:
        if match := form.search(s):
            return [Found(match.start(), kind, (), kind == "only", targets_in(p.text, s, 0, len(s)))]
    return []


def bound_in(p: Passage) -> "list[Found]":
    """Constraints in one German, French, Spanish or Portuguese passage; [] for other languages, questions, tasks and reports."""
    s = p.shadow
    language = language_of(s)
    if not language or s.rstrip().endswith("?") or s.lstrip().startswith(("¿", "warum", "pourquoi", "por qué", "por que")):
        return []
    if _NO_ORDER[language].search(s):
        return []
    found: list[Found] = []
    for form in _FORMS:
        if form.language != language:
            continue
        for match in form.form.finditer(s):
            if (one := _bound(p, form, match)) and not any(abs(f.at - one.at) < 3 or f.kind == one.kind and f.targets == one.targets or one.kind == "must" for f in found):
                found.append(one)
    return found or _norms_in(p, language)


def _bound(p: Passage, form: _Form, match: "re.Match[str]") -> "Found | None":
    s, language = p.shadow, form.language
    groups = match.groupdict()
    if _NO_TASK[language].search(s[max(0, match.start() - 12):match.end()]):
        return None
    before = s[:match.start()] + (groups.get("what") or "" if form.how in ("before", "around") and form.kind == "" else "")
    if _NOT_ORDER[language].search(before if form.how != "around" or form.kind else s[:match.start()] + (groups.get("what") or "")) and form.kind != "do-not-touch" or re.search(r"\b(?:wenn|si|falls|ob|se)\b[^,]*\Z", s[:match.start()]):
        return None
    if form.kind == "only" and re.match(r"\W*(?:falla|pasa|ocurre|sucede|funciona|aparece|es|está|hay|sale|se|tengo|tenemos|quedan?|faltan?|tarda|quería|quiero|quisiera|puedo|puede|una pregunta|queria|quero|posso|uma pergunta|je voulais|je veux|falha|acontece|ocorre|tem|é|montags|dienstags|wenn|dann|so|un peu|quand|lorsque|si|cuando|quando|se|ein paar|noch|\d+ )\b", s[match.start("what"):]):
        return None
    if form.kind == "must" and _NOT_ORDER[language].search((groups.get("what") or "") if form.how != "none" else ""):
        return None
    word = groups.get("verb") or groups.get("verb2") or ""
    verb = ""
    if form.kind == "":
        verb = next((english for stem, english in _VERBS[language] if word.removeprefix("zu").startswith(stem) or language == "de" and (word.startswith(("ge" + stem, "ange" + stem, "anzu" + stem, "umzu" + stem, "auszu" + stem, "hinzuzu" + stem, "an" + stem, "um" + stem, "aus" + stem)))), "")
        if word.startswith(("hac", "hag", "faire", "fai", "faz", "faç", "mach")) and (act := re.match(r"(?:\s+(?:un|el|o|le|des|de|einen))?\s+(push|commit|merge|rebase|deploy)\w*", s[match.end("verb" if groups.get("verb") else "verb2"):])):
            verb = act[1]
        if not verb and "prohib" not in match[0] and "proib" not in match[0] and "interdit" not in match[0]:
            return None
    spans = [match.span(name) for name in ("what", "what2", "what3") if groups.get(name)]
    targets: list[tuple[str, str]] = []
    for first, last in spans:
        edge = _EDGE.search(s, first, last)
        if form.how == "before" or form.kind == "" and (first, last) == spans[0] and form.how == "around" and language != "de":
            edges = [m.end() for m in re.finditer(r",\s*(?:aber|und|mais|et|pero|y|mas|e)\s|[;:]\s|\.\s", s[first:last])]
            first += edges[-1] if edges else 0
        elif edge:
            last = edge.start()
        targets += [t for t in targets_in(p.text, s, first, last, verb, acts_of(verb, "", ()) if verb else ("write",)) if t not in targets]
    rest = " " + " ".join(s[a:b] for a, b in spans)
    schema = re.search(r"\bschema\b|\bschéma\b|\besquema\b|tabelle|tabla|tabela", rest)
    if form.kind == "":
        acts = acts_of(verb, rest, tuple(targets))
        if schema and "write" in acts and "ddl" not in acts:
            acts = (*acts, "ddl")
        kind = "do-not-touch" if targets and {"write", "delete", "rename", "ddl", "dml"} & set(acts) else "must-not"
        if word and language == "fr" and re.search(r"\bque\b", match[0][:40]) and not re.search(r"\b(?:pas|jamais|rien)\b", match[0][:40]):
            return Found(match.start(), "only", acts, True, tuple(targets))
        return Found(match.start(), kind, acts, False, tuple(targets))
    if form.kind == "do-not-touch":
        read_only = bool(re.search(r"lecture seule|lectura|leitura|schreibgeschützt", match[0]))
        if not targets and not re.search(r"\b(?:alles|alle|tout|todo|tudo|rest|reste|resto)\b", rest):
            return None if form.how == "before" else Found(match.start(), "do-not-touch", ("write",), False, ())
        return Found(match.start(), "read-only" if read_only else "do-not-touch", acts_of("change", rest, tuple(targets)), False, tuple(targets))
    if form.kind == "only":
        writes = re.search(r"änder|bearbeit|editier|modifi|chang|touch|édit|edit|toc|camb|alter|mud|mex|trava|arbeit|trab|limi|limítate|contente|schreib|écri|escrib|escrev", match[0])
        changed = {k for k, _ in targets} & {"path", "glob", "area", "table", "database", "identifier"}
        return Found(match.start(), "only", acts_of("change", rest, tuple(targets)) if writes and changed else (), True, tuple(targets))
    return Found(match.start(), form.kind, (), False, tuple(targets))
