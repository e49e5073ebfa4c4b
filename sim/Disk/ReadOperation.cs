using System;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Reads into memory of whoever asked; short at the end of the file.</summary>
internal sealed class ReadOperation : PlainOperation
{
    private readonly SimFile _file;
    private readonly Memory<byte> _into;

    public ReadOperation(SimFile file, DiskRequest request, Memory<byte> into)
        : base(file.Owner, file.Disk, request)
    {
        _file = file;
        _into = into;
        Lanes.Add(file.Node.Lane);
    }

    public override IoStatus Apply()
    {
        Count = _file.Node.Read(Request.Offset, _into.Span);
        Crc = Crc32C.Of(_into.Span[..Count]);
        return IoStatus.Ok;
    }

    public override void Interrupt(Prng chance)
    {
        // Nobody is left to see what was read.
    }
}
