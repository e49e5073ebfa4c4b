using System;

namespace Testbed.Tests.Interop;

/// <summary>A client did not do what it should: the command, its end, and what everybody said last.</summary>
public sealed class ClientFailedException(string message) : Exception(message);
