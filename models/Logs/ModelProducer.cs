using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// One producer as the batches of a log tell of it: its newest epoch, the last five batches of that epoch and
/// its open transaction.
/// </summary>
public sealed class ModelProducer(ProducerId id)
{
    private const int Remembered = 5;
    private readonly List<ModelSent> _last = [];

    public ProducerId Id { get; } = id;

    public short Epoch { get; private set; } = -1;

    /// <summary>Of its last marker's coordinator; -1 before the first.</summary>
    public int CoordinatorEpoch { get; private set; } = -1;

    /// <summary>First offset of the open transaction.</summary>
    public Offset? OpenSince { get; private set; }

    public long LastTimestampMs { get; private set; } = -1;

    /// <summary>At most five, oldest first.</summary>
    public IReadOnlyList<ModelSent> Last => _last;

    /// <summary>As a log tells that has lost some of its batches.</summary>
    public static ModelProducer Of(ModelKnown known)
    {
        var producer = new ModelProducer(known.Id)
        {
            Epoch = known.Epoch,
            CoordinatorEpoch = known.CoordinatorEpoch,
            OpenSince = known.OpenSince,
            LastTimestampMs = known.LastTimestampMs,
        };
        producer._last.AddRange(known.Last);
        return producer;
    }

    public void OnData(ModelBatch batch)
    {
        BecomeOf(batch);
        _last.Add(ModelSent.Of(batch));
        if (_last.Count > Remembered)
        {
            _last.RemoveAt(0);
        }
        if (batch.Stamp!.IsTransactional)
        {
            OpenSince ??= batch.BaseOffset;
        }
    }

    public void OnMarker(ModelBatch batch)
    {
        BecomeOf(batch);
        CoordinatorEpoch = batch.Marker!.CoordinatorEpoch;
        OpenSince = null;
    }

    /// <summary>Whether a batch may come next.</summary>
    public ModelVerdict Judge(ModelStamp stamp)
    {
        if (stamp.Epoch < Epoch)
        {
            return new ModelVerdict(ModelVerdictKind.StaleEpoch);
        }
        if (stamp.Epoch == Epoch && _last.Find(batch => IsSame(batch, stamp)) is { } known)
        {
            return new ModelVerdict(ModelVerdictKind.Duplicate, known.BaseOffset);
        }
        var expected = stamp.Epoch > Epoch || _last.Count == 0
            ? 0
            : Following(_last.Last().LastSequence);
        return new ModelVerdict(
            stamp.FirstSequence == expected ? ModelVerdictKind.Append : ModelVerdictKind.OutOfOrder);
    }

    /// <summary>Sequences wrap from the largest int to 0 (KAFKA-7692).</summary>
    public static int Following(int sequence) => sequence == int.MaxValue ? 0 : sequence + 1;

    private void BecomeOf(ModelBatch batch)
    {
        if (batch.Stamp!.Epoch != Epoch)
        {
            Epoch = batch.Stamp.Epoch;
            _last.Clear();
        }
        LastTimestampMs = batch.MaxTimestampMs;
    }

    private static bool IsSame(ModelSent one, ModelStamp other) =>
        one.FirstSequence == other.FirstSequence && one.LastSequence == other.LastSequence;
}
