using System;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// An operation that runs on the disk's thread and completes on the shard. <c>execute</c> runs on the disk's
/// thread and answers for the device's failures itself; <c>finish</c> runs on the shard just before the
/// operation completes.
/// </summary>
internal sealed class DiskJob<T>(ShardHost shard, EngineOp<T> op, Func<T> execute, Action<T>? finish)
    : IDiskJob, IWork
{
    private T _result = default!;

    public void Execute()
    {
        _result = execute();
        shard.Post(this, 0);
    }

    public void Run(long token)
    {
        finish?.Invoke(_result);
        op.Complete(_result);
    }
}
