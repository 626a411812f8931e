"""What a path means: credential, start-up file, trust, agent configuration ... One place, asked for shell arguments and file tools alike.

Meaning comes from where a file lies and what it is called together, so that `id_rsa.pub`, `.env.example` and `docs/secrets.md` mean
nothing while `~/.ss?/id_*` does. Pure: the path is absolute and resolved already.
"""

from holdfast.guard.paths import HOME_START, SHELL_START, SYSTEM_START, inside, is_device, is_protected, is_system, matches, within_roots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import World

# Names that hold a secret wherever they lie.
_SECRET_NAMES = frozenset(""".netrc _netrc .pypirc .git-credentials .pgpass .my.cnf .mylogin.cnf .htpasswd .vault-token .vault_pass
.vault-password
.boto .s3cfg .rediscli_auth .dockercfg .dockerconfigjson .smbcredentials .fetchmailrc .msmtprc .mbsyncrc .offlineimaprc .authinfo
.authinfo.gpg
.bash_history .zsh_history .zhistory .sh_history .ksh_history .ash_history .fish_history .histfile .history .mysql_history .psql_history
.python_history .node_repl_history .rediscli_history .sqlite_history .irb_history .pry_history .lesshst .viminfo consolehost_history.txt
.env .envrc .env.local .dev.vars .flaskenv shadow- gshadow- master.passwd opasswd krb5.keytab .keytab ntds.dit wallet.dat
id_rsa id_dsa id_ecdsa id_ed25519 id_xmss id_ecdsa_sk id_ed25519_sk identity.pem private.pem private_key.pem privatekey.pem privkey.pem
private.key private_key .ssh_host_key login.keychain login.keychain-db system.keychain key4.db key3.db logins.json signons.sqlite
cookies.sqlite accessTokens.json accesstokens.json application_default_credentials.json terraform.tfstate terraform.tfstate.backup
terraform.rfc .terraformrc credentials.tfrc.json kubeconfig kubeconfig.yaml kubeconfig.yml .kubeconfig keystore.jks release.keystore
debug.keystore master.key .secrets .secret .credentials .secrets.yml .secrets.yaml .secrets.json .secrets.toml .credentials.json
.password .passwd
.pgp_key secring.gpg unattend.xml unattended.xml groups.xml sysprep.xml sitemanager.xml recentservers.xml confcons.xml .erlang.cookie
.gem_credentials .sentryclirc .npm_token .gh_token .token token.json .api_key api_key.txt apikey.txt api_keys.txt passwords.txt passwd.txt
password.txt secrets.txt secret.txt credentials.txt creds.txt tokens.txt key.json serviceaccount.json client_secret.json client_secrets.json
wp-config.php secret_key_base firebase-adminsdk.json serviceaccountkey.json service-account-key.json gcp-key.json .secret_key""".split())
# secrets.yaml, credentials.json ...: these words with one of these endings.
_SECRET_WORDS = frozenset("secret secrets credential credentials creds passwords service-account service_account serviceaccount".split())
_DATA = frozenset("yml yaml json toml ini env csv xml properties conf cfg enc db sqlite kdbx asc gpg plist".split())
_KEY_ENDINGS = ("pem", "key", "p12", "pfx", "jks", "keystore", "kdbx", "kdb", "ppk", "p8", "pkcs12", "keytab", "keychain", "keychain-db",
                "ovpn", "agekey", "tfstate", "tfvars", "asc", "bks", "jceks")
# In a folder of this name everything but what is plainly public is secret.
_SECRET_FOLDERS = frozenset((".ssh", ".gnupg", ".aws", ".azure", ".password-store", ".secrets", "keyrings", "kwalletd", ".oci", ".bitcoin",
                             ".ethereum", ".electrum", ".exodus", ".vault", "keychains", ".lpass", ".doctl", ".minikube", ".tsh", ".step",
                             ".local/share/keyrings"))
