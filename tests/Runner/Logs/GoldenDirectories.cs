using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using Testbed.Tests.Shared;

namespace Testbed.Tests.Runner.Logs;

/// <summary>
/// The log directories of Kafka that the tests of the log's formats have, unpacked for the commands to read.
/// </summary>
public sealed class GoldenDirectories : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("testbed-golden-");

    public GoldenDirectories()
    {
        var packed = Path.Combine(
            RepositoryFolder.Root, "tests", "Engine", "Log", "Formats", "Golden", "logs.tar.gz");
        using var archive = new TarReader(new GZipStream(File.OpenRead(packed), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            var path = PathOf(entry.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: false);
        }
    }

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
