"""The parts of a project that people name without a path ("the tests", "lockfiles") -> globs. Pure, no imports."""
# ruff: noqa: E501  (a pattern or a list of words read as one line is clearer than one cut by width)

_TESTS = ("tests/**", "test/**", "**/tests/**", "**/test/**", "**/__tests__/**", "spec/**", "**/spec/**", "**/test_*.py", "**/*_test.*", "**/*.test.*", "**/*.spec.*", "**/*_spec.rb",
          "**/conftest.py")
_MIGRATIONS = ("**/migrations/**", "migrations/**", "**/migrate/**", "db/migrate/**", "**/alembic/versions/**", "**/flyway/**")
_LOCKFILES = ("**/package-lock.json", "**/yarn.lock", "**/pnpm-lock.yaml", "**/bun.lockb", "**/bun.lock", "**/poetry.lock", "**/uv.lock", "**/Pipfile.lock", "**/pdm.lock", "**/Cargo.lock", "**/Gemfile.lock",
              "**/composer.lock", "**/go.sum", "**/mix.lock", "**/packages.lock.json", "**/Podfile.lock", "**/pubspec.lock", "**/flake.lock", "**/npm-shrinkwrap.json")
_MANIFESTS = ("**/package.json", "**/pyproject.toml", "**/requirements*.txt", "**/setup.py", "**/setup.cfg", "**/Pipfile", "**/Cargo.toml", "**/go.mod", "**/Gemfile", "**/composer.json",
              "**/pom.xml", "**/build.gradle", "**/build.gradle.kts", "**/*.csproj", "**/mix.exs", "**/pubspec.yaml", "**/Podfile", "**/environment.yml")
