using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Lets a log delete its oldest segments under drawn settings. The model asks for the segments' borders, and
/// says how many must go.
/// </summary>
internal sealed class LogRetentions(LogMachine machine, ModelLog model)
{
    private EngineTask<int>? _running;
    private List<Offset> _bases = [];    // when it began
    private Offset? _expected;           // the first base afterwards; null when that cannot be known

    /// <summary>The high watermark that the log is told; a mutant of a test tells another.</summary>
    public Func<Offset, Offset> Told { get; set; } = static highWatermark => highWatermark;

    private PartitionLog Log => machine.Log;

    /// <summary>Begins one, with whatever is still being written; no compaction runs.</summary>
    public void Begin(Prng chance, Offset highWatermark)
    {
        _bases = [.. machine.SegmentBases().Select(static at => new Offset(at))];
        if (_bases.Count == 0)
        {
            return;
        }
        var rule = Draw(chance, highWatermark);
        var written = model.Batches.Where(batch => batch.EndOffset <= model.Written).ToList();
        var segments = ModelSegment.Of(written, _bases, Offset.Max(model.Written, _bases[^1]));
        _expected = model.Written == model.End ? rule.BaseOf(segments, model.Start) : null;
        model.BeginRetention(_expected ?? Offset.Max(highWatermark, model.Base));
        Log.Apply(machine.Settings with
        {
            IsDeleted = rule.DeletesByPolicy,
            RetentionMs = rule.RetentionMs,
            RetentionBytes = rule.RetentionBytes,
        });
        _running = Log.DeleteOldSegments(Told(highWatermark), rule.NowMs);
    }

    /// <summary>Waits for the end and has what is left judged.</summary>
    public void End()
    {
        if (_running is not { } running)
        {
            return;
        }
        machine.Run(() => running.IsCompleted);
        _running = null;
        Log.Apply(machine.Settings);
        var left = machine.SegmentBases();
        var found = new Offset(left.Min);
        if (model.EndRetention(found) is { } problem)
        {
            throw new LogPromiseBrokenException(problem);
        }
        LogComparison.Same("first segment after retention", _expected ?? found, found);
        var gone = _bases.Count(old => !left.Contains(old.Value));
        LogComparison.Same("number of deleted segments", gone, running.GetAwaiter().GetResult());
        if (gone > 0 && machine.Settings.FileDeleteDelayMs > 1_000)
        {
            JudgeDoomed();
        }
    }

    /// <summary>The node has crashed.</summary>
    public void Forget() => _running = null;

    /// <summary>They stay for a while: whoever has opened them by name reads on.</summary>
    private void JudgeDoomed()
    {
        var path = $"{LogMachine.Directory}/{LogFileNames.Segment(_bases[0])}{LogFileNames.DeletedSuffix}";
        LogComparison.Same($"whether {path} is there", true, machine.Device.FilePaths().Contains(path));
    }

    private ModelRetention Draw(Prng chance, Offset highWatermark)
    {
        var now = 1_000_000L;
        var times = model.Batches.Select(static batch => batch.MaxTimestampMs).Append(1_000).ToList();
        var retentionMs = now - times[chance.Below(times.Count)] + chance.Below(3) - 1;
        var sizeBytes = model.Batches.Sum(static batch => batch.Bytes.Length);
        return new ModelRetention(
            chance.Chance(7, 8),
            chance.Chance(1, 2) ? retentionMs : -1,
            chance.Chance(1, 2) ? chance.Below(Math.Max(sizeBytes, 1)) : -1,
            highWatermark,
            now);
    }
}
