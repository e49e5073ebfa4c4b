namespace Testbed.Tests.Interop;

/// <summary>A header of a record. A null value is not an empty one.</summary>
internal sealed record ExchangeHeader(string Name, byte[]? Value);