# Folders below a home (or a system's top) that hold secrets; compared with "/" on both sides.
_SECRET_PLACES = ("/.config/gcloud/", "/.config/gh/hosts.yml/", "/.config/hub/", "/.config/op/", "/.config/rclone/", "/.config/sops/age/",
                  "/.config/doctl/", "/.config/heroku/", "/.config/glab-cli/", "/.config/stripe/", "/.config/configstore/",
                  "/.kube/config/",
                  "/.kube/configs/", "/.docker/config.json/", "/.cargo/credentials/", "/.cargo/credentials.toml/", "/.gem/credentials/",
                  "/.config/github-copilot/", "/.config/nushell/history.txt/", "/.local/share/fish/fish_history/", "/.composer/auth.json/",
                  "/.config/composer/auth.json/", "/.m2/settings.xml/", "/.m2/settings-security.xml/", "/.gradle/gradle.properties/",
                  "/.nuget/nuget.config/", "/.config/pip/pip.conf/", "/.databrickscfg/", "/.snowflake/", "/.snowsql/config/",
                  "/.dbt/profiles.yml/",
                  "/.terraform.d/credentials.tfrc.json/", "/.pulumi/credentials.json/", "/.config/netlify/", "/.vercel/auth.json/",
                  "/.fly/config.yml/",
                  "/.kaggle/kaggle.json/", "/.huggingface/token/", "/.cache/huggingface/token/", "/.openai/", "/.anthropic/",
                  "/.codex/auth.json/",
                  "/.gemini/oauth_creds.json/", "/.claude/.credentials.json/", "/.claude.json/", "/.openclaw/.env/",
                  "/.openclaw/openclaw.json/",
                  "/.openclaw/credentials/", "/.openclaw/agents/", "/.clawdbot/", "/.moltbot/", "/.config/solana/id.json/",
                  "/library/keychains/",
                  "/library/cookies/", "/.subversion/auth/", "/.purple/accounts.xml/", "/.config/remmina/", "/.remmina/",
                  "/.config/filezilla/",
                  "/.filezilla/", "/.mozilla/firefox/", "/.thunderbird/", "/library/application support/google/chrome/",
                  "/.config/google-chrome/",
                  "/.config/chromium/", "/.config/bravesoftware/", "/.config/microsoft-edge/", "/.config/vivaldi/", "/.config/opera/",
                  "/library/application support/firefox/", "/library/application support/bravesoftware/", "/library/messages/",
                  "/.config/signal/", "/.config/slack/", "/.config/discord/", "/.signal/", "/.telegramdesktop/", "/.config/1password/",
                  "/.config/bitwarden/", "/.config/bitwarden cli/", "/.config/keepassxc/", "/.mysql/mylogin.cnf/", "/.irssi/config/",
                  "/.weechat/",
                  "/.config/atuin/", "/.local/share/atuin/", "/.config/syncthing/", "/.config/anydesk/", "/.vnc/passwd/", "/.x11vnc/",
                  "/.rhosts/",
                  "/.config/supabase/", "/.railway/", "/.config/planetscale/", "/.argocd/config/", "/.config/argocd/", "/.helm/",
                  "/.config/helm/registry/",
                  "/.containers/auth.json/", "/.config/containers/auth.json/", "/.cdsapirc/", "/.jira.d/", "/.config/jira/", "/.netrc.gpg/",
                  "/.cloudflared/", "/.config/cloudflared/", "/.wrangler/config/", "/.config/.wrangler/", "/.ngrok2/", "/.config/ngrok/",
                  "/.wireguard/", "/.cisco/", "/.config/nordvpn/", "/.tailscale/", "/.local/share/containers/auth.json/", "/.metasploit/",
                  "/.msf4/", "/.john/", "/.hashcat/", "/.config/goose/secrets.yaml/", "/library/keychain/", "/.bws/", "/.infisical/",
                  "/.doppler/")
