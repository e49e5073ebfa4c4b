using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>
/// The messages a toy server keeps: records of length, checksum, id. Written and synced in groups; whoever
/// waits for a message hears once it is safe.
/// </summary>
internal sealed class EchoLog(IShard shard, Action onRecovered)
{
    private const int RecordBytes = 16;

    private readonly Queue<(EchoSession Session, long Id)> _waiting = [];
    private EngineOp<bool>? _wake;

    public void Append(EchoSession session, long id)
    {
        _waiting.Enqueue((session, id));
        if (_wake is { IsCompleted: false })
        {
            _wake.Complete(true);
        }
    }

    public async EngineTask Run()
    {
        var disk = shard.Disks[0];
        var file = (await disk.Open("echo.log", OpenMode.OpenOrCreate)).File!;
        Invariant.Assert((await disk.SyncDirectory("")).IsOk);
        await Recover(file);
        onRecovered();
        while (true)
        {
            if (_waiting.Count == 0)
            {
                _wake = new EngineOp<bool>(shard);
                await _wake;
            }
            await WriteGroup(file);
        }
    }

    private async EngineTask WriteGroup(IFile file)
    {
        var group = _waiting.ToArray();
        _waiting.Clear();
        var lease = shard.Buffers.Rent(group.Length * RecordBytes);
        for (var index = 0; index < group.Length; index++)
        {
            var record = lease.Span.Slice(index * RecordBytes, RecordBytes);
            BinaryPrimitives.WriteInt64BigEndian(record[8..], group[index].Id);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Crc32C.Of(record[8..]));
            BinaryPrimitives.WriteInt32BigEndian(record, RecordBytes);
        }
        var bytes = lease.Memory[..(group.Length * RecordBytes)];
        Invariant.Assert((await shard.Disks[0].Write(file, file.Length, [bytes[..8], bytes[8..]])).IsOk);
        lease.Release();
        Invariant.Assert((await shard.Disks[0].Sync(file)).IsOk);
        foreach (var (session, id) in group)
        {
            session.Reply(id);
        }
    }

    private async EngineTask Recover(IFile file)
    {
        var bytes = new byte[file.Length];
        var read = await shard.Disks[0].Read(file, 0, bytes);
        Invariant.Assert(read.IsOk && read.Count == bytes.Length);
        var validBytes = 0;
        while (TryRead(bytes.AsSpan(validBytes), out var id))
        {
            shard.Trace.Emit(new EchoFound(id));
            validBytes += RecordBytes;
        }
        if (validBytes < bytes.Length)
        {
            shard.Trace.Mark("torn tail");
            Invariant.Assert((await shard.Disks[0].Truncate(file, validBytes)).IsOk);
        }
        Invariant.Assert((await shard.Disks[0].Sync(file)).IsOk);
        shard.Trace.Emit(new EchoRecovered(validBytes, bytes.Length - validBytes));
    }

    private static bool TryRead(ReadOnlySpan<byte> record, out long id)
    {
        id = record.Length < RecordBytes ? 0 : BinaryPrimitives.ReadInt64BigEndian(record[8..]);
        return record.Length >= RecordBytes
            && BinaryPrimitives.ReadInt32BigEndian(record) == RecordBytes
            && BinaryPrimitives.ReadUInt32BigEndian(record[4..]) == Crc32C.Of(record[8..RecordBytes]);
    }
}