_CI = (".github/workflows/**", ".github/actions/**", ".gitlab-ci.yml", ".circleci/**", "Jenkinsfile", ".travis.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".buildkite/**", ".drone.yml",
       "**/.woodpecker/**", "appveyor.yml")
_DOCS = ("docs/**", "doc/**", "**/docs/**", "**/*.md", "**/*.mdx", "**/*.rst", "**/*.adoc")
_GENERATED = ("**/generated/**", "**/gen/**", "**/*.generated.*", "**/*_pb2.py", "**/*_pb2_grpc.py", "**/*.pb.go", "**/__generated__/**", "**/*.gen.*")
_VENDORED = ("vendor/**", "**/vendor/**", "third_party/**", "**/third_party/**", "third-party/**", "**/node_modules/**", "**/vendored/**", "**/external/**")
_SECRETS = ("**/.env", "**/.env.*", "**/secrets/**", "**/secrets.*", "**/*secret*", "**/*credential*", "**/*.pem", "**/*.key", "**/*.p12", "**/*.pfx", "**/id_rsa", "**/id_ed25519", "**/.netrc", "**/.npmrc", "**/.pypirc")
_ENV = ("**/.env", "**/.env.*")
_DOCKER = ("**/Dockerfile", "**/Dockerfile.*", "**/*.dockerfile", "**/docker-compose*.yml", "**/docker-compose*.yaml", "**/compose.yml", "**/compose.yaml", "**/.dockerignore")
_INFRASTRUCTURE = ("**/*.tf", "**/*.tfvars", "**/terraform/**", "**/infra/**", "**/infrastructure/**", "**/helm/**", "**/k8s/**", "**/kubernetes/**", "**/charts/**", "**/ansible/**", "**/pulumi/**", "**/cloudformation/**")
_SCHEMA = ("**/schema.*", "**/*.schema.*", "**/schemas/**", "**/schema/**", "**/*.prisma", "**/structure.sql")
_API = ("**/openapi.*", "**/swagger.*", "**/*.proto")
_FIXTURES = ("**/fixtures/**", "**/testdata/**", "**/__fixtures__/**")
_SNAPSHOTS = ("**/__snapshots__/**", "**/*.snap", "**/snapshots/**")
_LICENSE = ("LICENSE*", "LICENCE*", "COPYING*", "NOTICE*", "**/LICENSE*")
_CONFIG = ("config/**", "**/config/**", "**/*.ini", "**/*.cfg", "**/*.conf", "**/config.*", "**/settings.*", "**/*.config.*", "**/*.toml", "**/.*rc")
_SETTINGS = ("**/settings/**", "**/settings.*")
_STYLES = ("**/*.css", "**/*.scss", "**/*.sass", "**/*.less", "**/styles/**")
_LINT = ("**/.eslintrc*", "**/eslint.config.*", "**/.prettierrc*", "**/ruff.toml", "**/.flake8", "**/.pylintrc", "**/.rubocop.yml", "**/.golangci.y*ml", "**/.editorconfig", "**/.stylelintrc*", "**/biome.json", "**/.pre-commit-config.yaml")
_BUILD = ("**/Makefile", "**/CMakeLists.txt", "**/*.cmake", "**/build.gradle*", "**/webpack.config.*", "**/vite.config.*", "**/rollup.config.*", "**/tsconfig*.json", "**/setup.py", "**/pom.xml", "**/BUILD", "**/BUILD.bazel", "**/WORKSPACE", "**/Justfile")
_LOCALES = ("**/locales/**", "**/locale/**", "**/i18n/**", "**/translations/**", "**/lang/**", "**/*.po", "**/*.pot")
_ASSETS = ("**/assets/**", "**/static/**", "**/public/**", "**/images/**")
_TYPES = ("**/types/**", "**/*.d.ts", "**/types.*")
_CHANGELOG = ("**/CHANGELOG*", "**/CHANGES*", "**/HISTORY*", "**/RELEASES*")
_README = ("**/README*",)
_SEEDS = ("**/seeds/**", "**/seed.*", "**/seeds.*", "**/seeders/**")
_SCRIPTS = ("scripts/**", "bin/**", "tools/**")
_HOOKS = (".git/hooks/**", ".husky/**", "**/.pre-commit-config.yaml", ".githooks/**")
_PROTO = ("**/*.proto",)

_NAMED = {
    "tests": (_TESTS, "test|tests|test suite|test suites|test file|test files|test code|unit test|unit tests|integration test|integration tests|existing test|existing tests|e2e tests|end-to-end tests|specs"
              "|test cases|test case|assertions|regression tests|test folder|test directory|testing code|testsuite|acceptance tests|golden tests"),
    "migrations": (_MIGRATIONS, "migration|migrations|migration file|migration files|migration script|migration scripts|db migrations|database migrations|existing migrations|schema migrations|alembic migrations|sql migrations"),
    "lockfiles": (_LOCKFILES, "lockfile|lockfiles|lock file|lock files|package lock|package-lock|dependency lock|dependency lockfile|lock"),
    "dependencies": (_MANIFESTS + _LOCKFILES, "dependency|dependencies|deps|dep|package manifest|package manifests|manifest|manifests|requirements|requirements file|dependency versions|package versions|third-party libraries"
                     "|third-party packages|third party packages|third party libraries|libraries|library|packages|package|npm packages|pip packages|external libraries|external packages|runtime dependencies|dev dependencies"),
    "CI config": (_CI, "ci|ci config|ci configuration|ci pipeline|ci pipelines|ci/cd|ci files|pipeline|pipelines|workflow files|github workflows|github actions|workflows|ci workflows|ci workflow|build pipeline|deploy pipeline"
                  "|pipeline config|pipeline configuration|deployment pipeline|ci setup|ci scripts|ci yaml|actions"),
    "docs": (_DOCS, "docs|documentation|doc|doc files|docs folder|documentation files|markdown files"),
    "generated code": (_GENERATED, "generated code|generated files|generated file|auto-generated code|auto-generated files|autogenerated code|autogenerated files|codegen output|generated client|generated clients|generated sources|generated types|generated stuff"),
    "vendored code": (_VENDORED, "vendored code|vendor code|vendored files|vendored libraries|vendored libs|vendor folder|vendor directory|third-party code|third party code|node_modules|vendored deps|vendored dependencies"),
    "secrets": (_SECRETS, "secret|secrets|credential|credentials|keys|private keys|api keys|secret files|secrets file|passwords|tokens|certificates|certs"),
    "env files": (_ENV, "env file|env files|env|dotenv|dotenv files|environment files|environment file|dotenv file"),
    "Docker files": (_DOCKER, "docker files|dockerfiles|docker|docker config|docker setup|docker image|docker images|docker compose|compose file|compose files|docker configuration|containers|container config|docker-compose|docker stuff"),
    "infrastructure": (_INFRASTRUCTURE, "infrastructure|infra|terraform|terraform files|terraform code|terraform state|helm charts|helm chart|k8s manifests|kubernetes manifests|infra code|infrastructure code|ansible playbooks|iac|deployment config"
                       "|deployment manifests|deployment files|deploy config|terraform config|infra config|infra files|k8s config|kubernetes config"),
    "schema": (_SCHEMA + _MIGRATIONS, "schema|schemas|db schema|database schema|schema files|schema file|sql schema|table structure|table definitions|prisma schema|data model|tables"),
    "public API": (_API, "api|apis|public api|public apis|rest api|http api|api contract|api contracts|public interface|public interfaces|public endpoints|endpoints|api surface|external api|api schema|openapi spec|api spec|wire format|wire protocol"
                   "|graphql schema|public signatures|function signatures|public methods|public functions|method signatures|signatures|api routes|routes|exported functions|exported symbols|exports|interfaces|interface"),
    "fixtures": (_FIXTURES, "fixture|fixtures|test fixtures|test data|fixture files|testdata|golden files"),
    "snapshots": (_SNAPSHOTS, "snapshot|snapshots|snapshot files|test snapshots"),
    "license": (_LICENSE, "license|licence|license file|licence file|license headers|license header|copyright headers|copyright header|licenses"),
    "config": (_CONFIG, "config|configs|configuration|config files|config file|configuration files|configuration file|configurations|production config|prod config|production configuration|prod configs"),
    "settings": (_SETTINGS, "settings|settings file|settings files"),
    "styles": (_STYLES, "css|styles|stylesheets|styling|stylesheet|css files|scss"),
    "lint config": (_LINT, "lint config|linter config|lint rules|linter configuration|eslint config|eslint rules|linting rules|lint configuration|prettier config|formatter config|linter settings|linter rules|lint settings"),
    "build config": (_BUILD, "build config|build files|build scripts|build script|build system|build configuration|webpack config|makefile|makefiles|tsconfig|build setup|build"),
    "translations": (_LOCALES, "translations|locales|locale files|i18n|i18n files|translation files|language files|localization files|localisation files|strings"),
    "assets": (_ASSETS, "assets|static assets|images|static files"),
    "types": (_TYPES, "type definitions|types|typings|type declarations"),
    "changelog": (_CHANGELOG, "changelog|change log|release notes"),
    "readme": (_README, "readme|readmes|readme file"),
    "seeds": (_SEEDS, "seed|seeds|seed data|seed files|seed script|seed scripts"),
    "scripts": (_SCRIPTS, "scripts|helper scripts|deploy scripts|deployment scripts"),
    "git hooks": (_HOOKS, "git hooks|pre-commit hooks|hooks|pre-commit config|pre-commit hook"),
    "protobuf": (_PROTO, "proto files|protobuf files|protobufs|protos|protobuf definitions|proto definitions|protobuf"),
}
AREAS = {name: globs for name, (globs, _) in _NAMED.items()}
_BY_WORD = {word: name for name, (_, words) in _NAMED.items() for word in (*words.split("|"), name.lower())}


def area_of(words: str) -> str:
    """The name of the well-known area that these words mean, or ""."""
    plain = " ".join(words.lower().split())
    return _BY_WORD.get(plain) or _BY_WORD.get(plain.replace("-", " ")) or ""


def globs_of(area: str) -> "tuple[str, ...]":
    """The globs of an area, in any of its wordings ("the unit tests"). For another name, what carries it: folders and files of that name."""
    plain = " ".join(word for word in area.lower().split() if word not in ("the", "our", "my", "your", "any", "all", "of", "a", "an", "existing", "these", "those", "current"))
    if known := area_of(plain) or area_of(plain.removesuffix(" files").removesuffix(" code").removesuffix(" folder").removesuffix(" directory")):
        return AREAS[known]
    core = [word for word in plain.split() if word not in _GENERIC and all(c.isalnum() or c in "_-" for c in word)]
    if plain in _NO_FILES:
        return ()
    if not core or len(core) > 3 or len("".join(core)) < 3:
        return ()
    names = {"-".join(core), "_".join(core), "".join(core)}
    return tuple(glob for name in sorted(names) for glob in (f"**/{name}/**", f"**/{name}.*"))


# What is something else than the files that may carry its name: "do not touch the database" is about the data.
_NO_FILES = frozenset("database databases db server servers production prod staging cluster network environment machine host browser queue cache bucket account accounts system systems user users data internet cloud".split())
_GENERIC = frozenset("module modules package component components service services layer code file files folder folders directory directories part parts stuff section system subsystem app application logic class classes"
                     " function functions flow screen page pages related everything anything repo repository tree implementation in for under".split())


def is_quality(area: str) -> bool:
    """Whether it is a quality of many files ("the public API", "formatting"): forbidding its change forbids no single act on a file."""
    plain = area.lower().strip()
    return area_of(plain) == "public API" or bool(plain) and plain.split()[-1] in _QUALITIES


_QUALITIES = frozenset("""behaviour behavior formatting whitespace indentation comments imports history order format signature signatures interface interfaces contract semantics layout design look messages names name
    functionality logic flow output outputs style api apis endings versions version function functions method methods exports types number numbers endpoint endpoints compatibility performance structure architecture wording
    text texts routes strings ui abi headers header behaviors""".split())
