using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>
/// Batches that Kafka wrote or refused, with its verdicts: from the folder that the variable GOLDEN names,
/// else from shared/golden beside the repository, else from the copy in this assembly.
/// </summary>
public static class GoldenFolder
{
    private const string Copy = "Wire/Records/batches.tar.gz";

    /// <summary>All files of the folder batches by name, in ordinal order.</summary>
    public static SortedDictionary<string, byte[]> ReadBatches()
    {
        var files = Find() is { } folder ? FromFolder(folder) : FromCopy();
        return new SortedDictionary<string, byte[]>(files, StringComparer.Ordinal);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GOLDEN") is { Length: > 0 } named)
        {
            // named and absent is an error, not a reason for the copy
            return Path.Combine(named, "batches");
        }
        var repository = new DirectoryInfo(AppContext.BaseDirectory);
        while (repository is not null && !File.Exists(Path.Combine(repository.FullName, "Testbed.sln")))
        {
            repository = repository.Parent;
        }
        if (repository?.Parent is null)
        {
            return null;
        }
        var beside = Path.Combine(repository.Parent.FullName, "shared", "golden", "batches");
        return Directory.Exists(beside) ? beside : null;
    }

    private static Dictionary<string, byte[]> FromFolder(string folder) =>
        Directory.GetFiles(folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    private static Dictionary<string, byte[]> FromCopy()
    {
        using var packed = typeof(GoldenFolder).Assembly.GetManifestResourceStream(Copy)!;
        using var tar = new TarReader(new GZipStream(packed, CompressionMode.Decompress));
        var files = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content)
            {
                var bytes = new byte[entry.Length];
                content.ReadExactly(bytes);
                files.Add(Path.GetFileName(entry.Name), bytes);
            }
        }
        return files;
    }
}
