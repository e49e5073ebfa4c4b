namespace Testbed.Client;

/// <summary>
/// A time that comes for a batch: it has lingered enough, or its delivery has taken too long.
/// </summary>
internal readonly record struct ProducerAlarm(ProducerBatch Batch, bool IsLinger);
