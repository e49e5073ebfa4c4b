namespace Testbed.Foundation;

/// <summary>A timer set on a shard; default is none.</summary>
public readonly record struct TimerId(int Slot, int Version);
