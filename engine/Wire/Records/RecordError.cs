namespace Testbed.Wire.Records;

/// <summary>
/// Why one record was refused: its index in the batch and a text for the producer (KIP-467).
/// </summary>
public readonly record struct RecordError(int BatchIndex, string Message);
