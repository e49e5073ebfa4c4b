using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// The real log on a simulated disk, treated as a node treats it: checkpoints are read before it is opened
/// and a lower start is written down. Tells the model what the log says of itself.
/// </summary>
internal sealed class LogMachine : ILogListener, IOracle
{
    public static readonly TopicPartition Name = new("t", 0);
    public const string Directory = "t-0";
    private static readonly NodeId Node = new(1);
    private const long PatienceMs = 120_000;

    private readonly ModelLog _model;
    private IShard _shard = null!;

    public LogMachine(ulong seed, LogSettings settings, ModelLog model)
    {
        _model = model;
        Settings = settings;
        World = new World(seed);
        World.AddNode(Node, shard => _shard = shard);
        World.Trace.AddOracle(this);
        World.RunForMs(1);
        Wait(_shard.Disks[0].CreateDirectory(Directory));
        Wait(_shard.Disks[0].SyncDirectory(""));
        Open(isClean: false);
    }

    public World World { get; }

    public IShard Shard => _shard;

    public LogDirectory Place { get; private set; } = null!;

    public PartitionLog Log { get; private set; } = null!;

    public LogSettings Settings { get; set; }

    /// <summary>No batch has a later epoch.</summary>
    public LeaderEpoch NewestEpoch { get; set; } = new(0);

    public SimDisk Device => World.Node(Node).Disks[0];

    public bool IsUp => World.Node(Node).Shard is not null;

    /// <summary>The log is open and may be asked.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Bytes that a mutant of a test changes behind the log's back; usually nothing.</summary>
    public Action<LogMachine>? BeforeOpening { get; set; }

    public void OnWritten(PartitionLog log, long addedBytes) => _model.OnWritten(log.WrittenEnd);

    public void OnOffline(PartitionLog log)
    {
    }

    public void OnTrace(World world, NodeId node, Instant time, ITraceEvent happened)
    {
        if (happened is LogWritten { IsSynced: true } written)
        {
            _model.OnDurable(written.EndOffset);
        }
    }

    /// <summary>The worst of the crashes since the log was judged last.</summary>
    public ModelCrash WorstCrash { get; set; }

    /// <summary>Crashes the node, which is up; what the log has promised so far counts.</summary>
    public void Crash(CrashKind kind)
    {
        WorstCrash = kind == CrashKind.PowerCut ? ModelCrash.PowerCut : WorstCrash;
        if (IsOpen && !Log.IsOffline)
        {
            _model.OnDurable(Log.RecoveryPoint);
        }
        IsOpen = false;
        World.Crash(Node, kind);
    }

    /// <summary>Starts the node again, without opening the log.</summary>
    public void Restart()
    {
        var dead = _shard;
        World.Restart(Node);
        Run(() => !ReferenceEquals(_shard, dead));
    }

    /// <summary>Opens the log, which must not be offline then.</summary>
    public void Open(bool isClean)
    {
        if (TryOpen(isClean) is { } reason)
        {
            throw new LogPromiseBrokenException($"the log is offline: {reason}");
        }
    }

    /// <summary>Opens the log; null, or why it is offline.</summary>
    public string? TryOpen(bool isClean)
    {
        BeforeOpening?.Invoke(this);
        var booting = Boot(isClean);
        Run(() => booting.IsCompleted);
        Log = booting.GetAwaiter().GetResult();
        Log.Listen(this);
        IsOpen = !Log.IsOffline;
        return Log.OfflineReason;
    }

    /// <summary>Starts opening the log and leaves it alone after so many events.</summary>
    public void OpenInPart(int events)
    {
        _ = Boot(isClean: false);
        for (var i = 0; i < events && World.Step(); i++)
        {
        }
        Check();
    }

