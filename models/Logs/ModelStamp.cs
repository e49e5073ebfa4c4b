using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>What a batch says of its producer (KIP-98); sequences are of its first and last record.</summary>
public sealed record ModelStamp(
    ProducerId Id, short Epoch, int FirstSequence, int LastSequence, bool IsTransactional);
