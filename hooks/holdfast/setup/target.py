"""Where an installation goes: the client's configuration folder or a project, and the home of the state it uses."""

import os
import shlex
from collections.abc import Mapping
from typing import NamedTuple

from holdfast.kernel.store import NoHome, config_folder, home_folder
from holdfast.setup.registration import pack_word
from holdfast.setup.trouble import Trouble


class Target(NamedTuple):
    """scope: user or project.  folder: CONFIG or DIR/.claude.  home: the folder of all state."""

    scope: str
    folder: str
    home: str

    @property
    def settings(self) -> str:
        return self.folder + "/settings.json"

    @property
    def own(self) -> str:
        """Our folder next to the settings."""
        return self.folder + "/holdfast"

    @property
    def pack(self) -> str:
        """The link that the registration names."""
        return self.own + "/pack"

    @property
    def pack_word(self) -> str:
        """The pack as the registered command names it."""
        return pack_word(self.pack, self.scope)

    @property
    def words(self) -> str:
        """The words for install.py that mean this target."""
        return "--user" if self.scope == "user" else f"--project {shlex.quote(os.path.dirname(self.folder))}"


def target_of(project: str | None, env: Mapping[str, str]) -> Target:
    """The target for `--project DIR`, or for the user. Raises Trouble."""
    try:
        # CLAUDE_PLUGIN_DATA belongs to a plugin; hooks from settings do not get it.
        given = {name: value for name, value in env.items() if name != "CLAUDE_PLUGIN_DATA"}
        config, home = os.path.abspath(config_folder(given)), os.path.abspath(home_folder(given))
    except NoHome as missing:
        raise Trouble(str(missing)) from None
    if project is None:
        return Target("user", config, home)
    folder = os.path.abspath(os.path.expanduser(project))
    if not os.path.isdir(folder):
        raise Trouble(f"{project} is not a folder. Give the project's folder: install.py --project DIR")
    if os.path.realpath(folder + "/.claude") == os.path.realpath(config):
        return Target("user", config, home)
    return Target("project", folder + "/.claude", home)


def make_target_folder(target: Target) -> list[str]:
    """Create the folders that ours go into; returns those that were missing, outermost first. Raises Trouble."""
    made = []
    for wanted, mode in ((target.folder, 0o700 if target.scope == "user" else 0o777), (os.path.dirname(target.home), 0o700)):
        missing, at = [], wanted
        while not os.path.isdir(at):
            missing.append(at)
            at = os.path.dirname(at)
        for folder in reversed(missing):
            try:
                os.mkdir(folder, mode)
            except FileExistsError:
                if not os.path.isdir(folder):
                    raise Trouble(f"{folder} is not a folder. Move it away, then run this again.") from None
                continue  # another installation was faster
            except OSError as bad:
                raise Trouble(f"{folder} cannot be created: {bad.strerror}. Create it yourself, then run this again.") from None
            made.append(folder)
    return made