    /// <summary>Throws when the node crashes meanwhile.</summary>
    /// <exception cref="LogCrashedException">The disk's faults have crashed the node.</exception>
    public void Run(Func<bool> isDone)
    {
        var patience = World.Now.PlusMs(PatienceMs);
        var hasEnded = World.RunWhile(() => !isDone() && IsUp, patience);
        CheckUp();
        if (!hasEnded)
        {
            throw new LogPromiseBrokenException("what was asked for ends some time");
        }
    }

    public void RunTicks(long ticks)
    {
        World.RunUntil(new Instant(World.Now.Ticks + ticks));
        CheckUp();
    }

    public T Wait<T>(EngineTask<T> task)
    {
        Run(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    public T Wait<T>(EngineOp<T> operation)
    {
        Run(() => operation.IsCompleted);
        return operation.Result;
    }

    /// <summary>First offsets of the segments that there are.</summary>
    public SortedSet<long> SegmentBases() => [.. Device.FilePaths()
        .Where(static path => path.EndsWith(LogFileNames.SegmentSuffix))
        .Select(static path => path[(Directory.Length + 1)..])
        .Where(static name => LogFileNames.TryParseSegment(name, out _))
        .Select(static name => long.Parse(name[..^LogFileNames.SegmentSuffix.Length]))];

    /// <summary>A mutant of a test shows other segments than there are; usually as they are.</summary>
    public Func<List<ModelSegment>, List<ModelSegment>>? OtherSealed { get; set; }

    /// <summary>All segments but the active one, as their files are.</summary>
    public List<ModelSegment> Sealed()
    {
        var bases = SegmentBases().Select(static at => new Offset(at)).ToList();
        List<ModelSegment> found = [.. bases.Zip(bases.Skip(1)).Select(pair => new ModelSegment(
            pair.First, pair.Second, StoredBatches.Read(_shard.Buffers, ContentsOf(pair.First))))];
        return OtherSealed?.Invoke(found) ?? found;
    }

    private byte[] ContentsOf(Offset segment) =>
        Device.Contents($"{Directory}/{LogFileNames.Segment(segment)}")!;

    /// <summary>Puts other contents into a file, durably; the log is not open.</summary>
    public void Replace(string path, byte[] content)
    {
        var disk = _shard.Disks[0];
        var file = Wait(disk.Open(path, OpenMode.CreateEmpty)).File!;
        Wait(disk.Write(file, 0, [content]));
        Wait(disk.Sync(file));
        disk.Close(file);
        Wait(disk.SyncDirectory(Directory));
    }

    private void CheckUp()
    {
        Check();
        if (!IsUp)
        {
            throw new LogCrashedException();
        }
    }

    private void Check()
    {
        if (World.Violation is { } violation)
        {
            throw new LogPromiseBrokenException($"{violation.Invariant} {World.Error?.StackTrace}");
        }
    }

    private async EngineTask<PartitionLog> Boot(bool isClean)
    {
        var place = new LogDirectory(_shard, _shard.Disks[0], Uuid.Zero);
        Place = place;
        if (await place.LogStarts.Read() is not (IoStatus.Ok or IoStatus.NotFound))
        {
            // A node does not start then.
            var reason = "where logs begin is not known";
            return LogOpener.Offline(_shard, place, Directory, Name, Settings, reason);
        }
        await place.RecoveryPoints.Read();
        await place.CleanerPoints.Read();
        var opening = new LogOpening
        {
            StartOffset = place.LogStarts.Of(Name),
            RecoveryPoint = place.RecoveryPoints.Of(Name),
            CleanedEnd = place.CleanerPoints.Of(Name),
            IsClean = isClean,
            NewestEpoch = NewestEpoch,
        };
        var log = await LogOpener.Open(_shard, place, Directory, Name, Settings, opening);
        if (log.IsOffline
            || log.StartOffset >= opening.StartOffset
            || await place.LogStarts.Keep(Name, log.StartOffset))
        {
            return log;
        }
        await log.Close();
        return LogOpener.Offline(_shard, place, Directory, Name, Settings, "its start cannot be written");
    }
}
