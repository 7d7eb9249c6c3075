"""A group of commands that imports the module of a command only when that command is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from aftersign.cli.company import start
from aftersign.kernel.shell.headroom import with_headroom


class LazyGroup(click.Group):
    """Commands by name as `module:attribute`, beside those that are added in the usual way.

    A command whose module is not there is unknown; it takes no other command with it. For the commands of the company
    Django is started before their modules are imported.
    """

    def __init__(
        self, *args: object, lazy: Mapping[str, str], company: Mapping[str, str] | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._company = dict(company or {})
        self._lazy = {**lazy, **self._company}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted({*super().list_commands(ctx), *self._lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None when there is none."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        if cmd_name in self._company:
            start()
        module, _, attribute = self._lazy[cmd_name].partition(":")
        try:
            command = getattr(import_module(module), attribute, None)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return None
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, with headroom for the calls that it makes."""
        return with_headroom(super().invoke)(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the commands do; only their names where the installation cannot start."""
        try:
            super().format_commands(ctx, formatter)
        except click.ClickException as error:
            with formatter.section("Commands"):
                formatter.write_dl([(name, "") for name in self.list_commands(ctx)])
            formatter.write_paragraph()
            formatter.write_text(error.format_message())