_SECRET_SYSTEM = ("/etc/shadow/", "/etc/gshadow/", "/etc/sudoers/", "/etc/sudoers.d/", "/etc/ssl/private/", "/etc/pki/tls/private/",
                  "/etc/security/opasswd/",
                  "/etc/krb5.keytab/", "/etc/wireguard/", "/etc/openvpn/", "/etc/letsencrypt/live/", "/etc/letsencrypt/archive/",
                  "/etc/ppp/",
                  "/etc/kubernetes/", "/etc/rancher/k3s/k3s.yaml/", "/var/lib/kubelet/", "/var/run/secrets/", "/run/secrets/",
                  "/etc/ipsec.secrets/",
                  "/var/lib/sss/", "/var/db/shadow/", "/private/var/db/dslocal/", "/var/db/dslocal/", "/etc/spwd.db/",
                  "/etc/master.passwd/",
                  "/library/keychains/", "/system/library/keychains/", "/etc/vault/", "/etc/docker/key.json/", "/etc/exports.d/",
                  "/etc/mysql/debian.cnf/",
                  "/etc/networkmanager/system-connections/", "/etc/wpa_supplicant/", "/root/.ssh/", "/var/lib/samba/private/",
                  "/etc/rndc.key/",
                  "/etc/ansible/vault/", "/etc/grafana/grafana.ini/", "/etc/munge/munge.key/", "/var/backups/shadow.bak/",
                  "/var/backups/gshadow.bak/",
                  "/windows/system32/config/sam/", "/windows/system32/config/system/", "/windows/system32/config/security/",
                  "/windows/ntds/",
                  "/windows/repair/sam/", "/proc/kcore/", "/dev/mem/", "/dev/kmem/", "/etc/tacacs/", "/etc/freeradius/", "/etc/raddb/",
                  "/etc/openldap/slapd.conf/", "/etc/ldap.secret/", "/etc/pam_ldap.secret/", "/etc/chef/client.pem/", "/etc/puppet/ssl/",
                  "/etc/puppetlabs/puppet/ssl/", "/var/lib/jenkins/secrets/", "/var/lib/jenkins/credentials.xml/",
                  "/etc/asterisk/sip.conf/")
# The keys that packages are signed with: everybody may know them.
_PUBLIC_KEYS = ("/etc/apt/", "/usr/share/keyrings/", "/usr/local/share/keyrings/", "/etc/pki/rpm-gpg/")
# A name with one of these at its end, or as a part of it, is made to be seen.
_PUBLIC_ENDINGS = (".pub", ".example", ".sample", ".template", ".dist", ".tmpl", ".tpl", ".md", ".rst", ".html", ".crt", ".cer", ".csr",
                   ".der", ".test",
                   ".defaults", ".default", ".schema", ".d.ts", ".j2", ".erb", ".sig", ".sha256", ".mdx", ".adoc", ".pot", ".go", ".rs",
                   ".java")
_PUBLIC_PARTS = ("example", "sample", "template", "schema", "known_hosts", "authorized_keys", "allowed_signers")
_CERTIFICATES = ("cert", "chain", "cacert", "ca.pem", "bundle", "public", "pubkey", "pub.", "dhparam", "root", "intermediate", "csr", "crl")
# Below these folders of a project lies material for tests.
_FIXTURES = frozenset("""test tests testing fixtures fixture testdata test-data test_data __tests__ __fixtures__ spec specs examples
example mocks
__mocks__ samples sample docs doc node_modules site-packages dist-packages vendor testutil testutils e2e locales locale
i18n lang translations""".split())
# Folders of ~/.ssh and its like: what lies in them and is no secret.
_NO_SECRET = frozenset("""known_hosts known_hosts.old known_hosts2 authorized_keys authorized_keys2 config environment rc sockets control cm
allowed_signers agent.sock cli cache sso config.d pubring.kbx pubring.gpg trustdb.gpg gpg.conf gpg-agent.conf dirmngr.conf random_seed
.gpg-id .git
cli.yaml azureprofile.json clouds.config""".split())

# Files of the agent itself. Below a home everything in these counts, but for what a session writes all the time.
_AGENT_HOMES = ("/.claude/", "/.codex/", "/.gemini/", "/.cursor/", "/.aider/", "/.openclaw/", "/.clawdbot/", "/.moltbot/",
                "/.config/claude/", "/.windsurf/",
                "/.codeium/", "/.continue/", "/.config/opencode/", "/.opencode/", "/.config/goose/", "/.qwen/", "/.roo/", "/.kiro/",
                "/.amp/",
                "/.config/amp/", "/.copilot/", "/.config/github-copilot/", "/.config/zed/", "/.claude.json/", "/.aider.conf.yml/",
                "/.mcp.json/",
                "/.config/mcp/", "/library/application support/claude/", "/.config/crush/", "/.factory/", "/.trae/", "/.cline/",
                "/.augment/")
_AGENT_TRANSIENT = ("/projects/", "/todos/", "/plans/", "/tmp/", "/cache/", "/logs/", "/log/", "/shell-snapshots/", "/statsig/",
                    "/debug/", "/ide/", "/history",
                    "/sessions/", "/file-history/", "/paste-cache/", "/telemetry/", "/worktrees/", "/tasks/", "/backups/", "/downloads/")
