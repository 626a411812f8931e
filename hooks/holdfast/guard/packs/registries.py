"""What is published for the world to install, or taken away from those who already do."""

from holdfast.guard.packs import shown, when, words
from holdfast.guard.rule import Pack, Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from holdfast.guard.line import Command, Line
    from holdfast.guard.packs import Ask

_VALUES = (
    "--registry --prefix --workspace -w --filter -F --cwd -C --dir --tag --access --otp --manifest-path -p --package --token "
    "--index -Z --config --color "
    "--repository -r -t -u --username --password --directory --project -k --api-key -s --source -f --file -h --host --env -e "
    "--scope --loglevel --userconfig"
)
_FOR_GOOD = "A version that is out has been installed by somebody, and its number can't be used again."
_PERSON = "Leave publishing to a person, and say in your report that it is ready."
_PACK = "Look at what would go out with `npm pack --dry-run`, and leave publishing to a person."
_LOCAL = ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "testpypi", "test.pypi.org", "verdaccio", "host.docker.internal", "file:")
_NODE_VALUES = "--registry --workspace -w --filter -F --cwd -C --dir --tag --access --otp --config --loglevel --userconfig --prefix --scope"
_NODE = "npm pnpm yarn bun yarnpkg cnpm"


def _publishes(paths: str, unless: str = "", with_value: str = _VALUES) -> "Ask":
    """A test for publishing anywhere but to a registry of one's own machine or one for trials."""
    ask = when(paths, "publishes for everyone", with_value, "", f"--dry-run --dryrun --no-publish --local -n -h {unless}")

    def test(command: "Command", line: "Line") -> "str | None":
        if command.args and command.args[0].prefix.startswith("+"):  # cargo +nightly publish
            command = command.sub()
        return None if _own(command) else ask(command, line)

    return test


def _own(command: "Command") -> bool:
    text = " ".join(arg.shown for arg in command.args)
    return any(place in text for place in _LOCAL)


def _npm_taken(command: "Command", line: "Line") -> "str | None":
    given = words(command, _NODE_VALUES)
    given = given[1:] if command.program == "yarn" and given[:1] == ["npm"] else given
    gone = given[:1] in (["unpublish"], ["deprecate"], ["undeprecate"])
    return (
        f"`{shown(command)}` takes a package away from those who use it"
        if gone and not command.has_flag("--dry-run", "--help") and not _own(command)
        else None
    )


def _npm_rights(command: "Command", line: "Line") -> "str | None":
    given = words(command, _NODE_VALUES)
    given = given[1:] if command.program in ("yarn", "yarnpkg") and given[:1] == ["npm"] else given
    pairs = given[:2]
    found = pairs in (
        ["owner", "add"],
        ["owner", "rm"],
        ["author", "add"],
        ["access", "public"],
        ["access", "grant"],
        ["access", "set"],
        ["access", "restricted"],
        ["access", "revoke"],
        ["team", "add"],
        ["team", "rm"],
        ["team", "create"],
        ["team", "destroy"],
        ["token", "create"],
        ["token", "revoke"],
        ["token", "delete"],
        ["dist-tag", "add"],
        ["dist-tag", "rm"],
        ["dist-tags", "add"],
        ["tag", "add"],
        ["tag", "remove"],
        ["hook", "add"],
        ["org", "set"],
        ["org", "rm"],
        ["profile", "set"],
        ["profile", "disable-2fa"],
    )
    return (
        f"`{shown(command)}` changes who or what stands behind a package" if found and not command.has_flag("--dry-run", "--help") else None
    )


def _runs(command: "Command", line: "Line") -> "str | None":
    """Release tools whose ordinary use publishes."""
    harmless = command.has_flag(
        "--dry-run",
        "-d",
        "--help",
        "--no-npm.publish",
        "--snapshot",
        "--version",
        "--preview",
        "--no-publish",
        "--ci-check",
        "--release-version",
        "--changelog",
    ) or words(command)[:1] in (["check"], ["init"], ["version"], ["status"], ["build"], ["completion"], ["healthcheck"], ["add"])
    skipped = any(arg.shown.startswith("--skip") and "publish" in arg.shown for arg in command.args)
    return None if harmless or skipped else f"`{shown(command)}` publishes for everyone"


