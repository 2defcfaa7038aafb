"""Refuses an option that is given twice where it counts once: of two values one would be passed over unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperOption

if TYPE_CHECKING:
    from typer import Context


class Once(TyperCommand):
    """A command whose options count once, save those that are lists."""

    # The library's own context, of which this is the public name.
    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the words, and refuse one option twice."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for param in order:
            if isinstance(param, TyperOption) and not (param.multiple or param.is_flag) and order.count(param) > 1:
                ctx.fail(f"{param.opts[0]} is given {order.count(param)} times, and counts once.")
        return super().parse_args(ctx, args)
