using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Compares what a log decides about batches that may come, and what is stable. Owns how far the replicas
/// are: the high watermark.
/// </summary>
internal sealed class LogDecisions(LogMachine machine, ModelLog model)
{
    private Offset _highWatermark;

    private PartitionLog Log => machine.Log;

    /// <summary>The replicas come on; the high watermark is nowhere above what is written.</summary>
    public Offset Advance(Prng chance)
    {
        _highWatermark = Offset.Min(_highWatermark, model.Written);
        _highWatermark += chance.Below(model.Written - _highWatermark + 1);
        Log.Producers.OnHighWatermark(_highWatermark);
        return _highWatermark;
    }

    /// <summary>Every replica has all that is written.</summary>
    public void CatchUp() => _highWatermark = model.Written;

    /// <summary>The node has crashed.</summary>
    public void Forget() => _highWatermark = Offset.Zero;

    public void Compare(Prng chance, bool isWholeLifeKnown)
    {
        var producers = model.Producers;
        var id = new ProducerId(1 + chance.Below(LogAppends.ProducersCount));
        var next = BatchMaker.Next(chance, producers, id, 1 + chance.Below(2), false, chance.Chance(1, 6));
        LogComparison.CompareVerdict(Log, producers, next);
        LogComparison.CompareVerdict(
            Log, producers, next with { FirstSequence = 1 + chance.Below(3), LastSequence = 5 });
        foreach (var known in producers.Find(id)?.Last ?? [])
        {
            LogComparison.CompareVerdict(Log, producers, next with
            {
                Epoch = producers.Find(id)!.Epoch,
                FirstSequence = known.FirstSequence,
                LastSequence = known.LastSequence,
            });
        }
        LogComparison.CompareStable(Log.Producers, model, Advance(chance), isWholeLifeKnown);
    }
}