_AGENT_FILES = ("/.claude/settings.json/", "/.claude/settings.local.json/", "/.claude/hooks/", "/.claude/hooks.json/", "/.mcp.json/",
                "/.cursor/mcp.json/",
                "/.cursor/hooks.json/", "/.cursor/hooks/", "/.codex/config.toml/", "/.codex/hooks.json/", "/.gemini/settings.json/",
                "/.vscode/mcp.json/",
                "/.claude/.mcp.json/", "/.kiro/settings/", "/.kiro/hooks/", "/.roo/mcp.json/", "/.aider.conf.yml/",
                "/.windsurf/mcp_config.json/",
                "/.continue/config.json/", "/.continue/config.yaml/", "/.opencode/plugin/", "/.claude-plugin/plugin.json/",
                "/claude_desktop_config.json/",
                "/managed-settings.json/", "/mcp_config.json/", "/mcp_settings.json/", "/.amp/settings.json/", "/.github/hooks/",
                "/.qwen/settings.json/",
                "/.factory/settings.json/", "/.cursor/permissions.json/", "/.cursor/cli.json/", "/.openclaw/", "/.clawdbot/", "/.moltbot/")
_MEMORIES = frozenset("""claude.md claude.local.md agents.md agents.override.md gemini.md soul.md memory.md identity.md heartbeat.md
user.md tools.md bootstrap.md
.cursorrules .windsurfrules .clinerules copilot-instructions.md qwen.md conventions.md .goosehints .roorules codex.md warp.md""".split())
_ORDINARY_UNLESS_AGENT = frozenset("user.md tools.md bootstrap.md conventions.md".split())
_AGENT_PLACES = ("/.openclaw/", "/.clawdbot/", "/.moltbot/", "/clawd/", "/.claude/", "/openclaw/", "/.agents/", "/.nanobot/", "/.hermes/")

# Trust: what another program obeys or lets in.
_TRUST_NAMES = {"authorized_keys": "who may log in", "authorized_keys2": "who may log in", ".rhosts": "who may log in",
                ".shosts": "who may log in",
                ".k5login": "who may log in", "hosts.equiv": "who may log in", ".gitconfig": "Git's configuration",
                ".hgrc": "Mercurial's configuration",
                ".vimrc": "a file that Vim runs", ".exrc": "a file that vi runs", ".nanorc": "nano's configuration",
                ".gdbinit": "a file that gdb runs",
                ".lldbinit": "a file that lldb runs", ".pythonrc": "a file that Python runs", ".irbrc": "a file that irb runs",
                ".pryrc": "a file that pry runs", ".Rprofile": "a file that R runs", ".psqlrc": "a file that psql runs",
                ".sqliterc": "a file that sqlite3 runs", ".mailcap": "a file that opens attachments", ".dbshell": "a shell's start file",
                ".mongorc.js": "a file that mongo runs", ".mongoshrc.js": "a file that mongosh runs",
                ".screenrc": "a file that screen runs",
                ".tmux.conf": "a file that tmux runs", ".emacs": "a file that Emacs runs", ".curlrc": "curl's configuration",
                ".wgetrc": "wget's configuration", ".npmrc": "npm's configuration", ".yarnrc": "Yarn's configuration",
                ".yarnrc.yml": "Yarn's configuration",
                ".forward": "where mail goes", ".procmailrc": "a file that mail runs", ".muttrc": "a file that mutt runs",
                ".pydistutils.cfg": "Python's installer",
                ".guile": "a file that guile runs", ".octaverc": "a file that octave runs", ".iex.exs": "a file that iex runs",
                ".perldb": "a file that perl runs",
                ".lesskey": "less's commands", ".dircolors": "", ".ansible.cfg": "Ansible's configuration",
                ".pip.conf": "pip's configuration",
                "usercustomize.py": "a file that every Python runs", "sitecustomize.py": "a file that every Python runs", ".vim.rc": ""}
