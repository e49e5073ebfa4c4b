using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Interop;

/// <summary>The files of a partition's segments, by name.</summary>
internal sealed class SegmentFolder
{
    private static readonly string[] Kinds = [".log", ".index", ".timeindex", ".txnindex"];

    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Bases of the segments; the last is active.</summary>
    public IReadOnlyList<long> Bases => [.. Files.Keys.Where(static name => name.EndsWith(".log"))
        .Select(static name => long.Parse(name[..20], CultureInfo.InvariantCulture))];

    /// <summary>The active segment's indexes are left out: Kafka makes room in them beforehand.</summary>
    public static SegmentFolder Read(string path)
    {
        var folder = new SegmentFolder();
        foreach (var file in Directory.GetFiles(path).Where(file => Kinds.Contains(Path.GetExtension(file))))
        {
            folder.Files[Path.GetFileName(file)] = File.ReadAllBytes(file);
        }
        folder.Files.Remove(NameOf(folder.Bases[^1], ".index"));
        folder.Files.Remove(NameOf(folder.Bases[^1], ".timeindex"));
        return folder;
    }

    /// <summary>Empty when there is no such file.</summary>
    public byte[] Content(long segmentBase, string kind) =>
        Files.GetValueOrDefault(NameOf(segmentBase, kind), []);

    private static string NameOf(long segmentBase, string kind) =>
        segmentBase.ToString("D20", CultureInfo.InvariantCulture) + kind;
}
