using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Runner.Commands;

/// <summary>
/// `testbed produce`: sends lines from standard input as records. Reads on only when there is room for more,
/// so the input may be of any size.
/// </summary>
internal sealed class ProduceCommand
{
    private const long FlushTimeoutMs = 2 * ProduceLimits.DeliveryTimeoutMs;

    private readonly Output _output;
    private readonly IReadOnlyList<NetworkAddress> _bootstrap;
    private readonly IRecordFormat _format;
    private readonly ProducerOptions _options;
    private readonly string _topic;
    private readonly bool _isSync;
    private readonly ProduceTally _tally = new();

    private ProduceCommand(ProduceFlags flags, Output output, ParseResult parsed)
    {
        _output = output;
        _bootstrap = flags.Client.Bootstrap(parsed);
        _format = flags.Format(parsed);
        _options = flags.Producer(parsed);
        _topic = parsed.GetRequiredValue(flags.Topic);
        _isSync = parsed.GetValue(flags.Sync);
    }

    public static Command Build(Output output)
    {
        var flags = new ProduceFlags();
        var command = new Command(
            "produce",
            "Sends lines from standard input as records to a topic. Ctrl-C ends the reading: what has been "
                + "read is sent, and a second Ctrl-C gives that up.");
        flags.AddTo(command);
        command.SetAction((parsed, cancel) => new ProduceCommand(flags, output, parsed).Run(cancel));
        return command;
    }

    private async Task<int> Run(CancellationToken cancel)
    {
        await using var session = new ClientSession(_bootstrap, allowTopicCreation: true);
        var producer = await Open(session, cancel);
        CommandException? mistake = null;
        var isWhole = false;
        try
        {
            isWhole = await SendAll(session, producer, cancel);
        }
        catch (CommandException inInput)
        {
            mistake = inInput;    // what came before it is still sent
        }
        await session.Run(cluster => Finish(cluster, producer), CancellationToken.None);
        Report();
        if (mistake is not null)
        {
            throw mistake;
        }
        return !isWhole ? ExitCode.Interrupted : _tally.FailedCount > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    private async Task<Producer> Open(ClientSession session, CancellationToken cancel)
    {
        var (producer, error, failure) = await session.Run(Prepare, cancel);
        return error switch
        {
            ErrorCode.None => producer,
            ErrorCode.NetworkException or ErrorCode.RequestTimedOut =>
                throw ClientErrors.Unreachable(_bootstrap, ClientErrors.Words(failure)),
            _ => throw ClientErrors.OfTopic(_topic, error),
        };
    }

    private async EngineTask<(Producer Producer, ErrorCode Error, CloseReason? Failure)> Prepare(
        ClusterClient cluster)
    {
        var producer = new Producer(cluster, _options);
        var error = await producer.Prepare(_topic, cluster.Shard.Now.PlusMs(ClientSession.PatienceMs));
        return (producer, error, cluster.LastFailure);
    }

    /// <summary>
    /// True when the input has ended; false when the command is to end before. Lines that have been read are
    /// sent in both cases.
    /// </summary>
    private async Task<bool> SendAll(ClientSession session, Producer producer, CancellationToken cancel)
    {
        var reader = new LineReader(_output.In, ProduceLimits.RecordBytesMax);
        var cancelled = Task.Delay(Timeout.Infinite, cancel);
        while (!cancel.IsCancellationRequested)
        {
            var first = reader.Count + 1;
            var reading = Task.Run(reader.Read, CancellationToken.None);
            if (await Task.WhenAny(reading, cancelled) != reading)
            {
                await Task.WhenAny(reading, Task.Delay(ProduceLimits.LastReadMs, CancellationToken.None));
            }
            if (!reading.IsCompleted)
            {
                return false;    // it waits for input; what comes now stays unread
            }
            var lines = await reading;
            if (lines.Count == 0)
            {
                return true;
            }
            await SendBlock(session, producer, lines, first, cancel);
        }
        return false;
    }

    /// <summary>
    /// Sends what can be read of the block; a line that cannot is told after those before it are sent.
    /// </summary>
    private async Task SendBlock(
        ClientSession session,
        Producer producer,
        List<ReadOnlyMemory<byte>> lines,
        long first,
        CancellationToken cancel)
    {
        var records = new List<ProducerRecord>(lines.Count);
        try
        {
            foreach (var line in lines)
            {
                records.Add(_format.Read(line, first + records.Count));
            }
        }
        finally
        {
            await session.Run(
                cluster => Send(cluster, producer, records, first, cancel), CancellationToken.None);
        }
    }

    /// <summary>
    /// Sends a block whole, which takes no longer than its records may take. One that is to end soon no
    /// longer waits for each record.
    /// </summary>
    private async EngineTask<bool> Send(
        ClusterClient cluster,
        Producer producer,
        List<ProducerRecord> records,
        long first,
        CancellationToken cancel)
    {
        for (var i = 0; i < records.Count; i++)
        {
            ThrowIfNoPartition(cluster, records[i], first + i);
            while (!producer.HasRoom)
            {
                await producer.WaitForRoom(Instant.Never);
            }
            if (_isSync && !cancel.IsCancellationRequested)
            {
                _tally.OnProduced(first + i, await producer.Send(records[i]));
            }
            else
            {
                producer.Send(records[i], _tally, first + i);
            }
        }
        return true;
    }

    private void ThrowIfNoPartition(ClusterClient cluster, in ProducerRecord record, long line)
    {
        if (record.Partition is { } partition
            && cluster.Metadata.TryTopic(_topic, out var topic)
            && partition >= topic.PartitionCount)
        {
            throw new CommandException(
                $"line {line}: topic '{_topic}' has partitions 0 to {topic.PartitionCount - 1}, "
                + $"and no partition {partition}");
        }
    }

    private static async EngineTask<bool> Finish(ClusterClient cluster, Producer producer)
    {
        var isFlushed = await producer.Flush(cluster.Shard.Now.PlusMs(FlushTimeoutMs));
        producer.Close();
        while (producer.UnsettledCount > 0)
        {
            await cluster.Shard.Delay(1);
        }
        return isFlushed;
    }

    private void Report()
    {
        foreach (var failure in _tally.Failures)
        {
            _output.Error.WriteLine(failure);
        }
        if (_tally.FailedCount > 0)
        {
            _output.Error.WriteLine($"{_tally.FailedCount} records failed");
        }
        _output.Error.WriteLine($"{_tally.StoredCount} records produced");
    }
}
