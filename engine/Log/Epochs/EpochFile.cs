using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Keeps a log's leader-epoch-checkpoint. It may lag behind: the epochs of what recovery examines are found
/// in the batches, and an epoch without records is assigned anew by whoever wins it. So it is brought up to
/// date before the recovery point passes a new epoch's first record.
/// </summary>
internal sealed class EpochFile(LogStore store, LeaderEpochs epochs, IReadOnlyList<EpochStart> saved)
{
    private IReadOnlyList<EpochStart> _saved = saved;

    /// <summary>Makes the epochs of all records below <paramref name="end"/> durable.</summary>
    public EngineTask<IoStatus> Save(Offset end) => IsSaved(end) ? Done() : Write();

    /// <summary>Makes all epochs durable as they are.</summary>
    public async EngineTask<IoStatus> Write()
    {
        var starts = epochs.Starts.ToList();
        var path = store.PathOf(LeaderEpochCheckpoint.FileName);
        var status = await AtomicText.Write(store.Disk, path, LeaderEpochCheckpoint.Format(epochs));
        if (status == IoStatus.Ok)
        {
            _saved = starts;
        }
        return status;
    }

    private bool IsSaved(Offset end) => epochs.Starts.TakeWhile(start => start.Start < end)
        .SequenceEqual(_saved.TakeWhile(start => start.Start < end));

    private static async EngineTask<IoStatus> Done() => IoStatus.Ok;
}
