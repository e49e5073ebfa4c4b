using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Cuts a file to a length, which is the request's offset.</summary>
internal sealed class TruncateOperation : PlainOperation
{
    private readonly FileNode _file;

    public TruncateOperation(SimFile file, DiskRequest request)
        : base(file.Owner, file.Disk, request)
    {
        _file = file.Node;
        Lanes.Add(file.Node.Lane);
    }

    public override IoStatus Apply()
    {
        if (Request.Offset > _file.Length)
        {
            return IoStatus.Failed;    // an earlier write, asked for without waiting, has failed
        }
        _file.Truncate(Request.Offset);
        return IoStatus.Ok;
    }
}
