using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>The log directories of Kafka 4.3.1 that lie packed in the test assembly.</summary>
public static class GoldenLogs
{
    private static readonly SortedDictionary<string, GoldenLogFile> ByPath = Unpack();

    /// <summary>Every file of a partition's directory, in ordinal order of paths.</summary>
    public static IEnumerable<GoldenLogFile> Files => ByPath.Values;

    public static IEnumerable<GoldenLogFile> Segments => Files.Where(static file => file.IsSegment);

    public static GoldenLogFile? Find(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>Files with a name of an offset and this suffix.</summary>
    public static IEnumerable<GoldenLogFile> With(string suffix) => Files.Where(file => file.Has(suffix));

    private static SortedDictionary<string, GoldenLogFile> Unpack()
    {
        using var packed = typeof(GoldenLogs).Assembly.GetManifestResourceStream("Log/logs.tar.gz")!;
        using var archive = new TarReader(new GZipStream(packed, CompressionMode.Decompress));
        var files = new SortedDictionary<string, GoldenLogFile>(StringComparer.Ordinal);
        while (archive.GetNextEntry() is { } entry)
        {
            var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            var slash = entry.Name.LastIndexOf('/');
            files.Add(
                entry.Name,
                new GoldenLogFile(entry.Name[..slash], entry.Name[(slash + 1)..], content.ToArray()));
        }
        return files;
    }
}