def _setup(command: "Command", line: "Line") -> "str | None":
    given = command.words
    script = next((at for at, word in enumerate(given) if word and word.rpartition("/")[2] == "setup.py"), None)
    if script is not None:
        out = any(word in ("upload", "register", "upload_docs") for word in given[script + 1 :])
        return f"`{shown(command)}` publishes for everyone" if out and not _own(command) else None
    module = [word for word in given if word and word not in ("-m", "-I", "-u", "-B")]
    out = "-m" in given and module[:2] in (
        ["twine", "upload"],
        ["flit", "publish"],
        ["poetry", "publish"],
        ["hatch", "publish"],
        ["pdm", "publish"],
        ["twine", "register"],
    )
    return f"`{shown(command)}` publishes for everyone" if out and not _own(command) else None


def _build(command: "Command", line: "Line") -> "str | None":
    given = [word.rpartition(":")[2] for word in words(command, "-P -D -f -s -pl -p -b -I --project-dir --build-file")]
    named = (
        "deploy",
        "deploy-file",
        "perform",
        "publish",
        "uploadArchives",
        "bintrayUpload",
        "publishAllPublicationsToMavenCentral",
        "publishToSonatype",
        "closeAndReleaseRepository",
        "publishPlugins",
        "publishSigned",
        "sonatypeRelease",
        "sonatypeBundleRelease",
        "publishToMavenCentral",
        "publishAndReleaseToMavenCentral",
        "publishPlugin",
        "closeAndReleaseSonatypeStagingRepository",
        "releaseRepository",
        "ci-release",
        "publishAllPublications",
    )
    out = next(
        (
            word
            for word in given
            if word in named
            or word.startswith("publish")
            and word.endswith(("Repository", "Central", "Publications"))
            and "Local" not in word
        ),
        None,
    )
    if out == "deploy" and command.program not in ("mvn", "mvnw", "mvnd", "lein"):
        out = None
    local = _own(command) or any(
        "altDeploymentRepository=local" in arg.shown or "maven.deploy.skip=true" in arg.shown for arg in command.args
    )
    return f"`{shown(command)}` publishes for everyone" if out and not local and not command.has_flag("-m", "--dry-run", "--help") else None


def _store(command: "Command") -> "str | None":
    given = words(command, "-p --platform --profile -f -t -u --env")
    if command.program == "fastlane":
        out = any(
            word
            in (
                "deliver",
                "supply",
                "release",
                "upload_to_app_store",
                "upload_to_play_store",
                "deploy",
                "production",
                "appstore",
                "upload_to_testflight",
                "pilot",
                "beta",
                "upload_app_to_testflight",
            )
            for word in given[:3]
        )
    elif command.program in ("xcrun", "altool"):
        out = command.has_flag("--upload-app", "--upload-package")
    elif command.program == "snapcraft":
        out = given[:1] in (["upload"], ["push"], ["release"], ["close"], ["promote"])
    elif command.program == "app-store-connect":
        out = given[:1] == ["publish"]
    elif command.program == "steamcmd":
        out = any("run_app_build" in word for word in given)
    else:
        out = given[:1] in (["submit"], ["push"], ["update"])
    return f"`{shown(command)}` sends it to users" if out and not command.has_flag("--help", "--dry-run", "--validate-only") else None


