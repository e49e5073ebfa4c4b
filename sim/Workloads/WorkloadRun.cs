using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim.Faults;
using Testbed.Sim.Oracles;

namespace Testbed.Sim.Workloads;

/// <summary>
/// One simulated run: the broker, its clients, their faults; then everything heals, the log is read back, and
/// the history decides. A function of the settings alone.
/// </summary>
public sealed class WorkloadRun
{
    private static readonly NodeId Broker = new(1);
    private const int FirstProducer = 101;
    private const int LatestWriter = 151;
    private const int FirstConsumer = 201;
    private const int ReaderId = 301;
    private const int LatestReaderId = 302;

    private readonly WorkloadSettings _settings;
    private readonly Ghost _ghost;
    private readonly List<NodeId> _clients = [];
    private readonly BrokerStops _stops = new();

    public WorkloadRun(WorkloadSettings settings)
    {
        _settings = settings;
        World = new World(settings.Seed);
        World.Trace.AddOracle(new LogOracle());
        _ghost = new Ghost(World, settings.PartitionCount);
    }

    public World World { get; }

    /// <summary>Records that were acknowledged and therefore checked.</summary>
    public long AcknowledgedCount => _ghost.AcknowledgedCount;

    public SimulationReport Run()
    {
        StartBroker();
        StartClients();
        var injector = new FaultInjector(World, Broker, _stops);
        injector.Schedule(FaultSchedule.Draw(World, _settings, Broker, _clients));

        var end = new Instant(0).PlusMs(_settings.DurationMs);
        if (World.RunUntil(end))
        {
            injector.Heal();
            ReadBack(end.PlusMs(_settings.ConvergeMs));
        }
        return World.Report();
    }

    private void StartBroker()
    {
        var host = $"n{Broker}";
        var settings = BrokerProgram.Settings(Broker, host);
        var node = World.AddNode(Broker, shard => _ = BrokerProgram.Run(shard, settings, _stops));
        foreach (var disk in node.Disks)
        {
            disk.IsSyncLying = _settings.IsSyncRemoved;
        }
    }

    private void StartClients()
    {
        var stopMs = _settings.DurationMs;
        for (var i = 0; i < _settings.ProducerCount; i++)
        {
            AddClient(FirstProducer + i, shard => _ =
                new ProducerProgram(shard, _ghost, _settings, $"n{Broker}").Run(stopMs, World));
        }
        AddClient(LatestWriter, shard => _ =
            new LatestProgram(shard, _ghost, _settings, $"n{Broker}").Run(stopMs, World));
        for (var i = 0; i < _settings.ConsumerCount; i++)
        {
            AddClient(
                FirstConsumer + i, shard => _ = new ConsumerProgram(shard, _ghost, $"n{Broker}").Follow());
        }
    }

    private void AddClient(int id, Action<IShard> boot)
    {
        _clients.Add(new NodeId(id));
        World.AddNode(new NodeId(id), boot);
    }

    /// <summary>
    /// Producers first hear of all they have sent. Then a new consumer reads everything, within the same
    /// deadline.
    /// </summary>
    private void ReadBack(Instant deadline)
    {
        Converge(
            () => _ghost.ProducersDone.Count < _settings.ProducerCount + 1,
            "producers hear of all their records",
            FirstUnfinishedProducer,
            deadline);
        if (World.Violation is null)
        {
            AddReader();
            Converge(() => !_ghost.IsReadBack, "the log is read back", () => new NodeId(ReaderId), deadline);
            Converge(
                () => !_ghost.IsLatestRead,
                "the compacted log is read back",
                () => new NodeId(LatestReaderId),
                deadline);
        }
    }

    private void AddReader()
    {
        World.AddNode(
            new NodeId(ReaderId), shard => _ = new ConsumerProgram(shard, _ghost, $"n{Broker}").ReadBack());
        World.AddNode(
            new NodeId(LatestReaderId), shard => _ = new LatestReader(shard, _ghost, $"n{Broker}").Run());
    }

    private NodeId FirstUnfinishedProducer()
    {
        var id = FirstProducer;
        while (_ghost.ProducersDone.Contains(id))
        {
            id++;
        }
        return new NodeId(id < FirstProducer + _settings.ProducerCount ? id : LatestWriter);
    }

    private void Converge(Func<bool> isMissing, string promise, Func<NodeId> culprit, Instant deadline)
    {
        if (!World.RunWhile(isMissing, deadline) && World.Violation is null)
        {
            World.Fail($"within {_settings.ConvergeMs} ms after the last fault {promise}", culprit());
        }
    }
}
