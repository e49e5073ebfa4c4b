using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>An operation that ends with a status and a count of bytes.</summary>
internal abstract class PlainOperation(SimShard shard, SimDisk disk, DiskRequest request)
    : DiskOperation(shard, disk, request)
{
    public EngineOp<IoResult> Result { get; } = new(shard);

    /// <summary>Bytes read; stays 0 for operations that read none.</summary>
    protected int Count { get; set; }

    public override void Complete(IoStatus status) =>
        Result.Complete(new IoResult(status, status == IoStatus.Ok ? Count : 0));
}
