using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Opens a file and makes it where the mode says so; the new name is not durable yet.</summary>
internal sealed class OpenOperation(SimShard shard, SimDisk disk, DiskRequest request, OpenMode mode)
    : DiskOperation(shard, disk, request)
{
    private FileNode? _found;

    public EngineOp<OpenedFile> Result { get; } = new(shard);

    public override IoStatus Apply()
    {
        var parent = Disk.Tree.FindDirectory(DiskTree.ParentOf(Request.Path));
        if (parent is null)
        {
            return IoStatus.NotFound;
        }
        switch (parent.Live.GetValueOrDefault(DiskTree.NameOf(Request.Path)))
        {
            case null when mode == OpenMode.Existing:
                return IoStatus.NotFound;
            case null:
                _found = new FileNode(Disk.Tree.NextId());
                Disk.Tree.Names.Change(new NameSlot(parent, DiskTree.NameOf(Request.Path), _found));
                return IoStatus.Ok;
            case FileNode file:
                _found = file;
                if (mode == OpenMode.CreateEmpty)
                {
                    file.Truncate(0);
                }
                if (file.Lane.Waiting.Count == 1)
                {
                    file.ExpectedLength = file.Length;    // nothing else is under way
                }
                return IoStatus.Ok;
            default:
                return IoStatus.Failed;    // a directory
        }
    }

    public override void Complete(IoStatus status)
    {
        var file = status == IoStatus.Ok ? new SimFile(Disk, Shard, _found!, Request.Path) : null;
        Result.Complete(new OpenedFile(status, file));
    }
}
