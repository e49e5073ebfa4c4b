using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Runner.Commands;

/// <summary>
/// `testbed consume`: prints the records of a topic, as kafka-console-consumer.sh does without a group.
/// </summary>
internal sealed class ConsumeCommand
{
    private const long PollMs = 500;

    private readonly Output _output;
    private readonly IReadOnlyList<NetworkAddress> _bootstrap;
    private readonly ConsumerOptions _options;
    private readonly IRecordPrinter _printer;
    private readonly string _topic;
    private readonly int? _partition;
    private readonly long _begin;
    private readonly bool _exitsAtEnd;
    private readonly long _countMax;
    private readonly long? _timeoutMs;
    private long _count;

    private ConsumeCommand(ConsumeFlags flags, Output output, ParseResult parsed)
    {
        _output = output;
        _bootstrap = flags.Client.Bootstrap(parsed);
        _options = flags.Consumer(parsed);
        _printer = parsed.GetValue(flags.Json)
            ? new JsonRecordPrinter(output)
            : new PlainRecordPrinter(output.Out, flags.Style(parsed));
        _topic = parsed.GetRequiredValue(flags.Topic);
        _partition = parsed.GetValue(flags.Partition);
        _begin = flags.Begin(parsed);
        _exitsAtEnd = parsed.GetValue(flags.ExitAtEnd);
        _countMax = parsed.GetValue(flags.MaxMessages) ?? long.MaxValue;
        _timeoutMs = parsed.GetValue(flags.TimeoutMs);
    }

    /// <summary>False when Ctrl-C is how one ends it: it would go on for ever.</summary>
    private bool HasEnd => _exitsAtEnd || _countMax < long.MaxValue;

    public static Command Build(Output output)
    {
        var flags = new ConsumeFlags();
        var command = new Command(
            "consume",
            "Prints the records of a topic, for ever if nothing else is asked; Ctrl-C ends it then.");
        flags.AddTo(command);
        command.SetAction((parsed, cancel) => new ConsumeCommand(flags, output, parsed).Run(cancel));
        return command;
    }

    private async Task<int> Run(CancellationToken cancel)
    {
        await using var session = new ClientSession(_bootstrap);
        var plans = await session.Run(
            cluster => new ReadingPlanner(cluster, _topic, _options.Isolation, _bootstrap)
                .Plan(_partition, _begin, _exitsAtEnd), cancel);
        var consumer = await session.Run(cluster => Assign(cluster, plans), cancel);
        var isInterrupted = false;
        try
        {
            await ReadAll(session, consumer, new ReadingProgress(plans), cancel);
        }
        catch (OperationCanceledException)
        {
            isInterrupted = true;
        }
        _output.Flush();
        _output.Error.WriteLine($"{_count} records consumed");
        return isInterrupted && HasEnd ? ExitCode.Interrupted : ExitCode.Ok;
    }

    private async EngineTask<PartitionConsumer> Assign(ClusterClient cluster, List<ReadingPlan> plans)
    {
        var consumer = new PartitionConsumer(cluster, _options);
        foreach (var plan in plans)
        {
            consumer.Assign(plan.Partition, plan.Begin);
        }
        return consumer;
    }

    private async Task ReadAll(
        ClientSession session, PartitionConsumer consumer, ReadingProgress progress, CancellationToken cancel)
    {
        var sinceRecord = Stopwatch.StartNew();
        while (_count < _countMax && !progress.IsAtEnd)
        {
            var waitMs = PollMs;
            if (_timeoutMs is { } timeoutMs)
            {
                waitMs = Math.Min(PollMs, timeoutMs - sinceRecord.ElapsedMilliseconds);
                if (waitMs <= 0)
                {
                    return;
                }
            }
            var poll = await session.Run(_ => consumer.Poll(waitMs), cancel);
            if (poll.Partition is { } partition)
            {
                ThrowIfFailed(poll, partition);
                Print(poll, partition, progress);
            }
            if (poll.Records.Count > 0)
            {
                sinceRecord.Restart();
            }
            else
            {
                _output.Flush();
            }
        }
    }

    private void Print(in ConsumerPoll poll, TopicPartition partition, ReadingProgress progress)
    {
        foreach (var record in poll.Records)
        {
            if (_count == _countMax || !progress.IsWithin(partition, record.Offset))
            {
                break;
            }
            _printer.Print(_topic, partition.Partition, record);
            _count++;
        }
        progress.OnRead(partition, poll.Next);
        if (poll.Records.Count < _options.PollRecordsMax)
        {
            _output.Flush();    // nobody should wait for what is here
        }
    }

    private void ThrowIfFailed(in ConsumerPoll poll, TopicPartition partition)
    {
        if (poll.Error == ErrorCode.OffsetOutOfRange)
        {
            throw new CommandException(
                $"partition {partition.Partition} of '{_topic}' has no offset {poll.Next} (any more): "
                + "its records have been deleted. Go on with what is there: --offset earliest");
        }
        if (poll.Error != ErrorCode.None)
        {
            throw new CommandException(
                $"partition {partition.Partition} of '{_topic}' cannot be read at offset {poll.Next}: "
                + ClientErrors.Words(poll.Error));
        }
    }
}
