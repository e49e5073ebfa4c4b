using System;

namespace Testbed.Runner;

/// <summary>
/// A command cannot do what it was asked to do. The message is for its user: what went wrong, and what helps.
/// Ends the program with <see cref="ExitCode.Failed"/>.
/// </summary>
public sealed class CommandException(string message) : Exception(message);
