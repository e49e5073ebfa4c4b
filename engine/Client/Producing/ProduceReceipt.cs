using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>The result of one record, for a workflow that waits for it.</summary>
internal sealed class ProduceReceipt(IShard shard) : IProduceListener
{
    public EngineOp<ProduceResult> Done { get; } = new(shard);

    public void OnProduced(long token, in ProduceResult result) => Done.Complete(result);
}
