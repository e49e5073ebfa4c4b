using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Keeps one <see cref="AtomicText"/> up to date: one write at a time, and those who ask meanwhile share the
/// next, which has the content of that moment.
/// </summary>
public sealed class CheckpointWriter(IShard shard, IDisk disk, string path, Func<string> content)
{
    private List<EngineOp<bool>> _waiting = [];
    private bool _isWriting;

    /// <summary>
    /// Completes once content at least as new as now's is durable; with false when the disk failed.
    /// </summary>
    public EngineOp<bool> Write()
    {
        var written = new EngineOp<bool>(shard);
        _waiting.Add(written);
        if (!_isWriting)
        {
            _isWriting = true;
            _ = WriteUntilNobodyWaits();
        }
        return written;
    }

    private async EngineTask WriteUntilNobodyWaits()
    {
        while (_waiting.Count > 0)
        {
            var served = _waiting;
            _waiting = [];
            var isWritten = await AtomicText.Write(disk, path, content()) == IoStatus.Ok;
            foreach (var one in served)
            {
                one.Complete(isWritten);
            }
        }
        _isWriting = false;
    }
}
