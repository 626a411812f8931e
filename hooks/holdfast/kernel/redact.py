"""Text -> text without secrets, before anything is written. Regular expressions are loaded only behind a literal hit.

Kinds covered: provider tokens by their fixed prefixes, private key blocks, JSON web tokens, authorization headers,
passwords in URLs, and values given to names that say they are secret (token, password, api key ...), in shell, JSON,
header and option form. A redacted stretch reads [redacted KIND].
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Pattern
    from typing import Any

# Without any of these in a text there is no secret that the patterns would find: `in` costs next to nothing.
_EXACT = ("AKIA", "ASIA", "AIza", "eyJ", "SG.")
_HINTS = ("sk-", "sk_", "rk_", "pk_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "ya29.", "npm_",
          "pypi-", "hf_", "-----begin", "bearer ", "basic ", "token", "secret", "password", "passwd", "passphrase", "api_key", "apikey",
          "api-key", "access_key", "access-key", "accesskey", "private_key", "private-key", "privatekey", "credential", "authoriz",
          "auth=", "auth:", "auth_key", "auth-key", "authkey", '"auth"', "--auth", "_pwd", "-pwd", "dop_v1_", "shpat_", "key-", ":aa")
_PAIRS = (("://", "@"), ("curl", " -u"), ("curl", "--user"), ("mysql", " -p"), ("mariadb", " -p"), ("sshpass", "-p"))

_compiled: "list[tuple[Pattern[str], str]] | None" = None


def redact(text: str) -> str:
    """str -> str. Idempotent; a text without secrets comes back unchanged."""
    for hint in _EXACT:
        if hint in text:
            return _redacted(text)
    low = text.lower()
    for hint in _HINTS:
        if hint in low:
            return _redacted(text)
    for one, other in _PAIRS:
        if one in low and other in low:
            return _redacted(text)
    return text


def _redacted(text: str) -> str:
    global _compiled
    if _compiled is None:
        _compiled = _patterns()
    for pattern, replacement in _compiled:
        text = pattern.sub(replacement, text)
    return text


def _patterns() -> "list[tuple[Pattern[str], str]]":
    from re import IGNORECASE, compile
    # What a secret's name looks like; what follows is its value. `\b` is wrong here: names are joined by _ and -.
    name = (r"[\w.-]*(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?"
            r"|auth(?:orization)?(?:[_-]?key)?|[_-]pwd)")
    # Not a secret: empty, a variable or substitution, a placeholder, a redaction of ours.
    value = r"(?!['\"]?(?:\$|\[redacted|<|\*{3})|''|\"\")"
    return [
        (compile(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", 16), "[redacted private key]"),
        (compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), "[redacted token]"),
        (compile(r"\b(?:sk|rk|pk)[-_](?:[a-z]+[-_])*[A-Za-z0-9_-]{16,}|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}"
                 r"|\bxox[abeprs]-[\w-]{10,}|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bya29\.[\w-]{20,}|\bnpm_\w{30,}"
                 r"|\bpypi-[\w-]{20,}|\bhf_\w{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bdop_v1_\w{20,}|\bshpat_\w{20,}"
                 r"|\bkey-[0-9a-f]{32}\b|\b\d{8,10}:[\w-]{35}\b"), "[redacted token]"),
        (compile(r"(\b(?:bearer|basic)\s+)" + value + r"[\w+/=.~-]{8,}", IGNORECASE), r"\1[redacted]"),
        (compile(r"(://[^\s:/@'\"]*:)" + value + r"[^\s@'\"]+(@)"), r"\1[redacted]\2"),
        (compile(r"(://)" + value + r"[\w-]{20,}(@)"), r"\1[redacted]\2"),
        (compile(r"((?:^|[\s;&|(?'\"{,])['\"]?" + name + r"['\"]?\s*(?:=|:)\s*)" + value
                 + r"(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s'\";&|]+)", IGNORECASE), r"\1[redacted]"),
        (compile(r"(--?" + name + r"(?:\s+|=))(?!-)" + value + r"(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s'\";&|]+)", IGNORECASE),
         r"\1[redacted]"),
        (compile(r"(\bcurl\b[^|;&\n]*?\s(?:-u|--user)[\s=]*['\"]?[^\s:'\"]+:)" + value + r"[^\s'\"]+"), r"\1[redacted]"),
        (compile(r"(\b(?:mysql|mysqldump|mariadb|mysqladmin)\b[^|;&\n]*?\s-p)" + value + r"[^\s'\"]+"), r"\1[redacted]"),
        (compile(r"(\bsshpass\s+-p\s*)" + value + r"(\"[^\"]*\"|'[^']*'|\S+)"), r"\1[redacted]"),
    ]


def redacted_value(value: "Any", limit: int = 2000) -> "Any":
    """Any JSON value -> the same shape with texts redacted and shortened to `limit` characters (the rest is counted)."""
    if isinstance(value, str):
        return shortened(redact(value), limit)
    if isinstance(value, dict):
        return {redact(str(k)): redacted_member(str(k), v, limit) for k, v in list(value.items())[:200]}
    if isinstance(value, list):
        return [redacted_value(v, limit) for v in value[:200]]
    return value


_SECRET_NAMES = ("password", "passwd", "passphrase", "secret", "token", "api_key", "apikey", "api-key", "private_key",
                 "credential", "authorization", "access_key")


def redacted_member(name: str, value: "Any", limit: int) -> "Any":
    """The value of an object's member: a text whose name says secret is dropped whole."""
    low = name.lower()
    if isinstance(value, str) and value and any(word in low for word in _SECRET_NAMES):
        return "[redacted]"
    return redacted_value(value, limit)


def shortened(text: str, limit: int) -> str:
    """A text cut to `limit` characters, with the number of those left out."""
    return text if len(text) <= limit else f"{text[:limit]} … ({len(text) - limit} more characters)"
