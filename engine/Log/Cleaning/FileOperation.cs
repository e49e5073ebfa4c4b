namespace Testbed.Log;

/// <summary>One step in a partition's directory.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">To which file; empty for the directory.</param>
/// <param name="To">Its new name, where it gets one; empty otherwise.</param>
/// <param name="MayBeMissing">It is no failure that there is no such file.</param>
public readonly record struct FileOperation(
    FileOperationKind Kind, string Name, string To, bool MayBeMissing)
{
    public static FileOperation SyncNames { get; } = new(FileOperationKind.SyncNames, "", "", false);

    public static FileOperation Delete(PartitionFile file) =>
        new(FileOperationKind.Delete, file.Name, "", MayBeMissing: true);

    public static FileOperation Move(PartitionFile file, PartitionFileStage to, bool mayBeMissing = false) =>
        new(FileOperationKind.Rename, file.Name, file.In(to).Name, mayBeMissing);
}