_TRUST_PLACES = (("/.ssh/", "who may log in and what ssh runs"), ("/.config/git/", "Git's configuration"), ("/.vim/",
    "files that Vim runs"),
                 ("/.config/nvim/", "files that Neovim runs"), ("/.config/pip/", "pip's configuration"), ("/.pip/pip.conf/",
                     "pip's configuration"),
                 ("/.emacs.d/", "files that Emacs runs"), ("/.ipython/profile_default/startup/", "files that IPython runs"),
                 ("/.gradle/init.gradle/", "a file that Gradle runs"), ("/.gradle/init.d/", "files that Gradle runs"), (
                     "/.m2/settings.xml/", "Maven's servers"),
                 ("/.m2/extensions.xml/", "Maven's extensions"), ("/.cargo/config/", "Cargo's configuration"), ("/.cargo/config.toml/",
                     "Cargo's configuration"),
                 ("/.docker/cli-plugins/", "programs that docker runs"), ("/.kube/plugins/", "programs that kubectl runs"),
                 ("/.config/code/user/", "the editor's configuration"), ("/.gnupg/gpg.conf/", "GnuPG's configuration"), (
                     "/.git-templates/", "hooks of new repositories"),
                 ("/.git-template/", "hooks of new repositories"), ("/.config/matplotlib/", ""), ("/.jupyter/",
                     "files that Jupyter runs"), ("/.wgetrc/", ""),
                 ("/.local/bin/", ""), ("/.terraformrc/", "Terraform's configuration"))
_TRUST_SYSTEM = (("/usr/local/share/ca-certificates/", "which certificates are trusted"), ("/etc/pki/ca-trust/",
    "which certificates are trusted"),
                 ("/etc/ssl/certs/", "which certificates are trusted"), ("/etc/ca-certificates/", "which certificates are trusted"),
                 ("/usr/share/ca-certificates/", "which certificates are trusted"), ("/usr/share/pki/", "which certificates are trusted"),
                 ("/etc/ssh/", "who may log in"), ("/etc/gitconfig/", "Git's configuration"),
                 ("/etc/audit/", "what the system records"), ("/etc/rsyslog.conf/", "what the system records"),
                 ("/etc/rsyslog.d/", "what the system records"), ("/etc/syslog.conf/", "what the system records"),
                 ("/etc/systemd/journald.conf", "what the system records"), ("/etc/pip.conf/", "pip's configuration"),
                 ("/etc/npmrc/", "npm's configuration"), ("/etc/vim/", "files that Vim runs"), ("/etc/hosts/",
                     "which machine a name leads to"),
                 ("/etc/hosts.allow/", "who may log in"), ("/etc/hosts.equiv/", "who may log in"), ("/etc/nsswitch.conf/",
                     "where names are looked up"),
                 ("/etc/alternatives/", "which program a name runs"), ("/etc/krb5.conf/", "which servers are trusted"),
                 ("/etc/mailcap/", "a file that opens attachments"), ("/usr/share/git-core/templates/", "hooks of new repositories"),
                 ("/etc/dpkg/dpkg.cfg.d/", "programs that dpkg runs"), ("/etc/yum/pluginconf.d/", "plug-ins of yum"), (
                     "/etc/dnf/plugins/", "plug-ins of dnf"),
                 ("/usr/lib/yum-plugins/", "plug-ins of yum"), ("/usr/lib/pam/", "who may log in"), ("/lib/security/", "who may log in"),
                 ("/lib/x86_64-linux-gnu/security/", "who may log in"), ("/usr/lib64/security/", "who may log in"), ("/lib64/security/",
                     "who may log in"),
                 ("/etc/postfix/", "where mail goes"), ("/etc/aliases/", "where mail goes"))
_EDITOR_TASKS = ("/.vscode/tasks.json/", "/.vscode/launch.json/", "/.vscode/settings.json/", "/.idea/runconfigurations/",
                 "/.idea/workspace.xml/",
                 "/.zed/tasks.json/", "/.devcontainer/devcontainer.json/", "/.devcontainer.json/")
# Rights: what says who may do what.
_RIGHTS = ("/etc/sudoers/", "/etc/sudoers.d/", "/etc/passwd/", "/etc/shadow/", "/etc/group/", "/etc/gshadow/", "/etc/doas.conf/",
           "/etc/polkit-1/",
           "/usr/share/polkit-1/", "/etc/pam.d/", "/etc/pam.conf/", "/etc/security/", "/etc/subuid/", "/etc/subgid/",
           "/usr/local/etc/sudoers/", "/usr/local/etc/sudoers.d/",
           "/usr/local/etc/doas.conf/", "/private/etc/sudoers/", "/private/etc/sudoers.d/", "/private/etc/pam.d/", "/etc/master.passwd/",
           "/etc/passwd-/",
           "/etc/shells/", "/etc/login.defs/", "/etc/apparmor.d/", "/etc/selinux/", "/var/lib/polkit-1/", "/etc/sudo.conf/",
           "/etc/ld.so.preload/",
           "/etc/fstab/", "/etc/exports/", "/proc/sys/kernel/core_pattern/", "/proc/sys/kernel/modprobe/",
           "/sys/fs/cgroup/release_agent/", "/etc/crypttab/",
           "/etc/security/access.conf/", "/usr/lib/systemd/", "/etc/openldap/", "/etc/ldap/")


