"""The command line as a test calls it."""

from inspect import signature

from click.testing import CliRunner

from pilotzones.cli import main


def invoke(*arguments):
    # before click 8.2 a runner puts both outputs into one unless it is asked not to
    apart = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}
    return CliRunner(**apart).invoke(main, [str(argument) for argument in arguments])


def run(*arguments, status=0):
    result = invoke(*arguments)
    assert result.exit_code == status, result.output
    return result
