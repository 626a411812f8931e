"""Redaction: secrets go, everything else stays to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.kernel.redact import redact, redacted_value

# Built from pieces, so that no scanner takes this file for a leak.
KEY = "sk-ant-" + "api03-" + "A1b2C3d4E5f6G7h8I9j0K1l2"
GITHUB = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
AWS = "AKIA" + "ABCDEFGHIJKLMNOP"
JWT = "eyJ" + "hbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiIxMjM0In0" + "." + "abc_DEF-123"


@pytest.mark.parametrize("text, secret", [
    (f"export ANTHROPIC_API_KEY={KEY}", KEY), (f"curl -H 'x-api-key: {KEY}' u", KEY),
    (f"git clone https://{GITHUB}@example.com/r", GITHUB),
    (f"aws configure set aws_access_key_id {AWS}", AWS), (f"echo {JWT} | cut -d. -f2", JWT),
    ("curl -H 'Authorization: Bearer abcdef123456'", "abcdef123456"),
    ("psql postgres://app:hunter2@db/x", "hunter2"), ("mysql -uroot -phunter2 db", "hunter2"),
    ("curl -u bob:hunter2 https://e.com", "hunter2"),
    ("PASSWORD=hunter2 ./run", "hunter2"), ("DB_PASSWORD='hunter two' ./run", "hunter two"), ("tool --password hunter2 --x", "hunter2"),
    ("tool --api-key=hunter2", "hunter2"), ('{"client_secret": "hunter2"}', "hunter2"), ("sshpass -p hunter2 ssh h", "hunter2"),
    ("-----BEGIN RSA " + "PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----", "MIIabc"), ("token: hunter2xyz", "hunter2xyz"),
    ("export MY_SECRET=\"a b\"; ls", "a b"), ("redis://:hunter2@cache:6379", "hunter2"),
], ids=lambda v: v[:24])
def test_secrets_are_removed(text, secret):
    cleaned = redact(text)
    assert secret not in cleaned and "[redacted" in cleaned
    assert redact(cleaned) == cleaned


@pytest.mark.parametrize("text", [
    "git commit -m 'rotate the token'", "grep -r password src/", "echo $GITHUB_TOKEN", "export TOKEN=$(cat f)", "API_KEY=\"$KEY\" ./run",
    "cat password.txt", "python manage.py changepassword bob", "ls secrets/", "npm run build", "docker run -p 8080:80 nginx",
    "sort -u names",
    "ssh-keygen -t ed25519", "curl https://example.com/path:80/x", "tokenize --model big", "author: Jane", "https://example.com/a@b",
    "kill -9 1234567890",
    "pytest -k test_token", "PWD=/tmp ls", "psql -U app -h db",
])
def test_ordinary_text_stays_as_it_is(text):
    assert redact(text) == text


@given(st.text(max_size=200))
def test_redaction_is_idempotent(text):
    assert redact(redact(text)) == redact(text)


def test_structures_keep_their_shape_and_lose_their_secrets():
    value = {"headers": {"Authorization": "abc"}, "n": 1, "list": [f"key {KEY}", None, True], "long": "x" * 50}
    assert redacted_value(value, 10) == {"headers": {"Authorization": "[redacted]"}, "n": 1,
                                         "list": ["key [redac … (10 more characters)", None, True],
                                         "long": "x" * 10 + " … (40 more characters)"}


@given(st.lists(st.sampled_from(["curl", " -u ", "a:b", "token", "=", "'x y'", " ", "--password", "sk-", "A" * 20, "eyJabcdefgh.abcdefgh.",
                                 "://", "u:p@h", "\n", "auth", ": ", "AKIA" + "B" * 16, "mysql", " -psecret", "_pwd",
                                 "12345678:" + "AAx" * 12, "KEY"]), max_size=12))
def test_the_quick_look_never_misses_what_the_patterns_find(pieces):
    from holdfast.kernel.redact import _redacted
    text = "".join(pieces)
    assert redact(text) == _redacted(text)