PACK = Pack(
    "registries",
    Pattern(
        code="REG001",
        title="package published to npm",
        programs=f"{_NODE} lerna nx changeset rush jsr deno bunx",
        why=_FOR_GOOD,
        instead=_PACK,
        test=_publishes(
            "publish|npm publish|release publish|workspaces,workspace foreach npm publish|workspaces foreach publish|stage publish",
            with_value=_NODE_VALUES,
        ),
        blocks=(
            "npm publish",
            "npm publish --access public",
            "yarn npm publish",
            "pnpm publish -r --no-git-checks",
            "npx lerna publish from-git --yes",
            "bun publish",
            "cd lib && npm publish",
            "npx jsr publish",
            "deno publish",
            "npx changeset publish",
            "yarn publish --new-version 1.0.0",
        ),
        allows=(
            "npm publish --dry-run",
            "npm pack",
            "npm run publish",
            "npm publish --registry http://localhost:4873",
            "npm version patch",
            "yarn run release",
            "deno publish --dry-run",
            "npm install publish",
        ),
    ),
    Pattern(
        code="REG002",
        title="package withdrawn from npm",
        programs=_NODE,
        test=_npm_taken,
        why="Builds all over the world that need it fail at once.",
        instead="Leave it to a person; publish a fix instead.",
        blocks=("npm unpublish lib@1.0.0 --force", "npm deprecate lib@1 'old'", "npm unpublish --force"),
        allows=("npm uninstall lib", "npm view lib", "npm unpublish --dry-run", "npm run unpublish"),
    ),
    Pattern(
        code="REG003",
        title="rights to an npm package changed",
        programs=_NODE,
        test=_npm_rights,
        why="Whoever is added can publish code that others run.",
        instead="Look first with `npm owner ls lib`.",
        blocks=(
            "npm owner add eve lib",
            "npm access public lib",
            "npm token create --read-only",
            "npm dist-tag add lib@1.0.0 latest",
            "yarn npm tag add lib@1 latest",
            "npm team add a:b c",
        ),
        allows=("npm owner ls lib", "npm token list", "npm dist-tag ls lib", "npm whoami", "yarn add owner", "npm access list packages"),
    ),
    Pattern(
        code="REG004",
        title="release tool run",
        programs="semantic-release release-it np goreleaser release-plz shipjs beachball",
        test=_runs,
        why=_FOR_GOOD,
        instead="See what it would do with `npx semantic-release --dry-run`.",
        blocks=(
            "npx semantic-release",
            "npx release-it minor --ci",
            "goreleaser release --clean",
            "goreleaser release --skip=validate",
            "npx np --yolo",
        ),
        allows=(
            "npx semantic-release --dry-run",
            "goreleaser check",
            "goreleaser release --snapshot",
            "goreleaser release --skip=publish",
            "goreleaser build",
        ),
    ),
    Pattern(
        code="REG005",
        title="crate published",
        programs="cargo",
        test=_publishes("publish|release|workspaces publish|smart-release|hack publish"),
        why=_FOR_GOOD,
        instead="Look at what would go out with `cargo publish --dry-run`.",
        blocks=("cargo publish", "cargo publish -p lib --allow-dirty", "cargo +nightly publish", "cargo release --execute"),
        allows=("cargo publish --dry-run", "cargo package", "cargo build --release", "cargo test publish"),
    ),
    Pattern(
        code="REG006",
        title="crate yanked or given away",
        programs="cargo",
        test=when("yank|owner", "changes a crate that others use", _VALUES, unless="-l --list"),
        why="Builds that need that version fail, or somebody else may publish it.",
        instead="Look first with `cargo owner --list lib`.",
        blocks=("cargo yank --version 1.0.0 lib", "cargo owner --add eve lib"),
        allows=("cargo owner --list lib", "cargo search yank", "cargo info lib"),
    ),
    Pattern(
        code="REG007",
        title="package published to PyPI",
        programs="twine poetry flit hatch uv pdm maturin rye uvx pipx",
        why=_FOR_GOOD,
        instead="Check what would go out with `twine check dist/lib.whl`.",
        test=_publishes("upload|publish|register|tool run twine upload|run twine upload|pip upload"),
        blocks=(
            "twine upload dist/*",
            "poetry publish --build",
            "uv publish",
            "hatch publish",
            "flit publish",
            "pdm publish",
            "maturin publish",
            "uvx twine upload dist/*",
            "poetry run twine upload dist/*",
        ),
        allows=(
            "twine check dist/*",
            "poetry build",
            "twine upload -r testpypi dist/*",
            "uv build",
            "poetry publish --dry-run",
            "uv publish --dry-run",
            "uv pip install publish",
        ),
    ),
    Pattern(
        code="REG008",
        title="package published by Python itself",
        programs="python python3",
        test=_setup,
        why=_FOR_GOOD,
        instead="Check what would go out with `twine check dist/lib.whl`.",
        blocks=("python setup.py sdist upload", "python3 -m twine upload dist/*", "python setup.py register"),
        allows=(
            "python setup.py sdist",
            "python -m twine check dist/*",
            "python upload.py",
            "python3 -m build",
            "python -m twine upload --repository testpypi dist/*",
        ),
    ),
    Pattern(
        code="REG009",
        title="gem published or yanked",
        programs="gem rake",
        test=_publishes("push|yank|owner|release", "-T --tasks"),
        why=_FOR_GOOD,
        instead="Look at what would go out with `gem build lib.gemspec`.",
        blocks=("gem push lib-1.0.0.gem", "gem yank lib -v 1.0.0", "gem owner lib -a eve@example.invalid", "bundle exec rake release"),
        allows=("gem build lib.gemspec", "gem install push", "gem list", "rake -T release", "rake test"),
    ),
    Pattern(
        code="REG010",
        title="artifact published by a build tool",
        programs="mvn mvnw mvnd gradle gradlew sbt lein mill ant",
        test=_build,
        why=_FOR_GOOD,
        instead="Keep it on this machine with `mvn install`.",
        severity="caution",
        blocks=(
            "mvn deploy",
            "./mvnw -B clean deploy -DskipTests",
            "./gradlew publish",
            "mvn release:perform",
            "lein deploy clojars",
            "sbt publishSigned",
            "gradle :lib:publishAllPublicationsToMavenRepository",
        ),
        allows=(
            "mvn install",
            "mvn clean verify",
            "./gradlew publishToMavenLocal",
            "sbt publishLocal",
            "gradle build",
            "lein test",
            "mvn deploy -Dmaven.deploy.skip=true",
        ),
    ),
    Pattern(
        code="REG011",
        title="NuGet package published or deleted",
        programs="dotnet nuget choco",
        why=_FOR_GOOD,
        instead="Look at what would go out with `dotnet pack`.",
        test=_publishes("nuget push,delete|push|delete"),
        blocks=(
            "dotnet nuget push a.nupkg -k x",
            "dotnet nuget delete lib 1.0.0 --non-interactive",
            "nuget push a.nupkg",
            "choco push a.nupkg",
        ),
        allows=(
            "dotnet pack",
            "dotnet nuget list source",
            "dotnet publish -c Release",
            "dotnet nuget push a.nupkg -s http://localhost:5000",
            "nuget restore",
        ),
    ),
    Pattern(
        code="REG012",
        title="editor or browser extension published",
        programs="vsce ovsx web-ext chrome-webstore-upload shipit vscode-vsce",
        why=_FOR_GOOD,
        instead="Build it with `npx vsce package`, and leave publishing to a person.",
        test=_publishes("publish|unpublish|upload|sign|create-namespace|verify-pat-publish"),
        blocks=(
            "npx vsce publish",
            "vsce unpublish a.b",
            "npx ovsx publish a.vsix",
            "web-ext sign --channel listed",
            "chrome-webstore-upload upload --source a.zip",
        ),
        allows=("npx vsce package", "npx vsce ls", "web-ext run", "web-ext lint"),
    ),
    Pattern(
        code="REG013",
        title="pod, hex or pub package published",
        programs="pod mix rebar3 dart flutter opam cabal stack elm nimble luarocks cpan-upload pause dub swiftpm shards conan",
        why=_FOR_GOOD,
        instead="Leave publishing to a person; check it first, for example with `dart pub publish --dry-run`.",
        test=_publishes(
            "trunk push,delete,deprecate,add-owner,remove-owner|repo push|hex.publish|hex.retire|hex.owner|hex "
            "publish,retire,cut|pub publish,lish|packages pub publish|publish|upload",
            "--revert",
        ),
        blocks=(
            "pod trunk push Lib.podspec",
            "pod trunk delete Lib 1.0.0",
            "mix hex.publish --yes",
            "rebar3 hex publish",
            "dart pub publish -f",
            "flutter pub publish",
            "cabal upload a.tar.gz --publish",
            "elm publish",
            "luarocks upload a.rockspec",
            "conan upload lib/1.0 -r remote",
        ),
        allows=(
            "pod install",
            "mix deps.get",
            "dart pub publish --dry-run",
            "dart pub get",
            "cabal build",
            "flutter build apk",
            "luarocks install lua-cjson",
        ),
    ),
    Pattern(
        code="REG014",
        title="chart or role published",
        programs="helm ansible-galaxy puppet-module-build pdk cr galaxy",
        why=_FOR_GOOD,
        instead="Look at what would go out with `helm package chart`.",
        test=_publishes("push|cm-push|collection publish|role import,delete|release publish|upload"),
        blocks=(
            "helm push a-1.0.0.tgz oci://registry.example.com/charts",
            "ansible-galaxy collection publish a.tar.gz",
            "cr upload -o a -r b",
        ),
        allows=(
            "helm package chart",
            "helm pull a/b",
            "ansible-galaxy collection build",
            "ansible-galaxy install a.b",
            "helm push a.tgz oci://localhost:5000/charts",
        ),
    ),
    Pattern(
        code="REG015",
        title="conda package published or removed",
        programs="anaconda quetz rattler-build binstar",
        why=_FOR_GOOD,
        instead="Look at what would go out with `conda build .`.",
        test=_publishes("upload|remove|move|copy|upload anaconda"),
        blocks=("anaconda upload a.tar.bz2", "anaconda -t x remove eve/lib", "rattler-build upload anaconda a.conda"),
        allows=("anaconda search lib", "anaconda show a/b", "rattler-build build"),
    ),
    Pattern(
        code="REG016",
        title="app sent to a store",
        programs="fastlane eas snapcraft altool flatpak-external xcrun codemagic-cli-tools app-store-connect butler steamcmd "
        "play-publisher",
        why="Users get it on their devices, and reviews can't be called back.",
        instead=_PERSON,
        test=lambda command, line: _store(command),
        blocks=(
            "fastlane deliver --force",
            "fastlane ios release",
            "eas submit -p ios",
            "snapcraft upload --release=stable a.snap",
            "xcrun altool --upload-app -f a.ipa",
            "bundle exec fastlane supply",
            "butler push build a/b:win",
        ),
        allows=("fastlane test", "eas build -p ios", "snapcraft pack", "xcrun simctl list", "fastlane lanes", "xcrun notarytool history"),
    ),
    Pattern(
        code="REG017",
        title="package repository changed",
        programs="jf jfrog aptly reprepro cloudsmith package_cloud pulp createrepo",
        test=when(
            "rt del,delete,repo-delete,rdel,mv|rt user-delete,users-delete|repo,snapshot,mirror,publish drop,remove|db "
            "cleanup|remove,removefilter,deleteunreferenced,clearvanished|delete,rm|yank|push,promote|"
            "rpm,deb,file repository,publication,distribution destroy,delete|quarantine",
            "deletes or replaces what machines install",
            "-b -u -c -config --url --user --server-id",
        ),
        why="Machines that install from it fail or get something else.",
        instead="Look first, for example with `aptly repo list`.",
        blocks=("jf rt del 'libs/*' --quiet", "aptly publish drop stable", "reprepro remove stable lib", "cloudsmith delete a/b/c -y"),
        allows=(
            "jf rt search 'libs/*'",
            "aptly repo list",
            "reprepro list stable",
            "jf rt del 'libs/*' --dry-run",
            "cloudsmith list packages a/b",
        ),
    ),
)
