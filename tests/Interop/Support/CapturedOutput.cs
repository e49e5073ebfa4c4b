using System;
using System.Buffers;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>The bytes that one stream of a process has carried so far.</summary>
internal sealed class CapturedOutput
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private TaskCompletionSource _grown = NewSignal();
    private int _lineCount;
    private bool _isClosed;

    /// <summary>Reads until the stream ends, which it does when nobody can write to it any more.</summary>
    public async Task Read(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            Add(buffer.AsSpan(0, count), isClosed: false);
        }
        Add([], isClosed: true);
    }

    public byte[] Bytes()
    {
        lock (_lock)
        {
            return _bytes.WrittenSpan.ToArray();
        }
    }

    /// <summary>Waits for this many whole lines. False when the stream or the time ends before.</summary>
    public async Task<bool> HasLines(int count, TimeSpan within)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if (_lineCount >= count || _isClosed)
                {
                    return _lineCount >= count;
                }
                grown = _grown.Task;
            }
            var left = within - since.Elapsed;
            if (left <= TimeSpan.Zero || await Task.WhenAny(grown, Task.Delay(left)) != grown)
            {
                return false;
            }
        }
    }

    private void Add(ReadOnlySpan<byte> bytes, bool isClosed)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            _bytes.Write(bytes);
            _lineCount += bytes.Count((byte)'\n');
            _isClosed |= isClosed;
            grown = _grown;
            _grown = NewSignal();
        }
        grown.SetResult();
    }

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