def kinds(path: str, world: "World") -> "tuple[tuple[str, str], ...]":
    """Resolved path -> ((kind, what it is in words) ...), the most telling first; () for an ordinary file of the project.

    kind: "protected", "credential", "escalation", "startup", "trust", "agent" (configuration, hooks), "memory" (what an agent reads as
    its instructions), "repository" (the inside of .git), "device", "system", "outside".  A glob counts for what it can match.
    """
    found = []
    if is_protected(path, world):
        found.append(("protected", "what keeps this session safe"))
    for kind, answer in (("credential", credential), ("escalation", escalation), ("startup", startup), ("trust", trust), ("agent", agent),
                         ("memory", memory)):
        what = answer(path, world)
        if what:
            found.append((kind, what))
    if "/.git/" in path and not found:
        found.append(("repository", "the inside of the repository"))
    if is_device(path):
        found.append(("device", "a device"))
    elif not path.startswith("/dev/") and not within_roots(path, world):
        found.append(("system", "a part of the system") if is_system(path, world) else ("outside", "a file outside the project"))
    return tuple(found)


def credential(path: str, world: "World") -> "str | None":
    """What secret a resolved path holds, in words; None when it holds none. A folder of secrets counts as one."""
    low = path.lower()
    if any(mark in low for mark in "*?["):
        low = _matched(low, world) or low
    name = low.rpartition("/")[2]
    slashed = low + "/"
    if name.endswith(_PUBLIC_ENDINGS) or name.startswith((".env.example", ".env.sample", ".env.template", ".env.schema")):
        return None
    if slashed.startswith("/proc/") and name in ("environ", "mem"):
        return "the environment or memory of a process"
    if slashed.startswith(_SECRET_SYSTEM) or name.startswith("ssh_host_") and low.endswith("_key"):
        return None if any(part in name for part in ("cert.pem", "chain.pem", "known_hosts", "authorized_keys",
                                                     "sshd_config")) else "a secret of the system"
    parts = low.split("/")
    folder = parts[-2] if len(parts) > 1 else ""
    project = world.project and inside(path, world.project)
    folders = low[len(world.project):].split("/")[:-1] if project else ()
    if not _FIXTURES.isdisjoint(folders) or "/site-packages/" in low or "/node_modules/" in low:
        return None
    held = None if slashed.startswith(_PUBLIC_KEYS) else next((part for part in parts if part in _SECRET_FOLDERS), None)
    if held:
        if name == held:
            return None if project else "a folder of secrets"
        if name in _NO_SECRET or name.startswith(("known_hosts", "authorized_keys", "config.", "config_")) or "/sso/cache" in low:
            return "credentials" if name == "config" and held == ".oci" else None
        return "a private key" if held == ".ssh" else "credentials"
    if name == ".kube" and not project:
        return "a folder of secrets"
    if any(place in slashed for place in _SECRET_PLACES):
        return "a browser's store" if "/profile" in low or name in ("cookies", "login data") or "mozilla" in low else "credentials"
    if any(part in name for part in _PUBLIC_PARTS):
        return None
    if name in _SECRET_NAMES:
        return "what was typed before, secrets included" if "hist" in name else "a file of secrets"
    if name.startswith(".env.") and name[5:].partition(".")[0] not in ("d", "ts", "js", "py", "go", "rb", "md", "yml", "yaml", "json"):
        return "a file of secrets"
    if name in ("config", "credentials", "credentials.json") and folder in (".aws", ".kube", ".docker", ".gcloud"):
        return "credentials"
    if name in (".npmrc", ".yarnrc.yml", ".condarc", "login data", "login data for account", "cookies", "web data", "local state"):
        return None if project else "credentials"
    if name == "wp-config.php" or name == "database.yml" and folder == "config" and not project:
        return "a file of secrets"
    stem, _, ending = name.rpartition(".")
    if ending in _DATA and stem in _SECRET_WORDS or stem.endswith((".secrets", ".secret")) and ending in _DATA:
        return "a file of secrets"
    if ending == "env" and stem and not project:
        return "a file of secrets"
    if ending == "env" and stem in ("prod", "production", "staging", "secrets", "dev", "development", "local", "docker", "app", ""):
        return "a file of secrets"
    if ending in _KEY_ENDINGS and stem:
        if ending in ("key", "asc") and (folder == "i18n" or stem.endswith(("public", "pub", "release", "archive-keyring", "signing",
                                                                            "gpg"))):
            return None
        if ending == "asc":
            return "a private key" if "priv" in stem or "secret" in stem else None
        if ending in ("pem", "key", "p8") and any(part in name for part in _CERTIFICATES) and "priv" not in name and "key.pem" not in name:
            return None
        if ending == "tfvars" and project and not any(word in stem for word in ("secret", "prod", "terraform", "cred")):
            return None
        return "a private key" if ending not in ("tfstate", "tfvars") else "a file of secrets"
    if ending == "json" and ("service-account" in stem or "service_account" in stem or "serviceaccount" in stem or "client_secret" in stem):
        return "credentials"
    if ending == "sqlite" and folder.endswith(".default-release"):
        return "a browser's store"
    return None


