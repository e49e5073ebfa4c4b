using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Compares what a log says of itself, without reading anything, with the model.</summary>
internal static class LogComparison
{
    /// <summary>Throws the first difference.</summary>
    public static void Compare(PartitionLog log, ModelLog model)
    {
        Same("start offset", model.Start, log.StartOffset);
        Same("end offset", model.End, log.EndOffset);
        Same("written end", model.Written, log.WrittenEnd);
        if (log.RecoveryPoint > log.WrittenEnd || log.WrittenEnd > log.EndOffset)
        {
            throw new LogPromiseBrokenException(
                $"recovery point {log.RecoveryPoint}, written {log.WrittenEnd}, end {log.EndOffset}");
        }
        if (model.ProblemOfEpochs(Epochs(log)) is { } problem)
        {
            throw new LogPromiseBrokenException(problem);
        }
        CompareProducers(log.Producers, model.Producers);
    }

    public static List<(LeaderEpoch Epoch, Offset Start)> Epochs(PartitionLog log) =>
        [.. log.Epochs.Starts.Select(static start => (start.Epoch, start.Start))];

    /// <summary>What a log says of its producers.</summary>
    public static List<ModelKnown> Known(ProducerStates log) => [.. log.All.Select(Known)];

    /// <summary>
    /// The last stable offset; what was ended before the log was opened may be told as decided.
    /// </summary>
    public static void CompareStable(
        ProducerStates log, ModelLog model, Offset highWatermark, bool isWholeLifeKnown)
    {
        var stable = log.LastStableOffset(highWatermark);
        var exact = model.Producers.LastStable(highWatermark);
        var least = isWholeLifeKnown
            ? exact
            : Offset.Min(exact, model.History.Producers.LastStable(highWatermark));
        var most = isWholeLifeKnown
            ? exact
            : Offset.Min(highWatermark, model.Producers.FirstOpen ?? highWatermark);
        if (stable < least || stable > most)
        {
            throw new LogPromiseBrokenException(
                $"the last stable offset at {highWatermark} is {stable}, not {least} to {most}");
        }
    }

    public static void CompareVerdict(PartitionLog log, ModelProducers model, ModelStamp stamp)
    {
        var verdict = log.CanAppend(
            new SequencedBatch(stamp.Id, stamp.Epoch, stamp.FirstSequence, stamp.LastSequence));
        var expected = model.Judge(stamp);
        Same($"verdict on {stamp}", expected.Kind.ToString(), verdict.Kind.ToString());
        if (expected.Known is { } known)
        {
            Same($"known offset of {stamp}", known, verdict.Known.BaseOffset);
        }
    }

    public static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new LogPromiseBrokenException($"{what} is {actual}, not {expected}");
        }
    }

    private static void CompareProducers(ProducerStates log, ModelProducers model)
    {
        var expected = model.All.Select(Text).ToList();
        var actual = log.All.Select(Text).ToList();
        Same("producers", string.Join("; ", expected), string.Join("; ", actual));
        Same("first open transaction", model.FirstOpen, log.FirstOpenTransaction);
    }

    private static ModelKnown Known(ProducerState state) => new(
        state.Id,
        state.Epoch,
        state.CoordinatorEpoch,
        state.CurrentTransactionStart,
        state.LastTimestampMs,
        [.. Enumerable.Range(0, state.BatchCount).Select(state.BatchAt).Select(Sent)]);

    private static ModelSent Sent(RecentBatch batch) => new(
        batch.FirstSequence, batch.LastSequence, batch.BaseOffset, batch.EndOffset, batch.TimestampMs);

    private static string Text(ModelProducer producer) =>
        $"{producer.Id} epoch {producer.Epoch} coordinator {producer.CoordinatorEpoch} "
        + $"open {producer.OpenSince} at {producer.LastTimestampMs} batches "
        + string.Join(" ", producer.Last.Select(batch =>
            $"{batch.FirstSequence}-{batch.LastSequence}"
            + $"@{batch.BaseOffset}-{batch.EndOffset}/{batch.TimestampMs}"));

    private static string Text(ProducerState producer) =>
        $"{producer.Id} epoch {producer.Epoch} coordinator {producer.CoordinatorEpoch} "
        + $"open {producer.CurrentTransactionStart} at {producer.LastTimestampMs} batches "
        + string.Join(" ", Enumerable.Range(0, producer.BatchCount).Select(producer.BatchAt).Select(batch =>
            $"{batch.FirstSequence}-{batch.LastSequence}"
            + $"@{batch.BaseOffset}-{batch.EndOffset}/{batch.TimestampMs}"));
}
