namespace Testbed.Foundation;

/// <summary>An open file of a log directory. Only the disk that opened it can work on it.</summary>
public interface IFile
{
    /// <summary>Path inside its log directory, with '/' between the parts.</summary>
    string Path { get; }

    /// <summary>Bytes that completed writes have left in the file.</summary>
    long Length { get; }
}

/// <summary>
/// <paramref name="Count"/> bytes of <paramref name="File"/> from <paramref name="Offset"/>: sent to a
/// connection without passing through the engine (sendfile(2) in the real world).
/// </summary>
public readonly record struct FileRange(IFile File, long Offset, int Count);
