using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>
/// A golden partition's directory in memory, to be damaged and inspected. Windows onto the segments are as
/// small as the inspection lets them be.
/// </summary>
internal sealed class InspectedFolder : ISnapshotSource
{
    private const int NameDigits = 20;

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public InspectedFolder(string folder)
    {
        foreach (var file in GoldenLogs.Files.Where(file => file.Folder == folder))
        {
            _files.Add(file.Name, file.Bytes.ToArray());
        }
    }

    public bool IsClosedCleanly { get; init; } = true;

    public byte[] this[string name]
    {
        get => _files[name];
        set => _files[name] = value;
    }

    public IReadOnlyList<Offset> Offsets => With(".snapshot").ConvertAll(OffsetOf);

    public void Remove(string name) => _files.Remove(name);

    /// <summary>A change of one byte.</summary>
    public void Flip(string name, int at) => _files[name][at] ^= 0x5a;

    public FindingList Inspect()
    {
        var findings = new FindingList();
        var scratch = new ByteBuffer(new BufferPool(1 << 20, poison: true));
        var check = new PartitionCheck(IsClosedCleanly, cleanedEnd: null, this, findings, scratch);
        if (_files.TryGetValue(LeaderEpochCheckpoint.FileName, out var epochs))
        {
            check.UseEpochs(LeaderEpochCheckpoint.FileName, Encoding.UTF8.GetString(epochs));
        }
        var segments = With(".log");
        foreach (var name in segments)
        {
            var inputs = new SegmentInputs(
                name[..NameDigits],
                OffsetOf(name),
                _files[name].Length,
                name == segments[^1],
                Beside(name, ".index"),
                Beside(name, ".timeindex"));
            var segment = check.Begin(inputs);
            Walk(_files[name], segment);
            check.FinishSegment(inputs, Beside(name, ".txnindex"));
        }
        check.Finish();
        return findings;
    }

    public string NameOf(Offset offset) => $"{offset.Value:D20}.snapshot";

    public ReadOnlyMemory<byte>? Read(Offset offset) =>
        _files.TryGetValue(NameOf(offset), out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);

    private static void Walk(byte[] file, SegmentCheck segment)
    {
        var needed = 0;
        WalkStep step;
        do
        {
            step = segment.Next(file.AsSpan((int)segment.Position, needed));
            needed = step.Kind == WalkKind.NeedMore ? step.SizeBytes : 0;
        }
        while (step.Kind != WalkKind.End);
    }

    private ReadOnlyMemory<byte>? Beside(string name, string suffix) =>
        _files.TryGetValue(name[..NameDigits] + suffix, out var bytes)
            ? bytes
            : default(ReadOnlyMemory<byte>?);

    private List<string> With(string suffix) =>
        _files.Keys.Where(name => name.Length == NameDigits + suffix.Length && name.EndsWith(suffix))
            .ToList();

    private static Offset OffsetOf(string name) => new(long.Parse(name.AsSpan(0, NameDigits)));
}
