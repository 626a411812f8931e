"""What a path means, in every spelling that shells and tools use, and what only looks like it."""

import pytest

from holdfast.guard.line import World
from holdfast.guard.targets import credential, kinds, matches

WORLD = World("/work/project", "/home/u", "/work/project", ["/work/project", "/tmp"], "bash", {"HOME": "/home/u"},
              protected=("/home/u/.holdfast",))


def paths(text):
    found = text.split()
    assert found and len(found) == len(set(found))
    return found


MEANING = {
    "credential": paths("""/home/u/.ssh/id_rsa /home/u/.ssh/work_key /root/.ssh/id_ed25519 /home/u/.ssh /home/u/.ssh/* /home/u/.ss?/id_* /home/u/.aws/credentials
        /home/u/.aws /home/u/.config/gcloud/credentials.db /home/u/.azure/msal_token_cache.json /home/u/.kube/config /home/u/.docker/config.json
        /home/u/.netrc /home/u/.npmrc /home/u/.pypirc /home/u/.git-credentials /home/u/.gnupg/private-keys-v1.d/a.key /home/u/.password-store/x.gpg
        /home/u/.local/share/keyrings/login.keyring /home/u/.mozilla/firefox/a.default/logins.json /home/u/.config/google-chrome/Default/Cookies
        /home/u/.bash_history /home/u/.zsh_history /work/project/.env /work/project/.env.local /work/project/sub/.env.production /work/project/.e*v
        /work/project/secrets.yml /work/project/credentials.json /work/project/service-account.json /work/project/server.key /work/project/a.p12
        /work/project/release.jks /etc/shadow /etc/gshadow /etc/sh* /etc/sudoers /etc/ssl/private/a.key /etc/ssh/ssh_host_rsa_key /proc/1/environ
        /proc/self/environ /home/u/.vault-token /work/project/terraform.tfstate /home/u/.openclaw/.env /home/u/.openclaw/openclaw.json
        /home/u/Library/Keychains/login.keychain-db /home/u/.pgpass /run/secrets/db /home/u/.config/gh/hosts.yml /home/u/.terraform.d/credentials.tfrc.json"""),
    "startup": paths("""/home/u/.bashrc /home/u/.zshrc /root/.profile /home/bob/.bash_profile /etc/profile /etc/profile.d/a.sh /etc/cron.d/a /var/spool/cron/u
        /etc/crontab /etc/systemd/system/a.service /home/u/.config/systemd/user/a.timer /home/u/.config/autostart/a.desktop /etc/ld.so.preload
        /etc/rc.local /etc/init.d/a /home/u/Library/LaunchAgents/a.plist /Library/LaunchDaemons/a.plist /etc/udev/rules.d/a.rules /etc/update-motd.d/a
        /etc/apt/apt.conf.d/a /etc/network/if-up.d/a /etc/pam.d/sshd /home/u/.config/fish/config.fish /etc/emond.d/rules/a.plist /home/u/.ba*rc /_/.bashrc"""),
    "trust": paths("""/home/u/.ssh/authorized_keys /root/.ssh/authorized_keys /home/u/.ssh/config /home/u/.ssh/rc /etc/ssh/sshd_config /work/project/.git/hooks/pre-commit
        /work/project/.git/config /home/u/.gitconfig /home/u/.config/git/config /work/project/.vscode/tasks.json /home/u/.vimrc /etc/hosts
        /usr/local/share/ca-certificates/a.crt /home/u/.config/pip/pip.conf /home/u/.local/lib/python3/site-packages/a.pth"""),
    "agent": paths("""/work/project/.claude/settings.json /work/project/.claude/settings.local.json /work/project/.claude/hooks/a.sh /work/project/.mcp.json
        /home/u/.claude/settings.json /home/u/.claude.json /home/u/.claude/agents/a.md /home/u/.codex/config.toml /home/u/.cursor/mcp.json
        /home/u/.gemini/settings.json /etc/claude-code/managed-settings.json"""),
    "memory": paths("""/work/project/CLAUDE.md /work/project/AGENTS.md /work/project/SOUL.md /home/u/.openclaw/workspace/MEMORY.md /work/project/.cursorrules
        /work/project/.github/copilot-instructions.md /home/u/clawd/USER.md /work/project/GEMINI.md"""),
    "escalation": paths("/etc/sudoers /etc/sudoers.d/a /etc/passwd /etc/shadow /etc/group /etc/polkit-1/rules.d/a /etc/doas.conf /etc/pam.d/su"),
    "protected": paths("/home/u/.holdfast/state /home/u/.holdfast"),
    "repository": paths("/work/project/.git/objects/aa /work/project/.git/HEAD /work/project/.git/index"),
    "device": paths("/dev/sda /dev/nvme0n1 /dev/mem"),
    "system": paths("/etc/nginx/nginx.conf /usr/bin/ls"),
    "outside": paths("/home/u/notes.txt /work/other/a"),
}
NO_SECRET = paths("""/home/u/.ssh/id_rsa.pub /home/u/.ssh/known_hosts /home/u/.ssh/config /home/u/.ssh/authorized_keys /work/project/.env.example
    /work/project/.env.sample /work/project/.env.template /work/project/docs/secrets.md /work/project/src/credentials.py /work/project/tests/fixtures/server.key
    /work/project/tests/.env /work/project/server.crt /work/project/fullchain.pem /work/project/public.pem /work/project/cacert.pem /work/project/tokenizer.json
    /work/project/src/token.ts /work/project/.npmrc /work/project/.envrc.example /etc/passwd /etc/hosts /etc/os-release /etc/*release /home/u/.aws/config
    /work/project/*.py /work/project/environment.yml /usr/lib/python3/site-packages/certifi/cacert.pem /work/project/keys.json /proc/cpuinfo /work/project/i18n/de.key""")
ORDINARY = paths("""/work/project/a.py /tmp/x /work/project/src/hooks/use.ts /work/project/docs/memory.md /work/project/.git-blame-ignore-revs /dev/null
    /work/project/.github/workflows/ci.yml /work/project/systemd.md /work/project/etc/cron.d/a /work/project/.claude/commands/a.md /work/project/dot/.bashrc
    /work/project/.husky/pre-commit /work/project/package.json""")


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind, found in MEANING.items() for path in found])
def test_a_path_means_what_it_is(kind, path):
    assert kind in [found for found, _ in kinds(path, WORLD)]


@pytest.mark.parametrize("path", NO_SECRET)
def test_what_looks_like_a_secret_is_none(path):
    assert credential(path, WORLD) is None


@pytest.mark.parametrize("path", ORDINARY)
def test_an_ordinary_file_means_nothing(path):
    assert kinds(path, WORLD) == ()


@pytest.mark.parametrize(("pattern", "path", "expected"), [
    ("/a/*", "/a/b", True), ("/a/*", "/a/.b", False), ("/a/.*", "/a/.b", True), ("/a/*", "/a/b/c", False), ("/a/?b", "/a/cb", True), ("/a/[b-d]x", "/a/cx", True),
    ("/a/[!c]x", "/a/cx", False), ("/a/b*d", "/a/bcd", True), ("/a/b*d", "/a/bc", False), ("/a/[]x", "/a/x", False), ("/*/b", "/a/b", True)])
def test_a_glob_matches_as_the_shell_does(pattern, path, expected):
    assert matches(pattern, path) is expected
