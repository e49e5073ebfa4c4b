using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Carries out steps in a partition's directory, one after the other.</summary>
public static class FileOperations
{
    /// <summary>Ends at the first that fails, with its status; Ok when all are done.</summary>
    public static async EngineTask<IoStatus> Run(
        IDisk disk, string directory, IReadOnlyList<FileOperation> operations)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            var done = await Start(disk, directory, operation);
            var isMissing = done.Status == IoStatus.NotFound && operation.MayBeMissing;
            if (!done.IsOk && !isMissing)
            {
                return done.Status;
            }
        }
        return IoStatus.Ok;
    }

    private static EngineOp<IoResult> Start(IDisk disk, string directory, in FileOperation operation) =>
        operation.Kind switch
        {
            FileOperationKind.Delete => disk.Delete($"{directory}/{operation.Name}"),
            FileOperationKind.Rename =>
                disk.Rename($"{directory}/{operation.Name}", $"{directory}/{operation.To}"),
            FileOperationKind.SyncNames => disk.SyncDirectory(directory),
            _ => throw new InvariantException($"{operation.Kind} is no operation"),
        };
}
