using System;

namespace FsCheck.Xunit;

/// <summary>
/// A property does not hold. The message has the case, the smallest one found, and how to replay it.
/// </summary>
public sealed class PropertyFailedException(string message, Exception? inner) : Exception(message, inner);