def escalation(path: str, world: "World") -> "str | None":
    """What right a resolved path grants, in words; None for none."""
    slashed = path + "/"
    if path.endswith("/com.apple.TCC/TCC.db"):
        return "which program may see and hear the user"
    if slashed.startswith(_RIGHTS) or path.endswith(("/release_agent", "/sudoers")) and not within_roots(path, world):
        return "who may do what on this machine"
    return None


def startup(path: str, world: "World") -> "str | None":
    """What runs a resolved path by itself later, in words; None when nothing does."""
    if (path + "/").startswith(SYSTEM_START):
        return "it runs by itself"
    rest = _below_home(path, world)
    if rest is not None and (rest in SHELL_START or (rest + "/").startswith(HOME_START)):
        return "it runs by itself"
    name = path.rpartition("/")[2]
    if name in ("com.apple.loginwindow.plist", "loginwindow.plist") or "/loginwindow." in path or "/com.apple.loginwindow." in path:
        return "it runs at login"
    if name in SHELL_START and not (world.project and inside(path, world.project)) and not path.startswith(("/tmp/", "/var/tmp/")) \
            and path.count("/") <= 3 and path.startswith(("/home/", "/Users/", "/var/", "/root/", "/etc/skel")):
        return "every shell runs it"
    if path.startswith("/_/") and path[3:] in SHELL_START:
        return "every shell runs it"
    if _wild(path):
        for known in (".bashrc", ".profile", ".zshrc", ".bash_profile"):
            if any(matches(path, f"{home}/{known}") for home in (world.home, "/root") if home) or matches(path, f"/home/x/{known}"):
                return "every shell runs it"
        if matches(path, "/etc/cron.d/x") or matches(path, "/etc/profile.d/x") or matches(path, "/var/spool/cron/x"):
            return "it runs by itself"
    return None


def trust(path: str, world: "World") -> "str | None":
    """Who obeys a resolved path, in words; None when nobody does."""
    slashed, name = path + "/", path.rpartition("/")[2]
    for place, what in _TRUST_SYSTEM:
        if what and slashed.startswith(place):
            return None if place == "/etc/ssh/" and name in ("ssh_known_hosts", "moduli") else what
    rest = _below_home(path, world)
    home = rest is not None and not (world.project and inside(path, world.project))
    if "/.git/hooks/" in slashed and not name.endswith(".sample"):
        return "hooks that Git runs"
    if slashed.endswith(("/.git/config/", "/.git/info/attributes/",
                         "/.git/config.worktree/")) or "/.git/modules/" in slashed and name == "config":
        return "Git's configuration, which names programs to run"
    if name in ("authorized_keys", "authorized_keys2", "usercustomize.py", "sitecustomize.py") and not (
            world.project and inside(path, world.project) and "/.ssh/" not in slashed):
        return _TRUST_NAMES[name]
    if name == ".ssh" and home:
        return None
    if "/.ssh/" in slashed and name in ("config", "rc", "environment", "authorized_keys", "authorized_keys2"):
        return "who may log in and what ssh runs"
    if home and _TRUST_NAMES.get(name) and rest is not None and "/" not in rest:
        return _TRUST_NAMES[name]
    if home:
        below = f"/{rest}/"
        for place, what in _TRUST_PLACES:
            if what and place != "/.ssh/" and below.startswith(place):
                return what
    if any(slashed.endswith(place) or place in slashed for place in _EDITOR_TASKS[:4]) and name in ("tasks.json",):
        return "tasks that an editor runs"
    if slashed.startswith(("/usr/lib/python", "/usr/lib64/python", "/usr/local/lib/python")) and name.endswith((".py", ".pth")):
        return "code that every Python of this machine runs"
    if name.endswith(".pth") and ("/site-packages/" in slashed or "/dist-packages/" in slashed):
        return "a file that every Python runs"
    if _wild(path) and (matches(path, f"{world.home}/.ssh/authorized_keys") or "/.git/hooks/" in slashed):
        return "who may log in"
    return None


