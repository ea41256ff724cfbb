"""What is wrong with how a command was called, in Swedish and without what was written: that may be a note.

Typer's own messages quote it: `ordbro suggest Anna föll i hallen`, without quotation marks, would put a note on
standard error, and from there into whatever collects it.
"""

from typing import Any, Final

import typer

_UNKNOWN: Final = "Kommandot finns inte, eller så är orden för många. Sätt en text med mellanslag inom citattecken."


def told(fault: Any) -> str:
    """The message for one of typer's usage errors: the problem, and the command that gives help. Where a command was
    called with nothing, the help itself.
    """
    if type(fault).__name__ == "NoArgsIsHelpError":
        return str(fault.message)
    where = fault.ctx.command_path if getattr(fault, "ctx", None) else "ordbro"
    return f"ordbro: {_problem(fault)} Hjälp: {where} --help"


def _problem(fault: Any) -> str:
    """The kinds are told apart by what they hold: typer makes only `BadParameter` public."""
    if hasattr(fault, "possibilities"):
        return "Alternativet finns inte."
    if hasattr(fault, "option_name"):
        return f"{fault.option_name}: värdet saknas, eller hör inte dit."
    parameter = getattr(fault, "param", None)
    if parameter is None:
        return str(fault.message) if isinstance(fault, typer.BadParameter) else _UNKNOWN
    name = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar or parameter.opts[0]
    return f"{name} saknas." if hasattr(fault, "param_type") else f"{name}: värdet kan inte användas."
