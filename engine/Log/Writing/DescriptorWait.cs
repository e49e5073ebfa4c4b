using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Waits for a free descriptor, so long and no longer (<see cref="Limits.SegmentRetriesMax"/>). A step that
/// found none has done nothing, or nothing that doing it again would harm: trying again hides no loss.
/// </summary>
internal sealed class DescriptorWait(IShard shard)
{
    public async EngineTask<T> Retry<T>(Func<EngineTask<T>> step, Func<T, IoStatus> statusOf)
    {
        var result = await step();
        for (var i = 0; statusOf(result) == IoStatus.TooManyOpen && i < Limits.SegmentRetriesMax; i++)
        {
            shard.Trace.Mark("segment-waits-for-descriptors");
            await shard.Delay(Limits.SegmentRetryPauseMs);
            result = await step();
        }
        return result;
    }

    public EngineTask<IoStatus> Retry(Func<EngineTask<IoStatus>> step) =>
        Retry(step, static status => status);
}