def agent(path: str, world: "World") -> "str | None":
    """What of an agent's configuration a resolved path is; None for none."""
    slashed = path.lower() + "/"
    if any(place in slashed for place in _AGENT_FILES):
        return "an agent's settings and hooks"
    rest = _below_home(path, world)
    if rest is None or world.project and inside(path, world.project):
        return None
    below = f"/{rest.lower()}/"
    for home in _AGENT_HOMES:
        if below.startswith(home):
            return None if any(below.startswith(home[:-1] + transient)
                               for transient in _AGENT_TRANSIENT) else "an agent's own configuration"
    return "an agent's own configuration" if slashed.startswith(("/etc/claude-code/", "/etc/codex/",
                                                                 "/library/application support/claudecode/")) else None


def memory(path: str, world: "World") -> "str | None":
    """Whether a resolved path is read by an agent as its instructions or its memory; None when not."""
    low = path.lower()
    name = low.rpartition("/")[2]
    at_agent = any(place in low for place in _AGENT_PLACES)
    written = path.rpartition("/")[2]
    if name in _MEMORIES and (at_agent or name not in _ORDINARY_UNLESS_AGENT and (written[:1] == "." or "-" in name or written[
        :-3].isupper() or "claude" in name)):
        return "what agents take as their instructions"
    if at_agent and name.endswith(".md") and ("/memory/" in low or "/workspace/" in low or "/skills/" in low):
        return "what agents take as their instructions"
    return "what agents take as their instructions" if "/.cursor/rules/" in low or "/.windsurf/rules/" in low else None


def _below_home(path: str, world: "World") -> "str | None":
    """The path below the home it lies in ("" for a home itself), anybody's home; None when it lies in none."""
    for home in (world.home, "/root", "/var/root", "/etc/skel"):
        if home and inside(path, home):
            return path[len(home):].lstrip("/")
    if path.startswith(("/home/", "/Users/")):
        return path.split("/", 3)[3] if path.count("/") > 2 else ""
    return None


def _wild(path: str) -> bool:
    return "*" in path or "?" in path or "[" in path


# Files that a glob is held against, below a home and at the top.
_WANTED_AT_HOME = """.ssh/id_rsa .ssh/id_ed25519 .ssh/id_ecdsa .aws/credentials .netrc .git-credentials .env .bash_history .zsh_history
.gnupg/secring.gpg
.config/gcloud/credentials.db .kube/config .docker/config.json .password-store/x .npmrc .pypirc""".split()
_WANTED = ("/etc/shadow", "/etc/gshadow", "/etc/sudoers", "/etc/ssl/private/x.key", "/etc/ssh/ssh_host_rsa_key", "/proc/1/environ",
           "/proc/self/environ")


def _matched(path: str, world: "World") -> "str | None":
    """A secret file that a glob can match, in small letters; None when no known one."""
    if path.endswith("/*") and not _wild(path[:-2]) and not path.startswith("/etc/"):
        folder = path[:-2]
        if folder.rpartition("/")[2] in _SECRET_FOLDERS:
            return folder + "/x"
        return None
    for home in {world.home.lower(), "/root", "/home/dev"} - {""}:
        for wanted in _WANTED_AT_HOME:
            if matches(path, f"{home}/{wanted}"):
                return f"{home}/{wanted}"
    for wanted in _WANTED:
        if matches(path, wanted):
            return wanted
    folder, _, last = path.rpartition("/")
    if last[:1] == "." and not _wild(folder):
        for wanted in (".env", ".env.local", ".netrc"):
            if matches("/" + last, "/" + wanted):
                return f"{folder}/{wanted}"
    if last.startswith("id_") or last.endswith((".pem", ".key", ".p12", ".pfx", ".ppk")):
        return path.replace("*", "x").replace("?", "x")
    return None
