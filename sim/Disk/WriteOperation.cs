using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Writes pieces to a file. Also the judge of a promise: whoever asked has left the bytes alone until now. A
/// pooled buffer given back too early would put another request's bytes into the log.
/// </summary>
internal sealed class WriteOperation : PlainOperation
{
    private readonly SimFile _file;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _pieces;

    public WriteOperation(SimFile file, DiskRequest request, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
        : base(file.Owner, file.Disk, request)
    {
        _file = file;
        _pieces = pieces;
        Crc = Checksum();
        Lanes.Add(file.Node.Lane);
    }

    public override IoStatus Apply() => WriteFirst(Request.Count);

    public override void Spoil(Prng chance) => WriteFirst(chance.Below(Request.Count + 1));

    public override void Interrupt(Prng chance) => WriteFirst(chance.Below(Request.Count + 1));

    private IoStatus WriteFirst(int count)
    {
        if (Checksum() != Crc)
        {
            var where = $"{Request.Path} at {Request.Offset}";
            Shard.World.Fail(
                $"bytes given to a write do not change before it completes: {where}", Request.Node);
        }
        if (Request.Offset > _file.Node.Length)
        {
            return IoStatus.Failed;    // an earlier write, asked for without waiting, has failed
        }
        _file.Node.ModifiedMs = Shard.WallMs;
        var offset = Request.Offset;
        for (var index = 0; index < _pieces.Count && count > 0; index++)
        {
            var piece = _pieces[index].Span;
            piece = piece[..Math.Min(piece.Length, count)];
            _file.Node.Write(offset, piece);
            offset += piece.Length;
            count -= piece.Length;
        }
        return IoStatus.Ok;
    }

    private uint Checksum()
    {
        uint crc = 0;
        for (var index = 0; index < _pieces.Count; index++)
        {
            crc = Crc32C.Append(crc, _pieces[index].Span);
        }
        return crc;
    }
}
